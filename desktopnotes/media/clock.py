"""The true position: where the recording stands at a moment; never asks libVLC, never reads the time.

libVLC's `get_time()` is 165 ms late in the middle and stays wrong after a pause. Its time events carry the
true time of the instant they are sent in, but come only every 250 to 500 ms and may be held up on their way.
So the clock is told what was asked of the player and every event, each with its moment, and works out the
rest. All moments are seconds of one and the same steady clock; a moment can be asked about again later, when
events that came after it make the answer better.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.stretch import Stretch

PAUSE_LATE_MOST_S = 0.5
_DOUBTFUL_S = 0.022
"""So long before the next frame it is not sure which one stays: VLC's decoder passes a pause on when free.

Measured in pauses at 25 frames a second: from 7.4 ms on at 1280x720, from 18 on at 320x180.
"""
_DOUBTFUL_PART = 0.9
"""Of a short frame: so much of it."""
_INTO_FRAME_S = 0.001
STRETCHES_KEPT = 256


@dataclass(frozen=True)
class Position:
    """Where the recording stood at one moment.

    `approximate` says that the figure may still be off by more than a frame (right after a change of the
    rate, and after a jump until the first true event): ask again for the same moment 0.6 s later.
    """

    at_ms: int
    approximate: bool
    paused: bool


def rate_in_vlc(rate: float) -> float:
    """The rate at which VLC really plays when asked for `rate`: it keeps 1000 / rate as a whole number."""
    return 1000 / int(1000 / rate)


class Clock:
    """What was asked of the player and what it said, and from these the position at any recent moment.

    `length_ms`, `grid` and `ready` are set by the player as soon as it knows them. `starves` it sets where
    the recording comes by a network: the picture can then stand although it plays.
    """

    def __init__(self) -> None:
        self.length_ms: int | None = None
        self.starves = False
        self._grid: FrameGrid | None = None
        self._rate = 1.0
        self._rate_is_new = False
        self._ready: int | None = None
        self._stretches: list[Stretch] = []
        self._count = 0
        self._jump = 0
        self._reached: tuple[float, int] | None = None

    @property
    def segment(self) -> int:
        """The number of the stretch that runs now; an event is fed with the number it came under."""
        return self._count

    @property
    def grid(self) -> FrameGrid | None:
        """When the recording's frames begin, None while that is not known."""
        return self._grid

    @grid.setter
    def grid(self, grid: FrameGrid | None) -> None:
        self._grid = grid
        self._follow_from(0)

    @property
    def ready(self) -> int | None:
        """How many frames the player keeps decoded ahead of the screen, None while that is not known.

        After a change of the rate they are still shown as the old rate had it.
        """
        return self._ready

    @ready.setter
    def ready(self, ready: int | None) -> None:
        self._ready = ready
        self._follow_from(0)

    def open(self, moment_s: float, at_ms: int, *, paused: bool) -> None:
        """Another recording, or the same one anew: all that was known before is forgotten."""
        self.close()
        self.seek(moment_s, at_ms, paused=paused)

    def close(self) -> None:
        """Nothing is open any more."""
        self.length_ms = None
        self._stretches.clear()
        self.grid = self.ready = None

    def seek(self, moment_s: float, at_ms: int, *, paused: bool) -> None:
        """A jump, always at the rate 1: until it has arrived the answer is its target."""
        self._rate, self._rate_is_new = 1.0, False
        self._reached = None
        self._begin(moment_s, stands=paused, led_to_ms=at_ms, jumped=True)
        self._jump = self._count

    def arrive(self, segment: int, moment_s: float, at_ms: float) -> None:
        """The jump that began that segment, while playing: at that moment its picture was to be shown."""
        for known in self._stretches:
            if known.number == segment and not known.stands:
                known.arrived = (moment_s, at_ms)
        self._follow_from(0)

    def land(self, moment_s: float, at_ms: float, player_ms: float) -> None:
        """The recording stands on the frame of `at_ms`; the player's own clock goes on from `player_ms`."""
        self._begin(moment_s, stands=True, led_to_ms=at_ms, goes_on_from_ms=player_ms)

    def pause(self, moment_s: float) -> None:
        if self._stretches and not self._stretches[-1].stands:
            self._begin(moment_s, stands=True)

    def resume(self, moment_s: float) -> None:
        if self._stretches and self._stretches[-1].stands:
            self._begin(moment_s, stands=False)

    def change_rate(self, moment_s: float, rate: float) -> None:
        """The rate that the player was asked for; what it makes of it is known here."""
        self._rate, self._rate_is_new = rate_in_vlc(rate), True
        if self._stretches and not self._stretches[-1].stands:
            self._begin(moment_s, stands=False)

    def is_catching_up(self, moment_s: float) -> bool:
        """Whether the picture still comes as a rate before the present one had it."""
        return bool(self._stretches) and self._stretches[-1].is_catching_up(moment_s)

    def until_sure_s(self, moment_s: float) -> float:
        """How long to wait with a pause or another rate, so that it is sure at which frame it takes hold.

        At most a frame. 0 while it stands, and where frames are not known.
        """
        grid, stretch = self._grid, self._stretches[-1] if self._stretches else None
        if grid is None or stretch is None or stretch.stands or stretch.is_catching_up(moment_s):
            return 0.0
        shown_ms = stretch.shown_ms(moment_s)
        number = grid.number_at(shown_ms)
        next_ms = grid.start_ms(number + 1)
        left_s = (next_ms - shown_ms) / 1000 / stretch.rate
        lasts_s = (next_ms - grid.start_ms(number)) / 1000 / stretch.rate
        return left_s + _INTO_FRAME_S if left_s < min(_DOUBTFUL_S, _DOUBTFUL_PART * lasts_s) else 0.0

    def step(self, moment_s: float) -> None:
        """The picture after the one on screen is shown, and stays."""
        self.pause(moment_s)
        if self._stretches:
            self._begin(moment_s, stands=True, stepped=True)

    def end(self, moment_s: float) -> None:
        """The recording has played to its end."""
        if self._stretches:
            end_ms = self._stretches[-1].player_ms(moment_s) if self.length_ms is None else self.length_ms
            self._begin(moment_s, stands=True, led_to_ms=end_ms)

    def feed(self, segment: int, moment_s: float, time_ms: float) -> None:
        """A true event: it came at that moment, under that segment, and said that time."""
        for place, known in enumerate(self._stretches):
            if known.number == segment and not known.stands:
                known.hear(moment_s, time_ms)
                self._follow_from(place)

    def feed_pause(self, segment: int, moment_s: float) -> None:
        """The pause that began that segment took hold at that moment only; a busy machine makes it late."""
        for place, known in enumerate(self._stretches):
            late_s = moment_s - known.from_s
            if known.number == segment and known.stands and 0 < late_s < PAUSE_LATE_MOST_S:
                known.from_s = moment_s
                self._follow_from(max(0, place - 1))

    def _follow_from(self, place: int) -> None:
        for before, after in pairwise(self._stretches[place:]):
            after.follow(before, self._grid, self._ready)

    def position_at(self, moment_s: float) -> Position | None:
        """The position at that moment, None when nothing is open.

        Asked for ever later moments it runs backwards by a jump only. Asked for an earlier one it says what
        is known of it by now. A moment before the opening is taken for the opening.
        """
        if not self._stretches:
            return None
        stretch = self._stretch_at(moment_s)
        shown_ms = stretch.shown_ms(moment_s)
        at_ms = max(0, math.floor(shown_ms) if self._grid is None else self._grid.within(shown_ms))
        if self.length_ms is not None:
            at_ms = min(at_ms, self.length_ms)
        reached_s, reached_ms = self._reached or (moment_s, at_ms)
        if moment_s >= reached_s and stretch.number >= self._jump:
            at_ms = max(at_ms, reached_ms)
            self._reached = (moment_s, at_ms)
        return Position(at_ms, stretch.approximate(moment_s), stretch.stands)

    def played_since_seek_ms(self, moment_s: float) -> int:
        """How much of the recording was played up to that moment since the last open or seek before it."""
        if not self._stretches:
            return 0
        stretch = self._stretch_at(moment_s)
        jumps = [known for known in self._stretches if known.jumped and known.number <= stretch.number]
        jump = jumps[-1] if jumps else self._stretches[0]
        return max(0, round(stretch.player_ms(moment_s) - jump.begins_ms))

    def _stretch_at(self, moment_s: float) -> Stretch:
        place = bisect_right(self._stretches, moment_s, key=lambda known: known.from_s)
        return self._stretches[max(0, place - 1)]

    def _begin(
        self,
        moment_s: float,
        *,
        stands: bool,
        led_to_ms: float | None = None,
        goes_on_from_ms: float | None = None,
        jumped: bool = False,
        stepped: bool = False,
    ) -> None:
        self._count += 1
        stretch = Stretch(
            self._count, moment_s, self._rate, stands, led_to_ms, goes_on_from_ms, jumped, stepped
        )
        stretch.starves = self.starves
        if self._rate_is_new and not stands:
            stretch.rate_is_new, self._rate_is_new = True, False
        stretch.follow(self._stretches[-1] if self._stretches else stretch, self._grid, self._ready)
        self._stretches.append(stretch)
        del self._stretches[:-STRETCHES_KEPT]
