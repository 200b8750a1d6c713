"""The true position: where the recording stands at a moment; never asks libVLC, never reads the time.

libVLC's `get_time()` is 165 ms late in the middle and stays wrong after a pause. Its time events carry the
true time of the instant they are sent in, but come only every 250 to 500 ms and may be held up on their way.
So the clock is told what was asked of the player and every event, each with its moment, and works out the
rest. All moments are seconds of one and the same steady clock; a moment can be asked about again later, when
events that came after it make the answer better.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

EVENTS_ASKED = 8
SPREAD_MOST_MS = 25.0
SHOWN_LATE_MS = 0.5
"""How long after its time a picture is on screen."""
PAUSED_LATE_MS = 4.0
"""What a pause needs to take hold: within it the next frame can still become the one that stays."""
PAUSED_AHEAD_MS = 20.0
"""How far ahead of the clock the picture stands that stays, where frames are not known: half a frame."""
FRAME_GUESS_MS = 40.0
PAUSE_LATE_MOST_S = 0.5
RATE_SETTLES_S = 1.4
"""After a change of the rate the picture runs off the clock for so long."""
EVENTS_KEPT = 2400
SEGMENTS_KEPT = 256


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


def frame_at(at_ms: float, frame_rate: float) -> int:
    """The number of the frame shown at `at_ms`, from 0; a time rounded to whole ms still finds its frame."""
    return math.floor((at_ms + 0.5) * frame_rate / 1000)


def frame_start_ms(frame: int, frame_rate: float) -> int:
    """The first whole ms in which that frame is shown."""
    return math.ceil(frame * 1000 / frame_rate - 1e-6)


def jump_target_ms(at_ms: int, frame_rate: float | None) -> int:
    """Where to send the player for the frame of `at_ms`: the frame's start, to the nearest ms."""
    if frame_rate is None:
        return at_ms
    return round(frame_at(at_ms, frame_rate) * 1000 / frame_rate)


class Clock:
    """What was asked of the player and what it said, and from these the position at any recent moment.

    `length_ms` and `frame_rate` are set by the player as soon as it knows them.
    """

    def __init__(self) -> None:
        self.length_ms: int | None = None
        self.frame_rate: float | None = None
        self._rate = 1.0
        self._rate_is_new = False
        self._segments: list[_Segment] = []
        self._count = 0
        self._jump = 0
        self._reached: tuple[float, int] | None = None

    @property
    def segment(self) -> int:
        """The number of the stretch that runs now; an event is fed with the number it came under."""
        return self._count

    def open(self, moment_s: float, at_ms: int, *, paused: bool) -> None:
        """Another recording, or the same one anew: all that was known before is forgotten."""
        self.close()
        self.seek(moment_s, at_ms, paused=paused)

    def close(self) -> None:
        """Nothing is open any more."""
        self.length_ms = self.frame_rate = None
        self._segments.clear()

    def seek(self, moment_s: float, at_ms: int, *, paused: bool) -> None:
        """A jump, always at the rate 1: until the first true event the answer is its target."""
        self._rate, self._rate_is_new = 1.0, False
        self._reached = None
        self._begin(moment_s, stands=paused, led_to_ms=at_ms, jumped=True)
        self._jump = self._count

    def pause(self, moment_s: float) -> None:
        if self._segments and not self._segments[-1].stands:
            self._begin(moment_s, stands=True)

    def resume(self, moment_s: float) -> None:
        if self._segments and self._segments[-1].stands:
            self._begin(moment_s, stands=False)

    def change_rate(self, moment_s: float, rate: float) -> None:
        """The rate that the player was asked for; what it makes of it is known here."""
        self._rate, self._rate_is_new = rate_in_vlc(rate), True
        if self._segments and not self._segments[-1].stands:
            self._begin(moment_s, stands=False)

    def step(self, moment_s: float) -> None:
        """The picture after the one on screen is shown, and stays."""
        self.pause(moment_s)
        if self._segments:
            self._begin(moment_s, stands=True, stepped=True)

    def end(self, moment_s: float) -> None:
        """The recording has played to its end."""
        if self._segments:
            end_ms = self._segments[-1].raw_ms(moment_s) if self.length_ms is None else self.length_ms
            self._begin(moment_s, stands=True, led_to_ms=end_ms)

    def feed(self, segment: int, moment_s: float, time_ms: float) -> None:
        """A true event: it came at that moment, under that segment, and said that time."""
        for place, known in enumerate(self._segments):
            if known.number == segment and not known.stands:
                known.hear(moment_s, time_ms)
                self._follow_from(place)

    def feed_pause(self, segment: int, moment_s: float) -> None:
        """The pause that began that segment took hold at that moment only; a busy machine makes it late."""
        for place, known in enumerate(self._segments):
            late_s = moment_s - known.from_s
            if known.number == segment and known.stands and 0 < late_s < PAUSE_LATE_MOST_S:
                known.from_s = moment_s
                self._follow_from(max(0, place - 1))

    def _follow_from(self, place: int) -> None:
        for before, after in pairwise(self._segments[place:]):
            after.follow(before, self.frame_rate)

    def position_at(self, moment_s: float) -> Position | None:
        """The position at that moment, None when nothing is open.

        Asked for ever later moments it runs backwards by a jump only. Asked for an earlier one it says what
        is known of it by now. A moment before the opening is taken for the opening.
        """
        if not self._segments:
            return None
        segment = self._segment_at(moment_s)
        at_ms = max(0, _whole_ms(segment.shown_ms(moment_s), self.frame_rate))
        if self.length_ms is not None:
            at_ms = min(at_ms, self.length_ms)
        reached_s, reached_ms = self._reached or (moment_s, at_ms)
        if moment_s >= reached_s and segment.number >= self._jump:
            at_ms = max(at_ms, reached_ms)
            self._reached = (moment_s, at_ms)
        return Position(at_ms, segment.approximate(moment_s), segment.stands)

    def played_since_seek_ms(self, moment_s: float) -> int:
        """How much of the recording was played up to that moment since the last open or seek before it."""
        if not self._segments:
            return 0
        segment = self._segment_at(moment_s)
        jumps = [known for known in self._segments if known.jumped and known.number <= segment.number]
        jump = jumps[-1] if jumps else self._segments[0]
        return max(0, round(segment.raw_ms(moment_s) - jump.begins_ms))

    def _segment_at(self, moment_s: float) -> _Segment:
        begun = [known for known in self._segments if known.from_s <= moment_s]
        return begun[-1] if begun else self._segments[0]

    def _begin(
        self,
        moment_s: float,
        *,
        stands: bool,
        led_to_ms: float | None = None,
        jumped: bool = False,
        stepped: bool = False,
    ) -> None:
        self._count += 1
        settles_s = -math.inf
        if self._rate_is_new and not stands:
            settles_s, self._rate_is_new = moment_s + RATE_SETTLES_S, False
        segment = _Segment(self._count, moment_s, self._rate, stands, led_to_ms, jumped, stepped, settles_s)
        segment.follow(self._segments[-1] if self._segments else segment, self.frame_rate)
        self._segments.append(segment)
        del self._segments[:-SEGMENTS_KEPT]


