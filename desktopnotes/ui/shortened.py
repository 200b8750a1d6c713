"""A line of text that is as wide as its room: cut with … where it has to be, and whole under the pointer."""

from __future__ import annotations

import tkinter
from bisect import bisect_right
from collections.abc import Callable
from tkinter import ttk
from tkinter.font import Font
from typing import Any

from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip

_CUT = "…"


def shortened(text: str, font: Font, room_px: int) -> str:
    """As much of the text as there is room for, with … where some is left out; line breaks become spaces."""
    text = " ".join(text.split("\n"))
    if font.measure(text) <= room_px:
        return text
    lengths = range(len(text))
    fits = bisect_right(lengths, room_px, key=lambda length: font.measure(text[:length].rstrip() + _CUT))
    return text[: max(0, fits - 1)].rstrip() + _CUT


class Shortened(ttk.Label):
    """Asks for no width of its own; `whole` is its text, `is_cut` says whether some of it is not seen.

    `fitted` is called whenever that may have changed.
    """

    def __init__(self, master: tkinter.Misc, theme: Theme, **options: Any) -> None:
        super().__init__(master, width=1, **options)
        self.whole = ""
        self.is_cut = False
        self.fitted: Callable[[], None] = lambda: None
        add_tooltip(self, theme, lambda: self.whole if self.is_cut else "")
        self.bind("<Configure>", lambda _: self._fit(), add=True)
        self.bind("<<ThemeChanged>>", lambda _: self._fit(), add=True)

    def show(self, text: str, **options: Any) -> None:
        """Shows this text, with these options of a label."""
        self.whole = text
        if options:
            self.configure(**options)
        self._fit()

    def _fit(self) -> None:
        style = str(self.cget("style")) or "TLabel"
        font = Font(self, font=str(self.cget("font")) or ttk.Style(self).lookup(style, "font"))
        room_px = self.winfo_width()
        text = shortened(self.whole, font, room_px - 2) if room_px > 1 else self.whole
        self.is_cut = text != " ".join(self.whole.split("\n"))
        if str(self.cget("text")) != text:
            self.configure(text=text)
        self.fitted()
