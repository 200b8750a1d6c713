"""What is looked at when the user comes back: what other programs did to the file, or left beside it."""

from __future__ import annotations

import time
import tkinter
from collections.abc import Callable

from desktopnotes.session import Session

_AFTER_OPENING_MS = 1500
_AT_MOST_EVERY_S = 5.0


class ComingBack:
    """Looks a while after a notebook was opened, and when the window gets the focus; not during the start."""

    def __init__(self, root: tkinter.Misc, session: Callable[[], Session]) -> None:
        self._root = root
        self._session = session
        self._job = ""
        self._looked_s = 0.0
        root.bind("<FocusIn>", self._on_focus, add=True)

    def opened(self) -> None:
        """Another notebook is open now."""
        if self._job:
            self._root.after_cancel(self._job)
        self._job = self._root.after(_AFTER_OPENING_MS, self._look)

    def _on_focus(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is not self._root or not self._looked_s:
            return
        self._session().look()
        if not self._job and time.monotonic() >= self._looked_s + _AT_MOST_EVERY_S:
            self._job = self._root.after_idle(self._look)

    def _look(self) -> None:
        from desktopnotes.actions import conflict_copies  # not needed for the start

        self._job = ""
        self._looked_s = time.monotonic()
        conflict_copies.look(self._session())
