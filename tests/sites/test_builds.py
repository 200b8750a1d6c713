"""Hugo, Jekyll and Astro really build each golden export, and Chromium sees on its page what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

import pytest

from desktopnotes.model.notebook import Site
from tests import goldens
from tests.goldens import GOLDENS, Golden
from tests.sites import builders, expected
from tests.sites.browser import Browser, Page
from tests.sites.builders import BUILDERS
from tests.sites.expected import (
    COUNTED,
    HARMFUL,
    alike,
    alt_alike,
    difference,
    leading_away,
    without_signs_of_formulas,
)

SITES = [site for site in BUILDERS if any(golden.site == site for golden in GOLDENS)]
EXPORTS = [golden for golden in GOLDENS if golden.site in BUILDERS]


@pytest.mark.parametrize("site", SITES)
def test_the_site_builds_without_a_warning(built: Callable[[str], str], site: str) -> None:
    said = built(site)
    complaints = [line for line in said.splitlines() if "warn" in line.lower() or "error" in line.lower()]
    assert complaints == []


@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_the_page_shows_the_post(
    built: Callable[[str], str], host: str, browser: Browser, golden: Golden
) -> None:
    built(golden.site)
    page_file = BUILDERS[golden.site].page_of(golden)
    page = browser.look(f"{host}/{quote(str(page_file.relative_to(builders.BUILT)))}")
    shows_the_post(page, golden)


def shows_the_post(page: Page, golden: Golden) -> None:
    """Text, links, pictures and structure are as expected, and nothing runs or complains."""
    post, wanted, export = goldens.post_of(golden.notebook), expected.of(golden), golden.export()
    assert page.ran == ()
    assert page.complaints == ()
    assert page.handlers == 0
    assert not HARMFUL & set(page.count)
    assert page.hidden == ()
    assert alike(page.title) == alike("".join(filter(_is_seen, post.title)))
    texts = (alike(page.text), alike(wanted.text))
    if golden.site in (Site.JEKYLL, Site.PAGE):
        texts = (without_signs_of_formulas(texts[0]), without_signs_of_formulas(texts[1]))
    assert not difference(*texts)
    assert leading_away(page.links) == leading_away(wanted.links)
    assert len(page.pictures) == len(export.pictures)
    assert all(0 < width <= 1600 for _, _, width in page.pictures), page.pictures
    assert [alt_alike(alt or "") for alt, _, _ in page.pictures] == [alt_alike(alt) for alt in wanted.alts]
    assert _counted(page.count, golden.site) == _counted(wanted.count, golden.site)


def _counted(count: Mapping[str, int], site: str) -> dict[str, int]:
    """kramdown makes one list of two that follow each other, whatever their bullets are."""
    names = COUNTED - {"ul"} if site == Site.JEKYLL else COUNTED
    return {name: number for name, number in count.items() if name in names}


def _is_seen(sign: str) -> bool:
    return sign >= " " and not "\x7f" <= sign < "\xa0"
