"""A copy of a notebook beside it: its file, pictures and captions under a new name, nothing written over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath

from desktopnotes.files import read_regular, replace_file, write_new
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.notebook import Notebook, Talk, new_id
from desktopnotes.storage.codec import encode
from desktopnotes.storage.names import file_name
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX
from desktopnotes.words import _

_FILE_LIMIT_BYTES = 500_000_000


def duplicate(
    notebook: Notebook,
    folder: Path,
    title: str,
    folders: Mapping[str, Path],
    check: Callable[[float], None] = lambda done: None,
    *,
    private: bool = False,
) -> Path:
    """Writes `notebook` as another one, titled `title`, into `folder`; answers where its file lies.

    `folders` are those that belong to it, by the end of their names: ".pictures", ".captions". `check` gets
    how far it is, from 0 to 1, and may raise to end it. Where that happens, or something cannot be copied
    (raises `UserError`), nothing of the copy stays.
    """
    name = _free_name(folder, file_name(title).removesuffix(NOTEBOOK_SUFFIX), folders)
    made: list[Path] = []
    try:
        for end, source in folders.items():
            if source.is_dir():
                target = folder / f"{name}{end}"
                _make(target)
                made.append(target)
                _copy_files(source, target, check)
        captions = folders.get(".captions")
        copy = replace(
            notebook,
            id=new_id(),
            title=title,
            created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            pictures=f"{name}.pictures" if notebook.pictures or made else "",
            talks=tuple(_with_captions(talk, captions, f"{name}.captions") for talk in notebook.talks),
            posts=tuple(replace(post, exported=()) for post in notebook.posts),
        )
        return write_new(folder / f"{name}{NOTEBOOK_SUFFIX}", encode(copy), private=private)
    except BaseException:
        for target in made:
            shutil.rmtree(target, ignore_errors=True)
        raise


def _free_name(folder: Path, name: str, folders: Mapping[str, Path]) -> str:
    """`name`, or with the first number at which neither the file nor a folder of it is there."""
    for number in count(1):
        numbered = name if number == 1 else f"{name} {number}"
        ends = (NOTEBOOK_SUFFIX, *folders)
        if not any(os.path.lexists(folder / f"{numbered}{end}") for end in ends):
            return numbered
    raise AssertionError("numbers do not end")


def _make(folder: Path) -> None:
    try:
        folder.mkdir()
    except OSError as error:
        why = _("the system says “{reason}”").format(reason=error.strerror)
        raise WriteError(
            _("The folder “{name}” could not be made: {why}. The notebook is as it was.").format(
                name=folder.name, why=why
            ),
            _("Check the disk and the rights of the notebook’s folder."),
        ) from error


def _copy_files(source: Path, target: Path, check: Callable[[float], None]) -> None:
    """Its own files; a picture or a caption is never in a folder below, and no link is followed out of it."""
    try:
        names = sorted(entry.name for entry in os.scandir(source) if entry.is_file(follow_symlinks=False))
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {reason}.").format(name=source.name, reason=error.strerror),
            _("Try again."),
        ) from error
    for index, name in enumerate(names):
        check(index / len(names))
        replace_file(target / name, read_regular(source / name, _FILE_LIMIT_BYTES), overwrite=False)


def _with_captions(talk: Talk, source: Path | None, name: str) -> Talk:
    """The captions that lie in the notebook's own folder are the copy's own now."""
    named = PurePosixPath(talk.captions)
    if source is None or len(named.parts) != 2 or named.parts[0] != source.name:
        return talk
    return replace(talk, captions=f"{name}/{named.name}")
