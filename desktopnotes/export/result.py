"""What an export comes to, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text; `path` is relative to the folder that is exported to, with `/`."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PictureToCopy:
    """`path` is relative to the folder that is exported to, with `/`; `address` is how the text links it.

    What is written is not the file at `source` but what `pictures.travelling` makes of it, in the format that
    the path's suffix tells.
    """

    source: Path
    path: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """In which line of the first file, counted from 0, a part of the post begins.

    `part` is "title", "intro", "closing" or the id of a talk.
    """

    part: str
    line: int


@dataclass(frozen=True, slots=True)
class Export:
    """What would be written. The first of `files` is the post, or the index of several.

    `notices` say what the site could not take as it was, one sentence each (all else is in `checks`);
    `dated` tells of a date that nobody typed. `places` are in the order of the file. `markdown` is what its
    reader is shown of the first file: what `SiteForm.shown` makes of its text again, and for a site that is
    given no Markdown what that was made of (then `places` are lines of this). `missing` are names of pictures
    that were not found.
    """

    files: tuple[TextFile, ...]
    pictures: tuple[PictureToCopy, ...] = ()
    notices: tuple[str, ...] = ()
    dated: str = ""
    places: tuple[Place, ...] = ()
    markdown: str = ""
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.files[0].text

    @property
    def file_name(self) -> str:
        return self.files[0].path
