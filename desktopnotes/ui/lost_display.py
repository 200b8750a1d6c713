"""The X server goes away, or ends this program's connection: what was written is saved all the same.

Xlib calls a handler then and ends the process when that returns, past `finally` and `atexit`. No call of Tk
is possible any more; all that is on screen is in the session by then.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Any

_current: list[Callable[[], object]] = []
"""What to do, in the process's last window: `rescue` and `save`."""

_kept: list[Any] = []
"""What Xlib may call as long as the process lives."""


def on_lost_display(rescue: Callable[[], object], save: Callable[[], object]) -> bool:
    """Lets `rescue` be called then, on whichever thread met it, and the process end (exit code 1) after.

    `save` is called before the error of an X request is dealt with: one that Tk did not expect (another
    program destroyed its window) lets Xlib end the process as well. False where there is no Xlib, or none
    of which Tk's can be reached.
    """
    _current[:] = [rescue, save]
    return bool(_kept) or _is_set()


def _is_set() -> bool:
    if sys.platform in ("win32", "darwin"):
        return False
    import _tkinter
    import ctypes  # heavy; by now libVLC has loaded it

    try:
        # By way of Tk's own module: that is the Xlib that Tk uses, not a second copy of it.
        xlib = ctypes.CDLL(getattr(_tkinter, "__file__", None))
        set_lost, set_failed = xlib.XSetIOErrorHandler, xlib.XSetErrorHandler
    except (OSError, AttributeError):
        return False

    def lost(_: int | None) -> int:
        try:
            _current[0]()
        finally:
            os._exit(1)

    def failed(display: int | None, error: int | None) -> int:
        with contextlib.suppress(Exception):
            _current[1]()
        return int(of_tk(display, error))

    lost_kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)  # int (*)(Display *)
    failed_kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)  # and an XErrorEvent *
    set_lost.argtypes, set_lost.restype = [lost_kind], ctypes.c_void_p
    set_failed.argtypes, set_failed.restype = [failed_kind], ctypes.c_void_p
    on_lost, on_failed = lost_kind(lost), failed_kind(failed)
    of_tk = failed_kind(set_failed(on_failed))
    set_lost(on_lost)
    _kept.extend((on_lost, on_failed))
    return True
