"""How many examples the tests of properties try: few as a rule, ten times as many in `./test --thorough`."""

from __future__ import annotations

_times = 1


def try_more() -> None:
    """For tests that are collected from now on."""
    global _times
    _times = 10


def few(count: int) -> int:
    """The count for a test of which each example takes long."""
    return count * _times
