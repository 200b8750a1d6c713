"""Work on the window's thread in small pieces, so that keys come between."""

from __future__ import annotations

import time
from collections.abc import Iterator

BUSY_MOST_S = 0.012
"""So long at most the window's thread works in one go."""


def goes_on(pieces: Iterator[object]) -> bool:
    """Works on for as long as the window's thread may be busy; whether something may be left then."""
    until_s = time.monotonic() + BUSY_MOST_S
    return any(time.monotonic() > until_s for _ in pieces)
