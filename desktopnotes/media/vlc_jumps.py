"""Jumps of libVLC: while playing to the very frame, and paused onto the very frame."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from desktopnotes.media.background import Progress
from desktopnotes.media.landing import READY_MS, Landed, Landing

if TYPE_CHECKING:
    from desktopnotes.media.vlc_engine import VlcEngine

_HURRIED_MOST_S = 0.3
"""Right before the end of a recording nothing tells that it has buffered; a picture comes all the same."""
_LANDINGS_MOST = 4
_PAUSES_WITHIN_S = 1.0
_PAUSE_HOLDS_MOST_S = 4.0
_PAUSE_SETTLES_S = 0.1
"""A jump sooner after a pause holds keeps the old picture (0 of 16 right at once, 16 of 16 after 0.05 s)."""
_PICTURE_COMES_S = 0.1
"""From buffered to the picture, where libVLC does not say when it is ready."""
_NO_SEGMENT = -1
"""What is told while it only plays up to a frame is of no account."""
_PAST_START_MS = 5.0
"""Where to aim in a frame that has a decode time: the frame before is then over 20 ms late, and not shown."""


class VlcJumps:
    """All of it waits: never on the window's thread."""

    def __init__(self, engine: VlcEngine) -> None:
        self._engine = engine
        self._stands_at_start = False

    def jump(self, at_ms: int, segment: int, progress: Progress, *, paused: bool) -> Landed | None:
        """Show the frame of `at_ms`, and wait until it is there; afterwards the rate is 1.

        `paused` stands still there: answers on which frame, None where that is not known or was hurried.
        Otherwise it plays on from there, and what is told belongs to `segment`.
        """
        self._engine.hurry.clear()
        self._stands_at_start = False
        with self._engine.words:
            if not paused:
                self._jump_playing(at_ms, segment, progress)
                return None
            if self._engine.grid is None:
                self._jump_silently(at_ms, progress)
                return None
            with self._engine.silence(True):
                if self._engine.grid.number_at(at_ms) == 0:
                    return self._stand_at_start(at_ms, progress)
                return self._land(Landing(self._engine.grid, at_ms), progress)

    def _stand_at_start(self, at_ms: int, progress: Progress) -> Landed | None:
        """A jump to where nothing is before it is exact while paused, once the pause has settled."""
        if self._engine.stepped:
            self._engine.set_paused(False)
        if not self._engine.paused:
            self._engine.set_paused(True)
        self._until_the_pause_settles(progress)
        self._engine.segment = _NO_SEGMENT
        self._begin_jump(0)
        self._await_buffer(0, progress)
        self._engine.hurry.wait(_PICTURE_COMES_S)
        self._stands_at_start = True
        return None if self._engine.hurry.is_set() else Landed(at_ms, -READY_MS, True)

    def _until_the_pause_settles(self, progress: Progress) -> None:
        """Only then is it known in libVLC to all who decode.

        A jump that comes sooner takes away the picture on screen, and none comes for it: on a machine so busy
        that the pause took over 0.1 s to hold, a recording opened without a picture in 19 of 60 times, and no
        snapshot could be taken of it.
        """
        signals, stop_s = self._engine.signals, time.monotonic() + _PAUSE_HOLDS_MOST_S
        while not signals.pause_holds.wait(0.05) and time.monotonic() < stop_s:
            progress.check()
        took_s = signals.paused_s - signals.pause_asked_s  # as slow are those who decode
        time.sleep(max(0.0, signals.paused_s + max(_PAUSE_SETTLES_S, took_s) - time.monotonic()))

    def show_again(self) -> None:
        """Bring back the picture at the start, which libVLC may lose there; elsewhere it does not."""
        if self._stands_at_start and self._engine.paused and not self._engine.stepped:
            self._begin_jump(0)

    def _land(self, landing: Landing, progress: Progress) -> Landed | None:
        """Play up to the frame and pause there, again until it is that one."""
        landed = None
        for _ in range(_LANDINGS_MOST):
            ready_s = self._go(landing.from_ms, _NO_SEGMENT, progress)
            if ready_s is not None:
                _wait_until(ready_s + landing.pause_after_s)
            self._engine.set_paused(True)
            holds = self._engine.signals.pause_holds.wait(_PAUSES_WITHIN_S)
            if self._engine.hurry.is_set():
                return None
            if ready_s is not None and holds:
                landed = landing.after(self._engine.signals.paused_s - ready_s)
                if landed.is_right:
                    return landed
        return landed

    def _jump_playing(self, at_ms: int, segment: int, progress: Progress) -> None:
        from_ms, grid, frames = at_ms, self._engine.grid, self._engine.frames
        if grid is not None:
            past_ms = _PAST_START_MS if frames and frames.have_decode_times else 0.0
            from_ms = int(grid.start_ms(grid.number_at(at_ms)) + past_ms)
        ready_s = self._go(from_ms, segment, progress)
        if ready_s is None:
            self._engine.hurry.wait(_PICTURE_COMES_S)
            return
        shown_s = ready_s + READY_MS / 1000
        self._engine.signals.tell(shown_s, "arrived", from_ms)
        self._engine.hurry.wait(max(0.0, shown_s - time.monotonic()))

    def _jump_silently(self, at_ms: int, progress: Progress) -> None:
        """Where there is no picture to show."""
        self._engine.segment = _NO_SEGMENT
        if not self._engine.paused:
            self._engine.set_paused(True)
        self._begin_jump(at_ms)
        self._await_buffer(at_ms, progress)

    def _go(self, at_ms: int, segment: int, progress: Progress) -> float | None:
        """Play on from `at_ms`: the moment when decoding has come there, None where that is not told.

        At any rate but 1 the picture would stay black or frozen; a jump while stepped would lead to 0.
        """
        progress.check()
        self._engine.segment = segment
        self._engine.words.ready.clear()
        if self._engine.paused:
            self._engine.set_paused(False)
        self._begin_jump(at_ms)
        if not self._await_buffer(at_ms, progress):
            return None
        stop_s = time.monotonic() + self._engine.decoding_most_s
        while not self._engine.words.ready.wait(0.05):
            progress.check()
            if time.monotonic() > stop_s or self._engine.hurry.is_set():
                return None
        return self._engine.words.ready_s

    def _begin_jump(self, at_ms: int) -> None:
        self._engine.signals.expect_buffer()
        if self._engine.rate != 1.0:
            self._engine.set_rate(1.0)
        self._engine.set_time(at_ms)

    def _await_buffer(self, at_ms: float, progress: Progress) -> bool:
        begun_s = time.monotonic()
        while not self._engine.signals.buffered_again.wait(0.05):
            progress.check()
            waited_s = time.monotonic() - begun_s
            if self._engine.hurry.is_set() and waited_s > _HURRIED_MOST_S:
                return False
            if waited_s > self._engine.buffering_most_s(at_ms):
                self._engine.signals.tell(time.monotonic(), "stalled")
                return False
        return True


def _wait_until(moment_s: float) -> None:
    """To some 0.1 ms: a sleep alone is late by up to 1 ms."""
    while (left_s := moment_s - time.monotonic()) > 0:
        time.sleep(left_s / 2 if left_s > 0.0005 else 0)
