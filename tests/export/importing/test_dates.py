"""Dates as posts write them, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.export.importing.dates import day_of, is_wrong_day
from desktopnotes.export.languages import LANGUAGES, written_date


@given(st.dates(), st.sampled_from(LANGUAGES), st.sampled_from(["%b %-d, %Y", "%A, %-d %B %Y", "%Y-%m-%d"]))
def test_every_date_that_posts_have_is_read(day, words, form) -> None:  # type: ignore[no-untyped-def]
    if day.year > 999:
        assert day_of(written_date(day, form, words)) == day.isoformat()


@pytest.mark.parametrize(
    "line", ["May I, 2018?", "2018", "12 notes", "Jan", "", "31 Feb 2018", "1 2 Mar 2018"]
)
def test_other_lines_are_no_dates(line: str) -> None:
    assert day_of(line) == ""


def test_a_day_that_no_calendar_has_is_told_from_other_lines() -> None:
    assert [is_wrong_day(line) for line in ("2018-02-31", "2018-02-28", "2018", "words")] == [
        True,
        False,
        False,
        False,
    ]
