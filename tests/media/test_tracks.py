"""Sound and subtitle tracks: what a recording has, which is chosen, and that no subtitle is drawn unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageGrab

from desktopnotes.media.player import NO_TRACK, Ended, Opened, Player, PlayerState
from tests.media.clips import HEIGHT, WIDTH, make_tracks
from tests.media.stage import Stage, VlcStage


@pytest.fixture(scope="session")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tracks(tmp_path_factory.mktemp("tracks") / "tracks.mkv", seconds=6)


def chosen(player: Player) -> tuple[list[str], list[str]]:
    """The names of the sound and subtitle tracks that are chosen."""
    return (
        [track.name for track in player.audio_tracks() if track.chosen],
        [track.name for track in player.subtitle_tracks() if track.chosen],
    )


def words_are_drawn(screen: str) -> bool:
    """Whether anything stands on the black picture."""
    picture = ImageGrab.grab((0, 0, WIDTH, HEIGHT), xdisplay=screen).convert("L")
    extrema = picture.getextrema()
    assert isinstance(extrema[1], (int, float))
    return extrema[1] > 128


def test_without_a_recording_there_are_none_and_a_choice_is_harmless(stage: Stage) -> None:
    assert (stage.player.audio_tracks(), stage.player.subtitle_tracks()) == ((), ())
    stage.player.choose_audio(2)
    stage.player.choose_subtitle(NO_TRACK)
    stage.pump()
    assert stage.player.state is PlayerState.NOTHING


def test_no_subtitles_are_chosen_at_first_and_one_of_the_sound_tracks_is(stage: Stage, tracks: Path) -> None:
    stage.player.open(tracks, paused=False)
    stage.until_open()
    sound, subtitles = chosen(stage.player)
    assert (len(sound), subtitles) == (1, [])


def test_a_choice_holds_until_another_recording_is_opened(stage: Stage, tracks: Path) -> None:
    player = stage.player
    player.open(tracks, paused=False)
    stage.until_open()
    player.choose_audio(player.audio_tracks()[-1].id)
    player.choose_subtitle(player.subtitle_tracks()[-1].id)
    wanted = ([player.audio_tracks()[-1].name], [player.subtitle_tracks()[-1].name])
    stage.until(lambda: chosen(player) == wanted)
    player.seek(5500)
    stage.until_reported(Ended, limit_s=40)
    player.play()
    stage.until_reported(Opened)
    stage.until(lambda: chosen(player) == wanted)
    player.choose_subtitle(NO_TRACK)
    stage.until(lambda: chosen(player) == (wanted[0], []))
    player.open(tracks)
    stage.until_open()
    assert chosen(player)[0] != wanted[0]


def test_libvlc_names_the_tracks_of_a_recording(vlc: VlcStage, tracks: Path) -> None:
    vlc.player.open(tracks, paused=False)
    vlc.until_open()
    assert [track.name for track in vlc.player.audio_tracks()] == [
        "Track 1 - [English]",
        "Track 2 - [German]",
    ]
    assert len(vlc.player.subtitle_tracks()) == 2


def test_subtitles_are_drawn_only_when_chosen(vlc: VlcStage, screen: str, tracks: Path) -> None:
    vlc.player.open(tracks, paused=False)
    vlc.until_at(1500)
    assert not words_are_drawn(screen)
    vlc.player.choose_subtitle(vlc.player.subtitle_tracks()[1].id)
    vlc.until(lambda: words_are_drawn(screen))
    vlc.player.choose_subtitle(NO_TRACK)
    vlc.until(lambda: not words_are_drawn(screen))
