"""Frames by their times, even and uneven ones."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.media.frame_grid import FrameGrid

RATES = st.sampled_from([24_000 / 1001, 24.0, 25.0, 30_000 / 1001, 50.0, 60_000 / 1001, 60.0, 120.0])
DURATIONS = st.lists(st.floats(5, 500), min_size=1, max_size=200)


@given(st.integers(0, 36_000 * 120), RATES, st.floats(0, 500))
def test_the_first_whole_ms_of_a_frame_leads_to_it(number: int, rate: float, first_ms: float) -> None:
    grid = FrameGrid(rate, first_ms)
    assert grid.number_at(grid.start_ms(number)) == number
    assert grid.number_at(grid.whole_start_ms(number)) == number
    assert -1e-5 < grid.whole_start_ms(number) - grid.start_ms(number) < 1


@given(DURATIONS, st.floats(0, 500))
def test_frames_of_uneven_length_are_told_apart(durations: list[float], first_ms: float) -> None:
    starts = [*accumulate(durations, initial=first_ms)]
    grid = FrameGrid(25.0, first_ms, starts)
    for number, start_ms in enumerate(starts):
        assert grid.number_at(start_ms) == number
        assert grid.start_ms(number) == start_ms
    assert grid.start_ms(len(starts)) == starts[-1] + 40
    assert grid.number_at(starts[-1] + 10_000) == len(starts) - 1


@given(st.floats(0, 1e7), RATES)
def test_rounded_down_a_time_stays_in_its_frame(at_ms: float, rate: float) -> None:
    grid = FrameGrid(rate)
    whole_ms = grid.within(at_ms)
    assert grid.number_at(whole_ms) == grid.number_at(at_ms)
    assert abs(whole_ms - at_ms) <= 1


def test_before_the_first_frame_it_is_the_first() -> None:
    for grid in (FrameGrid(25.0, 14.0), FrameGrid(25.0, 14.0, (14.0, 54.0))):
        assert grid.number_at(0) == grid.number_at(13.9) == grid.number_at(53.9) == 0
        assert grid.start_ms(-3) == 14.0
        assert grid.within(0) == 14


def test_a_frame_of_a_film_begins_where_ffmpeg_says() -> None:
    assert FrameGrid(30_000 / 1001).start_ms(280) == pytest.approx(9342.6667, abs=1e-3)
