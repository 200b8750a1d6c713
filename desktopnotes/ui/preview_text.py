"""The preview's text: shows a list of blocks by changing only what differs from the list before.

Much at once is drawn in slices, so that the window is never busy for long.
"""

from __future__ import annotations

import time
import tkinter
from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from desktopnotes.export.blocks import Block, Run
from desktopnotes.session import Session
from desktopnotes.ui.guarded_text import GuardedText, characters, columns
from desktopnotes.ui.preview_lines import PICTURE, Piece, difference, pieces_of
from desktopnotes.ui.preview_looks import Looks
from desktopnotes.ui.preview_pictures import PreviewPictures
from desktopnotes.ui.theme import Theme

_SLICE_S = 0.006
"""How long the window may be busy with drawing at a stretch."""

_BLOCKS_A_SLICE, _GONE_A_SLICE = 16, 400

PIECES_A_SLICE = 100
"""A slice has no more, but for one row that is longer: rows are not torn."""

_PARTLY = "partly"
"""The kind of a block of which rows are still to be drawn."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is still to be drawn of a block, and where."""

    number: int
    block: Block
    index: str
    pieces: Sequence[Piece]


_SCROLLS = {"Up": (-2, "units"), "Down": (2, "units"), "Prior": (-1, "pages"), "Next": (1, "pages")}
"""There is no caret that arrows could move."""


