"""What empties the mailbox round after round, also while a question that a job of it asked stands open."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

PUMP_MS = 40
"""How often the mailbox is emptied: 0.6 % of a core (architecture.md)."""

STARTING_PUMP_MS = 8
"""The same until the first recording is open: its picture should not wait for the pump."""

_CLOCK_EVERY = 3
"""The clock is drawn at every third round of the pump."""


class Pump:
    """One chain of rounds, each of which calls `empty`; at every third one `draw`."""

    def __init__(self, root: tkinter.Misc, empty: Callable[[], object], draw: Callable[[], object]) -> None:
        self._root = root
        self._empty = empty
        self._draw = draw
        self._rounds = 0
        self._is_stopped = False
        self._next = ""
        self.pace_ms = STARTING_PUMP_MS

    def start(self) -> None:
        self._round()

    def stop(self) -> None:
        self._is_stopped = True

    def _round(self) -> None:
        if self._is_stopped:
            return
        # Before the jobs: one of them may ask something and not return before it is answered, and saves,
        # signals and the clock go on meanwhile.
        following = self._next = self._root.after(self.pace_ms, self._round)
        self._empty()
        if self._is_stopped or self._next != following:
            return  # further rounds went on while a job waited: they draw, and the next one is theirs to call
        self._rounds += 1
        if self._rounds % _CLOCK_EVERY == 0:
            self._draw()
