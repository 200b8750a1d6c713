"""What can be read of a damaged notebook: every whole line of it, and what is left of the broken ones."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Note, Notebook, Post, changed, new_id
from desktopnotes.storage.codec import LIMIT_BYTES
from desktopnotes.storage.fitting import fitted
from desktopnotes.storage.format import FORMAT, NOTE, NOTEBOOK, POST, TALK
from desktopnotes.storage.mending import mended
from desktopnotes.storage.problems import Problems
from desktopnotes.storage.salvage_kinds import kind_of
from desktopnotes.storage.shapes import Record
from desktopnotes.storage.tolerant import LISTS, Piece, scan
from desktopnotes.storage.tolerant_values import PROSE, joined
from desktopnotes.words import _, ngettext

RECOVERED = _("Recovered")
"""The title of a talk that holds notes whose own talk is not known."""

_ANOTHER_PLACE = 512
"""So many lost characters (a sector of a disk) may hold the end of one talk and the beginning of another."""
_MOST_TOLD = 1000
_AT_A_TIME = 65_536  # each failure copies all that it was given
_MOST_JOINED = 200
"""So many talks and posts that stand twice are joined, else a text could grow with each of millions."""

_MARKS = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?:[ ].*)?\r?$", re.MULTILINE)
_PARTS = {
    "note": _("only a part of this note could be read"),
    "post": _("only a part of this post could be read"),
    "talk": _("only a part of this talk could be read"),
    "notebook": _("only a part of this notebook could be read"),
}
_WRITTEN = ("at_ms", "end_ms", "kind", "text", "picture", "alt", "caption")


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that did not come back as it was: at the line `line` of the file, from 1; 0 for no line."""

    line: int
    what: str
    is_note: bool = False
    """Whether it is a note of which a part came back."""

    def __str__(self) -> str:
        return _("line {line}: {what}").format(line=self.line, what=self.what) if self.line else self.what


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came back. `whole_lines` counts notes, talks, posts and the head that could be read to the end."""

    notebook: Notebook
    whole_lines: int
    lost: tuple[Lost, ...]

    @property
    def note_count(self) -> int:
        return sum(len(talk.notes) for talk in self.notebook.talks)


def salvage(content: bytes, check: Callable[[], None] = lambda: None) -> Salvaged | None:
    """All that can be read of the bytes of a notebook; None where nothing of one is in them.

    `check` is called all along: what it raises ends the reading. Takes time in proportion to the length.
    Raises `ReadError` for what is larger than a notebook may be.
    """
    if len(content) > LIMIT_BYTES:
        raise ReadError(
            _("The file is larger than {size} MB, so it was not read.").format(size=LIMIT_BYTES // 1_000_000)
        )
    found = _Found()
    text = _without_marks(_decoded(content, found), found)
    scanned = scan(text, check)
    lines = _Lines(text)
    for piece in scanned.pieces:
        check()
        found.line = lines.of(piece.start)
        found.take(piece)
    for tear in scanned.tears:
        gap = text[tear.start : tear.end]
        if tear.why or gap.strip(" ,\t\r\n]}"):
            found.tell(tear.why or _about_gap(gap), lines.of(tear.start))
    if scanned.ends_torn:
        found.tell(_("the file ends in the middle; what came behind is lost"), lines.of(len(text)))
    return found.result()


def _about_gap(gap: str) -> str:
    if not gap.strip("\0 \r\n\t"):
        told = ngettext(
            "{count} zeros stand where notes may have been",
            "{count} zeros stand where notes may have been",
            len(gap),
        )
    else:
        told = ngettext("{count} character cannot be read", "{count} characters cannot be read", len(gap))
    return told.format(count=len(gap))


def _decoded(content: bytes, found: _Found) -> str:
    """Text, whatever the bytes are: what is none becomes the sign for an unknown character, and is told."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    line, start = 1, 0
    while start < len(content) and len(found.lost) < _MOST_TOLD:
        end = min(start + _AT_A_TIME, len(content))
        try:
            content[start:end].decode()
        except UnicodeDecodeError as error:
            if end < len(content) and error.start >= _AT_A_TIME - 3:
                end = start + error.start  # a character may go on behind the piece
            else:
                bad = start + error.start
                found.tell(
                    _("bytes that are no text were replaced by “�”"), line + content.count(b"\n", start, bad)
                )
                end = content.find(b"\n", bad) + 1 or len(content)
        line += content.count(b"\n", start, end)
        start = end
    return content.decode(errors="replace")


