"""Which site a post was written for, by what it says itself and where it lies."""

from __future__ import annotations

import re
from pathlib import PurePath

from desktopnotes.export import sites
from desktopnotes.export.importing.front_matter import FrontMatter
from desktopnotes.export.sites import SiteForm
from desktopnotes.model.notebook import Site

_JEKYLL_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-.+")


def site_of(front: FrontMatter, path: PurePath) -> SiteForm:
    """The likeliest; plain where nothing tells."""
    return sites.site(_name(front, path))


def _name(front: FrontMatter, path: PurePath) -> str:
    """What the text below says tells nothing: an author may write about another site's language."""
    if not front.kind:
        return Site.PLAIN
    if "pubDate" in front.values or "pubDatetime" in front.values:
        return Site.ASTRO
    if "layout" in front.values or "_posts" in path.parts or _JEKYLL_NAME.fullmatch(path.stem):
        return Site.JEKYLL
    if "title" not in front.values and "aliases" in front.values:
        return Site.OBSIDIAN
    return Site.HUGO