class PreviewText(GuardedText):
    """Read-only. `drawn` is called whenever all that is wanted is shown."""

    def __init__(
        self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session], drawn: Callable[[], None]
    ) -> None:
        super().__init__(master, self, wrap="word", takefocus=True, insertwidth=0, height=4, width=20)
        self._drawn = drawn
        self._wanted: tuple[Block, ...] = ()
        self._job = ""
        self._rest: _Rest | None = None
        self._known: list[tuple[Block, list[Piece]]] = []
        self.blocks: list[Block] = []
        self._heights: list[int] = []
        """How many lines each of the blocks has."""
        self.changed_at = ""
        """Where the last change was that was drawn for what is wanted now; "" for none."""
        self.pictures = PreviewPictures(self, theme, session)
        self._looks = Looks(self, theme)
        for key, (count, unit) in _SCROLLS.items():
            self.bind(f"<{key}>", lambda _, by=(count, unit): self._scroll(*by))  # type: ignore[misc]
        for key, share in (("Home", 0), ("End", 1)):
            self.bind(f"<{key}>", lambda _, to=share: self._scroll_all(to))  # type: ignore[misc]
        theme.follow(self, self._looks.dress)

    def show(self, wanted: tuple[Block, ...]) -> None:
        self._wanted = wanted
        self.changed_at = ""
        if not self._job:
            self._draw()

    @property
    def is_drawing(self) -> bool:
        return bool(self._job)

    def _draw(self) -> None:
        self._job = ""
        stop_s = time.perf_counter() + _SLICE_S
        while not self._step():
            if time.perf_counter() > stop_s:
                self._job = self.after(1, self._draw)
                return
        self._drawn()

    def _step(self) -> bool:
        """Draws some of what differs; True when nothing is left to do."""
        old, new = self.blocks, self._wanted
        if self._rest is not None:
            rest, self._rest = self._rest, None
            if new[rest.number : rest.number + 1] == (rest.block,) and len(old) > rest.number:
                self._go_on(rest)
                return False
        same = _same(old, new)
        if same == len(old) == len(new):
            return True
        same_end = min(_same(old[::-1], new[::-1]), min(len(old), len(new)) - same)
        gone, come = len(old) - same - same_end, len(new) - same - same_end
        if gone == come == 1 and old[same].kind != _PARTLY:
            if len(new[same].runs) > PIECES_A_SLICE and all(
                new[same] is not block for block, _ in self._known
            ):
                self._pieces(new[same])  # a slice of its own
                return False
            self._change(same, new[same])
        else:
            gone, come = min(gone, _GONE_A_SLICE), min(come, _BLOCKS_A_SLICE)
            self._replace(same, gone, _together(new[same : same + come]))
        return False

    def _go_on(self, rest: _Rest) -> None:
        """Draws the next rows of a block. Each ends its line, so that lines are whole between two slices."""
        now, later = _slice(rest.pieces)
        self._insert(rest.index, now)
        self._heights[rest.number] += _height(now)
        if later:
            line, _ = self.column_and_line(rest.index)
            self._rest = replace(rest, index=f"{line + _height(now)}.0", pieces=later)
        else:
            self.blocks[rest.number] = rest.block

    def _pieces(self, block: Block) -> list[Piece]:
        """Remembers the last two: a long one is asked for by one key or motion after another."""
        for known, pieces in self._known:
            if known is block:
                return pieces
        pieces = pieces_of(block)
        self._known = [*self._known[-1:], (block, pieces)]
        return pieces

    def prepare(self, wanted: tuple[Block, ...]) -> None:
        """Finds the pieces of what is long ahead of `show`; for any thread, as it asks nothing of Tk."""
        for block in wanted:
            if len(block.runs) > PIECES_A_SLICE:
                self._pieces(block)

    def _change(self, number: int, block: Block) -> None:
        """One block became another: what is alike in both is not touched."""
        old, new = self._pieces(self.blocks[number]), self._pieces(block)
        change = difference(old, new)
        text = "".join(piece.text for piece in old)
        first = self._line_of(number)
        start = _index(first, text[: change.start])
        if change.gone:
            self.raw("delete", start, _index(first, text[: change.start + change.gone]))
        self._heights[number] -= text.count("\n", change.start, change.start + change.gone)
        self.blocks[number] = replace(block, kind=_PARTLY)
        self._go_on(_Rest(number, block, start, change.come))
        self.changed_at = start

    def _replace(self, number: int, gone: int, come: Sequence[Block]) -> None:
        """The last of those that come may be a long one, and is drawn row by row."""
        first = self._line_of(number)
        if gone:
            last = first + sum(self._heights[number : number + gone])
            self.raw("delete", f"{first}.0", f"{last}.0")
        self.changed_at = f"{first}.0"
        pieces = [pieces_of(block) for block in come[:-1]]
        heights = list(map(_height, pieces))
        self._insert(f"{first}.0", [piece for some in pieces for piece in some])
        partly = [replace(block, kind=_PARTLY) for block in come[-1:]]
        self.blocks[number : number + gone] = [*come[:-1], *partly]
        self._heights[number : number + gone] = [*heights, *(0 for _ in partly)]
        for block in come[-1:]:
            index = f"{first + sum(heights)}.0"
            self._go_on(_Rest(number + len(heights), block, index, self._pieces(block)))

    def _insert(self, index: str, pieces: Sequence[Piece]) -> None:
        if not pieces:
            return
        tags = self._looks.tags
        alike = groupby(pieces, key=lambda piece: tags(piece.line, piece.look))
        words = (part for look, some in alike for part in ("".join(piece.text for piece in some), look))
        self.raw("insert", index, *words)
        if any(piece.text == PICTURE for piece in pieces):
            self._put_pictures(index, pieces)

    def _put_pictures(self, index: str, pieces: Sequence[Piece]) -> None:
        line, column = map(int, index.split("."))
        for piece in pieces:
            if piece.text == PICTURE and piece.run is not None:
                here = f"{line}.{column}"
                self.raw("delete", here)
                self.pictures.put(here, piece.run.picture, self._looks.tags(piece.line, piece.look))
            line, column = (line + 1, 0) if piece.text == "\n" else (line, column + columns(piece.text))

    def _line_of(self, number: int) -> int:
        return 1 + sum(self._heights[:number])

    # --- places --------------------------------------------------------------------------------------

    def put_high(self, index: str, share: float) -> None:
        """Scrolls so that an index stands at that share of the height, 0 for the top."""
        self.raw("yview", index)
        wanted_px = round(share * self.winfo_height())
        if box := self.dlineinfo(index):
            # Lines that were never seen have a height that Tk only guesses, so it is asked for lines first.
            self.raw("yview", f"{index} - {round(wanted_px / box[3])} display lines")
        if box := self.dlineinfo(index):
            self.raw("yview", "scroll", box[1] - wanted_px, "pixels")

    def start_of(self, number: int) -> str:
        """The index at which a block begins."""
        return f"{self._line_of(number)}.0"

    def block_at(self, index: str) -> int:
        """The number of the block that an index lies in; -1 where there is none."""
        line, _ = self.column_and_line(index)
        starts = list(accumulate(self._heights, initial=1))
        return bisect_right(starts, line) - 1 if line < starts[-1] else -1

    def _scroll(self, count: int, unit: str) -> str:
        self.raw("yview", "scroll", count, unit)
        return "break"

    def _scroll_all(self, to: int) -> str:
        self.raw("yview", "moveto", to)
        return "break"

    def block_under(self, x: int, y: int) -> int:
        """The number of the block at a place of the widget; -1 beside and below all words."""
        index = f"@{x},{y}"
        box = self.dlineinfo(index)
        if box is None or not box[1] <= y < box[1] + box[3] or x >= box[0] + box[2]:
            return -1
        return self.block_at(index)

    def run_at(self, index: str) -> Run | None:
        """The run whose words stand there."""
        number = self.block_at(index)
        if number < 0 or self.blocks[number].kind == _PARTLY:
            return None
        line, column = self.column_and_line(index)
        pieces = self._pieces(self.blocks[number])
        row = line - self._line_of(number)
        offset = characters("".join(piece.text for piece in pieces).split("\n")[row], column)
        for piece in pieces:
            if piece.text == "\n":
                row -= 1
            elif row == 0:
                if offset < len(piece.text):
                    return piece.run
                offset -= len(piece.text)
        return None

    # --- the guard of the text: it is read, not written -----------------------------------------------

    def insert(self, index: str, chars: str, *_: str) -> None:  # type: ignore[override]
        pass

    def delete(self, first: str, last: str | None = None) -> None:  # type: ignore[override]
        pass

    def moved(self) -> None:
        pass

    def replacing(self) -> AbstractContextManager[None]:
        return nullcontext()


def _same(one: Sequence[Block], other: Sequence[Block]) -> int:
    """How many blocks two lists begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a is not b and a != b:
            break
        count += 1
    return count


def _together(come: Sequence[Block]) -> Sequence[Block]:
    """As many of them as a slice has pieces for, and the first in any case."""
    least = accumulate(
        len(block.runs) + sum(map(len, block.rows)) + sum(run.text.count("\n") for run in block.runs)
        for block in come
    )
    return come[: max(1, sum(count <= PIECES_A_SLICE for count in least))]


def _slice(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """The rows that are drawn at once, one at least, and those that come later."""
    if len(pieces) <= PIECES_A_SLICE:
        return pieces, ()
    end = 0
    for number, piece in enumerate(pieces, 1):
        if end and number > PIECES_A_SLICE:
            break
        if piece.text == "\n":
            end = number
    else:
        end = len(pieces)
    return pieces[:end], pieces[end:]


def _height(pieces: Sequence[Piece]) -> int:
    return sum(piece.text == "\n" for piece in pieces)


def _index(first_line: int, before: str) -> str:
    """The index behind a text that begins at the start of a line."""
    lines = before.split("\n")
    return f"{first_line + len(lines) - 1}.{columns(lines[-1])}"
