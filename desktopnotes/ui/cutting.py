"""Text cut to a width with "…" at its end, measured letter by letter: of hundreds of rows at every redraw."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from tkinter import ttk
from tkinter.font import Font

from desktopnotes.model.shortening import to_width_of_letters


def when_fitted(tree: ttk.Treeview, job: Callable[[], None]) -> None:
    """Calls `job` whenever the columns of a list have other widths: they follow the list a little later."""

    def run() -> None:
        if tree.winfo_exists():
            job()

    tree.bind("<Configure>", lambda _: tree.after_idle(run), add=True)


class Cutter:
    """Widths of letters in one font, in pixels. Tk draws without kerning, so their sum is the text's."""

    def __init__(self, font: Font) -> None:
        self._font = font
        self._width = cache(font.measure)

    def forget(self) -> None:
        """The font has another size now."""
        self._width = cache(self._font.measure)

    def width(self, text: str) -> int:
        """How wide a text is, in pixels."""
        return sum(map(self._width, text))

    def cut(self, text: str, width_px: int) -> str:
        """The text, or as much of its beginning as fits with "…" behind it."""
        return to_width_of_letters(text, width_px, self._width)
