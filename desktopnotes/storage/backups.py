"""Copies of notebooks, in the user's state folder: the notebook's own may be synced, or full."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from desktopnotes.files import read_regular, write_new
from desktopnotes.storage.codec import LIMIT_BYTES
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX, state_folder

_NAME_CHARACTERS = 40


def keep(path: Path) -> Path:
    """Copies the notebook file as it stands, whatever is in it. Raises `ReadError` or `WriteError`."""
    content = read_regular(path, LIMIT_BYTES)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    folder = state_folder() / "backups" / _own_name(path)
    return write_new(folder / f"{moment}{NOTEBOOK_SUFFIX}", content, make_folder=True)


def keep_unsaved(path: Path, content: list[bytes]) -> Path:
    """Puts what could not be saved at `path` beside the copies of earlier failures. Raises `WriteError`."""
    return write_new(_unsaved_folder() / f"{_own_name(path)}{NOTEBOOK_SUFFIX}", content, make_folder=True)


def unsaved(path: Path) -> list[Path]:
    """The copies of what could not be saved at `path`, as earlier runs left them; the oldest first."""
    if not (folder := _unsaved_folder()).is_dir():
        return []
    copies = [each for each in folder.iterdir() if each.name.startswith(_own_name(path))]
    return sorted(copies, key=lambda copy: copy.stat().st_mtime_ns)


def _unsaved_folder() -> Path:
    return state_folder() / "unsaved"


def _own_name(path: Path) -> str:
    """A name for the notebook at `path` that tells it from one of the same name elsewhere."""
    where = hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
    return f"{path.name.removesuffix(NOTEBOOK_SUFFIX)[:_NAME_CHARACTERS]}-{where}"
