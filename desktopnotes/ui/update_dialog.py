"""How to install and update what reads web pages, with the command to copy."""

from __future__ import annotations

import tkinter
from tkinter import ttk

from desktopnotes.actions import updating
from desktopnotes.actions.updating import Advice, Runtime
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _


def open_update_dialog(master: tkinter.Misc, theme: Theme, session: Session) -> None:
    """Shows the window at once; which yt-dlp is used a worker finds out."""
    UpdateDialog(master, theme, session)


class UpdateDialog(Dialog):
    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session) -> None:
        super().__init__(master, theme, _("Update yt-dlp"))
        self._theme = theme
        self._session = session
        self.in_use = self._line(_("Looking for yt-dlp…"), "Heading.TLabel")
        self._line(_("Sites change often, and yt-dlp, which reads their pages, has to follow them."))
        self.buttons: list[ttk.Button] = []
        self._advices = ttk.Frame(self.body)
        self._advices.pack(fill="x")
        self.done = self._line(_("Then try again. The program need not be started anew."), "Muted.TLabel")
        self.close = ttk.Button(self.body, text=_("Close"), command=self.destroy)
        self.close.bind("<Return>", lambda _: self.destroy())
        self.close.pack(anchor="e", pady=(theme.px(8), 0))
        self.show(self.close)
        session.background.run(lambda _: (session.web.about(), updating.runtime()), self._fill_in)

    def _line(self, words: str, style: str = "TLabel") -> ttk.Label:
        label = ttk.Label(self.body, text=words, style=style, wraplength=self._theme.px(460))
        label.pack(anchor="w", pady=(0, self._theme.px(6)))
        return label

    def _fill_in(self, found: tuple[str, Runtime]) -> None:
        if not self.winfo_exists():
            return
        about, runtime = found
        self.in_use.configure(text=_("In use: {about}").format(about=about))
        for advice in (updating.yt_dlp(about), updating.javascript(runtime)):
            self._show(advice)
        self.buttons[0].focus_set()

    def _show(self, advice: Advice) -> None:
        px = self._theme.px
        ttk.Label(self._advices, text=advice.words, wraplength=px(460)).pack(anchor="w", pady=(px(6), 0))
        if not (advice.command or advice.page):
            return
        row = ttk.Frame(self._advices)
        row.pack(fill="x", pady=(px(4), px(8)))
        label = _("Copy Command") if advice.command else _("Open")
        act = ttk.Button(row, text=label, command=lambda: self._act(advice))
        act.bind("<Return>", lambda _: self._act(advice))
        act.pack(side="right", padx=(px(8), 0))
        shown = ttk.Entry(row, font=self._theme.fonts.mono, width=44)
        shown.insert(0, advice.command or advice.page)
        shown.state(["readonly"])
        shown.pack(fill="x", expand=True)
        self.buttons.append(act)

    def _act(self, advice: Advice) -> None:
        screen = self._session.screen
        if advice.command:
            screen.copy(advice.command)
            self.done.configure(text=_("Copied. Paste it into a terminal, then try again here."))
        else:
            screen.open_outside(advice.page)
