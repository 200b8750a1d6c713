"""The right half of the post view: the exact post, as its reader sees it, rendered while it is written."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.actions.previewing import Previewed, Previewing
from desktopnotes.session import Session
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.preview_text import PreviewText
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme

_LOOK_MS = 4
"""How often it is looked whether the worker has answered, while it works."""

_HIGH = 1 / 3
"""How far from the top the part is put that is edited."""


class Preview(ttk.Frame):
    """`on_drawn` is told what came of each rendering; `on_part` of a part that the user wants to edit.

    A part is "title", "intro", "closing" or a talk's id. Nothing runs while it is not on screen.
    """

    def __init__(
        self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session], gate: Gate
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._session = session
        self._gate = gate
        self._is_wanted = True
        self._follows = ""
        self._looks = False
        self.previewed = Previewed()
        """What is shown: the last that was rendered without an error."""
        self.on_drawn: Callable[[Previewed], None] = lambda _: None
        self.on_part: Callable[[str], None] = lambda _: None
        self.error = ttk.Label(self, style="Error.TLabel", justify="left")
        self._page = tkinter.Frame(self, highlightthickness=1)
        self._page.pack(fill="both", expand=True)
        self.text = PreviewText(self._page, theme, self._all_is_drawn)
        self.text.pack(side="left", fill="both", expand=True)
        Scrollbar(self.text)
        self._previewing = Previewing(session, self._came)
        theme.follow(self, self._dress)
        self.bind("<Map>", lambda _: self._draw_if_wanted(), add=True)
        self.bind("<Configure>", lambda _: self._fit(), add=True)

    def _dress(self) -> None:
        p, px = self._theme.palette, self._theme.px
        self._page.configure(background=p.page, highlightbackground=p.border, highlightcolor=p.border)
        self.text.configure(
            background=p.page,
            foreground=p.text,
            highlightthickness=0,
            borderwidth=0,
            padx=px(26),
            pady=px(20),
            font=self._theme.fonts.page,
            cursor="xterm",
        )

    def _fit(self) -> None:
        self.error.configure(wraplength=max(100, self.winfo_width() - self._theme.px(16)))

    @property
    def is_at_work(self) -> bool:
        return self._previewing.is_under_way

    # --- rendering -----------------------------------------------------------------------------------

    def draw_soon(self) -> None:
        """Something changed: renders anew, now if it is on screen, else as soon as it is."""
        self._is_wanted = True
        self._draw_if_wanted()

    def _draw_if_wanted(self) -> None:
        if self._is_wanted and self.winfo_ismapped():
            self._is_wanted = False
            self._gate.run(self._previewing.render)
            self._look()

    def _look(self) -> None:
        """The window empties the mailbox every 40 ms, which is long for a letter to wait."""
        if not self._looks and self._previewing.is_under_way:
            self._looks = True
            self.after(_LOOK_MS, self._look_again)

    def _look_again(self) -> None:
        self._looks = False
        self._session().mailbox.empty()
        self._look()

    def _came(self, found: Previewed) -> None:
        if found.error:
            self.error.configure(text=found.error)
            self.error.pack(fill="x", before=self._page, pady=(0, self._theme.px(6)))
        else:
            self.error.pack_forget()
            self.previewed = found
            self.text.show(found.blocks)
        self.on_drawn(found)

    def _all_is_drawn(self) -> None:
        if self._follows:
            part, self._follows = self._follows, ""
            self._scroll_to(part)

    # --- scrolling -----------------------------------------------------------------------------------

    def follow(self, part: str) -> None:
        """Brings the part that is edited to where it is seen, now or when it is next drawn."""
        self._follows = part

    def _scroll_to(self, part: str) -> None:
        numbers = [number for number, name in enumerate(self.previewed.parts) if name == part]
        if not numbers:
            return
        index = self.text.start_of(numbers[0])
        if self.text.dlineinfo(index) is None:
            self.text.raw("yview", index)
            self.text.raw("yview", "scroll", -round(_HIGH * self.text.winfo_height()), "pixels")
