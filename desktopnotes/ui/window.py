"""The main window: the Screen of a session, drawn from what the session holds."""

from __future__ import annotations

import contextlib
import platform
import subprocess
import sys
import time
import tkinter
from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from desktopnotes import __version__, commands
from desktopnotes.actions import file, post, talk
from desktopnotes.commands import Command
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import Failed, LengthKnown, Opened, PlayerState, Report
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.session import Offer, Session
from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.storage.state_file import Place, State, with_place
from desktopnotes.ui import dialogs, layout
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.keys import Keys
from desktopnotes.ui.layout import Layout
from desktopnotes.ui.menus import Menus
from desktopnotes.ui.notes_page import NotesPage
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.talks_pane import TalksPane
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.timeline import Mark, Timeline
from desktopnotes.ui.transport import Transport
from desktopnotes.ui.video_panel import VideoPanel
from desktopnotes.ui.write_up import WriteUp

_PUMP_MS = 40
"""How often the mailbox is emptied: 0.6 % of a core (architecture.md)."""

_CLOCK_EVERY = 3
"""The clock is drawn at every third round of the pump."""

_FIGURES_MS = 400
_FOLLOW_AFTER_S = 5.0
_HINTS = "Ctrl+Space play or pause    Ctrl+Enter show the moment    F4 write-up    F1 all keys"


