"""The objects of a damaged notebook's text, whole or in part, in the order of the file; in linear time.

What is open is known as far as the brackets tell; where they are lost, an object's keys say what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desktopnotes.storage.format import TALK
from desktopnotes.storage.tolerant_values import KNOWN, PROSE, RESUME, Tear, Torn, Values
from desktopnotes.words import _, number

LISTS = frozenset({"talks", "notes", "posts"})
"""The lists whose items are read one by one: all else is a value of its owner."""

_NEAR = 32
"""Over so many lost characters at most, what follows in the line still belongs to the same object."""
_WINDOW = 8192
"""How far the fast reader looks ahead."""
_WASTE = 1_000_000
"""So many characters it may read in vain, and some for each that it has behind it."""
_FAILED = 64
"""So many characters are read in the time that a failure takes by itself."""
_BETWEEN_CHECKS = 50_000
"""So many characters are read between two looks whether to go on."""
_MOST = 1_000_000
"""So many objects at most are read: the largest file that is opened has no more lines of a note's length."""
_LAYOUT = 1_000_000
"""So many characters tell how the file is laid out."""
_DEEPEST_OPEN = 6
"""A notebook, its talks, a talk, its notes, a note; and one that lost its end."""
_OPENED_IN_VAIN = re.compile(r"\{(?:[\s,]*+\{)*+")
_ITEMS = re.compile(r'\[\s*+(?!")|\s*+(?=\{)')
_SPREAD = re.compile(r'^[ \t]*+"(?!talks"|posts")', re.MULTILINE)
_LINE_EACH = re.compile(r'^\{"', re.MULTILINE)


@dataclass(slots=True)
class Piece:
    """One object of the file, or what is left of it.

    `of` is the list that it seems to stand in ("" where that is not known); `is_sure` where nothing was lost
    since that began. `gap` is how many characters right before it could not be read.
    """

    of: str
    start: int
    entries: dict[str, Any]
    torn: bool = False
    gap: int = 0
    is_sure: bool = True
    is_listed: bool = False
    """Whether it stands among what was found."""


@dataclass(slots=True)
class _List:
    """A list of talks, notes or posts that is open; `tears` is how many there were before it."""

    name: str
    tears: int


@dataclass(slots=True)
class Scanned:
    pieces: list[Piece] = field(default_factory=list)
    tears: list[Tear] = field(default_factory=list)
    ends_torn: bool = False
    """Whether the text ends before what is open in it does."""


def scan(text: str, check: Callable[[], None] = lambda: None) -> Scanned:
    """All objects in the text that can be read, and the places where something could not.

    `check` is called all along: what it raises ends the reading.
    """
    reader = _Reader(text, check)
    reader.run()
    reader.pieces.sort(key=lambda piece: piece.start)  # they were added as their first entries came
    return Scanned(reader.pieces, reader.tears, reader.ends_torn)


