"""Files, folders and addresses that are dropped on the window; without tkinterdnd2 there is just no drop."""

from __future__ import annotations

import logging
import tkinter
from collections.abc import Callable, Sequence

_log = logging.getLogger(__name__)

_TYPES = ("DND_Files", "DND_Text")
"""What browsers and file managers drag; of files the paths come without the escapes of their URIs."""


def accept_drops(root: tkinter.Tk, take: Callable[[Sequence[str]], None]) -> bool:
    """From now on `take` gets what is dropped anywhere on the window: texts, or paths; whether that works."""
    try:
        from tkinterdnd2 import TkinterDnD  # optional, and a start does without it

        TkinterDnD._require(root)
    except (ImportError, RuntimeError, tkinter.TclError) as error:
        _log.info("nothing can be dropped on the window: %s", error)
        return False

    def dropped(kind: str, data: str) -> str:
        is_list = "uri-list" in kind or "DND_Files" in kind
        words = [str(word) for word in root.tk.splitlist(data)] if is_list else [data]
        root.after_idle(take, words)  # who dragged it waits for our answer
        return "copy"

    name = root.register(dropped)
    root.tk.call("tkdnd::drop_target", "register", root, _TYPES)
    root.tk.call("bind", root, "<<Drop>>", f"{name} %T %D")
    return True
