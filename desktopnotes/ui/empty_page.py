"""What stands on a page without notes: how to start. It goes with the first key."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.commands import by_id, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.theme import Theme

_FIRST = "Just type: the first key gives the note its moment."

_KEYS = (
    ("Enter", "ends the note"),
    ("playback.toggle", "plays and pauses"),
    ("playback.back", "hears the last seconds again"),
    ("notes.jump", "shows a note’s moment"),
    ("notes.snapshot", "keeps the picture"),
    ("help.keys", "shows all keys"),
)
"""Keys, or the commands that have them, and what they do."""


class EmptyPage(ttk.Frame):
    """Words below the first row of the page, where the caret stands; a click on them is one on the page."""

    def __init__(self, text: tkinter.Text, theme: Theme, session: Callable[[], Session]) -> None:
        super().__init__(text.master, style="Page.TFrame")
        self._text = text
        self._theme = theme
        self._session = session
        self._drawn: tuple[str, ...] = ()
        self.columnconfigure(1, weight=1)
        text.bind("<Configure>", lambda _: self._fit(), add=True)

    @property
    def words(self) -> str:
        """What is shown there, empty where nothing is."""
        labels = self.winfo_children() if self.winfo_manager() else []
        return " ".join(str(label.cget("text")) for label in labels if isinstance(label, ttk.Label))

    def draw(self) -> None:
        """Shows them while the talk has no notes."""
        talk = self._session().talk
        if talk is None or talk.notes:
            self.place_forget()
            return
        own = self._session().settings.keys
        shown = tuple(
            keys.shown(next(iter(keys_of(by_id(name), own)), "")) if "." in name else name
            for name, _ in _KEYS
        )
        if shown != self._drawn:
            self._drawn = shown
            self._fill(shown)
        if not self.winfo_manager():
            top = 3 * self._theme.fonts.page.metrics("linespace")
            self.place(in_=self._text, x=self._theme.px(6), y=top, relwidth=1, width=-self._theme.px(18))
            tkinter.Misc.lift(self)
        self._fit()

    def _fill(self, shown: tuple[str, ...]) -> None:
        for child in self.winfo_children():
            child.destroy()
        gap = self._theme.px(4)
        self._label(_FIRST).grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, 3 * gap))
        for row, (key, (_, what)) in enumerate(zip(shown, _KEYS, strict=True), 1):
            if key:
                self._label(key).grid(row=row, column=0, sticky="nw", padx=(0, 3 * gap), pady=gap)
                self._label(what).grid(row=row, column=1, sticky="nw", pady=gap)

    def _label(self, words: str) -> ttk.Label:
        label = ttk.Label(self, text=words, style="Empty.TLabel", cursor="xterm")
        label.bind("<Button-1>", lambda _: self._text.focus_set())
        return label

    def _fit(self) -> None:
        """Breaks the lines where the page ends."""
        if not self.winfo_manager():
            return
        room = self._text.winfo_width() - self._theme.px(24)
        keys_px = max((label.winfo_reqwidth() for label in self.grid_slaves(column=0)[:-1]), default=0)
        for label in self.grid_slaves():
            if not isinstance(label, ttk.Label):
                continue
            is_first = label.grid_info()["row"] == 0
            least = self._theme.px(80)
            label.configure(wraplength=max(least, room if is_first else room - keys_px - self._theme.px(12)))
