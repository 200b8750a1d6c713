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
    room.play_from(60_000, for_ms=5_000)
    playback.toggle(room.session)
    playback.toggle(room.session)
    assert position_ms(room) == 65_000
    room.session.set(step_back_on_resume_ms=1500)
    playback.toggle(room.session)
    playback.toggle(room.session)
    assert (position_ms(room), room.player.state) == (63_500, PlayerState.PLAYING)


def test_it_steps_back_no_further_than_was_played_since_the_last_jump(room: Room) -> None:
    room.session.set(step_back_on_resume_ms=2000)
    room.play_from(60_000, for_ms=800)
    playback.toggle(room.session)
    playback.toggle(room.session)
    assert position_ms(room) == 60_000
    playback.toggle(room.session)
    playback.toggle(room.session)
    assert position_ms(room) == 60_000


def test_a_place_gone_to_while_paused_is_where_it_plays_on(room: Room) -> None:
    room.session.set(step_back_on_resume_ms=2000)
    room.play_from(60_000, for_ms=5_000)
    playback.toggle(room.session)
    room.session.jump(20_000)
    playback.toggle(room.session)
    assert position_ms(room) == 20_000


def test_after_stepping_it_steps_back_from_the_stepped_frame(room: Room) -> None:
    room.session.set(step_back_on_resume_ms=1000)
    room.play_from(60_000, for_ms=5_000)
    playback.next_frame(room.session)
    playback.next_frame(room.session)
    playback.toggle(room.session)
    assert (position_ms(room), room.player.state) == (64_080, PlayerState.PLAYING)


def test_step_back_is_chosen_from_a_menu(room: Room) -> None:
    def shown() -> list[tuple[str, bool]]:
        return [(choice.label, choice.chosen) for choice in playback.step_back_choices(room.session)]

    assert shown()[:2] == [("Off", True), ("1 Second", False)]
    playback.step_back_choices(room.session)[2].run()
    assert room.session.settings.step_back_on_resume_ms == 2000
    assert settings_file.read().settings.step_back_on_resume_ms == 2000
    room.session.set(step_back_on_resume_ms=700)
    assert ("0.7 Seconds", True) in shown()


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


def test_the_speed_belongs_to_the_talk(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    playback.set_rate(room.session, 1.5)
    assert not room.session.history.undo_label
    room.session.open_talk("talk2")
    assert room.player.rate == 1.0
    playback.slower(room.session)
    room.settle()
    room.play_from(599_000, for_ms=2_000)
    assert room.player.state is PlayerState.ENDED
    room.session.open_talk("talk1")
    assert room.player.rate == 1.5
    room.session.open_talk("talk2")
    assert room.player.rate == 0.9


def test_skips_are_named_by_their_length(room: Room) -> None:
    assert playback.back_label(room.session) == "Back 5 Seconds"
    room.session.set(skip_ms=1_000)
    assert playback.forward_label(room.session) == "Forward 1 Second"
    room.session.set(skip_ms=7_500)
    assert playback.back_label(room.session) == "Back 7.5 Seconds"


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
