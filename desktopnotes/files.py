"""Files read and written with care: a file is replaced whole and durably, never changed in place.

Writing is the recipe of which no sample store was lost in power cuts: a temporary file of a name that nobody
can guess in the same folder; fsync; rename; fsync of the folder. Reading opens regular files only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from desktopnotes.exchanging import exchange
from desktopnotes.file_errors import ELSEWHERE, cannot_read, cannot_write
from desktopnotes.model.errors import ReadError, WouldOverwriteError, WriteError
from desktopnotes.syncing import folder_to_disk, to_disk
from desktopnotes.words import _

_BINARY = getattr(os, "O_BINARY", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | _BINARY
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY
_BUFFER_BYTES = 1 << 16
TEMPORARY = re.compile(r"\.[0-9a-f]{12}\.tmp")
"""The whole name of a file that is being written, or that a killed program left."""

_SUFFIX = re.compile(r"(?<=.)(\.[a-z]+)?\.[^.]+$")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one state of a file from another; no program can set its `ctime_ns` back."""

    inode: int
    mtime_ns: int
    size: int
    ctime_ns: int = 0

    def by_any_name(self) -> Identity:
        """What stays of it when its name changes."""
        return replace(self, ctime_ns=0)


def identity(path: Path) -> Identity | None:
    """None where nothing is there. Raises `ReadError` where that cannot be known."""
    try:
        return _identity(os.stat(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error


def _identity(status: os.stat_result) -> Identity:
    return Identity(status.st_ino, status.st_mtime_ns, status.st_size, status.st_ctime_ns)


def is_among(state: Identity | None, known: Collection[Identity | None]) -> bool:
    """Whether it is one of these, of which some may be known `by_any_name`."""
    return state in known or (state is not None and state.by_any_name() in known)


def read_regular(path: Path, limit_bytes: int) -> bytes:
    """The bytes of a regular file of at most `limit_bytes`. Raises `ReadError`."""
    return read_identified(path, limit_bytes)[0]


def read_identified(path: Path, limit_bytes: int) -> tuple[bytes, Identity]:
    """As `read_regular`, with the identity of the state that was read."""
    try:
        # Opening a device can do things, so it is looked at before; only the look after opening is sure.
        _refuse_strange(path, os.stat(path))
        with os.fdopen(os.open(path, _READ), "rb") as file:
            status = os.fstat(file.fileno())
            _refuse_strange(path, status)
            content = file.read(limit_bytes + 1) if status.st_size <= limit_bytes else b""
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error
    if max(status.st_size, len(content)) > limit_bytes:
        raise ReadError(
            _("“{name}” is larger than {size}, so it was not read.").format(
                name=path.name, size=_size(limit_bytes)
            ),
            _("Check that this is the right file."),
        )
    return content, _identity(status)


def _refuse_strange(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ReadError(
            _("“{name}” is a folder, not a file.").format(name=path.name), _("Choose a file in it.")
        )
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(
            _("“{name}” is no regular file but a device, pipe or socket; it was not opened.").format(
                name=path.name
            )
        )


def _size(count: int) -> str:
    if count >= 1_000_000:
        return _("{count} MB").format(count=count // 1_000_000)
    return _("{count} kB").format(count=count // 1000)


def replace_file(
    path: Path,
    content: bytes | Iterable[bytes],
    *,
    overwrite: bool = True,
    make_folder: bool = False,
    private: bool = False,
    mode: int | None = None,
    before: Callable[[Identity], None] | None = None,
    came_out: Callable[[Path], object] | None = None,
) -> Identity:
    """Puts `content` at `path`, whole or not at all; it is on the disk when this returns.

    A link is followed, so it stays a link; the old file's mode is kept, a new one has `mode` or is for its
    owner alone if `private`. `before` is called with the new file's identity when all of it is on the disk
    and the old one still stands; what it raises ends the deed. `came_out` is called with the old file, under
    another name, when the new one has taken its place, where the system can exchange the two; the old one
    is removed then, unless that raises or answers True. Without `overwrite` an existing file is left and
    `WouldOverwriteError` raised. Raises `WriteError` in plain words; the old file is untouched then, unless
    it says that just the fsync of the folder failed.
    """
    chunks = (content,) if isinstance(content, bytes) else content
    try:
        target = Path(os.path.realpath(path))
        if make_folder:
            _make_folder(target.parent)
        written, temporary = _written(target, chunks, before, 0o600 if private else 0o666, mode)
        _put_in_place(temporary, target, overwrite, came_out)
        _confirm(target)
        return _as_named(written, target)
    except FileExistsError as error:
        raise WouldOverwriteError(
            _("“{name}” exists already and was left as it is.").format(name=path.name),
            _("Choose another name."),
        ) from error
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error


def _as_named(written: Identity, target: Path) -> Identity:
    """What was written, now that it has its name."""
    with contextlib.suppress(OSError):
        now = _identity(os.stat(target))
        if now.by_any_name() == written.by_any_name():
            return now
    return written


def confirm_on_disk(path: Path) -> None:
    """Sees to it that a file that somebody has written outlasts a power cut. Raises `WriteError`."""
    try:
        descriptor = os.open(path, _READ)
        try:
            to_disk(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise cannot_write(path, error) from error
    _confirm(path)


def write_new(
    path: Path, content: bytes | Iterable[bytes], *, make_folder: bool = False, private: bool = False
) -> Path:
    """Writes a file that was not there: at `path`, else at the next free name ("My Talks 2"); says which.

    Raises `WriteError`.
    """
    pieces = (content,) if isinstance(content, bytes) else tuple(content)
    for number in count(1):
        candidate = path if number == 1 else _numbered(path, number)
        if not os.path.lexists(candidate):
            with contextlib.suppress(WouldOverwriteError):
                replace_file(candidate, pieces, overwrite=False, make_folder=make_folder, private=private)
                return candidate
    raise AssertionError("numbers do not end")


def move_new(source: Path, path: Path) -> Path:
    """Puts a finished file in place durably: at `path`, else at the next free name; says which.

    Both lie on one disk, so nothing is copied and no part of a file is ever seen. Where the disk knows hard
    links, `source` stays as a second name of it, so that after a crash in between it is found to be there
    already. Raises `WriteError`.
    """
    try:
        descriptor = os.open(source, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | _BINARY)
        try:
            to_disk(descriptor)
        finally:
            os.close(descriptor)
        for number in count(1):
            candidate = path if number == 1 else _numbered(path, number)
            if _is_named(source, candidate):
                _confirm(candidate)
                return candidate
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    raise AssertionError("numbers do not end")


def _is_named(source: Path, candidate: Path) -> bool:
    """Gives the file that name too, unless another has it."""
    try:
        os.link(source, candidate)
    except FileExistsError:
        return os.path.samestat(os.lstat(source), os.lstat(candidate))
    except OSError:
        if os.path.lexists(candidate):
            return False
        os.rename(source, candidate)  # no hard links here (a USB stick)
    return True


def _numbered(path: Path, number: int) -> Path:
    suffix = found[0] if (found := _SUFFIX.search(path.name)) else ""
    return path.with_name(f"{path.name.removesuffix(suffix)} {number}{suffix}")


def _make_folder(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, "a file stands in its place", str(folder)) from error
    for made in reversed(missing):
        folder_to_disk(made.parent)


def _written(
    target: Path,
    chunks: Iterable[bytes],
    before: Callable[[Identity], None] | None,
    at_most: int,
    mode: int | None,
) -> tuple[Identity, Path]:
    """The new file on the disk, under another name, and what it is."""
    mode = _mode_to_keep(target, mode)
    temporary, descriptor = _new_temporary(target.parent, at_most)
    try:
        with os.fdopen(descriptor, "wb", buffering=_BUFFER_BYTES) as file:
            if mode is not None and sys.platform != "win32":
                os.fchmod(descriptor, mode)
            file.writelines(chunks)
            file.flush()
            to_disk(descriptor)
            written = _identity(os.fstat(descriptor))
        if before is not None:
            before(written)
    except BaseException:
        _remove(temporary)
        raise
    return written, temporary


def _remove(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def _new_temporary(folder: Path, mode: int) -> tuple[Path, int]:
    """A file that was not there, whatever was planted: hidden, and of a name that is never too long."""
    while True:
        temporary = folder / f".{os.urandom(6).hex()}.tmp"
        with contextlib.suppress(FileExistsError):
            return temporary, os.open(temporary, _NEW_FILE, mode)


def _mode_to_keep(target: Path, of_new: int | None) -> int | None:
    """The old file's mode, else `of_new`. Replacing must not do what writing would not be allowed to."""
    try:
        status = os.stat(target)
    except FileNotFoundError:
        return of_new
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(target))
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(
            _("“{name}” is a device, pipe or socket; it was left alone.").format(name=target.name), ELSEWHERE
        )
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "is write-protected", str(target))
    return stat.S_IMODE(status.st_mode)


def _put_in_place(
    temporary: Path, target: Path, overwrite: bool, came_out: Callable[[Path], object] | None
) -> None:
    try:
        if came_out is None or not _exchanged(temporary, target):
            _rename(temporary, target, overwrite)
            return
    except BaseException:
        _remove(temporary)
        raise
    # From here on what lies there is the old file: where it is not what it should be, it is not removed.
    if came_out(temporary) is not True:
        _remove(temporary)


def _exchanged(temporary: Path, target: Path) -> bool:
    try:
        return exchange(temporary, target)
    except FileNotFoundError:
        return False  # there is nothing to exchange it with


def _rename(temporary: Path, target: Path, overwrite: bool) -> None:
    if overwrite:
        os.replace(temporary, target)
        return
    try:
        os.link(temporary, target)
        os.unlink(temporary)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here (a USB stick): reserve the name, then fill it.
        os.close(os.open(target, _NEW_FILE, 0o666))
        os.replace(temporary, target)


def _confirm(target: Path) -> None:
    """Until its folder is on the disk too, a power cut may bring the old file back."""
    try:
        folder_to_disk(target.parent)
    except OSError as error:
        raise WriteError(
            _(
                "“{name}” was written, but the disk does not confirm it ({reason}): "
                "it may not outlast a power cut."
            ).format(name=target.name, reason=error.strerror),
            _("Save it on another disk as well."),
        ) from error
