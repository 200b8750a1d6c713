"""When the next save begins: the rule alone, told every moment, knowing neither clock nor thread."""

from __future__ import annotations

QUIET_S = 1.0
"""A save begins this long after the last change …"""

LATEST_S = 1.9
"""… and at most this long after the first change that is not saved: of the 2 s that an end of any kind may
cost at most, a tenth is for the save itself."""

SHARE = 0.05
"""Saving takes at most this share of the time, as long as that makes nothing wait for over `LATEST_S`."""

_RETRY_S = (1.0, 2.0, 5.0, 10.0)
"""A disk that is plugged in again, or has room again, is found within seconds."""


class Schedule:
    """The rule of storage.md, point 3, and the retries of a save that failed. Moments are s of one clock."""

    def __init__(self) -> None:
        self._first_s: float | None = None
        self._last_s = 0.0
        self._hurried = False
        self._at_once = False
        self._began_s = 0.0
        self._rested_s = float("-inf")
        self._retry_s: float | None = None
        self._failures = 0

    @property
    def due_s(self) -> float | None:
        """The moment at which the next save is to begin; None where nothing waits."""
        if self._first_s is None and self._retry_s is None:
            return None
        if self._at_once:
            return float("-inf")
        if self._first_s is None:
            return self._retry_s
        wished_s = self._last_s if self._hurried else self._last_s + QUIET_S
        due_s = min(max(wished_s, self._rested_s), self._first_s + LATEST_S)
        return due_s if self._retry_s is None else min(due_s, self._retry_s)

    def changed(self, now_s: float) -> None:
        """There is something new to save."""
        self._first_s = now_s if self._first_s is None else self._first_s
        self._last_s = now_s

    def hurry(self) -> None:
        """What waits need not wait for quiet (but for its share of the time)."""
        self._hurried = self._hurried or self._first_s is not None

    def at_once(self) -> None:
        """What waits is saved whatever the rule says."""
        self._at_once = True

    def began(self, now_s: float) -> None:
        """A save of all that waited has begun; what changes from now on is for the next."""
        self._began_s = now_s
        self._first_s = self._retry_s = None
        self._hurried = self._at_once = False

    def ended(self, now_s: float, *, well: bool) -> None:
        """The save is done, or has failed and waits for its retry (each later than the one before)."""
        self._rested_s = now_s + (now_s - self._began_s) * (1 / SHARE - 1)
        if well:
            self._failures = 0
            if self._first_s is None:
                self._hurried = self._at_once = False
        else:
            self._retry_s = now_s + _RETRY_S[min(self._failures, len(_RETRY_S) - 1)]
            self._failures += 1