class Window:
    """Widgets and what moves them. `session` is set once, before anything is shown."""

    session: Session

    def __init__(self, root: tkinter.Tk, mailbox: Mailbox, settings: Settings) -> None:
        self.root = root
        self.mailbox = mailbox
        self.gate = Gate(self.tell_error)
        self.theme = Theme(root, settings.theme, settings.font_size)
        self.icons = Icons(self.theme)
        self.layout = Layout(root, self.theme)
        self._round = 0
        self._stamps: list[tuple[int, str]] = []
        self._marked: tuple[object, ...] = ()
        self._moment_id = ""
        self._figures_job = ""
        self._last_key_s = 0.0
        self._closed = False
        self.on_close: Callable[[], None] = lambda: None
        root.report_callback_exception = self.gate.tk  # type: ignore[method-assign]
        self._build()
        self.keys.reload(settings.keys)
        self.keys.watch([root])

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        self.menus = Menus(self.root, lambda: self.session, self.run)
        self.talks = TalksPane(
            self.layout.talks, theme, self.icons, self._go_to_talk, self._fill_notebooks, self.run
        )
        self.talks.pack(fill="both", expand=True, padx=(0, px(6)))
        head = ttk.Frame(self.layout.player)
        head.pack(fill="x", padx=px(6))
        self._link = ttk.Label(head, text="recording ↗", style="Link.TLabel", cursor="hand2")
        self._link.bind("<Button-1>", lambda _: self.run(commands.by_id("talk.open_link")))
        self._title = ttk.Label(head, style="Title.TLabel")
        self._speakers = ttk.Label(head, style="Muted.TLabel")
        self._link.pack(side="right")
        self._title.pack(anchor="w")
        self._speakers.pack(anchor="w")
        self.transport = Transport(self.layout.player, theme, self.icons, self.run, self._set_rate)
        self.timeline = Timeline(
            self.layout.player, theme, seek=self._seek, jump=lambda note_id: self._jump(note_id)
        )
        self.transport.pack(side="bottom", fill="x", padx=px(6), pady=(px(4), px(2)))
        self.timeline.pack(side="bottom", fill="x", padx=px(6), pady=(px(4), 0))
        self.video = VideoPanel(self.layout.player, theme)
        self.video.pack(fill="both", expand=True, padx=px(6), pady=(px(4), 0))
        self.layout.head_height = lambda: (
            head.winfo_reqheight()
            + self.transport.winfo_reqheight()
            + self.timeline.winfo_reqheight()
            + px(18)
        )
        self.write_up = WriteUp(self.layout.write_up, theme, lambda: self.session)
        self.write_up.pack(fill="both", expand=True, padx=px(6), pady=(0, px(4)))
        ttk.Label(self.layout.notes, text="Notes", style="Heading.TLabel").pack(
            anchor="w", padx=px(6), pady=(px(2), px(8))
        )
        self.page = NotesPage(self.layout.notes, theme, lambda: self.session)
        self.page.pack(fill="both", expand=True, padx=(px(6), 0))
        self.status = StatusLine(self.layout.foot, theme, _HINTS)
        self.status.pack(fill="x")
        self.keys = Keys(
            self.root,
            session=lambda: self.session,
            run=self.run,
            on_video=lambda widget: widget in (self.video.black, self.timeline),
            in_field=lambda widget: isinstance(widget, ttk.Entry),
            before_key=self._before_key,
        )
        self.root.protocol("WM_DELETE_WINDOW", self.close)
        self.root.bind("<FocusOut>", self._on_focus_out, add=True)

    # --- the pump ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to empty the mailbox and to draw the clock."""
        self._pump()

    def _pump(self) -> None:
        if self._closed:
            return
        self.mailbox.empty()
        self._round += 1
        if self._round % _CLOCK_EVERY == 0:
            self.gate.run(self._draw_clock)
        self.root.after(_PUMP_MS, self._pump)

    def _draw_clock(self) -> None:
        player, open_talk = self.session.player, self.session.talk
        position = player.position_at()
        at_ms = position.at_ms if position else (open_talk.position_ms if open_talk else 0)
        duration_ms = player.length_ms or (open_talk.duration_ms if open_talk else 0)
        self.transport.show(player, at_ms, duration_ms)
        self.timeline.move_to(at_ms)
        if player.state in (PlayerState.PLAYING, PlayerState.PAUSED):
            self._light(at_ms)

    def _light(self, at_ms: int) -> None:
        """Lights the note of the moment and follows it, unless the user is at work in the page."""
        index = bisect_right(self._stamps, (at_ms, "\uffff")) - 1
        note_id = self._stamps[index][1] if index >= 0 else ""
        if note_id == self._moment_id:
            return
        self._moment_id = note_id
        self.page.light(note_id)
        writes = self.root.focus_get() is self.page.text
        rests = self.page.blank_after is not None and time.monotonic() - self._last_key_s > _FOLLOW_AFTER_S
        if note_id and self.session.settings.follow and (not writes or rests):
            self.page.follow_to(note_id)

    # --- commands and keys ---------------------------------------------------------------------------

    def run(self, command: Command) -> None:
        """Runs a command of the table, if it is possible now."""
        if command.enabled(self.session):
            self.gate.run(command.run, self.session)

    def _before_key(self) -> None:
        self._last_key_s = time.monotonic()
        self.page.before_key()

    def _on_focus_out(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self.root and hasattr(self, "session"):
            self.session.save_now()

    def _go_to_talk(self, talk_id: str) -> None:
        self.gate.run(talk.go_to, self.session, talk_id)

    def _seek(self, at_ms: int) -> None:
        self.session.player.seek(at_ms)

    def _jump(self, note_id: str) -> None:
        from desktopnotes.actions import notes

        self.gate.run(notes.jump_to, self.session, note_id)

    def _set_rate(self, rate: float) -> None:
        self.session.player.set_rate(rate)

    # --- Screen: what changed ------------------------------------------------------------------------

    def notebook_opened(self) -> None:
        title = self.session.notebook.title or self.session.path.name
        self.root.title(f"{title} – Desktop Notes")
        self._draw_talks()

    def notebook_changed(self, before: Notebook) -> None:
        after = self.session.notebook
        if after.title != before.title:
            self.notebook_opened()
        if after.talks is not before.talks or after.posts is not before.posts:
            self._draw_talks()
        now = self.session.talk
        if now is not before.talk(self.session.talk_id):
            self._draw_talk(now)

    def _draw_talks(self) -> None:
        self.talks.show(self.session.notebook, self.session.talk_id)

    def talk_opened(self) -> None:
        now = self.session.talk
        self._moment_id = ""
        self.page.show_talk()
        self._draw_talk(now)
        self._draw_talks()
        if now is None:
            self.video.show_words(
                "No talk yet", "Add recordings from this computer.", "Add files…", self._add
            )
        elif not now.file:
            self.video.show_words(now.title, "It has no recording on this computer.", *self._find())
        else:
            self.video.show_words("", "")
        self._draw_clock()

    def _add(self) -> None:
        self.run(commands.by_id("talk.add_files"))

    def _find(self) -> tuple[str, Callable[[], None]]:
        return "Find recording…", lambda: self.run(commands.by_id("talk.find_file"))

    def _draw_talk(self, now: Talk | None) -> None:
        self._title.configure(text=now.title if now else "")
        self._speakers.configure(text=", ".join(now.speakers) if now else "")
        if now and now.url:
            self._link.pack(side="right", before=self._title)
        else:
            self._link.pack_forget()
        self.page.draw()
        self.write_up.draw()
        if not self._figures_job:
            self._figures_job = self.root.after(_FIGURES_MS if self._marked else 1, self._draw_figures)

    def _draw_figures(self) -> None:
        """Marks on the time line, counts: all that may lag a moment behind the keys."""
        self._figures_job = ""
        now = self.session.talk
        notes = now.notes if now else ()
        stamped = [note for note in notes if note.at_ms is not None]
        self._stamps = sorted((note.at_ms or 0, note.id) for note in stamped)
        duration_ms = self.session.player.length_ms or (now.duration_ms if now else 0)
        marks = tuple(Mark(note.at_ms or 0, note.text, note.id) for note in stamped)
        chapters = now.chapters if now else ()
        if (duration_ms, marks, chapters) != self._marked:
            self._marked = (duration_ms, marks, chapters)
            position = self.session.player.position_at()
            at_ms = position.at_ms if position else (now.position_ms if now else 0)
            self.timeline.show(duration_ms, at_ms, marks, chapters)
        words = sum(len(note.text.split()) for note in notes)
        back_s = self.session.settings.stamp_back_ms / 1000
        stamps = f"stamps {back_s:g} s back" if back_s else "stamps at the key"
        counted = (
            f"{len(notes)} note{'' if len(notes) == 1 else 's'}, {words} word{'' if words == 1 else 's'}"
        )
        self.status.show_figures(f"{stamps}   ·   {counted}")

    def player_reported(self, report: Report) -> None:
        now = self.session.talk
        if isinstance(report, Failed):
            self.video.show_words(report.error.message, report.error.hint, *self._find())
            self._draw_clock()
        elif isinstance(report, Opened):
            if self.session.player.has_video:
                self.video.show_video()
            else:
                self.video.show_words(now.title if now else "", "Sound only")
        elif isinstance(report, LengthKnown):
            self._draw_figures()
        self._draw_clock()

    def saved(self, report: SaveReport) -> None:
        if report.kind == SaveKind.SAVING:
            self.status.show_saved("Saving…")
        elif report.kind == SaveKind.SAVED:
            self.status.show_saved(f"Saved {report.at:%H:%M:%S}")
            if report.message:
                self.tell(report.message, lasting=True)
        else:
            self.status.show_saved("NOT SAVED", failed=True)
            self.tell_error(f"{report.message} {report.hint}".strip())

    def settings_changed(self, before: Settings) -> None:
        after = self.session.settings
        if (after.theme, after.font_size) != (before.theme, before.font_size):
            self.theme.use(after.theme, after.font_size)
        if after.keys != before.keys:
            self.keys.reload(after.keys)
        self._draw_figures()

    def tell(self, message: str, *offers: Offer, lasting: bool = False) -> None:
        self.status.tell(message, offers, lasting=lasting)

    def tell_error(self, message: str) -> None:
        self.status.tell(message, error=True)

    def later(self, delay_ms: int, job: Callable[[], None]) -> None:
        self.root.after(delay_ms, lambda: self.gate.run(job))

    def key_moment_s(self) -> float:
        return self.keys.moment_s()

    # --- Screen: the caret ---------------------------------------------------------------------------

    def caret(self) -> Caret:
        focus = self._focus()
        if focus is self.page.text:
            return self.page.caret
        if focus is self.write_up.text:
            return Caret("write_up", self.session.talk_id, "", self.write_up.offset)
        return Caret("video", self.session.talk_id)

    def _focus(self) -> tkinter.Misc | None:
        """The widget with the focus, also while another window of the desktop has it."""
        with contextlib.suppress(KeyError, tkinter.TclError):  # a menu of Tk's own has no Python object
            return self.root.focus_lastfor()
        return None

    def put_caret(self, caret: Caret) -> None:
        if caret.talk_id and caret.talk_id != self.session.talk_id:
            return
        if caret.place == "notes":
            self._show_pane(layout.NOTES)
            self.page.text.focus_set()
            if caret.note_id:
                self.page.put_caret(caret.note_id, caret.offset)
        elif caret.place == "write_up":
            self._show_pane(layout.WRITE_UP)
            self.write_up.put_caret(caret.offset)

    def put_blank(self, after_id: str) -> None:
        self.page.text.focus_set()
        self.page.put_blank(after_id)

    def chosen_notes(self) -> tuple[str, ...]:
        return self.page.chosen_notes()

    def blank_after(self) -> str | None:
        return self.page.blank_after

    # --- Screen: questions ---------------------------------------------------------------------------

    def ask_files(self, title: str, kind: str) -> tuple[Path, ...]:
        return dialogs.ask_files(self.root, title, kind, self._usual_folder())

    def ask_folder(self, title: str) -> Path | None:
        return dialogs.ask_folder(self.root, title, self._usual_folder())

    def _usual_folder(self) -> Path:
        source = self.session.source(self.session.talk) if self.session.talk else None
        in_talk = source is not None and not self.session.is_sample and source.parent.is_dir()
        return source.parent if source is not None and in_talk else Path.home()

    def ask_target(self, title: str, folder: Path, name: str) -> Path | None:
        return dialogs.ask_target(self.root, title, folder if folder.is_dir() else Path.home(), name)

    def ask_choice(self, question: str, detail: str, answers: Sequence[str]) -> int | None:
        return dialogs.ask_choice(self.root, self.theme, question, detail, answers)

    def ask_text(self, title: str, label: str, text: str) -> str | None:
        return dialogs.ask_text(self.root, self.theme, title, label, text)

    def open_outside(self, address: str) -> None:
        try:
            if sys.platform == "win32":
                import os

                os.startfile(address)
            else:
                opener = "open" if sys.platform == "darwin" else "xdg-open"
                subprocess.Popen([opener, address], stdin=subprocess.DEVNULL, start_new_session=True)
        except OSError as error:
            raise UserError(f"{address} cannot be opened from here.", "Open it in your files.") from error

    def copy(self, text: str) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append(text)

    # --- Screen: parts of the window -----------------------------------------------------------------

    def show(self, part: str) -> None:
        jobs: dict[str, Callable[[], None]] = {
            "cut": lambda: self._edit("<<Cut>>"),
            "copy": lambda: self._edit("<<Copy>>"),
            "paste": lambda: self._edit("<<Paste>>"),
            "select": self._select,
            "keys": self._keys_page,
            "about": self._about,
            "palette": self._palette,
            "post": self._post,
            "stamp entry": self.page.edit_stamp,
            "other text": self._other_text,
            "next pane": lambda: self._pane(1),
            "previous pane": lambda: self._pane(-1),
            "talks pane": lambda: self.layout.toggle(layout.TALKS),
            "write-up pane": lambda: self.layout.toggle(layout.WRITE_UP),
            "notes pane": lambda: self.layout.toggle(layout.NOTES),
            "focus mode": self.layout.focus_mode,
            "full screen": self._full_screen,
            "quit": self.close,
        }
        jobs[part]()

    def _edit(self, virtual: str) -> None:
        focus = self._focus()
        if focus is not None:
            focus.event_generate(virtual)

    def _select(self) -> None:
        focus = self._focus()
        if focus is self.page.text:
            self.page.select()
        elif isinstance(focus, tkinter.Text):
            focus.tag_add("sel", "1.0", "end-1c")

    def _keys_page(self) -> None:
        from desktopnotes.ui.keys_page import open_keys_page

        open_keys_page(self.root, self.theme, self.session)

    def _palette(self) -> None:
        from desktopnotes.ui.palette import open_palette

        open_palette(self.root, self.theme, self.session, self.session.settings.keys, self.run)

    def _post(self) -> None:
        from desktopnotes.ui.post_dialog import open_post_dialog

        now = post.current(self.session)
        if now is not None:
            open_post_dialog(self.root, self.theme, self.session, now)

    def _about(self) -> None:
        versions = f"Python {platform.python_version()}, Tk {self.root.tk.call('info', 'patchlevel')}"
        about = f"{versions}, {self.session.player.about}\nMIT licence. Icons: Lucide (ISC licence)."
        dialogs.ask_choice(self.root, self.theme, f"Desktop Notes {__version__}", about, ("Close",))

    def _show_pane(self, pane: str) -> None:
        if not self.layout.is_shown(pane) and not self.layout.is_full_screen:
            self.layout.toggle(pane)

    def _other_text(self) -> None:
        to_notes = self._focus() is self.write_up.text
        self._show_pane(layout.NOTES if to_notes else layout.WRITE_UP)
        (self.page.text if to_notes else self.write_up.text).focus_set()

    def _pane(self, step: int) -> None:
        """Goes round the panes that are shown, the video among them."""
        order = [
            self.page.text,
            self.write_up.text,
            self.talks.search,
            self.talks.tree,
            self.video.black,
            self.timeline,
        ]
        panes: list[tkinter.Misc] = [pane for pane in order if pane.winfo_viewable()]
        focus = self._focus()
        index = panes.index(focus) if focus in panes else -1 if step > 0 else 0
        panes[(index + step) % len(panes)].focus_set()

    def _full_screen(self) -> None:
        self.layout.full_screen()
        self.video.fills = self.layout.is_full_screen
        self.video.black.focus_set() if self.video.fills else self.page.text.focus_set()
        self.root.after_idle(self.video.fit)

    def _fill_notebooks(self, menu: tkinter.Menu) -> None:
        menu.delete(0, "end")
        for path in self.recent:
            name = path.name.removesuffix(file.NOTEBOOK_SUFFIX)
            menu.add_command(label=name, command=lambda path=path: self._open(path))  # type: ignore[misc]
        menu.add_separator()
        for command_id in ("file.rename", "file.new", "file.open"):
            command = commands.by_id(command_id)
            menu.add_command(label=command.label, command=lambda command=command: self.run(command))  # type: ignore[misc]

    def _open(self, path: Path) -> None:
        self.gate.run(file.open_path, self.session, path)

    recent: tuple[Path, ...] = ()

    # --- the end -------------------------------------------------------------------------------------

    def place(self) -> Place:
        return Place(str(self.session.path), self.session.talk_id, self.page.caret)

    def left(self, state: State) -> State:
        """What is to be found again at the next start."""
        from dataclasses import replace

        return replace(with_place(state, self.place()), window=self.layout.left(state.window))

    def close(self) -> None:
        """Saves, and ends the program; where saving fails the user decides."""
        self.on_close()

    def stop(self) -> None:
        """No more is drawn and no mail read: the window is about to go."""
        self._closed = True

    def destroy(self) -> None:
        self.root.destroy()
