"""Temporary files that a killed program left beside a notebook: removed, but what they hold is kept."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from desktopnotes.files import TEMPORARY, read_regular
from desktopnotes.model.errors import UserError
from desktopnotes.storage import backups
from desktopnotes.storage.codec import LIMIT_BYTES, decode

_OLD_S = 600.0
"""A save that is under way, here or on another machine that shares the folder, is left alone."""

_log = logging.getLogger(__name__)


def tidy(notebook: Path, now_s: float | None = None) -> list[Path]:
    """Removes old temporary files of the program beside the notebook and among its pictures; answers which.

    Nothing else: the name exactly as the program makes them, a regular file of this user, and long left
    alone. A whole notebook in one is kept as a backup first, as it may be the only place of a change that
    another program made the moment before the end. `now_s` counts as `time.time()`.
    """
    now_s = time.time() if now_s is None else now_s
    removed: list[Path] = []
    with contextlib.suppress(OSError):
        for entry in _beside(notebook.parent):
            if TEMPORARY.fullmatch(entry.name) and _is_ours_and_old(entry, now_s):
                path = Path(entry.path)
                if _is_kept(path, notebook):
                    with contextlib.suppress(OSError):
                        path.unlink()
                        removed.append(path)
    return removed


def _beside(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What lies in the folder, and in its folders of pictures."""
    for entry in os.scandir(folder):
        yield entry
        if entry.name.endswith(".pictures") and entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(OSError):
                yield from os.scandir(entry.path)


def _is_ours_and_old(entry: os.DirEntry[str], now_s: float) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    status = entry.stat(follow_symlinks=False)
    # The moment of its name counts too: what an exchange has put here may have been written long ago.
    changed_s = max(status.st_mtime, status.st_ctime)
    is_mine = sys.platform == "win32" or status.st_uid == os.getuid()
    return is_mine and now_s - changed_s > _OLD_S


def _is_kept(path: Path, notebook: Path) -> bool:
    """Whether nothing is lost if it goes: it is torn, or it is a backup now."""
    try:
        content = read_regular(path, LIMIT_BYTES)
        decode(content)
    except UserError:
        return True
    try:
        backups.keep(notebook, content=content)
    except UserError as error:
        _log.warning("a leftover stays, since no backup of it can be made: %s", error)
        return False
    return True
