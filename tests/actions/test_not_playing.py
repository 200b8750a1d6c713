"""Why nothing plays, and what can be done about each reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import commands
from desktopnotes.actions import not_playing, web
from desktopnotes.actions.not_playing import WAYS, Way, Words
from desktopnotes.media.no_player import NoPlayer
from desktopnotes.media.player import Failed, PlayerState
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.model import findings
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from tests.sessions import Room, a_room, a_talk

PAGE = "https://youtu.be/aaaaaaaaaaa"

OF_OTHERS = {"talk.download", "talk.add_web"}
"""Commands that may come later: a way to them is left out until they are there."""


def web_talk() -> Talk:
    return replace(a_talk(), file="", url=PAGE, position_ms=65_000)


def said(room: Room) -> Words | None:
    """As the window asks: with the error that was reported last."""
    failed = [report for report in room.screen.reports if isinstance(report, Failed)]
    return not_playing.words(room.session, failed[-1].error if failed else None)


def fail(room: Room, error: UserError) -> None:
    room.player.refuses = error
    room.session.reload()
    room.settle()


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_told_as_it_was_said_with_ways_that_can_be_gone(why: Why, tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    fail(room, WebError(why, PAGE, "What happened.", "What to do."))
    words = said(room)
    assert words is not None
    assert (words.title, words.detail) == ("What happened.", "What to do.")
    assert words.ways == WAYS[why]
    for way in words.ways:
        if way.command_id not in OF_OTHERS:
            assert commands.by_id(way.command_id).enabled(room.session), way


def test_every_way_of_the_table_leads_to_a_command() -> None:
    known = {command.id for command in commands.COMMANDS} | OF_OTHERS
    assert {way.command_id for ways in WAYS.values() for way in ways} <= known


def test_each_reason_offers_what_helps_first() -> None:
    first = {why: ways[0].command_id for why, ways in WAYS.items()}
    assert first[Why.NETWORK] == first[Why.LIVE] == "playback.try_again"
    assert (
        first[Why.PRIVATE] == first[Why.AGE] == first[Why.REGION] == first[Why.DRM] == "talk.open_at_second"
    )
    assert first[Why.TOO_OLD] == first[Why.NO_YT_DLP] == first[Why.NO_JAVASCRIPT] == "help.update_yt_dlp"
    assert first[Why.GONE] == "talk.link"


def test_while_the_page_is_asked_it_can_be_cancelled_and_then_be_tried_again(tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    room.session.reload()
    words = said(room)
    assert words == Words("Looking at the page…", "Title of talk1", words.ways if words else (), is_busy=True)
    web.cancel_opening(room.session)
    room.settle()
    assert room.player.state is PlayerState.NOTHING
    assert room.session.web.forgotten == [PAGE]  # type: ignore[attr-defined]
    words = said(room)
    assert words is not None
    assert words.ways[0].command_id == "playback.try_again"
    web.try_again(room.session)
    room.settle()
    assert room.player.state is PlayerState.PLAYING
    assert room.player.position_at().at_ms == 65_000  # type: ignore[union-attr]
    assert said(room) is None


def test_cancelling_what_is_not_being_opened_does_nothing(tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    web.cancel_opening(room.session)
    assert room.player.state is PlayerState.PAUSED


def test_a_stream_that_the_player_cannot_do_with_offers_ways_on(tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    fail(room, UserError("It could not be played."))
    words = said(room)
    assert words is not None
    assert [way.command_id for way in words.ways] == [
        "playback.try_again",
        "talk.open_at_second",
        "talk.download",
        "talk.attach",
    ]


def test_without_vlc_the_browser_is_what_is_left(tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    room.session.use_player(NoPlayer(room.mailbox, UserError("VLC is not installed.")))
    room.settle()
    words = said(room)
    assert words is not None
    assert (words.title, [way.command_id for way in words.ways]) == (
        "VLC is not installed.",
        ["talk.open_at_second"],
    )


def file_arrives(room: Room) -> Path:
    """As at the end of a download: the page plays on."""
    file = room.session.folder / "talk1.mp4"
    file.write_bytes(b"the fake player does not mind")
    room.session.find_out(lambda notebook: findings.found_file(notebook, "talk1", file.name))
    return file


@pytest.mark.parametrize("error", [WebError(Why.NETWORK, PAGE, "No answer."), UserError("It broke.")])
def test_where_a_file_has_come_meanwhile_that_is_the_way_on(error: UserError, tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    fail(room, error)
    file = file_arrives(room)
    words = said(room)
    assert words is not None
    assert words.ways[0] == Way("playback.try_again", "Play from the File")
    room.player.refuses = None
    again = commands.by_id("playback.try_again")
    assert again.enabled(room.session)
    again.run(room.session)
    room.settle()
    assert room.player.opened[-1] == file
    assert room.player.state is PlayerState.PLAYING
    assert said(room) is None
    assert not again.enabled(room.session)


def test_while_the_connection_is_lost_a_file_that_has_come_is_offered(tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    room.play_from(30_000, for_ms=5_000)
    not_playing.connection_lost(room.session)
    assert room.screen.offers == ()
    file = file_arrives(room)
    room.player.lose_network(UserError("No answer."))
    not_playing.connection_lost(room.session)
    [offer] = room.screen.offers
    assert offer.label == "Play from the File"
    offer.run()
    room.settle()
    assert room.player.opened[-1] == file
    assert (room.player.state, room.player.waiting) == (PlayerState.PLAYING, False)
    assert room.player.position_at().at_ms == 35_000  # type: ignore[union-attr]


def test_a_file_that_is_not_there_is_looked_for_or_its_page_played(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk(), offset_ms=1000))
    room.player.checks_files = True
    (tmp_path / "talk1.mp4").unlink()
    room.session.reload()
    room.settle()
    words = said(room)
    assert words is not None
    assert [way.command_id for way in words.ways] == ["talk.find_file", "talk.detach", "talk.open_at_second"]


def test_without_a_talk_it_says_what_its_buttons_do(tmp_path: Path) -> None:
    words = said(a_room(tmp_path))
    assert words is not None
    assert words.detail == "Add one from the web, or recordings from this computer."
    assert [way.command_id for way in words.ways] == ["talk.add_web", "talk.add_files"]


def test_a_talk_without_any_source_says_so(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk(), file="", url=""))
    words = said(room)
    assert words is not None
    assert [way.command_id for way in words.ways] == ["talk.find_file", "talk.link"]


def test_a_talk_that_plays_has_its_picture_there(tmp_path: Path) -> None:
    assert said(a_room(tmp_path, a_talk())) is None
