"""A note's mark dragged along the time line: its time is shown on the way, Esc gives it up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktopnotes.model.shortening import to_letters
from desktopnotes.model.timecode import clock
from desktopnotes.ui.own_keys import OwnKeys
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.timeline import Timeline

WORDS = 80
"""A hover shows this many characters of a note."""

_BEGINS_PX = 4
"""A press that moves less than this is a click."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on the time line; `text` is what a hover shows of it."""

    at_ms: int
    text: str
    note_id: str


class MarkDrag:
    """`is_on` from the press on a mark to its release; `dragged_ms` is where it is, None while it is a click.

    `move` is called with a note's id and the ms that its mark was dragged to; of several at one pixel the
    note under the caret, `note_id`, is dragged, else the first.
    """

    def __init__(self, line: Timeline, theme: Theme, jump: Callable[[str], None]) -> None:
        self._line = line
        self._theme = theme
        self._jump = jump
        self.move: Callable[[str, int], None] = lambda note_id, at_ms: None
        self.note_id: Callable[[], str] = lambda: ""
        self._marks: tuple[Mark, ...] = ()
        self._mark: Mark | None = None
        self._from_x = 0
        self.dragged_ms: int | None = None
        self._keys = OwnKeys(line, {"Escape": self.give_up})

    @property
    def is_on(self) -> bool:
        return self._mark is not None

    def begin(self, marks: Sequence[Mark], x: int) -> None:
        """The pointer was pressed on these marks, which stand at one pixel."""
        wanted = self.note_id()
        self._marks = tuple(marks)
        self._mark = next((mark for mark in marks if mark.note_id == wanted), marks[0])
        self._from_x, self.dragged_ms = x, None
        self._keys.take()

    def go(self, x: int, root_x: int) -> None:
        """The pointer moved; the mark goes as far as it does from where it stood."""
        line, mark = self._line, self._mark
        if mark is None or (self.dragged_ms is None and abs(x - self._from_x) < self._theme.px(_BEGINS_PX)):
            return
        self.dragged_ms = line.at(line.x_of(mark.at_ms) + x - self._from_x)
        place = line.x_of(self.dragged_ms)
        if not line.find_withtag("dragged"):
            line.create_image(place, line.mark_y, image=line.mark, anchor="s", tags="dragged")
        line.coords("dragged", place, line.mark_y)
        line.tip.show(self.words, root_x, line.winfo_rooty() - self._theme.px(2), above=True)

    @property
    def words(self) -> str:
        """What is shown while it is dragged: the time, which note it is, and of how many at that place."""
        if self._mark is None or self.dragged_ms is None:
            return ""
        which = (
            "  "
            + _("({number} of {count})").format(
                number=self._marks.index(self._mark) + 1, count=len(self._marks)
            )
            if len(self._marks) > 1
            else ""
        )
        return f"{clock(self.dragged_ms, digits=1)}  {to_letters(self._mark.text, WORDS)}{which}".strip()

    def end(self) -> None:
        """The pointer was released: a click jumps, a drag moves the note."""
        mark, at_ms = self._mark, self.dragged_ms
        self.give_up()
        if mark is None:
            return
        if at_ms is None:
            self._jump(mark.note_id)
        elif at_ms != mark.at_ms:
            self.move(mark.note_id, at_ms)

    def give_up(self) -> None:
        """Nothing is moved; what the pointer does until it is released means nothing."""
        was_dragged, self._mark, self.dragged_ms = self.dragged_ms is not None, None, None
        self._keys.leave()
        self._line.delete("dragged")
        if was_dragged:
            self._line.tip.hide()
