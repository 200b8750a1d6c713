"""What a player said of the frame on screen, and how right that was. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.numbered_clips import Clip
from tests.bench.running import percentile

NO_PICTURE = -1


@dataclass(frozen=True)
class Capture:
    """The frame on screen (`NO_PICTURE` after the end), and the ms that were said; None for no answer.

    `resolved_ms` is what was said of the same moment later, by who does that.
    """

    frame: int
    said_ms: float | None
    resolved_ms: float | None = None


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

    count: int
    exact: float
    within_one: float
    errors_ms: Sequence[float]

    def error_ms(self, part: float) -> float:
        return percentile_by_size(self.errors_ms, part)


def error_ms(clip: Clip, frame: int, said_ms: float) -> float:
    """How far it lies outside of the frame's own time, from its PTS to just before the next; 0 within."""
    begins_ms, ends_ms = clip.pts_ms[frame], clip.ends_ms[frame]
    if said_ms < begins_ms:
        return said_ms - begins_ms
    # The end itself belongs to the next frame, so it must not count as no error.
    return 0.0 if said_ms < ends_ms else max(said_ms - ends_ms, 0.001)


def is_within_one(clip: Clip, frame: int, said_ms: float) -> bool:
    """Whether it lies in the frame, or in the one before or after."""
    return clip.pts_ms[max(0, frame - 1)] <= said_ms < clip.ends_ms[min(frame + 1, clip.frames - 1)]


def judged(clip: Clip, pairs: Sequence[tuple[int, float | None]]) -> Share:
    """Of frames and what was said. No answer is wrong, but right where the clip has ended."""
    errors_ms: list[float] = []
    exact = within_one = 0
    for frame, said_ms in pairs:
        if frame == NO_PICTURE:
            is_right = said_ms is None or said_ms >= clip.pts_ms[-1]
            exact += is_right
            within_one += is_right
        elif said_ms is not None:
            errors_ms.append(error_ms(clip, frame, said_ms))
            exact += not errors_ms[-1]
            within_one += is_within_one(clip, frame, said_ms)
    count = max(1, len(pairs))
    return Share(len(pairs), exact / count, within_one / count, sorted(errors_ms, key=abs))


def percentile_by_size(figures: Sequence[float], part: float) -> float:
    """The signed figure at that part (0 to 1) of all, by their size. NaN for none."""
    size = percentile([abs(figure) for figure in figures], part)
    return next((figure for figure in figures if abs(figure) == size), size)
