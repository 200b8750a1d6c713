"""The last messages, whole, the newest first: for who was writing while one came."""

from __future__ import annotations

import tkinter
from collections.abc import Iterable
from datetime import datetime
from tkinter import ttk

from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme

TITLE = "Messages"


def open_messages(master: tkinter.Misc, theme: Theme, said: Iterable[tuple[datetime, str]]) -> None:
    Messages(master, theme, tuple(said))


class Messages(Dialog):
    """A text that can be scrolled, selected and copied, not changed."""

    def __init__(self, master: tkinter.Misc, theme: Theme, said: tuple[tuple[datetime, str], ...]) -> None:
        super().__init__(master, theme, TITLE)
        self.text = tkinter.Text(self.body, width=76, height=16, wrap="word", font=theme.fonts.text)
        mono = theme.fonts.mono_small
        self.text.tag_configure("time", foreground=theme.palette.muted, font=mono)
        self.text.tag_configure("message", spacing3=theme.px(6), lmargin2=mono.measure("00:00:00  "))
        for moment, message in reversed(said):
            self.text.insert("end", f"{moment:%H:%M:%S}  ", ("time", "message"), f"{message}\n", "message")
        if not said:
            self.text.insert("end", "Nothing was told yet.", "time")
        self.text.configure(state="disabled")
        self.text.bind("<Tab>", lambda _: self._go_on())
        self.close = ttk.Button(self.body, text="Close", command=self.destroy)
        self.close.bind("<Return>", lambda _: self.destroy())
        self.close.pack(side="bottom", anchor="e", pady=(theme.px(10), 0))
        self.text.pack(fill="both", expand=True)
        Scrollbar(self.text)
        self.show(self.text)

    def _go_on(self) -> str:
        self.close.focus_set()
        return "break"
