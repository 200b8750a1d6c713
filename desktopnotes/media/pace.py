"""How fast others may call: each for itself, so that who floods us makes nobody else wait."""

from __future__ import annotations

import time
from collections import Counter

_BREATH_S = 0.0003
"""Between the messages of a flood, so that reading it leaves the window its time."""


class Pace:
    """Counts calls in each second by who makes them; of one caller `most` are taken, the rest is refused."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._second = 0
        self._calls: Counter[str] = Counter()
        self._all = 0

    def may(self, who: str) -> bool:
        """Whether this call of theirs is taken; asked once for each call."""
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._all = second, 0
            self._calls.clear()
        self._calls[who] += 1
        self._all += 1
        if self._all > self._most:
            time.sleep(_BREATH_S)
        return self._calls[who] <= self._most
