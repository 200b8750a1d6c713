"""Pause while writing, and playing on."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import arranging, edit, notes, pausing, playback
from desktopnotes.media.player import PlayerState
from tests.sessions import Room, a_room, a_talk

PLAYING, PAUSED = PlayerState.PLAYING, PlayerState.PAUSED


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Playing at 65 s, with the option on."""
    room = a_room(tmp_path, a_talk("talk1", notes=2))
    room.play_from(60_000, for_ms=5_000)
    pausing.switch(room.session)
    return room


def test_it_is_switched_and_told(room: Room) -> None:
    assert pausing.is_on(room.session)
    pausing.switch(room.session)
    assert not pausing.is_on(room.session)
    assert room.screen.said[-1] == "The talk plays on while you write"
    notes.begin(room.session, "a", "")
    assert room.player.state is PLAYING


def test_the_first_key_pauses_and_enter_plays_on(room: Room) -> None:
    notes.begin(room.session, "a", "")
    assert room.player.state is PAUSED
    assert room.notes[0].at_ms == 63_000
    notes.typed(room.session, room.notes[0].id, "ab")
    assert room.player.state is PAUSED
    notes.end(room.session)
    assert room.player.state is PLAYING


def test_what_the_user_paused_stays_paused(room: Room) -> None:
    playback.toggle(room.session)
    notes.begin(room.session, "a", "")
    notes.end(room.session)
    assert room.player.state is PAUSED


def test_what_the_user_plays_meanwhile_plays_on(room: Room) -> None:
    notes.begin(room.session, "a", "")
    playback.toggle(room.session)
    notes.typed(room.session, room.notes[0].id, "ab")
    assert room.player.state is PLAYING
    playback.toggle(room.session)
    notes.end(room.session)
    assert room.player.state is PAUSED


def test_a_jump_meanwhile_is_where_it_plays_on(room: Room) -> None:
    room.session.set(step_back_on_resume_ms=2000)
    notes.begin(room.session, "a", "")
    room.session.jump(20_000)
    notes.end(room.session)
    position = room.player.position_at()
    assert position is not None
    assert (position.at_ms, room.player.state) == (20_000, PLAYING)


def test_with_step_back_it_plays_on_from_a_little_before(room: Room) -> None:
    room.session.set(step_back_on_resume_ms=2000)
    notes.begin(room.session, "a", "")
    notes.end(room.session)
    position = room.player.position_at()
    assert position is not None
    assert position.at_ms == 63_000


@pytest.mark.parametrize("way", ["undo", "backspace", "delete"])
def test_a_note_that_goes_lets_it_play_on(room: Room, way: str) -> None:
    note_id = notes.begin(room.session, "a", "")
    if way == "undo":
        edit.undo(room.session)
    elif way == "backspace":
        notes.emptied(room.session, note_id)
    else:
        arranging.delete(room.session)
    assert len(room.notes) == 2
    assert room.player.state is PLAYING


def test_undo_of_letters_alone_leaves_it_paused_until_enter(room: Room) -> None:
    note_id = notes.begin(room.session, "a", "")
    room.player.advance(3000)
    notes.typed(room.session, note_id, "ab")
    edit.undo(room.session)
    assert room.player.state is PAUSED
    notes.typed(room.session, note_id, "ac")
    notes.end(room.session)
    assert room.player.state is PLAYING


def test_after_the_end_there_is_nothing_to_pause_or_play_on(room: Room) -> None:
    room.play_from(599_000, for_ms=2_000)
    notes.begin(room.session, "about it all", "")
    notes.end(room.session)
    assert room.player.state is PlayerState.ENDED


def test_another_talk_does_not_play_by_itself(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    room.play_from(60_000, for_ms=5_000)
    pausing.switch(room.session)
    notes.begin(room.session, "a", "")
    room.session.open_talk("talk2")
    room.settle()
    notes.end(room.session)
    assert room.player.state is PAUSED
