"""The column left of the page's text: each note's stamp and the sign of its kind, for what is visible."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from desktopnotes.model import timecode
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.rows import Row
from desktopnotes.ui.theme import Theme

_HOUR_MS = 3_600_000

SIGNS = {
    Kind.QUOTE: "“",
    Kind.QUESTION: "?",
    Kind.LINK: "↗",
    Kind.CHAPTER: "§",
    Kind.PRIVATE: "×",
}
"""What shows a note's kind besides its style; the same signs stand in menus and in the README."""


MARK = "differs"
"""The tag of the mark beside a quote of other words than the captions'."""


class Gutter(tkinter.Canvas):
    """Draws stamps beside the rows; a click jumps, a double click edits. Rows scrolled off are not drawn."""

    def __init__(
        self,
        master: tkinter.Misc,
        text: GuardedText,
        theme: Theme,
        visible_rows: Callable[[], list[tuple[Row, int]]],
        jump: Callable[[str], None],
        set_stamp: Callable[[Note, int], None],
    ) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=0, takefocus=False)
        self._text = text
        self._theme = theme
        self._visible_rows = visible_rows
        self._jump = jump
        self._set_stamp = set_stamp
        self._job = ""
        self._entry: ttk.Entry | None = None
        self._places: dict[int, Note] = {}
        self._long = False
        self.lit_id = ""
        self.differs: Callable[[Note], bool] = lambda _: False
        self.tag_bind("stamp", "<Button-1>", self._on_click)
        self.tag_bind("stamp", "<Double-Button-1>", self._on_double_click)
        self.tag_bind("stamp", "<Enter>", lambda _: self.configure(cursor="hand2"))
        self.tag_bind("stamp", "<Leave>", lambda _: self.configure(cursor=""))
        for wheel in ("<Button-4>", "<Button-5>", "<MouseWheel>"):
            self.bind(wheel, self._on_wheel)
        theme.follow(self, self._dress)

    def _dress(self) -> None:
        self.configure(background=self._theme.palette.page)
        self._set_width()

    def fit(self, page: Sequence[Row]) -> None:
        """Makes room for the longest stamp of the page."""
        long = any(row and row.at_ms is not None and row.at_ms >= _HOUR_MS for row in page)
        if long != self._long:
            self._long = long
            self._set_width()

    def _set_width(self) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        self._right = px(6) + fonts.mono.measure("~0:00:00" if self._long else "~00:00")
        self._sign_x = self._right + px(14)
        self.configure(width=self._sign_x + px(14))
        self.draw_soon()

    def draw_soon(self) -> None:
        if not self._job:
            self._job = self.after_idle(self._draw)

    def _draw(self) -> None:
        self._job = ""
        self.delete("drawn")
        self._places.clear()
        p, fonts = self._theme.palette, self._theme.fonts
        for row, line in self._visible_rows():
            box = self._text.dlineinfo(f"{line}.0")
            if row is None or box is None:
                continue
            note, top, baseline = row, box[1], box[1] + box[4]
            if note.id == self.lit_id:
                self._draw_lit(top, line, row)
            if note.at_ms is not None:
                words = ("~" if note.approximate else "") + timecode.clock(note.at_ms)
                colour = p.muted if note.used or note.kind == Kind.PRIVATE else p.accent
                y = baseline - fonts.mono.metrics("ascent")
                item = self.create_text(
                    self._right,
                    y,
                    text=words,
                    anchor="ne",
                    fill=colour,
                    font=fonts.mono,
                    tags=("drawn", "stamp"),
                )
                self._places[item] = note
            differs = self.differs(note)
            if differs:
                self._draw_mark(note, baseline)
            if sign := SIGNS.get(note.kind):  # type: ignore[call-overload]
                y = baseline - fonts.page_bold.metrics("ascent")
                self.create_text(
                    self._sign_x - differs * self._theme.px(6),
                    y,
                    text=sign,
                    anchor="n",
                    fill=p.sign,
                    font=fonts.page_bold,
                    tags="drawn",
                )

    def _draw_mark(self, note: Note, baseline: int) -> None:
        """The mark that a quote says something else than the captions do."""
        font = self._theme.fonts.text
        x, y = self._sign_x + self._theme.px(6), baseline - font.metrics("ascent")
        colour = self._theme.palette.error
        item = self.create_text(x, y, text="≠", anchor="n", fill=colour, font=font, tags=("drawn", MARK))
        self._places[item] = note

    def _draw_lit(self, top: int, line: int, row: Note) -> None:
        """The light of the note of the moment, which goes on under its text."""
        last = self._text.dlineinfo(f"{line + row.text.count(chr(10))}.end")
        bottom = last[1] + last[3] if last else self.winfo_height()
        self.create_rectangle(
            0, top, self.winfo_width(), bottom, fill=self._theme.palette.lit, width=0, tags="drawn"
        )

    def _note_at_pointer(self) -> Note | None:
        items = self.find_withtag("current")
        return self._places.get(items[0]) if items else None

    def marked_at_pointer(self) -> Note | None:
        """The note whose mark the pointer is on."""
        return self._note_at_pointer()

    def _on_click(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if note := self._note_at_pointer():
            self._jump(note.id)

    def _on_double_click(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if note := self._note_at_pointer():
            self.edit(note)

    def _on_wheel(self, event: tkinter.Event[tkinter.Misc]) -> None:
        down = event.num == 5 or (event.num not in (4, 5) and event.delta < 0)
        self._text.yview_scroll(3 if down else -3, "units")

    # --- changing a stamp ----------------------------------------------------------------------------

    def edit(self, note: Note) -> None:
        """A small entry over the stamp; left as it was it changes nothing, a wrong time is told."""
        self.update_idletasks()
        line = next((line for row, line in self._visible_rows() if row and row.id == note.id), None)
        box = self._text.dlineinfo(f"{line}.0") if line else None
        if box is None:
            return
        self._close_entry()
        shown = "" if note.at_ms is None else timecode.exact(note.at_ms)
        page = self.master
        entry = ttk.Entry(page, font=self._theme.fonts.mono, width=13)
        entry.insert(0, shown)
        entry.selection_range(0, "end")
        entry.place(x=2, y=box[1])
        entry.focus_set()
        said = ttk.Label(page, style="Tip.TLabel")
        self._entry, self._said = entry, said

        def take(_: object) -> str:
            typed = entry.get().strip()
            try:
                at_ms = note.at_ms if typed in (shown, "") else timecode.parse(typed)
            except UserError as error:
                said.configure(text=str(error))
                below = box[1] + entry.winfo_reqheight() + 2
                if below + said.winfo_reqheight() <= page.winfo_height():
                    said.place(x=2, y=below)
                else:  # the writing line of full screen, or the page's last row
                    said.place(x=4 + entry.winfo_width(), y=box[1])
                entry.state(["invalid"])
                return "break"
            self._close_entry()
            self._text.focus_set()
            if at_ms is not None:
                self._set_stamp(note, at_ms)
            return "break"

        def leave(_: object) -> str:
            self._close_entry()
            self._text.focus_set()
            return "break"

        entry.bind("<Return>", take)
        entry.bind("<KP_Enter>", take)
        entry.bind("<Escape>", leave)
        entry.bind("<FocusOut>", lambda _: self._close_entry())

    def _close_entry(self) -> None:
        if self._entry is not None:
            entry, self._entry = self._entry, None
            entry.destroy()
            self._said.destroy()
