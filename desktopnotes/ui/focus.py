"""Which widget has the keyboard, also while one of Tk's own dialogs is open."""

from __future__ import annotations

import contextlib
import tkinter


def focused(widget: tkinter.Misc) -> tkinter.Misc | None:
    """The widget of this program that has the keyboard, None where there is none.

    Menus and file dialogs are Tk's own and have no Python object: `focus_get` raises for them.
    """
    with contextlib.suppress(KeyError, tkinter.TclError):
        return widget.focus_get()
    return None


def focused_last(widget: tkinter.Misc) -> tkinter.Misc | None:
    """The widget of the same window that had the keyboard last, or will have it once the window has."""
    with contextlib.suppress(KeyError, tkinter.TclError):
        return widget.focus_lastfor()
    return None


def go_on(text: tkinter.Text) -> str:
    """Tab in a text that is only read goes to what comes next; for use as a binding."""
    following = text.tk_focusNext()
    if following is not None:
        following.focus_set()
    return "break"
