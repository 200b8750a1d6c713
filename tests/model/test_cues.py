"""Cues of real files: unordered, overlapping, below zero, rolling."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.cues import LONGEST_MS, Cue, put_right

times = st.integers(-10_000, 40_000) | st.integers(-LONGEST_MS * 2, LONGEST_MS * 2)
words = st.sampled_from(["one", "two", "three\nfour", " five ", "", " \n ", "one\ntwo"])
cues = st.lists(st.builds(Cue, times, times, words), max_size=12)


@given(cues)
def test_whatever_comes_stands_in_order_one_after_the_other(given_cues: list[Cue]) -> None:
    right = put_right(given_cues)
    assert all(0 <= cue.start_ms < cue.end_ms <= LONGEST_MS for cue in right)
    assert all(first.end_ms <= second.start_ms for first, second in pairwise(right))
    assert all(cue.text == cue.text.strip() != "" for cue in right)


@given(cues)
def test_what_is_right_stays_as_it_is(given_cues: list[Cue]) -> None:
    right = put_right(given_cues)
    apart = tuple(Cue(cue.start_ms, cue.end_ms, f"{i}: {cue.text}") for i, cue in enumerate(right))
    assert put_right(apart) == apart


@given(cues)
def test_every_word_within_the_recording_is_kept(given_cues: list[Cue]) -> None:
    numbered = [
        Cue(cue.start_ms, cue.end_ms, f"word{i}") if cue.text.strip() else cue
        for i, cue in enumerate(given_cues)
    ]
    inside = {cue.text for cue in numbered if cue.text.strip() and 0 <= cue.start_ms < cue.end_ms}
    inside -= {cue.text for cue in numbered if cue.end_ms > LONGEST_MS}
    assert inside <= {word for cue in put_right(numbered) for word in cue.text.split()}


@pytest.mark.parametrize(
    ("given_cues", "right"),
    [
        ([Cue(5, 9, "b"), Cue(1, 4, "a")], [Cue(1, 4, "a"), Cue(5, 9, "b")]),
        ([Cue(-500, 700, "a")], [Cue(0, 700, "a")]),
        ([Cue(-500, -100, "a")], []),
        ([Cue(100, 900, "a"), Cue(600, 1200, "b")], [Cue(100, 600, "a"), Cue(600, 1200, "b")]),
        ([Cue(100, 900, "a"), Cue(100, 1200, "b")], [Cue(100, 1200, "a\nb")]),
        ([Cue(5000, 100, "a")], [Cue(5000, 7000, "a")]),
        ([Cue(5000, 5000, "a"), Cue(6000, 6500, "b")], [Cue(5000, 6000, "a"), Cue(6000, 6500, "b")]),
        ([Cue(LONGEST_MS, LONGEST_MS + 1, "a")], []),
    ],
)
def test_wrong_times_are_put_right_or_dropped(given_cues: list[Cue], right: list[Cue]) -> None:
    assert list(put_right(given_cues)) == right


def test_what_rolls_up_is_said_once() -> None:
    rolling = [
        Cue(320, 2389, "hello and welcome"),
        Cue(2389, 2399, "hello and welcome"),
        Cue(2399, 4789, "hello and welcome\nto this talk"),
        Cue(4789, 4799, "to this talk"),
        Cue(4799, 7000, "to this talk\nabout notes"),
    ]
    assert [cue.text for cue in put_right(rolling)] == ["hello and welcome", "to this talk", "about notes"]
    assert [cue.start_ms for cue in put_right(rolling)] == [320, 2399, 4799]


def test_what_is_said_again_later_is_said_twice() -> None:
    said = (Cue(0, 1000, "No."), Cue(1500, 2000, "No."))
    assert put_right(said) == said
