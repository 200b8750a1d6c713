"""The window comes to the front, wherever it is and whatever the window manager thinks of that."""

from __future__ import annotations

import tkinter


def bring_to_front(root: tkinter.Tk, startup_id: str = "") -> None:
    """Shows the window, raises it and gives it the keyboard; a dialog that stands over it stays there."""
    if root.state() == "iconic":
        root.deiconify()
    root.lift()
    root.focus_force()
