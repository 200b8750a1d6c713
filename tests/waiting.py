"""Waiting for what is expected, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT_S = 10.0


def wait_until(seen: Callable[[], object], what: str, limit_s: float = LIMIT_S) -> None:
    """Returns as soon as `seen()` is true; fails with `what` after `limit_s`."""
    deadline = time.monotonic() + limit_s
    while not seen():
        assert time.monotonic() < deadline, f"not seen within {limit_s} s: {what}"
        time.sleep(0.002)