class _Reader(Values):
    def __init__(self, text: str, check: Callable[[], None]) -> None:
        self._check = check
        start = text[:_LAYOUT]
        super().__init__(text, line_each=len(_LINE_EACH.findall(start)) > len(_SPREAD.findall(start)))
        self._stack: list[Piece | _List] = []
        self._breaks = 0
        self._gap = 0
        self._wasted = 0
        self._decode = json.JSONDecoder(object_pairs_hook=self._object).raw_decode
        self.ends_torn = False
        self.pieces: list[Piece] = []

    def run(self) -> None:
        place, length = 0, len(self._text)
        next_check = 0
        while (place := self._skip(place)) < length:
            if place >= next_check:
                self._check()
                next_check = place + _BETWEEN_CHECKS
                if len(self.pieces) > _MOST:
                    self._told(
                        Tear(
                            place,
                            length,
                            _("more than {count} things; what comes behind was not read").format(
                                count=number(_MOST)
                            ),
                        )
                    )
                    break
            sign = self._text[place]
            if sign == "{":
                place = self._open(place)
            elif sign in "]}":
                self._close(sign)
                place += 1
            elif sign == '"':
                place = self._entry(place)
            else:
                place = self._tear(place, place + 1)
        self.ends_torn = bool(self._stack)
        for frame in self._stack:
            if isinstance(frame, Piece):
                frame.torn = True

    # --- objects -------------------------------------------------------------------------------------

    def _open(self, place: int) -> int:
        if self._stack and isinstance(top := self._stack[-1], Piece):
            top.torn = True
            self._stack.pop()
        begins = _OPENED_IN_VAIN.match(self._text, place)
        place = begins.end() - 1 if begins else place
        piece = self._new(place)
        length = self._read_fast(piece, place)
        if not length:
            self._push(piece)
            return place + 1
        piece.is_listed = True
        self.pieces.append(piece)
        if self._doubled:
            self._told(Tear(place, place, _("a key stands twice in the same object; both were kept")))
        return place + length

    def _read_fast(self, piece: Piece, place: int) -> int:
        """How long the object is, where all of it is whole and near; else 0."""
        if self._wasted > 4 * place + _WASTE:
            return 0  # looking ahead was for nothing too often
        line_end = self._text.find("\n", place, place + _WINDOW)
        window = self._text[place : place + _WINDOW if line_end < 0 else line_end]
        self._doubled = False
        try:
            piece.entries, length = self._decode(window)
        except (ValueError, RecursionError) as error:
            self._wasted += _FAILED + (error.pos if isinstance(error, json.JSONDecodeError) else len(window))
            return 0
        return length

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            found = {}
            for key, value in pairs:
                self._put(found, key, value)
        return found

    def _new(self, place: int) -> Piece:
        of = next((frame for frame in reversed(self._stack) if isinstance(frame, _List)), _List("", 0))
        piece = Piece(of.name, place, {}, gap=self._gap, is_sure=of.tears == self._breaks)
        self._gap = 0
        return piece

    def _add(self, piece: Piece, key: str, value: Any) -> None:
        """An entry that was read. Only now the object counts: of those without any there may be millions."""
        if not piece.is_listed:
            piece.is_listed = True
            if value == [] and self.pieces and self.pieces[-1].entries == {key: value}:
                self.pieces.pop().is_listed = False  # of owners of nothing that follow each other one will do
            self.pieces.append(piece)
        self._put(piece.entries, key, value)

    def _close(self, sign: str) -> None:
        """Takes a closing bracket to mean the nearest that it can close; one too many does nothing."""
        kind = _List if sign == "]" else Piece
        at = next((i for i in reversed(range(len(self._stack))) if isinstance(self._stack[i], kind)), None)
        if at is None:
            return
        for frame in self._stack[at + 1 :]:
            if isinstance(frame, Piece):
                frame.torn = True
        del self._stack[at:]

    # --- keys and values -----------------------------------------------------------------------------

    def _entry(self, place: int) -> int:
        key, colon = self._key(place)
        if colon < 0:
            return self._tear(place, place + 1)
        if key in LISTS and (items := _ITEMS.match(self._text, colon)):
            self._enter(key, place)
            return items.end()
        top = self._stack[-1] if self._stack else None
        if isinstance(top, Piece) and top.torn and _is_anothers(key, top.entries):
            self._stack.pop()
            top = None
        if not isinstance(top, Piece):
            if key not in KNOWN:
                return self._tear(place, colon)
            top = self._new(place)
            top.torn = True  # its beginning is lost
            self._push(top)
        value = self._value(colon, 0)
        if not isinstance(value, Torn):
            self._doubled = False
            self._add(top, key, value[0])
            if self._doubled:
                self._told(Tear(place, place, _("“{key}” stands twice; both were kept").format(key=key)))
            return value[1]
        top.torn = True
        if (key in PROSE and isinstance(value.value, str)) or isinstance(value.value, list | dict):
            self._add(top, key, value.value)
        return self._tear(value.at, value.resume)

    def _enter(self, key: str, place: int) -> None:
        """A list of talks, notes or posts begins: its owner is the open object, or one whose end is lost."""
        owners = [(i, frame) for i, frame in enumerate(self._stack) if isinstance(frame, Piece)]
        if key == "notes":
            owner = owners[-1][0] if owners else -1
        else:
            owner = owners[0][0] if owners and "notes" not in owners[0][1].entries else -1
        del self._stack[owner + 1 :]
        if key == "notes" and owner < 0:
            owner_lost = self._new(place)
            owner_lost.torn = True
            self._stack.append(owner_lost)
        top = self._stack[-1] if self._stack else None
        if isinstance(top, Piece) and key not in top.entries:
            self._add(top, key, [])
        self._push(_List(key, self._breaks))

    def _push(self, frame: Piece | _List) -> None:
        if len(self._stack) > 2 * _DEEPEST_OPEN:
            del self._stack[:_DEEPEST_OPEN]
        self._stack.append(frame)

    # --- what cannot be read -------------------------------------------------------------------------

    def _tear(self, start: int, search_from: int) -> int:
        """Where reading goes on behind something at `start`; what is open there may have lost its end."""
        begins = RESUME.search(self._text, search_from)
        end = begins.start() if begins else len(self._text)
        self._told(Tear(start, end))
        self._breaks += 1
        self._gap += end - start
        if self._stack and isinstance(top := self._stack[-1], Piece):
            top.torn = True
            same_object = begins and begins[0][0] == '"' and end - start <= _NEAR
            if not same_object and (not begins or begins[0] != "\n"):
                self._stack.pop()
        return end


def _is_anothers(key: str, entries: dict[str, Any]) -> bool:
    """Whether a key behind something torn belongs to an object whose beginning is lost."""
    return key in entries or ("notes" in entries and key in TALK.rows)
