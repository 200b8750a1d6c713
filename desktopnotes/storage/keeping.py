"""When backups of the open notebook are made: as opened, every half hour of change, before a great loss.

A backup that cannot be made is told once, and never keeps anything from being saved.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from operator import is_
from pathlib import Path

from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage.codec import encode
from desktopnotes.storage.paths import backups_folder
from desktopnotes.words import _, ngettext, number

EVERY_S = 30 * 60.0
"""Of change: time in which nothing is written does not count."""

_PAUSE_S = 60.0
"""What lies between two saves counts as time of change up to this."""

_FEWEST = 20
"""A loss is great where there were so many notes at least and more than half of them go."""

_FAULT = _("Backups fail by a fault of the program.")

_log = logging.getLogger(__name__)

Run = Callable[[Callable[[], None]], None]


def _on_a_thread(job: Callable[[], None]) -> None:
    threading.Thread(target=job, name="backup", daemon=True).start()


class Keeper:
    """Makes the backups of one open notebook. `opened` is for a worker, all else for the saving thread."""

    def __init__(
        self,
        path: Path,
        notebook: Notebook,
        *,
        upgrades: bool = False,
        run: Run = _on_a_thread,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`notebook` is what was read; `upgrades`: saving it writes a newer format than the file has."""
        self._path = path
        self._notebook = notebook
        self._first = "upgrade" if upgrades else "opened"  # see `Why`
        self._run = run
        self._clock = clock
        self._now = now
        self._root = backups_folder()  # a worker may end when the user's folders are others
        self._alone = threading.Lock()
        self._has_first = False
        self._changed_s = 0.0
        self._last_s: float | None = None
        self._trouble = ""
        self._has_told = False

    def opened(self) -> None:
        """Keeps the file as it was opened, unless that is done; the first save sees to it else."""
        with self._alone:
            if not self._has_first:
                self._has_first = True
                self._keep(self._first, self._notebook)

    def before_save(self, before: Notebook, after: Notebook) -> tuple[str, bool]:
        """Called when `after` is about to take the place of `before`: what is to be told of it, if anything.

        And whether what is told of lies in the backups.
        """
        self.opened()
        lost = great_loss(before, after)
        if not lost:
            return self._told(), False
        return self._kept_before_loss(lost, lambda: self._keep_before_loss(before))

    def before_theirs(self, before: Notebook, after: Notebook) -> tuple[str, bool]:
        """As `before_save`, where another program makes `after` of what the window had.

        The file has their state by then: what the window had is kept.
        """
        lost = great_loss(before, after)
        return (
            self._kept_before_loss(lost, lambda: self._keep_value("outside", before)) if lost else ("", False)
        )

    def _kept_before_loss(self, lost: int, keep: Callable[[], None]) -> tuple[str, bool]:
        try:
            keep()
        except UserError as error:
            return _lost_for_good(lost, error.message), False
        except Exception:
            _log.exception("a backup before a loss failed")
            return _lost_for_good(lost, _FAULT), False
        told = ngettext(
            "{count} note went; what was there is kept in Backups.",
            "{count} notes went; what was there is kept in Backups.",
            lost,
        )
        return told.format(count=number(lost)), True

    def saved(self, notebook: Notebook) -> None:
        """A change is on the disk: after every half hour of them it is kept too, on a worker."""
        now_s = self._clock()
        self._changed_s += 0.0 if self._last_s is None else min(now_s - self._last_s, _PAUSE_S)
        self._last_s = now_s
        if self._changed_s >= EVERY_S:
            self._changed_s = 0.0
            self._run(lambda: self._keep_alone(notebook))

    def _keep_alone(self, notebook: Notebook) -> None:
        with self._alone:
            self._keep("changes", notebook)

    def _keep(self, why: str, notebook: Notebook) -> None:
        try:
            from desktopnotes.storage import backups  # the window does not wait for it

            backups.keep(self._path, backups.Why(why), notebook=notebook, now=self._now(), root=self._root)
        except ReadError:
            pass  # the file is gone: it is told where it matters, and will be written anew
        except UserError as error:
            self._trouble = error.message
        except Exception:  # a fault of the program here must not keep anything from being saved
            _log.exception("a backup failed")
            self._trouble = _FAULT

    def _keep_before_loss(self, before: Notebook) -> None:
        """What is on the disk; where that is gone or unreadable, what is known to have been there."""
        from desktopnotes.storage import backups  # as above

        try:
            backups.keep(self._path, backups.Why.LOSS, notebook=before, now=self._now(), root=self._root)
        except ReadError:
            self._keep_value("loss", before)

    def _keep_value(self, why: str, notebook: Notebook) -> None:
        from desktopnotes.storage import backups  # as above

        backups.keep(
            self._path,
            backups.Why(why),
            notebook=notebook,
            content=encode(notebook),
            now=self._now(),
            root=self._root,
        )

    def _told(self) -> str:
        if not self._trouble or self._has_told:
            return ""
        self._has_told = True
        return _("{trouble} Your notes are saved all the same.").format(trouble=self._trouble)


def _lost_for_good(lost: int, why: str) -> str:
    told = ngettext(
        "{count} note went, and no backup of them could be made. {why} Undo is there.",
        "{count} notes went, and no backup of them could be made. {why} Undo is there.",
        lost,
    )
    return told.format(count=number(lost), why=why)


def great_loss(before: Notebook, after: Notebook) -> int:
    """How many of at least 20 notes are gone where it is more than half of them, else 0.

    What both share is not looked at: a usual edit costs one look at the identity of each note of one talk,
    two where a note came or went, and nothing where that talk has less than half of all notes. Measured with
    all notes in one talk: 3 to 10 % of what the `Encoder` takes, which has all other lines (0.2 to 0.4 ms of
    4 ms at 10,000 notes, 1.7 to 4.4 of 50 at 100,000).
    """
    if after.talks is before.talks:
        return 0
    kept = set(map(id, after.talks))
    changed = [talk for talk in before.talks if id(talk) not in kept]
    total = sum(len(talk.notes) for talk in before.talks)
    if total < _FEWEST or 2 * sum(len(talk.notes) for talk in changed) <= total:
        return 0
    now = {talk.id: talk.notes for talk in after.talks}
    if (
        2 * sum(len(talk.notes) - _at_least_kept(talk.notes, now.get(talk.id, ())) for talk in changed)
        <= total
    ):
        return 0
    ids = {note.id for talk in after.talks for note in talk.notes}
    lost = sum(note.id not in ids for talk in changed for note in talk.notes)
    return lost if 2 * lost > total else 0


def _at_least_kept(before: Sequence[Note], after: Sequence[Note]) -> int:
    """How many are the very same, counted from both ends: all but one or two after a usual edit."""
    kept = sum(map(is_, before, after))
    if len(before) != len(after):  # then no note can stand in one place from both ends
        kept += sum(map(is_, reversed(before), reversed(after)))
    return kept
