"""A row of buttons that goes on in further rows where it is too wide, each in the middle."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from tkinter import ttk

from desktopnotes.screen import Offer
from desktopnotes.ui.theme import Theme


class WayButtons(tkinter.Frame):
    """Buttons on black; the first stands out. Arrows go from one to the next, Return presses like Space."""

    def __init__(self, master: tkinter.Misc, theme: Theme) -> None:
        super().__init__(master, background="black")
        self._theme = theme
        self.buttons: list[ttk.Button] = []

    @property
    def labels(self) -> list[str]:
        return [str(button.cget("text")) for button in self.buttons]

    def show(self, offers: Sequence[Offer], *, first_stands_out: bool) -> None:
        for button in self.buttons:
            button.destroy()
        self.buttons = []
        for offer in offers:
            stands_out = first_stands_out and not self.buttons
            style = "Accent.TButton" if stands_out else "TButton"
            button = ttk.Button(self, text=offer.label, command=offer.run, style=style)
            for key in ("<Return>", "<KP_Enter>"):
                button.bind(key, lambda _, button=button: button.invoke())
            for key, step in (("<Left>", -1), ("<Up>", -1), ("<Right>", 1), ("<Down>", 1)):
                button.bind(key, lambda _, button=button, step=step: self._go(button, step))  # type: ignore[misc]
            self.buttons.append(button)

    def _go(self, button: ttk.Button, step: int) -> str:
        index = self.buttons.index(button) + step
        self.buttons[min(max(0, index), len(self.buttons) - 1)].focus_set()
        return "break"

    def fit(self, width: int) -> None:
        """Places them in rows no wider than `width` px, where that can be."""
        gap = self._theme.px(8)
        rows: list[list[ttk.Button]] = []
        for button in self.buttons:
            if rows and _width([*rows[-1], button], gap) <= width:
                rows[-1].append(button)
            else:
                rows.append([button])
        whole = max((_width(row, gap) for row in rows), default=1)
        y = 0
        for row in rows:
            x = (whole - _width(row, gap)) // 2
            for button in row:
                button.place(x=x, y=y)
                x += button.winfo_reqwidth() + gap
            y += max(button.winfo_reqheight() for button in row) + gap
        self.configure(width=whole, height=max(1, y - gap))


def _width(row: Sequence[ttk.Button], gap: int) -> int:
    return sum(button.winfo_reqwidth() for button in row) + gap * (len(row) - 1)
