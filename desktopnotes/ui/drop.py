"""Files, folders and addresses that are dropped on the window; without tkinterdnd2 there is just no drop.

While something is dragged over it, the window says what would become of it, by its kind and the place. What
it holds is asked for when it is dropped, since whoever drags may take long to say so.
"""

from __future__ import annotations

import logging
import os
import socket
import tkinter
from collections.abc import Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

_log = logging.getLogger(__name__)

_TYPES = ("DND_Files", "DND_Text")
"""What browsers and file managers drag; of files the paths come without the escapes of their URIs."""

_EDGE_PX = 3
_SIDES = (
    ("nw", "width", "height"),
    ("sw", "width", "height"),
    ("nw", "height", "width"),
    ("ne", "height", "width"),
)
"""The corner in which each edge begins, along what it goes, and across what it is thin."""


def accept_drops(window: Window) -> bool:
    """From now on what is dropped anywhere on the window is taken; whether that works."""
    root = window.root
    try:
        from tkinterdnd2 import TkinterDnD  # optional, and a start does without it

        TkinterDnD._require(root)
    except (ImportError, RuntimeError, tkinter.TclError) as error:
        _log.info("nothing can be dropped on the window: %s", error)
        return False
    drops = _Drops(window)
    root.tk.call("tkdnd::drop_target", "register", root, _TYPES)
    for event, called, arguments in (
        ("<<DropPosition>>", drops.over, "%T %X %Y"),
        ("<<DropLeave>>", drops.gone, ""),
        ("<<Drop>>", drops.dropped, "%T %D %X %Y"),
    ):
        root.tk.call("bind", root, event, f"{root.register(called)} {arguments}")
    return True


class _Drops:
    """What is dragged over the window: the place where it would land has an edge, and words in it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._root = window.root
        self._video = window.layout.player
        self._edges = tuple(tkinter.Frame(window.root, borderwidth=0) for _side in range(4))
        self._words = ttk.Label(window.root, style="Tip.TLabel")
        self._shown = ("", "")

    def over(self, kind: str, x: str, y: str) -> str:
        """Answers at once: whoever drags goes on only then."""
        on_video = _is_of_files(kind) and self._is_on_video(x, y)
        if on_video and self._window.session.talk is not None:
            words = _("Drop captions for this talk, or recordings to add")
        elif _is_of_files(kind):
            words = _("Drop it to add it to your notes")
        else:
            words = _("Drop it to add the talk of this address")
        self._show(self._video if on_video else self._root, words)
        return "copy"

    def gone(self) -> str:
        for part in (*self._edges, self._words):
            part.place_forget()
        self._shown = ("", "")
        return ""

    def dropped(self, kind: str, data: str, x: str, y: str) -> str:
        """The source waits for the answer, so what was dropped is looked at after it."""
        self.gone()
        words = [str(word) for word in self._root.tk.splitlist(data)] if _is_of_files(kind) else [data]
        self._root.after_idle(self._take, kind, words, self._is_on_video(x, y))
        return "copy"

    def _take(self, kind: str, words: Sequence[str], on_video: bool) -> None:
        from desktopnotes.actions import dropped  # nothing else needs it

        given = _of_list(words) if _is_of_files(kind) else words
        self._window.gate.run(lambda: dropped.take(self._window.session, given, on_video=on_video))

    def _is_on_video(self, x: str, y: str) -> bool:
        video = self._video
        across, down = int(x) - video.winfo_rootx(), int(y) - video.winfo_rooty()
        is_inside = 0 <= across < video.winfo_width() and 0 <= down < video.winfo_height()
        return bool(video.winfo_ismapped()) and is_inside

    def _show(self, place: tkinter.Misc, words: str) -> None:
        if self._shown == (str(place), words):
            return
        self._shown = (str(place), words)
        thick = self._window.theme.px(_EDGE_PX)
        for edge, (side, along, across) in zip(self._edges, _SIDES, strict=True):
            edge.configure(background=self._window.theme.palette.accent)
            options = ("-in", place, "-anchor", side, "-relx", int("e" in side), "-rely", int("s" in side))
            self._root.tk.call("place", edge, *options, f"-rel{along}", 1, f"-{across}", thick)
            edge.lift()
        self._words.configure(text=words)
        self._words.place(in_=place, relx=0.5, rely=0.5, anchor="center")
        self._words.lift()


def _is_of_files(kind: str) -> bool:
    return "uri-list" in kind or "DND_Files" in kind


def _of_list(words: Sequence[str]) -> list[str]:
    """The paths and addresses of a list of URIs; of a comment in it only single words have come through."""
    given = [_of_this_computer(word) for word in words]
    return [word for word in given if os.path.isabs(word) or "://" in word] or given


def _of_this_computer(word: str) -> str:
    """The path of a file whose URI named this computer too: its name is left before the path."""
    for host in ("localhost", socket.gethostname()):
        if word.startswith(f"{host}/") and os.path.lexists(word.removeprefix(host)):
            return word.removeprefix(host)
    return word
