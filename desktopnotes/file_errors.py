"""Why a file could not be read or written, in plain words, and what to do about it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from desktopnotes.model.errors import ReadError, UserError, WriteError
from desktopnotes.words import _

ELSEWHERE = _("Choose another place.")
_REACHABLE = _("Connect it again, or choose another place.")
_GONE = _("Connect it again, give it its old name back if it was renamed, or choose another place.")

_WHY_NOT_WRITTEN: dict[int, tuple[str, str]] = {
    errno.ENOSPC: (_("The disk is full"), _("Free some space, or choose another place.")),
    errno.EDQUOT: (_("Your share of the disk is used up"), _("Free some space, or choose another place.")),
    errno.EFBIG: (_("The file would be larger than the system allows"), ELSEWHERE),
    errno.EROFS: (_("The disk is read-only"), ELSEWHERE),
    errno.EIO: (
        _("The disk reports an error"),
        _("Choose a place on another disk, and have this one checked."),
    ),
    errno.ENOTDIR: (_("A file stands where the folder should be"), ELSEWHERE),
    errno.EISDIR: (_("A folder has that name"), _("Choose another name.")),
    errno.ENAMETOOLONG: (_("The name is too long"), _("Choose a shorter name.")),
    errno.ELOOP: (_("The link leads in a circle"), ELSEWHERE),
    errno.ESTALE: (_("The network folder is not reachable"), _REACHABLE),
    errno.ENOTCONN: (_("The network folder is not reachable"), _REACHABLE),
    errno.ENODEV: (_("The disk is not reachable"), _REACHABLE),
    errno.ENXIO: (_("The disk is not reachable"), _REACHABLE),
}


def cannot_write(path: Path, error: OSError | ValueError) -> UserError:
    """What is told where `path` was not written."""
    why, hint = _why_not_written(path, error)
    message = _("{why}: “{name}” was not written. What was there before is untouched.").format(
        why=why, name=path.name
    )
    return WriteError(message, hint, why=why)


def _why_not_written(path: Path, error: OSError | ValueError) -> tuple[str, str]:
    folder = Path(os.path.realpath(path.parent)) if isinstance(error, OSError) else path.parent
    if isinstance(error, ValueError):
        return _("The name holds a character that no file can have"), _("Choose another name.")
    if isinstance(error, PermissionError):
        if os.path.isdir(folder) and not os.access(folder, os.W_OK):
            return _("The folder “{folder}” is read-only").format(folder=folder.name), ELSEWHERE
        return _("The file is write-protected"), _("Change its permissions, or choose another place.")
    if isinstance(error, FileNotFoundError):
        return _("The folder “{folder}” is gone").format(folder=folder.name), _GONE
    return _WHY_NOT_WRITTEN.get(
        error.errno or 0, (_("The system says “{reason}”").format(reason=error.strerror), ELSEWHERE)
    )


def cannot_read(path: Path, error: OSError | ValueError) -> UserError:
    """What is told where `path` was not read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ReadError(
            _("There is no file “{name}” in “{folder}”.").format(name=path.name, folder=path.parent),
            _("It may have been moved or renamed, or its disk is not connected."),
        )
    if isinstance(error, PermissionError):
        return ReadError(
            _("You may not read “{name}”.").format(name=path.name),
            _("Change its permissions, or ask its owner."),
        )
    if isinstance(error, ValueError):
        return ReadError(_("“{name!r}” is not a name that a file can have.").format(name=path.name))
    return ReadError(
        _("“{name}” could not be read: {reason}.").format(name=path.name, reason=error.strerror),
        _("Try again, or check the disk."),
    )
