"""Saving while the user goes on: one worker thread that saves the newest notebook when it is due.

A notebook is a frozen value, so that it is handed over without a lock and without a copy.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol

from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.outcome import Looked, NotSavedError, Outside, Saved
from desktopnotes.storage.schedule import Schedule
from desktopnotes.words import _

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 10.0

LOOK_EVERY_S = 2.0
"""How often the file is looked at while nothing is to be saved: one `stat`."""


class SaveKind(StrEnum):
    """What happened to a save."""

    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"
    LOOKED = "looked"


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What became of the notebook that was handed over as `revision` (they count up from 1).

    `SAVED` means on the disk, and with it every earlier revision. `at` is the time of day here. `message` and
    `hint` are for the user: of a failure always, of a save where something is to be told (`Saved.notice`).
    `LOOKED` is told only where a look at the file has found something. What another program did is `outside`.
    `why` is the reason of a failure in short, `copy` where the notebook lies instead.
    `in_backups`: what the message tells of can be looked at in the backups.
    """

    kind: SaveKind
    revision: int
    at: datetime
    message: str = ""
    hint: str = ""
    why: str = ""
    copy: Path | None = None
    outside: Outside | None = None
    may_write_again: bool = False
    in_backups: bool = False


class Saving(Protocol):
    """What the saver needs of a `Store`: a save is on the disk when it returns, or raises `UserError`."""

    @property
    def notebook(self) -> Notebook:
        """What is on the disk."""

    def save(self, notebook: Notebook, taken: int) -> Saved:
        """`taken` is the number of the last `Outside` that the notebook has in it, 0 for none."""

    def look(self) -> Looked | None:
        """What another program has done to the file since, while nothing is to be saved."""

    def close(self) -> None:
        """Called when no save and no look will follow."""


