"""Files that a save put out of the notebook's place: what others wrote into them, before it or after."""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.files import Identity
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import LIMIT_BYTES
from desktopnotes.storage.theirs import Found, found_in, read_to_merge
from desktopnotes.words import _

_HELD_FOR_S = 5.0
"""Within it a program that is at it has written, also where the machine is busy. Not longer: a disk cannot be
taken out meanwhile.
"""

_MOST_HELD = 16
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


TakeIn = Callable[[Found, Notebook | None], list[str]]
"""Takes in what was found, which goes back to the notebook (None: what lies there now); answers notices."""


@dataclass(slots=True)
class _Held:
    """A file that is held open; `taken` is what tells the state of it that has been taken in, `notebook`
    what it was then.
    """

    descriptor: int
    taken: tuple[int, int]
    until_s: float
    notebook: Notebook | None

    def state(self) -> tuple[int, int]:
        status = os.fstat(self.descriptor)
        return status.st_mtime_ns, status.st_size

    def read(self) -> Found:
        status = os.fstat(self.descriptor)
        os.lseek(self.descriptor, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self.descriptor), "rb") as file:
            content = file.read(LIMIT_BYTES + 1)
        state = Identity(status.st_ino, status.st_mtime_ns, status.st_size, status.st_ctime_ns)
        return found_in(content, state)


class CameOut:
    """Files that a save brought out, in which something may be, or come to be, that is nowhere else.

    Those of others stay beside the notebook until it has that too: the program may be killed meanwhile, and
    what it leaves is looked through by `leftovers`. And each is held open for a while after its name is gone:
    a program that had opened it in place may write into it late, when the machine is busy.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._paths: list[tuple[Path, Found]] = []
        self._unread: dict[Path, bool] = {}
        self._held: deque[_Held] = deque()

    def read(self, path: Path, take_in: TakeIn) -> list[str]:
        """Takes in what is in it. Raises `WriteError` where that fails: then it is tried at `read_again`."""
        self._unread[path] = False
        try:
            found = read_to_merge(path)
            notices = take_in(found, None)
        except UserError as error:
            cause = error.__cause__ if isinstance(error.__cause__, UserError) else error
            raise WriteError(
                _(
                    "Another program changed the notebook’s file while it was saved. Its version could "
                    "not be kept as a backup; it lies beside the notebook as “{name}”. {message}"
                ).format(name=path.name, message=cause.message),
                error.hint,
                why=_("Another program has changed the file"),
                by_another=True,
            ) from error
        del self._unread[path]
        self._paths.append((path, found))
        return notices

    def read_again(self, take_in: TakeIn) -> list[str]:
        """What came late, or could not be read then; where that fails again it is told once, and the save
        goes on.
        """
        notices: list[str] = []
        for found, base in self._late():
            notices += take_in(found, base)
        for path, is_told in list(self._unread.items()):
            try:
                notices += self.read(path, take_in)
            except WriteError as error:
                if not os.path.lexists(path):
                    del self._unread[path]  # somebody took it away
                    continue
                self._unread[path] = True
                notices += [] if is_told else [error.message]
        return notices

    def is_saved(self) -> None:
        for path, found in self._paths:
            self.hold(path, found.state, found.notebook)
            with contextlib.suppress(OSError):  # then `leftovers` removes it
                path.unlink()
        self._paths.clear()

    # --- written late ---------------------------------------------------------------------------------

    def hold(self, path: Path, state: Identity, notebook: Notebook | None) -> None:
        """Keeps an eye on a file whose name goes now; `state` is the last of it that has been taken in, and
        `notebook` what it was then.
        """
        self._let_go()
        with contextlib.suppress(OSError):
            descriptor = os.open(path, _READ)
            taken, until_s = (state.mtime_ns, state.size), self._now() + _HELD_FOR_S
            self._held.append(_Held(descriptor, taken, until_s, notebook))

    @property
    def has_late(self) -> bool:
        """Whether something was written into one of them since."""
        self._let_go()
        return any(held.state() != held.taken for held in self._held)

    def _late(self) -> Iterator[tuple[Found, Notebook | None]]:
        """What was, and what that goes back to; a half is left until the rest is there, too."""
        for held in self._held:
            if held.state() != held.taken:
                found = held.read()
                if found.notebook is not None and (found.state.mtime_ns, found.state.size) == held.state():
                    base, held.notebook = held.notebook, found.notebook
                    held.taken = held.state()
                    yield found, base

    def _let_go(self) -> None:
        while self._held and (len(self._held) >= _MOST_HELD or self._held[0].until_s < self._now()):
            os.close(self._held.popleft().descriptor)

    def close(self) -> None:
        """Looks after none of them any longer."""
        while self._held:
            os.close(self._held.popleft().descriptor)
