"""The user's own styles: files `NAME.md.j2` in a folder, looked for anew each time they are asked for."""

from __future__ import annotations

import os
from pathlib import Path

from desktopnotes.files import read_regular
from desktopnotes.model.errors import UserError
from desktopnotes.model.naming import natural_key
from desktopnotes.words import _

SUFFIX = ".md.j2"
_LIMIT_BYTES = 1_000_000


def names(folder: Path | None) -> tuple[str, ...]:
    """Whatever bears the name of a style there, even if it cannot be used: then it is told why."""
    if folder is None:
        return ()
    try:
        found = os.listdir(folder)
    except (OSError, ValueError):
        return ()
    own = (name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX))
    return tuple(sorted((name for name in own if name and not name.startswith(".")), key=natural_key))


def read(path: Path) -> str:
    """The text of a style. Raises `UserError`."""
    try:
        content = read_regular(path, _LIMIT_BYTES)
    except UserError as error:
        raise UserError(
            _("The style “{name}” cannot be used: {why}").format(name=path.name, why=error.message),
            error.hint or _("Look at it in {folder}, or choose another style.").format(folder=path.parent),
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            _("The style “{name}”, line {line}: it is not written in UTF-8.").format(
                name=path.name, line=line
            ),
            _("Save it as UTF-8; it lies in {folder}.").format(folder=path.parent),
        ) from error
