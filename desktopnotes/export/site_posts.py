"""The author's site as a folder: what builds it, and its newest posts. Nothing of it is run or changed.

A folder may be anything, so all is bounded: how many entries are looked at, how long, and how much of each
file is read. Links are not followed, since they may lead anywhere.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from desktopnotes.export.importing import front_matter
from desktopnotes.export.importing.dates import day_of
from desktopnotes.export.importing.front_matter import FrontMatter
from desktopnotes.model.notebook import Site

NEWEST = 20
"""So many posts say what is usual now; older ones may be of another time."""

_MOST_ENTRIES, _MOST_FILES, _MOST_S = 50_000, 5_000, 4.0
_HEAD_BYTES, _CONFIG_BYTES, _LARGEST_BYTES = 16_000, 200_000, 5_000_000
_DEEPEST, _HIGHEST = 12, 8

_SUFFIXES = (".md", ".markdown", ".mdx")
_NO_POSTS = frozenset(("_index.md", "readme.md", "license.md", "changelog.md", "contributing.md", "404.md"))
_BUILT = "node_modules public _site dist themes resources vendor static assets trash __pycache__ venv"
_NOT_YET = "_drafts _layouts _includes _templates templates archetypes layouts"
_NOT_ENTERED = frozenset(f"{_BUILT} {_NOT_YET}".split())
_ASTRO = tuple(f"astro.config.{suffix}" for suffix in ("mjs", "js", "ts", "mts", "cjs", "cts"))
_HUGO_KEY = re.compile(
    r"^[ \t]*[\"']?(?:baseURL|languageCode|theme|defaultContentLanguage|buildDrafts|paginate|module)"
    r"[\"']?[ \t]*[=:]|^\[(?:params|markup|menu|taxonomies|module)",
    re.MULTILINE | re.IGNORECASE,
)
_ZOLA_KEY = re.compile(r"^[ \t]*(?:base_url|compile_sass|build_search_index)[ \t]*=", re.MULTILINE)
_CONTENT_DIR = re.compile(r"^[ \t]*[\"']?contentDir[\"']?[ \t]*[=:][ \t]*[\"']?([\w./-]+)", re.MULTILINE)
_DATE = re.compile(
    r"^[ \t]*[\"']?(?:date|pubDate|pubDatetime|publishDate|published|created)[\"']?[ \t]*[:=][ \t]*[\"']?"
    r"([^\n\"']{4,40})",
    re.MULTILINE,
)
_ISO = re.compile(r"\d{4}[-/]\d{2}[-/]\d{2}")
_DAY_IN_NAME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class SitePost:
    """A post of the site: `path` is relative to the site's folder; `day` as `2018-01-12`, "" if unknown."""

    path: PurePosixPath
    day: str
    front: FrontMatter


def generator(folder: Path) -> str:
    """The name of the site that the folder is one of, by its config file; "" where it has none."""
    if any(_is_file(folder / name) for name in ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")):
        return Site.HUGO
    if _is_folder(folder / "config" / "_default"):
        return Site.HUGO
    if any(_is_file(folder / name) for name in ("_config.yml", "_config.yaml", "_config.toml")):
        return Site.JEKYLL
    if any(_is_file(folder / name) for name in _ASTRO):
        return Site.ASTRO
    if _is_folder(folder / ".obsidian"):
        return Site.OBSIDIAN
    for name in ("config.toml", "config.yaml", "config.yml", "config.json"):
        text = _start_of(folder / name, _CONFIG_BYTES)
        if _HUGO_KEY.search(text) and not _ZOLA_KEY.search(text):
            return Site.HUGO
    return ""


def site_above(folder: Path) -> tuple[Path, str] | None:
    """The site that a folder belongs to: its own folder and its generator's name; None where to none."""
    start = Path(os.path.abspath(folder))
    for here in (start, *list(start.parents)[:_HIGHEST]):
        if found := generator(here):
            return here, found
    return None


def newest_posts(folder: Path, site: str, check: Callable[[], None]) -> list[SitePost]:
    """The newest posts of the site, the newest first. `check` is called now and then; it may raise."""
    dated: list[tuple[str, float, PurePosixPath, str]] = []
    undated: list[tuple[str, float, PurePosixPath, str]] = []
    for path, changed_s in _files(folder, _content(folder, site), check):
        head = _start_of(folder / path, _HEAD_BYTES)
        day = _day(path, head)
        (dated if day else undated).append((day, changed_s, path, head))
    chosen = sorted(dated or undated, key=lambda one: (one[0], one[1], one[2]), reverse=True)[:NEWEST]
    return [SitePost(path, day, front_matter.split(head)) for day, _, path, head in chosen]


def _content(folder: Path, site: str) -> Path:
    """Where the texts of such a site lie."""
    if site == Site.HUGO:
        configs = ("hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml")
        texts = (_start_of(folder / name, _CONFIG_BYTES) for name in configs)
        named = next((found[1] for text in texts if (found := _CONTENT_DIR.search(text))), "content")
        parts = PurePosixPath(named).parts
        inside = folder / named if ".." not in parts and not named.startswith("/") else folder / "content"
        return inside if _is_folder(inside) else folder
    if site == Site.ASTRO:
        places = (folder / "src" / "content", folder / "src" / "pages")
        return next((place for place in places if _is_folder(place)), folder)
    return folder


def _files(folder: Path, start: Path, check: Callable[[], None]) -> Iterator[tuple[PurePosixPath, float]]:
    """Texts below `start` by their paths from `folder`, with the moment when each was changed."""
    entries = files = 0
    until_s = time.monotonic() + _MOST_S
    waiting = [(start, 0)]
    while waiting:
        here, depth = waiting.pop()
        check()
        try:
            found = sorted(os.scandir(here), key=lambda entry: entry.name, reverse=True)
        except OSError:
            continue
        for entry in found:
            entries += 1
            if entries > _MOST_ENTRIES or files >= _MOST_FILES or time.monotonic() > until_s:
                return
            name = entry.name.lower()
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                if name not in _NOT_ENTERED and depth < _DEEPEST:
                    waiting.append((Path(entry.path), depth + 1))
            elif name.endswith(_SUFFIXES) and name not in _NO_POSTS:
                status = entry.stat(follow_symlinks=False)
                if 0 < status.st_size <= _LARGEST_BYTES and entry.is_file(follow_symlinks=False):
                    files += 1
                    yield PurePosixPath(Path(entry.path).relative_to(folder).as_posix()), status.st_mtime


def _day(path: PurePosixPath, head: str) -> str:
    """The day that the front matter says, else the name of the file."""
    said = _DATE.search(head) if head.startswith(("---", "+++", "{", "\ufeff")) else None
    if said and (iso := _ISO.search(said[1])):
        return iso[0].replace("/", "-")
    if said and (other := day_of(said[1])):
        return other
    named = _DAY_IN_NAME.search(path.stem) or _DAY_IN_NAME.search(path.parent.name)
    return f"{named[1]}-{named[2]}-{named[3]}" if named else ""


def _start_of(path: Path, most: int) -> str:
    """The beginning of a regular file; "" where there is none."""
    if not _is_file(path):
        return ""
    try:
        with open(path, "rb") as file:
            return file.read(most).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _is_file(path: Path) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)
