"""Sound and subtitle tracks, from the menu and by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import tracks
from desktopnotes.actions.choice import Choice
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1"))


def shown(choices: tuple[Choice, ...]) -> list[tuple[str, bool]]:
    return [(choice.label, choice.chosen) for choice in choices]


def test_no_subtitles_at_first(room: Room) -> None:
    assert shown(tracks.audio(room.session)) == [("English", True), ("Deutsch", False)]
    assert shown(tracks.subtitles(room.session)) == [("None", True), ("English", False)]


def test_the_key_takes_the_next_and_comes_round(room: Room) -> None:
    tracks.next_audio(room.session)
    assert shown(tracks.audio(room.session)) == [("English", False), ("Deutsch", True)]
    assert room.screen.said[-1] == "Sound: Deutsch"
    for label in ("English", "None"):
        tracks.next_subtitle(room.session)
        assert room.screen.said[-1] == f"Subtitles: {label}"
    assert shown(tracks.subtitles(room.session))[0] == ("None", True)


def test_without_tracks_there_is_nothing_to_choose(room: Room) -> None:
    room.player.recording_subtitles = ()
    assert not tracks.there_are_subtitles(room.session)
    room.player.unload()
    assert not tracks.there_is_audio(room.session)
    tracks.next_audio(room.session)
