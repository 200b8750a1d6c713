"""From where a jump is played to its frame, and when it is paused there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.landing import READY_MS, Landing

RATES = st.sampled_from([24.0, 25.0, 30_000 / 1001, 60.0, 120.0])


@given(RATES, st.integers(50, 3_600_000))
def test_paused_in_time_it_stands_on_the_frame_asked_for(rate: float, at_ms: int) -> None:
    grid = FrameGrid(rate)
    landing = Landing(grid, at_ms)
    landed = landing.after(landing.pause_after_s)
    number = grid.number_at(at_ms)
    assert landed.is_right
    assert landed.at_ms == at_ms
    assert landed.player_ms < grid.start_ms(number)
    assert 0 <= landing.from_ms <= grid.start_ms(number)
    assert landing.pause_after_s < 0.2


@pytest.mark.parametrize(("late_ms", "frame"), [(30, 251), (70, 252), (400, 260)])
def test_a_pause_that_took_hold_late_is_told(late_ms: int, frame: int) -> None:
    landing = Landing(FrameGrid(25.0), 10_000)
    landed = landing.after(landing.pause_after_s + late_ms / 1000)
    assert (landed.at_ms, landed.is_right) == (frame * 40, False)


def test_for_one_of_the_first_frames_it_is_played_from_the_start() -> None:
    landing = Landing(FrameGrid(25.0), 40)
    assert landing.from_ms == 0
    assert landing.pause_after_s * 1000 == pytest.approx(40 - 28 + READY_MS)
    assert landing.after(landing.pause_after_s).is_right


def test_frames_of_uneven_length() -> None:
    grid = FrameGrid(20.0, 0.0, (0.0, 20.0, 67.0, 100.0, 167.0, 207.0, 307.0, 332.0, 390.0))
    landing = Landing(grid, 310)
    landed = landing.after(landing.pause_after_s)
    assert landed.is_right
    assert 307 - 28.1 < landed.player_ms < 307


def test_up_to_a_frame_that_comes_after_a_very_long_one_it_is_not_played_for_long() -> None:
    landing = Landing(FrameGrid(1 / 72), 36_000_000)
    assert landing.pause_after_s < 0.2
    assert landing.after(landing.pause_after_s).is_right
