"""A line of text that is as wide as its room: cut with … where it has to be, and whole under the pointer."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk
from tkinter.font import Font
from typing import Any

from desktopnotes.model.shortening import in_a_line, to_width
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip


class Shortened(ttk.Label):
    """Asks for no width of its own; `whole` is its text, `is_cut` says whether some of it is not seen.

    `fitted` is called whenever that may have changed.
    """

    def __init__(self, master: tkinter.Misc, theme: Theme, **options: Any) -> None:
        super().__init__(master, width=1, **options)
        self.whole = ""
        self.is_cut = False
        self._line, self._line_px = "", 0
        self.fitted: Callable[[], None] = lambda: None
        add_tooltip(self, theme, lambda: self.whole if self.is_cut else "")
        self.bind("<Configure>", lambda _: self._fit(), add=True)
        self.bind("<<ThemeChanged>>", lambda _: self._measure(), add=True)

    def show(self, text: str, **options: Any) -> None:
        """Shows this text, with these options of a label."""
        if in_a_line(text) == self.whole and not options:
            return
        self.whole = in_a_line(text)
        if options:
            self.configure(**options)
        self._measure()

    def _font(self) -> Font:
        style = str(self.cget("style")) or "TLabel"
        return Font(self, font=str(self.cget("font")) or ttk.Style(self).lookup(style, "font"))

    def _measure(self) -> None:
        """Once for each text: a divider that is dragged asks for the room at every move."""
        self._line = self.whole
        self._line_px = self._font().measure(self._line)
        self._fit()

    def _fit(self) -> None:
        room_px = self.winfo_width() - 2
        whole = self._line_px <= room_px or room_px <= 0
        text = self._line if whole else to_width(self._line, room_px, self._font().measure)
        self.is_cut = text != self._line
        if str(self.cget("text")) != text:
            self.configure(text=text)
        self.fitted()
