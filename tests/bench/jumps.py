"""Jumps: where they land, what flashes on the way, how long they take; and many at random rates."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.contestants import Contestant, await_still, until, wait
from tests.bench.numbered_clips import Clip

TARGETS = 40
_ROOM_S = 12.0
_FAR_S = 3.0
"""A target is so far from where the clip stands that no frame can belong to both."""
_LIMIT_S = 3.0
_STILL_S = 0.7
_RATES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)

Look = tuple[float, int]
"""A moment in seconds, and the frame that was on screen from then on."""


@dataclass(frozen=True)
class Jump:
    """Frames, -1 for none. `first` is the first new one that was on screen.

    `landed`: while playing the first one within a second of the target, while paused the one that finally
    stands. `flashed`: what was shown before it. `black`: the picture was gone meanwhile. `picture_ms`: from
    the key to the target's picture (while playing, or one that follows within half a second); None: never.
    `at_start`: the jump was to the first whole ms of the target, and not into its middle.
    """

    target: int
    at_start: bool
    first: int
    landed: int
    flashed: tuple[int, ...]
    black: bool
    picture_ms: float | None


@dataclass(frozen=True)
class Stretch:
    """The same picture, or none, for so long while the clip should have played."""

    seconds: float
    frame: int
    rate: float


def targets_ms(clip: Clip, chance: random.Random) -> tuple[int, ...]:
    """Moments in the order of the clip: every other one the start of a frame in whole ms, the rest in it."""
    last = clip.frames - round(_ROOM_S * clip.kind.frames_per_s)
    frames = sorted(chance.sample(range(10, last), TARGETS))
    return tuple(
        _first_ms(clip, frame) if number % 2 else _first_ms(clip, frame) + chance.randint(5, 30)
        for number, frame in enumerate(frames)
    )


def _first_ms(clip: Clip, frame: int) -> int:
    """The first whole ms that lies in the frame."""
    return -int(-clip.pts_ms[frame] // 1)


def frame_at(clip: Clip, at_ms: float) -> int:
    return sum(1 for begins_ms in clip.pts_ms if begins_ms <= at_ms) - 1


def watch(contestant: Contestant, is_enough: Callable[[Sequence[Look]], bool], limit_s: float) -> list[Look]:
    """What is on screen from now on, a row for each change."""
    looks = [(time.monotonic(), contestant.picture.read())]

    def look() -> bool:
        frame = contestant.picture.read()
        if frame != looks[-1][1]:
            looks.append((time.monotonic(), frame))
        return is_enough(looks)

    until(look, limit_s)
    return looks


def jumps(
    contestant: Contestant, targets: Sequence[int], count: int, chance: random.Random, *, is_paused: bool
) -> list[Jump]:
    """Jumps to and fro between targets (in ms), each from where the clip then is."""
    clip, found = contestant.clip, []
    frames = [frame_at(clip, at_ms) for at_ms in targets]
    contestant.play()
    wait(1.0)
    if is_paused:
        contestant.pause()
        await_still(contestant)
    for _ in range(count):
        number = _far(contestant, frames, chance)
        contestant.aim(number)
        wait(0.15)
        at_start = targets[number] == _first_ms(clip, frames[number])
        jump = _paused_jump if is_paused else _playing_jump
        found.append(jump(contestant, frames[number], at_start=at_start))
        wait(chance.uniform(0.1, 0.6))
    return found


def _far(contestant: Contestant, frames: Sequence[int], chance: random.Random) -> int:
    """The number of a target, neither just here nor at the other end of the page."""
    here = contestant.picture.read()
    far = _FAR_S * contestant.clip.kind.frames_per_s
    return chance.choice([number for number, frame in enumerate(frames) if abs(frame - here) > far])


def _playing_jump(contestant: Contestant, target: int, *, at_start: bool) -> Jump:
    per_s = contestant.clip.kind.frames_per_s
    from_frame = contestant.picture.read()
    contestant.jump()
    pressed_s = time.monotonic()

    def is_old(look: Look) -> bool:
        return from_frame - 1 <= look[1] <= from_frame + (look[0] - pressed_s + 0.2) * per_s

    def has_come(looks: Sequence[Look]) -> bool:
        return _is_of(target, looks[-1][1], per_s) and not is_old(looks[-1])

    looks = watch(contestant, has_come, _LIMIT_S)
    new = [frame for moment_s, frame in looks if frame >= 0 and not is_old((moment_s, frame))]
    landed = next((frame for frame in new if abs(frame - target) <= per_s), -1)
    flashed = new[: new.index(landed)] if landed >= 0 else new
    came_ms = (looks[-1][0] - pressed_s) * 1000 if has_come(looks) else None
    first = new[0] if new else -1
    return Jump(target, at_start, first, landed, tuple(flashed), _was_black(looks), came_ms)


def _was_black(looks: Sequence[Look]) -> bool:
    return any(frame < 0 for _, frame in looks)


def _is_of(target: int, frame: int, per_s: float) -> bool:
    """Whether a frame is the target, or one that follows within half a second."""
    return target <= frame < target + per_s / 2


def _paused_jump(contestant: Contestant, target: int, *, at_start: bool) -> Jump:
    from_frame = contestant.picture.read()
    contestant.jump()
    pressed_s = time.monotonic()

    def stands(looks: Sequence[Look]) -> bool:
        has_moved = len(looks) > 1 and looks[-1][1] >= 0
        return has_moved and time.monotonic() - looks[-1][0] > _STILL_S

    looks = watch(contestant, stands, _LIMIT_S)
    landed_s, landed = looks[-1]
    shown = [frame for _, frame in looks if frame >= 0]
    new = [frame for frame in shown if frame != from_frame]
    came_ms = (landed_s - pressed_s) * 1000 if landed == target else None
    first = new[0] if new else -1
    return Jump(target, at_start, first, landed, tuple(new[:-1]), _was_black(looks), came_ms)


def random_jumps(
    contestant: Contestant, targets: Sequence[int], count: int, chance: random.Random
) -> list[Stretch]:
    """All stretches without a change of the picture, during many jumps at random rates."""
    clip = contestant.clip
    frames = [frame_at(clip, at_ms) for at_ms in targets]
    contestant.play()
    wait(1.0)
    looks: list[Look] = []
    rates = [(0.0, 1.0)]
    for _ in range(count):
        if chance.random() < 0.5:
            rates.append((time.monotonic(), chance.choice(_RATES)))
            contestant.set_rate(rates[-1][1])
        contestant.aim(_far(contestant, frames, chance))
        contestant.jump()
        watch_s = chance.choice((0.05, chance.uniform(0.3, 1.2)))
        looks += watch(contestant, lambda _: False, watch_s)
    return stretches(looks, time.monotonic(), rates)


def stretches(looks: Sequence[Look], end_s: float, rates: Sequence[tuple[float, float]]) -> list[Stretch]:
    """Of looks in which the same picture may stand in several rows; all that is no frame is no picture."""
    firsts = [look for before, look in zip([(0.0, -9), *looks], looks, strict=False) if _differ(before, look)]
    ends = [moment_s for moment_s, _ in firsts[1:]] + [end_s]
    return [
        Stretch(until_s - from_s, frame, next(rate for since_s, rate in reversed(rates) if since_s <= from_s))
        for (from_s, frame), until_s in zip(firsts, ends, strict=True)
    ]


def _differ(before: Look, look: Look) -> bool:
    return before[1] != look[1] and (before[1] == -9 or max(before[1], look[1]) >= 0)
