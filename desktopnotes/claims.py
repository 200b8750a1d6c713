"""Locks between processes: who holds a claim is alone with what it stands for.

The system takes a claim back when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desktopnotes.model.errors import WriteError
from desktopnotes.words import _

_AGAIN_S = 0.02


class Claim:
    """A claim that is held until it is `released`. Processes started with `descriptor` hold it as well."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def release(self) -> None:
        """Gives it up; may be called again."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def take(path: Path, needed_for: str = _("downloads")) -> Claim | None:
    """Claims what `path` stands for; None where that is held already. Raises `WriteError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise WriteError(
            _("“{path}” cannot be written ({reason}), which {needed_for} need.").format(
                path=path, reason=error.strerror, needed_for=needed_for
            ),
            _("Check that folder’s permissions and the disk."),
        ) from error
    try:
        if _lock(descriptor):
            return Claim(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise WriteError(
            _("“{path}” cannot be locked ({reason}), which {needed_for} need.").format(
                path=path, reason=error.strerror, needed_for=needed_for
            ),
            _("Some network folders know no locks."),
        ) from error
    os.close(descriptor)
    return None


@contextlib.contextmanager
def alone(path: Path, wait_s: float) -> Iterator[None]:
    """Within it nobody else is; waits for that. Raises `WriteError` after `wait_s`."""
    stop_s = time.monotonic() + wait_s
    while (claim := take(path)) is None:
        if time.monotonic() > stop_s:
            raise WriteError(
                _("Another window of the program holds the list of downloads and does not let go."),
                _("Close the other window, then try again."),
            )
        time.sleep(_AGAIN_S)
    try:
        yield
    finally:
        claim.release()


def _lock(descriptor: int) -> bool:
    """False where another holds it. Raises OSError where the disk knows no locks."""
    if sys.platform == "win32":
        import msvcrt  # exists on this system alone

        held_by_another: type[OSError] = OSError  # it says no more than that it failed
        lock = partial(msvcrt.locking, descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # does not exist on Windows

        held_by_another = BlockingIOError
        lock = partial(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        lock()
    except held_by_another:
        return False
    return True
