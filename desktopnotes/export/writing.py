"""An export written to the disk: its pictures first, then its texts, and nothing outside its folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.export.result import Export
from desktopnotes.files import read_regular, replace_file
from desktopnotes.model.errors import WouldOverwriteError, WriteError
from desktopnotes.pictures import all_travelling

_LARGEST_PICTURE_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """The files that are on the disk now: the post, then its pictures."""

    paths: tuple[Path, ...]


def write(export: Export, target: Path, overwrite: bool = False) -> Written:
    """Writes the post to the file `target` (in a folder: under its own name), its pictures beside it first.

    Raises `WouldOverwriteError` where another file would be lost (nothing is written then), and `WriteError`.
    """
    file = target / export.file_name if target.is_dir() else target
    pictures = [(picture.source, file.parent / picture.path) for picture in export.pictures]
    for path in (file, *(path for _, path in pictures)):
        _refuse_to_leave(file.parent, path)
    if not overwrite and os.path.lexists(file):
        raise WouldOverwriteError(
            f"“{file.name}” exists already and was left as it is.", "Choose another name."
        )
    travelling = all_travelling([(picture.source, picture.format) for picture in export.pictures])
    contents = list(zip((path for _, path in pictures), travelling, strict=True))
    new = [(path, content) for path, content in contents if not _is_there(path, content, overwrite)]
    for path, content in new:
        replace_file(path, content, make_folder=True)
    replace_file(file, export.text.encode(), overwrite=overwrite, make_folder=True)
    return Written((file, *(path for _, path in pictures)))


def _is_there(path: Path, content: bytes, overwrite: bool) -> bool:
    """Whether that very picture lies there already. Raises `WouldOverwriteError` if another one does."""
    if not path.exists():
        return False
    same = path.stat().st_size == len(content) and read_regular(path, _LARGEST_PICTURE_BYTES) == content
    if not same and not overwrite:
        raise WouldOverwriteError(
            f"Another picture “{path.name}” lies in “{path.parent.name}” already; nothing was written.",
            "Choose another folder.",
        )
    return same


def _refuse_to_leave(folder: Path, path: Path) -> None:
    """A link planted in the folder must not carry what is written out of it."""
    allowed = Path(os.path.realpath(folder))
    if not Path(os.path.realpath(path)).is_relative_to(allowed):
        raise WriteError(
            f"“{path.name}” would lie outside “{folder.name}”, as a link leads there. Nothing was written.",
            "Remove the link, or choose another folder.",
        )
