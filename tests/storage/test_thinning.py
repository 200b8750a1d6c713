"""Which backups stay: hours, days, weeks; never without the newest, never over the limit, not all at once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.storage.thinning import AT_ONCE, GREAT_FOR, Kept, to_drop

NOW = datetime(2026, 3, 11, 15, 20, tzinfo=UTC)

ages = st.integers(-3 * 86_400, 3 * 365 * 86_400)
backups = st.lists(
    st.builds(
        lambda age_s, size, great: at(age_s, size, great=great), ages, st.integers(0, 99), st.booleans()
    )
)


def at(age_s: float, size: int = 1, *, great: bool = False) -> Kept:
    return Kept(NOW - timedelta(seconds=age_s), size, great)


def thinned(kept: list[Kept], now: datetime = NOW, limit: int = 10**9) -> list[Kept]:
    """Until nothing more goes."""
    while gone := to_drop(kept, now, limit, at_once=1000):
        kept = [one for place, one in enumerate(kept) if place not in gone]
    return kept


def test_none_of_none() -> None:
    assert to_drop([], NOW) == set()


def test_of_a_year_of_half_hours_stay_hours_days_and_weeks() -> None:
    kept: list[Kept] = []
    moment = NOW - timedelta(days=500)
    while moment <= NOW:
        kept.append(Kept(moment, 1))
        moment += timedelta(minutes=30)
    steps = Counter(_step(NOW - one.moment) for one in thinned(kept[-9000:]))
    assert steps["all"] == 5
    assert steps["hours"] in (46, 47)
    assert steps["days"] in (28, 29)
    whole = thinned([one for place, one in enumerate(kept) if place % 40 == 0])
    assert Counter(_step(NOW - one.moment) for one in whole)["weeks"] in (48, 49)
    assert Counter(_step(NOW - one.moment) for one in whole)["months"] in (5, 6)


def _step(age: timedelta) -> str:
    steps = (("all", timedelta(hours=2)), ("hours", timedelta(days=2)), ("days", timedelta(days=30)))
    return next((name for name, up_to in steps if age <= up_to), "weeks" if age.days < 365 else "months")


def test_what_was_made_as_time_went_is_thinned_as_if_all_at_once() -> None:
    """What is the last of its hour stays the last of its day: a day never ends up without one."""
    kept: list[Kept] = []
    for half_hours in range(48 * 20):
        now = NOW + timedelta(minutes=30 * half_hours)
        kept.append(Kept(now, 1))
        gone = to_drop(kept, now)
        kept = [one for place, one in enumerate(kept) if place not in gone]
    days = {one.moment.date() for one in kept}
    assert len(days) == 21
    assert len(kept) < 5 + 47 + 20


@given(backups)
def test_the_newest_stays_and_little_goes_at_once(kept: list[Kept]) -> None:
    gone = to_drop(kept, NOW)
    assert len(gone) <= AT_ONCE
    if kept:
        assert max(one.moment for one in kept) in {
            one.moment for place, one in enumerate(kept) if place not in gone
        }


@given(backups)
def test_what_came_before_something_great_stays_for_long(kept: list[Kept]) -> None:
    fresh = [one for one in kept if one.is_great and NOW - one.moment <= GREAT_FOR]
    left = thinned(kept)
    assert not Counter(fresh) - Counter(left)


@given(backups)
def test_every_period_that_had_one_has_one(kept: list[Kept]) -> None:
    left = thinned(kept)
    for length, oldest in ((1, 2), (24, 30)):
        for one in kept:
            if NOW - one.moment <= timedelta(days=oldest):
                assert any(abs(one.moment - other.moment) <= timedelta(hours=length) for other in left)


@given(backups, st.integers(0, 2000))
def test_no_more_than_the_limit(kept: list[Kept], limit: int) -> None:
    left = thinned(kept, limit=limit)
    assert sum(one.size for one in left) <= limit or len(left) == 1


def test_over_the_limit_old_moments_stay_represented() -> None:
    kept = [at(86_400 * days, 10) for days in range(29)]
    left = thinned(kept, limit=60)
    ages = sorted((NOW - one.moment).days for one in left)
    assert len(ages) == 6
    assert ages[0] == 0
    assert ages[-1] == 28
    assert any(2 <= age <= 8 for age in ages)
    assert any(9 <= age <= 20 for age in ages)


@pytest.mark.parametrize("great", [True, False])
def test_in_its_period_what_is_great_stays(great: bool) -> None:
    """Long after too, where it is one of many of its week."""
    week = [at(86_400 * (200 + day / 10), great=great and day == 3) for day in range(5)]
    left = thinned([*week, at(0)])
    assert any(one.is_great for one in left) is great


def test_a_clock_that_is_years_ahead_costs_few() -> None:
    kept = [at(86_400 * 400 + 600 * place) for place in range(50)]
    assert len(to_drop(kept, NOW)) == AT_ONCE


def test_the_newest_stays_beside_a_great_one_of_its_week() -> None:
    week = [at(86_400 * 201, great=True), at(86_400 * 200.5)]
    assert len(thinned(week)) == 2
