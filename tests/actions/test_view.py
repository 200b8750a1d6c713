"""What of the window shows, and how: settings that hold at once and next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import view
from desktopnotes.storage import settings_file
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1"))


def test_the_theme_is_set_and_kept(room: Room) -> None:
    view.set_theme(room.session, "dark")
    assert settings_file.read().settings.theme == "dark"
    view.set_theme(room.session, "light")
    assert settings_file.read().settings.theme == "light"
    view.set_theme(room.session, "system")
    assert settings_file.read().settings.theme == "system"


def test_text_grows_and_shrinks_within_reason(room: Room) -> None:
    view.larger_text(room.session)
    assert room.session.settings.font_size == 12
    room.session.set(font_size=40)
    view.larger_text(room.session)
    assert room.session.settings.font_size == 40
    room.session.set(font_size=7)
    view.smaller_text(room.session)
    view.smaller_text(room.session)
    assert settings_file.read().settings.font_size == 6


def test_following_is_switched_and_told(room: Room) -> None:
    view.follow(room.session)
    assert not settings_file.read().settings.follow
    assert "stays where it is" in room.screen.said[-1]
    view.follow(room.session)
    assert settings_file.read().settings.follow
    assert "follows the talk" in room.screen.said[-1]
