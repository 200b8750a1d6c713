"""Whether it runs and how fast: the clock and libVLC are told as one, at a moment that leaves no doubt."""

from __future__ import annotations

import time

from desktopnotes.media.clock import Clock
from desktopnotes.media.ready_ahead import next_rate
from desktopnotes.media.vlc_engine import VlcEngine

FRAME_GUESS_MS = 40
"""How long a frame lasts, where that is not known."""


class VlcPace:
    """All of it is called on the window's thread, while nothing waits in libVLC."""

    def __init__(self, engine: VlcEngine, clock: Clock) -> None:
        self.clock = clock
        self._engine = engine
        self._heard_segment = 0

    def stand_still(self) -> None:
        self._wait_until_sure()
        self.clock.pause(time.monotonic())
        self.settle(paused=True)

    def go_on(self) -> None:
        self.clock.resume(time.monotonic())
        self.settle(paused=False)

    def settle(self, *, paused: bool) -> None:
        """What libVLC tells from now on belongs to where the clock is, and it stands or plays accordingly."""
        self._engine.segment = self.clock.segment
        if self._engine.paused != paused:
            self._engine.set_paused(paused)

    def hear_time(self, segment: int) -> None:
        """libVLC has told a time that belongs to that segment."""
        self._heard_segment = segment

    def approach(self, wished: float) -> None:
        """Play at that rate, or go a step towards it.

        Only once libVLC has told a time since the last open or jump: before, it breaks the picture.
        """
        rate = self._next_rate(wished)
        if self._heard_segment == self.clock.segment and self._engine.rate != rate:
            self._wait_until_sure()
            self.clock.change_rate(time.monotonic(), rate)
            self._engine.segment = self._heard_segment = self.clock.segment
            self._engine.set_rate(rate)

    def _next_rate(self, wished: float) -> float:
        now = self._engine.rate
        if wished < now and self.clock.is_catching_up(time.monotonic()):
            return now
        frame_ms = 1000 / self.clock.grid.rate if self.clock.grid else FRAME_GUESS_MS
        return next_rate(now, wished, frame_ms, self._engine.ready_ahead)

    def _wait_until_sure(self) -> None:
        """For some ms, so that a pause or another rate begins well within a frame, and in which is known."""
        if (wait_s := self.clock.until_sure_s(time.monotonic())) > 0:
            time.sleep(wait_s)
