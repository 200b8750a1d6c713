"""The position is the frame on screen: read from the pixels, compared with what the player says.

A machine that is busy delays the picture now and then, so a share must hold, and none is far off.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktopnotes.media.clock import frame_at
from desktopnotes.media.player import Player, Seeked
from tests.media.clips import frame_on_screen
from tests.media.stage import VlcStage

FRAME_MS = 40
"""Of talk.mp4."""


class Gauge:
    """How many frames the position is ahead of the screen, time after time."""

    def __init__(self, stage: VlcStage, screen: str) -> None:
        self._stage = stage
        self._screen = screen
        self.ahead: list[int] = []

    def look(self) -> tuple[float, int]:
        """The moment, and the frame that is on screen at that moment."""
        moment_s = time.monotonic()
        frame = frame_on_screen(self._screen)
        assert frame is not None, "the screen is black"
        return moment_s, frame

    def compare(self, moment_s: float, frame: int) -> None:
        position = self._stage.player.position_at(moment_s)
        assert position is not None
        assert self._stage.player.frame_rate is not None
        self.ahead.append(frame_at(position.at_ms, self._stage.player.frame_rate) - frame)

    def assert_true(self, share: float) -> None:
        exact = self.ahead.count(0) / len(self.ahead)
        assert exact >= share, f"exact {exact:.0%}: {self.ahead}"
        assert max(map(abs, self.ahead)) <= 1, f"far off: {self.ahead}"


@pytest.fixture
def gauge(vlc: VlcStage, screen: str) -> Gauge:
    return Gauge(vlc, screen)


@pytest.fixture
def odd_moments() -> Iterator[float]:
    """Spans in ms that fall on no beat of frames or events."""
    chance = random.Random(3)
    return iter(lambda: chance.uniform(40, 90), None)


@pytest.mark.parametrize("clip", ["talk.mp4", "other.mp4"])
def test_while_playing(
    vlc: VlcStage, gauge: Gauge, clips: Path, odd_moments: Iterator[float], clip: str
) -> None:
    vlc.player.open(clips / clip, paused=False)
    vlc.until_at(900)
    for _ in range(20):
        vlc.until_at(vlc.position.at_ms + round(next(odd_moments)))
        gauge.compare(*gauge.look())
    gauge.assert_true(0.9)


def test_at_another_rate(vlc: VlcStage, gauge: Gauge, talk: Path, odd_moments: Iterator[float]) -> None:
    vlc.player.open(talk, rate=1.5, paused=False)
    vlc.until(lambda: vlc.player.position_at() and vlc.position.at_ms > 1000 and not vlc.position.approximate)
    for _ in range(20):
        vlc.until_at(vlc.position.at_ms + round(next(odd_moments)))
        gauge.compare(*gauge.look())
    gauge.assert_true(0.9)


def test_while_paused_and_after_playing_on(
    vlc: VlcStage, gauge: Gauge, talk: Path, odd_moments: Iterator[float]
) -> None:
    vlc.player.open(talk, paused=False)
    vlc.until_at(900)
    resumed = Gauge(vlc, gauge._screen)
    looks: list[tuple[float, int]] = []
    for _ in range(9):
        vlc.player.pause()
        gauge.compare(*_still(vlc, gauge))
        vlc.player.play()
        vlc.until_at(vlc.position.at_ms + round(next(odd_moments)))
        looks.append(gauge.look())
        vlc.until(lambda: not vlc.position.approximate)
        vlc.until_at(vlc.position.at_ms + round(next(odd_moments)))
    for look in looks:
        resumed.compare(*look)
    gauge.assert_true(0.7)
    resumed.assert_true(0.8)


def _still(vlc: VlcStage, gauge: Gauge) -> tuple[float, int]:
    """What is on screen once the picture has not changed for 0.12 s: three frames would have come."""
    frame, since_s = gauge.look()[1], time.monotonic()

    def stands() -> bool:
        nonlocal frame, since_s
        moment_s, now = gauge.look()
        if now != frame:
            frame, since_s = now, moment_s
        return moment_s - since_s > 0.12

    vlc.until(stands)
    return time.monotonic(), frame


def test_after_a_seek_once_it_is_resolved(vlc: VlcStage, gauge: Gauge, talk: Path) -> None:
    vlc.player.open(talk, paused=False)
    vlc.until_at(600)
    for target_ms in (12_000, 3_000, 8_520, 15_000, 1_000, 9_960):
        vlc.player.seek(target_ms)
        frame = target_ms // FRAME_MS
        vlc.until(lambda frame=frame: gauge.look()[1] in range(frame, frame + 10))
        look = gauge.look()
        vlc.until(lambda: not vlc.position.approximate)
        gauge.compare(*look)
    gauge.assert_true(0.8)


def test_a_stepped_frame(vlc: VlcStage, gauge: Gauge, talk: Path) -> None:
    vlc.player.open(talk, paused=False)
    vlc.until_at(1200)
    vlc.player.pause()
    _still(vlc, gauge)
    first = gauge.look()[1]
    for step in range(1, 6):
        vlc.player.next_frame()
        vlc.until(lambda step=step: gauge.look()[1] == first + step)
        gauge.compare(*gauge.look())
    assert len(set(gauge.ahead)) == 1, gauge.ahead
    gauge.assert_true(0.0)


AS_EARLY_AS = 4
"""A jump made while paused shows a picture up to so many frames early, where there are B-frames."""

HASTE: dict[str, Callable[[Player, int], object]] = {
    "seek then pause": lambda player, at_ms: (player.seek(at_ms), player.pause()),
    "pause then seek": lambda player, at_ms: (player.pause(), player.seek(at_ms)),
    "step then seek": lambda player, at_ms: (player.next_frame(), player.seek(at_ms)),
}


@pytest.mark.parametrize("haste", HASTE)
def test_a_jump_in_haste_shows_its_picture(vlc: VlcStage, gauge: Gauge, talk: Path, haste: str) -> None:
    vlc.player.open(talk, paused=False)
    vlc.until_at(400)
    for target_ms in (12_000, 3_000, 15_000):
        HASTE[haste](vlc.player, target_ms)
        vlc.until_reported(Seeked)
        first = target_ms // FRAME_MS - AS_EARLY_AS
        assert _still(vlc, gauge)[1] in range(first, first + AS_EARLY_AS + 2)
        assert vlc.position.at_ms == target_ms
        vlc.player.play()
        vlc.until_at(target_ms + 200)


def test_opens_paused_on_its_picture(vlc: VlcStage, gauge: Gauge, talk: Path, screen: str) -> None:
    for at_ms in (0, 4000, 11_000):
        vlc.player.open(talk, at_ms=at_ms)
        vlc.until_open()
        frame = at_ms // FRAME_MS
        vlc.until(lambda: frame_on_screen(screen) is not None)
        assert _still(vlc, gauge)[1] in range(frame - AS_EARLY_AS, frame + 2)


def test_a_window_that_was_busy_loses_nothing(vlc: VlcStage, gauge: Gauge, talk: Path) -> None:
    vlc.player.open(talk, paused=False)
    vlc.until_at(700)
    look = gauge.look()
    busy_until_s = time.monotonic() + 1.0
    while time.monotonic() < busy_until_s:
        pass
    gauge.compare(*look)
    vlc.player.unload()
    vlc.player.open(talk, at_ms=5000)
    vlc.until_open()
    gauge.assert_true(0.0)
