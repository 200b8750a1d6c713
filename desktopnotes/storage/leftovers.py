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
from desktopnotes.storage.backups import Why
from desktopnotes.storage.codec import LIMIT_BYTES
from desktopnotes.storage.format import FORMAT
from desktopnotes.storage.ids import id_at, id_of

_OLD_S = 600.0
"""A save that is under way, here or on another machine that shares the folder, is left alone."""

_HEAD = f'{{"format": "{FORMAT}"'.encode()
"""The beginning of all that the program writes as a notebook."""

_log = logging.getLogger(__name__)


def tidy(notebook: Path, now_s: float | None = None) -> list[Path]:
    """Removes old temporary files of the program beside the notebook and among its pictures; answers which.

    Nothing else: the name exactly as the program makes them, a regular file of this user, and long left
    alone. What is in one is kept as a backup first, whatever it is, as it may be the only place of what
    another program wrote the moment before the end; only what our own killed save left without a note in it,
    or what stands in the notebook too, is not. What cannot be read stays, and what is another notebook's
    waits for that. `now_s` counts as `time.time()`.
    """
    now_s = time.time() if now_s is None else now_s
    removed: list[Path] = []
    with contextlib.suppress(OSError):
        for entry in _beside(notebook.parent):
            if TEMPORARY.fullmatch(entry.name) and _is_ours_and_old(entry, now_s):
                path = Path(entry.path)
                # Pictures are written under names of their own, so nothing of others comes out among them.
                if path.parent != notebook.parent or _is_kept(path, notebook):
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
    """Whether nothing is lost if it goes."""
    try:
        content = read_regular(path, LIMIT_BYTES)
        if _says_nothing(content, notebook):
            return True
        own, its = id_at(notebook), id_of(content)
        if own and its and own != its:
            return False
        backups.keep(notebook, Why.LEFT, content=content)
    except UserError as error:
        _log.warning("a leftover stays, since no backup of it can be made: %s", error)
        return False
    return True


def _says_nothing(content: bytes, notebook: Path) -> bool:
    """Whether nobody wrote anything in it: its head at most, or the beginning of what is there."""
    if not content or (b"\n" not in content and (content.startswith(_HEAD) or _HEAD.startswith(content))):
        return True
    with contextlib.suppress(UserError):
        return read_regular(notebook, LIMIT_BYTES).startswith(content)
    return False
