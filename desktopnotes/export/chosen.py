"""Style and site of a post: what is asked for this once, else its own, else the usual."""

from __future__ import annotations

from desktopnotes.export import sites, templates
from desktopnotes.export.options import Options
from desktopnotes.export.sites import SiteForm
from desktopnotes.model.notebook import Post, Style


def site_of(post: Post, options: Options) -> SiteForm:
    """Raises `UserError` for a site asked for by name that there is none of."""
    own = post.site if post.site in sites.site_names() else sites.PLAIN.name
    return sites.site(options.site or own)


def style_of(post: Post, options: Options) -> str:
    """One asked for by name stands as it is, even where there is none of it."""
    if options.style:
        return options.style
    return post.style if post.style in templates.style_names(options.styles_folder) else Style.LIST
