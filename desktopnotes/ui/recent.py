"""The notebooks that were open, the last one first, with where the user was in each."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from desktopnotes.storage import state_file
from desktopnotes.storage.state_file import Place, State


class Recent:
    """What is kept here is written with the rest of the state when the program ends."""

    def __init__(self, state: State | None = None) -> None:
        self._state = state or State()

    @property
    def notebooks(self) -> tuple[Place, ...]:
        return self._state.recent

    def keep(self, place: Place) -> None:
        """Where the user is in the notebook that is open."""
        self._state = state_file.with_place(self._state, place)

    def now(self, path: Path, title: str) -> None:
        """That notebook is open now, and has that title."""
        place = self._state.place_in(path)
        self.keep(replace(place, title=title))

    def take_off(self, path: Path) -> None:
        """It is not to be shown any more; its file stays."""
        self._state = state_file.without(self._state, path)


def is_there(place: Place) -> bool:
    """Whether its file is there now. On a network drive that takes its time: not on the window's thread."""
    with contextlib.suppress(OSError, ValueError):
        return Path(place.notebook).is_file()
    return False
