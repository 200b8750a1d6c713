"""What stands on a page without notes: how to start. It goes with the first key."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.commands import by_id, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.theme import Theme


class EmptyPage:
    """Words below the first row of the page, where the caret stands; a click on them is one on the page."""

    def __init__(self, text: tkinter.Text, theme: Theme, session: Callable[[], Session]) -> None:
        self._text = text
        self._theme = theme
        self._session = session
        self._label = ttk.Label(text, style="Empty.TLabel", justify="left", cursor="xterm")
        self._label.bind("<Button-1>", lambda _: text.focus_set())
        text.bind("<Configure>", lambda _: self._fit(), add=True)

    @property
    def words(self) -> str:
        """What is shown there, empty where nothing is."""
        return str(self._label.cget("text")) if self._label.winfo_manager() else ""

    def draw(self) -> None:
        """Shows them while the talk has no notes."""
        talk = self._session().talk
        if talk is not None and not talk.notes:
            self._label.configure(text=self._how_to_start())
            self._label.place(x=self._theme.px(10), y=3 * self._theme.fonts.page.metrics("linespace"))
            self._fit()
        elif self._label.winfo_manager():
            self._label.place_forget()

    def _how_to_start(self) -> str:
        own = self._session().settings.keys

        def key(command_id: str) -> str:
            return keys.shown(next(iter(keys_of(by_id(command_id), own)), ""))

        lines = (
            ("", "Just type: the first key gives the note its moment."),
            ("Enter", "ends the note, Shift+Enter breaks its line"),
            (key("playback.toggle"), "plays and pauses"),
            (key("playback.back"), "hears the last seconds again"),
            (key("notes.jump"), "shows the moment of a note"),
            (key("notes.snapshot"), "keeps the picture"),
            (key("help.keys"), "shows all keys"),
        )
        return "\n".join(f"{pressed}  {what}".strip() for pressed, what in lines if pressed or what[0] == "J")

    def _fit(self) -> None:
        self._label.configure(wraplength=max(60, self._text.winfo_width() - 2 * self._theme.px(16)))
