"""When the frames of a recording begin: which one is shown at a time, and where its neighbours stand."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_SLACK_MS = 1e-6
"""What a start may be off by for being a binary fraction."""


@dataclass(frozen=True, slots=True)
class FrameGrid:
    """The frames of a recording, numbered from 0; all times are ms as the player counts them.

    `rate` is frames a second where it is constant, else on average. `first_ms` is when the first frame is
    shown: sound can begin before it. `starts_ms` has the start of every frame where the rate varies, in
    order, and is empty where it does not.
    """

    rate: float
    first_ms: float = 0.0
    starts_ms: Sequence[float] = ()

    def number_at(self, at_ms: float) -> int:
        """The frame that is shown at that time; before the first one it is the first."""
        if self.starts_ms:
            return max(0, bisect_right(self.starts_ms, at_ms + _SLACK_MS) - 1)
        return max(0, math.floor((at_ms + _SLACK_MS - self.first_ms) * self.rate / 1000))

    def start_ms(self, number: int) -> float:
        """When that frame is first shown; for the ones beyond the last, as if others followed."""
        number = max(0, number)
        if not self.starts_ms:
            return self.first_ms + number * 1000 / self.rate
        last = len(self.starts_ms) - 1
        return self.starts_ms[min(number, last)] + max(0, number - last) * 1000 / self.rate

    def whole_start_ms(self, number: int) -> int:
        """The first whole ms in which that frame is shown."""
        return math.ceil(self.start_ms(number) - _SLACK_MS)

    def within(self, at_ms: float) -> int:
        """`at_ms` rounded down, but not into the frame before."""
        return max(math.floor(at_ms + _SLACK_MS), self.whole_start_ms(self.number_at(at_ms)))


def grid_of_told(rate: float) -> FrameGrid:
    """The grid of a rate that was told as a rounded figure: 29.97 is 30000/1001."""
    from fractions import Fraction  # loads decimal too, and hardly any file needs it

    return FrameGrid(float(Fraction(rate).limit_denominator(1001)))