def _without_marks(text: str, found: _Found) -> str:
    """Without the marks of a Git conflict, and what both sides had before; lines keep their numbers."""
    if not _MARKS.search(text):
        return text
    found.tell(_("the marks of a Git conflict; the notes of both sides were kept"))
    kept: list[str] = []
    in_base = False
    for line in text.split("\n"):
        if mark := _MARKS.match(line):
            in_base = mark[1][0] == "|"
        kept.append("" if mark or in_base else line)
    return "\n".join(kept)


class _Lines:
    """Numbers of lines for places that mostly grow: counting from the beginning each time would not end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def of(self, place: int) -> int:
        if place < self._place:
            self._line -= self._text.count("\n", place, self._place)
        else:
            self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line


@dataclass(slots=True)
class _TalkFound:
    line: int
    entries: dict[str, Any]
    notes: list[Note] = field(default_factory=list)
    last_ms: int = 0


class _Found:
    """What came back so far."""

    def __init__(self) -> None:
        self.line = 0
        self.whole = 0
        self.lost: list[Lost] = []
        self.more_lost = 0
        self._head: dict[str, Any] = {}
        self._has_head = False
        self._joins = 0
        self._talks: list[_TalkFound] = []
        self._talk_by_id: dict[str, _TalkFound] = {}
        self._talk: _TalkFound | None = None
        self._posts: dict[str, tuple[int, dict[str, Any]]] = {}
        self._notes: dict[str, tuple[_TalkFound, int]] = {}

    def tell(self, what: str, line: int | None = None, *, is_note: bool = False) -> None:
        if len(self.lost) < _MOST_TOLD:
            self.lost.append(Lost(self.line if line is None else line, what, is_note))
        else:
            self.more_lost += 1

    def take(self, piece: Piece) -> None:
        kind = kind_of(piece, behind_posts=bool(self._posts))
        if not kind:
            if piece.entries:
                self.tell(_("an object that belongs to no note, talk or post"))
            return
        torn = piece.torn and LISTS.isdisjoint(piece.entries)
        if torn:
            self.tell(_PARTS[kind], is_note=kind == "note")
        else:
            self.whole += 1
        entries = piece.entries
        if kind == "note":
            self._take_note(entries, piece.gap, torn=torn)
        elif kind == "talk":
            self._take_talk(entries)
        elif kind == "post":
            self._take_post(entries)
        else:
            self._take_head(entries)

    def _take_head(self, entries: dict[str, Any]) -> None:
        talks, posts = entries.pop("talks", ()), entries.pop("posts", ())
        entries.pop("version", None)
        if self._has_head:
            self.tell(_("a second notebook stands in the file; its notes were taken in"))
        self._has_head |= entries.pop("format", None) == FORMAT or bool(talks or posts)
        self._head = {**entries, **self._head}
        self._inner("talks", talks)
        self._inner("posts", posts)

    def _inner(self, of: str, items: Any) -> None:
        """What was read in one go with its owner."""
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                self.take(Piece(of, 0, item))
            else:
                self.tell(_("an item of “{of}” is no object").format(of=of))

    def _take_talk(self, entries: dict[str, Any]) -> None:
        inner = entries.pop("notes", ())
        talk_id = entries.get("id")
        known = self._talk_by_id.get(talk_id) if isinstance(talk_id, str) else None
        if known is None:
            known = _TalkFound(self.line, entries)
            self._talks.append(known)
            if isinstance(talk_id, str):
                self._talk_by_id[talk_id] = known
        else:
            self._join(known.entries, entries)
        self._talk = known
        self._inner("notes", inner)

    def _join(self, known: dict[str, Any], entries: dict[str, Any]) -> None:
        """The same talk or post again: what people write is kept of both, else what was there first."""
        self._joins += 1
        for key, value in entries.items():
            if key not in known:
                known[key] = value
            elif key in PROSE and key != "title" and self._joins <= _MOST_JOINED:
                known[key] = joined(known[key], value, key)

    def _take_post(self, entries: dict[str, Any]) -> None:
        post_id = entries.get("id")
        if isinstance(post_id, str) and post_id in self._posts:
            self._join(self._posts[post_id][1], entries)
        else:
            self._posts[post_id if isinstance(post_id, str) else new_id()] = (self.line, entries)

    def _take_note(self, entries: dict[str, Any], gap: int, *, torn: bool) -> None:
        note: Note = fitted(NOTE, entries, self.tell)
        note = note if note.id else replace(note, id=new_id())
        talk = self._talk_for(note, gap)
        if torn and note == Note(note.id):
            return
        before = self._notes.get(note.id)
        if before is not None:
            there = before[0].notes[before[1]]
            if _says_nothing_new(note, there, torn=torn):
                return
            if _says_nothing_new(there, note, torn=False):
                before[0].notes[before[1]] = note
                return
            before[0].notes[before[1]] = changed(there, conflict=True)
            note = replace(note, id=_derived_id(note), conflict=True)
            if note.id in self._notes:
                return  # it was kept already
            self.tell(_("a note with the id of another one; both were kept and marked"))
        self._notes[note.id] = (talk, len(talk.notes))
        talk.notes.append(note)
        talk.last_ms = talk.last_ms if note.at_ms is None else note.at_ms

    def _talk_for(self, note: Note, gap: int) -> _TalkFound:
        """The talk that was begun last, unless what is lost in between may have held its end."""
        talk = self._talk
        last_ms = talk.last_ms if talk and gap >= _ANOTHER_PLACE else 0
        if talk is None or (note.at_ms is not None and note.at_ms < last_ms):
            talk = self._talk = _TalkFound(self.line, {"id": new_id(), "title": RECOVERED})
            self._talks.append(talk)
            told = _("the talk of these notes is lost; they stand in one named “{name}”")
            self.tell(told.format(name=RECOVERED))
        return talk

    def result(self) -> Salvaged | None:
        if not self._has_head and not self._talks and not self._posts:
            return None
        talks = tuple(
            replace(self._fitted(TALK, talk.line, talk.entries), notes=tuple(talk.notes))
            for talk in self._talks
        )
        posts: tuple[Post, ...] = tuple(self._fitted(POST, *each) for each in self._posts.values())
        notebook: Notebook = self._fitted(NOTEBOOK, 1, self._head)
        notebook = mended(replace(notebook, talks=talks, posts=posts), Problems())
        lost = sorted(self.lost, key=lambda each: each.line)
        if self.more_lost:
            told = ngettext("{count} more such places", "{count} more such places", self.more_lost)
            lost.append(Lost(0, told.format(count=self.more_lost)))
        return Salvaged(notebook, self.whole, tuple(lost))

    def _fitted(self, record: Record, line: int, entries: dict[str, Any]) -> Any:
        self.line = line
        return fitted(record, entries, self.tell)


def _says_nothing_new(note: Note, there: Note, *, torn: bool) -> bool:
    """Whether all that people wrote in `note` stands in `there`; of a torn one the text may have no end."""
    if torn and not there.text.startswith(note.text):
        return False
    if torn:
        default = Note(note.id)
        return all(
            getattr(note, name) in (getattr(default, name), getattr(there, name))
            for name in _WRITTEN
            if name != "text"
        )
    return all(getattr(note, name) == getattr(there, name) for name in _WRITTEN)


def _derived_id(note: Note) -> str:
    """The same for the same note, so that one that stands a third time is seen to be there."""
    words = "\0".join(str(getattr(note, name)) for name in ("id", *_WRITTEN))
    return hashlib.sha256(words.encode()).hexdigest()[:12]
