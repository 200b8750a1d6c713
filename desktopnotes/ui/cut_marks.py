"""Lines that a text without wrapping cuts at its edge: “…” says so, and resting there shows all of it."""

from __future__ import annotations

import tkinter
from tkinter import ttk

from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip


class CutMarks:
    """Puts a mark at the right edge of each line in sight that goes on beyond it."""

    def __init__(self, text: tkinter.Text, theme: Theme) -> None:
        self._text = text
        self._theme = theme
        self._marks: list[ttk.Label] = []
        self._rows: dict[ttk.Label, int] = {}
        self._job = ""
        text.bind("<Configure>", lambda _: self.soon(), add=True)
        text.bind("<<Modified>>", lambda _: self._changed(), add=True)
        text.bind("<Destroy>", lambda _: self._end(), add=True)

    def soon(self) -> None:
        """Looks again once what moves the lines is done."""
        if not self._job:
            self._job = self._text.after_idle(self._look)

    def _changed(self) -> None:
        self._text.edit_modified(False)
        self.soon()

    def _end(self) -> None:
        if self._job:
            self._text.after_cancel(self._job)
            self._job = ""

    def _look(self) -> None:
        self._job = ""
        text, room = self._text, self._text.winfo_width() - self._inset
        first, last = (self._row_at(y) for y in (0, text.winfo_height()))
        self._rows.clear()
        for row in range(first, last + 1):
            line = text.dlineinfo(f"{row}.0")
            if line and line[0] + line[2] > room:
                self._put(row, line[1], line[3])
        for mark in self._marks[len(self._rows) :]:
            mark.place_forget()

    @property
    def _inset(self) -> int:
        """How far the lines keep from the edge, in px; where Tk says a line is, it is counted from there."""
        return sum(int(str(self._text.cget(each))) for each in ("padx", "borderwidth", "highlightthickness"))

    def _row_at(self, y: int) -> int:
        return int(str(self._text.index(f"@0,{y}")).partition(".")[0])

    def _put(self, row: int, y: int, height: int) -> None:
        if len(self._rows) == len(self._marks):
            self._marks.append(self._new())
        mark = self._marks[len(self._rows)]
        self._rows[mark] = row
        palette = self._theme.palette
        is_chosen = "chosen" in self._text.tag_names(f"{row}.0")
        mark.configure(
            background=palette.selection if is_chosen else self._text.cget("background"),
            foreground=palette.selection_text if is_chosen else palette.muted,
        )
        mark.place(relx=1.0, x=-self._inset, y=y, height=height, anchor="ne", bordermode="outside")

    def _new(self) -> ttk.Label:
        mark = ttk.Label(self._text, text=" … ", font=self._theme.fonts.text, cursor="arrow")
        add_tooltip(mark, self._theme, lambda: self._whole(mark))
        return mark

    def _whole(self, mark: ttk.Label) -> str:
        row = self._rows.get(mark)
        return self._text.get(f"{row}.0", f"{row}.end").replace("\t", "  ").strip() if row else ""
