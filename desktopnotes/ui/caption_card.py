"""What was just said, for some seconds over the lower edge of the picture."""

from __future__ import annotations

import tkinter
from tkinter.font import Font

from desktopnotes.ui.theme import Theme

_BACKGROUND, _WORDS = "#141414", "#e8e8e8"
"""As the black round the picture, in a light window too: a bright card would outshine it."""

_WIDTH, _HEIGHT = 0.86, 0.6
"""At most so much of the picture is covered."""

_SHORTEST_MS, _WORD_MS = 4000, 200
"""How long it stays: time to look, and to read each word (five a second)."""

_TALL_PX = 600
"""A picture so high (of the design) has letters half as large again as the window's text."""


class CaptionCard:
    """A label placed over the video, whose own window VLC draws into; it takes neither focus nor clicks."""

    def __init__(self, master: tkinter.Frame, theme: Theme) -> None:
        self._master = master
        self._theme = theme
        self._font = Font(master, font=theme.fonts.text)
        self._label = tkinter.Label(
            master, background=_BACKGROUND, foreground=_WORDS, font=self._font, justify="left"
        )
        self._words = ""
        self._job = ""

    @property
    def words(self) -> str:
        """What it shows, of a long text its end; "" where it is hidden."""
        return str(self._label.cget("text")) if self._words else ""

    def show(self, words: str) -> None:
        """Shows `words` until they can be read; "" hides them."""
        if self._job:
            self._master.after_cancel(self._job)
            self._job = ""
        self._words = words
        if not words:
            self._label.place_forget()
            return
        self.fit()
        self._label.lift()
        self._job = self._master.after(_SHORTEST_MS + _WORD_MS * len(words.split()), self._time_is_up)

    def _time_is_up(self) -> None:
        self._job = ""
        self.show("")

    def fit(self) -> None:
        """Fits it to the picture, which may have another size by now."""
        if not self._words:
            return
        px, width, height = self._theme.px, self._master.winfo_width(), self._master.winfo_height()
        size = self._theme.fonts.size
        self._font.configure(size=max(size, min(3 * size, round(1.5 * size * height / px(_TALL_PX)))))
        self._label.configure(
            wraplength=max(100, round(width * _WIDTH)), padx=px(12), pady=px(7), text=self._words
        )
        shown = self._words
        while self._label.winfo_reqheight() > height * _HEIGHT and " " in shown:
            shown = shown.partition(" ")[2]
            self._label.configure(text=f"… {shown}")
        self._label.place(relx=0.5, rely=0.96, anchor="s")
