"""Why a file could not be read or written, in plain words, and what to do about it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from desktopnotes.model.errors import ReadError, UserError, WriteError

ELSEWHERE = "Choose another place."
_REACHABLE = "Connect it again, or choose another place."
_GONE = "Connect it again, give it its old name back if it was renamed, or choose another place."

_WHY_NOT_WRITTEN: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("The disk is full", "Free some space, or choose another place."),
    errno.EDQUOT: ("Your share of the disk is used up", "Free some space, or choose another place."),
    errno.EFBIG: ("The file would be larger than the system allows", ELSEWHERE),
    errno.EROFS: ("The disk is read-only", ELSEWHERE),
    errno.EIO: ("The disk reports an error", "Choose a place on another disk, and have this one checked."),
    errno.ENOTDIR: ("A file stands where the folder should be", ELSEWHERE),
    errno.EISDIR: ("A folder has that name", "Choose another name."),
    errno.ENAMETOOLONG: ("The name is too long", "Choose a shorter name."),
    errno.ELOOP: ("The link leads in a circle", ELSEWHERE),
    errno.ESTALE: ("The network folder is not reachable", _REACHABLE),
    errno.ENOTCONN: ("The network folder is not reachable", _REACHABLE),
    errno.ENODEV: ("The disk is not reachable", _REACHABLE),
    errno.ENXIO: ("The disk is not reachable", _REACHABLE),
}


def cannot_write(path: Path, error: OSError | ValueError) -> UserError:
    """What is told where `path` was not written."""
    why, hint = _why_not_written(path, error)
    message = f"{why}: “{path.name}” was not written. What was there before is untouched."
    return WriteError(message, hint, why=why)


def _why_not_written(path: Path, error: OSError | ValueError) -> tuple[str, str]:
    folder = Path(os.path.realpath(path.parent)) if isinstance(error, OSError) else path.parent
    if isinstance(error, ValueError):
        return "The name holds a character that no file can have", "Choose another name."
    if isinstance(error, PermissionError):
        if os.path.isdir(folder) and not os.access(folder, os.W_OK):
            return f"The folder “{folder.name}” is read-only", ELSEWHERE
        return "The file is write-protected", "Change its permissions, or choose another place."
    if isinstance(error, FileNotFoundError):
        return f"The folder “{folder.name}” is gone", _GONE
    return _WHY_NOT_WRITTEN.get(error.errno or 0, (f"The system says “{error.strerror}”", ELSEWHERE))


def cannot_read(path: Path, error: OSError | ValueError) -> UserError:
    """What is told where `path` was not read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ReadError(
            f"There is no file “{path.name}” in “{path.parent}”.",
            "It may have been moved or renamed, or its disk is not connected.",
        )
    if isinstance(error, PermissionError):
        return ReadError(f"You may not read “{path.name}”.", "Change its permissions, or ask its owner.")
    if isinstance(error, ValueError):
        return ReadError(f"“{path.name!r}” is not a name that a file can have.")
    return ReadError(f"“{path.name}” could not be read: {error.strerror}.", "Try again, or check the disk.")
