"""The rows of the preferences: none is missing, and what is typed is taken or answered by a sentence."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.errors import UserError
from desktopnotes.model.settings import Settings, valid
from desktopnotes.ui.preference_rows import GROUPS, ROWS, Kind, Row, parsed, shown, stepped

ELSEWHERE = {
    "unknown": "is what other versions of the program keep in the file",
    "hints_seen": "is what “Got It” keeps; Show Hints empties it",
    "style": "is what the post view chose last",
    "site": "is what the post view chose last",
    "talks_by": "is chosen in the menu Talk, Group Talks by",
    "volume": "has a knob under the picture",
    "muted": "has a button under the picture",
}

TYPED = [row for row in ROWS if row.kind in (Kind.SECONDS, Kind.NUMBER)]


def test_every_setting_has_its_row() -> None:
    names = [row.setting for row in ROWS]
    assert len(set(names)) == len(names)
    assert {*names, *ELSEWHERE} == {each.name for each in fields(Settings)}
    assert {row.group for row in ROWS} == set(GROUPS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.setting)
def test_a_row_reads_well(row: Row) -> None:
    assert row.help.endswith(".")
    assert row.label[0].isupper()
    assert not row.label.endswith((".", ":"))


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.kind not in (Kind.SWITCH, Kind.KEYS, Kind.LEARNED)],
    ids=lambda row: row.setting,
)
def test_what_is_shown_is_taken_as_it_is(row: Row) -> None:
    first = getattr(Settings(), row.setting)
    assert parsed(row, shown(row, first)) == first


@pytest.mark.parametrize("row", TYPED, ids=lambda row: row.setting)
@given(text=st.text(max_size=8) | st.floats().map(str) | st.integers().map(str))
def test_whatever_is_typed_is_valid_or_answered(row: Row, text: str) -> None:
    try:
        value = parsed(row, text)
    except UserError as error:
        said = error.message
    else:
        said = "Type " if valid(row.setting, value) else f"took {value}"
    assert said.startswith("Type ")


@pytest.mark.parametrize("row", TYPED, ids=lambda row: row.setting)
@given(by=st.integers(-50, 50))
def test_arrows_stay_within_the_limits(row: Row, by: int) -> None:
    assert valid(row.setting, stepped(row, getattr(Settings(), row.setting), by))


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        ("stamp_back_ms", "1.5", 1500),
        ("stamp_back_ms", "1,5 s", 1500),
        ("stamp_back_ms", "0", 0),
        ("font_size", "12 points", 12),
        ("font_size", "the system's", 0),
        ("font_size", "", 0),
        ("rate_step", "0,25", 0.25),
        ("theme", "Dark", "dark"),
        ("quality", "Sound alone", 0),
        ("title_separator", " – ", " – "),
    ],
)
def test_usual_ways_to_write_it(setting: str, text: str, value: Any) -> None:
    assert parsed(next(row for row in ROWS if row.setting == setting), text) == value
