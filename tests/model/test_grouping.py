"""The groups that the list of talks shows, and what moving a talk in it does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import grouping
from desktopnotes.model.grouping import REST, By
from desktopnotes.model.notebook import Notebook, Post, State, Talk
from tests.model.walks import notebooks

TALKS = (
    Talk("a", title="A", speakers=("Zoe", "Adam"), tags=("mesh",), state="watched"),
    Talk("b", title="B", tags=("mesh", "cost")),
    Talk("c", title="C", speakers=("Adam",), state="watching"),
    Talk("d", title="D"),
)
BOOK = Notebook("book", talks=TALKS, posts=(Post("p1", "An Event - Part 1", talks=("c", "a")), Post("p2")))


def shown(notebook: Notebook, by: str) -> dict[str, str]:
    return {group.title: "".join(talk.id for talk in group.talks) for group in grouping.groups(notebook, by)}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.POST, {"Part 1": "ca", "Untitled post": "", "Not in a post yet": "bd"}),
        (By.STATE, {"Watching": "c", "To watch": "bd", "Watched": "a"}),
        (By.SPEAKERS, {"Adam": "ac", "Zoe": "a", "No speakers": "bd"}),
        (By.TAGS, {"cost": "b", "mesh": "ab", "No tags": "cd"}),
        (By.NONE, {"": "abcd"}),
    ],
)
def test_the_groups(by: str, expected: dict[str, str]) -> None:
    found = shown(BOOK, by)
    assert found == expected
    assert list(found) == list(expected)


def test_the_order_has_each_talk_once_where_it_stands_first() -> None:
    assert grouping.order(BOOK, By.SPEAKERS) == ("a", "c", "b", "d")
    assert grouping.order(BOOK, By.POST) == ("c", "a", "b", "d")


@pytest.mark.parametrize(
    ("moved", "from_group", "to_group", "before", "expected"),
    [
        ("a", "p1", "p1", "c", {"Part 1": "ac", "Untitled post": "", "Not in a post yet": "bd"}),
        ("a", "p1", "p2", "", {"Part 1": "c", "Untitled post": "a", "Not in a post yet": "bd"}),
        ("b", REST, "p1", "a", {"Part 1": "cba", "Untitled post": "", "Not in a post yet": "d"}),
        ("c", "p1", REST, "d", {"Part 1": "a", "Untitled post": "", "Not in a post yet": "bcd"}),
        ("c", "p1", REST, "", {"Part 1": "a", "Untitled post": "", "Not in a post yet": "bdc"}),
        ("d", REST, REST, "b", {"Part 1": "ca", "Untitled post": "", "Not in a post yet": "db"}),
    ],
)
def test_a_talk_goes_to_another_place_or_post(
    moved: str, from_group: str, to_group: str, before: str, expected: dict[str, str]
) -> None:
    after = grouping.place(BOOK, moved, By.POST, from_group, to_group, before)
    assert shown(after, By.POST) == expected


def test_in_a_post_the_notebooks_own_order_stays() -> None:
    after = grouping.place(BOOK, "a", By.POST, "p1", "p1", "c")
    assert after.talks is BOOK.talks


def test_another_states_group_gives_the_state() -> None:
    after = grouping.place(BOOK, "d", By.STATE, State.TO_WATCH, State.WATCHED, "a")
    assert shown(after, By.STATE) == {"Watching": "c", "To watch": "b", "Watched": "da"}


def test_a_speakers_group_takes_no_talk_of_another() -> None:
    assert grouping.place(BOOK, "d", By.SPEAKERS, REST, "Adam", "") is BOOK
    assert shown(grouping.place(BOOK, "c", By.SPEAKERS, "Adam", "Adam", "a"), By.SPEAKERS)["Adam"] == "ca"


def test_steps_stop_at_the_ends_of_the_group() -> None:
    assert grouping.step(BOOK, "c", By.POST, -1) is BOOK
    assert grouping.step(BOOK, "a", By.POST, 1) is BOOK
    assert grouping.order(grouping.step(BOOK, "c", By.POST, 1), By.POST) == ("a", "c", "b", "d")
    assert grouping.order(grouping.step(BOOK, "d", By.POST, -1), By.POST) == ("c", "a", "d", "b")


def test_a_talk_to_watch_again_begins_at_its_beginning() -> None:
    book = replace(BOOK, talks=(replace(TALKS[0], position_ms=5000),))
    assert grouping.set_state(book, "a", State.TO_WATCH).talks[0].position_ms == 0
    assert grouping.set_state(book, "a", State.WATCHED) is book


@given(notebooks(), st.sampled_from(By), st.integers(0, 5), st.sampled_from([-1, 1]))
def test_a_step_and_a_step_back_give_the_same_order(book: Notebook, by: By, pick: int, steps: int) -> None:
    talk_id = book.talks[pick % len(book.talks)].id
    after = grouping.step(book, talk_id, by, steps)
    assert sorted(grouping.order(after, by)) == sorted(grouping.order(book, by))
    if after is not book:
        assert grouping.order(grouping.step(after, talk_id, by, -steps), by) == grouping.order(book, by)
