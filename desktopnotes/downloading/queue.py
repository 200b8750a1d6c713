"""The queue of downloads at work: what waits is loaded one after the other, once in all windows.

What it holds is on the disk and shared by all windows of the program (storage/downloads_file.py); a claim
that the system takes back when a process ends sees to it that nobody loads what another is loading.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktopnotes import files
from desktopnotes.downloading.work import Run, Work, clear_unless_loading
from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.model import downloads
from desktopnotes.model.downloads import Download, Downloads, Phase
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.storage import downloads_file, paths
from desktopnotes.storage.downloads_file import Read

if TYPE_CHECKING:
    from desktopnotes.media.downloads import Figures

AT_ONCE = 1
"""So many are loaded side by side: a second one would only take the line from the first."""

_LOOK_S = 1.0
"""How often it is looked whether another window has changed the queue, while there is something to load."""

_LANE = "downloads"


class Listener:
    """What the queue tells of, on the window's thread; by itself it does nothing with it."""

    def arrived(self, download: Download) -> bool:
        """Its file is there: whether its talk has been told of it (its notebook is open)."""
        return False

    def ended(self, download: Download) -> None:
        """This window has just loaded it, or could not."""

    def failed(self, error: UserError) -> None:
        """The queue cannot be read or written, or was set aside."""


