"""Stamps are shifted together: by how much, which of them, and what follows from it before it is done."""

from __future__ import annotations

import tkinter
from tkinter import ttk

from desktopnotes.actions import stamping
from desktopnotes.actions.stamping import Shift, Which
from desktopnotes.model import timecode
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _

_WORDS = {
    Which.ALL: _("All notes of the talk"),
    Which.FROM_HERE: _("From here on"),
    Which.CHOSEN: _("The chosen notes"),
}


def open_shift_dialog(master: tkinter.Misc, theme: Theme, session: Session, gate: Gate) -> None:
    ShiftDialog(master, theme, session, gate)


class ShiftDialog(Dialog):
    """What would be shifted is found at the start: the choice in the page is no longer to be seen then."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session, gate: Gate) -> None:
        super().__init__(master, theme, _("Shift Stamps"))
        self._session = session
        self._gate = gate
        px = theme.px
        row = ttk.Frame(self.body)
        row.pack(anchor="w")
        ttk.Label(row, text=_("By")).pack(side="left", padx=(0, px(6)))
        self.entry = ttk.Entry(row, font=theme.fonts.mono, width=12)
        self.entry.pack(side="left")
        ttk.Label(row, text=_("such as +2.5 or -0:03"), style="Muted.TLabel").pack(side="left", padx=px(8))
        self._ways = {
            which: stamping.shift_of(session, 0, which) for which in stamping.ways_to_shift(session)
        }
        self.which = tkinter.StringVar(
            self, list(self._ways)[-1] if Which.CHOSEN in self._ways else Which.ALL
        )
        end_with(self, self.which)
        for which, shift in self._ways.items():
            words = f"{_WORDS[which]} ({len(shift.notes)})"
            ttk.Radiobutton(
                self.body, text=words, value=which.value, variable=self.which, command=self._say
            ).pack(anchor="w", pady=(px(6), 0))
        self.said = ttk.Label(self.body, wraplength=px(380), text=" ")
        self.said.pack(anchor="w", pady=px(8))
        self.add_answers(_("Shift"), self._take)
        self.entry.bind("<KeyRelease>", lambda _: self._say(), add=True)
        self.show(self.entry)

    def _shift(self) -> Shift:
        """What the fields say. Raises `UserError`."""
        chosen = self._ways[Which(self.which.get())]
        return Shift(chosen.notes, timecode.parse_change(self.entry.get()), chosen.label)

    def _say(self) -> None:
        self.entry.state(["!invalid"])
        if self.entry.get().strip() in ("", "+", "-", "−"):
            self.said.configure(text=" ", style="TLabel")
            return
        try:
            self.said.configure(text=stamping.what_follows(self._session, self._shift()), style="TLabel")
        except UserError as error:
            self._refuse(error)

    def _refuse(self, error: UserError) -> None:
        self.entry.state(["invalid"])
        self.said.configure(text=str(error), style="Error.TLabel")

    def _take(self) -> None:
        try:
            shift = self._shift()
        except UserError as error:
            self._refuse(error)
            self.entry.focus_set()
            return
        self.destroy()
        self._gate.run(stamping.shift_stamps, self._session, shift)
