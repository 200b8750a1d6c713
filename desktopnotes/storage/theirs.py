"""The notebook's file as another program left it: read when it is whole, kept where it cannot be merged."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.exchanging import exchange
from desktopnotes.file_errors import cannot_write
from desktopnotes.files import Identity, identity, read_identified
from desktopnotes.model.errors import ReadError, UserError, WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import LIMIT_BYTES, decode_any
from desktopnotes.storage.loading import has_conflict_marks
from desktopnotes.storage.outcome import Looked
from desktopnotes.words import _

_WHOLE_AFTER_S = 1.2
"""So long a save waits for a file that is half written."""

_AGAIN_S = 0.05
_ODD_FOR_S = 5.0

NEWER = _("A newer version of Desktop Notes has changed this notebook’s file.")
NOT_MERGED = _(
    "Another program had put something else in the place of the notebook’s file. That was kept as a "
    "backup, and yours was saved."
)
MARKS_MERGED = _(
    "Git had left the marks of a conflict in the notebook’s file. What both sides wrote is in the "
    "notebook now; the file as it was is kept as a backup."
)
HARD_LINK = _(
    "Another name of this file (a hard link) keeps the state from before: “{name}” goes on without it."
)
DELETED = _(
    "Another program has deleted the notebook’s file, or moved it. All of it is in this window, and is "
    "written again with your next change."
)
_DAMAGED_ANEW = _(
    "All of it is in this window, and is written anew with your next change; the damaged one is kept as a "
    "backup then."
)
_OTHER_ANEW = _(
    "All of it is in this window, and is written anew with your next change; the other one is kept as a "
    "backup then."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A state of the file; `notebook` is None where it is no whole one."""

    state: Identity
    content: bytes
    notebook: Notebook | None = None
    is_newer: bool = False

    def between_marks(self) -> Notebook | None:
        """What both sides of a conflict of Git wrote; None where the file has no marks of one."""
        if self.notebook is not None or not has_conflict_marks(self.content):
            return None
        from desktopnotes.storage.salvage import salvage  # rarely needed

        salvaged = salvage(self.content)
        return salvaged.notebook if salvaged is not None else None


def of_odd(found: Found, *, read_only: bool) -> Looked:
    """What is told of a file that cannot be merged. Nothing is written before the user does something."""
    if found.is_newer:
        return Looked(NEWER + " " + _("Your next changes will not be saved in it."))
    then = _DAMAGED_ANEW
    if found.notebook is not None:
        what = _("Another notebook was put in the place of this notebook’s file.")
        then = _OTHER_ANEW
    elif has_conflict_marks(found.content):
        what = _("Git has left the marks of a conflict in the notebook’s file.")
        then = _(
            "All of it is in this window; your next change brings in what both sides wrote, and the "
            "file as it is now is kept as a backup then."
        )
    else:
        what = _("Another program has damaged the notebook’s file.")
    if read_only:
        return Looked(what + " " + _("The notebook is shown here as it was before."))
    return Looked(f"{what} {then}", may_write_again=True)


def newer_error() -> WriteError:
    """What a newer version wrote is not written over."""
    return WriteError(
        NEWER + " " + _("It was not written over."),
        _("Update this program: when it opens the notebook again, it offers to bring your changes in."),
        why=_("A newer version has changed the file"),
        by_another=True,
    )


def keeps_changing(path: Path) -> WriteError:
    """Another program writes the file again and again."""
    return WriteError(
        _("Another program keeps changing “{name}”, so it was not saved.").format(name=path.name),
        _("End that program, or wait: saving is tried again by itself."),
        why=_("Another program keeps changing the file"),
        by_another=True,
    )


def is_newer(path: Path) -> bool:
    """Whether a newer version wrote what lies there."""
    try:
        return read_whole(path, wait_s=0.0).is_newer
    except ReadError:
        return False


def put_back(came_out: Path, path: Path) -> bool:
    """Gives what an exchange brought out its place again, and removes what was put there; False where it
    cannot be done. Raises `WriteError`.
    """
    try:
        ours = os.stat(path)
        if not exchange(came_out, path):
            return False
        if os.path.samestat(ours, os.stat(came_out)):  # else a third one came in between: that stays beside
            os.unlink(came_out)
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def merged(base: Notebook | None, ours: Notebook, theirs: Notebook) -> Notebook:
    """Ours with what theirs changed since both were `base`, as `model.merge` has it."""
    from desktopnotes.model.merge import merge  # most runs never merge

    return merge(base, ours, theirs).notebook


def regular_status(path: Path) -> os.stat_result | None:
    """What is known of a regular file; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def read_to_merge(path: Path) -> Found:
    """As `read_whole`, before it is written over. Raises `WriteError`: then it must not be."""
    try:
        return read_whole(path, wait_s=_WHOLE_AFTER_S)
    except ReadError as error:
        raise WriteError(
            _(
                "Another program has changed the notebook’s file, so it was not written over. {message}"
            ).format(message=error.message),
            error.hint,
            why=_("Another program has changed the file"),
            by_another=True,
        ) from error


def read_whole(path: Path, *, wait_s: float) -> Found:
    """What lies at `path`, after a wait of at most `wait_s` where it is half written. Raises `ReadError`."""
    stop_s = time.monotonic() + wait_s
    while True:
        content, state = read_identified(path, LIMIT_BYTES)
        found = found_in(content, state)
        is_whole = found.notebook is not None and identity(path) == state
        if is_whole or time.monotonic() >= stop_s:
            return found
        time.sleep(_AGAIN_S)


def found_in(content: bytes, state: Identity) -> Found:
    """What the bytes of a file are."""
    try:
        decoded = decode_any(content)
    except ReadError:
        return Found(state, content)
    return Found(state, content, decoded.notebook, decoded.is_newer)


def keep_beside(path: Path, found: Found) -> None:
    """Keeps what lay at `path` as a backup before it is replaced. Raises `WriteError`."""
    from desktopnotes.storage import backups  # loaded by the first backup, which comes before any save

    try:
        backups.keep(path, content=found.content)
    except UserError as error:
        raise WriteError(
            _(
                "Another program has changed the notebook’s file, and its version could not be kept as "
                "a backup, so it was not written over. {message}"
            ).format(message=error.message),
            error.hint,
            why=_("Another program has changed the file"),
            by_another=True,
        ) from error


class Watch:
    """What is odd about the file is told once, when it has stayed so for some seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since_s: float | None = None
        self._is_told = False

    def is_well(self) -> None:
        self._since_s, self._is_told = None, False

    def odd(self, looked: Looked) -> Looked | None:
        """`looked` when it is to be told, None before and afterwards."""
        now_s = self._now()
        self._since_s = now_s if self._since_s is None else self._since_s
        if self._is_told or now_s - self._since_s < _ODD_FOR_S:
            return None
        self._is_told = True
        return looked
