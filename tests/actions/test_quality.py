"""How tall a picture is asked of pages: kept in the settings, and at once where a page plays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktopnotes.actions import quality, web
from desktopnotes.media.player import PlayerState
from desktopnotes.storage import settings_file
from tests.sessions import a_room, a_talk

PAGE = "https://youtu.be/aaaaaaaaaaa"


def test_a_page_plays_on_at_the_same_moment_with_the_other_quality(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk(), file="", url=PAGE))
    room.play_from(60_000, for_ms=10_000)
    opened = len(room.player.opened)
    quality.choose(room.session, 480)
    room.settle()
    assert room.session.web.wishes.height == 480
    assert room.session.web.forgotten == [PAGE]  # type: ignore[attr-defined]
    assert room.player.opened[opened:] == [PAGE]
    assert room.player.position_at().at_ms == 70_000  # type: ignore[union-attr]
    assert room.player.state is PlayerState.PLAYING
    assert settings_file.read().settings.quality == 480


def test_what_stands_still_stays_so_and_a_file_is_not_opened_again(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk(), file="", url=PAGE), a_talk("talk2"))
    room.stand_at(60_000)
    quality.choose(room.session, 0)
    room.settle()
    assert room.player.state is PlayerState.PAUSED
    room.session.open_talk("talk2")
    room.settle()
    opened = len(room.player.opened)
    quality.choose(room.session, 720)
    assert len(room.player.opened) == opened


def test_a_pasted_talk_that_is_being_opened_plays_all_the_same(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    web.add(room.session, [PAGE])
    assert room.player.state is PlayerState.OPENING
    quality.choose(room.session, 480)
    room.settle()
    assert room.player.opened[-2:] == [PAGE, PAGE]
    assert room.player.state is PlayerState.PLAYING


def test_what_was_paused_while_it_opened_stays_so(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    web.add(room.session, [PAGE])
    room.player.pause()
    quality.choose(room.session, 480)
    room.settle()
    assert room.player.state is PlayerState.PAUSED


def test_the_choice_is_marked_and_an_unusual_one_is_among_them(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    room.session.set(quality=900)
    labels = [(one.label, one.chosen) for one in quality.choices(room.session)]
    assert labels == [
        ("Up to 2160p", False),
        ("Up to 1440p", False),
        ("Up to 1080p", False),
        ("Up to 900p", True),
        ("Up to 720p", False),
        ("Up to 480p", False),
        ("Up to 360p", False),
        ("Sound Alone", False),
    ]
    quality.take_next_one(room.session)
    assert room.session.settings.quality == 720
    assert room.screen.said[-1] == "Quality: Up to 720p"
