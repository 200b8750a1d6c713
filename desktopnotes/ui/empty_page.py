"""What stands on a page without notes: how to start. It goes with the first key."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.commands import by_id, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_FIRST = _("Just type: the first key gives the note its moment.")

_KEYS = (
    ("Enter", _("ends the note")),
    ("playback.toggle", _("plays and pauses")),
    ("playback.back", _("hears the last seconds again")),
    ("notes.jump", _("shows a note’s moment")),
    ("notes.snapshot", _("keeps the picture")),
    ("help.keys", _("shows all keys")),
)
"""Keys, or the commands that have them, and what they do."""


_NARROWEST = 80
"""Of words beside a key, in pixels of the design: a long word still fits."""


class EmptyPage(ttk.Frame):
    """Words below the first row of the page, where the caret stands; a click on them is one on the page."""

    def __init__(self, text: tkinter.Text, theme: Theme, session: Callable[[], Session]) -> None:
        super().__init__(text.master, style="Page.TFrame")
        self._text = text
        self._theme = theme
        self._session = session
        self._drawn: tuple[str, ...] = ()
        self._rows: list[tuple[ttk.Label, ...]] = []
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
            self.place(
                in_=self._text, x=self._theme.px(6), y=self._top, relwidth=1, width=-self._theme.px(18)
            )
            tkinter.Misc.lift(self)
        self._fit()

    @property
    def _top(self) -> int:
        """So far below the upper edge of the page they begin: the row with the caret stands above."""
        return 3 * self._theme.fonts.page.metrics("linespace")

    def _fill(self, shown: tuple[str, ...]) -> None:
        for child in self.winfo_children():
            child.destroy()
        gap = self._theme.px(4)
        first = self._label(_FIRST)
        first.grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, 3 * gap))
        self._rows = [(first,)]
        for row, (key, (_name, what)) in enumerate(zip(shown, _KEYS, strict=True), 1):
            if key:
                beside, says = self._label(key), self._label(what)
                beside.grid(row=row, column=0, sticky="nw", padx=(0, 3 * gap), pady=gap)
                says.grid(row=row, column=1, sticky="nw", pady=gap)
                self._rows.append((beside, says))

    def _label(self, words: str) -> ttk.Label:
        label = ttk.Label(self, text=words, style="Empty.TLabel", cursor="xterm")
        label.bind("<Button-1>", lambda _: self._text.focus_set())
        return label

    def _fit(self) -> None:
        """Breaks the lines where the page ends; in a low page the last of them go, rather than be cut.

        In a page that is too narrow for two columns only the sentence stays.
        """
        if not self.winfo_manager():
            return
        px = self._theme.px
        room = self._text.winfo_width() - px(24)
        keys_px = max((row[0].winfo_reqwidth() for row in self._rows[1:]), default=0)
        beside_px = room - keys_px - px(12)
        left_px = self._text.winfo_height() - self._top
        for number, row in enumerate(self._rows):
            row[-1].configure(wraplength=max(px(_NARROWEST), beside_px if number else room))
            left_px -= max(label.winfo_reqheight() for label in row) + px(8 if number else 12)
            for label in row:
                if left_px > 0 and (beside_px >= px(_NARROWEST) or not number):
                    label.grid()
                else:
                    label.grid_remove()
