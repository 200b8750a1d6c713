"""The messages that wait for the user, in the order in which they are shown; knows no widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktopnotes.screen import Offer, Waits

_EACH_FOR_ITSELF = (Waits.CRASH, Waits.NOTICE)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A message with when it came; `waits` is None where it is gone with the next one."""

    at: datetime
    message: str
    offers: tuple[Offer, ...] = ()
    is_error: bool = False
    waits: Waits | None = None


class Waiting:
    """A short queue: what matters most comes first, and of equals the newest."""

    def __init__(self) -> None:
        self._told: list[Told] = []

    def __iter__(self) -> Iterator[Told]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __contains__(self, told: object) -> bool:
        return told in self._told

    @property
    def first(self) -> Told | None:
        return self._told[0] if self._told else None

    def put(self, told: Told) -> None:
        """Takes the place of the one before that is about the same."""
        others = [one for one in self._told if one.waits != told.waits or one.waits in _EACH_FOR_ITSELF]
        self._told = sorted([told, *others], key=lambda one: one.waits or 0)

    def drop(self, told: Told | None) -> None:
        """It was put away, or what it offered is done."""
        self._told = [one for one in self._told if one is not told]

    def end(self, about: Waits) -> None:
        """What it is about has settled itself."""
        self._told = [one for one in self._told if one.waits != about]

    def leave_notebook(self) -> None:
        """Another notebook is open: what was about the one before goes; a crash was the program's."""
        self._told = [one for one in self._told if one.waits is Waits.CRASH]
