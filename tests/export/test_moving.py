"""Talks that changed places are merged where they stand now: once each, with what was edited by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export.rewrite import merge

INTRO, CLOSING = "# Part 1\n\nWhat I saw.", "More to come. Thanks for reading."

KNOWS = "The {0} knows each request."
GOOD = "It is {0}{0}{0} good."
LINK = "[Talk {0}](https://example.org/{0})"
CODE = "```\n# no heading {0}\n\n## nor this\n```"

LIST = {name: f"- {LINK} - {KNOWS} {GOOD}".format(name) for name in "abcdef"}
TIMELINE = {
    name: f"## {LINK}\n\n### First {{0}}\n\n{KNOWS}\n\n{CODE}\n\n{GOOD}".format(name) for name in "abcdef"
}
STYLES = pytest.mark.parametrize("talks", [LIST, TIMELINE], ids=["list", "timeline"])


def post(talks: dict[str, str], order: Sequence[str]) -> str:
    return "\n\n".join((INTRO, *(talks[name] for name in order), CLOSING)) + "\n"


def by_hand(text: str, *names: str) -> str:
    for name in names:
        text = text.replace(f"The {name} knows each", f"The {name} really knows each")
    return text


def links(text: str) -> list[str]:
    return re.findall(r"\[Talk .\]\(https://example.org/(.)\)", text)


@STYLES
@pytest.mark.parametrize("order", ["bca", "cba", "acb", "bac"])
@pytest.mark.parametrize("edited", ["a", "b", "c", "ac"])
def test_a_talk_that_the_program_moved_takes_its_hand_edit_along(
    talks: dict[str, str], order: str, edited: str
) -> None:
    before, program = post(talks, "abc"), post(talks, order)
    made = merge(before, program, by_hand(before, *edited))
    assert made.conflicts == ()
    assert made.text() == by_hand(program, *edited)


@STYLES
def test_a_talk_that_was_moved_by_hand_gets_what_the_program_says_now(talks: dict[str, str]) -> None:
    before, mine = post(talks, "abc"), post(talks, "cab")
    made = merge(before, by_hand(before, "a", "c"), mine)
    assert made.conflicts == ()
    assert made.text() == by_hand(mine, "a", "c")


@STYLES
def test_where_both_moved_talks_the_order_by_hand_stands(talks: dict[str, str]) -> None:
    before = post(talks, "abcd")
    made = merge(before, by_hand(post(talks, "dabc"), "b"), post(talks, "acbd"))
    assert made.conflicts == ()
    assert made.text() == by_hand(post(talks, "acbd"), "b")


@STYLES
def test_a_moved_talk_that_both_changed_is_one_conflict(talks: dict[str, str]) -> None:
    before = post(talks, "abc")
    mine = before.replace("The a knows each", "The a sees each")
    made = merge(before, post(talks, "bca").replace("The a knows each", "The a hears each"), mine)
    assert len(made.conflicts) == 1
    assert links(made.text()) == ["b", "c", "a"]


@STYLES
def test_a_new_talk_and_one_that_was_taken_out_by_hand(talks: dict[str, str]) -> None:
    before = post(talks, "abcd")
    mine = by_hand(post(talks, "acd"), "d")
    made = merge(before, post(talks, "daebc"), mine)
    assert made.conflicts == ()
    assert made.text() == by_hand(post(talks, "daec"), "d")


@STYLES
def test_what_was_written_at_the_end_stays_there(talks: dict[str, str]) -> None:
    before = post(talks, "abc")
    mine = f"{before.replace('More to come', 'Much more to come')}\nYours sincerely, with love.\n"
    text = merge(before, post(talks, "cba"), mine).text()
    assert text.endswith("Much more to come. Thanks for reading.\n\nYours sincerely, with love.\n")
    assert links(text) == ["c", "b", "a"]


NAMES = st.permutations("abcde").flatmap(lambda names: st.integers(0, 5).map(lambda n: names[:n]))
EDITS = st.sets(st.sampled_from("abcde"))


@st.composite
def orders(draw: st.DrawFn) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Talks before, of the program and by hand, who puts none there that the program will."""
    before = draw(NAMES)
    gone = draw(EDITS)
    return before, draw(NAMES), [name for name in draw(st.permutations(before)) if name not in gone]


@settings(deadline=None)
@given(st.sampled_from([LIST, TIMELINE]), orders(), st.booleans(), EDITS)
def test_no_talk_is_there_twice_in_silence_and_what_one_side_changed_is_the_result(
    talks: dict[str, str],
    names: tuple[Sequence[str], Sequence[str], Sequence[str]],
    by_program: bool,
    edited: set[str],
) -> None:
    before, program, mine = (post(talks, each) for each in names)
    program = program.replace("good", "fine") if by_program else program
    mine = by_hand(mine, *edited)
    assert merge(before, before, mine).text() == mine
    assert merge(before, program, before).text() == program
    assert merge(before, program, program).text() == program
    made = merge(before, program, mine)
    found = links(made.text())
    in_conflicts = {name for each in made.conflicts for name in links("".join(each.texts))}
    assert all(found.count(name) == 1 or name in in_conflicts for name in found)
    assert set(names[1]) & set(names[2]) <= set(found) | in_conflicts
