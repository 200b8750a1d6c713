"""The lines that blocks of a post come to in a Tk text: words, and which looks each of them has.

A table is set in columns of one width of letter; a picture is one letter that a picture takes the place of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from desktopnotes.export import blocks
from desktopnotes.export.blocks import Block, Run

PICTURE = "\ufffc"
"""Stands where a picture is put: one column, as the picture."""

GAP = "gap"
"""The kind of the line above a block that is but room: Tk would colour room of the block's own lines."""

LONGEST = 8000
"""Letters of a line: to lay one out takes Tk a time that grows with the square of its length."""

MOST = 100
"""Pieces of a line, behind which it is broken at the next space: Tk walks through all of a line for each
that is put into it. 400 in one line take it 27 ms, in four lines 6 ms."""

_NEVER_MORE = 2 * MOST
"""Pieces of a line that has no space."""

_ABOVE_HEADINGS = {1: 20, 2: 20, 3: 16}
_ABOVE = 11
"""In pixels of the design."""

_BETWEEN_COLUMNS = "  "
_WIDEST_CELL = 48
"""Columns of a cell, beyond which the others are not kept in line with it."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a line stands on the page: `first` and `last` of its block have the room above and below it."""

    kind: str
    level: int = 0
    quotes: int = 0
    items: int = 0
    marker: int = 0
    """How many letters the sign before it has."""
    is_first: bool = True
    is_last: bool = True
    room: int = 0
    """How high a GAP is."""


@dataclass(frozen=True, slots=True)
class Look:
    """How words look: `size` is the level of a heading, 0 for what is read. `is_cell`: of a table."""

    styles: tuple[str, ...] = ()
    size: int = 0
    is_link: bool = False
    is_alt: bool = False
    is_line: bool = False
    is_cell: bool = False


class Piece(NamedTuple):
    """Words of one line that look alike; `run` is where they come from.

    A tuple, as a long talk has thousands and they are made anew for each key.
    """

    text: str
    line: Line
    look: Look
    run: Run | None = None


def pieces_of(block: Block) -> list[Piece]:
    """The words of the block with their looks, the break at its end among them."""
    rows = _rows(block)
    found: list[Piece] = []
    if room := _room_above(block):
        found.append(Piece("\n", Line(GAP, room=room), Look(is_line=True)))
    for number, row in enumerate(rows):
        is_first, is_last = number == 0, number == len(rows) - 1
        marker = block.marker if is_first else ""
        line = Line(
            block.kind,
            block.level,
            block.within.count(blocks.QUOTE),
            block.within.count(blocks.ITEM),
            len(marker),
            is_first,
            is_last,
        )
        if marker:
            found.append(Piece(f"{marker}\t", line, Look()))
        found += (Piece(text, line, look, run) for text, look, run in row)
        found.append(Piece("\n", line, Look(is_line=block.kind == blocks.RULE)))
    return found


def _room_above(block: Block) -> int:
    if block.kind in (blocks.TITLE, blocks.DATE) or block.is_tight:
        return 0
    return _ABOVE_HEADINGS.get(block.level, _ABOVE) if block.kind == blocks.HEADING else _ABOVE


_Row = list[tuple[str, Look, Run | None]]


def _rows(block: Block) -> list[_Row]:
    if block.kind == blocks.TABLE:
        return _broken(_columns(block))
    if block.kind == blocks.RULE:
        return [[]]
    level = block.level if block.kind in (blocks.HEADING, blocks.TITLE) else 0
    is_alone = all(run.picture for run in block.runs)
    found: _Row = []
    for run in block.runs:
        look = _look(run, level, is_code=block.kind == blocks.FENCED)
        if run.picture:
            found += _picture(run, look, is_alone=is_alone)
        else:
            found.append((run.text, look, run))
    return _broken(found)


def _look(run: Run, level: int, *, is_code: bool = False) -> Look:
    return _look_of(run.styles, level, bool(run.link), is_code)


@cache
def _look_of(styles: tuple[str, ...], level: int, is_link: bool, is_code: bool) -> Look:
    return Look(tuple(sorted({*styles, blocks.CODE} if is_code else set(styles))), level, is_link)


def _picture(run: Run, look: Look, *, is_alone: bool) -> _Row:
    """The picture, then what stands for it; one on another computer is not fetched."""
    alt = Look(look.styles, 0, look.is_link, is_alt=True)
    if "://" in run.picture:
        return [(run.text or run.picture, Look(look.styles, 0, is_link=True, is_alt=True), run)]
    between = [("\n", alt, run)] if is_alone else [(" ", look, run)]
    words: _Row = [*between, (run.text, alt, run)] if run.text else []
    return [(PICTURE, look, run), *words]


