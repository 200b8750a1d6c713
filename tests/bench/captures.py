"""What a player said of the frame on screen, and how right that was. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.numbered_clips import Clip
from tests.bench.running import percentile

NO_PICTURE = -1


@dataclass(frozen=True)
class Capture:
    """The frame on screen (after the end perhaps `NO_PICTURE`), and the ms that were said; None: no answer.

    `resolved_ms` is what was said of the same moment later, by who does that. `moment_s` is that moment.
    """

    frame: int
    moment_s: float
    has_ended: bool
    said_ms: float | None
    resolved_ms: float | None


@dataclass
class Taken:
    """What one row took. `dropped`: the frame changed just then; `lost`: what was waited for never came."""

    wanted: int
    captures: list[Capture] = field(default_factory=list)
    dropped: int = 0
    unreadable: int = 0
    black: int = 0
    lost: int = 0

    @property
    def wants_more(self) -> bool:
        return len(self.captures) < self.wanted

    @property
    def failed(self) -> int:
        return self.unreadable + self.black + self.lost

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Taken:
        return cls(**(told | {"captures": [Capture(**each) for each in told["captures"]]}))


@dataclass(frozen=True)
class Share:
    """Of all captures: parts of 1, and the signed errors in ms in the order of their size."""

    exact: float
    within_one: float
    errors_ms: Sequence[int]

    def error_ms(self, part: float) -> float:
        """The signed error that `part` (0 to 1) of all do not exceed in size. NaN for none."""
        size = percentile([abs(error) for error in self.errors_ms], part)
        return next((error for error in self.errors_ms if abs(error) == size), size)


def error_ms(clip: Clip, frame: int, said_ms: float) -> int:
    """How far it lies outside of the frame's own time, from its PTS to just before the next; 0 within.

    In whole ms away from 0: the start of the next frame is 1.
    """
    begins_ms, ends_ms = clip.pts_ms[frame], clip.ends_ms[frame]
    if said_ms < begins_ms:
        return math.floor(said_ms - begins_ms)
    return 0 if said_ms < ends_ms else math.floor(said_ms - ends_ms) + 1


def is_within_one(clip: Clip, frame: int, said_ms: float) -> bool:
    """Whether it lies in the frame, or in the one before or after."""
    return clip.pts_ms[max(0, frame - 1)] <= said_ms < clip.ends_ms[min(frame + 1, clip.frames - 1)]


def judged(clip: Clip, captures: Sequence[Capture], *, is_resolved: bool) -> Share:
    """No answer is wrong, but right where the clip has ended: such a note is about the talk.

    There the last frame is also meant by a moment past the end, as sound that is longer makes it.
    """
    errors_ms: list[int] = []
    exact = within_one = 0
    for capture in captures:
        said_ms = capture.resolved_ms if is_resolved else capture.said_ms
        frame = clip.frames - 1 if capture.frame == NO_PICTURE else capture.frame
        if said_ms is None:
            exact += capture.has_ended
            within_one += capture.has_ended
        else:
            said_ms = min(said_ms, clip.length_ms) if capture.has_ended else said_ms
            errors_ms.append(error_ms(clip, frame, said_ms))
            exact += not errors_ms[-1]
            within_one += is_within_one(clip, frame, said_ms)
    count = max(1, len(captures))
    return Share(exact / count, within_one / count, sorted(errors_ms, key=abs))
