"""The versions of the program and its parts; that of yt-dlp comes a moment later, from a worker."""

from __future__ import annotations

import platform
import tkinter
from tkinter import ttk

from desktopnotes import __version__
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.theme import Theme


def open_about(master: tkinter.Misc, theme: Theme, session: Session) -> None:
    """Shows the window at once."""
    About(master, theme, session)


class About(Dialog):
    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session) -> None:
        super().__init__(master, theme, "Desktop Notes")
        tk = master.tk.call("info", "patchlevel")
        parts = f"Python {platform.python_version()}, Tk {tk}, {session.player.about}"
        wide = theme.px(420)
        ttk.Label(self.body, text=f"Desktop Notes {__version__}", style="Heading.TLabel").pack(anchor="w")
        ttk.Label(self.body, text=parts, wraplength=wide).pack(anchor="w", pady=(theme.px(8), 0))
        self.reader = ttk.Label(self.body, text="Web pages: looking for yt-dlp…", wraplength=wide)
        self.reader.pack(anchor="w")
        licence = "MIT licence. Icons: Lucide (ISC licence)."
        ttk.Label(self.body, text=licence, wraplength=wide).pack(anchor="w", pady=(0, theme.px(8)))
        close = ttk.Button(self.body, text="Close", command=self.destroy)
        close.bind("<Return>", lambda _: self.destroy())
        close.pack(anchor="e", pady=(theme.px(8), 0))
        session.background.run(lambda _: session.web.about(), self._fill_in)
        self.show(close)

    def _fill_in(self, about: str) -> None:
        if self.winfo_exists():
            self.reader.configure(text=f"Web pages: {about}")
