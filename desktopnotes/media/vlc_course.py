"""Where a recording is sent: one thing at a time is under way in libVLC, and wishes on the way are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from desktopnotes.media.background import Background, Progress, Task
from desktopnotes.media.frames import read_starts
from desktopnotes.media.landing import Landed
from desktopnotes.media.vlc_engine import Beginning, VlcEngine
from desktopnotes.media.vlc_pace import VlcPace

LANE = "player"
"""Where the waiting calls of libVLC are made, one after the other."""

T = TypeVar("T")


class Start(Protocol):
    """See `VlcEngine.start`."""

    def __call__(
        self, at_ms: int, number: int, wants_paused: Callable[[], bool], progress: Progress, /
    ) -> Beginning: ...


class VlcCourse:
    """All of it is called on the window's thread.

    `wants_paused` is what the user wishes. `number` is that of the latest start: what is told of one before
    is of no account. `is_lost` from the loss of what comes from the web until it has begun again: so long it
    stands, whatever is wished.
    """

    def __init__(
        self,
        engine: VlcEngine,
        pace: VlcPace,
        background: Background,
        *,
        begun: Callable[[Beginning], None],
        arrived: Callable[[int], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """`begun` calls `take`. `arrived` is told where, once a jump that was asked for is done."""
        self.wants_paused = True
        self.number = 0
        self.is_lost = False
        self._engine = engine
        self._pace = pace
        self._background = background
        self._begun = begun
        self._arrived = arrived
        self.failed = failed
        self._busy: Task | None = None
        self._reading: Task | None = None
        self._target_ms: int | None = None
        self._jump_ms = 0
        self._arrival_is_awaited = False

    @property
    def is_busy(self) -> bool:
        return self._busy is not None

    @property
    def bound_for_ms(self) -> int:
        """Where the last start or jump led, or is to lead."""
        return self._jump_ms if self._target_ms is None else self._target_ms

    @property
    def stands_at_ms(self) -> int | None:
        """Where it is, or is about to be; None when nothing is open."""
        if self._busy or self._target_ms is not None:
            return self.bound_for_ms
        position = self._pace.clock.position_at(time.monotonic())
        return position.at_ms if position else None

    def start(self, start: Start, at_ms: int, failed: Callable[[Exception], None] | None = None) -> None:
        """In the lane; then `begun` is called, or `failed`: this one, if it is given."""
        self._jump_ms = at_ms
        work = partial(start, at_ms, self.number, lambda: self.wants_paused)
        self._busy = self._background.run(work, self._begun, failed or self.failed, lane=LANE)

    def take(self, beginning: Beginning) -> None:
        """It has begun, and stands or plays as wished by now."""
        self._busy, self.is_lost = None, False
        clock, now_s = self._pace.clock, time.monotonic()
        clock.grid, clock.ready = beginning.grid, self._engine.ready_ahead
        target_ms = beginning.at_ms if self._target_ms is None else self._target_ms
        clock.seek(now_s, target_ms, paused=self.wants_paused)
        if beginning.landed and self.wants_paused and self._target_ms is None:
            clock.land(now_s, beginning.landed.at_ms, beginning.landed.player_ms)
        self._pace.settle(paused=self.wants_paused)

    def read_starts(self, source: Path) -> None:
        """Where frames last differently long, all their starts are read behind."""
        number, clock = self.number, self._pace.clock

        def read(starts_ms: Sequence[float] | None) -> None:
            if number == self.number and starts_ms and clock.grid:
                clock.grid = self._engine.grid = replace(clock.grid, starts_ms=starts_ms)

        self._reading = self._background.run(partial(read_starts, source), read)

    def search(self, work: Callable[[Progress], T], found: Callable[[T], None], at_ms: int) -> Task:
        """It was lost there: what is found starts it again; all wishes are kept until then."""
        self.number += 1
        if self._busy:
            self._busy.cancel()
        self._engine.leave()
        self.is_lost, self._jump_ms = True, at_ms
        self._pace.clock.seek(time.monotonic(), self.bound_for_ms, paused=True)
        self._busy = self._background.run(work, found, self.failed)
        return self._busy

    def start_again(self, start: Start, failed: Callable[[Exception], None]) -> None:
        """What was lost is found: start where it was sent last."""
        at_ms, self._target_ms = self.bound_for_ms, None
        self.start(start, at_ms, failed)

    def seek(self, at_ms: int) -> None:
        self._pace.clock.seek(time.monotonic(), at_ms, paused=self.wants_paused or self.is_lost)
        self._target_ms = at_ms
        self._arrival_is_awaited = True
        if self._busy:
            self._engine.hurry.set()
        else:
            self.jump()

    def jump(self) -> None:
        """Go to the target, if there is one. Of others asked for on the way only the last is gone to."""
        if self._target_ms is None:
            return
        self._jump_ms, self._target_ms = self._target_ms, None
        jump = partial(self._engine.jump, self._jump_ms, self._pace.clock.segment, paused=self.wants_paused)
        self._busy = self._background.run(jump, self._jumped, self.failed, lane=LANE)

    def _jumped(self, landed: Landed | None) -> None:
        self._busy = None
        if self._target_ms is not None:
            self.jump()
            return
        if landed is not None:
            now_s = time.monotonic()
            self._pace.clock.land(now_s, landed.at_ms, landed.player_ms)
            if not self.wants_paused:
                self._pace.clock.resume(now_s)
        if self.wants_paused and not self._engine.paused:
            self._engine.segment = self._pace.clock.segment
            self._target_ms = self._jump_ms  # asked for on the way; to stand on the very frame it goes again
            self.jump()
            return
        self._pace.settle(paused=self.wants_paused)
        self.tell_arrival()

    def tell_arrival(self) -> None:
        """If it was asked to go there, and to nowhere else since."""
        if self._arrival_is_awaited and self._target_ms is None:
            self._arrival_is_awaited = False
            self._arrived(self._jump_ms)

    def go_on(self) -> None:
        moment_s = time.monotonic()
        stood = self._pace.clock.position_at(moment_s)
        if self._busy:
            self._pace.clock.seek(moment_s, self.bound_for_ms, paused=self.is_lost)
        elif self._engine.stepped and stood:
            self._pace.clock.seek(moment_s, stood.at_ms, paused=False)
            self._target_ms = stood.at_ms
            self.jump()
        else:
            self._pace.go_on()

    def stand_still(self) -> None:
        if self._busy:
            self._pace.clock.seek(time.monotonic(), self.bound_for_ms, paused=True)
        else:
            self._pace.stand_still()

    def end(self) -> None:
        """Nothing is under way or wished for any more."""
        if self._busy:
            self._busy.cancel()
        self._busy = self._target_ms = None

    def leave(self) -> None:
        """Whatever still comes of it is dropped."""
        self.number += 1
        self.end()
        if self._reading:
            self._reading.cancel()
        self._reading = None
        self._engine.leave()
        self._arrival_is_awaited = self.is_lost = False
