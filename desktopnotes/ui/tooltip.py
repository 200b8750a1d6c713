"""A quiet line of help that appears when the pointer rests on a widget."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.ui.theme import Theme

_DELAY_MS = 600


class Tip:
    """A small window of text near the pointer, which takes neither clicks nor the focus."""

    def __init__(self, owner: tk.Misc, theme: Theme) -> None:
        self._owner = owner
        self._theme = theme
        self._window: tk.Toplevel | None = None
        self._label: ttk.Label | None = None
        self.text = ""
        """What is shown now; empty where nothing is."""

    def show(
        self, text: str, centre_x: int, y: int, *, above: bool = False, else_above: int | None = None
    ) -> None:
        """Shows `text` centred on `centre_x`, below or above `y` (of the screen), inside the screen.

        Where there is no room below `y` it stands above `else_above`.
        """
        label = self._opened()
        label.configure(text=text)
        self.text = text
        window = label.winfo_toplevel()
        window.update_idletasks()
        width, height = label.winfo_reqwidth(), label.winfo_reqheight()
        left = max(0, min(centre_x - width // 2, window.winfo_screenwidth() - width))
        if above:
            top = y - height
        elif y + height > window.winfo_screenheight():
            top = (y if else_above is None else else_above) - height
        else:
            top = y
        window.wm_geometry(f"+{left}+{max(0, top)}")
        window.deiconify()

    def hide(self) -> None:
        self.text = ""
        if self._window is not None and self._window.winfo_exists():
            self._window.withdraw()

    def _opened(self) -> ttk.Label:
        if self._label is None:
            self._window = tk.Toplevel(self._owner)
            self._window.withdraw()
            self._window.wm_overrideredirect(True)
            self._label = ttk.Label(self._window, style="Tip.TLabel", wraplength=self._theme.px(360))
            self._label.pack()
        return self._label


def add_tooltip(widget: tk.Misc, theme: Theme, text: Callable[[], str]) -> Tip:
    """Shows `text()` below the widget when the pointer rests on it; nothing where that is empty."""
    tip = Tip(widget, theme)
    waiting: list[str] = []

    def show() -> None:
        waiting.clear()
        if words := text():
            centre_x = widget.winfo_rootx() + widget.winfo_width() // 2
            top, gap = widget.winfo_rooty(), theme.px(4)
            tip.show(words, centre_x, top + widget.winfo_height() + gap, else_above=top - gap)

    def enter(_: object) -> None:
        leave(_)
        waiting.append(widget.after(_DELAY_MS, show))

    def leave(_: object) -> None:
        while waiting:
            widget.after_cancel(waiting.pop())
        tip.hide()

    widget.bind("<Enter>", enter, add=True)
    for event in ("<Leave>", "<ButtonPress>", "<KeyPress>", "<Destroy>"):
        widget.bind(event, leave, add=True)
    return tip
