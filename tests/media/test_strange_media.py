"""Recordings that are whole but strange: very long, quick or uneven, with times that jump, without length."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.media.player import PlayerState, Seeked
from tests.media.clips import frame_on_screen, make_clip
from tests.media.stage import VlcStage


def _ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], check=True)


def _ten_hours(path: Path, talk: Path) -> None:
    """A frame every 72 s."""
    _ffmpeg("-i", str(talk), "-an", "-c", "copy", "-bsf:v", "setts=ts=TS*1800", str(path))


def _quick(path: Path, talk: Path) -> None:
    make_clip(path, seconds=4, rate="120")


def _uneven(path: Path, talk: Path) -> None:
    _ffmpeg("-i", str(talk), "-an", "-c", "copy", "-bsf:v", "setts=ts=TS+mod(N\\,3)*200", str(path))


def _jumping(path: Path, talk: Path) -> None:
    """After 5 s it is suddenly 40 s later."""
    _ffmpeg("-i", str(talk), "-an", "-c", "copy", "-bsf:v", "setts=ts=TS+gte(N\\,125)*512000", str(path))


def _no_length(path: Path, talk: Path) -> None:
    """As a recorder leaves it that was cut off: no length, no index."""
    _ffmpeg("-i", str(talk), "-t", "6", "-c", "copy", "-f", "matroska", "-live", "1", str(path))


def _no_rate(path: Path, talk: Path) -> None:
    _ffmpeg("-i", str(talk), "-t", "6", "-c", "copy", "-f", "mpegts", str(path))


STRANGE: dict[str, Callable[[Path, Path], None]] = {
    "ten-hours.mp4": _ten_hours,
    "quick.mp4": _quick,
    "uneven.mp4": _uneven,
    "jumping.mp4": _jumping,
    "no-length.mkv": _no_length,
    "no-rate.ts": _no_rate,
}


@pytest.mark.parametrize("name", STRANGE)
def test_it_plays_pauses_steps_and_jumps_without_a_crash_a_hang_or_a_negative_time(
    vlc: VlcStage, talk: Path, tmp_path: Path, name: str
) -> None:
    STRANGE[name](tmp_path / name, talk)
    vlc.player.open(tmp_path / name, paused=False)
    vlc.until_open()
    seen_ms = []

    def look_for(seconds: float) -> None:
        until_s = time.monotonic() + seconds
        vlc.until(lambda: time.monotonic() > until_s)
        if position := vlc.player.position_at():
            seen_ms.append(position.at_ms)

    wishes: tuple[Callable[[], object], ...] = (
        vlc.player.pause,
        vlc.player.next_frame,
        vlc.player.previous_frame,
        lambda: vlc.player.seek(2000),
        vlc.player.play,
        lambda: vlc.player.set_rate(1.5),
        lambda: vlc.player.seek(3000),
        lambda: vlc.player.skip(-10_000),
        vlc.player.pause,
        lambda: vlc.player.seek(10**9),
        vlc.player.previous_frame,
    )
    for wish in wishes:
        wish()
        look_for(0.25)
    assert min(seen_ms) >= 0
    assert vlc.player.state in (PlayerState.PAUSED, PlayerState.ENDED)
    vlc.player.open(talk)
    vlc.until_open()


def test_at_120_frames_a_second_a_jump_lands_on_its_frame(
    vlc: VlcStage, tmp_path: Path, talk: Path, screen: str
) -> None:
    clip = tmp_path / "quick.mp4"
    _quick(clip, talk)
    vlc.player.open(clip)
    vlc.until_open()
    for frame in (100, 333, 7):
        vlc.player.seek(-(-frame * 1000 // 120))
        vlc.until_reported(Seeked)
        vlc.until(lambda frame=frame: frame_on_screen(screen) in range(frame - 1, frame + 2))


def test_a_jump_before_the_first_picture_is_made_when_it_is_there(vlc: VlcStage, talk: Path) -> None:
    vlc.player.open(talk, paused=False)
    vlc.player.seek(9000)
    assert vlc.position.at_ms == 9000
    vlc.until_open()
    vlc.until_at(9300)
    assert vlc.position.at_ms < 10_500
