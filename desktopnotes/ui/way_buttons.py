"""Buttons in a row, in several where that is too wide; where there is no room for them, a menu of them."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from tkinter import ttk

from desktopnotes.screen import Offer
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _


class WayButtons(tkinter.Frame):
    """Buttons on black; the first stands out. Arrows go from one to the next, Return presses like Space."""

    def __init__(self, master: tkinter.Misc, theme: Theme) -> None:
        super().__init__(master, background="black")
        self._theme = theme
        self._all: list[ttk.Button] = []
        self._menu = tkinter.Menu(self, tearoff=False)
        self._menu_button = ttk.Button(
            self, text=_("What to Do…"), style="Accent.TButton", command=self._open
        )
        for key in ("<Return>", "<KP_Enter>", "<Down>"):
            self._menu_button.bind(key, lambda _: self._open())
        self._is_menu = False

    @property
    def buttons(self) -> list[ttk.Button]:
        """Those that are seen."""
        return [self._menu_button] if self._is_menu else self._all

    @property
    def labels(self) -> list[str]:
        return [str(button.cget("text")) for button in self._all]

    def show(self, offers: Sequence[Offer], *, first_stands_out: bool) -> None:
        for button in self._all:
            button.destroy()
        self._menu.delete(0, "end")
        self._all = []
        for offer in offers:
            stands_out = first_stands_out and not self._all
            style = "Accent.TButton" if stands_out else "TButton"
            button = ttk.Button(self, text=offer.label, command=offer.run, style=style)
            for key in ("<Return>", "<KP_Enter>"):
                button.bind(key, lambda _, button=button: button.invoke())
            for key, step in (("<Left>", -1), ("<Up>", -1), ("<Right>", 1), ("<Down>", 1)):
                button.bind(key, lambda _, button=button, step=step: self._go(button, step))  # type: ignore[misc]
            self._all.append(button)
            self._menu.add_command(label=offer.label, command=offer.run)

    def _open(self) -> None:
        below = self._menu_button.winfo_rooty() + self._menu_button.winfo_height()
        self._menu.tk_popup(self._menu_button.winfo_rootx(), below)

    def _go(self, button: ttk.Button, step: int) -> str:
        index = self._all.index(button) + step
        self._all[min(max(0, index), len(self._all) - 1)].focus_set()
        return "break"

    def fit(self, width: int, *, as_menu: bool = False) -> None:
        """Places them in rows no wider than `width` px, where that can be; `as_menu` one with a menu."""
        gap = self._theme.px(8)
        self._is_menu = as_menu and len(self._all) > 1
        for button in (*self._all, self._menu_button):
            button.place_forget()
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
