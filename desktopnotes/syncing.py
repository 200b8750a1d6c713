"""What was written is on the disk: files, and the folders that have their names."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a filesystem says that knows no fsync (some network ones): there is nothing more to be done there."""


def to_disk(descriptor: int) -> None:
    """Returns when all of an open file is there. Raises `OSError`."""
    try:
        if sys.platform == "darwin":
            import fcntl  # exists on this system alone of the three that need it

            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def folder_to_disk(folder: Path) -> None:
    """The same for a folder, but for one that `cannot_be_synced`. Raises `OSError`."""
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return
    try:
        to_disk(descriptor)
    finally:
        os.close(descriptor)


def cannot_be_synced(folder: Path) -> bool:
    """Whether it may be written but not listed: such a folder cannot be opened, so nothing is confirmed."""
    return sys.platform != "win32" and not os.access(folder, os.R_OK)
