"""Real clicks on the bar of menus, which Tk draws as a copy above what it calls the window."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from tests.ui.conftest import Desk


def places_in_the_bar(desk: Desk) -> dict[str, tuple[int, int]]:
    """Where on the screen each menu's word stands."""
    call = desk.root.tk.call
    bar = next(path for path in _all_below(desk, ".") if "#" in path)
    left, top, width, height = (
        int(call("winfo", what, bar)) for what in ("rootx", "rooty", "width", "height")
    )
    names, found = list(desk.window.menus.menus), {}
    for x in range(0, width, 4):
        number = str(call(bar, "index", f"@{x},{height // 2}"))
        if number.isdigit():
            found[names[int(number)]] = (left + x, top + height // 2)
    assert list(found) == names
    return found


def shown(desk: Desk) -> list[str]:
    """The menus that are open, by their paths."""
    call = desk.root.tk.call
    return [
        path
        for path in _all_below(desk, ".")
        if str(call("winfo", "class", path)) == "Menu"
        and str(call(path, "cget", "-type")) == "normal"
        and call("winfo", "viewable", path)
    ]


def slow_click(desk: Desk, x: int, y: int) -> None:
    """As a hand clicks: the button is down for a quarter of a second."""
    script = f"xdotool mousemove {x} {y} mousedown 1; sleep 0.25; xdotool mouseup 1; sleep 0.1"
    sender = subprocess.Popen(["sh", "-c", script])
    desk.until(lambda: sender.poll() is not None, "the click")
    assert sender.returncode == 0


def _all_below(desk: Desk, path: str) -> Iterator[str]:
    for child in map(str, desk.root.tk.splitlist(desk.root.tk.call("winfo", "children", path))):
        yield child
        yield from _all_below(desk, child)
