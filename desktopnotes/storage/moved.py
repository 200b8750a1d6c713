"""Looks for files that are not where they were: through some folders, in bounded time, following no links."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktopnotes.storage.recordings import is_media

LIMIT_ENTRIES = 100_000
LIMIT_S = 5.0
_CHECK_EVERY = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and how many levels of folders below it are looked through."""

    folder: Path
    depth: int = 0


@dataclass(slots=True)
class Seen:
    """`named` are the files of the wanted names, by the name in small letters; `media` all recordings.

    Both in the order found: the nearest first. `all_seen` is False where the time ended before the folders.
    """

    named: dict[str, list[Path]] = field(default_factory=dict)
    media: list[Path] = field(default_factory=list)
    all_seen: bool = True


class _EnoughError(Exception):
    """Enough was looked at."""


class _Budget:
    def __init__(self, check: Callable[[], None], now_s: Callable[[], float]) -> None:
        self._check = check
        self._now_s = now_s
        self._end_s = now_s() + LIMIT_S
        self._entries = 0

    def spend(self) -> None:
        self._entries += 1
        if self._entries % _CHECK_EVERY == 0:
            self._check()
            if self._entries >= LIMIT_ENTRIES or self._now_s() > self._end_s:
                raise _EnoughError


def look(
    places: Sequence[Place],
    names: Collection[str],
    check: Callable[[], None] = lambda: None,
    now_s: Callable[[], float] = time.monotonic,
) -> Seen:
    """Goes through the places, each folder once; `check` is called often and may raise to end it.

    Folders that may not be read, or are none, hold nothing. Hidden folders are left out.
    """
    wanted = frozenset(name.casefold() for name in names)
    seen, budget = Seen(), _Budget(check, now_s)
    known: dict[tuple[int, int], int] = {}
    to_do = deque((place.folder, place.depth) for place in places)
    try:
        while to_do:
            folder, depth = to_do.popleft()
            if _is_new(folder, depth, known):
                to_do.extend(_look_in(folder, depth, wanted, seen, budget))
    except _EnoughError:
        seen.all_seen = False
    return seen


def _is_new(folder: Path, depth: int, known: dict[tuple[int, int], int]) -> bool:
    """Whether it was not looked at before, or not as deep."""
    try:
        status = os.stat(folder)
    except (OSError, ValueError):
        return False
    key = (status.st_dev, status.st_ino)
    if known.get(key, -1) >= depth:
        return False
    known[key] = depth
    return True


def _look_in(
    folder: Path, depth: int, wanted: frozenset[str], seen: Seen, budget: _Budget
) -> list[tuple[Path, int]]:
    """The folders in it that are to be looked through as well."""
    below: list[tuple[Path, int]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                budget.spend()
                _take(entry, depth, wanted, seen, below)
    except OSError:  # it may not be read, or went away
        return below
    return sorted(below)


def _take(
    entry: os.DirEntry[str], depth: int, wanted: frozenset[str], seen: Seen, below: list[tuple[Path, int]]
) -> None:
    try:
        if depth > 0 and entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            below.append((Path(entry.path), depth - 1))
            return
        name = entry.name.casefold()
        path = Path(entry.path)
        if (name not in wanted and not is_media(path)) or not entry.is_file():
            return
    except OSError:
        return
    if name in wanted and path not in seen.named.setdefault(name, []):
        seen.named[name].append(path)
    if is_media(path) and path not in seen.media[-50:]:
        seen.media.append(path)
