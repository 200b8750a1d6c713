"""Where the picture is: the frame that VLC draws into, and what stands there when there is no picture."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.ui.caption_card import CaptionCard
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.wheel import bind_wheel

_SHAPE = 16 / 9


class VideoPanel(ttk.Frame):
    """Holds the video at 16:9 in the middle of its room; in full screen it fills it."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        double_click: Callable[[], None],
        turn: Callable[[int], None],
    ) -> None:
        """`turn` is called with 1 and -1 as the wheel turns over it."""
        super().__init__(master, width=theme.px(480), height=theme.px(270))
        self._theme = theme
        self.fills = False
        self._is_sound = False
        self.black = tkinter.Frame(self, background="black", takefocus=True, highlightthickness=0)
        self.video = tkinter.Frame(self.black, background="black")
        self.video.place(x=0, y=0, relwidth=1, relheight=1)
        self._card = tkinter.Frame(self.black, background="black")
        self._big = tkinter.Label(self._card, background="black", foreground="#f2f2f2", justify="center")
        self._small = tkinter.Label(self._card, background="black", foreground="#b6bcc4", justify="center")
        self._action = ttk.Button(self._card)
        self.said = CaptionCard(self.black, theme)
        self._big.pack()
        self._small.pack(pady=theme.px(8))
        self.bind("<Configure>", lambda _: self.fit())
        self.black.bind("<Configure>", lambda _: self.said.fit())
        for widget in (self.black, self.video, self._card, self._big, self._small):
            widget.bind("<Button-1>", lambda _: self.black.focus_set(), add=True)
            widget.bind("<Double-Button-1>", lambda _: double_click(), add=True)
            bind_wheel(widget, turn)
        theme.follow(self, self._dress)

    def _dress(self) -> None:
        self._big.configure(font=self._theme.fonts.title)
        self._small.configure(font=self._theme.fonts.text)

    def fit(self) -> None:
        """Places the picture in the room there is."""
        width, height = self.winfo_width(), self.winfo_height()
        w, h = (width, height) if self.fills else (min(width, round(height * _SHAPE)), height)
        if not self.fills:
            h = min(height, round(w / _SHAPE))
        self.black.place(x=(width - w) // 2, y=0 if self.fills else (height - h) // 2, width=w, height=h)
        self._big.configure(wraplength=max(100, w - 40))
        self._small.configure(wraplength=max(100, w - 40))

    @property
    def words(self) -> str:
        """What stands there instead of a picture, empty where there is one."""
        if not self._card.winfo_manager():
            return ""
        return f"{self._big.cget('text')} {self._small.cget('text')}".strip()

    def show_video(self) -> None:
        self._is_sound = False
        self._card.place_forget()

    def show_sound(self, title: str) -> None:
        """A recording without a picture: its title, and the time large."""
        self.show_words("", title)
        self._is_sound = True

    def show_time(self, words: str) -> None:
        """The time that is played, where there is no picture to look at."""
        if self._is_sound and self._big.cget("text") != words:
            self._big.configure(text=words, font=self._theme.fonts.mono_huge)

    def show_words(
        self, big: str, small: str = "", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Words instead of a picture: a title over sound alone, or why nothing plays and what to do."""
        self._is_sound = False
        self._big.configure(text=big, font=self._theme.fonts.title)
        self._small.configure(text=small)
        if action and run:
            self._action.configure(text=action, command=run)
            self._action.pack(pady=self._theme.px(8))
        else:
            self._action.pack_forget()
        self._card.place(relx=0.5, rely=0.5, anchor="center")
        self._card.lift()
