"""Tab goes through all that can be used, never types, and shows where it is."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

import pytest
from PIL import ImageGrab

from desktopnotes.ui import layout
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def pixels(widget: tkinter.Misc) -> bytes:
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    box = (left, top, left + widget.winfo_width(), top + widget.winfo_height())
    return ImageGrab.grab(box, xdisplay="").tobytes()


def round_trip(desk: Desk, key: str) -> list[tkinter.Misc]:
    """Where the focus is at each press, until it is in the page again."""
    page = desk.window.page.text
    page.focus_force()
    seen: list[tkinter.Misc] = []
    while not seen or seen[-1] is not page:
        desk.press(key)
        focus = desk.root.focus_get()
        assert focus is not None
        assert focus not in seen, f"{focus} twice"
        seen.append(focus)
    return seen


def usable(widget: tkinter.Misc) -> list[tkinter.Misc]:
    """All buttons, fields and lists on the screen."""
    kinds = (ttk.Button, ttk.Menubutton, ttk.Entry, ttk.Treeview, tkinter.Text, ttk.Checkbutton, ttk.Scale)
    own = [widget] if isinstance(widget, kinds) and widget.winfo_viewable() else []
    return own + [one for child in widget.winfo_children() for one in usable(child)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_control_is_reached_and_its_focus_is_seen(open_desk: OpenDesk, theme: str) -> None:
    desk = open_desk(talk_with("ten", url="https://example.org/a"))
    desk.session.set(theme=theme)
    desk.root.update()
    forth = round_trip(desk, "Tab")
    assert set(usable(desk.root)) <= set(forth)
    assert {desk.window.video.black, desk.window.timeline} <= set(forth)
    back = round_trip(desk, "shift+Tab")
    assert back[:-1] == forth[-2::-1]
    assert desk.texts == ["ten"]
    for place in forth:
        other = desk.window.page.text if place is not desk.window.page.text else desk.window.timeline
        other.focus_set()
        desk.root.update()
        without = pixels(place)
        place.focus_set()
        desk.until(
            lambda place=place, without=without: pixels(place) != without,  # type: ignore[misc]
            f"the focus of {place} is seen",
        )


def test_enter_presses_what_has_the_focus(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    sound = desk.window.transport.sound
    desk.window.page.text.focus_force()
    while desk.root.focus_get() is not sound:
        desk.press("Tab")
    desk.press("Return")
    assert desk.session.settings.muted
    desk.press("space")
    assert not desk.session.settings.muted


def test_what_is_hidden_is_left_out(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.window.layout.toggle(layout.TALKS)
    desk.root.update()
    assert not any(str(place).startswith(str(desk.window.talks)) for place in round_trip(desk, "Tab"))
    desk.press("F9")
    places = round_trip(desk, "Tab")
    assert desk.window.write_up.text not in places
    assert desk.window.video.black in places
