"""The last messages, whole, the newest first: for who was writing while one came."""

from __future__ import annotations

import tkinter
from functools import partial
from tkinter import ttk

from desktopnotes.screen import Offer
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.waiting import Told
from desktopnotes.words import _

TITLE = _("Messages")


def open_messages(master: tkinter.Misc, theme: Theme, status: StatusLine) -> None:
    Messages(master, theme, status)


class Messages(Dialog):
    """A text that can be scrolled, selected and copied, not changed; what still waits has its buttons."""

    def __init__(self, master: tkinter.Misc, theme: Theme, status: StatusLine) -> None:
        super().__init__(master, theme, TITLE)
        self.text = tkinter.Text(self.body, width=76, height=16, wrap="word", font=theme.fonts.text)
        mono = theme.fonts.mono_small
        self.text.tag_configure("time", foreground=theme.palette.muted, font=mono)
        self.text.tag_configure("message", spacing3=theme.px(6), lmargin2=mono.measure("00:00:00  "))
        self._status = status
        standing = {(told.at, told.message): told for told in status.standing}
        for moment, message in reversed(status.said):
            self.text.insert("end", f"{moment:%H:%M:%S}  ", ("time", "message"), f"{message}\n", "message")
            if told := standing.get((moment, message)):
                self._put_offers(told)
        if not status.said:
            self.text.insert("end", _("Nothing was told yet."), "time")
        self.text.configure(state="disabled")
        self.text.bind("<Tab>", lambda _: self._go_on())
        self.close = ttk.Button(self.body, text=_("Close"), command=self.destroy)
        self.close.bind("<Return>", lambda _: self.destroy())
        self.close.pack(side="bottom", anchor="e", pady=(theme.px(10), 0))
        self.text.pack(fill="both", expand=True)
        Scrollbar(self.text)
        self.show(self.text)

    def _put_offers(self, told: Told) -> None:
        if not told.offers:
            return
        start = self.text.index("end-1c")
        self.text.insert("end", "          ", "time")
        for offer in told.offers:
            button = ttk.Button(self.text, text=offer.label, command=partial(self._use, told, offer))
            self.text.window_create("end", window=button, padx=3)
        self.text.insert("end", "\n")
        self.text.tag_add("message", start, "end-1c")

    def _use(self, told: Told, offer: Offer) -> None:
        """What is offered may show a window of its own, so this one goes first."""
        self.destroy()
        self._status.use(told, offer)

    def _go_on(self) -> str:
        self.close.focus_set()
        return "break"
