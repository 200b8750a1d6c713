"""Sites whose own posts lie and look otherwise than usual: an export like them is built there, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import quote

import pytest

from desktopnotes.export import post as exporter
from desktopnotes.export import writing
from desktopnotes.export.conventions import Conventions
from desktopnotes.model.notebook import Site
from tests import goldens
from tests.goldens import Golden
from tests.sites import builders
from tests.sites.browser import Browser
from tests.sites.builders import BUILDERS, Builder
from tests.sites.test_builds import shows_the_post

AWKWARD: Mapping[str, object] = {"author": 'Me: "I" # {{ x }}', "toc": True, "weight": 3, "series": ["a: b"]}

CONVENTIONS = {
    Site.HUGO: Conventions(
        folder="content/posts", file_form="{date}-{slug}.md", front="toml", always=AWKWARD
    ),
    Site.JEKYLL: Conventions(
        folder="_posts", file_form="{year}/{date}-{slug}.md", keys={"tags": "categories"}, always=AWKWARD
    ),
    Site.ASTRO: Conventions(
        folder="src/content/blog", file_form="{slug}/index.md", date_form="%b %d %Y", always=AWKWARD
    ),
}
PAGES = {Site.HUGO: "public/posts", Site.JEKYLL: "_site", Site.ASTRO: "dist/blog"}
SLUGS = {
    "every-kind": "every-kind",
    "hostile": "index-notes",
    "kubecon-2017": "kubecon-north-america-2017-notes-part-1",
}


# Hugo's pictures lie under an address of the whole host then, as authors have it: the site is that of a host.
ROOTS = {Site.HUGO: "hugo/public", Site.JEKYLL: "", Site.ASTRO: ""}


@pytest.fixture(scope="module")
def built_like_its_posts() -> Callable[[Site], Builder]:
    @cache
    def build(site: Site) -> Builder:
        usual = BUILDERS[site]
        settings = {**usual.settings, "HUGO_BASEURL": "http://127.0.0.1/"}
        builder = replace(usual, within=builders.BUILT / "own", settings=settings)
        builder.lay_out()
        for name in SLUGS:
            usual_options = goldens.options_of(Golden(name, site, "timeline"))
            options = replace(usual_options, conventions=CONVENTIONS[site])
            export = exporter.exported(goldens.notebook_of(name), goldens.post_of(name), options)
            writing.write(export, builder.folder)
        builder.run()
        return builder

    return build


@pytest.mark.parametrize("name", SLUGS)
@pytest.mark.parametrize("site", CONVENTIONS)
def test_the_page_shows_the_post(
    built_like_its_posts: Callable[[Site], Builder], browser: Browser, site: Site, name: str
) -> None:
    builder = built_like_its_posts(site)
    page = next(page for page in (builder.folder / PAGES[site]).rglob("*.html") if SLUGS[name] in str(page))
    root = builder.within / ROOTS[site]
    with builders.served(root) as host:
        seen = browser.look(f"{host}/{quote(str(page.relative_to(root)))}")
    shows_the_post(seen, Golden(name, site, "timeline"))
