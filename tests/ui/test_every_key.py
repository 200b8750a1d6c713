"""Every first key of the table, pressed for real, in the text and on the video: that command and no other.

The commands are not run but noted down, since what they do is tested elsewhere.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from desktopnotes.commands import COMMANDS
from desktopnotes.commands.chosen_keys import Where, held
from desktopnotes.commands.command import always
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]

X_NAMES = {
    "Mod": "ctrl",
    "Alt": "alt",
    "Shift": "shift",
    "Enter": "Return",
    "Esc": "Escape",
    "Backspace": "BackSpace",
    "PgUp": "Prior",
    "PgDn": "Next",
    "Space": "space",
    "Plus": "plus",
    ",": "comma",
    ".": "period",
    "[": "bracketleft",
    "]": "bracketright",
    "\\": "backslash",
    "-": "minus",
    "=": "equal",
    "/": "slash",
}

TEXT_KEYS = [(key, command.id) for command in COMMANDS for key in held(command, Where.TEXT, {})]
VIDEO_KEYS = [(key, command.id) for command in COMMANDS for key in held(command, Where.VIDEO, {})]
ON_VIDEO = [*((key, name) for key, name in TEXT_KEYS if key not in dict(VIDEO_KEYS)), *VIDEO_KEYS]


def x_name(key: str) -> str:
    """The key as xdotool calls it; a letter without Shift."""
    return "+".join(X_NAMES.get(part, part.lower() if len(part) == 1 else part) for part in key.split("+"))


@pytest.fixture
def noting(open_desk: OpenDesk) -> tuple[Desk, list[str]]:
    """A window in which all commands are possible and only noted down."""
    desk = open_desk(talk_with("ten", "twenty"))
    ran: list[str] = []
    keys = desk.window.keys
    keys._run = lambda command: ran.append(command.id)
    for table in (keys._commands, keys._video_commands):
        table.update({key: replace(command, enabled=always) for key, command in table.items()})
    return desk, ran


def pressed(desk: Desk, ran: list[str], wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What each key ran; where one ran nothing or two, the rest is not told apart."""
    desk.press(*(x_name(key) for key, _ in wanted))
    return list(zip((key for key, _ in wanted), ran, strict=False))


def test_in_the_text(noting: tuple[Desk, list[str]]) -> None:
    desk, ran = noting
    desk.window.page.text.focus_force()
    before = desk.shown
    assert pressed(desk, ran, TEXT_KEYS) == TEXT_KEYS
    assert len(ran) == len(TEXT_KEYS)
    assert (desk.shown, desk.texts) == (before, ["ten", "twenty"])


def test_in_the_write_up(noting: tuple[Desk, list[str]]) -> None:
    desk, ran = noting
    desk.window.write_up.text.focus_force()
    assert pressed(desk, ran, TEXT_KEYS) == TEXT_KEYS
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == ""


def test_on_the_video_and_the_time_line(noting: tuple[Desk, list[str]]) -> None:
    desk, ran = noting
    for place in (desk.window.video.black, desk.window.timeline):
        ran.clear()
        place.focus_force()
        assert pressed(desk, ran, ON_VIDEO) == ON_VIDEO
        assert len(ran) == len(ON_VIDEO)
    assert desk.texts == ["ten", "twenty"]


def test_bare_keys_of_the_video_type_in_the_text(noting: tuple[Desk, list[str]]) -> None:
    desk, ran = noting
    desk.window.page.text.focus_force()
    desk.press("ctrl+End", "Down")
    letters = "".join(key.lower() for key, _ in VIDEO_KEYS if len(key) == 1)
    desk.type(letters)
    assert ran == []
    assert letters in desk.shown


# --- layouts -----------------------------------------------------------------------------------------

LAYOUTS = ["us", "br", "de", "fr", "ru", "us -variant intl"]

BY_PLACE = {
    "Mod+Space": "ctrl+65",
    "Mod+T": "ctrl+28",
    "Mod+Shift+T": "ctrl+shift+28",
    "Mod+J": "ctrl+44",
    "Mod+L": "ctrl+46",
    "Mod+D": "ctrl+40",
    "Mod+U": "ctrl+30",
    "Mod+E": "ctrl+26",
    "Mod+Enter": "ctrl+36",
    "Mod+Shift+Enter": "ctrl+shift+36",
    "Mod+Alt+1": "ctrl+alt+10",
    "Mod+Alt+6": "ctrl+alt+15",
    "Mod+0": "ctrl+19",
    "Mod+Up": "ctrl+111",
    "F6": "72",
    "F2": "68",
    "Mod+Shift+Backspace": "ctrl+shift+22",
}
"""Keys that lie in one place on all these keyboards (the letters left out that France has elsewhere)."""


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest, screen: str) -> Iterator[str]:
    """Puts the keyboard of a country before the window, and the usual one after it."""
    name = str(request.param)
    subprocess.run(["setxkbmap", *f"-layout {name}".split()], check=True)
    yield name
    subprocess.run(["setxkbmap", "-layout", "us", "-variant", ""], check=True)


def test_keys_are_the_same_on_every_keyboard(layout: str, noting: tuple[Desk, list[str]]) -> None:
    desk, ran = noting
    desk.window.page.text.focus_force()
    by_key = dict(TEXT_KEYS)
    for caps_lock in (False, True):
        if caps_lock:
            desk.press("Caps_Lock")
        try:
            desk.press(*BY_PLACE.values())
            assert ran == [by_key[key] for key in BY_PLACE], f"Caps Lock: {caps_lock}"
            assert desk.texts == ["ten", "twenty"]
        finally:
            if caps_lock:
                desk.press("Caps_Lock")
        ran.clear()
