"""The wheel of the pointer, the same on X (buttons 4 and 5), Windows and macOS."""

from __future__ import annotations

import tkinter
from collections.abc import Callable


def bind_wheel(widget: tkinter.Misc, turn: Callable[[int], None]) -> None:
    """Calls `turn(1)` for each step away from the user, `turn(-1)` for each towards them."""
    widget.bind("<Button-4>", lambda _: turn(1), add=True)
    widget.bind("<Button-5>", lambda _: turn(-1), add=True)
    widget.bind("<MouseWheel>", lambda event: turn(1 if event.delta > 0 else -1), add=True)
