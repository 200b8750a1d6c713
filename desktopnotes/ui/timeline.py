"""The time line under the video: how far it is, where notes and chapters stand; click, drag and wheel seek.

Keys are none of its business: the window resolves them, and the time line only shows that it has the focus.
"""

from __future__ import annotations

import tkinter as tk
from bisect import bisect_right
from collections.abc import Callable, Sequence

from PIL import ImageTk

from desktopnotes.model.notebook import Chapter
from desktopnotes.model.shortening import to_letters
from desktopnotes.model.timecode import clock
from desktopnotes.ui import shapes
from desktopnotes.ui.mark_drag import WORDS, Mark, MarkDrag
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import Tip
from desktopnotes.ui.wheel import bind_wheel

_SEEK_EVERY_MS = 50


class Timeline(tk.Canvas):
    """`seek` is called with ms, at most every 50 ms while dragging; `jump` with the id of a clicked note.

    `turn` with 1 and -1 as the wheel turns: how far that leads knows the player, which is ahead of the knob.
    `drag` is what becomes of a note's mark that is dragged.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        seek: Callable[[int], None],
        jump: Callable[[str], None],
        turn: Callable[[int], None],
    ) -> None:
        super().__init__(parent, borderwidth=0, takefocus=True)
        self._theme = theme
        self._seek = seek
        self._jump = jump
        self._turn = turn
        self.drag = MarkDrag(self, theme, jump)
        self.tip = Tip(self, theme)
        self._duration_ms = 0
        self._position_ms = 0
        self._marks: tuple[Mark, ...] = ()
        self._chapters: tuple[Chapter, ...] = ()
        self._known_columns: dict[int, list[Mark]] | None = None
        self._mark_items: dict[int, int] = {}
        self._moments_ms: list[int] = []
        self._places: tuple[object, ...] = ()
        self._redraw_job = ""
        self._seek_job = ""
        self._dragged_ms: int | None = None
        self._stretch: tuple[int, int] | None = None
        theme.follow(self, self._dress)
        self._listen()

    def show(
        self, duration_ms: int, position_ms: int, marks: Sequence[Mark] = (), chapters: Sequence[Chapter] = ()
    ) -> None:
        """Shows another recording or other notes; with a duration of 0 there is nothing to seek in."""
        places = (duration_ms, tuple(chapters))
        self._duration_ms = max(0, duration_ms)
        self._position_ms = position_ms
        self._marks = tuple(marks)
        self._chapters = tuple(chapters)
        self._known_columns = None  # what a hover says may be new
        if places != self._places:
            self._places = places
            self._redraw_soon()
        elif not self._redraw_job and [mark.at_ms for mark in marks] != self._moments_ms:
            self._draw_marks()

    def move_to(self, position_ms: int) -> None:
        """Moves knob and played part; a knob that is being dragged stays under the pointer."""
        if self._dragged_ms is None:
            self._position_ms = position_ms
            self._place_knob(position_ms)

    def show_stretch(self, at_ms: int | None, end_ms: int | None) -> None:
        """Marks from when to when the note under the caret lasts; None for no such note."""
        stretch = None if at_ms is None or end_ms is None else (at_ms, end_ms)
        if stretch != self._stretch:
            self._stretch = stretch
            self._draw_stretch()

    def _draw_stretch(self) -> None:
        self.delete("stretch")
        if self._stretch and self._duration_ms:
            first, last = map(self.x_of, self._stretch)
            top, thick = self.mark_y, self._theme.px(2)
            colour = self._theme.palette.mark
            last = max(last, first + thick)
            self.create_rectangle(first, top, last, top + thick, width=0, fill=colour, tags="stretch")

    def _dress(self) -> None:
        px, palette = self._theme.px, self._theme.palette
        self._knob_px = px(13)
        self._mark_px = px(9)
        self._line_px = px(4)
        self._knob = ImageTk.PhotoImage(
            shapes.disc(self._knob_px, palette.accent, palette.background), master=self
        )
        self.mark = ImageTk.PhotoImage(shapes.triangle(self._mark_px, palette.mark), master=self)
        focus_px = px(2)
        self.configure(
            height=self._mark_px + self._knob_px + px(2),
            background=palette.background,
            highlightthickness=focus_px,
            highlightbackground=palette.background,
            highlightcolor=palette.accent,
        )
        self._left = focus_px
        self._line_y = focus_px + self._mark_px + px(1) + self._knob_px // 2
        self._redraw_soon()

    def _listen(self) -> None:
        self.bind("<Configure>", lambda _: self._redraw_soon())
        self.bind("<Destroy>", lambda _: self._drop_jobs())
        for event in ("<Enter>", "<Motion>"):
            self.bind(event, self._hover)
        self.bind("<Leave>", lambda _: self.tip.hide())
        self.bind("<ButtonPress-1>", self._press)
        self.bind("<B1-Motion>", self._drag)
        self.bind("<ButtonRelease-1>", self._release)
        bind_wheel(self, self._wheel)

    # drawing

    def _redraw_soon(self) -> None:
        if not self._redraw_job:
            self._redraw_job = self.after_idle(self._redraw)

    def _redraw(self) -> None:
        self._redraw_job = ""
        self.delete("all")
        self._mark_items.clear()
        palette, top = self._theme.palette, self._line_y - self._line_px // 2
        bottom, right = top + self._line_px, self._left + self._span_px()
        self.create_rectangle(self._left, top, right, bottom, width=0, fill=palette.track)
        self.create_rectangle(
            self._left, top, self._left, bottom, width=0, fill=palette.accent, tags="played"
        )
        for chapter in self._chapters:
            if 0 < chapter.at_ms < self._duration_ms:
                x, half = self.x_of(chapter.at_ms), self._theme.px(2) // 2
                self.create_rectangle(
                    x - half, top, x + half, bottom, width=0, fill=palette.background, tags="gap"
                )
        self._draw_marks()
        self._draw_stretch()
        if self._duration_ms:
            self.create_image(self._left, self._line_y, image=self._knob, tags="knob")
            self._place_knob(self._position_ms if self._dragged_ms is None else self._dragged_ms)

    @property
    def _columns(self) -> dict[int, list[Mark]]:
        """See `_by_column`; found out when it is needed, of a hundred thousand notes that takes a while."""
        if self._known_columns is None:
            self._known_columns = self._by_column()
        return self._known_columns

    def _draw_marks(self) -> None:
        """Draws the marks that are new and takes away those that are gone: mostly there is one of each."""
        self._moments_ms = [mark.at_ms for mark in self._marks]
        self._known_columns = None
        columns = self._columns
        for x in self._mark_items.keys() - columns.keys():
            self.delete(self._mark_items.pop(x))
        has_knob = bool(self.find_withtag("knob"))
        for x in columns.keys() - self._mark_items.keys():
            item = self.create_image(x, self.mark_y, image=self.mark, anchor="s", tags="mark")
            if has_knob:
                self.tag_lower(item, "knob")
            self._mark_items[x] = item

    def _by_column(self) -> dict[int, list[Mark]]:
        """The notes by the pixel they stand at: thousands of notes are never more marks than pixels."""
        columns: dict[int, list[Mark]] = {}
        if self._duration_ms:
            left, span_px, half_px = self._left, self._span_px(), self._mark_px // 2
            first, last, duration_ms = left + half_px, left + span_px - half_px, self._duration_ms
            for mark in self._marks:
                x = left + round(mark.at_ms / duration_ms * span_px)
                columns.setdefault(first if x < first or last < first else min(x, last), []).append(mark)
        return columns

    def _place_knob(self, position_ms: int) -> None:
        x, top = self.x_of(position_ms), self._line_y - self._line_px // 2
        self.coords("played", self._left, top, x, top + self._line_px)
        self.coords("knob", self._inside(x, self._knob_px), self._line_y)

    def _inside(self, x: int, width_px: int) -> int:
        """The nearest place to `x` where something of that width is wholly seen."""
        half = width_px // 2
        return max(self._left + half, min(x, self._left + self._span_px() - half))

    @property
    def mark_y(self) -> int:
        """Where the lower edge of the marks is."""
        return self._line_y - self._line_px // 2 - self._theme.px(3)

    def _span_px(self) -> int:
        return max(1, self.winfo_width() - 2 * self._left)

    def x_of(self, at_ms: int) -> int:
        """Where a moment stands, in pixels from the left."""
        part = min(1.0, max(0.0, at_ms / self._duration_ms)) if self._duration_ms else 0.0
        return self._left + round(part * self._span_px())

    def at(self, x: int) -> int:
        """The moment at a pixel, in ms, inside the recording."""
        part = min(1.0, max(0.0, (x - self._left) / self._span_px()))
        return round(part * self._duration_ms)

    # pointer

    def _marks_at(self, x: int, y: int) -> list[Mark]:
        """The notes whose mark is under the pointer, the nearest pixel's only."""
        if y > self._line_y - self._line_px:
            return []
        near = [column for column in self._columns if abs(column - x) <= self._mark_px // 2 + 1]
        return self._columns[min(near, key=lambda column: abs(column - x))] if near else []

    def words_at(self, x: int, y: int) -> str:
        """What a hover says there: time and chapter, or the note whose mark it is."""
        if marks := self._marks_at(x, y):
            more = f"  (+{len(marks) - 1})" if len(marks) > 1 else ""
            return f"{clock(marks[0].at_ms)}  {to_letters(marks[0].text, WORDS)}{more}".strip()
        at_ms = self.at(x)
        index = bisect_right([chapter.at_ms for chapter in self._chapters], at_ms) - 1
        title = self._chapters[index].title if index >= 0 else ""
        return f"{clock(at_ms)}  {to_letters(title, WORDS)}".strip()

    def _hover(self, event: tk.Event[tk.Misc]) -> None:
        if not self._duration_ms:
            return
        self.configure(cursor="hand2" if self._marks_at(event.x, event.y) else "")
        top = self.winfo_rooty() - self._theme.px(2)
        self.tip.show(self.words_at(event.x, event.y), event.x_root, top, above=True)

    def _press(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        if not self._duration_ms:
            return
        if marks := self._marks_at(event.x, event.y):
            self.drag.begin(marks, event.x)
        else:
            self._drag_to(self.at(event.x))

    def _drag(self, event: tk.Event[tk.Misc]) -> None:
        if self.drag.is_on:
            self.drag.go(event.x, event.x_root)
        elif self._dragged_ms is not None:
            self._drag_to(self.at(event.x))
            self._hover(event)

    def _drag_to(self, at_ms: int) -> None:
        """The first moment is sought at once, later ones when 50 ms have gone by since the last."""
        self._dragged_ms = at_ms
        self._place_knob(at_ms)
        if not self._seek_job:
            self._send(at_ms)

    def _send(self, at_ms: int) -> None:
        self._seek(at_ms)
        self._seek_job = self.after(_SEEK_EVERY_MS, self._send_newer, at_ms)

    def _send_newer(self, sent_ms: int) -> None:
        self._seek_job = ""
        if self._dragged_ms is not None and self._dragged_ms != sent_ms:
            self._send(self._dragged_ms)

    def _release(self, event: tk.Event[tk.Misc]) -> None:
        self.drag.end()
        if self._dragged_ms is None:
            return
        self._drop_seek_job()
        last_ms, self._dragged_ms = self._dragged_ms, None
        self._position_ms = last_ms
        self._seek(last_ms)

    def _wheel(self, steps: int) -> None:
        if self._duration_ms:
            self._turn(steps)

    def _drop_seek_job(self) -> None:
        if self._seek_job:
            self.after_cancel(self._seek_job)
            self._seek_job = ""

    def _drop_jobs(self) -> None:
        self._drop_seek_job()
        if self._redraw_job:
            self.after_cancel(self._redraw_job)
            self._redraw_job = ""
