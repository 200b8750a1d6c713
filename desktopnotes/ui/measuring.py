"""What a trace tells of the window's own speed: when a letter was on screen, when the window stood still."""

from __future__ import annotations

import time
import tkinter

from desktopnotes.trace import Trace
from desktopnotes.ui.keys import Keys

_TAG = "DesktopNotesMeasured"
_CONTROL = 0x4
_EVERY_MS = 10
_STALL_MS = 30
"""A pause of less than this is none: other programs on the machine make some."""


def measure(root: tkinter.Tk, texts: tuple[tkinter.Text, ...], keys: Keys, trace: Trace) -> None:
    """From now on traces "typed" (`ms` from the press until X has drawn the letter) and "stalled" (`ms`)."""

    def pressed(event: tkinter.Event[tkinter.Misc]) -> None:
        if event.char and event.char.isprintable() and not int(event.state) & _CONTROL:
            root.after_idle(shown, keys.moment_s())

    def shown(key_s: float) -> None:
        root.winfo_pointerx()  # answers when X has done all that was asked of it before
        trace("typed", ms=round((time.monotonic() - key_s) * 1000, 2))

    for text in texts:
        # Last of all tags, so that Tk's own binding has put the letter in and asked for its redrawing.
        text.bindtags((*text.bindtags(), _TAG))
    root.bind_class(_TAG, "<KeyPress>", pressed)

    def beat(before_s: float) -> None:
        now_s = time.monotonic()
        late_ms = (now_s - before_s) * 1000 - _EVERY_MS
        if late_ms > _STALL_MS:
            trace("stalled", ms=round(late_ms, 1))
        root.after(_EVERY_MS, beat, now_s)

    beat(time.monotonic())
