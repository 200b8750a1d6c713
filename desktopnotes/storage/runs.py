"""Runs of the window, marked in the state folder: one that is there but held by no process ended hard.

A mark is a file that its process holds a lock on; the system lets go of that however the process ends. A run
that ends well takes its mark away. In it stands what a next start tells: when the last save was confirmed, of
which notebook, and where in it the user was. Beside it lies what Python tells of a fault in native code.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from desktopnotes import claims
from desktopnotes.files import read_regular
from desktopnotes.model.errors import UserError
from desktopnotes.model.months import MONTHS
from desktopnotes.storage.loading import load
from desktopnotes.storage.paths import state_folder
from desktopnotes.storage.problems import Problems
from desktopnotes.storage.shapes import Record, Text
from desktopnotes.storage.state_file import PLACE, Place
from desktopnotes.words import _

_log = logging.getLogger(__name__)

_LIMIT_BYTES = 1_000_000
_FAULT = ".fault"
_STARTING = ".starting"
_STARTING_S = 60.0
_FAULT_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of a run: moments are ISO 8601 with their offset from UTC, "" where there is none.

    `saved` is the last save that was confirmed, `failing` since when saving fails; `fault` what Python told
    of a fault in native code.
    """

    began: str = ""
    saved: str = ""
    failing: str = ""
    notebook: str = ""
    title: str = ""
    place: Place = field(default_factory=lambda: Place(""))
    fault: str = ""


_MARK = Record(
    Mark,
    {
        "began": Text(),
        "saved": Text(),
        "failing": Text(),
        "notebook": Text(),
        "title": Text(),
        "place": PLACE,
    },
)


class Run:
    """This process's own run. Where the state folder cannot be written there is no mark, and no complaint."""

    def __init__(self) -> None:
        self.mark = Mark(began=now())
        self._claim: claims.Claim | None = None
        self._path: Path | None = None
        self._fault = -1
        self._length = 0
        try:
            path = _folder() / f"{os.getpid()}-{os.urandom(4).hex()}.run"
            self._claim = _marked(path)
        except (UserError, OSError) as error:
            _log.warning("this run is not marked: %s", error)
            return
        if self._claim is not None:
            self._path = path
            self.write(self.mark)
            self._hear_faults(path.with_suffix(_FAULT))

    def write(self, mark: Mark) -> None:
        """Notes what is known now: some µs, and not on the disk before the system puts it there."""
        self.mark = mark
        if self._claim is None or self._claim.descriptor < 0:
            return
        content = json.dumps(_MARK.written(mark)).encode().ljust(self._length)  # no old end stays behind it
        self._length = len(content)
        with contextlib.suppress(OSError):
            os.lseek(self._claim.descriptor, 0, os.SEEK_SET)
            os.write(self._claim.descriptor, content)

    def to_disk(self) -> None:
        """Lets the mark outlast a power cut; for a thread that may wait."""
        with contextlib.suppress(OSError):
            if self._claim is not None and self._claim.descriptor >= 0:
                os.fsync(self._claim.descriptor)

    def end(self) -> None:
        """The run ends well; may be called again."""
        if self._fault >= 0:
            import faulthandler  # as below

            faulthandler.disable()
            os.close(self._fault)
            self._fault = -1
        if self._path is not None and self._claim is not None:
            _remove(self._path)
            self._claim.release()

    def _hear_faults(self, path: Path) -> None:
        """Python writes to that file where it was when libVLC or another library crashed."""
        import faulthandler  # in C, so that it costs no time

        with contextlib.suppress(OSError):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
            self._fault = os.open(path, flags, 0o600)
            faulthandler.enable(self._fault)


def _marked(path: Path) -> claims.Claim | None:
    """Makes a mark that is held from its first moment: another start takes away what nobody holds.

    Raises `WriteError` or OSError.
    """
    if sys.platform == "win32":
        return claims.take(path)  # what is open has no other name there
    first = path.with_suffix(_STARTING)
    claim = claims.take(first)
    try:
        first.rename(path)
    except OSError:
        if claim is not None:
            claim.release()
        raise
    return claim


