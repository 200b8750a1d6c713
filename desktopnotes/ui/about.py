"""The versions of the program and its parts, and where files lie; that of yt-dlp comes from a worker."""

from __future__ import annotations

import tkinter
from tkinter import ttk

from desktopnotes.session import Session
from desktopnotes.storage.paths import shown_folder
from desktopnotes.ui import part_versions
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_MAIN = ("Python", "Tk", "libVLC", "python-vlc", "Pillow")
"""The parts that are told apart from the others."""


def open_about(master: tkinter.Misc, theme: Theme, session: Session) -> None:
    """Shows the window at once."""
    About(master, theme, session)


class About(Dialog):
    """`reader` says what reads web pages; `as_text` is what Copy takes."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session) -> None:
        super().__init__(master, theme, "Desktop Notes")
        self._session = session
        px, wide = theme.px, theme.px(460)
        tk = str(master.tk.call("info", "patchlevel"))
        self._versions = list(part_versions.versions(tk, session.player.about))
        ttk.Label(self.body, text=part_versions.program(), style="Title.TLabel").pack(anchor="w")
        ttk.Label(self.body, text=part_versions.licence(), style="Muted.TLabel").pack(anchor="w")
        ttk.Label(self.body, text=self._parts(), wraplength=wide).pack(anchor="w", pady=(px(10), 0))
        self.reader = ttk.Label(self.body, text=_("Web pages: looking for yt-dlp…"), wraplength=wide)
        self.reader.pack(anchor="w", pady=(px(4), px(10)))
        self._build_places(wide)
        close = self._build_buttons()
        session.background.run(lambda progress: session.web.about(), self._fill_in)
        self.show(close)

    def _parts(self) -> str:
        found = dict(self._versions)
        main = [f"{name} {found[name]}" for name in _MAIN]
        others = [
            f"{name} {version}"
            for name, version in self._versions
            if name not in (*_MAIN, "yt-dlp") and version != part_versions.MISSING
        ]
        return f"{', '.join(main)}\n{', '.join(others)}"

    def _build_places(self, wide: int) -> None:
        px = self._theme.px
        table = ttk.Frame(self.body)
        table.pack(anchor="w", fill="x")
        for row, (name, folder) in enumerate(part_versions.places(self._session)):
            label = ttk.Label(table, text=name, style="Muted.TLabel")
            label.grid(row=row, column=0, sticky="nw", padx=(0, px(12)), pady=px(1))
            place = ttk.Label(table, text=shown_folder(folder), wraplength=wide - px(130))
            place.grid(row=row, column=1, sticky="nw", pady=px(1))

    def _build_buttons(self) -> ttk.Button:
        row = ttk.Frame(self.body)
        row.pack(fill="x", pady=(self._theme.px(12), 0))
        self.copy = ttk.Button(row, text=_("Copy"), command=self._copy)
        close = ttk.Button(row, text=_("Close"), command=self.destroy)
        for button in (self.copy, close):
            button.bind("<Return>", lambda event, button=button: button.invoke())  # type: ignore[misc]
        self.copy.pack(side="left")
        close.pack(side="right")
        return close

    @property
    def as_text(self) -> str:
        versions = [part_versions.program(), *(f"{name} {version}" for name, version in self._versions)]
        places = [f"{name}: {shown_folder(folder)}" for name, folder in part_versions.places(self._session)]
        return "\n".join((*versions, str(self.reader.cget("text")), part_versions.computer(), "", *places))

    def _copy(self) -> None:
        self._session.screen.copy(self.as_text)
        self.copy.configure(text=_("Copied"))

    def _fill_in(self, about: str) -> None:
        if self.winfo_exists():
            self.reader.configure(text=_("Web pages: {reader}").format(reader=about))
