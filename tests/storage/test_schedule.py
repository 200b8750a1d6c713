"""When a save begins, to the millisecond: the rule told every moment by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.storage.schedule import LATEST_S, SHARE, Schedule

NEVER: None = None


def saved(schedule: Schedule, began_s: float, took_s: float, *, well: bool = True) -> None:
    schedule.began(began_s)
    schedule.ended(began_s + took_s, well=well)


def test_nothing_is_due_where_nothing_changed() -> None:
    schedule = Schedule()
    assert schedule.due_s is NEVER
    schedule.hurry()
    schedule.at_once()
    assert schedule.due_s is NEVER
    schedule.changed(100)
    schedule.began(101)
    assert schedule.due_s is NEVER


def test_a_save_waits_for_a_quiet_second_but_for_two_at_most() -> None:
    schedule = Schedule()
    schedule.changed(10)
    assert schedule.due_s == 11
    schedule.changed(10.6)
    assert schedule.due_s == 11.6
    schedule.changed(11.5)
    assert schedule.due_s == 10 + LATEST_S
    schedule.changed(11.9)
    assert schedule.due_s == 10 + LATEST_S


def test_what_changes_while_a_save_runs_waits_for_its_own() -> None:
    schedule = Schedule()
    schedule.changed(10)
    schedule.began(11)
    schedule.changed(11.2)
    schedule.ended(11.3, well=True)
    assert schedule.due_s == pytest.approx(11.2 + LATEST_S)


def test_a_hurried_save_begins_at_once_where_saves_are_quick() -> None:
    schedule = Schedule()
    schedule.changed(10)
    schedule.hurry()
    assert schedule.due_s == 10
    saved(schedule, 10, 0.004)
    schedule.changed(10.5)
    assert schedule.due_s == 11.5


def test_a_slow_save_takes_a_twentieth_of_the_time_but_nothing_waits_over_two_seconds() -> None:
    schedule = Schedule()
    schedule.changed(10)
    saved(schedule, 11, 0.1)
    schedule.changed(11.2)
    schedule.hurry()
    assert schedule.due_s == pytest.approx(11.1 + 1.9)
    saved(schedule, 13, 3.0)
    schedule.changed(16.5)
    schedule.hurry()
    assert schedule.due_s == 16.5 + LATEST_S


def test_at_once_is_at_once_however_slow_saves_are() -> None:
    schedule = Schedule()
    schedule.changed(10)
    saved(schedule, 11, 5)
    schedule.changed(16)
    schedule.at_once()
    assert schedule.due_s is not None
    assert schedule.due_s <= 16


def test_a_failed_save_is_tried_again_later_and_later() -> None:
    schedule = Schedule()
    schedule.changed(0)
    now, waits = 1.0, []
    for _ in range(8):
        saved(schedule, now, 0, well=False)
        due = schedule.due_s
        assert due is not None
        waits.append(due - now)
        now = due
    assert waits == [1, 2, 5, 10, 10, 10, 10, 10]
    saved(schedule, now, 0)
    assert schedule.due_s is NEVER
    schedule.changed(now)
    saved(schedule, now, 0, well=False)
    assert schedule.due_s == now + 1


def test_a_failed_save_is_tried_again_at_every_change() -> None:
    schedule = Schedule()
    schedule.changed(0)
    for now in (1, 2, 4, 9):
        saved(schedule, now, 0, well=False)
    assert schedule.due_s == 19
    schedule.changed(12)
    assert schedule.due_s == 13
    saved(schedule, 13, 0)
    assert schedule.due_s is NEVER


_steps = st.lists(
    st.tuples(st.sampled_from(["changed", "hurry"]), st.floats(0, 1.5), st.floats(0, 4)), max_size=60
)


@given(_steps)
def test_nothing_waits_for_over_two_seconds_but_for_a_save_that_runs(
    steps: list[tuple[str, float, float]],
) -> None:
    """Walks through time as the saver does; `waiting_s` is since when the oldest change is not in a save."""
    schedule, now, free_s = Schedule(), 0.0, 0.0
    waiting_s: float | None = None
    for what, pause_s, took_s in steps:
        now += pause_s
        while (due := schedule.due_s) is not None and max(due, free_s) <= now:
            began = max(due, free_s)
            assert waiting_s is not None
            assert began <= max(waiting_s + LATEST_S, free_s) + 1e-9
            schedule.began(began)
            schedule.ended(began + took_s, well=True)
            free_s, waiting_s = began + took_s, None
        if what == "changed":
            schedule.changed(now)
            waiting_s = now if waiting_s is None else waiting_s
        else:
            schedule.hurry()
        assert (schedule.due_s is None) == (waiting_s is None)


@given(st.floats(0.001, 0.09), st.integers(20, 60))
def test_saves_that_are_not_too_slow_take_their_share_at_most(took_s: float, count: int) -> None:
    schedule, now, began_at = Schedule(), 0.0, []
    for _ in range(count):
        schedule.changed(now)
        schedule.hurry()
        due = schedule.due_s
        assert due is not None
        now = max(now, due)
        began_at.append(now)
        saved(schedule, now, took_s)
        now += took_s
    spent, whole = took_s * (count - 1), began_at[-1] - began_at[0]
    assert spent / whole <= SHARE * 1.001
