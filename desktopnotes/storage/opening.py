"""A notebook file is read, or made: what cannot be understood is refused, and never written over."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from desktopnotes.files import Identity, read_identified, write_new
from desktopnotes.model.errors import DamagedError
from desktopnotes.model.notebook import Notebook, Post, new_id
from desktopnotes.storage.codec import LIMIT_BYTES, decode_any, encode
from desktopnotes.storage.format import VERSION
from desktopnotes.storage.names import file_name
from desktopnotes.storage.unsaved import copies
from desktopnotes.words import _


@dataclass(frozen=True, slots=True)
class Opened:
    """A notebook as it was read. `path` is absolute, its links followed; `notice` is for the user, or empty.

    One that is `read_only` (from a newer version, or write-protected) is never written. `unsaved` are copies
    of what could not be saved here earlier.
    """

    notebook: Notebook
    path: Path
    identity: Identity
    read_only: bool = False
    notice: str = ""
    unsaved: tuple[Path, ...] = ()
    is_older: bool = False
    """Its file has an older format than a save gives it."""


def open_notebook(path: Path) -> Opened:
    """Reads a notebook. Raises `ReadError` in plain words, and then the file must not be written.

    A `DamagedError`, which has the path, is raised for one of which something may be salvaged.
    """
    real = Path(os.path.realpath(path))
    content, state = read_identified(real, LIMIT_BYTES)
    try:
        decoded = decode_any(content, path.name)
    except DamagedError as error:
        raise DamagedError(error.message, error.hint, str(real)) from error
    if decoded.is_newer:
        notice = _("A newer version of Desktop Notes wrote this notebook: it can be read here, not changed.")
        return Opened(decoded.notebook, real, state, read_only=True, notice=notice)
    if not os.access(real, os.W_OK):
        notice = _("This notebook is write-protected: it can be read, not changed.")
        return Opened(decoded.notebook, real, state, read_only=True, notice=notice)
    is_older = decoded.version < VERSION
    kept = copies(real, decoded.notebook.id)
    return Opened(decoded.notebook, real, state, unsaved=kept, is_older=is_older)


def open_to_read(path: Path, notice: str) -> Opened:
    """A notebook that is not to be written, though it might be. Raises as `open_notebook` does."""
    return replace(open_notebook(path), read_only=True, notice=notice, unsaved=())


def create(folder: Path, title: str, posts: tuple[Post, ...] = ()) -> Opened:
    """Makes a notebook without talks in `folder`, its file named after `title` or next to it ("My Talks 2").

    Folders that are missing are made. Raises `WriteError`.
    """
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    notebook = Notebook(new_id(), title, created, posts=posts)
    path = Path(os.path.realpath(folder)) / file_name(title)
    return open_notebook(write_new(path, encode(notebook), make_folder=True))
