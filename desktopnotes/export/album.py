"""The pictures of a post: under which names they go along, and how the text links them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from desktopnotes.export import file_names, markdown
from desktopnotes.export.result import PictureToCopy
from desktopnotes.export.sites import Pictures
from desktopnotes.model import timecode
from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Note, Talk


@dataclass(slots=True)
class Album:
    """The pictures that a post really shows; they get their names in the order in which it shows them.

    `source` is the notebook's folder of pictures; without one no picture is shown. `format` is that of
    `Options.picture_format`.
    """

    source: Path | None
    place: Pictures
    format: str = "webp"
    shown: list[PictureToCopy] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def show(self, talk: Talk, note: Note, title: str) -> str:
        """The Markdown of the note's picture; empty where it has none or it cannot be found.

        `title` is what the talk is called where nobody described the picture.
        """
        if not note.picture or self.source is None:
            return ""
        if not _is_in(self.source, note.picture):
            self.missing.append(note.picture)
            return ""
        name = file_names.picture_name(talk, note, self._taken, self.format)
        self._taken.add(name)
        address = markdown.destination(self.place.address + name)
        path = str(PurePosixPath(self.place.folder, name))
        self.shown.append(PictureToCopy(self.source / note.picture, path, address))
        return f"!{markdown.link(markdown.plain(note.alt) or _described(title, note), address)}"


def _is_in(folder: Path, name: str) -> bool:
    """Whether a picture of that name lies in the folder itself; a link may not lead elsewhere."""
    if not is_plain_name(name):
        return False
    file = os.path.realpath(folder / name)
    return os.path.isfile(file) and os.path.dirname(file) == os.path.realpath(folder)


def _described(title: str, note: Note) -> str:
    """What stands for a picture that nobody described: where it is from."""
    at = f", {timecode.clock(note.at_ms)}" if note.at_ms is not None else ""
    return markdown.plain(title + at)