class DownloadQueue:
    """All methods are for the window's thread. Nothing is read or started before it is asked to."""

    def __init__(self, mailbox: Mailbox, background: Background) -> None:
        self._mailbox = mailbox
        self._background = background
        self._listener = Listener()
        self._changed: list[Callable[[], None]] = []
        self.items: Downloads = ()
        self._runs: dict[str, Run] = {}
        self._elsewhere: set[str] = set()
        self._left_for_now: set[str] = set()
        self._offered: set[str] = set()
        self._pending = 0
        self._state: files.Identity | None = None
        self._watcher: threading.Thread | None = None
        self._closed = threading.Event()

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    def follow(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Calls `changed` whenever something is to be drawn anew; answers what ends that."""
        self._changed.append(changed)
        return lambda: self._changed.remove(changed)

    # --- what there is -------------------------------------------------------------------------------

    def is_loading(self, download_id: str) -> bool:
        return download_id in self._runs and not self._runs[download_id].is_stopped

    def is_elsewhere(self, download_id: str) -> bool:
        """Whether another window loads it."""
        return download_id in self._elsewhere

    def figures(self, download_id: str) -> Figures | None:
        """How far it is; None while that is not known."""
        run = self._runs.get(download_id)
        return run.figures if run else None

    # --- what the user does --------------------------------------------------------------------------

    def begin(self) -> None:
        """Reads what was left, if anything, and goes on with it."""
        if os.path.lexists(downloads_file.path()):
            self.refresh()

    def refresh(self) -> None:
        """Reads what other windows have done."""
        self._do(lambda now: now)

    def add(self, new: tuple[Download, ...]) -> None:
        """Puts them at the end; a talk that is in the queue already is not put there twice."""
        self._do(lambda now: downloads.added(now, *new))

    def pause(self, *download_ids: str) -> None:
        self._set_phase(Phase.PAUSED, download_ids)

    def go_on(self, *download_ids: str) -> None:
        """Goes on with what is paused, and tries again what failed."""
        self._set_phase(Phase.WAITING, download_ids)

    def _set_phase(self, phase: Phase, download_ids: tuple[str, ...]) -> None:
        self._do(lambda now: downloads.with_phase(now, phase, *download_ids))

    def remove(self, download_id: str) -> None:
        """Takes it out of the list; what was loaded of it goes too, unless it is done."""
        gone, run = downloads.find(self.items, download_id), self._runs.get(download_id)
        if run is not None:
            run.is_removed = True
        self._do(lambda now: downloads.removed(now, download_id))
        if gone is not None and run is None and not self._closed.is_set():
            self._background.run(lambda _: clear_unless_loading(gone), lane=_LANE)

    def notebook_opened(self) -> None:
        """Another notebook is open: what was loaded for it is told of."""
        self._offered.clear()
        self._step()

    def close(self) -> None:
        """Kills what is loading, which goes on at the next start."""
        self._closed.set()
        for run in self._runs.values():
            run.stop()

    # --- the list, here and on the disk --------------------------------------------------------------

    def _do(self, how: Callable[[Downloads], Downloads]) -> None:
        """Changes the list at once, and on the disk as soon as may be."""
        if self._closed.is_set():
            return
        self.items = how(self.items)
        self._pending += 1
        self._background.run(lambda _: downloads_file.change(how), self._take, self._not_written, lane=_LANE)
        self._step()

    def _take(self, read: Read) -> None:
        self._pending -= 1
        self._learn(read)
        self._step()

    def _not_written(self, error: Exception) -> None:
        self._pending -= 1
        if not isinstance(error, UserError):
            raise error
        self._listener.failed(error)
        self._step()

    def _learn(self, read: Read) -> None:
        """What is on the disk holds, unless something that was done here is still on its way there."""
        if read.message:
            self._listener.failed(ReadError(read.message))
        if self._pending == 0:
            self.items = read.downloads
            self._state = read.state

    def _step(self) -> None:
        """Stops what is wanted no more, begins what waits, tells of what is done."""
        if self._closed.is_set():
            return
        waiting = [one for one in self.items if one.phase == Phase.WAITING]
        wanted = {one.id for one in waiting}
        for download_id, run in self._runs.items():
            if download_id not in wanted:
                run.stop()
        for one in waiting if self._pending == 0 else ():
            if len(self._runs) < AT_ONCE and one.id not in {*self._runs, *self._left_for_now}:
                self._start(one)
        self._offer()
        self._watch()
        for changed in tuple(self._changed):
            changed()

    def _offer(self) -> None:
        for one in self.items:
            if one.phase == Phase.DONE and not one.is_applied and one.id not in self._offered:
                self._offered.add(one.id)
                if self._listener.arrived(one):
                    self._do(lambda now, its_id=one.id: downloads.applied(now, its_id))  # type: ignore[misc]

    # --- looking at the disk -------------------------------------------------------------------------

    def _watch(self) -> None:
        if self._watcher is None and self._something_waits:
            self._watcher = threading.Thread(target=self._look, name="downloads", daemon=True)
            self._watcher.start()

    @property
    def _something_waits(self) -> bool:
        return any(one.phase == Phase.WAITING for one in self.items)

    def _look(self) -> None:
        """On a thread of its own, from the first download on: see `_looked`."""
        while not self._closed.wait(_LOOK_S):
            if self._something_waits:
                self._mailbox.post(self._looked)

    def _looked(self) -> None:
        """Some time has passed: another window may have changed the list, or have ended in the middle."""
        self._left_for_now.clear()
        with contextlib.suppress(UserError):
            if self._pending == 0 and downloads_file.state() != self._state:
                self.refresh()
                return
        self._step()

    # --- one download --------------------------------------------------------------------------------

    def _start(self, one: Download) -> None:
        run = self._runs[one.id] = Run()
        work = Work(one, run, lambda figures: self._mailbox.post(lambda: self._at(run, figures)))

        def ended(read: Read | None) -> None:
            self._runs.pop(one.id, None)
            if read is None:
                self._elsewhere.add(one.id)
                self._left_for_now.add(one.id)
                self._step()
                return
            self._elsewhere.discard(one.id)
            self._learn(read)
            self._step()
            self._tell_end(one.id)

        def broke(error: Exception) -> None:
            self._runs.pop(one.id, None)
            self._not_kept(one, error)

        self._background.run(work, ended, broke)

    def _at(self, run: Run, figures: Figures) -> None:
        run.figures = figures
        for changed in tuple(self._changed):
            changed()

    def _tell_end(self, download_id: str) -> None:
        now = downloads.find(self.items, download_id)
        if now is not None and now.phase in (Phase.DONE, Phase.FAILED):
            self._listener.ended(now)

    def _not_kept(self, one: Download, error: Exception) -> None:
        """The list itself cannot be written, or there is a bug: not tried again by itself."""
        self.items = downloads.failed(self.items, one.id, str(error), "")
        if not isinstance(error, UserError):
            self._step()
            raise error
        self._listener.failed(error)
        self._step()


def folder(named: str) -> str:
    """Where recordings go, as a download has it."""
    return str(paths.downloads_folder(named))
