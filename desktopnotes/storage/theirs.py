"""The notebook's file as another program left it: read when it is whole, kept where it cannot be merged."""

from __future__ import annotations

import contextlib
import os
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
NOT_CONFIRMED = _(
    "The notebook is saved, but the disk cannot confirm it, as its folder may not be listed: the last "
    "change may not outlast a power cut. Let yourself read that folder, and this is mended."
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
        return Looked(f"{NEWER} {_('Your next changes will not be saved in it.')}")
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
        return Looked(f"{what} {_('The notebook is shown here as it was before.')}")
    return Looked(f"{what} {then}", may_write_again=True)


def newer_error() -> WriteError:
    """What a newer version wrote is not written over."""
    return WriteError(
        f"{NEWER} {_('It was not written over.')}",
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
        found = _found(content, state)
        is_whole = found.notebook is not None and identity(path) == state
        if is_whole or time.monotonic() >= stop_s:
            return found
        time.sleep(_AGAIN_S)


def _found(content: bytes, state: Identity) -> Found:
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


class CameOut:
    """Files of others that a save brought out, in which something may be that is nowhere else.

    They stay beside the notebook until it has that too: the program may be killed meanwhile, and what it
    leaves is looked through by `leftovers`.
    """

    def __init__(self) -> None:
        self._paths: list[Path] = []
        self._unread: dict[Path, bool] = {}

    def stays(self, path: Path) -> None:
        self._paths.append(path)

    def read(self, path: Path, take_in: Callable[[Found], list[str]]) -> list[str]:
        """Takes in what is in it. Raises `WriteError` where that fails: then it is tried at `read_again`."""
        self._unread[path] = False
        try:
            notices = take_in(read_to_merge(path))
        except UserError as error:
            cause = error.__cause__ if isinstance(error.__cause__, UserError) else error
            raise WriteError(
                _(
                    "Another program changed the notebook’s file while it was saved. Its version could "
                    "not be kept as a backup; it lies beside the notebook as “{name}”. {message}"
                ).format(name=path.name, message=cause.message),
                error.hint,
                why=_("Another program has changed the file"),
                by_another=True,
            ) from error
        del self._unread[path]
        self.stays(path)
        return notices

    def read_again(self, take_in: Callable[[Found], list[str]]) -> list[str]:
        """What could not be read then; where that fails again it is told once, and the save goes on."""
        notices: list[str] = []
        for path, is_told in list(self._unread.items()):
            try:
                notices += self.read(path, take_in)
            except WriteError as error:
                if not os.path.lexists(path):
                    del self._unread[path]  # somebody took it away
                    continue
                self._unread[path] = True
                notices += [] if is_told else [error.message]
        return notices

    def is_saved(self) -> None:
        for path in self._paths:
            with contextlib.suppress(OSError):  # then `leftovers` removes it
                path.unlink()
        self._paths.clear()


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
