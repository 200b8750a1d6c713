"""A scrollbar that is there only while there is something to scroll."""

from __future__ import annotations

from collections.abc import Callable
from tkinter import ttk
from typing import Any


class Scrollbar(ttk.Scrollbar):
    """Packs itself at the right of its master before the widget it scrolls, and goes again.

    `is_off` keeps it away. `also` is called at every scroll, with the widget scrolled already.
    """

    def __init__(self, scrolled: Any, also: Callable[[], None] = lambda: None) -> None:
        super().__init__(scrolled.master, orient="vertical", command=scrolled.yview)
        self._scrolled = scrolled
        self._also = also
        self.is_off = False
        scrolled.configure(yscrollcommand=self.show)

    def show(self, first: float, last: float) -> None:
        """Shows the part of the whole, from 0 to 1, that is on screen."""
        self.set(first, last)
        needed = not self.is_off and (float(first) > 0 or float(last) < 1)
        if needed and not self.winfo_manager():
            self.pack(side="right", fill="y", before=self._scrolled)
        elif not needed and self.winfo_manager():
            self.pack_forget()
        self._also()
