"""The main window: the Screen of a session, drawn from what the session holds."""

from __future__ import annotations

import time
import tkinter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tkinter import ttk

from desktopnotes import commands
from desktopnotes.actions import notes, playback, reaction, web
from desktopnotes.commands import Command
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import Failed, LengthKnown, Opened, Report
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.model.shortening import in_a_line, to_letters
from desktopnotes.screen import Waits
from desktopnotes.session import Session
from desktopnotes.storage.saver import SaveReport
from desktopnotes.storage.state_file import State
from desktopnotes.ui import bugs, text_keys
from desktopnotes.ui.carets import Carets
from desktopnotes.ui.coming_back import ComingBack
from desktopnotes.ui.empty_page import EmptyPage
from desktopnotes.ui.full_screen import FullScreen
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.head import Head
from desktopnotes.ui.hints import Hints
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.keys import Keys, is_other_field
from desktopnotes.ui.layout import Layout
from desktopnotes.ui.menus import Menus
from desktopnotes.ui.moment import Moment
from desktopnotes.ui.note_things import NoteThings
from desktopnotes.ui.notes_page import NotesPage
from desktopnotes.ui.notes_side import NotesSide
from desktopnotes.ui.panel import Panel
from desktopnotes.ui.parts import Parts
from desktopnotes.ui.pump import PUMP_MS, Pump
from desktopnotes.ui.questions import Questions
from desktopnotes.ui.recent import Recent
from desktopnotes.ui.save_words import SaveWords
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.talks_deeds import deeds_of
from desktopnotes.ui.talks_pane import TalksPane
from desktopnotes.ui.telling import Telling
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.timeline import Timeline
from desktopnotes.ui.transport import Transport
from desktopnotes.ui.video_panel import VideoPanel
from desktopnotes.ui.views import Views
from desktopnotes.ui.write_up import WriteUp


