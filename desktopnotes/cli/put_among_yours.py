"""Files put among a user's own: what was there before stays, and ours are known again by their content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from desktopnotes.model.errors import UserError, WouldOverwriteError, WriteError
from desktopnotes.words import _

RECORD = "desktopnotes/menu.sha256"
"""What was put into a `share`, as `sha256sum` writes it; so `sha256sum -c` finds what was changed since."""

_LIMIT_BYTES = 1_000_000
_LINE = re.compile(
    r"([0-9a-f]{64})  ((?:icons/hicolor|mime/packages|applications)/(?:[\w@-]+/)*"
    r"(?:desktopnotes|application-vnd\.desktopnotes\+json)\.\w+)"
)
"""No other names: a record that somebody tampered with must lead nowhere else."""


def remembered(share: Path) -> dict[str, str]:
    """The digest of each file that was put there, by its name below `share`; empty where none is known."""
    lines = (content(share / RECORD) or b"").decode("utf-8", "replace").splitlines()
    return {read[2]: read[1] for line in lines if (read := _LINE.fullmatch(line))}


def remember(share: Path, put: Mapping[str, str]) -> None:
    """`put` as it will be `remembered`. Raises `WriteError`."""
    lines = "".join(f"{of}  {name}\n" for name, of in sorted(put.items()))
    write(share, RECORD, lines.encode())


def forget(share: Path) -> None:
    path = share / RECORD
    with contextlib.suppress(OSError):  # a record of nothing does no harm
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def digest(what: bytes) -> str:
    """The sha256 in hexadecimal."""
    return hashlib.sha256(what).hexdigest()


def content(path: Path) -> bytes | None:
    """Of a regular file; None where nothing, a link or something else has that name, or it cannot be read."""
    from desktopnotes.files import read_regular

    with contextlib.suppress(OSError, UserError):
        if stat.S_ISREG(path.lstat().st_mode):
            return read_regular(path, _LIMIT_BYTES)
    return None


def is_one_of(path: Path, digests: Collection[str]) -> bool:
    """Whether that is a regular file with one of these contents."""
    there = content(path)
    return there is not None and digest(there) in digests


def write(share: Path, name: str, what: bytes) -> bool:
    """Whether that had to be written, where it may be; never through a link. Raises `WriteError`."""
    from desktopnotes.files import replace_file

    path = share / name
    if content(path) == what:
        return False
    there = in_the_way(path, share)
    if there is not None:
        why = _("It is no regular file") if there == path else _("It stands where a folder should be")
        raise WriteError(f"{there}: {why}", why=why)
    try:
        replace_file(path, what, overwrite=os.path.lexists(path), make_folder=True)
    except WouldOverwriteError:
        if content(path) != what:  # another call of ours was quicker
            raise
    return True


def in_the_way(path: Path, share: Path) -> Path | None:
    """What has the name of a folder that is needed for `path`, and is none; else `path`, if it is no file."""
    folders = [share / folder for folder in reversed(path.relative_to(share).parents)]
    there = next((each for each in folders if os.path.lexists(each) and not each.is_dir()), None)
    return path if there is None and _is_strange(path) else there


def _is_strange(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return not stat.S_ISREG(path.lstat().st_mode)
    return False
