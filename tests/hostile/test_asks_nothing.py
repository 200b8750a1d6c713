"""Opening a notebook asks the network for nothing, whatever is in it; the user's wish does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import commands
from desktopnotes.actions import file, not_playing, playback, talk, web
from desktopnotes.media.no_player import NoPlayer
from desktopnotes.media.player import PlayerState
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from tests.fake_web import FakeWeb
from tests.sessions import Room, a_room, a_talk

PAGE = "https://evil.example/watch?who=me"


def begun(room: Room) -> list[str]:
    assert isinstance(room.session.web, FakeWeb)
    return room.session.web.begun


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A notebook of one's own is open; another, that came by mail, lies beside it."""
    pages = [replace(a_talk(f"page{n}"), file="", url=f"{PAGE}&n={n}") for n in (1, 2)]
    (tmp_path / "mail.talknotes.json").write_bytes(codec.encode(Notebook("mail", "Mail", talks=tuple(pages))))
    return a_room(tmp_path, a_talk("own"))


def test_opening_it_asks_no_page(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    room.settle()
    assert room.session.talk_id == "page1"
    assert (begun(room), room.player.opened[1:]) == ([], [])
    assert room.player.state is PlayerState.NOTHING
    words = not_playing.words(room.session, None)
    assert words is not None
    assert "evil.example" in words.detail
    assert words.ways[0].command_id == "playback.try_again"
    assert all(commands.by_id(way.command_id).enabled(room.session) for way in words.ways)


def test_a_start_with_it_asks_no_page(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    room.session.use_player(room.player)
    room.settle()
    assert (begun(room), room.player.opened[1:]) == ([], [])


def test_without_vlc_it_is_said_that_vlc_is_missing_and_nothing_is_asked(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    room.session.use_player(NoPlayer(room.mailbox, UserError("VLC is not installed.")))
    room.settle()
    assert begun(room) == []
    assert room.session.player.state is PlayerState.FAILED


def test_to_play_asks_it(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    assert playback.can_toggle(room.session)
    playback.toggle(room.session)
    room.settle()
    assert begun(room) == [f"{PAGE}&n=1"]
    assert room.player.state is PlayerState.PLAYING


def test_to_go_to_a_talk_asks_its_page_alone(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    talk.go_to(room.session, "page2")
    room.settle()
    assert begun(room) == [f"{PAGE}&n=2"]


def test_neither_removing_a_talk_nor_undo_asks_the_page_that_is_come_to(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    talk.remove(room.session)
    assert room.session.talk_id == "page2"
    room.session.undo()
    room.settle()
    assert begun(room) == []


def test_what_was_given_up_is_not_asked_again_by_the_same_key(room: Room, tmp_path: Path) -> None:
    file.open_path(room.session, tmp_path / "mail.talknotes.json")
    playback.toggle(room.session)
    web.cancel_opening(room.session)
    assert not playback.can_toggle(room.session)
    assert web.can_try_again(room.session)
