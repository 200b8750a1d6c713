"""A small entry over a note's stamp, in which its times are typed."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.model import timecode
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Note
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_FORMS = _("12:41   12:41–13:05   +5   -1.5   empty: no time")
_LEAST_WIDTH = 13
_GAP = 2


class StampEntry:
    """`take` gets the note's id and what was typed, and raises `UserError` where that is no time.

    Enter takes, Esc and a click elsewhere leave all as it was; a wrong time is told below, and stays there.
    """

    def __init__(
        self, page: tkinter.Misc, text: tkinter.Text, theme: Theme, take: Callable[[str, str], None]
    ) -> None:
        self._page = page
        self._text = text
        self._theme = theme
        self._take_times = take
        self._entry: ttk.Entry | None = None
        self._said: ttk.Label | None = None
        self._note_id = ""

    def open(self, note: Note, y: int) -> None:
        """Opens it over the page at `y`, with the times of the note as they are now."""
        self.close()
        self._note_id = note.id
        shown = timecode.shown((note.at_ms, note.end_ms))
        entry = ttk.Entry(self._page, font=self._theme.fonts.mono, width=max(_LEAST_WIDTH, len(shown) + 1))
        self._entry, self._said = entry, ttk.Label(self._page, style="Tip.TLabel")
        entry.insert(0, shown)
        entry.selection_range(0, "end")
        entry.icursor("end")
        entry.place(x=_GAP, y=y)
        entry.bind("<Return>", self._take)
        entry.bind("<KP_Enter>", self._take)
        entry.bind("<Escape>", self._leave)
        entry.bind("<FocusOut>", lambda _: self.close())
        entry.focus_set()
        self._say(_FORMS)

    def close(self) -> None:
        if self._entry is not None and self._said is not None:
            entry, said, self._entry, self._said = self._entry, self._said, None, None
            entry.destroy()
            said.destroy()

    def _say(self, words: str) -> None:
        """Below the entry, above it in the page's last rows, beside it in the writing line of full screen."""
        entry, said = self._entry, self._said
        if entry is None or said is None:
            return
        entry.update_idletasks()
        top, left = entry.winfo_y() + entry.winfo_reqheight() + _GAP, _GAP
        room = self._page.winfo_width() - 2 * _GAP
        said.configure(text=words, wraplength=max(1, room - self._theme.px(12)))
        if top + said.winfo_reqheight() > self._page.winfo_height():
            top = entry.winfo_y() - _GAP - said.winfo_reqheight()
        if top < 0:
            top, left = entry.winfo_y(), 2 * _GAP + entry.winfo_reqwidth()
            said.configure(wraplength=0)
        said.place(x=left, y=top)
        said.lift()

    def _take(self, _: object) -> str:
        if self._entry is None:
            return "break"
        typed, note_id = self._entry.get(), self._note_id
        try:
            self._take_times(note_id, typed)
        except UserError as error:
            self._say(str(error))
            self._entry.state(["invalid"])
            return "break"
        return self._leave(_)

    def _leave(self, _: object) -> str:
        self.close()
        self._text.focus_set()
        return "break"
