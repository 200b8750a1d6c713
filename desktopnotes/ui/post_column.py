"""A column that scrolls where it is higher than its room, and lets its last row grow where it is not."""

from __future__ import annotations

import contextlib
import tkinter
from tkinter import ttk

from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.wheel import bind_wheel

_TAG = "PostColumn"


class Column(ttk.Frame):
    """Things are put into `inside`. Whatever gets the keyboard in it is scrolled to."""

    def __init__(self, master: tkinter.Misc, theme: Theme) -> None:
        super().__init__(master)
        self._theme = theme
        self._canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0, width=1, height=1)
        self.inside = ttk.Frame(self._canvas)
        self._item = self._canvas.create_window(0, 0, anchor="nw", window=self.inside)
        self._canvas.pack(side="left", fill="both", expand=True)
        self._bar = Scrollbar(self._canvas)
        self._canvas.bind("<Configure>", lambda event: self._fit(event.width), add=True)
        self.inside.bind("<Configure>", lambda _: self._measure(), add=True)
        theme.follow(self, self._dress)
        bind_wheel(self._canvas, self._turn)

    def _dress(self) -> None:
        self._canvas.configure(background=self._theme.palette.background)

    def _fit(self, width_px: int) -> None:
        self._canvas.itemconfigure(self._item, width=width_px)
        self._measure()

    def _measure(self) -> None:
        height = self.inside.winfo_reqheight()
        self._canvas.configure(scrollregion=(0, 0, 1, height))
        if height <= self._canvas.winfo_height():
            self._canvas.yview_moveto(0)

    def ask_for_room(self) -> None:
        """Asks for as much as all that is in it by now needs; it scrolls where there is less."""
        self.inside.update_idletasks()
        self._canvas.configure(width=self.inside.winfo_reqwidth(), height=self.inside.winfo_reqheight())

    def watch(self) -> None:
        """Lets the wheel scroll it over all that is in it by now, and what gets the keyboard be seen."""
        waiting: list[tkinter.Misc] = [self.inside]
        while waiting:
            widget = waiting.pop()
            waiting += widget.winfo_children()
            if _TAG not in widget.bindtags():
                widget.bindtags((*widget.bindtags(), _TAG))
                if not _scrolls(widget):
                    bind_wheel(widget, self._turn)
                if not isinstance(widget, (ttk.Frame, ttk.Label)):  # Tab would stop at what has the binding
                    widget.bind("<FocusIn>", lambda event: self.see(event.widget), add=True)

    def _turn(self, steps: int) -> None:
        if self.inside.winfo_reqheight() > self._canvas.winfo_height():
            self._canvas.yview_scroll(-steps, "units")

    def see(self, widget: tkinter.Misc) -> None:
        """Scrolls so far that all of a widget is on screen."""
        with contextlib.suppress(tkinter.TclError):  # it may be gone
            room, whole = self._canvas.winfo_height(), max(1, self.inside.winfo_reqheight())
            if whole <= room:
                return
            margin = self._theme.px(24)
            top = widget.winfo_rooty() - self.inside.winfo_rooty() - margin
            bottom = top + widget.winfo_height() + margin + self._theme.px(8)
            shown = round(self._canvas.canvasy(0))
            if top < shown or bottom - top > room:
                self._canvas.yview_moveto(max(0, top) / whole)
            elif bottom > shown + room:
                self._canvas.yview_moveto((bottom - room) / whole)


def _scrolls(widget: tkinter.Misc) -> bool:
    """Whether the wheel over it scrolls what is in itself."""
    return isinstance(widget, (tkinter.Text, ttk.Treeview))
