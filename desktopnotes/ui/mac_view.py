"""The picture on macOS: a view of its own over the widget, since all widgets of a window share one there.

libVLC draws into an NSView (`set_nsobject`). Tk's `winfo_id` is none; Tk tells the view of the whole window
alone. So a view is put into that, and kept where the widget is. Written by the documentation of AppKit and of
Tk's C library, and never run: the program was not tried on macOS.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
import tkinter
from typing import Any

_log = logging.getLogger(__name__)

_VIEW_OF_TK = ("Tk_MacOSXGetNSViewForDrawable", "TkMacOSXGetRootControl")
"""What Tk 9 and Tk 8.6 call the function that has a drawable's window's view."""


class Rect(ctypes.Structure):
    """NSRect: in points, from the lower left corner unless the view around it is flipped."""

    _fields_ = (
        ("x", ctypes.c_double),
        ("y", ctypes.c_double),
        ("width", ctypes.c_double),
        ("height", ctypes.c_double),
    )


def frame(
    box: tuple[int, int, int, int], around: tuple[int, int, int, int], *, is_flipped: bool
) -> tuple[int, int, int, int]:
    """A box (x, y, width, height; y goes down) within that of its window, as AppKit counts."""
    x, y = box[0] - around[0], box[1] - around[1]
    return x, y if is_flipped else around[3] - y - box[3], box[2], box[3]


def _box(widget: tkinter.Misc) -> tuple[int, int, int, int]:
    return widget.winfo_rootx(), widget.winfo_rooty(), widget.winfo_width(), widget.winfo_height()


class MacView:
    """`handle` is what libVLC takes. The view goes with the window that holds it."""

    def __init__(self, widget: tkinter.Misc) -> None:
        self._widget = widget
        self._objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
        self._objc.objc_getClass.restype = self._objc.sel_registerName.restype = ctypes.c_void_p
        content = _content_view(widget.winfo_id())
        self._is_flipped = bool(self._send(content, "isFlipped", answer=ctypes.c_bool))
        kind = ctypes.c_void_p(self._objc.objc_getClass(b"NSView"))
        view = self._send(self._send(kind, "alloc"), "initWithFrame:", self._rect(), takes=(Rect,))
        self._send(content, "addSubview:", view, takes=(ctypes.c_void_p,))
        self.handle = int(view)
        for around in (widget, widget.winfo_toplevel()):
            for event in ("<Configure>", "<Map>", "<Unmap>"):
                around.bind(event, lambda _: self.follow(), add=True)
        self.follow()

    def follow(self) -> None:
        """Lies where the widget is now, and is hidden while that is."""
        self._send(self.handle, "setFrame:", self._rect(), takes=(Rect,), answer=None)
        is_hidden = not self._widget.winfo_viewable()
        self._send(self.handle, "setHidden:", is_hidden, takes=(ctypes.c_bool,), answer=None)

    def _rect(self) -> Rect:
        around = _box(self._widget.winfo_toplevel())
        return Rect(*frame(_box(self._widget), around, is_flipped=self._is_flipped))

    def _send(
        self,
        receiver: Any,
        selector: str,
        *values: Any,
        takes: tuple[type, ...] = (),
        answer: Any = ctypes.c_void_p,
    ) -> Any:
        """Calls a method: `objc_msgSend` as a function of just these kinds of values, as it asks."""
        shape = ctypes.CFUNCTYPE(answer, ctypes.c_void_p, ctypes.c_void_p, *takes)
        call = shape(("objc_msgSend", self._objc))
        return call(receiver, self._objc.sel_registerName(selector.encode()), *values)


def _content_view(drawable: int) -> int:
    """The view of the window that a Tk window lies in. Raises OSError where this Tk does not tell it."""
    tk = ctypes.CDLL(None)  # Tk's library is loaded already, wherever it came from
    for name in _VIEW_OF_TK:
        with contextlib.suppress(AttributeError):
            function = getattr(tk, name)
            function.restype, function.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
            if view := function(drawable):
                return int(view)
    raise OSError("this Tk does not tell its view")


def window_for_video(widget: tkinter.Misc) -> int:
    """What libVLC draws into, on each system; 0, where there is none, lets it open a window itself."""
    if sys.platform != "darwin":
        return widget.winfo_id()  # a window of X11, an HWND on Windows
    try:
        return MacView(widget).handle
    except (OSError, AttributeError, TypeError, ctypes.ArgumentError) as error:
        _log.warning("the picture gets a window of its own: %s", error)
        return 0
