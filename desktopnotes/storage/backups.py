"""Copies of notebooks, in the user's state folder: the notebook's own may be synced, or full.

A backup is a plain file that any program can open. Its name says all that a list of them shows: the moment
(UTC), why it was made, how much was in it, and the beginning of its SHA-256. They lie in a folder of the
notebook's path; that of a notebook which was moved is found by the notebook's id. What bears no such name is
never touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desktopnotes.files import Identity, identity, read_regular, replace_file, write_new
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import LIMIT_BYTES, decode, encode
from desktopnotes.storage.ids import id_at, id_of
from desktopnotes.storage.newer import refuse_newer
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX, backups_folder
from desktopnotes.storage.turns import turn
from desktopnotes.words import _

_NAME_CHARACTERS = 40
_WHOSE = "notebook.json"
_WHOSE_LIMIT = 100_000
_LEFTOVER_S = 86_400
_DIGEST_LETTERS = 12
_MOMENT = "%Y-%m-%dT%H-%M-%S"
_NAME = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:\.(?P<ms>\d{3}))?Z"
    r"(?:\.(?P<why>[a-z]+))?(?:\.(?P<notes>\d+)n(?P<talks>\d+)t)?(?:\.(?P<digest>[0-9a-f]{12}))?"
    rf"(?: \d+)?{re.escape(NOTEBOOK_SUFFIX)}"
)
_TEMPORARY = re.compile(r"\.[0-9a-f]{12}\.tmp")


class Why(StrEnum):
    """Why a backup was made; the word stands in its file's name."""

    OPENED = "opened"
    CHANGES = "changes"
    LOSS = "loss"
    RESTORE = "restore"
    OUTSIDE = "outside"
    CONFLICT = "conflict"
    UNSAVED = "unsaved"
    LEFT = "left"
    UPGRADE = "upgrade"
    UNKNOWN = ""

    @property
    def is_great(self) -> bool:
        """Whether something great came next, so that it is kept longer."""
        return self not in (Why.OPENED, Why.CHANGES)

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Why.OPENED: _("when it was opened"),
    Why.CHANGES: _("while writing"),
    Why.LOSS: _("before many notes went"),
    Why.RESTORE: _("before a backup was restored"),
    Why.OUTSIDE: _("before another program’s change"),
    Why.CONFLICT: _("another version that lay beside it"),
    Why.UNSAVED: _("what could not be saved"),
    Why.LEFT: _("left by a save that broke off"),
    Why.UPGRADE: _("before the file’s format changed"),
    Why.UNKNOWN: _("kept by an earlier version"),
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. `moment` is in UTC, `size` in bytes; `notes` and `talks` are None where nobody counted."""

    path: Path
    moment: datetime
    why: Why
    size: int
    notes: int | None = None
    talks: int | None = None
    digest: str = ""


def of(path: Path) -> tuple[Backup, ...]:
    """The backups of the notebook at `path`, whatever is there now; the newest first."""
    found = [backup for folder in _folders_of(_real(path)) for backup in _in(folder)]
    return tuple(sorted(found, key=lambda one: (one.moment, one.path.name), reverse=True))


def read(backup: Backup) -> Notebook:
    """What is in it. Raises `ReadError`: what was kept of a damaged file is damaged too."""
    return decode(content_of(backup), backup.path.name)


def content_of(backup: Backup) -> bytes:
    """Its bytes. Raises `ReadError`."""
    return read_regular(backup.path, LIMIT_BYTES)


def keep(
    path: Path,
    why: Why = Why.OUTSIDE,
    *,
    notebook: Notebook | None = None,
    content: bytes | None = None,
    now: datetime | None = None,
    root: Path | None = None,
) -> Path:
    """Copies the notebook file as it stands, whatever is in it (or `content`), and thins what is there.

    `notebook` is what is in it, where that is known: its notes are counted in the name, and by its id these
    backups are found when it was moved (else by what is known of them already). What the newest
    backup holds already is not copied again. Answers where it is kept; it is on the disk then. Raises
    `ReadError` or `WriteError`.
    """
    path, root = _real(path), root or backups_folder()
    now = (now or datetime.now(UTC)).astimezone(UTC)
    content = read_regular(path, LIMIT_BYTES) if content is None else content
    digest = hashlib.sha256(content).hexdigest()[:_DIGEST_LETTERS]
    folder = root / _own_name(path)
    known = _kept_already(folder, digest, why, now)
    if known is not None:
        return known
    try:
        _make_private(folder)
        counts = f".{_count(notebook)}n{len(notebook.talks)}t" if notebook is not None else ""
        moment = f"{now.strftime(_MOMENT)}.{now.microsecond // 1000:03}Z"
        name = f"{moment}.{why}{counts}.{digest}{NOTEBOOK_SUFFIX}"
        kept = write_new(folder / name, content)
        os.chmod(kept, 0o600)
    except OSError as error:
        raise WriteError(
            _("No backup could be made in “{folder}”: {reason}.").format(
                folder=folder, reason=error.strerror
            ),
            _("Check that folder and its disk."),
        ) from error
    with contextlib.suppress(UserError, OSError):  # the backup is there: all below is for later only
        _say_whose(folder, path, notebook.id if notebook is not None else _whose(folder).id or id_of(content))
        thin(path, now, root=root)
    return kept


def restore(path: Path, content: bytes) -> Path | None:
    """Puts `content` at `path`, durably, after what is there was kept; answers where (None: nothing was).

    A window that has the notebook open takes it as the user's wish, not for an older state of its own notes.
    Where nothing is there, the new file is for its owner alone, as the backup is: its mode is not known.
    Raises `ReadError` or `WriteError` (also where a newer version wrote what is there), and has changed
    nothing then.
    """
    path = _real(path)
    refuse_newer(path)
    kept: list[Path] = []
    looked_at: list[Identity | None] = [None]

    def keep_what_is_there(_: object = None, there: Path = path) -> None:
        """Once more just before it is replaced, and of what came out, where someone has written meanwhile."""
        now = identity(there)
        if now not in looked_at:
            looked_at.append(now)
            kept.append(keep(path, Why.RESTORE, content=read_regular(there, LIMIT_BYTES)))

    with turn(path) as mine:
        keep_what_is_there()
        state = replace_file(
            path,
            content,
            make_folder=True,
            private=True,
            before=keep_what_is_there,
            came_out=lambda old: keep_what_is_there(there=old),
        )
        mine.is_meant(state)
    return kept[-1] if kept else None


def restore_notebook(path: Path, notebook: Notebook) -> Path | None:
    """As `restore`, of a notebook."""
    return restore(path, encode(notebook))


def thin(path: Path, now: datetime, *, root: Path | None = None) -> None:
    """Lets go of what the rule of `thinning` no longer wants; killed in between it has only done less."""
    from desktopnotes.storage.thinning import Kept, to_drop  # done on workers alone

    found = [one for folder in _folders_of(_real(path), root) for one in _in(folder)]
    gone = to_drop([Kept(one.moment, one.size, one.why.is_great) for one in found], now)
    for at in gone:
        with contextlib.suppress(OSError):  # another window thins as well
            found[at].path.unlink()
    _clear_leftovers((root or backups_folder()) / _own_name(_real(path)))


def _clear_leftovers(folder: Path) -> None:
    """Takes away what a killed writing left, once nobody can be writing it any more."""
    for each in folder.iterdir():
        with contextlib.suppress(OSError):
            if _TEMPORARY.fullmatch(each.name) and time.time() - each.lstat().st_mtime > _LEFTOVER_S:
                each.unlink()


# --- folders and names ---------------------------------------------------------------------------------


def _own_name(path: Path) -> str:
    """A name for the notebook at `path` that tells it from one of the same name elsewhere."""
    where = hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
    return f"{path.name.removesuffix(NOTEBOOK_SUFFIX)[:_NAME_CHARACTERS]}-{where}"


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _in(folder: Path) -> Iterator[Backup]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        backup = _backup(entry)
        if backup is not None:
            yield backup


def _backup(entry: os.DirEntry[str]) -> Backup | None:
    """What a file is by its name; None where it is none of ours, or no file."""
    named = _NAME.fullmatch(entry.name)
    if named is None:
        return None
    try:
        moment = datetime.strptime(named["moment"], _MOMENT).replace(tzinfo=UTC)
        moment += timedelta(milliseconds=int(named["ms"] or 0))
        status = entry.stat(follow_symlinks=False)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    why = Why(named["why"]) if named["why"] in list(Why) else Why.UNKNOWN
    notes, talks = (int(named[key]) if named[key] else None for key in ("notes", "talks"))
    return Backup(Path(entry.path), moment, why, status.st_size, notes, talks, named["digest"] or "")


def _kept_already(folder: Path, digest: str, why: Why, now: datetime) -> Path | None:
    """The newest backup, where it holds the same; of something great also an older one that is kept as long.

    A clock that was set back makes later ones than now: each of them is as good as the newest.
    """
    known = sorted(_in(folder), key=lambda one: one.moment)
    newest = next((one.moment for one in reversed(known) if one.moment <= now), None)
    for one in reversed(known):
        is_newest = newest is None or one.moment >= newest
        if one.digest == digest and (is_newest if not why.is_great else one.why.is_great):
            return one.path
    return None


def _count(notebook: Notebook) -> int:
    return sum(len(talk.notes) for talk in notebook.talks)


def _make_private(folder: Path) -> None:
    """A folder that nobody else may look into, and that outlasts a power cut."""
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, exist_ok=True)
        if stat.S_IMODE(each.stat().st_mode) != 0o700:
            each.chmod(0o700)
    if sys.platform == "win32":
        return
    for each in (folder.parent.parent, folder.parent):
        descriptor = os.open(each, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with contextlib.suppress(OSError):  # some network disks know no fsync
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --- whose they are ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Whose:
    path: str = ""
    id: str = ""


def _folders_of(path: Path, root: Path | None = None) -> list[Path]:
    """The folder of that path, and those of the same notebook where it lay before it was moved here."""
    root = root or backups_folder()
    own = root / _own_name(path)
    ids = {id_at(path), _whose(own).id} - {""}
    moved = [
        folder
        for folder in (_listed(root) if ids else ())
        if folder != own and (whose := _whose(folder)).id in ids and not os.path.lexists(whose.path or folder)
    ]
    return [own, *moved]


def _listed(root: Path) -> list[Path]:
    try:
        return sorted(Path(entry.path) for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def _whose(folder: Path) -> _Whose:
    """Which notebook's backups are in the folder; empty words where nobody has written it down."""
    try:
        value = json.loads(read_regular(folder / _WHOSE, _WHOSE_LIMIT))
        return _Whose(str(value["path"]), str(value["id"]))
    except (UserError, ValueError, KeyError, TypeError, RecursionError):
        return _Whose()


def _say_whose(folder: Path, path: Path, notebook_id: str) -> None:
    """By its own id the backups are found when it was moved; what is kept there may be another's."""
    whose = _Whose(str(path), notebook_id)
    if whose != _whose(folder):
        words = json.dumps({"path": whose.path, "id": whose.id}, ensure_ascii=True)
        replace_file(folder / _WHOSE, words.encode())
        os.chmod(folder / _WHOSE, 0o600)
