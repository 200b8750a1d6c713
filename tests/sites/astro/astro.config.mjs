// A blog as `npm create astro` makes it (template "blog"), less its looks and its sitemap.
import { defineConfig } from 'astro/config';

export default defineConfig({
  site: 'http://127.0.0.1',
  base: '/astro/dist',
});
