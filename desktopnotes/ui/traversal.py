"""Round the window by Tab: the page, the write-up, then all that can be used, as it stands on the screen."""

from __future__ import annotations

import tkinter
from collections.abc import Iterator
from tkinter import ttk
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

_KINDS = (ttk.Button, ttk.Entry, ttk.Treeview, tkinter.Text)
"""Button and Entry are the bases of what else ttk has to press, tick and choose."""

_PRESSED = (ttk.Button, ttk.Menubutton, ttk.Checkbutton, ttk.Radiobutton)


class Traversal:
    """What Tab goes through is read from the window at each press: panes come and go."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def go(self, step: int) -> None:
        """Gives the focus to the next place (1) or the one before (-1)."""
        places = self.places()
        if not places:
            return
        focus = self._window.focus()
        index = places.index(focus) if focus in places else -1 if step > 0 else 0
        place = places[(index + step) % len(places)]
        if isinstance(place, _PRESSED) and not place.bind("<Return>"):
            place.bind("<Return>", lambda _: _press(place))
        place.focus_set()
        if isinstance(place, ttk.Entry):
            place.event_generate("<<TraverseIn>>")

    def places(self) -> list[tkinter.Misc]:
        """All that can have the focus now, in order."""
        window = self._window
        if window.full_screen.is_on:
            ways = window.video.buttons
            return [place for place in (window.page.text, *ways) if ways and place.winfo_viewable()]
        if window.views.post is not None and window.views.shows_post:
            frames: tuple[tkinter.Misc, ...] = (window.views.post, window.layout.foot)
            return [place for frame in frames for place in self._inside(frame)]
        layout = window.layout
        first: tuple[tkinter.Misc, ...] = (window.page.text, window.write_up.text)
        frames = (layout.talks, layout.player, layout.write_up, layout.notes, layout.foot)
        found: dict[tkinter.Misc, None] = dict.fromkeys(place for place in first if place.winfo_viewable())
        for frame in frames:
            found.update(dict.fromkeys(self._inside(frame)))
        return list(found)

    def _inside(self, widget: tkinter.Misc) -> Iterator[tkinter.Misc]:
        if not widget.winfo_viewable():
            return
        window = self._window
        if widget in (window.video.black, window.timeline) or _can_be_used(widget):
            yield widget
        for child in sorted(widget.winfo_children(), key=lambda one: (one.winfo_y() // 8, one.winfo_x())):
            yield from self._inside(child)


def _can_be_used(widget: tkinter.Misc) -> bool:
    if not isinstance(widget, (*_KINDS, *_PRESSED, ttk.Scale)):
        return False
    takes = str(widget.cget("takefocus"))
    off = isinstance(widget, ttk.Widget) and widget.instate(["disabled"])
    return takes != "0" and not off


def _press(widget: tkinter.Misc) -> str:
    """Enter does what Space does."""
    widget.event_generate("<space>")
    return "break"
