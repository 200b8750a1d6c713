"""What is open: the notebook with its history, the talk, the player, the store; and how all of it changes.

A session knows no widgets. It tells the `Screen` what changed and asks it what only the user can say; the
window is one Screen, tests have another.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktopnotes.downloading.queue import DownloadQueue
from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import Ended, Failed, LengthKnown, Opened, Player, Playing, Report
from desktopnotes.media.spoken import Spoken
from desktopnotes.media.web import Web
from desktopnotes.model import findings
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret, History, Step, place_to_show
from desktopnotes.model.key_steps import KeySteps
from desktopnotes.model.notebook import Notebook, State, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.model.writing import Writing
from desktopnotes.places import Places
from desktopnotes.screen import Screen, Waits
from desktopnotes.sources import Loader, found_place, page_ahead_ms
from desktopnotes.stamps import LateStamps, Stamp, stamp_at
from desktopnotes.storage import opening, settings_file, store
from desktopnotes.storage.saver import Saver, SaveReport
from desktopnotes.trace import Trace
from desktopnotes.words import _


class Session(Places):
    """One window's state. All methods run on the window's thread."""

    def __init__(
        self,
        *,
        opened: opening.Opened,
        settings: Settings,
        player: Player,
        screen: Screen,
        mailbox: Mailbox,
        background: Background,
        web: Web,
        trace: Trace,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.player = player
        self.screen = screen
        self.mailbox = mailbox
        self.background = background
        self.web = web
        self.trace = trace
        self.now_s = now_s
        self.spoken = Spoken(background, screen.tell)
        self.downloads = DownloadQueue(mailbox, background)
        self.talk_id = ""
        self.shown_post: str | None = None  # in the post view the id of its post, or "" for none
        self.loader = Loader(web, self.spoken)
        self.late_stamps = LateStamps(self)
        self.writing = Writing()
        self.key_steps = KeySteps()
        self._played = False
        self._take(opened)
        player.listen(self._on_report)

    def use_player(self, player: Player, *, play: bool = False) -> None:
        """Changes to another player, which opens the recording of the talk that is shown."""
        self.player = player
        player.listen(self._on_report)
        player.set_volume(self.settings.volume)
        player.set_muted(self.settings.muted)
        self._load(play=play, asks=False)

    # --- the notebook --------------------------------------------------------------------------------

    def _take(self, opened: opening.Opened) -> None:
        self.history = History(opened.notebook)
        self.store = store.with_backups(opened)
        self.read_only = opened.read_only
        self._handed_over = opened.notebook
        of = self.store
        self.saver = Saver(of, lambda report: self.mailbox.post(lambda: self._on_saved(report, of)))

    def open_notebook(self, opened: opening.Opened) -> None:
        """Changes to another notebook; what was open is saved first, and stays open where it cannot be."""
        if not self.close():
            raise UserError(
                _("“{name}” could not be saved, so it stays open.").format(name=self.path.name),
                _("Where saving fails, the status line says why."),
            )
        self.saver.close()
        self.talk_id = ""
        self._take(opened)
        self.screen.notebook_opened()
        self.downloads.notebook_opened()
        if opened.notice:
            self.screen.tell(opened.notice, waits=Waits.NOTICE)

    @property
    def writing_id(self) -> str:
        return self.writing.note_id

    def do(self, label: str, after: Notebook, *, typing_in: str = "", caret: Caret | None = None) -> None:
        """Something the user did: one step of undo, or part of one while typing goes on in one place.

        Undo leads back to `caret`, by default where it was before the key. Raises `UserError` where the
        notebook can only be read.
        """
        before = self.notebook
        if after is before:
            return
        self.refuse_if_read_only()
        back = caret or self.screen.caret_before()
        self.history.record(label, after, back, moment_s=self.now_s(), typing_in=typing_in)
        self._changed(before)

    def refuse_if_read_only(self) -> None:
        if self.read_only:
            raise UserError(_("This notebook can be read here, not changed: nothing was changed."))

    def adopt(self, after: Notebook, *, typing: str = "") -> None:
        """A consequence of the last step, undone with it (a note takes its place): see `History.adopt`."""
        before = self.notebook
        if after is before or self.read_only:
            return
        self.history.adopt(after, typing=typing)
        self._changed(before)

    def find_out(self, change: Callable[[Notebook], Notebook], *, save: bool = False) -> None:
        """Something the program found out: no step; written with the next edit unless `save`."""
        before = self.notebook
        self.history.amend(change)
        if self.notebook is not before:
            self.screen.notebook_changed(before)
            if save:
                self._hand_over(self.saver.changed)

    def withdraw(self, change: Callable[[Notebook], Notebook]) -> Caret | None:
        """As `find_out`, of a thing that the user just added: its step goes too, unless it did more.

        Answers where the user was before that step. What can only be read stays as it is.
        """
        if self.read_only:
            return None
        before = self.notebook
        caret = self.history.withdraw(change)
        if self.notebook is not before:
            self._changed(before)
        return caret

    def undo(self) -> None:
        self._step(self.history.undo, _("Undone: {step}"))

    def redo(self) -> None:
        self._step(self.history.redo, _("Done again: {step}"))

    def _step(self, move: Callable[[Caret], Step | None], told: str) -> None:
        before = self.notebook
        step = move(self.screen.caret_before())
        if step is None:
            return
        self.writing = Writing()
        talk_id, caret = place_to_show(before, self.notebook, step.caret, self.talk_id)
        if talk_id != self.talk_id:
            self.open_talk(talk_id, asks=False)
        self._changed(before)
        self.play_as_it_is_now(before.talk(talk_id))
        self.screen.put_caret(caret)
        self.screen.tell(told.format(step=step.label))

    def _changed(self, before: Notebook) -> None:
        self.screen.notebook_changed(before)
        self._hand_over(self.saver.changed)

    def _hand_over(self, save: Callable[[Notebook], object]) -> None:
        if not self.read_only:
            self._handed_over = self.notebook
            save(self._found_place()(self.notebook))

    def save_now(self) -> None:
        """Begins a save of what the user did at once: a note ended, the focus left."""
        if not self.saver.all_is_saved:
            self._hand_over(self.saver.save_now)

    def save_all(self) -> None:
        """As `save_now`, with what the program found out: the talk is left, the user asked."""
        if self.notebook is not self._handed_over or not self.saver.all_is_saved:
            self._hand_over(self.saver.save_now)

    def merged(self, label: str, after: Notebook, number: int) -> None:
        """Another program's changes are in `after`, up to `Outside` number `number`: a step of its own."""
        before = self.notebook
        if after is not before:
            self.history.record(label, after, self.screen.caret_before(), moment_s=self.now_s())
            self.history.end_step()
            self.screen.notebook_changed(before)
        self._hand_over(lambda notebook: self.saver.took(notebook, number))

    def _on_saved(self, report: SaveReport, of: store.Store) -> None:
        if of is not self.store:
            return  # another notebook is open by now
        self.trace(report.kind.value, revision=report.revision)
        if report.outside is not None:
            from desktopnotes import their_changes  # most runs never merge

            their_changes.take(self, report.outside)
        self.screen.saved(report)

    def look(self) -> None:
        """Looks soon whether another program has changed the file: the window has the focus again."""
        self.saver.look_now()

    # --- the talk ------------------------------------------------------------------------------------

    @property
    def talk(self) -> Talk | None:
        return self.notebook.talk(self.talk_id)

    def open_talk(self, talk_id: str, *, play: bool = False, asks: bool = True) -> None:
        """Shows a talk ("": none) and loads its recording where it was left; a page only if `asks`."""
        self.leave()
        self._go_to(talk_id)
        self._load(play=play, asks=asks)
        self.screen.talk_opened()

    def show_talk(self, talk_id: str) -> None:
        """Shows a talk while there is no player yet."""
        self._go_to(talk_id)
        self.screen.talk_opened()

    def _go_to(self, talk_id: str) -> None:
        self.talk_id = talk_id
        self._played = False
        self.writing = Writing()
        self.history.end_step()

    def _load(self, *, play: bool, asks: bool = True) -> None:
        self.open_captions()
        self.loader.load(self.talk, self.player, self.store, self.settings, play=play, asks=asks)

    def open_captions(self) -> None:
        """Lets the captions of the open talk be read anew when they are wanted."""
        self.loader.open_captions(self.talk, self.store, self.captions_folder, self.settings.language)

    def reload(self, *, play: bool = False, asks: bool = True) -> None:
        """Loads the recording of the open talk once more, where it was left: from another place, or again."""
        self.find_out(self._found_place())
        self._load(play=play, asks=asks)
        self.screen.talk_opened()

    def play_as_it_is_now(self, before: Talk | None, *, play: bool = False, asks: bool = False) -> None:
        """The open talk was `before`: where it plays from another source now, or its captions have changed.

        The same moment has another time in a file than on its page.
        """
        now = self.talk
        if now is None or before is None:
            return
        if self.source(now) != self.source(before):
            self.find_out(self._found_place())
            self.player.unload()
            by_ms = page_ahead_ms(before, self.store) - page_ahead_ms(now, self.store)
            self.find_out(lambda notebook: findings.moved_position(notebook, now.id, by_ms))
            self.reload(play=play, asks=asks)
        elif (now.captions, now.offset_ms) != (before.captions, before.offset_ms):
            self.open_captions()
            self.spoken.read()

    def source(self, talk: Talk) -> Path | str | None:
        """See `Loader.source`."""
        return self.loader.source(talk, self.store)

    def leave(self) -> None:
        """Before another talk or notebook, a stop or the end: the position is kept and all is saved."""
        self.late_stamps.resolve_now()
        self.find_out(self._found_place())
        self.save_all()

    def _found_place(self) -> Callable[[Notebook], Notebook]:
        """How far the open talk is watched by now, as a change of any notebook."""
        return found_place(self.player, self.talk_id, self.loader.stopped)

    def _on_report(self, report: Report) -> None:
        talk_id = self.talk_id
        if isinstance(report, Opened):
            self.trace("first_frame", load=report.load)
            self.spoken.read()
        elif isinstance(report, LengthKnown):
            self.find_out(lambda now: findings.found_duration(now, talk_id, report.length_ms))
        elif isinstance(report, Playing):
            self._played = True
            if self.player.will_play:  # not told late, of what was stopped meanwhile
                self.loader.stopped = -1
        elif isinstance(report, Failed):
            self.trace("failed", load=report.load, why=report.error.message, hint=report.error.hint)
        elif isinstance(report, Ended):
            self.find_out(
                lambda now: findings.found_position(findings.found_watched(now, talk_id), talk_id, 0)
            )
        self.screen.player_reported(report)

    # --- moments -------------------------------------------------------------------------------------

    def stamp(self, moment_s: float, *, react: bool = True) -> Stamp | None:
        """The moment of the talk that a note begun at `moment_s` is about, less the reaction time if `react`.

        None when the talk was never played or has ended: such a note is about the talk. See `stamp_at`.
        """
        if self.talk is None:
            return None
        was_played = self._played or self.talk.state != State.TO_WATCH
        reaction_ms = self.settings.stamp_back_ms if react else 0
        return stamp_at(self.player, moment_s, reaction_ms, was_played=was_played)

    def jump(self, at_ms: int) -> None:
        """Shows the frame of a stamp."""
        self.player.seek(at_ms)
        self.trace("jumped", at_ms=at_ms)

    # --- settings and the end ------------------------------------------------------------------------

    def set(self, **changes: Any) -> None:
        """Changes settings, in the window and in the file; where that cannot be written it is told."""
        before = self.settings
        self.settings = replace(before, **changes)
        self.screen.settings_changed(before)
        try:
            settings_file.write(self.settings, before)
        except UserError as error:
            self.screen.tell_error(
                _("The change of settings holds until you quit only. {message}").format(message=error.message)
            )

    def close(self, timeout_s: float = 5.0) -> bool:
        """Keeps the position and saves; True when all is on disk."""
        self.leave()
        if self.notebook is self._handed_over and self.saver.all_is_saved:
            return True
        return self.read_only or self.saver.flush(self.notebook, timeout_s)
