"""The program on a screen of 800x600, its menus opened by real clicks: a script, says what it saw as JSON.

In a process of its own: Tk holds on to a screen for as long as its process lives, and ends with it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from tests.ui import menu_clicks
from tests.ui.conftest import Desk, talk_with, window_manager
from tests.virtual_screen import virtual_screen

SCREEN = (800, 600)
"""The least that the program is made for."""

HIGHEST = ("playback", "notes", "talk")


def wishes(desk: Desk) -> Iterator[tuple[str, int, int]]:
    """The name, width and height of every menu of the bar, and of those below them."""
    for name, menu in desk.window.menus.menus.items():
        desk.window.menus.fill(name)
        for one in (menu, *desk.window.menus._below.get(name, [])):
            one.yposition(0)
            yield name, one.winfo_reqwidth(), one.winfo_reqheight()


def opened(desk: Desk, name: str) -> tuple[int, ...]:
    """Where the one menu stands that is open after a click on the bar: left, top, right, bottom."""
    menu_clicks.slow_click(desk, *menu_clicks.places_in_the_bar(desk)[name])
    open_now = menu_clicks.shown(desk)
    assert len(open_now) == 1, (name, open_now)
    call = desk.root.tk.call
    left, top, width, height = (
        int(call("winfo", what, open_now[0])) for what in ("rootx", "rooty", "width", "height")
    )
    desk.press("Escape")
    desk.until(lambda: not menu_clicks.shown(desk), f"{name} is closed")
    return left, top, left + width, top + height


def seen(folder: Path) -> dict[str, object]:
    (folder / "talk.mp4").write_bytes(b"the fake player does not mind")
    path = folder / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=(talk_with("ten"),))))
    with virtual_screen("{}x{}x24".format(*SCREEN)) as display:
        os.environ["DISPLAY"] = display
        with window_manager():
            desk = Desk(str(path))
            desk.root.attributes("-zoomed", True)
            desk.until(lambda: desk.root.winfo_height() > 500, "the window is as large as the screen")
            found = {
                "bar_ends": desk.root.winfo_rooty(),
                "wishes": list(wishes(desk)),
                "opened": {name: opened(desk, name) for name in HIGHEST},
            }
            desk.end()
    return found


if __name__ == "__main__":
    print(json.dumps(seen(Path(sys.argv[1]))))
