"""Tells the desktop that what it started is there, so that its pointer is busy no longer."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import tkinter

from desktopnotes.ui.front import ClientMessage, on_display

_TO_WHO_LISTENS = 1 << 22  # PropertyChangeMask
_BYTES_OF_ONE = 20


def taken_from_environment() -> str:
    """The id under which the desktop started this program, "" for none; what it starts itself has another."""
    return os.environ.pop("DESKTOP_STARTUP_ID", "")


def end_start_up(root: tkinter.Tk, startup_id: str) -> None:
    """Ends the start-up of that id: of this program, or of a call that its window has answered."""
    if startup_id and sys.platform == "linux":
        with contextlib.suppress(OSError):  # without the library the desktop gives up by itself
            inner = int(root.tk.call("winfo", "id", "."), 0)
            _broadcast(inner, f"remove: ID={_quoted(startup_id)}")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _broadcast(inner: int, words: str) -> None:
    """To whoever listens on the screen, in pieces (freedesktop.org, Startup Notification Protocol)."""
    content = words.encode("utf-8", "replace").replace(b"\0", b"") + b"\0"
    with on_display() as (x11, display):
        root = x11.XDefaultRootWindow(display)
        kind = b"_NET_STARTUP_INFO_BEGIN"
        for start in range(0, len(content), _BYTES_OF_ONE):
            event = ClientMessage.of(inner, x11.XInternAtom(display, kind, 0), form=8)
            piece = content[start : start + _BYTES_OF_ONE]
            ctypes.memmove(event.data, piece, len(piece))
            x11.XSendEvent(display, root, 0, ctypes.c_long(_TO_WHO_LISTENS), ctypes.byref(event))
            kind = b"_NET_STARTUP_INFO"