class Window(Carets, Questions, Telling):
    """Widgets and what moves them. `session` and `recent` are set once, before anything is shown."""

    session: Session

    def __init__(self, root: tkinter.Tk, mailbox: Mailbox, settings: Settings) -> None:
        self.root = root
        self.mailbox = mailbox
        self.gate = Gate(self.tell_error, lambda: bugs.save(self), lambda words: bugs.tell(self, words))
        self.gate.on_damaged = self.tell_damaged
        self.theme = Theme(root, settings.theme, settings.font_size)
        self.icons = Icons(self.theme)
        self.layout = Layout(root, self.theme)
        self.recent = Recent()
        self._closed = False
        self.save_words = SaveWords()
        self.pump = Pump(root, mailbox.empty, lambda: self.gate.run(self._draw_moment))
        self._opened: tuple[Path, str] | None = None
        self.on_close: Callable[[], None] = lambda: None
        self.on_notebook: Callable[[], None] = lambda: None
        self.on_saved: Callable[[SaveReport], None] = lambda _: None
        self.on_moment: Callable[[], None] = lambda: None
        root.report_callback_exception = self.gate.tk
        self._build()
        self.keys.reload(settings.keys)
        self.say_keys(settings.keys)
        self.keys.watch([root])

    def _build(self) -> None:
        """All parts of the window, in the order in which one needs the other."""
        self._build_panes()
        self._build_player()
        self._build_texts()
        self._build_what_moves()

    def _build_panes(self) -> None:
        theme, px = self.theme, self.theme.px
        self.menus = Menus(self.root, lambda: self.session, self.run)
        self.talks = TalksPane(self.layout.talks, theme, self.icons, deeds_of(self))
        self.talks.pack(fill="both", expand=True, padx=(0, px(6)))

    def _build_player(self) -> None:
        theme, px = self.theme, self.theme.px
        self.head = Head(self.layout.player, theme, self._runs("talk.open_link"))
        self.video = VideoPanel(self.layout.player, theme, self._runs("view.full_screen"), self._turn_sound)
        self.transport = Transport(
            self.layout.player, theme, self.icons, self.run, self.named, self._set_rate, self._turn_sound
        )
        self.timeline = Timeline(
            self.layout.player,
            theme,
            seek=lambda at_ms: self.session.player.seek(at_ms),
            jump=self._jump,
            turn=self._turn_time,
        )
        self.pack_player()
        self.layout.head_height = lambda: (
            self.head.winfo_reqheight()
            + self.transport.winfo_reqheight()
            + self.timeline.winfo_reqheight()
            + px(18)
        )

    def _build_texts(self) -> None:
        theme, px = self.theme, self.theme.px
        self.write_up = WriteUp(self.layout.write_up, theme, lambda: self.session)
        self.write_up.pack(fill="both", expand=True, padx=px(6), pady=(0, px(4)))
        self.page = NotesPage(self.layout.notes, theme, lambda: self.session)
        self.side = NotesSide(self)
        self.empty_page = EmptyPage(self.page.text, theme, lambda: self.session)
        self.status = StatusLine(
            self.layout.foot,
            theme,
            partial(self.menus.pop_up, commands.by_id("notes.react")),
            lambda steps: self.gate.run(reaction.more if steps > 0 else reaction.less, self.session),
            self._runs("help.messages"),
        )
        self.status.pack(fill="x")
        self.status.lasts = self.layout.peek_at_status
        self.status.explain = self.tell_why_not_saved
        self.hints = Hints(self.status, theme, lambda: self.session, self.gate.run)

    def _build_what_moves(self) -> None:
        self.moment = Moment(
            self.root, lambda: self.session, self.page, self.video, self.transport, self.timeline, self.status
        )
        self.full_screen = FullScreen(self)
        self.views = Views(self)
        self.parts = Parts(self)
        self.note_things = NoteThings(self)
        self.keys = Keys(
            self.root,
            session=lambda: self.session,
            run=self.run,
            on_video=self._is_on_video,
            in_field=is_other_field,
            before_key=self._before_key,
            close=self._close_what_is_over,
        )
        self.panel = Panel(self.video, lambda: self.session, self.run, self.keys.watch)
        self.status.made, self.status.give_back = self.keys.watch, self.views.take_keyboard
        self.root.protocol("WM_DELETE_WINDOW", self.close)
        text_keys.repair(self.root)
        self.root.bind("<FocusOut>", self._on_focus_out, add=True)
        self.coming_back = ComingBack(self.root, lambda: self.session)

    def pack_player(self) -> None:
        """Puts the head, the video and its controls one below the other."""
        px = self.theme.px
        self.head.configure(padding=0)
        self.head.pack(fill="x", padx=px(6))
        self.transport.pack(side="bottom", fill="x", padx=px(6), pady=(px(4), px(2)))
        self.timeline.pack(side="bottom", fill="x", padx=px(6), pady=(px(4), 0))
        self.video.pack_forget()
        self.video.pack(fill="both", expand=True, padx=px(6), pady=(px(4), 0))

    def _runs(self, command_id: str) -> Callable[[], None]:
        return lambda: self.run(commands.by_id(command_id))

    # --- the pump ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to empty the mailbox and to draw the clock."""
        self.pump.start()
        self.hints.start()

    def _draw_moment(self) -> None:
        self.moment.draw()
        self.side.draw()
        self.panel.look()
        self.draw_saved()
        self.on_moment()

    # --- commands and keys ---------------------------------------------------------------------------

    def run(self, command: Command) -> None:
        """Runs a command of the table, if it is possible now."""
        if command.enabled(self.session):
            self.full_screen.wake()
            self.gate.crashes.doing = command.id
            self.gate.run(command.run, self.session)

    def _is_on_video(self, widget: tkinter.Misc, pressed: str) -> bool:
        if pressed == "Mod+V":  # what is pasted where nothing can be typed is the address of a talk
            return not isinstance(widget, (tkinter.Text, ttk.Entry))
        return widget in (self.video.black, self.timeline) or self.full_screen.takes(pressed)

    def _before_key(self) -> None:
        self.moment.last_key_s = time.monotonic()
        self.page.edits.before_key()

    def _close_what_is_over(self) -> bool:
        """What Esc closes before it does anything else; False where there is nothing."""
        if self.talks.drag.give_up() or self.views.close():
            pass
        elif self.captions_are_shown():
            self.show_captions("")
        elif self.parts.finding.close():
            return True
        elif web.is_opening(self.session):
            web.cancel_opening(self.session)
        elif not self.full_screen.close():
            return web.leaves_page_unasked(self.session)
        return True

    def _on_focus_out(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self.root and hasattr(self, "session"):
            self.session.save_now()

    def _jump(self, note_id: str) -> None:
        self.gate.run(notes.jump_to, self.session, note_id)

    def _turn_time(self, steps: int) -> None:
        self.gate.run(playback.forward if steps > 0 else playback.back, self.session)
        self.moment.draw()

    def _set_rate(self, rate: float) -> None:
        self.gate.run(playback.set_rate, self.session, rate)

    def _turn_sound(self, steps: int) -> None:
        self.gate.run(playback.louder if steps > 0 else playback.softer, self.session)

    # --- Screen: what changed ------------------------------------------------------------------------

    def notebook_opened(self) -> None:
        title = self.session.notebook.title or self.session.path.name
        self.root.title(f"{to_letters(in_a_line(title), 200)} – Desktop Notes")
        self.recent.now(self.session.path, self.session.notebook.title)
        self.coming_back.opened()
        self.draw_talks()

    def notebook_changed(self, before: Notebook) -> None:
        after = self.session.notebook
        if after.title != before.title:
            self.notebook_opened()
        if after.talks is not before.talks or after.posts is not before.posts:
            self.draw_talks()
        now = self.session.talk
        if now is not before.talk(self.session.talk_id):
            self._draw_talk(now)
        self.views.draw()

    def draw_talks(self) -> None:
        if not self.views.shows_post:  # which has a list of its own
            self.talks.show(self.session.notebook, self.session.talk_id, self.session.settings.talks_by)

    def talk_opened(self) -> None:
        now = self.session.talk
        self.show_captions("")
        opened = (self.session.path, self.session.talk_id)
        is_other_notebook = self._opened is not None and self._opened[0] != opened[0]
        if opened != self._opened:  # loaded once more, the page stays as it is, and the caret in it
            self._opened = opened
            self.tell_no_more(Waits.PLACE)
            self.page.show_talk()
        self._draw_talk(now)
        self.draw_talks()
        self.panel.talk_opened()
        self.moment.forget()
        self.moment.draw()
        if is_other_notebook:
            self.save_words = SaveWords()
            self.views.show_notes()
            self.status.leave_notebook()
            self.on_notebook()

    def _draw_talk(self, now: Talk | None) -> None:
        self.head.show(now)
        self.page.draw()
        self.empty_page.draw()
        self.write_up.draw()
        self.moment.draw_figures_soon()
        self.side.draw_quotes_soon()

    def player_reported(self, report: Report) -> None:
        if isinstance(report, (Opened, Failed)):
            self.pump.pace_ms = PUMP_MS
        self.panel.reported(report)
        if isinstance(report, LengthKnown):
            self.moment.draw_figures()
        self.moment.draw()

    def saved(self, report: SaveReport) -> None:
        super().saved(report)
        self.on_saved(report)

    def settings_changed(self, before: Settings) -> None:
        after = self.session.settings
        if (after.theme, after.font_size) != (before.theme, before.font_size):
            self.theme.use(after.theme, after.font_size)
        if after.keys != before.keys:
            self.keys.reload(after.keys)
            self.say_keys(after.keys)
        if after.talks_by != before.talks_by:
            self.draw_talks()
        if after.language != before.language:
            self.session.open_captions()
            self.session.spoken.read()
        self.moment.draw_figures()
        self.views.settings_changed()

    def later(self, delay_ms: int, job: Callable[[], None]) -> None:
        self.root.after(delay_ms, lambda: self.gate.run(job))

    def key_moment_s(self) -> float:
        return self.keys.moment_s()

    def show(self, part: str, of: str = "") -> None:
        self.parts.show(part, of)

    # --- the end -------------------------------------------------------------------------------------

    def left(self, state: State) -> State:
        """What is to be found again at the next start."""
        self.keep_place()
        window = replace(self.side.left(self.layout.left(state.window)), folded=self.talks.folded)
        return replace(state, recent=self.recent.notebooks, window=window)

    def close(self) -> None:
        """Saves, and ends the program; where saving fails the user decides."""
        self.on_close()

    def stop(self) -> None:
        """No more is drawn and no mail read: the window is about to go."""
        self._closed = True
        self.pump.stop()

    def destroy(self) -> None:
        """Ends Tk; what was put off is called off first, or Tk would complain of it."""
        for job in self.root.tk.splitlist(self.root.tk.call("after", "info")):
            self.root.tk.call("after", "cancel", job)
        self.root.destroy()
