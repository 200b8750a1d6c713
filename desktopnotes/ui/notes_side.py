"""The right side of the window: the notes, the transcript in their place or beneath them, and the heading."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.commands import by_id, keys_of
from desktopnotes.model.notebook import Kind, Talk
from desktopnotes.model.script import Chosen
from desktopnotes.storage import state_file
from desktopnotes.ui import keys, layout
from desktopnotes.ui.quote_marks import QuoteMarks
from desktopnotes.ui.tooltip import add_tooltip
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.model.transcript import Transcript
    from desktopnotes.ui.transcript_pane import TranscriptPane
    from desktopnotes.ui.window import Window

_SHOWN, _BENEATH = "transcript", "transcript beneath"
"""What the state file calls them, among the panes."""

_SHARE = 0.45
"""How much of the height the transcript has at first beneath the notes."""

_QUOTES_MS = 400
"""How long the marks of what is quoted may lag behind the keys."""


_HINT = _("a click shows the moment · Enter quotes")


class NotesSide:
    """`is_shown` says whether the transcript is, `is_beneath` where it is or would be."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._master = window.layout.notes
        self.is_shown = False
        self.is_beneath = False
        self.pane: TranscriptPane | None = None
        self._panes: layout.Panes | None = None
        self._height = 0
        self._drawn: Transcript | None = None
        self._drawn_for: tuple[object, str] | None = None
        self._said_without: bool | None = None
        self._quoted: tuple[tuple[int, int], ...] = ()
        self._quotes_job = ""
        self.marks = QuoteMarks(window.page.gutter, window.theme, lambda: window.session, self.show_said)
        self._build_head()
        self.be_page()

    def _build_head(self) -> None:
        px, master, theme = self._window.theme.px, self._master, self._window.theme
        self._head = ttk.Frame(master)
        self._title = ttk.Label(self._head, text=_("Notes"), style="Heading.TLabel")
        self.to_transcript = self._switch(_("Transcript"), self.show_transcript)
        self.to_notes = self._switch(_("Notes"), self.show_notes)
        add_tooltip(self.to_transcript, theme, self._about_transcript)
        for each in (self._head, self.to_transcript, self.to_notes):  # these get other sizes with the text
            each.bind("<Configure>", lambda _: self._fit_title(), add=True)
        self._head.pack(fill="x", padx=(px(6), 0), pady=(px(2), px(6)))
        self._lower_head = ttk.Frame(master)

    def _switch(self, label: str, job: Callable[[], None]) -> ttk.Button:
        button = ttk.Button(self._head, text=label, style="Switch.TButton", command=job)
        button.pack(side="right")
        button.bind("<Return>", lambda _: button.invoke())
        return button

    def _fit_title(self) -> None:
        """The heading is there while it has room beside the tabs, which say the same."""
        wanted = (self._title, self.to_transcript, self.to_notes)
        if sum(each.winfo_reqwidth() for each in wanted) <= self._head.winfo_width():
            self._title.pack(side="left")
        else:
            self._title.pack_forget()

    def _about_transcript(self) -> str:
        session = self._window.session
        if session.talk is None:
            return _("No talk is open.")
        if session.spoken.is_without:
            return _("This recording has no captions. Talk, Captions… says which file holds them.")
        key = next(iter(keys_of(by_id("view.transcript"), session.settings.keys)), "")
        return _("What was said, to read along and to quote from ({key})").format(key=keys.shown(key))

    @property
    def text(self) -> tkinter.Text:
        """What of the side has the keyboard at first: the notes, or the transcript in their place."""
        hides_notes = self.is_shown and not self.is_beneath and not self._window.layout.is_full_screen
        return self.pane.text if self.pane and hides_notes else self._window.page.text

    # --- what is shown -------------------------------------------------------------------------------

    def be_page(self) -> None:
        """Heading and panes, as the window shows them."""
        px = self._window.theme.px
        self._head.pack(fill="x", padx=(px(6), 0), pady=(px(2), px(6)))
        self._window.page.be_page()
        self._arrange()

    def be_line(self, when_drawn: Callable[[], None]) -> None:
        """The row with the caret alone, as full screen shows it."""
        self._unpack()
        self._head.pack_forget()
        page = self._window.page
        page.pack(fill="both", expand=True)
        page.be_line(when_drawn)

    def put_over(self, bar: ttk.Frame) -> None:
        """Puts a bar right below the heading, wherever the notes and the transcript are."""
        px = self._window.theme.px
        bar.pack(fill="x", padx=(px(6), 0), pady=(0, px(6)), after=self._head)

    def toggle(self) -> None:
        """Shows the transcript, or hides it."""
        if self.is_shown and self._window.layout.is_shown(layout.NOTES):
            self.show_notes()
        else:
            self.show_transcript()

    def toggle_place(self) -> None:
        """Puts the transcript beneath the notes, or in their place; where it was hidden it shows."""
        self.is_beneath = not self.is_beneath
        self.is_shown = False
        self.show_transcript()

    def show_transcript(self) -> None:
        window = self._window
        window.full_screen.leave()
        window.show_pane(layout.NOTES, keeps_transcript=True)
        was_in_notes = window.focus() is window.page.text
        if not self.is_beneath:
            window.parts.finding.close()  # it finds in the notes, which are hidden from now on
        if not self.is_shown:
            self.is_shown = True
            self._open()
            self._arrange()
        if self.pane and not (self.is_beneath and was_in_notes):
            self.pane.text.focus_set()

    def show_said(self, at_ms: int) -> None:
        """Shows in the transcript what is said at a moment, with the caret there."""
        self.show_transcript()
        if self.pane is not None:
            self.pane.text.focus_set()
            self.pane.go_to(at_ms)

    def show_note(self) -> None:
        """Shows what was said at the moment of the note under the caret, and tells whether it quotes that."""
        talk = self._window.session.talk
        note = talk.note(self._window.page.caret.note_id) if talk else None
        if note is None or note.at_ms is None:
            return
        said = self.marks.said_instead(note)
        self.show_said(note.at_ms)
        if said:
            self._window.tell(_("The quote differs. The captions say: “{said}”").format(said=said))

    def show_notes(self) -> None:
        """Hides the transcript; the caret is in the notes."""
        if self.is_shown:
            self.is_shown = False
            self._arrange()
        self._window.page.text.focus_set()

    def reach_notes(self) -> None:
        """The notes are to be used now, so they must not be hidden by the transcript."""
        hidden = self.text
        if hidden is not self._window.page.text:
            self.is_shown = False
            self._arrange()
            if self._window.focus() is hidden:
                self._window.page.text.focus_set()

    def _open(self) -> None:
        if self.pane is None:
            from desktopnotes.ui.transcript_pane import TranscriptPane  # a start does without it

            window = self._window
            self._panes = layout.Panes(self._master, orient="vertical")
            self._panes.bind("<Map>", lambda _: self._master.after_idle(self._place_sash))
            self._panes.bind("<ButtonRelease-1>", lambda _: self._remember_height(), add=True)
            self._lower = ttk.Frame(self._master)
            head = ttk.Frame(self._lower)
            ttk.Label(head, text=_("Transcript"), style="Heading.TLabel").pack(side="left")
            self._hint = ttk.Label(head, text=_HINT, style="Status.TLabel")
            head.bind("<Configure>", lambda event: self._fit_hint(event.width))
            self._lower_head = head
            self.pane = TranscriptPane(self._lower, window.theme, lambda: window.session, window.run)
            window.keys.watch([self._lower])
            tkinter.Misc.lower(self._panes)
        self.draw()

    def _fit_hint(self, width: int) -> None:
        """The hint is there while it has room beside the heading."""
        heading = self._lower_head.winfo_children()[0].winfo_reqwidth()
        if heading + self._hint.winfo_reqwidth() + self._window.theme.px(12) <= width:
            self._hint.pack(side="right")
        else:
            self._hint.pack_forget()

    def _unpack(self) -> None:
        page = self._window.page
        if self._panes is not None:
            for child in (page, self._lower):
                if child.winfo_manager() == "panedwindow":
                    self._panes.forget(child)
            self._panes.pack_forget()
            self._lower.pack_forget()
        page.pack_forget()

    def _arrange(self) -> None:
        """Puts the panes where they belong."""
        px, page, is_beneath = self._window.theme.px, self._window.page, self.is_shown and self.is_beneath
        self._unpack()
        if not self.is_shown or self.pane is None or self._panes is None:
            page.pack(fill="both", expand=True, padx=(px(6), 0))
        elif is_beneath:
            self.pane.pack(fill="both", expand=True)
            self._lower_head.pack(fill="x", pady=(px(2), px(6)), before=self.pane)
            self._panes.add(page, weight=1)
            self._panes.add(self._lower, weight=1)
            self._panes.pack(fill="both", expand=True, padx=(px(6), 0))
        else:
            self._lower_head.pack_forget()
            self.pane.pack(fill="both", expand=True)
            self._lower.pack(fill="both", expand=True, padx=(px(6), 0))
        self._title.configure(text=_("Transcript") if self.is_shown and not is_beneath else _("Notes"))
        self._fit_title()
        self.to_transcript.state(["selected" if self.is_shown else "!selected"])
        self.to_notes.state(["selected" if is_beneath or not self.is_shown else "!selected"])

    def _place_sash(self) -> None:
        if self._panes is None:
            return
        self._panes.update_idletasks()
        room = self._panes.winfo_height()
        least = self._window.theme.px(90)
        height = min(max(least, self._height or round(room * _SHARE)), max(least, room - least))
        self._panes.divider(0, room - height)

    def _remember_height(self) -> None:
        if self._panes is not None:
            self._height = self._panes.winfo_height() - self._panes.divider(0)

    # --- drawing -------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Shows what has come, and the present moment; called some eight times a second."""
        session = self._window.session
        spoken, pane = session.spoken, self.pane
        is_without = spoken.is_without
        self.marks.look()
        self.to_transcript.state(["alternate" if is_without else "!alternate"])
        if pane is None or not self.is_shown:
            return
        spoken.want()
        shown_for = (session.path, session.talk_id)
        now, is_other = spoken.transcript, shown_for != self._drawn_for
        if now is not None and (now is not self._drawn or is_other):
            pane.show(now, keeps_place=not is_other)
            self._drawn, self._drawn_for, self._said_without = now, shown_for, None
            self._quoted = ()
            self.draw_quotes()
        elif now is None and (is_other or (is_without and self._said_without is not True)):
            pane.clear()
            pane.say(is_without=is_without)
            self._drawn, self._drawn_for, self._said_without = None, shown_for, is_without
        position = session.player.position_at()
        if position is not None:
            pane.move_to(position.at_ms)

    def draw_quotes_soon(self) -> None:
        """What the notes quote is marked in the transcript, once the keys rest."""
        if self.is_shown and not self._quotes_job:
            self._quotes_job = self._master.after(_QUOTES_MS, self.draw_quotes)

    def draw_quotes(self) -> None:
        self._quotes_job = ""
        quoted = _quoted(self._window.session.talk)
        if self.pane is not None and self._drawn is not None and quoted != self._quoted:
            self._quoted = quoted
            self.pane.mark_quoted(quoted)

    def words_taken(self) -> None:
        if self.pane is not None:
            self.pane.go_behind_selection()

    def chosen_words(self) -> Chosen | None:
        """What is chosen in the transcript, while that has the focus."""
        is_there = self.pane is not None and self._window.focus() is self.pane.text
        return self.pane.chosen() if self.pane and is_there and self.is_shown else None

    # --- from one start to the next ------------------------------------------------------------------

    def restore(self, left: state_file.Window) -> None:
        """Shows the transcript where it was shown when the window was left."""
        self.is_beneath = left.panes.get(_BENEATH, False)
        self._height = left.sashes.get(_SHOWN, 0)
        if left.panes.get(_SHOWN, False):
            self.is_shown = True
            self._open()
            self._arrange()

    def left(self, window: state_file.Window) -> state_file.Window:
        """The window as it is left now, with what is to be known of the transcript."""
        panes = {**window.panes, _SHOWN: self.is_shown, _BENEATH: self.is_beneath}
        sashes = {**window.sashes, **({_SHOWN: self._height} if self._height else {})}
        return replace(window, panes=panes, sashes=sashes)


def _quoted(talk: Talk | None) -> tuple[tuple[int, int], ...]:
    """From when to when the quotes of a talk are, as far as that is known."""
    notes = talk.notes if talk else ()
    ranges = ((note.at_ms, note.end_ms) for note in notes if note.kind == Kind.QUOTE)
    return tuple((at_ms, end_ms) for at_ms, end_ms in ranges if at_ms is not None and end_ms is not None)
