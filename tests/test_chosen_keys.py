"""The user's own keys: what holds, who gives a key up, and which keys are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.commands import COMMANDS, by_id
from desktopnotes.commands.chosen_keys import (
    Own,
    Where,
    as_at_first,
    clash,
    held,
    refusal,
    with_keys,
)
from desktopnotes.commands.chosen_keys import given as after_giving

STAMP, RESTAMP = by_id("notes.stamp"), by_id("notes.restamp")
KEYS = st.sampled_from(["Mod+T", "Mod+Shift+T", "F5", "T", "Space", "Mod+Alt+1", "Alt+Up"])


def test_a_key_of_another_command_is_a_clash_wherever_it_works() -> None:
    assert clash(RESTAMP, Where.TEXT, "Mod+T", {}) == (STAMP, Where.TEXT)
    assert clash(RESTAMP, Where.VIDEO, "T", {}) == (STAMP, Where.VIDEO)
    assert clash(RESTAMP, Where.VIDEO, "Mod+T", {}) == (STAMP, Where.TEXT)
    assert clash(STAMP, Where.TEXT, "Mod+T", {}) is None
    assert clash(STAMP, Where.TEXT, "F5", {}) is None


def test_who_had_the_key_gives_it_up() -> None:
    own = after_giving({}, RESTAMP, Where.TEXT, "Mod+T", beside=True)
    assert held(RESTAMP, Where.TEXT, own) == ("Mod+Shift+T", "Mod+T")
    assert held(STAMP, Where.TEXT, own) == ()
    assert held(STAMP, Where.VIDEO, own) == ("T",)


def test_a_key_in_place_of_those_before() -> None:
    own = after_giving({}, by_id("edit.redo"), Where.TEXT, "F5", beside=False)
    assert own == {"edit.redo": ("F5",)}


def test_first_keys_leave_no_trace_in_the_settings() -> None:
    own = with_keys({"notes.stamp": ("F5",)}, STAMP, Where.TEXT, ("Mod+T",))
    assert own == {}
    assert as_at_first({"notes.stamp": ("F5",), "notes.stamp.video": (), "x": ("A",)}, STAMP) == {"x": ("A",)}


@given(
    st.lists(st.tuples(st.sampled_from(COMMANDS), st.sampled_from(Where), KEYS, st.booleans()), max_size=8)
)
def test_however_keys_are_given_no_two_commands_have_one(steps: list) -> None:  # type: ignore[type-arg]
    own: Own = {}
    for command, where, key, beside in steps:
        own = after_giving(own, command, where, key, beside=beside)
        assert key in held(command, where, own)
        everything = [each for one in COMMANDS for place in Where for each in held(one, place, own)]
        assert len(everything) == len(set(everything))


NEVER = "T Shift+T Space Enter Shift+Enter Tab Shift+Tab Esc Left Delete é Mod+Left Mod+Shift+End Alt+F"


@pytest.mark.parametrize("key", [*NEVER.split(), "dead_acute", "PgDn", "odiaeresis"])
def test_what_types_moves_or_is_needed_everywhere_is_refused(key: str) -> None:
    assert refusal(key, Where.TEXT).endswith(".")


@pytest.mark.parametrize(
    "key", ["F5", "Shift+F5", "Mod+B", "Alt+1", "Mod+Shift+C", "Mod+Up", "XF86AudioPlay"]
)
def test_the_rest_is_free(key: str) -> None:
    assert refusal(key, Where.TEXT) == ""


@pytest.mark.parametrize("key", ["T", "Enter", "Left", "Shift+T"])
def test_on_the_video_bare_keys_are_free(key: str) -> None:
    assert refusal(key, Where.VIDEO) == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_no_first_key_would_be_refused(command: object) -> None:
    exempt = {"Tab", "Shift+Tab", "Esc", "Shift+Delete", "Shift+Insert"}  # as they are everywhere
    for where in Where:
        for key in held(command, where, {}):  # type: ignore[arg-type]
            assert key in exempt or refusal(key, where) == ""
