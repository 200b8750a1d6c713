"""What was salvaged of a damaged notebook, as a new one beside it; the damaged file is only read."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktopnotes.files import read_regular, write_new
from desktopnotes.model.errors import ReadError, WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import duplicate, names, paths
from desktopnotes.storage.codec import LIMIT_BYTES, encode
from desktopnotes.storage.salvage import Salvaged, salvage
from desktopnotes.words import _


def salvage_file(path: Path, check: Callable[[], None] = lambda: None) -> Salvaged:
    """What can be read of the damaged notebook at `path`. Raises `ReadError` where that is nothing.

    `check` is called all along: what it raises ends the reading.
    """
    salvaged = salvage(read_regular(path, LIMIT_BYTES), check)
    if salvaged is None:
        raise ReadError(
            _("In “{name}” nothing of a notebook can be read.").format(name=path.name),
            _("A backup may be whole."),
        )
    # Where the name of the folder of pictures is lost, it is the one that a notebook of this name has.
    pictures = salvaged.notebook.pictures or names.pictures_name(path)
    named = replace(salvaged.notebook, pictures=pictures if (path.parent / pictures).is_dir() else "")
    return replace(salvaged, notebook=named if not salvaged.notebook.pictures else salvaged.notebook)


def write_beside(path: Path, notebook: Notebook) -> Path:
    """Writes what came back of the notebook at `path` as “NAME (recovered)” beside it; says where.

    Who may read the damaged one may read it. Where its folder cannot be written to, it goes to the user's
    folder of notebooks, its pictures with it. Raises `WriteError` where neither can.
    """
    made = _written(path, notebook)
    give_mode_of(path, made)
    return made


def give_mode_of(path: Path, made: Path) -> None:
    """Lets those read a new file who may read the one at `path`; nobody else where that is not known."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            made.chmod(stat.S_IMODE(path.stat().st_mode) & 0o666 | 0o600)


def _written(path: Path, notebook: Notebook) -> Path:
    name = f"{path.name.removesuffix(paths.NOTEBOOK_SUFFIX)} (recovered)"
    try:
        return write_new(path.with_name(f"{name}{paths.NOTEBOOK_SUFFIX}"), encode(notebook), private=True)
    except WriteError:
        folder = paths.notebooks_folder()
        if os.path.realpath(folder) == os.path.realpath(path.parent):
            raise
    return _elsewhere(path, notebook, folder, name)


def _elsewhere(path: Path, notebook: Notebook, folder: Path, name: str) -> Path:
    """In another folder, with files named as they are from there, and its own copies of pictures."""

    def named(file: str) -> str:
        here = names.absolute(file, path)
        return file if not file or here.parent == captions else names.relative(here, folder / "a notebook")

    captions = names.captions_folder(path, notebook.pictures)
    talks = tuple(
        replace(talk, file=named(talk.file), captions=named(talk.captions)) for talk in notebook.talks
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            _("“{folder}” could not be made: {reason}. Nothing was written.").format(
                folder=folder, reason=error.strerror
            ),
            _("Check the disk."),
        ) from error
    folders = {".captions": captions}
    if notebook.pictures:
        folders[".pictures"] = path.parent / notebook.pictures
    return duplicate.duplicate(replace(notebook, talks=talks), folder, name, folders, private=True)
