"""The window comes to the front, from under others or from being an icon."""

from __future__ import annotations

import contextlib
import ctypes
import re
import sys
import tkinter
from collections.abc import Iterator

_CLIENT_MESSAGE = 33
_TO_THE_MANAGER = 1 << 20 | 1 << 19  # SubstructureRedirectMask and SubstructureNotifyMask
_BY_THE_USER = 2


def bring_to_front(root: tkinter.Tk, startup_id: str = "") -> None:
    """Shows the window, raises it and gives it the keyboard; `startup_id` is of the call that wants it.

    Inside of it the keyboard stays where it is: what is typed meanwhile goes where the user sees the caret.
    A dialog that stands open keeps the keyboard: it is what is brought to the front, over its window.
    """
    if root.state() == "iconic":
        root.deiconify()
    root.lift()
    tk, dialog = root.tk, asking(root)
    if dialog:
        tk.call("raise", dialog)
    _take_keyboard(root, dialog or ".")
    root.update_idletasks()
    if sys.platform == "linux":
        pressed = re.search(r"_TIME(\d+)$", startup_id)
        with contextlib.suppress(OSError):  # without the library, what Tk did is all
            inner = int(tk.call("winfo", "id", dialog or "."), 0)
            _ask_the_manager(inner, int(pressed[1]) if pressed else 0)


def _take_keyboard(root: tkinter.Tk, window: str) -> None:
    root.tk.call("focus", "-force", root.tk.call("focus", "-lastfor", window))


def asking(root: tkinter.Tk) -> str:
    """The path of the dialog that holds the keyboard, also one of Tk's own; "" where there is none."""
    holder = str(root.tk.call("grab", "current", root))
    if not holder or root.tk.call("winfo", "class", holder) == "Menu":
        return ""
    top = str(root.tk.call("winfo", "toplevel", holder))
    return top if top != str(root) else ""


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent, and room for the largest of all events behind it."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_long * 24),
    )

    @classmethod
    def of(cls, window: int, kind: int, *, form: int) -> ClientMessage:
        return cls(type=_CLIENT_MESSAGE, window=window, message_type=kind, format=form)


@contextlib.contextmanager
def on_display() -> Iterator[tuple[ctypes.CDLL, ctypes.c_void_p]]:
    """The library of X, and a connection of its own to the screen. Raises OSError where either is missing."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        raise OSError("the screen takes no connection")
    try:
        yield x11, display
    finally:
        x11.XCloseDisplay(display)


def _ask_the_manager(inner: int, at_ms: int) -> None:
    """Sends `_NET_ACTIVE_WINDOW` (Extended Window Manager Hints), which Tk has no word for.

    A window manager that keeps programs from taking the keyboard lets this through, as it is a user who wants
    it; whether it changes to another desktop for that is its own choice. `inner` is Tk's window: the one that
    is managed holds it. `at_ms` is the moment, of the screen's clock, at which the user asked; 0 is unknown.
    """
    with on_display() as (x11, display):
        root, parent, children, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_void_p(), ctypes.c_uint()
        found = (ctypes.byref(value) for value in (root, parent, children, count))
        if x11.XQueryTree(display, ctypes.c_ulong(inner), *found):
            x11.XFree(children)
            kind = x11.XInternAtom(display, b"_NET_ACTIVE_WINDOW", 0)
            event = ClientMessage.of(parent.value, kind, form=32)
            event.data[0], event.data[1] = _BY_THE_USER, at_ms
            x11.XSendEvent(display, root, 0, ctypes.c_long(_TO_THE_MANAGER), ctypes.byref(event))
