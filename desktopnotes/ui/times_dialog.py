"""Which moment of a talk's file is which of its page: two times, and what follows from them."""

from __future__ import annotations

import tkinter
from tkinter import ttk

from desktopnotes.actions import sources
from desktopnotes.model import timecode
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _


def open_times_dialog(
    master: tkinter.Misc, theme: Theme, session: Session, gate: Gate, *, moves_notes: bool
) -> None:
    """Opens the two times of the open talk; `moves_notes`: its notes were taken before the file was there."""
    TimesDialog(master, theme, session, gate, moves_notes=moves_notes)


class TimesDialog(Dialog):
    def __init__(
        self, master: tkinter.Misc, theme: Theme, session: Session, gate: Gate, *, moves_notes: bool
    ) -> None:
        super().__init__(master, theme, _("The File's Times and the Page's"))
        self._session = session
        self._gate = gate
        now = sources.times_now(session)
        row = ttk.Frame(self.body)
        row.pack(anchor="w")
        self.file = self._entry(row, _("The file's"), now.file_ms)
        self.page = self._entry(row, _("is the page's"), now.page_ms)
        self.said = ttk.Label(self.body, wraplength=theme.px(420))
        self.said.pack(anchor="w", pady=theme.px(8))
        self.moves = tkinter.BooleanVar(self, moves_notes)
        end_with(self, self.moves)
        self._has_stamps = (
            any(note.at_ms is not None for note in session.talk.notes) if session.talk else False
        )
        if self._has_stamps:
            words = _("The notes were taken at the page's times: move them to the file's")
            ticked = ttk.Checkbutton(self.body, text=words, variable=self.moves, command=self._say)
            ticked.pack(anchor="w")
        self.add_answers(_("Set Offset"), self._take)
        self._say()
        self.file.selection_range(0, "end")
        self.show(self.file)

    def _entry(self, row: ttk.Frame, label: str, at_ms: int) -> ttk.Entry:
        px = self._theme.px
        ttk.Label(row, text=label).pack(side="left", padx=(0, px(6)))
        entry = ttk.Entry(row, font=self._theme.fonts.mono, width=13)
        entry.insert(0, timecode.exact(at_ms))
        entry.pack(side="left", padx=(0, px(6)))
        entry.bind("<KeyRelease>", lambda _: self._say(), add=True)
        return entry

    def _offset_ms(self) -> int | None:
        """What the fields say; where one is no time, that is told."""
        self.file.state(["!invalid"])
        self.page.state(["!invalid"])
        for entry in (self.file, self.page):
            try:
                timecode.parse(entry.get())
            except UserError as error:
                entry.state(["invalid"])
                self.said.configure(text=str(error), style="Error.TLabel")
                return None
        return sources.offset_of(self.file.get(), self.page.get())

    def _say(self) -> None:
        offset_ms = self._offset_ms()
        if offset_ms is not None:
            words = sources.what_follows(self._session, offset_ms, moves_times=self._moves_times())
            self.said.configure(text=words, style="TLabel")

    def _moves_times(self) -> bool:
        return self._has_stamps and self.moves.get()

    def _take(self) -> None:
        offset_ms = self._offset_ms()
        if offset_ms is None:
            (self.file if "invalid" in self.file.state() else self.page).focus_set()
            return
        moves = self._moves_times()
        self.destroy()
        self._gate.run(lambda: sources.set_offset(self._session, offset_ms, moves_times=moves))
