"""Where the picture is: the frame that VLC draws into, and what stands there when there is no picture."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from desktopnotes.model.shortening import in_a_line
from desktopnotes.screen import Offer
from desktopnotes.ui.caption_card import CaptionCard
from desktopnotes.ui.focus import focused
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.way_buttons import WayButtons
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
        self.black = tkinter.Frame(self, background="black", takefocus=True)
        self.video = tkinter.Frame(self.black, background="black")
        self.video.place(x=0, y=0, relwidth=1, relheight=1)
        self._cover = tkinter.Frame(self.black, background="black")  # VLC leaves its last picture standing
        self._card = tkinter.Frame(self.black, background="black")
        self._big = tkinter.Label(self._card, background="black", foreground="#f2f2f2", justify="center")
        self._small = tkinter.Label(self._card, background="black", foreground="#b6bcc4", justify="center")
        self._ways = WayButtons(self._card, theme)
        self._notice = tkinter.Label(self.black, background="#141414", foreground="#e8e8e8")
        self.said = CaptionCard(self.black, theme)
        self.bind("<Configure>", lambda _: self.fit())
        self.black.bind("<Configure>", lambda _: self.said.fit())
        for widget in (self.black, self.video, self._cover, self._card, self._big, self._small, self._ways):
            widget.bind("<Button-1>", lambda _: self.black.focus_set(), add=True)
            widget.bind("<Double-Button-1>", lambda _: double_click(), add=True)
            bind_wheel(widget, turn)
        theme.follow(self, self._dress)

    def _dress(self) -> None:
        self.black.configure(
            highlightthickness=0 if self.fills else self._theme.px(2),
            highlightbackground="black",
            highlightcolor=self._theme.palette.accent,
        )
        self._notice.configure(font=self._theme.fonts.text, padx=self._theme.px(12), pady=self._theme.px(6))
        self._fit_card()

    def fit(self) -> None:
        """Places the picture in the room there is."""
        width, height = self.winfo_width(), self.winfo_height()
        self.black.configure(highlightthickness=0 if self.fills else self._theme.px(2))
        w, h = (width, height) if self.fills else (min(width, round(height * _SHAPE)), height)
        if not self.fills:
            h = min(height, round(w / _SHAPE))
        self.black.place(x=(width - w) // 2, y=0 if self.fills else (height - h) // 2, width=w, height=h)
        self._fit_card(w, h)

    def _fit_card(self, width: int = 0, height: int = 0) -> None:
        """Lays the words out for the room there is: in a small picture with smaller letters and gaps.

        Where even that is too much the quieter line goes, then the buttons become a menu, then the title
        goes.
        """
        width, height = width or self.black.winfo_width(), height or self.black.winfo_height()
        fonts, px = self._theme.fonts, self._theme.px
        title = fonts.mono_huge if self._is_sound and self._big.cget("text") else fonts.title
        layouts = (
            (title, fonts.text, px(8), "title line buttons"),
            (fonts.bold, fonts.small, px(4), "title line buttons"),
            (fonts.bold, fonts.small, px(3), "title buttons"),
            (fonts.bold, fonts.small, px(3), "title menu"),
            (fonts.small, fonts.small, px(3), "menu"),
        )
        for big, small, gap, parts in layouts:
            inside = max(60, width - 2 * gap - px(16))
            self._big.configure(font=big, wraplength=inside)
            self._small.configure(font=small, wraplength=inside)
            self._ways.fit(inside, as_menu="menu" in parts)
            if self._stack(parts, gap) <= height:
                return

    def _stack(self, parts: str, gap: int) -> int:
        """Puts the words, and the ways on, one below the other; answers how high that is in px."""
        shown: list[tkinter.Label | WayButtons] = []
        shown += [self._big] if "title" in parts and self._big.cget("text") else []
        shown += [self._small] if "line" in parts and self._small.cget("text") else []
        shown += [self._ways] if self._ways.buttons else []
        for widget in (self._big, self._small, self._ways):
            widget.pack_forget()
        for index, widget in enumerate(shown):
            above = 2 * gap if widget is self._ways else gap
            widget.pack(pady=(above if index else 0, 0))
        return sum(widget.winfo_reqheight() + gap for widget in shown) + gap

    @property
    def words(self) -> str:
        """What stands there instead of a picture, empty where there is one."""
        if not self._card.winfo_manager():
            return ""
        return f"{self._big.cget('text')} {self._small.cget('text')}".strip()

    @property
    def buttons(self) -> list[ttk.Button]:
        """The ways on that are offered there now."""
        return self._ways.buttons if self._card.winfo_manager() else []

    @property
    def ways(self) -> list[str]:
        """What the buttons say."""
        return self._ways.labels if self._card.winfo_manager() else []

    def show_video(self) -> None:
        self._is_sound = False
        self._offer((), False)
        self._card.place_forget()
        self._cover.place_forget()

    def show_sound(self, title: str) -> None:
        """A recording without a picture: its title, and the time large."""
        self.show_words("", title)
        self._is_sound = True
        self._cover_picture()

    def show_time(self, words: str) -> None:
        """The time that is played, where there is no picture to look at."""
        if self._is_sound and self._big.cget("text") != words:
            is_new = not self._big.cget("text")
            self._big.configure(text=words)
            if is_new:
                self._fit_card()

    def show_words(
        self, big: str, small: str = "", offers: Sequence[Offer] = (), *, is_busy: bool = False
    ) -> None:
        """Words instead of a picture: a title over sound alone, or why nothing plays and what to do.

        The first offer stands out, unless it only ends a wait.
        """
        self._is_sound = False
        self._big.configure(text=in_a_line(big))
        self._small.configure(text=in_a_line(small))
        self._offer(offers, not is_busy)
        self._fit_card()
        self._card.place(relx=0.5, rely=0.5, anchor="center")
        self._card.lift()
        if big or small:
            self._cover_picture()

    def _cover_picture(self) -> None:
        """Hides the picture of the recording before, which is no part of what is told now."""
        self._cover.place(x=0, y=0, relwidth=1, relheight=1)

    def _offer(self, offers: Sequence[Offer], stands_out: bool) -> None:
        """The focus does not get lost with a button: it goes to one like it, the first, or the video."""
        focus = focused(self) if self._ways.buttons else None
        had_focus = focus in self._ways.buttons
        pressed = str(focus.cget("text")) if had_focus and focus else ""
        self._ways.show(offers, first_stands_out=stands_out)
        if had_focus:
            same = [one for one in self._ways.buttons if one.cget("text") == pressed]
            first = self._ways.buttons[:1] if stands_out else []
            next(iter((*same, *first, self.black))).focus_set()

    def notice(self, words: str) -> None:
        """A line over the upper edge of the picture, which stays; "" takes it away."""
        self._notice.configure(text=words)
        if words:
            self._notice.place(relx=0.5, rely=0.04, anchor="n")
            self._notice.lift()
        else:
            self._notice.place_forget()

    @property
    def noticed(self) -> str:
        return str(self._notice.cget("text"))
