"""Stretches of playing or standing still, in which nothing is asked of the player: the clock is of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field

from desktopnotes.media.frame_grid import FrameGrid

EVENTS_ASKED = 8
SPREAD_MOST_MS = 25.0
SHOWN_LATE_MS = -0.1
"""How long after its time a picture is on screen, less what the whole ms of events cut off.

At 0.5 and 0.3 all that was off in 470 stamps was off to the same side, by a ms; at -0.1 none was in 800.
"""
PREPARED_S = 0.0075
"""So long before it is due VLC takes the next frame to show it, come what may.

Measured at 1280x720: 7.4 in 50 pauses, 7 to 8 in changes of rate. It depends on the recording, so wherever
there is a choice the clock's `until_sure_s` keeps away from it.
"""
PAUSED_AHEAD_MS = 20.0
"""How far ahead of the clock the picture stands that stays, where frames are not known: half a frame."""
FRAME_GUESS_MS = 40.0
READY_MOST_S = 1.1
"""So much is read ahead at most. Where all of VLC's pictures last longer, it never waits for a free one.

Then a pause takes hold at once and the frame on screen stays, else the next one does. Measured with 24
pictures: from 24 frames a second on always the next one, at 20 in 2 of 14 pauses, at 15 in none of 14.
"""
RATE_SETTLES_S = 1.4
"""After a change of the rate the picture runs off the clock for so long, where more is not known."""
EVENTS_KEPT = 2400


@dataclass(frozen=True, slots=True)
class Lag:
    """Frames that were ready when the rate changed are shown when the old rate would have shown them.

    The first one of the new rate begins at `until_ms`, and takes the screen when the player's clock is there.
    Until then the picture is that of `before`, as if it had gone on, `shift_s` later for pauses in between.
    """

    before: Stretch
    shift_s: float
    until_ms: float


@dataclass(eq=False)
class Stretch:
    """In it time runs evenly or stands still.

    `player_ms` is the time of the player's own clock, `shown_ms` that of the picture on screen.
    """

    number: int
    from_s: float
    rate: float
    stands: bool
    led_to_ms: float | None
    goes_on_from_ms: float | None
    jumped: bool
    stepped: bool
    rate_is_new: bool = False
    arrived: tuple[float, float] | None = None
    begins_ms: float = 0.0
    still_ms: float = 0.0
    begins_approximate: bool = False
    lag: Lag | None = None
    paused_from: Stretch | None = None
    starves: bool = False
    moments_s: list[float] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)

    def follow(self, before: Stretch, grid: FrameGrid | None, ready: int | None = None) -> None:
        """Go on where the stretch before stood when this one began; done again when more is known of it.

        `ready` is how many frames VLC keeps decoded ahead, None where that is not known.
        """
        if self.led_to_ms is not None:
            self.still_ms = self.led_to_ms if self.stands else 0.0
            self.begins_ms = self.led_to_ms if self.goes_on_from_ms is None else self.goes_on_from_ms
            self.begins_approximate = self.jumped and not self.stands and self.led_to_ms > 0
            return
        self.begins_ms = before.player_ms(self.from_s)
        self.begins_approximate = before.approximate(self.from_s)
        if self.stands:
            self.paused_from = before.paused_from if before.stands else before
        self.lag = self._lag_behind(before, grid, ready)
        if self.stepped:
            self.begins_ms = self.still_ms = _next_picture_ms(before.still_ms, grid)
        elif before.stands or not self.stands:
            self.still_ms = before.still_ms
        else:
            self.still_ms = before.picture_after_pause_ms(self.from_s, grid, ready)

    def _lag_behind(self, before: Stretch, grid: FrameGrid | None, ready: int | None) -> Lag | None:
        if self.stands:
            return None
        played = before.paused_from if before.stands else before
        if played is None or before.stepped:
            return None
        shift_s = self.from_s - before.from_s if before.stands else 0.0
        if self.rate_is_new:
            if grid is None or ready is None or not _all_are_ready(grid, ready):
                return None
            shown = grid.number_at(played.shown_ms(self.from_s - shift_s + PREPARED_S))
            return Lag(played, shift_s, grid.start_ms(shown + ready))
        if played.lag is not None and played.is_catching_up(self.from_s - shift_s):
            return Lag(played.lag.before, played.lag.shift_s + shift_s, played.lag.until_ms)
        return None

    def hear(self, moment_s: float, time_ms: float) -> None:
        if self.starves and self.jumped and self.led_to_ms and time_ms < self.led_to_ms - _UNTRUE_MS:
            return
        place = bisect_left(self.moments_s, moment_s)
        self.moments_s.insert(place, moment_s)
        self.times_ms.insert(place, time_ms)
        if len(self.moments_s) > EVENTS_KEPT:
            del self.moments_s[0], self.times_ms[0]

    def player_ms(self, moment_s: float) -> float:
        """The time of the player's own clock, whatever picture stands on the screen."""
        if self.stands:
            return self.begins_ms
        if self.moments_s:
            now_ms = 1000 * moment_s - SHOWN_LATE_MS
            if self.starves:
                return max(self.begins_ms, self._starved_ms(moment_s, now_ms))
            return max(self.begins_ms, self._offset_ms(moment_s) + self.rate * now_ms)
        if self.arrived is not None:
            arrived_s, arrived_ms = self.arrived
            return max(self.begins_ms, arrived_ms + self.rate * 1000 * (moment_s - arrived_s))
        if self.led_to_ms is not None:
            return self.begins_ms
        return self.begins_ms + self.rate * 1000 * max(0.0, moment_s - self.from_s)

    def shown_ms(self, moment_s: float) -> float:
        """Where the picture on screen stands; one that stood in a pause stays until the next is due."""
        if self.stands:
            return self.still_ms
        now_ms = self.player_ms(moment_s)
        if self.lag is not None and now_ms < self.lag.until_ms:
            old_ms = self.lag.before.shown_ms(moment_s - self.lag.shift_s)
            now_ms = min(old_ms, self.lag.until_ms - _HAIR_MS)
        return max(now_ms, self.still_ms)

    def picture_after_pause_ms(self, moment_s: float, grid: FrameGrid | None, ready: int | None) -> float:
        """Where the picture stands that stays when it is paused then: mostly it is the next one."""
        if grid is None:
            return self.shown_ms(moment_s) + PAUSED_AHEAD_MS
        taken = grid.number_at(self.shown_ms(moment_s + PREPARED_S))
        return grid.whole_start_ms(taken + 1 if ready is None or _all_are_ready(grid, ready) else taken)

    def is_catching_up(self, moment_s: float) -> bool:
        return self.lag is not None and self.player_ms(moment_s) < self.lag.until_ms

    def approximate(self, moment_s: float) -> bool:
        if self.stands or not self.moments_s:
            return self.begins_approximate or not self.stands
        if self.starves and moment_s > self.moments_s[-1] + _SILENT_S:
            return True
        return self.rate_is_new and self.lag is None and moment_s < self.from_s + RATE_SETTLES_S

    def _starved_ms(self, moment_s: float, now_ms: float) -> float:
        """As above, where events may be so far apart that the picture stood between them."""
        moments_s, times_ms = self.moments_s, self.times_ms
        place = bisect_left(moments_s, moment_s)
        first = next((i for i in range(place - 1, 0, -1) if self._stood(i)), 0)
        after = next((i for i in range(max(1, place), len(moments_s)) if self._stood(i)), len(moments_s))
        runs_ms = self._offset_ms(moment_s, first, after) + self.rate * now_ms if place > first else None
        if place == after < len(moments_s):  # in the gap, or before it
            stood_ms = times_ms[after] - self.rate * 1000 * _TOLD_AFTER_S
            later_ms = self._offset_ms(moments_s[after], after, len(moments_s)) + self.rate * now_ms
            return min(runs_ms or math.inf, max(stood_ms, later_ms))
        most_ms = times_ms[after - 1] + self.rate * 1000 * _AHEAD_S
        return min(most_ms, runs_ms or self._offset_ms(moment_s, first, after) + self.rate * now_ms)

    def _stood(self, i: int) -> bool:
        """Whether the picture stood for a while between the events `i` - 1 and `i`."""
        passed_ms = self.rate * 1000 * (self.moments_s[i] - self.moments_s[i - 1])
        return passed_ms - (self.times_ms[i] - self.times_ms[i - 1]) > _STOOD_MS

    def _offset_ms(self, moment_s: float, first: int = 0, after: int | None = None) -> float:
        """What the events about that moment say; one can be late, which makes it smaller, but never early.

        Only those from `first` on, and before `after`.
        """
        after = len(self.moments_s) if after is None else after
        place = bisect_left(self.moments_s, moment_s)
        about = range(max(first, place - EVENTS_ASKED), min(after, place + EVENTS_ASKED))
        nearest = sorted(about, key=lambda i: abs(self.moments_s[i] - moment_s))[:EVENTS_ASKED]
        offsets = [self.times_ms[i] - self.rate * 1000 * self.moments_s[i] for i in nearest]
        if max(offsets) - min(offsets) > SPREAD_MOST_MS:
            return max(offsets[:2])
        return sorted(offsets)[round(0.75 * (len(offsets) - 1))]


_UNTRUE_MS = 500.0
"""A time so far before the place that was jumped to is none."""
_STOOD_MS = 200.0
_TOLD_AFTER_S = 0.42
_SILENT_S = 1.0
_AHEAD_S = 2.3
"""Of what comes by a network, from two runs with a server that fell silent, on libVLC's own demuxer: the last
event comes up to `_AHEAD_S` before the picture stands, the first `_TOLD_AFTER_S` after bytes come again."""
_HAIR_MS = 0.01
"""So little before the start of a frame the one before it is still shown."""


def _all_are_ready(grid: FrameGrid, ready: int) -> bool:
    """Whether VLC reads far enough ahead to fill all its pictures, so that it waits for free ones."""
    return ready / grid.rate <= READY_MOST_S


def _next_picture_ms(still_ms: float, grid: FrameGrid | None) -> float:
    if grid is None:
        return still_ms + FRAME_GUESS_MS
    return grid.whole_start_ms(grid.number_at(still_ms) + 1)