class Saver:
    """Saves the newest of the notebooks that it is given, on a thread of its own.

    `report` is called **on that thread**: it should do no more than post to the mailbox. A failed save is
    tried again by itself and at every change, until it is well.
    """

    def __init__(
        self,
        store: Saving,
        report: Callable[[SaveReport], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._report = report
        self._now = now
        self._schedule = Schedule()
        # Reentrant: a signal handler may flush in the midst of another call on its own thread.
        self._news = threading.Condition(threading.RLock())
        self._newest = store.notebook
        self._revision = 0
        self._saved_revision = 0
        self._begun = 0
        self._ended = 0
        self._closing = False
        self._taken = 0
        self._look_s = now() + LOOK_EVERY_S
        self._saving_since_s: float | None = None
        self._has_failed = False
        self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
        self._thread.start()

    @property
    def latest(self) -> Notebook:
        """The notebook handed over last; at first the one on the disk."""
        return self._newest

    @property
    def all_is_saved(self) -> bool:
        """Whether everything handed over is on the disk."""
        with self._news:
            return self._saved_revision == self._revision

    @property
    def has_failed(self) -> bool:
        """Whether the last save failed, so that it waits to be tried again."""
        return self._has_failed

    @property
    def saving_for_s(self) -> float:
        """How long the save that is under way has taken so far; 0 where none is."""
        since_s = self._saving_since_s
        return 0.0 if since_s is None else self._now() - since_s

    def took(self, notebook: Notebook, number: int) -> None:
        """The window has what other programs wrote in its notebook, up to `Outside` number `number`."""
        with self._news:
            self._taken = max(self._taken, number)
            self._take(notebook)
            self._schedule.hurry()
            self._news.notify_all()

    def look_now(self) -> None:
        """Lets the file be looked at at once: the window has the focus again."""
        with self._news:
            self._look_s = float("-inf")
            self._news.notify_all()

    def write_again(self) -> None:
        """Saves the newest though nothing has changed: the file is gone, or damaged."""
        with self._news:
            if not self._closing:
                self._revision += 1
                self._schedule.changed(self._now())
                self._schedule.hurry()
                self._news.notify_all()

    def changed(self, notebook: Notebook) -> int:
        """The notebook has changed: it is saved 1 s after the last change, 2 s after the first at most.

        Returns its revision, to be compared with that of reports.
        """
        with self._news:
            self._take(notebook)
            return self._revision

    def save_now(self, notebook: Notebook) -> int:
        """As `changed`, without waiting for a quiet second: at the end of a note, when the focus is lost."""
        with self._news:
            self._take(notebook)
            self._schedule.hurry()
            self._news.notify_all()
            return self._revision

    def flush(self, notebook: Notebook, timeout_s: float = CLOSE_TIMEOUT_S) -> bool:
        """Saves at once and waits: True when it is on the disk, False when that failed or took too long."""
        with self._news:
            self._take(notebook)
            wanted, attempt = self._revision, self._begun + 1
            if self._saved_revision < wanted:
                self._schedule.at_once()
                self._news.notify_all()
            self._news.wait_for(
                lambda: (
                    self._saved_revision >= wanted or self._ended >= attempt or not self._thread.is_alive()
                ),
                timeout=timeout_s,
            )
            return self._saved_revision >= wanted

    def flush_latest(self, timeout_s: float = CLOSE_TIMEOUT_S) -> bool:
        """As `flush`, of what was handed over last: for a thread that is not the window's."""
        with self._news:
            return self.flush(self._newest, timeout_s)

    def close(self, timeout_s: float = CLOSE_TIMEOUT_S) -> bool:
        """Saves what waits, once, and ends the thread; whether all was saved. May be called again."""
        with self._news:
            self._closing = True
            self._schedule.at_once()
            self._news.notify_all()
        self._thread.join(timeout_s)
        return self.all_is_saved and not self._thread.is_alive()

    def _take(self, notebook: Notebook) -> None:
        if notebook is self._newest:
            return
        if self._closing:
            raise RuntimeError("the saver is closed: what is handed over now would never be saved")
        # In this order, so that a signal handler which flushes in between still finds something to save.
        self._revision += 1
        self._schedule.changed(self._now())
        self._newest = notebook
        self._news.notify_all()

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            job()
        self._store.close()

    def _next_job(self) -> Callable[[], None] | None:
        """Waits until a save or a look is due; None when the thread is to end."""
        with self._news:
            while True:
                due_s, now_s = self._schedule.due_s, self._now()
                if due_s is not None and due_s <= now_s:
                    self._schedule.began(now_s)
                    self._begun += 1
                    return partial(self._save, self._newest, self._revision, self._taken)
                if self._closing:
                    return None
                if due_s is None and self._look_s <= now_s:
                    return self._look
                self._news.wait((self._look_s if due_s is None else due_s) - now_s)

    def _save(self, notebook: Notebook, revision: int, taken: int) -> None:
        self._saving_since_s = self._now()
        self._tell(SaveReport(SaveKind.SAVING, revision, _time_of_day()))
        try:
            saved = self._store.save(notebook, taken)
        except Exception as error:
            report = _failed(error, revision)
        else:
            report = SaveReport(SaveKind.SAVED, revision, _time_of_day(), saved.notice)
            report = replace(report, outside=saved.outside, in_backups=saved.in_backups)
        well = report.kind is SaveKind.SAVED
        self._saving_since_s, self._has_failed = None, not well
        self._tell(report)
        with self._news:
            if well:
                self._saved_revision = revision
            self._ended = self._begun
            self._schedule.ended(self._now(), well=well)
            self._look_s = self._now() + LOOK_EVERY_S
            self._news.notify_all()

    def _look(self) -> None:
        try:
            looked = self._store.look()
        except Exception as error:  # it is tried again soon; a save would tell what is wrong
            looked = None
            if not isinstance(error, UserError):
                _log.exception("the file could not be looked at")
        if looked is not None:
            report = SaveReport(SaveKind.LOOKED, self._revision, _time_of_day(), looked.notice)
            self._tell(replace(report, outside=looked.outside, may_write_again=looked.may_write_again))
            if looked.is_to_write:
                self.write_again()
        self._look_s = self._now() + LOOK_EVERY_S

    def _tell(self, report: SaveReport) -> None:
        """Whatever a listener does, saving goes on."""
        try:
            self._report(report)
        except Exception:
            _log.exception("the listener of the saver failed")


def _failed(error: Exception, revision: int) -> SaveReport:
    if isinstance(error, UserError):
        told = error if isinstance(error, NotSavedError) else NotSavedError(error.message, error.hint)
        return SaveReport(
            SaveKind.FAILED,
            revision,
            _time_of_day(),
            told.message,
            told.hint,
            told.why,
            told.copy,
            told.outside,
        )
    _log.error("a save failed", exc_info=error)
    return SaveReport(
        SaveKind.FAILED,
        revision,
        _time_of_day(),
        _("The notebook was not saved, by a fault of the program. Your notes are safe in this window."),
        _("Keep the window open: saving is tried again by itself."),
    )


def _time_of_day() -> datetime:
    return datetime.now().astimezone()
