"""Emergency copies: what could not be saved lies in the user's state folder until it is, or is brought in."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from desktopnotes.files import replace_file, write_new
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.storage.outcome import NotSavedError, Outside
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX, state_folder
from desktopnotes.words import _

_NAME_CHARACTERS = 40
_MARK_LETTERS = 8


class EmergencyCopy:
    """The one copy of a notebook's run: made when a save fails, replaced while that lasts, then removed."""

    def __init__(self, path: Path, notebook_id: str) -> None:
        self._folder = folder()
        self._of = (path, notebook_id)
        self.path: Path | None = None

    def keep(self, content: Iterable[bytes]) -> Path:
        """Puts all of the notebook there, durably and for the user's eyes alone. Raises `WriteError`."""
        if self.path is None:  # what an earlier run left is never replaced
            first = self._folder / f"{_name(*self._of)}{NOTEBOOK_SUFFIX}"
            self.path = write_new(first, content, make_folder=True, private=True)
        else:
            replace_file(self.path, content, make_folder=True, private=True)
        return self.path

    def drop(self) -> None:
        """It has had its day: all of it is in the notebook's file now."""
        if self.path is not None:
            remove(self.path)
            self.path = None


def a_fault() -> WriteError:
    """What is told of a save that failed by a bug, which is in the log."""
    return WriteError(
        _("The notebook was not saved, by a fault of the program."),
        _("Keep the window open: saving is tried again by itself."),
    )


def not_saved(error: UserError, copy: Path | None, outside: Outside | None) -> NotSavedError:
    """The error of a save with where the `copy` lies; None: none could be made."""
    why: str = getattr(error, "why", "")
    if copy is None:
        told = _("No copy could be made either: your notes are in this window only, so keep it open.")
    else:
        told = _("A copy of your notes is kept in {folder}.").format(folder=shown(copy.parent))
    message, hint = f"{error.message} {told}", error.hint
    if why and not getattr(error, "by_another", False):
        # In a small window the rest is cut off, and why it failed stands to the left of it anyway.
        untouched = _("{why}; what was saved before is untouched.").format(why=why)
        message, hint = f"{told} {hint} {untouched}", ""
    return NotSavedError(message, hint, why=why, copy=copy, outside=outside)


def folder() -> Path:
    """Where the copies lie."""
    return state_folder() / "unsaved"


def copies(path: Path, notebook_id: str) -> tuple[Path, ...]:
    """What earlier runs could not save at `path`, or of that notebook where it lay before; oldest first."""
    found: list[tuple[int, Path]] = []
    with contextlib.suppress(OSError):
        there = [entry for entry in os.scandir(folder()) if entry.name.endswith(NOTEBOOK_SUFFIX)]
        here, this = _marks(path, notebook_id) if there else ("", "")
        for entry in there:
            is_of_it = f"-{here}-" in entry.name or f"-{this}" in entry.name
            if is_of_it and entry.is_file(follow_symlinks=False):
                found.append((entry.stat().st_mtime_ns, Path(entry.path)))
    return tuple(copy for _when, copy in sorted(found))


def remove(copy: Path) -> None:
    """Takes a copy away that is needed no more."""
    with contextlib.suppress(OSError):
        copy.unlink()


def shown(path: Path) -> str:
    """A path as a person names it: short, from the home folder where it lies there."""
    with contextlib.suppress(ValueError, RuntimeError):
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    return str(path)


def _name(path: Path, notebook_id: str) -> str:
    here, this = _marks(path, notebook_id)
    return f"{path.name.removesuffix(NOTEBOOK_SUFFIX)[:_NAME_CHARACTERS]}-{here}-{this}"


def _marks(path: Path, notebook_id: str) -> tuple[str, str]:
    """What tells the place, and the notebook: one that was moved since finds its copy all the same."""
    return _mark(b"path " + os.fsencode(path)), _mark(b"id " + notebook_id.encode("utf-8", "surrogatepass"))


def _mark(what: bytes) -> str:
    import hashlib  # loads OpenSSL, which a start does without

    return hashlib.sha256(what).hexdigest()[:_MARK_LETTERS]
