"""A merge told in rows, to be looked at and picked from: what was, what is by hand, what the program makes.

Each row says in a word what it is, so that nobody has to go by its colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktopnotes.export.rewrite import Choice, How, Merge, Piece, chosen_text

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
    """`number` is that of the conflict it belongs to, counted from 0; `picked` where it is what stays."""

    kind: Kind
    label: str
    text: str
    number: int | None = None
    picked: bool = False


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
                yield from self._conflict(piece)
            elif piece.how == How.PARTS and _has_lines(piece):
                yield from self.told(piece.parts)
            elif piece.how == How.PARTS and any(part.how == How.CONFLICT for part in piece.parts):
                yield from self._paragraph(piece)
            else:
                self._left -= 1
                if self._left > 0:
                    yield from self._change(piece)
                elif self._left == 0:
                    yield Row(Kind.HEADING, "", "There are more changes than are shown here.")

    def _conflict(self, piece: Piece) -> Iterator[Row]:
        number, self._number = self._number, self._number + 1
        words = "You and the program both changed this." if self._is_known else "Here they differ."
        yield Row(Kind.HEADING, f"{number + 1} of {self._count}", words, number)
        choice = self._choices.get(number)
        yield from _before(piece, number)
        mine, program = choice in (Choice.MINE, Choice.BOTH), choice in (Choice.PROGRAM, Choice.BOTH)
        yield Row(Kind.MINE, "mine", _or(piece.texts.mine, "(taken out)"), number, mine)
        yield Row(Kind.PROGRAM, "program’s", _or(piece.texts.program, "(taken out)"), number, program)

    def _paragraph(self, piece: Piece) -> Iterator[Row]:
        """A paragraph in which sentences are to be picked; around them the sentences that are settled."""
        for part in piece.parts:
            if part.how == How.CONFLICT:
                yield from self._conflict(part)
            elif part.how in (How.SAME, How.BOTH):
                yield from _context(part.texts.mine, opens=True, closes=True)
            else:
                yield from self._change(part)

    def _change(self, piece: Piece) -> Iterator[Row]:
        if piece.how == How.BOTH:
            yield from _before(piece)
            yield Row(Kind.RESULT, "both alike", _or(piece.texts.mine, "(taken out)"))
        elif piece.how == How.PROGRAM:
            yield from _before(piece)
            yield Row(Kind.PROGRAM, "program’s", _or(piece.texts.program, "(taken out)"))
        elif piece.how == How.MINE:
            yield from _before(piece)
            yield Row(Kind.MINE, "mine, kept", _or(piece.texts.mine, "(taken out)"))
        else:
            yield from _before(piece)
            yield Row(Kind.MINE, "mine", _cut(piece.texts.mine))
            yield Row(Kind.PROGRAM, "program’s", _cut(piece.texts.program))
            yield Row(Kind.RESULT, "both in it", _cut(chosen_text(piece, {})))


def _has_lines(piece: Piece) -> bool:
    return any("\n" in part.joiner for part in piece.parts)


def _before(piece: Piece, number: int | None = None) -> Iterator[Row]:
    if piece.texts.before:
        yield Row(Kind.BEFORE, "before", _cut(piece.texts.before), number)


def _or(text: str, otherwise: str) -> str:
    return _cut(text) if text else otherwise


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text) - _LONGEST:,} letters more)"


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
        yield Row(Kind.CONTEXT, "", "⋯ 1 line as it was" if left == 1 else f"⋯ {left:,} lines as they were")
    yield from (Row(Kind.CONTEXT, "", _cut(line)) for line in tail)
