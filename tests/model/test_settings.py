"""Which values a setting may have."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.settings import Settings, valid

NAMES = [each.name for each in fields(Settings) if each.name != "unknown"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_may_be_its_default(name: str) -> None:
    assert valid(name, getattr(Settings(), name))


@given(st.sampled_from(NAMES), JSON)
def test_what_is_valid_has_the_type_of_its_default(name: str, value: Any) -> None:
    if valid(name, value):
        default = getattr(Settings(), name)
        assert isinstance(value, (int, float) if name == "rate_step" else type(default))
        assert isinstance(value, bool) == isinstance(default, bool)


@given(JSON)
def test_there_is_no_other_setting(value: Any) -> None:
    assert not valid("unknown", value)
    assert not valid("colour", value)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("stamp_back_ms", 0, 60_000),
        ("step_back_on_resume_ms", 0, 60_000),
        ("skip_ms", 100, 600_000),
        ("font_size", 0, 72),
        ("volume", 0, 100),
    ],
)
def test_a_number_lies_within_its_limits(name: str, low: int, high: int) -> None:
    assert [valid(name, n) for n in (low - 1, low, high, high + 1)] == [False, True, True, False]
    assert not valid(name, low + 0.5)


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("rate_step", 0.25, True),
        ("rate_step", 1, True),
        ("rate_step", float("nan"), False),
        ("rate_step", float("inf"), False),
        ("volume", True, False),
        ("follow", 1, False),
        ("theme", "dark", True),
        ("theme", "pink", False),
        ("theme", ["dark"], False),
        ("keys", {"notes.stamp": ["Mod+T", "F2"]}, True),
        ("keys", {"notes.stamp": ()}, True),
        ("keys", {"notes.stamp": "Mod+T"}, False),
        ("keys", {"notes.stamp": [5]}, False),
        ("keys", {5: ["Mod+T"]}, False),
        ("keys", ["Mod+T"], False),
        ("language", None, False),
    ],
)
def test_a_value_fits_or_not(name: str, value: Any, fits: bool) -> None:
    assert valid(name, value) is fits
