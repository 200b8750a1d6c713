"""How a notebook's file and folders are named, and how a notebook names the files it uses."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

from desktopnotes.model.naming import is_plain_name
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX

_LONGEST_NAME_BYTES = 200


def pictures_name(path: Path) -> str:
    """The name of the folder of pictures of a new notebook at `path`: `NAME.pictures`."""
    name = path.name.removesuffix(NOTEBOOK_SUFFIX)
    return f"{name if is_plain_name(name) else _cleaned(name)}.pictures"


def captions_folder(path: Path, pictures: str) -> Path:
    """Where captions lie that came with the pages of the notebook at `path`; `pictures` is what it names."""
    return path.parent / f"{(pictures or pictures_name(path)).removesuffix('.pictures')}.captions"


def file_name(title: str) -> str:
    """A file's name for a notebook of that title, fit for every system."""
    return f"{_cleaned(title)}{NOTEBOOK_SUFFIX}"


def _cleaned(title: str) -> str:
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\s]+', " ", title).strip(" .")
    name = name.encode("utf-8", "ignore")[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore").strip(" .")
    return name or "Notebook"


def relative(file: Path, notebook_path: Path) -> str:
    """`file` as a notebook names it: relative, with `/`, where both lie on one drive and share a folder."""
    # The file's own link stays: what it points to may have no telling name.
    real = Path(os.path.realpath(file.parent)) / file.name
    folder = Path(os.path.realpath(notebook_path)).parent
    if real.drive != folder.drive or os.path.commonpath((real, folder)) == real.anchor:
        return str(real)
    return PurePath(os.path.relpath(real, folder)).as_posix()


def absolute(file: str, notebook_path: Path) -> Path:
    """Where the file lies that a notebook names so; it need not exist."""
    return Path(os.path.normpath(Path(os.path.realpath(notebook_path)).parent / file))
