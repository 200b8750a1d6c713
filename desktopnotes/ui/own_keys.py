"""Keys that a widget takes before anything else while something of its own is under way: a list, a drag."""

from __future__ import annotations

import itertools
import tkinter
from collections.abc import Callable, Mapping

_numbers = itertools.count(1)

PASS = object()
"""What a job answers whose key goes on to the window and to Tk after all."""


class OwnKeys:
    """`jobs` by X keysym are run before the window's keys and Tk's own while `take` holds; others pass.

    So does a key whose job answers `PASS`.
    """

    def __init__(self, widget: tkinter.Misc, jobs: Mapping[str, Callable[[], object]]) -> None:
        self._widget = widget
        self._jobs = jobs
        self._tag = f"OwnKeys{next(_numbers)}"
        widget.bind_class(self._tag, "<KeyPress>", self._on_press)

    def take(self) -> None:
        tags = self._widget.bindtags()
        if self._tag not in tags:
            self._widget.bindtags((self._tag, *tags))

    def leave(self) -> None:
        self._widget.bindtags(tuple(tag for tag in self._widget.bindtags() if tag != self._tag))

    def _on_press(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        plain = isinstance(event.state, int) and not event.state & 0xD  # no Shift, Ctrl or Alt
        job = self._jobs.get(event.keysym) if plain else None
        if job is None:
            return None
        return None if job() is PASS else "break"
