"""The end of a run that nobody closes: signals, a lost display, a hard end that the next start tells of."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import file
from desktopnotes.screen import Offer, Waits
from desktopnotes.storage import paths, runs, state_file
from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.storage.state_file import State
from desktopnotes.ui import bugs
from desktopnotes.ui.signals import Signals
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

_RESCUE_S = 5.0
_TO_DISK_MS = 1000


class Ends:
    """Marks this run, watches over its end, and tells of runs that ended hard before it."""

    def __init__(self) -> None:
        self._before = runs.ended_hard()
        self._run: runs.Run | None = None
        self._signals: Signals | None = None
        self._state = State()

    def recalled(self, state: State) -> State:
        """The state of the last end that was well, with where the user was at the hard ones since."""
        for mark in reversed(self._before):
            if mark.place.notebook:
                state = state_file.with_place(state, mark.place)
        self._state = state
        return state

    def begin(self, window: Window, end: Callable[[], object]) -> None:
        """The window is there: from now on `end` is called when the desktop asks for the end."""
        self._window = window
        self._run = runs.Run()
        self.notebook_opened()
        self._signals = Signals(end, self._rescue)
        self._signals.begin()
        window.on_saved = self._saved
        window.root.after(_TO_DISK_MS, self._to_disk)

    def watch_display(self) -> None:
        """Saves when the X server goes; a moment later than the rest, for it loads what libVLC loads too."""
        from desktopnotes.ui.lost_display import on_lost_display

        on_lost_display(self.window_is_gone, self._save_in_passing)

    def tell(self) -> None:
        """Says what became of the runs that ended hard, the newest in the line that stays."""
        session = self._window.session
        for mark in reversed(self._before):
            sentence = runs.told(
                mark, str(session.path), today=datetime.now().astimezone(), has_copy=_has_copy(mark)
            )
            offers: list[Offer] = []
            if mark.notebook and mark.notebook != str(session.path):
                offers.append(Offer(_("Open It"), partial(self._open, Path(mark.notebook))))
            if mark.fault:
                fault = _("The run that began at {began} ended by a fault in native code:\n{fault}").format(
                    began=mark.began, fault=mark.fault
                )
                self._window.gate.crashes.before = fault
                offers.append(Offer(_("Copy Details"), partial(bugs.copy_details, self._window), stays=True))
            self._window.gate.crashes.log_hard_end(mark.began, mark.fault)
            self._window.tell(sentence, *offers, waits=Waits.CRASH)

    def _open(self, path: Path) -> None:
        self._window.gate.run(file.open_path, self._window.session, path)

    def notebook_opened(self) -> None:
        """Another notebook is open now, of which nothing was saved yet."""
        if self._run is not None:
            session = self._window.session
            self._note(notebook=str(session.path), title=session.notebook.title, saved="", failing="")

    def all_is_kept(self) -> None:
        """The run has ended well; what comes now (libVLC is let go of) costs nothing, whatever happens."""
        if self._run is not None:
            self._run.end()

    def end(self) -> None:
        """The window is gone: signals are Python's again."""
        if self._signals is not None:
            self._signals.end()

    def _saved(self, report: SaveReport) -> None:
        if report.kind is SaveKind.SAVED:
            self._note(saved=report.at.isoformat(timespec="seconds"), failing="")
        elif report.kind is SaveKind.FAILED and self._run is not None and not self._run.mark.failing:
            self._note(failing=report.at.isoformat(timespec="seconds"))

    def _note(self, **known: str) -> None:
        if self._run is not None:
            self._run.write(replace(self._run.mark, place=self._window.place(), **known))

    def _to_disk(self) -> None:
        run, background = self._run, self._window.session.background
        if run is not None and not background.is_closed:
            background.run(lambda _: run.to_disk())

    def _rescue(self) -> bool:
        """On any thread: whether all that was written is on the disk."""
        return self._window.session.saver.flush_latest(_RESCUE_S)

    def window_is_gone(self) -> None:
        """No call of Tk is possible any more: what the session holds is saved, and where the user was last.

        On whichever thread, and also where the window never was.
        """
        if self._run is None:
            return
        is_saved = self._window.session.read_only or self._rescue()
        self._window.session.trace("window_gone", saved=is_saved)
        if is_saved:
            state_file.write(state_file.with_place(self._state, self._run.mark.place))
            self._run.end()

    def _save_in_passing(self) -> None:
        """The program may end the moment this returns, or go on as if nothing had been."""
        run, saver = self._run, self._window.session.saver
        if run is not None and not saver.all_is_saved and self._rescue():
            run.write(replace(run.mark, saved=runs.now(), failing=""))


def _has_copy(mark: runs.Mark) -> bool:
    """Whether an emergency copy was written since saving failed."""
    with suppress(OSError, ValueError):
        since_s = datetime.fromisoformat(mark.failing).timestamp() - 1
        return any(entry.stat().st_mtime >= since_s for entry in os.scandir(paths.state_folder() / "unsaved"))
    return False
