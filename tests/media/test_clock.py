"""The clock, on events made up: true ones, late ones, jittered ones, and none at all."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.media.clock import Clock, Position, rate_in_vlc
from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.stretch import PREPARED_S, SHOWN_LATE_MS, SPREAD_MOST_MS

START_S = 5000.0
LENGTH_MS = 3_600_000


class Recording:
    """What really happens: the clock is told of it by events, each `late_ms` on its way."""

    def __init__(self, at_ms: float = 10_000, rate: float = 1.0) -> None:
        self.clock = Clock()
        self.rate = rate_in_vlc(rate)
        self.at_ms = at_ms
        self.clock.open(START_S, round(at_ms), paused=False)
        self.clock.length_ms = LENGTH_MS
        if rate != 1.0:
            self.clock.change_rate(START_S, rate)

    def true_ms(self, moment_s: float) -> float:
        return self.at_ms + self.rate * 1000 * (moment_s - START_S)

    def tell(self, sent_s: float, late_ms: float = 0.0) -> None:
        moment_s = START_S + sent_s + late_ms / 1000
        self.clock.feed(self.clock.segment, moment_s, round(self.true_ms(START_S + sent_s)))

    def off_ms(self, after_s: float) -> float:
        """How far ahead of the picture on screen the clock is, so long after the opening."""
        moment_s = START_S + after_s
        shown_ms = max(self.at_ms, self.true_ms(moment_s - SHOWN_LATE_MS / 1000))
        return at(self.clock, after_s).at_ms - shown_ms


def at(clock: Clock, after_s: float) -> Position:
    position = clock.position_at(START_S + after_s)
    assert position is not None
    return position


def is_near(position: Position, at_ms: int, *, approximate: bool, paused: bool) -> bool:
    """Whether it says so, to a ms: a time lies between two whole ones."""
    return abs(position.at_ms - at_ms) <= 1 and (position.approximate, position.paused) == (
        approximate,
        paused,
    )


late = st.one_of(st.floats(0, 400), st.sampled_from([0.0, 400.0]))
rates = st.sampled_from([0.25, 0.5, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0])


@given(st.lists(late, max_size=40), rates, st.lists(st.integers(1, 300), max_size=5))
def test_asked_as_time_goes_by_it_never_runs_backwards(
    lateness: list[float], rate: float, pauses: list[int]
) -> None:
    recording = Recording(rate=rate)
    arrivals = sorted((0.3 + 0.25 * place + late_ms / 1000, place) for place, late_ms in enumerate(lateness))
    asked: list[int] = []
    for tick in range(300):
        while arrivals and arrivals[0][0] <= tick / 25:
            arrives_s, place = arrivals.pop(0)
            sent_s = 0.3 + 0.25 * place
            recording.tell(sent_s, 1000 * (arrives_s - sent_s))
        if tick in pauses:
            recording.clock.pause(START_S + tick / 25)
            asked.append(at(recording.clock, tick / 25).at_ms)
            recording.clock.resume(START_S + tick / 25)
        asked.append(at(recording.clock, tick / 25).at_ms)
    assert all(before <= after for before, after in pairwise(asked))


def test_events_that_come_late_one_after_another_do_not_turn_it_back() -> None:
    recording = Recording()
    for sent_s in (0.3, 0.55, 0.8):
        recording.tell(sent_s)
    before = at(recording.clock, 1.5)
    for sent_s in (1.05, 1.06, 1.07):
        recording.tell(sent_s, late_ms=440)
    assert at(recording.clock, 1.5).at_ms == before.at_ms
    assert at(recording.clock, 1.51).at_ms == before.at_ms


def test_of_many_events_the_late_ones_count_less() -> None:
    recording = Recording()
    for place, late_ms in enumerate([20, 0, 20, 20, 0, 20, 0, 20]):
        recording.tell(0.3 + place * 0.25, late_ms)
    assert recording.off_ms(1.2) == pytest.approx(0, abs=1)


def test_once_it_has_stumbled_the_events_since_count() -> None:
    recording = Recording()
    for place in range(8):
        recording.tell(0.3 + place * 0.25)
    for place in range(3):
        recording.tell(2.3 + place * 0.25, late_ms=100)
    assert recording.off_ms(2.95) == pytest.approx(-100, abs=1)


def test_an_event_held_up_beyond_a_pause_sets_the_pause_right() -> None:
    recording = Recording()
    recording.clock.grid = FrameGrid(25.0)
    playing = recording.clock.segment
    recording.tell(0.3, late_ms=200)
    recording.clock.pause(START_S + 1)
    assert at(recording.clock, 2).at_ms == 10_840
    recording.clock.feed(playing, START_S + 0.9, 10_900)
    assert at(recording.clock, 3).at_ms == 11_040


@given(st.lists(late, min_size=1, max_size=40), rates, st.floats(0, 20))
def test_it_is_never_early_and_never_later_than_the_latest_event(
    lateness: list[float], rate: float, asked_s: float
) -> None:
    recording = Recording(rate=rate)
    for number, late_ms in enumerate(lateness):
        recording.tell(0.3 + number * 0.3, late_ms)
    off_ms = recording.off_ms(asked_s)
    assert -recording.rate * max(lateness) - 2 <= off_ms <= 2


@given(st.lists(st.floats(0, SPREAD_MOST_MS / 5), min_size=8, max_size=40), rates)
def test_small_jitter_stays_within_a_frame(jitter: list[float], rate: float) -> None:
    recording = Recording(rate=rate)
    for number, late_ms in enumerate(jitter):
        recording.tell(0.3 + number * 0.3, late_ms)
    for number in range(len(jitter)):
        assert -recording.rate * SPREAD_MOST_MS / 5 - 2 <= recording.off_ms(0.3 + number * 0.3) <= 2


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_one_event_that_was_not_late_is_enough(shares: list[float]) -> None:
    recording = Recording()
    recording.tell(0.3)
    for share in shares:
        assert recording.off_ms(0.3 + share * 3) == pytest.approx(0, abs=1)


@given(st.integers(-1000, 2 * LENGTH_MS), st.floats(-10, 5000), st.booleans())
def test_it_stays_within_the_recording(target_ms: int, asked_s: float, paused: bool) -> None:
    recording = Recording()
    recording.clock.seek(START_S + 1, target_ms, paused=paused)
    recording.clock.feed(recording.clock.segment, START_S + 1.2, target_ms)
    recording.clock.pause(START_S + 2000)
    assert 0 <= at(recording.clock, asked_s).at_ms <= LENGTH_MS


def test_nothing_is_known_before_it_is_open_and_after_it_is_closed() -> None:
    clock = Clock()
    assert clock.position_at(START_S) is None
    assert clock.played_since_seek_ms(START_S) == 0
    for told in (clock.pause, clock.resume, clock.step, clock.end):
        told(START_S)
    clock.open(START_S, 500, paused=True)
    clock.close()
    assert clock.position_at(START_S) is None


def test_until_the_first_event_it_answers_the_target_and_calls_it_approximate() -> None:
    recording = Recording(at_ms=7000)
    assert at(recording.clock, 0.4) == Position(7000, approximate=True, paused=False)
    recording.tell(0.45)
    after_s = 0.5 + SHOWN_LATE_MS / 1000
    assert is_near(at(recording.clock, after_s), 7500, approximate=False, paused=False)
    recording.clock.seek(START_S + 1, 20_000, paused=False)
    assert at(recording.clock, 1.2) == Position(20_000, approximate=True, paused=False)


def test_an_event_makes_earlier_moments_better() -> None:
    recording = Recording()
    recording.tell(0.3, late_ms=200)
    assert recording.off_ms(0.6) == pytest.approx(-200, abs=1)
    recording.tell(0.9)
    assert recording.off_ms(0.6) == pytest.approx(0, abs=1)


def test_what_was_under_way_before_a_seek_counts_for_before_it() -> None:
    recording = Recording()
    recording.tell(0.3)
    playing = recording.clock.segment
    recording.clock.seek(START_S + 1, 60_000, paused=False)
    recording.clock.feed(playing, START_S + 1.01, 11_010)
    assert at(recording.clock, 1.05).at_ms == 60_000
    assert at(recording.clock, 0.9).at_ms == pytest.approx(10_900, abs=1)
    recording.clock.feed(9999, START_S + 1.1, 3)
    assert at(recording.clock, 1.2).at_ms == 60_000


def test_asking_about_the_past_does_not_hold_up_the_present() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.seek(START_S + 1, 2000, paused=False)
    assert at(recording.clock, 0.9).at_ms > 10_000
    assert at(recording.clock, 1.1).at_ms == 2000


@pytest.mark.parametrize(
    ("paused_ms", "still_ms"),
    [(0, 40), (10, 40), (32, 40), (33, 80), (39, 80), (41, 80), (72, 80), (73, 120)],
)
def test_paused_it_is_the_next_frame_that_stays(paused_ms: int, still_ms: int) -> None:
    recording = Recording()
    recording.clock.grid = FrameGrid(25.0)
    recording.tell(0.3)
    recording.clock.pause(START_S + 1 + (paused_ms + SHOWN_LATE_MS) / 1000)
    assert at(recording.clock, 60) == Position(11_000 + still_ms, approximate=False, paused=True)


def test_paused_without_known_frames_it_is_half_a_frame_on() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.pause(START_S + 1 + SHOWN_LATE_MS / 1000)
    assert at(recording.clock, 2).at_ms == pytest.approx(11_020, abs=1)


def test_a_pause_that_took_hold_late_is_set_right() -> None:
    recording = Recording()
    recording.clock.grid = FrameGrid(25.0)
    recording.tell(0.3)
    recording.clock.pause(START_S + 1)
    assert at(recording.clock, 2).at_ms == 11_040
    recording.clock.feed_pause(recording.clock.segment, START_S + 1.06)
    assert at(recording.clock, 2).at_ms == 11_080
    recording.clock.feed_pause(recording.clock.segment, START_S + 9)
    assert at(recording.clock, 2).at_ms == 11_080


def test_it_goes_on_from_where_it_was_paused() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.pause(START_S + 1)
    recording.clock.resume(START_S + 101)
    assert at(recording.clock, 101.5).at_ms == pytest.approx(11_500, abs=2)
    recording.clock.feed(recording.clock.segment, START_S + 102, 11_990)
    assert is_near(at(recording.clock, 102.5), 12_489, approximate=False, paused=False)


def test_steps_go_frame_by_frame_and_playing_goes_on_from_there() -> None:
    recording = Recording()
    recording.clock.grid = grid = FrameGrid(30_000 / 1001)
    recording.tell(0.3)
    recording.clock.step(START_S + 1)
    first = grid.number_at(at(recording.clock, 2).at_ms)
    assert first == grid.number_at(11_000 - SHOWN_LATE_MS + 1000 * PREPARED_S) + 2
    for step in range(1, 40):
        recording.clock.step(START_S + 2)
        assert grid.number_at(at(recording.clock, 3).at_ms) == first + step
    stood_ms = at(recording.clock, 3).at_ms
    recording.clock.resume(START_S + 4)
    assert at(recording.clock, 4.1).at_ms == stood_ms + 100


def test_a_rate_change_is_approximate_until_it_has_settled() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.change_rate(START_S + 1, 2.0)
    assert is_near(at(recording.clock, 1.1), 11_199, approximate=True, paused=False)
    recording.clock.feed(recording.clock.segment, START_S + 1.5, 12_000)
    assert at(recording.clock, 2.0).approximate
    assert not at(recording.clock, 2.5).approximate
    assert at(recording.clock, 2.5).at_ms == pytest.approx(14_000, abs=2)


def test_a_rate_changed_while_paused_holds_from_playing_on() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.pause(START_S + 1)
    stood_ms = at(recording.clock, 2).at_ms
    recording.clock.change_rate(START_S + 2, 0.5)
    assert at(recording.clock, 3).at_ms == stood_ms
    recording.clock.resume(START_S + 4)
    recording.clock.feed(recording.clock.segment, START_S + 4.5, 11_250)
    assert is_near(at(recording.clock, 5.0), 11_499, approximate=True, paused=False)
    assert not at(recording.clock, 6.0).approximate


def test_at_the_end_it_is_the_length() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.end(START_S + 1)
    assert at(recording.clock, 2) == Position(LENGTH_MS, approximate=False, paused=True)
    recording.clock.open(START_S + 3, 0, paused=False)
    recording.clock.end(START_S + 4)
    assert at(recording.clock, 5).at_ms == 0


def test_played_is_counted_from_the_last_open_or_seek() -> None:
    recording = Recording()
    recording.tell(0.3)
    assert recording.clock.played_since_seek_ms(START_S + 1) == pytest.approx(1000, abs=1)
    recording.clock.pause(START_S + 1)
    recording.clock.resume(START_S + 50)
    assert recording.clock.played_since_seek_ms(START_S + 51) == pytest.approx(2000, abs=1)
    recording.clock.seek(START_S + 60, 40_000, paused=True)
    assert recording.clock.played_since_seek_ms(START_S + 61) == 0
    recording.clock.resume(START_S + 70)
    assert recording.clock.played_since_seek_ms(START_S + 71) == pytest.approx(1000, abs=1)
    assert recording.clock.played_since_seek_ms(START_S + 51) == pytest.approx(2000, abs=1)


@given(st.floats(0, 30), st.sampled_from([25.0, 30_000 / 1001, 60.0]))
def test_a_position_in_whole_ms_lies_within_its_frame(after_s: float, frame_rate: float) -> None:
    recording = Recording(at_ms=0)
    recording.clock.grid = FrameGrid(frame_rate)
    recording.tell(0.3)
    shown_ms = 1000 * after_s - SHOWN_LATE_MS
    frame = max(0, math.floor((shown_ms + 1e-6) * frame_rate / 1000))
    at_ms = at(recording.clock, after_s).at_ms
    assert frame * 1000 / frame_rate <= at_ms + 1e-3
    assert at_ms < (frame + 1) * 1000 / frame_rate + 1e-3


def test_hours_of_it_cost_no_more() -> None:
    recording = Recording()
    for number in range(20_000):
        recording.tell(0.3 + number * 0.25)
    assert sum(len(segment.times_ms) for segment in recording.clock._stretches) < 5000
    for number in range(1000):
        recording.clock.pause(START_S + 5001 + number)
        recording.clock.resume(START_S + 5001.5 + number)
    assert len(recording.clock._stretches) < 500
    assert at(recording.clock, 6001).at_ms == LENGTH_MS


def test_vlc_keeps_a_rate_as_a_whole_number() -> None:
    assert rate_in_vlc(1.0) == 1.0
    assert rate_in_vlc(1.5) == pytest.approx(1.5015, abs=1e-4)
    assert rate_in_vlc(4.0) == 4.0


READY = 24
"""Frames that VLC keeps ready, as in these tests."""


class Slowed:
    """A recording of 25 frames a second whose rate changes after a second, with 24 frames ready."""

    def __init__(self, rate: float = 0.5) -> None:
        self.recording = Recording()
        self.clock = self.recording.clock
        self.clock.grid, self.clock.ready = FrameGrid(25.0), READY
        for sent_s in (0.3, 0.55, 0.8):
            self.recording.tell(sent_s)
        # Frame 274 is on screen, at 10,980 ms. The first one of the new rate is 298, at 11,920 ms.
        self.changed_s = START_S + 0.981
        self.clock.change_rate(self.changed_s, rate)
        self.clock.feed(self.clock.segment, self.changed_s + 0.4, 10_980 + 400 * rate_in_vlc(rate))

    def frame(self, after_ms: float) -> int:
        """What is on screen so long after the change."""
        return FrameGrid(25.0).number_at(at(self.clock, 0.981 + after_ms / 1000).at_ms)


def test_after_a_slower_rate_what_was_ready_is_shown_first_and_then_stands() -> None:
    slowed = Slowed(0.5)
    assert [slowed.frame(after_ms) for after_ms in (0, 100, 500, 900)] == [274, 277, 287, 297]
    assert [slowed.frame(after_ms) for after_ms in (1000, 1400, 1860)] == [297, 297, 297]
    assert [slowed.frame(after_ms) for after_ms in (1900, 2000, 2800)] == [298, 299, 309]


def test_after_a_faster_rate_the_picture_hops_when_the_new_one_has_come_there() -> None:
    slowed = Slowed(2.0)
    assert [slowed.frame(after_ms) for after_ms in (0, 100, 400, 460)] == [274, 277, 284, 286]
    assert [slowed.frame(after_ms) for after_ms in (480, 500, 1000)] == [298, 299, 324]


def test_such_a_change_is_approximate_only_until_an_event_tells_of_it() -> None:
    slowed = Slowed()
    assert slowed.clock.is_catching_up(slowed.changed_s + 1)
    assert not slowed.clock.is_catching_up(slowed.changed_s + 2)
    assert not at(slowed.clock, 1.2).approximate
    slowed.clock.change_rate(START_S + 5, 1.0)
    assert at(slowed.clock, 5.1).approximate


def test_a_pause_while_it_catches_up_holds_that_picture_and_it_goes_on_as_before() -> None:
    slowed = Slowed()
    slowed.clock.pause(slowed.changed_s + 0.5)
    assert slowed.frame(10_000) == 288
    slowed.clock.resume(slowed.changed_s + 60)
    assert [slowed.frame(60_000 + after_ms) for after_ms in (10, 100, 400, 900)] == [288, 289, 297, 297]
    assert slowed.frame(61_500) == 299


def test_of_two_changes_in_a_row_each_has_the_frames_that_were_ready_then() -> None:
    slowed = Slowed(2.0)
    slowed.clock.change_rate(slowed.changed_s + 0.2, 3.0)
    slowed.clock.feed(slowed.clock.segment, slowed.changed_s + 0.4, 10_980 + 400 + 600)
    # Frame 279 was on screen: 303 is the first one at three times the speed, but 298 comes first, at twice.
    assert [slowed.frame(after_ms) for after_ms in (100, 300, 360)] == [277, 282, 283]
    assert slowed.frame(460) >= 303


@given(st.lists(st.tuples(st.floats(0.05, 2), rates), min_size=1, max_size=12), st.floats(0.02, 30))
def test_however_the_rate_changes_it_never_runs_backwards(
    changes: list[tuple[float, float]], step_s: float
) -> None:
    recording = Recording()
    recording.clock.grid, recording.clock.ready = FrameGrid(25.0), READY
    recording.tell(0.3)
    moment_s, true_ms, rate = 1.0, recording.true_ms(START_S + 1.0), 1.0
    asked = [at(recording.clock, moment_s).at_ms]
    for for_s, rate in changes:
        recording.clock.change_rate(START_S + moment_s, rate)
        told_s = moment_s + for_s / 2
        recording.clock.feed(
            recording.clock.segment, START_S + told_s, true_ms + 500 * rate_in_vlc(rate) * for_s
        )
        true_ms += 1000 * rate_in_vlc(rate) * for_s
        for part in range(1, 9):
            asked.append(at(recording.clock, moment_s + for_s * part / 8).at_ms)
        moment_s += for_s
    asked.append(at(recording.clock, moment_s + step_s).at_ms)
    assert all(before <= after for before, after in pairwise(asked))


def test_a_jump_counts_from_the_moment_at_which_its_picture_came() -> None:
    recording = Recording()
    recording.tell(0.3)
    recording.clock.seek(START_S + 1, 60_000, paused=False)
    recording.clock.arrive(recording.clock.segment, START_S + 1.2, 59_990)
    assert at(recording.clock, 1.1) == Position(60_000, approximate=True, paused=False)
    assert is_near(at(recording.clock, 1.4001), 60_190, approximate=True, paused=False)
    recording.clock.feed(recording.clock.segment, START_S + 1.5, 60_300)
    assert is_near(at(recording.clock, 1.4001), 60_199, approximate=False, paused=False)


def test_it_stands_where_a_jump_landed_and_plays_on_from_the_players_own_time() -> None:
    recording = Recording()
    recording.clock.grid = FrameGrid(25.0)
    recording.clock.seek(START_S + 1, 60_005, paused=True)
    recording.clock.land(START_S + 1.3, 60_005, 59_972.0)
    assert at(recording.clock, 9) == Position(60_005, approximate=False, paused=True)
    recording.clock.resume(START_S + 10)
    assert at(recording.clock, 10.1).at_ms == pytest.approx(60_072, abs=1)


@given(st.floats(0, 5), st.sampled_from([24.0, 25.0, 30_000 / 1001, 50.0, 60.0, 120.0]), rates)
def test_a_moment_that_is_sure_is_near_and_well_within_a_frame(
    after_s: float, frame_rate: float, rate: float
) -> None:
    recording = Recording(rate=rate)
    recording.clock.grid = grid = FrameGrid(frame_rate)
    recording.tell(0.3)
    moment_s = START_S + 1 + after_s
    wait_s = recording.clock.until_sure_s(moment_s)
    lasts_s = 1 / frame_rate / recording.rate
    assert 0 <= wait_s <= min(0.0225, lasts_s) + 0.001
    shown_ms = recording.true_ms(moment_s + wait_s - SHOWN_LATE_MS / 1000)
    left_s = (grid.start_ms(grid.number_at(shown_ms) + 1) - shown_ms) / 1000 / recording.rate
    told_in_whole_ms_s = 0.0006 / recording.rate
    assert left_s > min(0.022, 0.9 * lasts_s - 0.001) - told_in_whole_ms_s


def test_nothing_is_to_be_waited_for_while_it_stands() -> None:
    recording = Recording()
    recording.clock.grid = FrameGrid(25.0)
    recording.tell(0.3)
    recording.clock.pause(START_S + 1)
    assert recording.clock.until_sure_s(START_S + 1.039) == 0
    assert Clock().until_sure_s(START_S) == 0


@pytest.mark.parametrize(("frame_rate", "still_frame"), [(15.0, 165), (20.0, 220), (24.0, 265), (25.0, 276)])
def test_where_few_frames_last_long_a_pause_takes_hold_at_once(frame_rate: float, still_frame: int) -> None:
    recording = Recording()
    recording.clock.grid, recording.clock.ready = FrameGrid(frame_rate), READY
    recording.tell(0.3)
    recording.clock.pause(START_S + 1.002)
    assert recording.clock.grid.number_at(at(recording.clock, 2).at_ms) == still_frame
