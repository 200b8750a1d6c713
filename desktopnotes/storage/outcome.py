"""What becomes of a save and of a look at the file: told by the store, taken by the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktopnotes.model.errors import WriteError
from desktopnotes.model.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Outside:
    """What another program did to the file.

    `base` is what the window will have by then: what it had handed over, and what came before this one;
    `theirs` is what was found, `saved` what has both. The window takes it by a merge of what it has by then
    with `saved`; `number` counts up from 1. Where many notes went by it, `notice` says what became of them,
    and `in_backups` whether they lie there. `parted` is what both sides changed, None where nobody knows.
    """

    base: Notebook
    theirs: Notebook
    saved: Notebook
    number: int = 0
    notice: str = ""
    in_backups: bool = False
    parted: Notebook | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that is on the disk; `notice` is for the user, or empty, `in_backups`: it tells of one."""

    notice: str = ""
    outside: Outside | None = None
    in_backups: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the file found: something to tell, something to take, something to be written."""

    notice: str = ""
    outside: Outside | None = None
    is_to_write: bool = False
    may_write_again: bool = False


class NotSavedError(WriteError):
    """A save that failed: where a `copy` lies instead, and what else came in meanwhile."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        why: str = "",
        copy: Path | None = None,
        outside: Outside | None = None,
    ) -> None:
        super().__init__(message, hint, why=why)
        self.copy = copy
        self.outside = outside
