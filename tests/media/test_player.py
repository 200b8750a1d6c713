"""The contract of a player, kept by the fake one and by the real one on real recordings."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from desktopnotes.media.player import (
    END_MARGIN_MS,
    Ended,
    Failed,
    LengthKnown,
    Opened,
    Paused,
    PlayerState,
    Playing,
    Report,
    Seeked,
)
from desktopnotes.model.errors import UserError
from tests.media.stage import FakeStage, Stage

FRAME_MS = 40
LENGTH_MS = 20_000
NEAR_MS = 130
"""How near a position must be that has moved on a little while it was looked at."""


def test_before_anything_is_open_every_wish_is_harmless(stage: Stage) -> None:
    player = stage.player
    for wish in (player.play, player.pause, player.toggle, player.next_frame, player.unload):
        wish()
    player.seek(1000)
    player.skip(-1000)
    stage.pump()
    assert (player.state, player.load, player.length_ms) == (PlayerState.NOTHING, 0, None)
    assert player.position_at() is None
    assert player.played_since_seek_ms() == 0
    assert stage.reports == []


def test_opens_paused_at_the_place_it_is_given(stage: Stage, talk: Path) -> None:
    load = stage.player.open(talk, at_ms=4000)
    assert stage.player.state is PlayerState.OPENING
    assert stage.position.at_ms == 4000
    stage.until_reported(Paused)
    assert stage.player.state is PlayerState.PAUSED
    assert stage.position.at_ms == 4000
    assert stage.position.paused
    assert stage.player.played_since_seek_ms() == 0
    assert stage.player.length_ms == pytest.approx(LENGTH_MS, abs=100)
    assert stage.player.has_video
    assert stage.player.frame_rate == 25
    assert (load, stage.player.load) == (1, 1)


def test_it_says_whether_it_will_play_before_it_does(stage: Stage, talk: Path) -> None:
    player = stage.player
    assert not player.will_play
    player.open(talk, paused=False)
    assert (player.state, player.will_play) == (PlayerState.OPENING, True)
    player.pause()
    assert not player.will_play
    player.play()
    stage.until_reported(Playing)
    assert player.will_play
    player.pause()
    stage.until_reported(Paused)
    assert not player.will_play
    player.unload()
    assert not player.will_play


def test_reports_come_in_order_by_the_mailbox_on_the_windows_thread(stage: Stage, talk: Path) -> None:
    threads: list[int] = []
    reports: list[Report] = []
    stage.player.listen(lambda report: (threads.append(threading.get_ident()), reports.append(report))[0])
    stage.player.open(talk)
    assert reports == []
    stage.until(lambda: any(isinstance(report, Paused) for report in reports))
    stage.player.play()
    stage.until(lambda: any(isinstance(report, Playing) for report in reports))
    kinds = [type(report) for report in reports]
    assert kinds == [LengthKnown, Opened, Paused, Playing]
    assert {report.load for report in reports} == {1}
    assert set(threads) == {threading.get_ident()}


def test_opens_playing(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, at_ms=2000, paused=False)
    stage.until_reported(Playing)
    stage.until_at(2600)
    assert not stage.position.paused
    assert stage.player.played_since_seek_ms() == pytest.approx(stage.position.at_ms - 2000, abs=NEAR_MS)


def test_a_recording_opened_past_its_end_stands_shortly_before_it(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, at_ms=2 * LENGTH_MS)
    stage.until_open()
    assert stage.player.length_ms is not None
    assert stage.position.at_ms == stage.player.length_ms - END_MARGIN_MS
    assert stage.player.state is PlayerState.PAUSED
    stage.player.play()
    stage.until_reported(Ended)


def test_wishes_made_while_it_opens_hold_afterwards(stage: Stage, talk: Path) -> None:
    stage.player.open(talk)
    stage.player.seek(3000)
    stage.player.seek(8000)
    stage.player.play()
    assert stage.player.state is PlayerState.OPENING
    assert stage.position.at_ms == 8000
    stage.until_open()
    stage.until_at(8300)
    assert stage.position.at_ms < 9000
    assert stage.player.state is PlayerState.PLAYING

    stage.player.open(talk, paused=False)
    stage.player.toggle()
    stage.until_open()
    stage.until_reported(Paused)
    assert stage.position.at_ms < 500


def test_pause_stands_still_and_play_goes_on_from_there(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, paused=False)
    stage.until_at(600)
    stage.player.toggle()
    stood = stage.position
    assert stood.paused
    stage.until_reported(Paused)
    assert stage.position.at_ms == pytest.approx(stood.at_ms, abs=NEAR_MS)
    stood = stage.position
    stage.player.play()
    assert stage.position.at_ms - stood.at_ms in range(NEAR_MS)
    stage.until_at(stood.at_ms + 300)
    assert stage.position.at_ms < stood.at_ms + 600


@pytest.mark.parametrize("paused", [True, False])
def test_seek_leads_to_its_target_and_plays_on_only_if_it_played(
    stage: Stage, talk: Path, paused: bool
) -> None:
    stage.player.open(talk, paused=paused)
    stage.until_open()
    for target_ms in (3_000, 12_345):
        stage.player.seek(target_ms)
        assert stage.position.at_ms - target_ms in range(NEAR_MS)
        assert stage.until_reported(Seeked).at_ms == target_ms
        assert stage.player.state is (PlayerState.PAUSED if paused else PlayerState.PLAYING)
        assert stage.position.at_ms - target_ms in range(1 if paused else 1000)
        assert stage.player.played_since_seek_ms() in range(1 if paused else 1000)
    stage.player.play()
    stage.until_at(12_345 + 200)


def test_seek_stays_within_the_recording(stage: Stage, talk: Path) -> None:
    stage.player.open(talk)
    stage.until_open()
    stage.player.seek(-5000)
    assert stage.until_reported(Seeked).at_ms == 0
    stage.player.seek(LENGTH_MS * 10)
    assert stage.player.length_ms is not None
    assert stage.until_reported(Seeked).at_ms == stage.player.length_ms - END_MARGIN_MS
    stage.player.skip(-1000)
    assert stage.until_reported(Seeked).at_ms == stage.player.length_ms - END_MARGIN_MS - 1000


@pytest.mark.parametrize("paused", [True, False])
def test_quick_seeks_settle_on_the_last_alone(stage: Stage, talk: Path, paused: bool) -> None:
    stage.player.open(talk, paused=paused)
    stage.until_open()
    for target_ms in range(1000, 15_000, 1000):
        stage.player.seek(target_ms)
    for _ in range(3):
        stage.player.skip(-2000)
    settled = stage.until_reported(Seeked)
    assert settled.at_ms == pytest.approx(8000, abs=NEAR_MS)
    stage.player.play()
    stage.until_at(8400)
    assert not any(isinstance(report, Seeked) for report in stage.reports)


def test_rate_is_how_fast_time_passes(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, rate=2.0, paused=False)
    assert stage.player.rate == 2.0
    stage.until_open()
    assert _speed(stage, from_ms=1000) == pytest.approx(2.0, rel=0.1)
    stage.player.set_rate(0.5)
    speeds = [2.0]
    while speeds[-1] != pytest.approx(0.5, rel=0.1):
        assert len(speeds) < 30, f"it came down by steps: {speeds}"
        speeds.append(_speed(stage, from_ms=0))
    stage.player.set_rate(100)
    assert stage.player.rate == 4.0
    stage.player.set_rate(0)
    assert stage.player.rate == 0.25


def _speed(stage: Stage, *, from_ms: int, for_ms: int = 300) -> float:
    """How many ms of the recording pass in a ms, once it is past `from_ms`."""

    def now_s() -> float:
        return stage.player.now_s if isinstance(stage, FakeStage) else time.monotonic()

    stage.until_at(from_ms)
    moment_s, at_ms = now_s(), stage.position.at_ms
    stage.until_at(at_ms + for_ms)
    passed_ms = 1000 * (now_s() - moment_s)
    return (stage.position.at_ms - at_ms) / passed_ms


def test_after_the_end_it_plays_again_from_the_beginning(stage: Stage, talk: Path) -> None:
    load = stage.player.open(talk, at_ms=LENGTH_MS - 500, paused=False)
    stage.until_reported(Ended)
    assert stage.player.state is PlayerState.ENDED
    assert stage.position.at_ms == stage.player.length_ms
    stage.player.play()
    stage.until_open()
    stage.until_at(300)
    assert stage.position.at_ms < 2000
    assert stage.player.state is PlayerState.PLAYING
    assert stage.player.load == load


def test_after_the_end_a_seek_stands_at_its_target(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, at_ms=LENGTH_MS - 500, paused=False)
    stage.until_reported(Ended)
    stage.player.seek(7000)
    stage.until_reported(Paused)
    assert stage.player.state is PlayerState.PAUSED
    assert stage.position.at_ms == 7000
    stage.player.play()
    stage.until_at(7300)


def test_next_frame_steps_and_playing_goes_on_from_there(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, paused=False)
    stage.until_at(1000)
    stage.player.next_frame()
    stage.until_reported(Paused)
    stood_ms = stage.position.at_ms
    for step in range(1, 4):
        stage.player.next_frame()
        assert stage.position.at_ms == stood_ms + step * FRAME_MS
    assert stage.position.paused
    stage.player.play()
    stage.until_at(stood_ms + 300)
    assert stage.position.at_ms < stood_ms + 600

    stage.player.next_frame()
    stage.player.seek(9000)
    assert stage.until_reported(Seeked).at_ms == 9000
    assert stage.position.at_ms == 9000
    assert stage.player.state is PlayerState.PAUSED


def test_previous_frame_steps_back_and_playing_goes_on_from_there(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, at_ms=5000)
    stage.until_open()
    for step in range(1, 4):
        stage.player.previous_frame()
        stage.until_reported(Seeked)
        assert stage.position.at_ms == 5000 - step * FRAME_MS
    assert stage.position.paused
    stage.player.next_frame()
    stage.player.previous_frame()
    stage.until_reported(Seeked)
    assert stage.position.at_ms == 5000 - 3 * FRAME_MS
    stage.player.play()
    stage.until_at(5200)
    assert stage.position.at_ms < 5800

    stage.player.pause()
    for _ in range(3):
        stage.player.previous_frame()
    stage.until_reported(Seeked)
    stage.player.seek(0)
    stage.until_reported(Seeked)
    stage.player.previous_frame()
    stage.until_reported(Seeked)
    assert stage.position.at_ms == 0


def test_volume_and_mute_are_kept_when_another_is_opened(stage: Stage, talk: Path, clips: Path) -> None:
    stage.player.set_volume(40)
    stage.player.set_muted(True)
    for recording in (talk, clips / "other.mp4"):
        stage.player.open(recording)
        stage.until_open()
        assert (stage.player.volume, stage.player.muted) == (40, True)
    stage.player.set_volume(1000)
    assert stage.player.volume == 100
    stage.player.set_volume(-1)
    assert stage.player.volume == 0


def test_another_opened_over_a_playing_one_takes_its_place_at_once(
    stage: Stage, talk: Path, clips: Path
) -> None:
    stage.player.open(talk, paused=False)
    stage.until_at(300)
    stage.reports.clear()
    stage.player.pause()
    begun_s = time.monotonic()
    load = stage.player.open(clips / "other.mp4", at_ms=5000)
    assert time.monotonic() - begun_s < 0.05
    assert stage.position.at_ms == 5000
    stage.until(lambda: Opened(load) in stage.reports)
    assert {report.load for report in stage.reports} == {load}
    assert stage.player.load == load == 2
    assert stage.position.at_ms == 5000


def test_of_many_opened_in_haste_only_the_last_is_heard_of(stage: Stage, talk: Path, clips: Path) -> None:
    for recording in (talk, clips / "other.mp4", clips / "none.mp4", talk, clips / "sound.mp3"):
        stage.player.open(recording)
    stage.until_open()
    stage.player.open(talk)
    stage.player.open(clips / "other.mp4")
    stage.until_open()
    assert {report.load for report in stage.reports} <= {7}
    assert stage.errors == []


def test_what_fails_says_so_and_the_next_one_opens(stage: Stage, talk: Path, clips: Path) -> None:
    load = stage.player.open(clips / "none.mp4")
    failed = stage.until_reported(Failed)
    assert failed.load == load
    assert "none.mp4" in failed.error.message
    assert stage.player.state is PlayerState.FAILED
    assert stage.player.position_at() is None
    stage.player.play()
    stage.player.seek(1000)
    stage.player.open(talk)
    stage.until_open()
    assert stage.player.state is PlayerState.PAUSED


def test_unload_is_the_last_that_is_heard(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, paused=False)
    stage.until_at(300)
    stage.player.pause()
    stage.player.unload()
    stage.reports.clear()
    assert (stage.player.state, stage.player.position_at()) == (PlayerState.NOTHING, None)
    stage.player.open(talk)
    stage.until_open()


def test_sound_alone_plays_without_a_picture(stage: Stage, clips: Path, tmp_path: Path) -> None:
    if isinstance(stage, FakeStage):
        stage.player.recording_has_video = False
    stage.player.open(clips / "sound.mp3", at_ms=1000)
    stage.until_open()
    assert not stage.player.has_video
    assert stage.player.frame_rate is None
    stage.player.play()
    stage.until_at(1600)
    stage.player.pause()
    assert stage.position.at_ms < 2600
    assert isinstance(_snapshot(stage, tmp_path / "picture.png"), UserError)


def test_snapshot_writes_the_picture(stage: Stage, talk: Path, tmp_path: Path) -> None:
    assert isinstance(_snapshot(stage, tmp_path / "too soon.png"), UserError)
    stage.player.open(talk, at_ms=4000)
    stage.until_open()
    for name in ("opened.png", "playing.png"):
        picture = _snapshot(stage, tmp_path / name)
        assert picture == tmp_path / name
        assert picture.read_bytes().startswith(b"\x89PNG")
        stage.player.play()
        stage.until_at(4400)
    assert isinstance(_snapshot(stage, tmp_path / "no such folder" / "picture.png"), Exception)


def _snapshot(stage: Stage, path: Path) -> Path | Exception:
    answers: list[Path | Exception] = []
    stage.player.snapshot(path, answers.append, answers.append)
    stage.until(lambda: answers)
    return answers[0]


def test_an_earlier_moment_can_be_asked_for(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, paused=False)
    stage.until_at(800)
    moment_s = stage.player.now_s if isinstance(stage, FakeStage) else time.monotonic()
    live = stage.position
    stage.until_at(1400)
    resolved = stage.player.position_at(moment_s)
    assert resolved is not None
    assert resolved.at_ms == pytest.approx(live.at_ms, abs=FRAME_MS)
    assert not resolved.approximate
    before = stage.player.position_at(moment_s - 3600)
    assert before is not None
    assert before.at_ms == 0


def test_close_comes_back_in_time(stage: Stage, talk: Path) -> None:
    stage.player.open(talk, paused=False)
    stage.until_at(300)
    begun_s = time.monotonic()
    stage.player.close(timeout_s=2.0)
    assert time.monotonic() - begun_s < 2.5
