"""The states in which a player is asked for its time. Each row plays its contestant until enough is taken.

A row may end before that, near the end of the clip: then it is run again on a fresh contestant.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.bench.contestants import Contestant, Questions, Start, await_still, until, wait
from tests.bench.numbered_clips import Clip

_ROOM_S = 12.0
"""So much of the clip is left alone at its end, but for the rows that are about the end."""
_ARRIVAL_S = 3.0
"""A jump's picture that has not come by then is lost."""
_STEADY_S = 4.0
_RATES = (0.5, 1.0, 1.5, 2.0)
_END_MS = 2000

Play = Callable[[Contestant, Questions, random.Random], None]


@dataclass(frozen=True)
class Row:
    """`play` takes captures; the contestant starts at `at_ms` (from the end where negative) at `rate`."""

    name: str
    play: Play
    rate: float = 1.0
    at_ms: int = 0
    at_most: int | None = None

    def start(self, clip: Clip) -> Start:
        at_ms = self.at_ms if self.at_ms >= 0 else round(clip.length_ms) + self.at_ms
        return Start(clip, at_ms, self.rate)


def _has_room(contestant: Contestant) -> bool:
    clip = contestant.clip
    return contestant.picture.read() < clip.frames - _ROOM_S * clip.kind.frames_per_s


def playing(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    """From some time after the start on: what it does to another rate is in the rows of rate changes."""
    contestant.play()
    wait(_STEADY_S)
    while asked.wants_more and _has_room(contestant):
        asked.take()
        wait(chance.uniform(0.02, 0.12))


def paused(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    while asked.wants_more and _has_room(contestant):
        contestant.play()
        wait(chance.uniform(0.25, 0.6))
        contestant.pause()
        await_still(contestant)
        asked.take()


def resumed(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    contestant.play()
    wait(1.0)
    while asked.wants_more and _has_room(contestant):
        contestant.pause()
        await_still(contestant)
        wait(chance.uniform(0.0, 0.3))
        contestant.play()
        wait(chance.uniform(0.01, 0.5))
        asked.take()
        wait(chance.uniform(0.1, 0.4))


def sought(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    contestant.play()
    wait(1.0)
    while asked.wants_more and _has_room(contestant):
        if not _skipped(contestant, chance):
            asked.lose()
            continue
        wait(chance.uniform(0.002, 0.6))
        asked.take()
        wait(chance.uniform(0.05, 0.4))


def _skipped(contestant: Contestant, chance: random.Random) -> bool:
    """Skips to and fro; whether a picture of another place came."""
    read, clip = contestant.picture.read, contestant.clip
    frame, begun_s = read(), time.monotonic()
    part = frame / clip.frames
    contestant.skip(forward=part < 0.2 or (part < 0.6 and chance.random() < 0.5))

    def is_elsewhere() -> bool:
        # A frame that libVLC had ready for a second later flashes at some jumps: it is not of the new place.
        played_s = time.monotonic() - begun_s + 2.0
        now = read()
        return now >= 0 and not frame - 2 <= now <= frame + played_s * clip.kind.frames_per_s

    return until(is_elsewhere, _ARRIVAL_S)


def rated(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    for _ in _changes_of_rate(contestant, asked, chance):
        wait(chance.uniform(0.0, 1.0))
        asked.take()
        wait(chance.uniform(0.3, 1.5))


def rated_before(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    """From 1 s after a change of rate until the rows of steady rates begin."""
    for _ in _changes_of_rate(contestant, asked, chance):
        wait(1.0)
        for _ in range(3):
            wait(chance.uniform(0.0, (_STEADY_S - 1.0) / 3))
            if asked.wants_more:
                asked.take()


def _changes_of_rate(contestant: Contestant, asked: Questions, chance: random.Random) -> Iterator[float]:
    contestant.play()
    wait(1.5)
    rate = 1.0
    while asked.wants_more and _has_room(contestant):
        rate = chance.choice([each for each in _RATES if each != rate])
        contestant.set_rate(rate)
        yield rate


def at_the_end(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    """Only in the last 2 s; the contestant starts some time before."""
    contestant.play()
    first = _frame_before_end(contestant.clip, _END_MS)
    until(lambda: contestant.picture.read() >= first, 2 * _ROOM_S)
    last = _frame_before_end(contestant.clip, 150)
    while asked.wants_more and 0 <= contestant.picture.read() < last:
        asked.take()
        wait(chance.uniform(0.02, 0.12))


def after_the_end(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    contestant.play()
    near = _frame_before_end(contestant.clip, 500)
    until(lambda: contestant.picture.read() >= near, 2 * _ROOM_S)
    await_still(contestant, 1.0, 5.0)
    for _ in range(4):
        if asked.wants_more:
            asked.take(has_ended=True)
            wait(chance.uniform(0.02, 0.4))


def _frame_before_end(clip: Clip, ms: int) -> int:
    return next(frame for frame, at_ms in enumerate(clip.pts_ms) if at_ms >= clip.length_ms - ms)


def stepped(contestant: Contestant, asked: Questions, chance: random.Random) -> None:
    while asked.wants_more and _has_room(contestant):
        contestant.play()
        wait(chance.uniform(0.3, 0.6))
        contestant.pause()
        await_still(contestant)
        for _ in range(3):
            _step(contestant, chance)
            if asked.wants_more:
                asked.take()


def _step(contestant: Contestant, chance: random.Random) -> None:
    """Some frames forward, or back where that can be done; and stands."""
    forward = chance.random() < 0.6
    for _ in range(chance.randint(1, 3)):
        frame = contestant.picture.read()
        if not contestant.step(forward=forward):
            contestant.step(forward=True)
        until(partial(_is_other, contestant, frame), 1.0)
    await_still(contestant)


def _is_other(contestant: Contestant, frame: int) -> bool:
    return contestant.picture.read() != frame


MAIN_ROWS = (
    Row("1x", playing),
    Row("1.5x", playing, rate=1.5),
    Row("2x", playing, rate=2.0),
    Row("0.5x", playing, rate=0.5),
    Row("paused", paused),
    Row("after resume", resumed),
    Row("after a seek", sought),
    Row("after a rate change", rated),
    Row("1-4 s after one", rated_before),
    Row("at the end", at_the_end, at_ms=-4000),
    Row("after the end", after_the_end, at_ms=-2500, at_most=20),
    Row("stepped", stepped),
)
OTHER_ROWS = tuple(row for row in MAIN_ROWS if row.name in ("1x", "paused", "after a seek"))
