"""Menus on a low screen, and in a window that stands far down: real clicks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.ui import menu_room
from desktopnotes.ui.menus import Menus
from desktopnotes.words import PSEUDO
from tests.ui.conftest import Desk, talk_with
from tests.ui.low_screen import HIGHEST, SCREEN
from tests.ui.menu_clicks import places_in_the_bar, shown, slow_click

REPO = Path(__file__).resolve().parents[2]

_BORDER_PX = 2


@given(
    rows=st.lists(st.tuples(st.integers(1, 50), st.booleans()), max_size=60),
    room=st.integers(50, 600),
)
def test_no_column_is_higher_than_the_room(rows: list[tuple[int, bool]], room: int) -> None:
    heights = [height for height, _ in rows]
    lines = [row for row, (_, is_line) in enumerate(rows) if is_line]
    begins = menu_room.columns(heights, lines, room)
    bounds = [0, *begins, len(rows)]
    assert all(first < after for first, after in pairwise(bounds)) or not rows
    assert all(sum(heights[first:after]) <= room for first, after in pairwise(bounds))
    assert begins == [] or sum(heights) > room


def test_a_column_ends_with_its_group() -> None:
    assert menu_room.columns([20] * 10, [3, 6, 8], 150) == [6]
    assert menu_room.columns([20] * 10, [1, 9], 150) == [7]


@pytest.mark.faults
def test_on_a_low_screen_a_click_opens_a_menu_with_all_its_rows_below_the_bar(tmp_path: Path) -> None:
    """In the language with the longest words."""
    there = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.low_screen", str(tmp_path)],
        cwd=REPO,
        env={**there, "HOME": str(tmp_path), "LANGUAGE": PSEUDO},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout.splitlines()[-1])
    room = SCREEN[1] - seen["bar_ends"]
    assert len(seen["wishes"]) > len(HIGHEST)
    assert [wish for wish in seen["wishes"] if wish[1] > SCREEN[0] or wish[2] > room] == []
    assert set(seen["opened"]) == set(HIGHEST)
    for name, (left, top, right, bottom) in seen["opened"].items():
        assert top >= seen["bar_ends"] - _BORDER_PX, name
        assert (left >= 0, right <= SCREEN[0], bottom <= SCREEN[1]) == (True, True, True), name


def test_the_click_that_opens_a_menu_chooses_nothing_from_it(
    open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a window far down Tk moves the menu up, under the pointer."""
    desk = open_desk(talk_with("ten"))
    ran: list[str] = []
    monkeypatch.setattr(desk.window.menus, "_run", lambda command: ran.append(command.id))
    desk.root.geometry("800x500+0+440")
    desk.until(lambda: desk.root.winfo_rooty() > 440, "the window stands far down")
    x, y = places_in_the_bar(desk)["talk"]
    slow_click(desk, x, y)
    (menu,) = shown(desk)
    assert int(desk.root.tk.call("winfo", "rooty", menu)) < y, "it lies over the bar"
    assert ran == []
    call = desk.root.tk.call
    row = int(call(menu, "index", "Add Folder…"))
    inside_y = int(call("winfo", "rooty", menu)) + int(call(menu, "yposition", row)) + 5
    slow_click(desk, int(call("winfo", "rootx", menu)) + 30, inside_y)  # a click of its own chooses
    assert ran == ["talk.add_folder"]


def test_all_rows_are_there_in_columns(
    open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("ten"))
    menus = desk.window.menus
    whole = {name: rows_after_filling(menus, name) for name in menus.menus}
    room = SCREEN[1] - 50
    assert max(height for _, height in whole.values()) > room, "else nothing is proved"
    monkeypatch.setattr(menu_room, "below_the_bar", lambda _: room)
    for name, (rows, _) in whole.items():
        fitted, height = rows_after_filling(menus, name)
        assert (fitted, height <= room) == (rows, True)


def rows_after_filling(menus: Menus, name: str) -> tuple[list[str], int]:
    """The labels of a menu, and its height in px."""
    menu = menus.menus[name]
    menus.fill(name)
    menu.yposition(0)  # measures it
    rows = range((menu.index("end") or 0) + 1)
    labels = [str(menu.entrycget(row, "label")) for row in rows if menu.type(row) != "separator"]
    return labels, menu.winfo_reqheight()
