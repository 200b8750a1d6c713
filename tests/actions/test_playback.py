"""The player from anywhere: playing on, speed and sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import playback
from desktopnotes.media.player import PlayerState
from desktopnotes.storage import settings_file
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1"))


def position_ms(room: Room) -> int:
    position = room.player.position_at()
    assert position is not None
    return position.at_ms


def test_play_and_pause_take_turns(room: Room) -> None:
    playback.toggle(room.session)
    assert room.player.state is PlayerState.PLAYING
    playback.toggle(room.session)
    assert room.player.state is PlayerState.PAUSED


def test_on_resume_it_steps_back_as_far_as_the_settings_say(room: Room) -> None:
    room.stand_at(60_000)
    playback.toggle(room.session)
    assert position_ms(room) == 60_000
    playback.toggle(room.session)
    room.session.set(step_back_on_resume_ms=1500)
    playback.toggle(room.session)
    assert (position_ms(room), room.player.state) == (58_500, PlayerState.PLAYING)


def test_after_the_end_it_plays_from_the_beginning(room: Room) -> None:
    room.session.set(step_back_on_resume_ms=1500)
    room.play_from(599_000, for_ms=2_000)
    playback.toggle(room.session)
    room.settle()
    assert (position_ms(room), room.player.state) == (0, PlayerState.PLAYING)


def test_skipping_goes_as_far_as_the_settings_say(room: Room) -> None:
    room.session.set(skip_ms=3_000)
    room.stand_at(60_000)
    playback.forward(room.session)
    assert position_ms(room) == 63_000
    playback.back(room.session)
    playback.back(room.session)
    assert position_ms(room) == 57_000


def test_speed_changes_by_steps_and_is_told(room: Room) -> None:
    for _ in range(3):
        playback.faster(room.session)
    assert room.screen.said[-1] == "Speed 1.3×"
    playback.slower(room.session)
    assert room.player.rate == 1.2
    playback.normal_speed(room.session)
    assert (room.player.rate, room.screen.said[-1]) == (1.0, "Speed 1×")


def test_speed_stays_within_what_the_player_can_do(room: Room) -> None:
    room.session.set(rate_step=1.0)
    for _ in range(5):
        playback.faster(room.session)
    assert (room.player.rate, room.screen.said[-1]) == (4.0, "Speed 4×")


def test_sound_is_kept_for_the_next_time(room: Room) -> None:
    playback.softer(room.session)
    playback.mute(room.session)
    kept = settings_file.read().settings
    assert (kept.volume, kept.muted) == (95, True)
    assert (room.player.volume, room.player.muted) == (95, True)
    playback.louder(room.session)
    playback.louder(room.session)
    assert room.screen.said[-1] == "Volume 100 %"


def test_only_what_is_loaded_can_be_played(room: Room) -> None:
    assert playback.one_is_loaded(room.session)
    room.player.unload()
    assert not playback.one_is_loaded(room.session)
