"""From the command line to a running window, and on to the end; nothing heavy before the window shows."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import tkinter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes import log
from desktopnotes.actions import backups, downloads, file, menu_entry, notes, web_news
from desktopnotes.actions.open_twice import Holding
from desktopnotes.crashes import Crashes
from desktopnotes.handing_over import calling
from desktopnotes.handing_over.calling import Alone
from desktopnotes.handing_over.listening import Listener
from desktopnotes.handing_over.message import LAST
from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.no_player import NoPlayer
from desktopnotes.media.player import Player
from desktopnotes.media.web import Web
from desktopnotes.model.errors import DamagedError, UserError
from desktopnotes.screen import Waits
from desktopnotes.session import Session
from desktopnotes.storage import paths, settings_file, state_file
from desktopnotes.storage.state_file import State
from desktopnotes.trace import Trace
from desktopnotes.ui.called import Called
from desktopnotes.ui.ends import Ends
from desktopnotes.ui.first_notebook import first_notebook
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.program_icon import show_program_icon
from desktopnotes.ui.recent import Recent
from desktopnotes.ui.root_window import make_root, show_why
from desktopnotes.ui.window import Window
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.media_keys import MediaKeys

_CLOSE_S = 2.0

_SWITCH_S = 0.0005
"""How long a thread may keep Python to itself; with the usual 5 ms a save of 10,000 notes delays a key."""

_REST_AFTER_MS = 300
"""Drops and media keys take some ms to load, which the first picture should not wait for."""

_log = logging.getLogger(__name__)


def main(
    arguments: Sequence[str], trace_path: Path | None = None, met: Listener | Alone | None = None
) -> int:
    """Opens the window on what is named, else on what was open last, else on the sample; ends with it.

    `met` is what became of looking for a window that is open already (None: nobody looked).
    """
    post = Mail(Crashes(log.begin(paths.log_folder)))
    post.crashes.watch(post.tell_of)
    if isinstance(met, Alone):
        _log.info("this window is on its own: %s", met.why)
    sys.setswitchinterval(_SWITCH_S)
    trace = Trace(trace_path)
    player = PlayerInTheMaking(post)
    root = make_root()
    try:
        app = App(root, trace, arguments, post, player, met)
    except UserError as error:
        show_why(root, error)
        raise
    try:
        app.show()
        root.mainloop()
    finally:
        app.window_is_gone()
    return 0


class Mail:
    """The mailbox and the background work that reports to it; its gate for errors comes with the window."""

    def __init__(self, crashes: Crashes | None = None) -> None:
        self.crashes = crashes or Crashes()
        self.gate: Gate | None = None
        self.mailbox = Mailbox(lambda error: (self.gate or self.crashes.met)(error))
        self.background = Background(self.mailbox)
        self.web = Web(self.mailbox)

    def tell_of(self, error: BaseException, often: int) -> None:
        """Tells of a bug that was met and logged on any thread."""
        self.mailbox.post(lambda: self.gate.tell_of(error, often) if self.gate else None)


class PlayerInTheMaking:
    """Starts libVLC on a thread of its own while Tk draws the window: both take some 0.1 s."""

    def __init__(self, post: Mail) -> None:
        self._post = post
        self._player: Player | None = None
        self._error: UserError | None = None
        self._thread = threading.Thread(target=self._make, daemon=True)
        self._thread.start()

    def _make(self) -> None:
        from desktopnotes.media.vlc_player import VlcPlayer  # heavy: loads libVLC

        try:
            self._player = VlcPlayer(self._post.mailbox, self._post.background, resolve=self._post.web.stream)
        except UserError as error:
            self._error = error

    def get(self) -> Player:
        """The player; raises `UserError` where libVLC is missing."""
        self._thread.join()
        if self._player is None:
            raise self._error or UserError(_("VLC could not start."), _("The details are in the log."))
        return self._player


class App:
    """Owns the window, the session and what both need, from start to end."""

    def __init__(
        self,
        root: tkinter.Tk,
        trace: Trace,
        arguments: Sequence[str],
        post: Mail,
        player: PlayerInTheMaking,
        met: Listener | Alone | None = None,
    ) -> None:
        self._root = root
        self._is_open = True
        self._trace = trace
        self._background = post.background
        self._player = player
        self._ends = Ends()
        self.media_keys: MediaKeys | None = None
        self._state = self._ends.recalled(state_file.read())
        loaded = settings_file.read()
        self.window = Window(root, post.mailbox, loaded.settings)
        post.gate = self.window.gate
        self.window.gate.crashes = post.crashes
        tk_version = str(root.tk.call("info", "patchlevel"))
        post.crashes.log.parts.append(lambda: f"Tk {tk_version}, {self.session.player.about}")
        arguments = file.as_paths(arguments)
        asked = menu_entry.is_asked(arguments)
        named = [name for name in arguments if asked or name.endswith(paths.NOTEBOOK_SUFFIX)][:1]
        self._others = [name for name in arguments if name not in named]
        self._messages: list[str | UserError] = [*loaded.messages]
        if isinstance(met, Alone) and met.notice:
            self._messages.append(met.notice)
        last = [str(self._state.last_notebook)] if self._state.last_notebook else []
        names = named if LAST in named else [*named, *last]
        opened = first_notebook(names, loaded.settings, self._state.recent, self._messages)
        self.session = Session(
            opened=opened,
            settings=loaded.settings,
            player=NoPlayer(post.mailbox, UserError(_("VLC is not ready yet."))),
            screen=self.window,
            mailbox=post.mailbox,
            background=post.background,
            web=post.web,
            trace=trace,
        )
        web_news.listen(self.session)
        listener = met if isinstance(met, Listener) else None
        self._called = Called(root, self.session, self.window.gate, listener)
        here = calling.address(os.environ)
        self._holding = Holding(self.session, listener.path if listener else None, here)
        window = self.window
        window.session, window.recent = self.session, Recent(self._state)
        window.talks.folded = self._state.window.folded
        window.on_close, window.on_notebook = self.close, self._on_notebook
        if opened.notice:
            self._messages.append(opened.notice)

    def show(self) -> None:
        """Shows the window and everything in it; the rest happens while Tk's main loop runs."""
        window, session = self.window, self.session
        place = self._state.place_in(session.path)
        first_time = session.is_sample and not self._state.sample_shown
        window.notebook_opened()
        talks = session.notebook.talks
        talk_id = place.talk_id if session.notebook.talk(place.talk_id) else talks[0].id if talks else ""
        session.show_talk(talk_id)
        window.layout.restore(self._state.window)
        window.side.restore(self._state.window)
        window.side.text.focus_set()
        window.put_place(place)
        self._root.deiconify()
        self._root.update()
        self._ends.begin(window, lambda: session.mailbox.post(self._end_soon))
        self._trace("started")
        gc.enable()
        gc.freeze()  # see `_on_notebook`
        if self._trace.is_on:
            self._measure()
        window.start()
        self._icons = show_program_icon(self._root)
        self._use_vlc(play=first_time and not self._others)
        window.root.after(_REST_AFTER_MS, self._load_the_rest)
        if sys.platform == "darwin":
            from desktopnotes.ui.native import answer_the_mac  # nothing to do elsewhere

            answer_the_mac(self._root, session, window.gate, window.run)
        self._holding.notebook_opened()
        self._ends.tell()
        for message in self._messages:
            if isinstance(message, DamagedError):
                window.tell_damaged(message)
            else:
                window.tell_error(str(message), waits=Waits.NOTICE)
        file.offer_unsaved(session)
        if self._others:
            window.gate.run(file.open_arguments, session, self._others)
        downloads.begin(session)
        self._called.begin()
        backups.begin(session)

    def _load_the_rest(self) -> None:
        from desktopnotes.ui.drop import accept_drops
        from desktopnotes.ui.launched import end_start_up, taken_from_environment
        from desktopnotes.ui.media_keys import MediaKeys

        end_start_up(self._root, taken_from_environment())
        self.window.gate.run(accept_drops, self.window)
        self.media_keys = MediaKeys(self.window, self._called)
        self.window.gate.run(self.media_keys.begin)

    def _measure(self) -> None:
        from desktopnotes.ui.measuring import measure  # only a trace wants it

        window = self.window
        measure(self._root, (window.page.text, window.write_up.text), window.keys, self._trace)

    def _on_notebook(self) -> None:
        """What is there now stays: to go through 100,000 notes for garbage would delay a key by 80 ms."""
        gc.freeze()
        self._ends.notebook_opened()
        self._keep_state()  # it is found again even if the power fails
        backups.begin(self.session)
        self._holding.notebook_opened()

    def _use_vlc(self, *, play: bool) -> None:
        """Notes stay fully usable where there is no VLC; a sentence says how to install it."""
        from desktopnotes.media.vlc_instance import keep_no_covers  # loaded beside the window
        from desktopnotes.ui.mac_view import window_for_video

        window, session = self.window, self.session
        try:
            player = self._player.get()
            keep_no_covers(paths.cache_folder())
        except UserError as error:
            player = NoPlayer(session.mailbox, error)
        player.attach(window_for_video(window.video.video))
        session.use_player(player, play=play)
        self._ends.watch_display()

    # --- the end -------------------------------------------------------------------------------------

    def close(self) -> None:
        """Saves and ends; where that fails the user decides whether to stay."""
        self._called.pause()
        if self._is_saved() or self._ends_unsaved():
            self._leave()
        else:
            self._called.begin()

    def _ends_unsaved(self) -> bool:
        from desktopnotes.actions import leaving  # hardly ever needed

        window, saver = self.window, self.session.saver
        has_copy = window.save_words.has_copy and not saver.saving_for_s
        return leaving.may_end(self.session, window.why_it_stays_open(), has_copy=has_copy)

    def _end_soon(self) -> None:
        """A signal comes in the middle of anything, drawing too: the end waits for its turn in Tk."""
        self._root.after(0, self.end)

    def end(self) -> None:
        """The desktop ends the program: all is saved and nothing asked."""
        self._called.pause()
        self._is_saved()
        self._leave()

    def window_is_gone(self) -> None:
        """Whatever took the window (another program can, past all of ours), what was written is saved."""
        if self._is_open:
            self._ends.window_is_gone()

    def _is_saved(self) -> bool:
        """Ends the note being written and saves; a bug on the way there keeps no text from the disk."""
        session, gate = self.session, self.window.gate
        gate.run(notes.end, session)
        try:
            return session.close()
        except Exception as error:
            gate(error)
            return session.saver.flush(session.notebook)

    def _leave(self) -> None:
        """Keeps where everything was; the player is let go of last, where a hang or crash costs nothing."""
        session, run = self.session, self.window.gate.run  # none of it keeps the program open
        run(self._keep_state)
        run(self._holding.close)
        run(self._called.close)
        run(self._ends.all_is_kept)
        self._trace("closed")
        self.window.stop()
        self._root.withdraw()
        self._root.update_idletasks()
        if self.media_keys:
            run(self.media_keys.close)
        run(session.downloads.close)
        run(session.player.close, _CLOSE_S)
        run(self._background.close, _CLOSE_S)
        run(session.web.close)
        self._trace.close()
        self.window.destroy()
        self._ends.end()
        self._is_open = False

    def _keep_state(self) -> None:
        state: State = replace(self.window.left(self._state), sample_shown=True)
        state_file.write(state)
