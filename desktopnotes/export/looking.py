"""What lies where an export goes, and what becomes of it: written new, merged, picked from or asked about.

Byte order mark and line ends stay as they are on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktopnotes.export.pieces import Choice, How, Merge
from desktopnotes.export.result import Export
from desktopnotes.export.rewrite import merge
from desktopnotes.export.writing import Target, TextToWrite
from desktopnotes.files import Identity, identity, read_identified
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _

_LARGEST_TEXT_BYTES = 50_000_000
_BOM = "\ufeff"


class State(StrEnum):
    """`NEW`: nothing is there that anybody wrote by hand. `SAME`: it is as it would be written.

    `MERGED`: all is decided. `CONFLICT`: some is to be picked. `UNKNOWN`: what was exported there last is
    not known, so nobody can tell whose the differences are. `STRANGE`: it is no text in UTF-8.
    """

    NEW = "new"
    SAME = "same"
    MERGED = "merged"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it lies there; `text` has neither byte order mark nor CR; None where it is not UTF-8."""

    raw: bytes
    seen: Identity
    text: str | None
    has_mark: bool = False
    has_crlf: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user says becomes of a file: merged with these choices, replaced, or left as it is."""

    choices: Mapping[int, Choice] = field(default_factory=dict)
    replaces: bool = False
    leaves: bool = False


MERGED = Answer()
REPLACED = Answer(replaces=True)
LEFT = Answer(leaves=True)


@dataclass(frozen=True, slots=True)
class Looked:
    """A text of the export and what lies in its place; `made` is what the program makes now."""

    path: Path
    made: str
    state: State
    found: Found | None = None
    merge: Merge | None = None

    @property
    def needs_an_answer(self) -> bool:
        return self.state in (State.CONFLICT, State.UNKNOWN, State.STRANGE)

    def text(self, answer: Answer = MERGED) -> str:
        """What stands in the file afterwards."""
        if answer.leaves:
            return (self.found.text if self.found else None) or ""
        if answer.replaces or self.merge is None:
            return self.made
        return self.merge.text(answer.choices)

    def to_write(self, answer: Answer = MERGED) -> TextToWrite:
        seen = self.found.seen if self.found else None
        text = self.text(answer)
        if answer.leaves or self.state == State.SAME or (self.found and text == self.found.text):
            return TextToWrite(self.path, None, seen)
        if self.found and self.found.has_crlf and "\r" not in text:
            text = text.replace("\n", "\r\n")
        has_mark = self.found is not None and self.found.has_mark and not text.startswith(_BOM)
        return TextToWrite(self.path, (_BOM * has_mark + text).encode(), seen)

    @property
    def keeps_edits(self) -> int:
        """How many changes by hand are kept."""
        return self.merge.changes[How.MINE] if self.merge else 0


def look(
    export: Export,
    target: Target,
    last: Callable[[Path], str | None],
    told: Callable[[], None] = lambda: None,
    *,
    merges: bool = True,
) -> tuple[Looked, ...]:
    """Every text of the export beside what lies in its place; `last` gives what was exported there last.

    Without `merges` what was edited by hand is `UNKNOWN`: it is no text that can be merged, such as a table.
    `told` is called between files and may raise. Raises `ReadError` for a folder or device in a file's place.
    """
    looked = []
    for file in export.files:
        told()
        path = target.path_of(file.path)
        looked.append(_looked(path, file.text, found_at(path), last, merges=merges))
    return tuple(looked)


def _looked(
    path: Path, made: str, found: Found | None, last: Callable[[Path], str | None], *, merges: bool
) -> Looked:
    if found is None:
        return Looked(path, made, State.NEW)
    if found.text is None:
        return Looked(path, made, State.STRANGE, found)
    if found.text == made or found.raw == made.encode():
        return Looked(path, made, State.SAME, found)
    before = last(path)
    if not found.text.strip() or (before is not None and found.text == _as_found(before)):
        return Looked(path, made, State.NEW, found)
    if before is None or not merges:
        return Looked(path, made, State.UNKNOWN, found, merge("", made, found.text) if merges else None)
    merged = merge(before, made, found.text)
    return Looked(path, made, State.CONFLICT if merged.conflicts else State.MERGED, found, merged)


def found_at(path: Path) -> Found | None:
    """What lies there; None for nothing. Raises `ReadError` for what is no file, or cannot be read."""
    if identity(path) is None:
        return None
    try:
        raw, seen = read_identified(path, _LARGEST_TEXT_BYTES)
    except ReadError as error:
        raise ReadError(
            error.message + " " + _("Nothing was exported."), _("Choose another place.")
        ) from error
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return Found(raw, seen, None)
    lines = text.count("\n")
    return Found(
        raw,
        seen,
        _as_found(text),
        has_mark=text.startswith(_BOM),
        has_crlf=text.count("\r\n") * 2 > lines,
    )


def _as_found(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n")
