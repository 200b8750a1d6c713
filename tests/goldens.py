"""The notebooks in tests/golden, and what each of them is exported to: every site, every style.

An export for site plain is one file beside its notebook; that for another site is a folder of its own, in
which each file stands where it would stand in the site.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktopnotes.export import post as exporter
from desktopnotes.export import sites, templates
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.model.notebook import Notebook, Post, Site, Times
from desktopnotes.storage import codec

FOLDER = Path(__file__).parent / "golden"
NOTEBOOKS = tuple(
    sorted(path.name.removesuffix(".talknotes.json") for path in FOLDER.glob("*.talknotes.json"))
)
BUILT = FOLDER / "built.json"
"""What the real sites were seen to take: a digest of each export, renewed by `./test --sites`."""


@dataclass(frozen=True)
class Golden:
    """One export of a notebook's first post."""

    notebook: str
    site: str
    style: str
    times: str = Times.NONE

    @property
    def name(self) -> str:
        times = f"-{self.times}" if self.times != Times.NONE else ""
        return f"{self.notebook}.{self.style}{times}"

    @property
    def key(self) -> str:
        return f"{self.site}/{self.name}"

    def export(self) -> Export:
        return _exported(self)

    def expected_files(self) -> dict[str, Path]:
        """The golden file of each path of the export."""
        if self.site == Site.PLAIN:
            return dict.fromkeys(_paths(self.export()), FOLDER / f"{self.name}.md")
        return {path: FOLDER / self.key / path for path in _paths(self.export())}

    def digest(self) -> str:
        """A digest of all that a site gets: paths and texts, and the names of the pictures."""
        export = self.export()
        whole = [[file.path, file.text] for file in export.files]
        whole.append(sorted(picture.path for picture in export.pictures))
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:24]


def all_of(site: str) -> Iterator[Golden]:
    """Every notebook in every style; with the other forms of times where they make a difference."""
    for notebook in NOTEBOOKS:
        for style in templates.style_names():
            yield Golden(notebook, site, style)
        if site == Site.PLAIN:
            yield Golden(notebook, site, "list", Times.INLINE)
            yield Golden(notebook, site, "list", Times.SUPERSCRIPT)
    if site != Site.PLAIN:
        yield Golden("every-kind", site, "list", Times.INLINE)
        yield Golden("every-kind", site, "list", Times.SUPERSCRIPT)


GOLDENS = tuple(golden for site in sites.site_names() for golden in all_of(site))


@cache
def notebook_of(name: str) -> Notebook:
    return codec.decode((FOLDER / f"{name}.talknotes.json").read_bytes())


def post_of(name: str) -> Post:
    return notebook_of(name).posts[0]


def options_of(golden: Golden) -> Options:
    pictures = notebook_of(golden.notebook).pictures
    return Options(
        style=golden.style,
        site=golden.site,
        times=golden.times,
        pictures_folder=FOLDER / pictures if pictures else None,
    )


@cache
def _exported(golden: Golden) -> Export:
    return exporter.exported(notebook_of(golden.notebook), post_of(golden.notebook), options_of(golden))


def _paths(export: Export) -> list[str]:
    return [file.path for file in export.files]


def typed_and_shown(name: str) -> Iterator[tuple[str, str, bool]]:
    """Of each text in the file of a notebook: where, what a reader must see of it, and whether he must.

    A note's own key `shown` says it where that is not what was typed: where Markdown is meant.
    """
    file = json.loads((FOLDER / f"{name}.talknotes.json").read_text(encoding="utf-8"))
    for talk in file["talks"]:
        yield talk["id"], talk["title"], True
        for shown in talk.get("shown", []):
            yield talk["id"], shown, True
        for note in talk["notes"]:
            leaves = note.get("kind") != "private" and not talk.get("write_up")
            yield note["id"], note["shown"] if "shown" in note else note["text"], leaves
    for shown in file["posts"][0].get("shown", []):
        yield file["posts"][0]["id"], shown, True
