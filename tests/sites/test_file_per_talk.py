"""One file for each talk, with an index: a real site's index leads to each of them, as a reader clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from desktopnotes.export import post as exporter
from desktopnotes.export import writing
from desktopnotes.export.result import Export
from desktopnotes.model.notebook import Site
from tests import goldens
from tests.goldens import Golden
from tests.sites import builders
from tests.sites.browser import Browser
from tests.sites.builders import BUILDERS
from tests.sites.expected import alike

FOLDER = builders.BUILT / "talks"
NOTEBOOKS = ("optimisation", "every-kind", "hostile")
# Where an export goes, and what of it is the page with the index.
PLACES = {
    Site.HUGO: ("hugo/content/lectures", "hugo/public/lectures/{slug}/index.html"),
    Site.JEKYLL: ("jekyll", "jekyll/_site/{year}/{month}/{day}/{slug}.html"),
    Site.ASTRO: ("astro/src/content/blog", "astro/dist/blog/{slug}/index.html"),
    Site.PAGE: ("page", "page/{slug}.html"),
}


def export_of(site: Site, name: str) -> Export:
    options = replace(goldens.options_of(Golden(name, site, "outline")), per_talk=True)
    return exporter.exported(goldens.notebook_of(name), goldens.post_of(name), options)


@pytest.fixture(scope="module")
def built_for_each_talk() -> Callable[[Site], None]:
    @cache
    def build(site: Site) -> None:
        root = FOLDER / PLACES[site][0]
        builder = replace(BUILDERS[site], within=FOLDER) if site in BUILDERS else None
        if builder:
            builder.lay_out()
        for name in NOTEBOOKS:
            root.mkdir(parents=True, exist_ok=True)
            writing.write(export_of(site, name), root, overwrite=True)
        if builder:
            builder.run()

    return build


def index_of(site: Site, name: str) -> Path:
    post = goldens.post_of(name)
    year, month, day = post.date.split("-")
    slug = {"optimisation": "optimisation-my-lecture-notes", "hostile": "index-notes"}.get(name, name)
    return FOLDER / PLACES[site][1].format(slug=slug, year=year, month=month, day=day)


@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize("site", PLACES)
def test_the_index_leads_to_each_talk(
    built_for_each_talk: Callable[[Site], None], browser: Browser, site: Site, name: str
) -> None:
    built_for_each_talk(site)
    talks = [file for file in export_of(site, name).files[1:] if Path(file.path).suffix in (".md", ".html")]
    root = FOLDER
    with builders.served(root) as host:
        address = f"{host}/{quote(str(index_of(site, name).relative_to(root)))}"
        index = browser.look(address)
        assert (index.ran, index.complaints) == ((), ())
        inner = [(text, urljoin(address, href)) for text, href in index.links if not urlsplit(href).netloc]
        assert len(inner) == len(talks) >= 2
        assert len({unquote(to) for _, to in inner}) == len(talks)
        for text, to in inner:
            page = browser.look(to)
            assert (page.ran, page.complaints) == ((), ())
            assert alike(page.title) == alike(text)
            assert all(width > 0 for _, _, width in page.pictures)
