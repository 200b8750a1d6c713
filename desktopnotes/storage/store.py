"""One notebook file: opened, then saved many times; what cannot be understood is never written over."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath

from desktopnotes.files import Identity, identity, read_identified, replace_file, write_new
from desktopnotes.model.errors import DamagedError, UserError, WriteError
from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Notebook, Post, new_id
from desktopnotes.storage import backups
from desktopnotes.storage.codec import LIMIT_BYTES, Encoder, decode_any, encode
from desktopnotes.storage.format import VERSION
from desktopnotes.storage.keeping import Keeper
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX

_LONGEST_NAME_BYTES = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A notebook as it was read. `path` is absolute, its links followed; `notice` is for the user, or empty.

    One that is `read_only` (from a newer version, or write-protected) is never written.
    """

    notebook: Notebook
    path: Path
    identity: Identity
    read_only: bool = False
    notice: str = ""
    is_older: bool = False
    """Its file has an older format than a save gives it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that is on the disk; `notice` is for the user, or empty, `in_backups`: it tells of one."""

    notice: str = ""
    in_backups: bool = False


def open_notebook(path: Path) -> Opened:
    """Reads a notebook. Raises `ReadError` in plain words, and then the file must not be written.

    A `DamagedError`, which has the path, is raised for one of which something may be salvaged.
    """
    real = Path(os.path.realpath(path))
    content, state = read_identified(real, LIMIT_BYTES)
    try:
        decoded = decode_any(content, path.name)
    except DamagedError as error:
        raise DamagedError(error.message, error.hint, str(real)) from error
    if decoded.is_newer:
        notice = "A newer version of Desktop Notes wrote this notebook: it can be read here, not changed."
        return Opened(decoded.notebook, real, state, read_only=True, notice=notice)
    if not os.access(real, os.W_OK):
        notice = "This notebook is write-protected: it can be read, not changed."
        return Opened(decoded.notebook, real, state, read_only=True, notice=notice)
    is_older = decoded.version < VERSION
    return Opened(decoded.notebook, real, state, notice=_about_unsaved(real), is_older=is_older)


def create(folder: Path, title: str, posts: tuple[Post, ...] = ()) -> Opened:
    """Makes a notebook without talks in `folder`, its file named after `title` or next to it ("My Talks 2").

    Folders that are missing are made. Raises `WriteError`.
    """
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    notebook = Notebook(new_id(), title, created, posts=posts)
    path = Path(os.path.realpath(folder)) / file_name(title)
    return open_notebook(write_new(path, encode(notebook), make_folder=True))


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


class Store:
    """The file of the open notebook, and what is known of its state on the disk.

    A file that is in another state than it was left in was changed by someone else: it is kept as a backup
    before it is replaced. Saving is for one thread at a time.
    """

    def __init__(self, opened: Opened) -> None:
        self.path = opened.path
        self.notebook = opened.notebook
        """What is on the disk, as far as is known: the last that was read or saved."""
        self._read_only = opened.read_only
        self._looked_at: set[Identity | None] = {opened.identity}
        self._encoder = Encoder()
        self._unsaved_copy: Path | None = None
        self.keeper: Keeper | None = None

    def relative(self, file: Path) -> str:
        """As the notebook names a file: see `relative`."""
        return relative(file, self.path)

    def absolute(self, file: str) -> Path:
        """Where a file lies that the notebook names so: see `absolute`."""
        return absolute(file, self.path)

    def save(self, notebook: Notebook) -> Saved:
        """Replaces the file, durably. Raises `WriteError` that says where a copy was put instead."""
        content = self._encoder.encode(notebook)
        notices: list[str] = []
        told, in_backups = "", False
        try:
            if self._read_only:
                raise WriteError("This notebook can be read here, not changed, so it was not saved.")
            if self.keeper is not None:
                told, in_backups = self.keeper.before_save(self.notebook, notebook)
            replace_file(self.path, content, before=lambda new: notices.append(self._look(new)))
        except UserError as error:
            raise self._kept_elsewhere(error, content) from error
        self.notebook = notebook
        self._drop_copy()
        if self.keeper is not None:
            self.keeper.saved(notebook)
        return Saved(" ".join(filter(None, (told, notices[0]))), in_backups)

    def _look(self, new: Identity) -> str:
        """Keeps what someone else has put in the file's place; what is told of it."""
        now = identity(self.path)
        notice = ""
        if now is not None and now not in self._looked_at:
            _keep_the_other(self.path)
            notice = (
                "Another program had changed the notebook’s file. "
                "Its version was kept as a backup, and yours was saved."
            )
        # The new one too: if only the fsync of the folder fails, the file is in place and still ours.
        self._looked_at = {now, new}
        return notice

    def _kept_elsewhere(self, error: UserError, content: list[bytes]) -> WriteError:
        try:
            if self._unsaved_copy is None:
                self._unsaved_copy = backups.keep_unsaved(self.path, content)
            else:
                replace_file(self._unsaved_copy, content)
        except UserError:
            return WriteError(
                f"{error.message} Your notes are safe in this window as long as it is open.",
                error.hint,
            )
        return WriteError(
            f"{error.message} A copy of your notes is kept in {self._unsaved_copy}.", error.hint
        )

    def _drop_copy(self) -> None:
        """The copy has had its day: all of it is in the file now."""
        if self._unsaved_copy is not None:
            with contextlib.suppress(OSError):
                self._unsaved_copy.unlink()
            self._unsaved_copy = None


def with_backups(opened: Opened) -> Store:
    """A store whose saves make the backups that are due."""
    made = Store(opened)
    if not opened.read_only:
        made.keeper = Keeper(opened.path, opened.notebook, upgrades=opened.is_older)
    return made


def _keep_the_other(path: Path) -> None:
    try:
        backups.keep(path)
    except UserError as error:
        raise WriteError(
            "Another program has changed the notebook’s file, and its version could not be kept as a backup, "
            f"so it was not written over. {error.message}",
            error.hint,
        ) from error


def _about_unsaved(path: Path) -> str:
    copies = backups.unsaved(path)
    return f"Notes that could not be saved here earlier are kept in {copies[-1]}." if copies else ""
