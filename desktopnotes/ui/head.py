"""What stands over the video: the talk's title, who speaks, and the link to the recording."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.model.notebook import Talk
from desktopnotes.ui.shortened import Shortened
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _


class Head(ttk.Frame):
    """`open_link` opens the recording's public page."""

    def __init__(self, master: tkinter.Misc, theme: Theme, open_link: Callable[[], None]) -> None:
        super().__init__(master)
        self._link = ttk.Label(self, text=_("recording ↗"), style="Link.TLabel", cursor="hand2")
        self._link.bind("<Button-1>", lambda _: open_link())
        self._title = Shortened(self, theme, style="Title.TLabel")
        self._speakers = Shortened(self, theme, style="Muted.TLabel")
        self._gap, self._above = theme.px(12), theme.px(5)
        self._link.pack(side="right")
        self._title.pack(fill="x")
        self._speakers.pack(fill="x")

    def show(self, talk: Talk | None) -> None:
        self._title.show(talk.title if talk else "")
        self._speakers.show(", ".join(talk.speakers) if talk else "")
        if talk and talk.url:
            self._link.pack(
                side="right", anchor="n", padx=(self._gap, 0), pady=(self._above, 0), before=self._title
            )
        else:
            self._link.pack_forget()
