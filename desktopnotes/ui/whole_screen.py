"""The window over the whole screen and back, without its menu bar there, and of the same size afterwards.

The window manager keeps the size from before, with or without the menu bar, and Tk adds the bar to whatever
size it finds. So the bar goes before the window grows and comes back once it has shrunk; done at once, the
window was higher by the bar each time (openbox, 11 of 15 times).
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable

_BAR_GOES_MS = 50
_LOOK_MS = 20
_LOOKS = 50
"""A window manager that does not give the size back is waited for a second."""


class WholeScreen:
    """Of one window, whose menu and size it keeps in between."""

    def __init__(self, root: tkinter.Tk) -> None:
        self._root = root
        self._menu = ""
        self._size = ""
        self._job = ""
        self._full_height = 0

    def fill(self) -> None:
        root = self._root
        if self._job:
            root.after_cancel(self._job)
        else:
            self._menu = str(root.cget("menu"))
            self._size = f"{root.winfo_width()}x{root.winfo_height()}"
        root["menu"] = ""
        self._job = root.after(_BAR_GOES_MS, self._grow)

    def _grow(self) -> None:
        self._job = ""
        self._root.attributes("-fullscreen", True)

    def give_back(self, was_maximized: bool, done: Callable[[], None]) -> None:
        """Afterwards `done` is called, when the window has its size again."""
        root = self._root
        if self._job:
            root.after_cancel(self._job)
        self._full_height = root.winfo_height()
        root.attributes("-fullscreen", False)

        def look(left: int) -> None:
            if left and root.winfo_height() == self._full_height:
                self._job = root.after(_LOOK_MS, look, left - 1)
                return
            self._job = ""
            root["menu"] = self._menu
            if not was_maximized:
                root.geometry(self._size)
            root.after_idle(done)

        self._job = root.after(_LOOK_MS, look, _LOOKS)
