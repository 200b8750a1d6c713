"""The log of the program: a file of bounded size in the state folder, without any text of notes.

What an error says of itself is told as `tracebacks` has it, so that no value comes in; of loggers of other
libraries nothing is written at all. With `DESKTOPNOTES_LOG=DEBUG` both are told whole. What says the same
again and again is counted instead. Where the file cannot be written, standard error gets the lines.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from desktopnotes import __version__, claims
from desktopnotes.model.errors import UserError

NAME = "desktopnotes.log"

FILE_BYTES = 500_000
"""A file that is longer makes room for a new one …"""

OLDER = 2
"""… and that many older ones are kept: `desktopnotes.1.log` is the last."""

_LONGEST_LINE = 32_000
_KEPT_LINES = 20
_SAME_LINES = 20
"""How often one line of the program may write to the log before only 100, 1,000 … times are told."""

_NEW = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Log(logging.Handler):
    """Writes each record by one call to the end of the file, so that two windows can share it.

    `last` are the lines written last, for a report: without names and texts that were logged, even where the
    file has them whole. `parts` say the versions of what the program is made
    of; they are written before the first error of a run.
    """

    def __init__(self, folder: Path | None, *, whole: bool = False) -> None:
        super().__init__()
        self._folder = folder
        self._whole = whole
        self._counts: dict[tuple[object, ...], int] = {}
        self._told_versions = False
        self._is_writing = False
        self.last: deque[str] = deque(maxlen=_KEPT_LINES)
        self.parts: list[Callable[[], str]] = []

    @property
    def path(self) -> Path | None:
        return self._folder / NAME if self._folder else None

    def emit(self, record: logging.LogRecord) -> None:
        """Never raises: what cannot be logged must not hide what was to be logged."""
        if self._is_writing:
            return  # an error of the writing itself, by way of `sys.unraisablehook`
        self._is_writing = True
        try:
            if line := self._line(record):
                self._write(line)
        except Exception:
            return
        finally:
            self._is_writing = False

    def versions(self) -> str:
        """The program and what it is made of, in one line."""
        import platform  # reads files of the system: only an error wants it

        parts = [f"Desktop Notes {__version__}", f"Python {platform.python_version()}"]
        for part in self.parts:
            with contextlib.suppress(Exception):  # one that is not there yet
                parts.append(part())
        return ", ".join((*parts, platform.platform()))

    def _line(self, record: logging.LogRecord) -> str:
        from desktopnotes import tracebacks  # a start without an error does without it

        error = record.exc_info[1] if record.exc_info else None
        same = tracebacks.fingerprint(error) if error is not None else ()
        often = self._often((record.name, record.lineno, *same), _SAME_LINES if error is None else 1)
        if not often:
            return ""
        moment = time.strftime("%Y-%m-%d %H:%M:%S%z", time.localtime(record.created))
        head = f"{moment} [{os.getpid()}]"
        self.last.append(f"{head} {self._told(record, often, whole=False, values=False)}"[:_LONGEST_LINE])
        words = f"{head} {self._told(record, often, whole=self._whole, values=True)}"
        if error is not None and not self._told_versions:
            self._told_versions = True
            words = f"{head} {self.versions()}\n{words}"
        return words[:_LONGEST_LINE].replace("\n", "\n    ") + "\n"

    def _told(self, record: logging.LogRecord, often: int, *, whole: bool, values: bool) -> str:
        """The record and its error in words: all it says if `whole`, names and texts if `values`."""
        from desktopnotes import tracebacks  # as above

        error = record.exc_info[1] if record.exc_info else None
        words = f"{record.levelname} {record.name}: {_words(record, whole=whole, values=values)}"
        if error is not None and often == 1:
            words = f"{words}\n{tracebacks.told(error, whole=whole)}"
        elif error is not None:
            words = f"{words} ({tracebacks.summary(error, whole=whole)})"
        if often > _SAME_LINES or (error is not None and often > 1):
            words = f"{words} – {often} times by now"
        return words

    def _often(self, same: tuple[object, ...], each_up_to: int) -> int:
        """How often that was said by now; 0 where it need not be told once more."""
        if same not in self._counts and len(self._counts) > 1000:
            self._counts.clear()
        often = self._counts[same] = self._counts.get(same, 0) + 1
        return often if often <= each_up_to or str(often).strip("0") == "1" else 0

    def _write(self, line: str) -> None:
        try:
            if self._folder is None:
                raise FileNotFoundError
            self._append(self._folder, line.encode("utf-8", "backslashreplace"))
        except OSError:
            if sys.stderr is not None:
                sys.stderr.write(line)

    def _append(self, folder: Path, line: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        if _size(path) > FILE_BYTES:
            _make_room(folder)
        descriptor = os.open(path, _NEW, 0o600)
        try:
            if sys.platform != "win32":
                os.fchmod(descriptor, 0o600)
            os.write(descriptor, line)
        finally:
            os.close(descriptor)


def _words(record: logging.LogRecord, *, whole: bool, values: bool) -> str:
    """What was said, with errors in it as they may be told, and other values but numbers only if they may."""
    if not isinstance(record.args, tuple) or whole:
        return record.getMessage() if values else str(record.msg)
    from desktopnotes import tracebacks  # a start without an error does without it

    def told(value: object) -> object:
        if isinstance(value, BaseException):
            return tracebacks.summary(value)
        return value if values or isinstance(value, int | float) else "…"

    return str(record.msg) % tuple(map(told, record.args))


def _make_room(folder: Path) -> None:
    """Renames each file to the next older one; where another window is at it, it does that."""
    try:
        claim = claims.take(folder / "lock")
    except UserError:
        return
    if claim is None:
        return
    try:
        path = folder / NAME
        if _size(path) > FILE_BYTES:  # else the other window was faster
            for number in range(OLDER - 1, 0, -1):
                if _older(folder, number).exists():
                    _older(folder, number).replace(_older(folder, number + 1))
            path.replace(_older(folder, 1))
    finally:
        claim.release()


def _size(path: Path) -> int:
    """0 where it is not there, or where another window is just turning it."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _older(folder: Path, number: int) -> Path:
    return folder / f"desktopnotes.{number}.log"


def begin(folder: Callable[[], Path]) -> Log:
    """Lets the program log to the folder that is answered; where there is none, to standard error."""
    level = os.environ.get("DESKTOPNOTES_LOG", "INFO").upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        level = "INFO"
    try:
        where: Path | None = folder()
    except UserError:
        where = None
    log = Log(where, whole=level == "DEBUG")
    logging.raiseExceptions = False  # a fault of a line of the log is not shown with its values
    logger = logging.getLogger() if level == "DEBUG" else logging.getLogger("desktopnotes")
    logging.getLogger().addHandler(logging.NullHandler())  # else libraries write to standard error
    logger.addHandler(log)
    logger.setLevel(level)
    return log