@dataclass
class _Segment:
    """A stretch in which nothing is asked of the player, so that time runs evenly or stands still."""

    number: int
    from_s: float
    rate: float
    stands: bool
    led_to_ms: float | None
    jumped: bool
    stepped: bool
    settles_s: float
    begins_ms: float = 0.0
    still_ms: float = 0.0
    begins_approximate: bool = False
    moments_s: list[float] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)

    def follow(self, before: _Segment, frame_rate: float | None) -> None:
        """Go on where the segment before stood when this one began; done again when more is known of it."""
        if self.led_to_ms is not None:
            self.begins_ms = self.still_ms = self.led_to_ms
            self.begins_approximate = self.jumped and self.led_to_ms > 0
            return
        self.begins_ms = before.raw_ms(self.from_s)
        self.begins_approximate = before.approximate(self.from_s)
        if self.stepped:
            self.begins_ms = self.still_ms = _next_picture_ms(before.still_ms, frame_rate)
        elif before.stands:
            self.still_ms = before.still_ms
        else:
            self.still_ms = _picture_after_pause_ms(self.begins_ms, frame_rate)

    def hear(self, moment_s: float, time_ms: float) -> None:
        place = bisect_left(self.moments_s, moment_s)
        self.moments_s.insert(place, moment_s)
        self.times_ms.insert(place, time_ms)
        if len(self.moments_s) > EVENTS_KEPT:
            del self.moments_s[0], self.times_ms[0]

    def raw_ms(self, moment_s: float) -> float:
        """The time of the player's own clock, whatever picture stands on the screen."""
        if self.stands:
            return self.begins_ms
        if self.moments_s:
            now_ms = 1000 * moment_s - SHOWN_LATE_MS
            return max(self.begins_ms, self._offset_ms(moment_s) + self.rate * now_ms)
        if self.led_to_ms is not None:
            return self.begins_ms
        return self.begins_ms + self.rate * 1000 * max(0.0, moment_s - self.from_s)

    def shown_ms(self, moment_s: float) -> float:
        """Where the picture on screen stands."""
        return self.still_ms if self.stands else self.raw_ms(moment_s)

    def approximate(self, moment_s: float) -> bool:
        if self.stands or not self.moments_s:
            return self.begins_approximate or not self.stands
        return moment_s < self.settles_s

    def _offset_ms(self, moment_s: float) -> float:
        """What the events about that moment say; one can be late, which makes it smaller, but never early."""
        place = bisect_left(self.moments_s, moment_s)
        about = range(max(0, place - EVENTS_ASKED), min(len(self.moments_s), place + EVENTS_ASKED))
        nearest = sorted(about, key=lambda i: abs(self.moments_s[i] - moment_s))[:EVENTS_ASKED]
        offsets = [self.times_ms[i] - self.rate * 1000 * self.moments_s[i] for i in nearest]
        if max(offsets) - min(offsets) > SPREAD_MOST_MS:
            return max(offsets[:2])
        return sorted(offsets)[round(0.75 * (len(offsets) - 1))]


def _whole_ms(at_ms: float, frame_rate: float | None) -> int:
    """Rounded down, but not into the frame before."""
    if frame_rate is None:
        return math.floor(at_ms)
    return max(math.floor(at_ms), frame_start_ms(math.floor(at_ms * frame_rate / 1000), frame_rate))


def _picture_after_pause_ms(paused_at_ms: float, frame_rate: float | None) -> float:
    """Where the picture stands that stays when a playing recording is paused: it is the next one."""
    if frame_rate is None:
        return paused_at_ms + PAUSED_AHEAD_MS
    return frame_start_ms(math.floor((paused_at_ms + PAUSED_LATE_MS) * frame_rate / 1000) + 1, frame_rate)


def _next_picture_ms(still_ms: float, frame_rate: float | None) -> float:
    if frame_rate is None:
        return still_ms + FRAME_GUESS_MS
    return frame_start_ms(frame_at(still_ms, frame_rate) + 1, frame_rate)
