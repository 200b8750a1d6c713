"""A merge told in rows, to be looked at and picked from: what was, what is by hand, what the program makes.

Each row says in a word what it is, so that nobody has to go by its colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktopnotes.export.aligning import hunks
from desktopnotes.export.pieces import Choice, How, Merge, Piece, chosen_text
from desktopnotes.words import _, ngettext, number

_CONTEXT_LINES = 2
_LONGEST = 3_000
_MOST_PIECES = 400
"""So many pieces are told of at most, besides those to pick from."""


class Kind(StrEnum):
    CONTEXT = "context"
    HEADING = "heading"
    BEFORE = "before"
    MINE = "mine"
    PROGRAM = "program"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is that of the conflict it belongs to, counted from 0; `picked` where it is what stays.

    `marks` are where the words stand (start, end) that are other than before, or were there before only.
    Where it `opens` the next change begins.
    """

    kind: Kind
    label: str
    text: str
    number: int | None = None
    picked: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    opens: bool = False


def rows(merge: Merge, choices: Mapping[int, Choice], *, is_known: bool = True) -> list[Row]:
    """What differs, with a little of what stands around. Without `is_known` nobody knows what was before."""
    return list(_Teller(choices, len(merge.conflicts), is_known).told(merge.pieces))


class _Teller:
    def __init__(self, choices: Mapping[int, Choice], conflicts: int, is_known: bool) -> None:
        self._choices = choices
        self._count = conflicts
        self._number = 0
        self._is_known = is_known
        self._left = _MOST_PIECES

    def told(self, pieces: Sequence[Piece]) -> Iterator[Row]:
        last = len(pieces) - 1
        for index, piece in enumerate(pieces):
            if piece.how == How.SAME or (piece.how == How.BOTH and not self._is_known):
                yield from _context(piece.texts.mine, opens=index > 0, closes=index < last)
            elif piece.how == How.CONFLICT:
                yield from _opened(self._conflict(piece))
            elif piece.how == How.PARTS and _has_lines(piece):
                yield from self.told(piece.parts)
            elif piece.how == How.PARTS and any(part.how == How.CONFLICT for part in piece.parts):
                yield from self._paragraph(piece)
            else:
                self._left -= 1
                if self._left > 0:
                    yield from _opened(self._change(piece))
                elif self._left == 0:
                    yield Row(Kind.HEADING, "", _("There are more changes than are shown here."))

    def _conflict(self, piece: Piece) -> Iterator[Row]:
        number, self._number = self._number, self._number + 1
        words = (
            _("The file and the notebook both changed here.") if self._is_known else _("Here they differ.")
        )
        label = _("{number} of {count}").format(number=number + 1, count=self._count)
        yield Row(Kind.HEADING, label, words, number)
        choice = self._choices.get(number)
        yield from _before(piece, number)
        is_mine, is_programs = (choice in (side, Choice.BOTH) for side in (Choice.MINE, Choice.PROGRAM))
        yield replace(_now(piece, Kind.MINE, _("file")), number=number, picked=is_mine)
        yield replace(_now(piece, Kind.PROGRAM, _("notebook")), number=number, picked=is_programs)
        if choice == Choice.BOTH:
            yield Row(Kind.RESULT, _("both"), _cut(chosen_text(piece, {0: choice})), number)

    def _paragraph(self, piece: Piece) -> Iterator[Row]:
        """A paragraph in which sentences are to be picked; around them the sentences that are settled."""
        for part in piece.parts:
            if part.how == How.CONFLICT:
                yield from _opened(self._conflict(part))
            elif part.how in (How.SAME, How.BOTH):
                yield from _context(part.texts.mine, opens=True, closes=True)
            else:
                yield from _opened(self._change(part))

    def _change(self, piece: Piece) -> Iterator[Row]:
        yield from _before(piece)
        if piece.how == How.BOTH:
            yield _now(piece, Kind.RESULT, _("both alike"))
        elif piece.how == How.PROGRAM:
            yield _now(piece, Kind.PROGRAM, _("notebook"))
        elif piece.how == How.MINE:
            yield _now(piece, Kind.MINE, _("file, kept"))
        else:
            yield _now(piece, Kind.MINE, _("file"))
            yield _now(piece, Kind.PROGRAM, _("notebook"))
            yield Row(Kind.RESULT, _("both in it"), _cut(chosen_text(piece, {})))


def _opened(rows: Iterator[Row]) -> Iterator[Row]:
    yield replace(next(rows), opens=True)
    yield from rows


def _has_lines(piece: Piece) -> bool:
    return any("\n" in part.joiner for part in piece.parts)


def _before(piece: Piece, number: int | None = None) -> Iterator[Row]:
    """What was there, with the words marked that are on neither side or not on the one that changed it."""
    before, program, mine = piece.texts
    if before:
        other = program if piece.how == How.PROGRAM else mine if piece.how == How.MINE else ""
        text = _cut(before)
        yield Row(Kind.BEFORE, _("before"), text, number, marks=_new_words(other, text) if other else ())


def _now(piece: Piece, kind: Kind, label: str) -> Row:
    text = _cut(piece.texts.program if kind == Kind.PROGRAM else piece.texts.mine)
    if not text:
        return Row(kind, label, _("(taken out)"))
    return Row(kind, label, text, marks=_new_words(piece.texts.before, text) if piece.texts.before else ())


def _new_words(old: str, new: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in `new` that are not in `old`."""
    places = [found.span() for found in re.finditer(r"\S+", new)]
    words = [new[start:end] for start, end in places]
    changed = (hunk for hunk in hunks(_cut(old).split(), words, pairs=False) if hunk.new_start < hunk.new_end)
    return tuple((places[hunk.new_start][0], places[hunk.new_end - 1][1]) for hunk in changed)


def _cut(text: str) -> str:
    more = len(text) - _LONGEST
    if more <= 0:
        return text
    told = ngettext("{text}… ({count} letters more)", "{text}… ({count} letters more)", more)
    return told.format(text=text[:_LONGEST], count=number(more))


def _context(text: str, *, opens: bool, closes: bool) -> Iterator[Row]:
    """The last and first lines of what stays as it was, next to what changed."""
    lines = [line for line in text.split("\n") if line.strip()]
    head = lines[:_CONTEXT_LINES] if opens else []
    tail = lines[-_CONTEXT_LINES:] if closes else []
    if len(head) + len(tail) >= len(lines):
        head, tail = lines if head or tail else [], []
    left = len(lines) - len(head) - len(tail)
    yield from (Row(Kind.CONTEXT, "", _cut(line)) for line in head)
    if left and (opens or closes):
        told = ngettext("⋯ {count} line as it was", "⋯ {count} lines as they were", left)
        yield Row(Kind.CONTEXT, "", told.format(count=number(left)))
    yield from (Row(Kind.CONTEXT, "", _cut(line)) for line in tail)
