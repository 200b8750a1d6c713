"""What a merge of three texts comes to: pieces that know what each side says, laid out as text again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import NamedTuple


class How(StrEnum):
    """What became of a piece: `MINE` is what was done by hand, `BOTH` the same change on both sides."""

    SAME = "same"
    PROGRAM = "program"
    MINE = "mine"
    BOTH = "both"
    CONFLICT = "conflict"
    PARTS = "parts"


class Choice(StrEnum):
    MINE = "mine"
    PROGRAM = "program"
    BOTH = "both"


class Sides(NamedTuple):
    """The same thing before, as the program makes it now, and as it was found, edited by hand."""

    before: str
    program: str
    mine: str


class Tails(NamedTuple):
    """The white space behind a piece; None where its text ends."""

    before: str | None
    program: str | None
    mine: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the post. With `parts` it is those, one size smaller.

    `joiner` stands behind it where it was the last of its text and something follows now.
    """

    how: How
    texts: Sides
    tails: Tails
    joiner: str
    parts: tuple[Piece, ...] = ()
    takes_both: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text as it is to be written; `number` is the conflict's, counted from 0."""

    text: str
    how: How
    piece: Piece | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging came to. `conflicts` are in the order of the text and known by their number in it."""

    head: str
    pieces: tuple[Piece, ...]
    end: str

    @property
    def conflicts(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in _leaves(self.pieces) if piece.how == How.CONFLICT)

    @property
    def changes(self) -> Counter[How]:
        """How many pieces became what."""
        return Counter(piece.how for piece in _leaves(self.pieces))

    def spans(self, choices: Mapping[int, Choice]) -> list[Span]:
        """The whole text in order; a conflict that is not chosen about stays as it was found."""
        ends = (Span(self.head, How.SAME), *_spans(self.pieces, choices), Span(self.end, How.SAME))
        return [span for span in ends if span.text or span.how != How.SAME]

    def text(self, choices: Mapping[int, Choice] | None = None) -> str:
        return "".join(span.text for span in self.spans(choices or {}))


def settled(sides: Tails) -> str | None:
    """White space: what one side changed is taken, and what was done by hand where both did."""
    return sides.program if sides.mine == sides.before else sides.mine


def _leaves(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.how == How.PARTS:
            yield from _leaves(piece.parts)
        else:
            yield piece


def chosen_text(piece: Piece, choices: Mapping[int, Choice]) -> str:
    """A piece as it is to be written; its conflicts are counted by themselves."""
    return "".join(span.text for span in _spans((piece,), choices))


def _spans(pieces: Sequence[Piece], choices: Mapping[int, Choice]) -> list[Span]:
    numbers = count()

    def span(piece: Piece) -> Span:
        if piece.how != How.CONFLICT:
            return Span(_merged(piece), piece.how, piece)
        number = next(numbers)
        return Span(_chosen(piece, choices.get(number, Choice.MINE)), piece.how, piece, number)

    return _laid(pieces, span, _merged_tail)


def _merged(piece: Piece) -> str:
    return piece.texts.program if piece.how == How.PROGRAM else piece.texts.mine


def _chosen(piece: Piece, choice: Choice) -> str:
    if choice == Choice.BOTH:
        return _both(piece)
    return piece.texts.mine if choice == Choice.MINE else piece.texts.program


def _both(piece: Piece) -> str:
    """Mine, then the program's; what both begin with is there once where they come to stand in one line.

    That is where they are sentences, and where each is a whole item of one line about the same linked title.
    """
    mine, program = piece.texts.mine, piece.texts.program
    gap = piece.tails.mine or piece.joiner
    lead = common_lead(mine, program)
    if "](" in lead and "\n" not in mine + program:
        gap = " "
    rest = program if "\n" in gap else program[len(lead) :].lstrip()
    return gap.join(text for text in (mine, rest) if text)


_MARK = re.compile(r"[ \t]*(?:>[ \t]+)*[-*+](?=\s)")


def common_lead(a: str, b: str) -> str:
    """What the first sentences of two list items both begin with and one item says once; "" for others.

    That is the item’s mark, and with it a title, if one stands there: all up to the first word that ends in a
    colon or is nothing but a dash, outside of brackets and code. Where a sentence ends within a linked title
    it is the rest of that.
    """
    mark = _MARK.match(a)
    begun = mark[0] if mark and _begins(b, mark[0]) else ""
    for word in re.finditer(r"\S+", a[len(begun) :]):
        lead = a[: len(begun) + word.end()]
        if not (_begins(a, lead) and _begins(b, lead)):
            break
        if _separates(word[0]) and _ends_title(lead, is_whole=bool(begun)):
            return lead
    return begun


def _begins(text: str, lead: str) -> bool:
    """Whether it begins with these whole words, and goes on."""
    return text.startswith(lead) and text[len(lead) : len(lead) + 1].isspace()


def _separates(word: str) -> bool:
    return word in ("-", "–", "—", "|", "·") or (word.endswith(":") and not word.endswith("\\:"))


def _ends_title(lead: str, *, is_whole: bool) -> bool:
    """Whether no bracket and no code is open at its end; unless `is_whole`, one was open before it."""
    plain = re.sub(r"\\.", "", lead)
    opened = plain.count("[") - plain.count("]")
    is_closed = plain.count("(") == plain.count(")") and plain.count("`") % 2 == 0
    return is_closed and (opened == 0 if is_whole else opened < 0)


def _merged_tail(piece: Piece) -> str | None:
    if not piece.texts.before or not piece.texts.program or not piece.texts.mine:
        winner = piece.how == How.PROGRAM or not piece.texts.mine
        return piece.tails.program if winner else piece.tails.mine
    return settled(piece.tails)


def _laid(
    pieces: Sequence[Piece], span: Callable[[Piece], Span], tail: Callable[[Piece], str | None]
) -> list[Span]:
    """The pieces one behind the other, with their white space between those that have any text."""
    found: list[Span] = []
    gap: str | None = None
    for piece in pieces:
        laid = _laid(piece.parts, span, tail) if piece.how == How.PARTS else [span(piece)]
        if any(each.text for each in laid):
            if gap:
                found.append(Span(gap, How.SAME))
            behind = tail(piece)
            gap = piece.joiner if behind is None else behind
        found += laid
    return found


def side_text(pieces: Sequence[Piece], side: int) -> str:
    """One of the three texts again, without white space at its ends; `side` is its place in `Sides`."""

    def span(piece: Piece) -> Span:
        return Span(piece.texts[side], piece.how, piece)

    return "".join(each.text for each in _laid(pieces, span, lambda piece: piece.tails[side]))
