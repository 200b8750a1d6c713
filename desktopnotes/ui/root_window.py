"""The window before anything is in it, and what is shown where nothing can be put into it."""

from __future__ import annotations

import sys
import tkinter

from desktopnotes.model.errors import UserError
from desktopnotes.words import _


def make_root() -> tkinter.Tk:
    """The hidden window. Raises `UserError` where there is no display."""
    if sys.platform == "win32":
        from desktopnotes.ui.native import before_any_window  # nothing to do elsewhere

        before_any_window()
    try:
        root = tkinter.Tk(className="Desktopnotes")
    except tkinter.TclError as error:
        hint = _("`desktopnotes export` works without one.")
        raise UserError(_("There is no display to open the window on."), hint) from error
    root.withdraw()
    return root


def show_why(root: tkinter.Tk, error: UserError) -> None:
    """Why there is no window, for who started it from a menu; in a terminal the sentence is enough."""
    if sys.stderr is None or not sys.stderr.isatty():
        from tkinter import messagebox  # a start that goes well does without it

        messagebox.showerror("Desktop Notes", error.message, detail=error.hint, parent=root)