def _broken(row: _Row) -> list[_Row]:
    """The rows that its line breaks make of it; rows that Tk cannot bear are broken too, at a space."""
    rows: list[_Row] = [[]]
    length = 0
    for text, look, run in row:
        if len(rows[-1]) < MOST and length + len(text) <= LONGEST and text and text.isprintable():
            rows[-1].append((text, look, run))  # nearly all
            length += len(text)
            continue
        for number, part in enumerate(text.replace("\0", "\u2400").split("\n")):
            if number:
                rows.append([])
                length = 0
            while part and (end := _end_of_row(part, length, len(rows[-1]))) is not None:
                before, after = end
                rows[-1] += [(part[:before], look, run)] if before else []
                rows.append([])
                part, length = part[after:], 0
            rows[-1] += [(part, look, run)] if part else []
            length += len(part)
    return rows


def _end_of_row(part: str, length: int, pieces: int) -> tuple[int, int] | None:
    """Where so long a row ends within its next words, and the one below begins; None where it goes on."""
    if pieces >= MOST:
        end = part.find(" ", 0, max(0, LONGEST - length) + 1)
        if end >= 0:
            return end, end + 1
        if pieces >= _NEVER_MORE:
            return 0, 0
    if length + len(part) <= LONGEST:
        return None
    end = part.rfind(" ", 0, LONGEST - length + 1)
    if end >= 0:
        return end, end + 1
    before = 0 if length else LONGEST
    return before, before


# --- tables ------------------------------------------------------------------------------------------


def _columns(block: Block) -> _Row:
    count = max((len(row) for row in block.rows), default=0)
    widths = [
        min(_WIDEST_CELL, max(_width(blocks.words(row[column])) for row in block.rows if column < len(row)))
        for column in range(count)
    ]
    between = Look(is_cell=True)
    found: _Row = []
    for number, row in enumerate(block.rows):
        head = (blocks.STRONG,) if number == 0 else ()
        if number:
            found.append(("\n", between, None))
        for column, cell in enumerate(row):
            aligned = block.aligned[column] if column < len(block.aligned) else ""
            before, after = _room(widths[column] - _width(blocks.words(cell)), aligned)
            found.append((_BETWEEN_COLUMNS * (column > 0) + " " * before, between, None))
            found += ((run.text.replace("\n", " "), _cell(run, head), run) for run in cell)
            if column < len(row) - 1:
                found.append((" " * after, between, None))
    return found


def _cell(run: Run, head: tuple[str, ...]) -> Look:
    styles = {*run.styles, *head} - {blocks.CODE}  # the letters of all of it are those of code
    return Look(tuple(sorted(styles)), 0, bool(run.link), is_cell=True)


def _room(free: int, aligned: str) -> tuple[int, int]:
    """The columns before and behind a cell's words."""
    free = max(0, free)
    before = {"right": free, "center": free // 2}.get(aligned, 0)
    return before, free - before


def _width(text: str) -> int:
    """Columns of a terminal: what stands over a letter has none, wide signs have two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


# --- what differs ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """From offset `start` of the text so many characters go, and the pieces come in their place."""

    start: int
    gone: int
    come: Sequence[Piece]


def difference(old: Sequence[Piece], new: Sequence[Piece]) -> Change:
    """The least that makes the one text of the other, so that what is not concerned stays where it is."""
    same = _alike(old, new)
    most = min(len(old), len(new)) - same
    same_end = min(most, _alike(reversed(old), reversed(new)))
    gone, come = list(old[same : len(old) - same_end]), list(new[same : len(new) - same_end])
    start = sum(len(piece.text) for piece in old[:same])
    if gone and come and _look_alike(gone[0], come[0]):
        head = _same(gone[0].text, come[0].text)
        start += head
        gone[0], come[0] = _cut(gone[0], head, None), _cut(come[0], head, None)
    if gone and come and _look_alike(gone[-1], come[-1]):
        tail = _same(gone[-1].text[::-1], come[-1].text[::-1])
        gone[-1], come[-1] = _cut(gone[-1], 0, -tail or None), _cut(come[-1], 0, -tail or None)
    return Change(start, sum(len(piece.text) for piece in gone), [piece for piece in come if piece.text])


def _look_alike(one: Piece, other: Piece) -> bool:
    return (one.line, one.look) == (other.line, other.look)


def _cut(piece: Piece, start: int, end: int | None) -> Piece:
    return piece._replace(text=piece.text[start:end])


def _alike(one: Iterable[Piece], other: Iterable[Piece]) -> int:
    """How many pieces both begin with in common, wherever they come from; keeps nothing, which takes time."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a is not b and a[:3] != b[:3]:
            break
        count += 1
    return count


def _same(one: Sequence[object], other: Sequence[object]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