def ended_hard() -> tuple[Mark, ...]:
    """The runs that ended hard since they were asked for last, the newest first; their marks go."""
    try:
        paths = sorted(_folder().glob("*.run"))
    except (OSError, UserError):
        return ()
    _clear_unfinished()
    marks = [mark for path in paths if (mark := _of_dead(path)) is not None]
    return tuple(sorted(marks, key=lambda mark: mark.began, reverse=True))


def _clear_unfinished() -> None:
    """Takes away what starts left that were killed while they made their mark."""
    for path in _folder().glob(f"*{_STARTING}"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STARTING_S:
                path.unlink()


def _of_dead(path: Path) -> Mark | None:
    """None where its process is alive, or another start is just asking."""
    try:
        claim = claims.take(path)
    except UserError:
        return None
    if claim is None:
        return None
    try:
        mark = replace(_read(path), fault=_fault_of(path.with_suffix(_FAULT)))
        _remove(path)
    finally:
        claim.release()
    return mark if mark.began else None


def _read(path: Path) -> Mark:
    found = Problems()
    try:
        value = load(read_regular(path, _LIMIT_BYTES), found)
    except UserError:
        return Mark()
    mark = None if found.fatal else _MARK.read(value, None, found)
    return mark if isinstance(mark, Mark) and not found.fatal else Mark()


def _fault_of(path: Path) -> str:
    try:
        return read_regular(path, _LIMIT_BYTES)[:_FAULT_BYTES].decode("utf-8", "replace").strip()
    except UserError:
        return ""


def _remove(path: Path) -> None:
    for each in (path.with_suffix(_FAULT), path):
        with contextlib.suppress(OSError):
            each.unlink()


def _folder() -> Path:
    return state_folder() / "runs"


def now() -> str:
    """The moment as it stands in a mark."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def told(mark: Mark, here: str, *, today: datetime, has_copy: bool) -> str:
    """The sentence for the user on a run that ended hard.

    `here` is the path of the notebook that is open now, `has_copy` whether what could not be saved was kept.
    """
    title = "" if not mark.notebook or mark.notebook == here else mark.title or mark.notebook
    moment = _shown(mark.saved, today)
    if mark.failing:
        return _(
            "Desktop Notes ended unexpectedly last time, while saving failed since {since}: {saved}; {kept}."
        ).format(
            since=_shown(mark.failing, today),
            saved=_saved(moment, title),
            kept=_("what came later is kept in a copy")
            if has_copy
            else _("what came later could not be kept"),
        )
    # No mark is made of a key, so whether anything was typed after that is not known.
    here_or_there = (_IN_ANOTHER, _IN_ANOTHER_UNSAVED) if title else (_HERE, _HERE_UNSAVED)
    return here_or_there[not moment].format(moment=moment, title=title)


_HERE = _(
    "Desktop Notes ended unexpectedly last time. What was saved up to {moment} is here; what you typed in "
    "the seconds after that may be missing."
)
_HERE_UNSAVED = _(
    "Desktop Notes ended unexpectedly last time, before it had saved anything: what was typed in its last "
    "seconds may be missing."
)
_IN_ANOTHER = _(
    "Desktop Notes ended unexpectedly last time. What was saved up to {moment} in “{title}” is there; what "
    "you typed in the seconds after that may be missing."
)
_IN_ANOTHER_UNSAVED = _(
    "Desktop Notes ended unexpectedly last time, before it had saved anything: what was typed in “{title}” "
    "in its last seconds may be missing."
)


def _saved(moment: str, title: str) -> str:
    """What was saved of a run whose last saves failed, as a clause."""
    if title:
        words = (
            _("your notes up to {moment} in “{title}” are saved")
            if moment
            else _("nothing in “{title}” was saved then")
        )
    else:
        words = _("your notes up to {moment} are here") if moment else _("nothing was saved then")
    return words.format(moment=moment, title=title)


def _shown(moment: str, today: datetime) -> str:
    """A time of day, with its day where that is another one; "" where it is none."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    time = f"{at:%H:%M:%S}"
    if at.date() == today.date():
        return time
    return _("{time} on {day} {month}").format(time=time, day=at.day, month=MONTHS[at.month - 1])
