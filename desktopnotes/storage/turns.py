"""Who saves a notebook is alone with its file among the user's windows on this machine.

The lock lies in the state folder, never in the notebook's, which may be synced. Programs that are not ours
know nothing of it: they are found out by what they leave.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from desktopnotes import claims
from desktopnotes.files import Identity
from desktopnotes.model.errors import WriteError
from desktopnotes.storage.held import place_name
from desktopnotes.storage.paths import state_folder

_WAIT_S = 2.0
_AGAIN_S = 0.005
_LONGEST = 120
_LATELY_S = 60.0

_IN_VAIN_FOR_S = 30.0
"""So long nobody waits again for a window that has not let go in time."""

_in_vain_since_s: dict[Path, float] = {}
"""Since when a lock could not be had."""


class Turn:
    """Held while a file is looked at and replaced; what the user's windows tell each other by it."""

    def __init__(self, claim: claims.Claim | None, *, in_vain: bool = True) -> None:
        self._claim = claim
        self.can_be_waited_for = claim is None and not in_vain
        """Another window is at work: this is no turn, but there may be one soon."""
        self._by_us, self._stranger_s = self._read()

    def is_ours(self, state: Identity) -> bool:
        """Whether a window of ours has written that state, from the last one and nothing else.

        Not where a stranger has written lately: a window may have taken something old from that.
        """
        return self.knows(state) and time.time() - self._stranger_s > _LATELY_S

    def met_a_stranger(self) -> None:
        """What another program wrote, which is none of ours, is being merged."""
        self._stranger_s = time.time()
        self._tell()

    def wrote(self, state: Identity) -> None:
        """Tells the other windows that this state of the file is one of ours. It need not be durable."""
        self._by_us = state.by_any_name()  # which it is about to get
        self._tell()

    def is_meant(self, state: Identity) -> None:
        """As `wrote`, of what the user wants as it is: nothing in it is old by mistake."""
        self._stranger_s = 0.0
        self.wrote(state)

    def knows(self, state: Identity) -> bool:
        """Whether a window of ours has written that state."""
        return state.by_any_name() == self._by_us

    def _read(self) -> tuple[Identity | None, float]:
        with contextlib.suppress(OSError, ValueError):
            if self._claim is not None:
                os.lseek(self._claim.descriptor, 0, os.SEEK_SET)
                inode, mtime_ns, size, stranger_ms = map(
                    int, os.read(self._claim.descriptor, _LONGEST).split()
                )
                # Where the clock was set back since, it was just now, as far as can be known.
                return Identity(inode, mtime_ns, size), min(stranger_ms / 1000, time.time())
        return None, 0.0

    def _tell(self) -> None:
        state = self._by_us or Identity(0, 0, 0)
        line = f"{state.inode} {state.mtime_ns} {state.size} {int(self._stranger_s * 1000)}"
        with contextlib.suppress(OSError):
            if self._claim is not None:
                os.lseek(self._claim.descriptor, 0, os.SEEK_SET)
                os.write(self._claim.descriptor, line.ljust(_LONGEST).encode())


@contextlib.contextmanager
def turn(path: Path, wait_s: float = _WAIT_S) -> Iterator[Turn]:
    """Waits until no other window saves the notebook at `path`, but never for long.

    A window that hangs, or a state folder that cannot be written, keeps nobody from saving: what two of them
    write at once is merged as any other program's.
    """
    claim, in_vain = _taken(state_folder() / "turns" / place_name(path), wait_s)
    try:
        yield Turn(claim, in_vain=in_vain)
    finally:
        if claim is not None:
            claim.release()


def _taken(lock: Path, wait_s: float) -> tuple[claims.Claim | None, bool]:
    """The claim, or None and whether to wait for it is in vain."""
    now_s = time.monotonic()
    since_s = _in_vain_since_s.get(lock, now_s)
    if now_s - since_s > _IN_VAIN_FOR_S:
        since_s = now_s
    stop_s = min(now_s + wait_s, since_s + _WAIT_S)
    try:
        while (claim := claims.take(lock)) is None and time.monotonic() < stop_s:
            time.sleep(_AGAIN_S)
    except WriteError:
        return None, True
    if claim is not None:
        _in_vain_since_s.pop(lock, None)
        return claim, False
    _in_vain_since_s[lock] = since_s
    return None, time.monotonic() >= since_s + _WAIT_S
