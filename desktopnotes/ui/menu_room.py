"""Menus where there is little room: columns on a low screen, and no click that chooses what came under it."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence

_STILL_PX = 4
"""A hand that clicks moves the pointer by less."""

_LEAST_PART = 0.75
"""Of the screen: a menu of a window far down may be as high, and Tk moves it up over its own bar."""

_FEW_ROWS = 8
"""So many rows fit on every screen; they are not measured."""


def columns(heights: Sequence[int], lines: Sequence[int], room: int) -> list[int]:
    """The rows with which a new column begins, so that none is higher than `room` px.

    `heights` are those of all rows, `lines` the rows that are lines between groups. A column ends before a
    line where it is half full by then. (A single row that is higher stands alone.)
    """
    begins: list[int] = []
    first = 0
    for row in range(len(heights)):
        while first < row and sum(heights[first : row + 1]) > room:
            used = [line for line in lines if first < line < row and 2 * sum(heights[first:line]) >= room]
            first = used[-1] if used else row
            begins.append(first)
    return begins


def fit(menu: tkinter.Menu, room: int) -> None:
    """Sets the rows in columns where the menu would be higher than `room` px; macOS scrolls its menus."""
    last = menu.index("end")
    if last is None or last < _FEW_ROWS:
        return
    places = [menu.yposition(row) for row in range(last + 1)]  # which measures the menu, too
    height = menu.winfo_reqheight()
    if height <= room:
        return
    heights = [after - place for place, after in zip(places, [*places[1:], height], strict=True)]
    heights[0] += places[0]
    lines = [row for row in range(last + 1) if menu.type(row) == "separator"]
    for begin in reversed(columns(heights, lines, room - 2 * places[0])):
        if begin in lines:
            menu.delete(begin)  # the column's edge divides as well
        menu.entryconfigure(begin, columnbreak=True)


def below_the_bar(root: tkinter.Misc) -> int:
    """How high a menu of the bar may be, in px, so that it leaves the bar free."""
    screen = root.winfo_screenheight()
    return max(screen - root.winfo_rooty(), round(_LEAST_PART * screen))


class Releases:
    """Lets a button's release choose only what the pointer went to, or what was pressed in the menu.

    X alone: Tk moves a menu for which there is no room under the pointer that has just opened it, and the
    release of that very click would choose what happens to lie there. Elsewhere the system draws the menus.
    """

    def __init__(self, root: tkinter.Tk) -> None:
        self._call = root.tk.call
        self._opened_at: tuple[int, int] | None = None
        if self._call("tk", "windowingsystem") == "x11":
            root.bind_class("Menu", "<Map>", self._opened, add=True)
            root.bind_class("Menu", "<Button>", self._pressed)
            root.bind_class("Menu", "<ButtonRelease>", self._released)

    def _opened(self, event: tkinter.Event) -> None:
        x, y = self._call("winfo", "pointerxy", str(event.widget))
        self._opened_at = (int(x), int(y))

    def _pressed(self, event: tkinter.Event) -> None:
        """Before Tk's own deed, for that may open a menu, and then `_opened` comes in the midst of it."""
        self._opened_at = None
        self._call("tk::MenuButtonDown", str(event.widget))

    def _released(self, event: tkinter.Event) -> None:
        menu, opened_at = str(event.widget), self._opened_at
        if opened_at and str(self._call(menu, "cget", "-type")) == "normal":
            x, y = opened_at
            if max(abs(event.x_root - x), abs(event.y_root - y)) < _STILL_PX:
                return
        self._call("tk::MenuInvoke", menu, 1)
