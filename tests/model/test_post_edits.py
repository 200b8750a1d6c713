"""Posts: their fields, the talks in them and their order, and the parts of an event."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import post_edits
from desktopnotes.model.notebook import Exported, Notebook, Post, Published, Talk
from desktopnotes.model.settings import Settings
from tests.model.walks import notebooks

TALKS = tuple(Talk(name) for name in "abcd")
PART_1 = Post("p1", "An Event Notes - Part 1", talks=("c", "a"))
BOOK = Notebook("book", "An Event", talks=TALKS, posts=(PART_1,))
PATTERN = "{event} Notes - Part {n}"


def talks(notebook: Notebook) -> str:
    return " ".join("".join(post.talks) for post in notebook.posts)


# --- talks in a post ---------------------------------------------------------------------------------


def test_a_talk_is_put_at_the_end_and_taken_out_and_stays_in_the_notebook() -> None:
    longer = post_edits.put_in(BOOK, "p1", "b")
    assert talks(longer) == "cab"
    assert post_edits.put_in(longer, "p1", "b") is longer
    shorter = post_edits.take_out(longer, "p1", "c")
    assert talks(shorter) == "ab"
    assert shorter.talks is TALKS
    assert post_edits.take_out(shorter, "p1", "d") is shorter


@pytest.mark.parametrize("by", [1, -1, 5, -5, 0])
def test_a_step_stops_at_the_ends(by: int) -> None:
    full = replace(BOOK, posts=(replace(PART_1, talks=("a", "b", "c", "d")),))
    expected = {1: "acbd", -1: "bacd", 5: "acdb", -5: "bacd", 0: "abcd"}[by]
    assert talks(post_edits.step(full, "p1", "b", by)) == expected


@given(notebooks(), st.integers(0, 9), st.integers(-9, 9))
def test_a_step_and_its_way_back_change_nothing_in_sum(notebook: Notebook, pick: int, by: int) -> None:
    post = notebook.posts[0]
    if not post.talks:
        return
    talk_id = post.talks[pick % len(post.talks)]
    there = post_edits.step(notebook, post.id, talk_id, by)
    moved = there.posts[0].talks.index(talk_id) - post.talks.index(talk_id)
    assert sorted(there.posts[0].talks) == sorted(post.talks)
    assert abs(moved) <= abs(by)
    assert post_edits.step(there, post.id, talk_id, -moved) == notebook


@given(notebooks(), st.integers(0, 9), st.integers(0, 9))
def test_a_talk_placed_before_another_stands_right_before_it(
    notebook: Notebook, pick: int, other: int
) -> None:
    post = notebook.posts[0]
    if len(post.talks) < 2:
        return
    talk_id, before_id = (post.talks[number % len(post.talks)] for number in (pick, other))
    after = post_edits.place_before(notebook, post.id, talk_id, before_id).posts[0].talks
    assert sorted(after) == sorted(post.talks)
    if talk_id != before_id:
        assert after.index(talk_id) + 1 == after.index(before_id)
    at_the_end = post_edits.place_before(notebook, post.id, talk_id, "").posts[0].talks
    assert at_the_end[-1] == talk_id


def test_what_is_in_no_post_or_no_notebook_is_not_moved_or_put_in() -> None:
    assert post_edits.put_in(BOOK, "p1", "gone") is BOOK
    assert post_edits.put_in(BOOK, "gone", "b") is BOOK
    assert post_edits.step(BOOK, "p1", "b", 1) is BOOK
    assert post_edits.place_before(BOOK, "p1", "b", "c") is BOOK


# --- fields ------------------------------------------------------------------------------------------


def test_a_field_that_is_the_same_changes_nothing() -> None:
    assert post_edits.set_fields(BOOK, "p1", title=PART_1.title, tags=()) is BOOK
    assert post_edits.set_fields(BOOK, "p1", slug="part-1").posts[0] == replace(PART_1, slug="part-1")


def test_published_is_set_and_cleared_and_keeps_what_another_version_wrote() -> None:
    out = post_edits.set_published(BOOK, "p1", "2018-01-12", "https://example.org/1")
    assert out.posts[0].published == Published("2018-01-12", "https://example.org/1")
    newer = replace(BOOK, posts=(replace(PART_1, published=Published("2018", unknown={"views": 7})),))
    assert post_edits.set_published(newer, "p1", "2019", "").posts[0].published == Published(
        "2019", unknown={"views": 7}
    )
    assert post_edits.set_published(out, "p1", "", "") == BOOK
    assert post_edits.set_published(BOOK, "p1", "", "") is BOOK


# --- parts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "titles", "expected"),
    [
        (PATTERN, (), 1),
        (PATTERN, ("An Event Notes - Part 1",), 2),
        (PATTERN, ("Another Event Notes - Part 7", "On the side"), 8),
        (PATTERN, ("An Event Notes - Part 3",), 4),
        (PATTERN, ("Something else", "Another"), 3),
        ("{event}: {n}. part of {n}", ("An Event: 4. part of 4",), 5),
        ("Notes (+)", ("Notes (+)",), 2),
        (PATTERN, ("An Event Notes - Part 99999999999999999999",), 2),
    ],
)
def test_parts_are_counted_up(pattern: str, titles: tuple[str, ...], expected: int) -> None:
    assert post_edits.next_number(pattern, [Post(title, title) for title in titles]) == expected


def test_a_new_part_takes_what_earlier_ones_lack_in_the_order_of_the_notebook() -> None:
    after = post_edits.add_part(BOOK, Post("p2"))
    assert talks(after) == "ca bd"
    assert after.posts[0] is PART_1
    assert post_edits.not_yet_posted(after) == ()


def test_a_new_part_looks_as_the_one_before_and_the_first_as_the_settings_say() -> None:
    settings = Settings(style="timeline", site="hugo", times="inline")
    first = post_edits.part(settings, "An Event", ())
    assert (first.title, first.style, first.site, first.times) == (
        "An Event Notes - Part 1",
        "timeline",
        "hugo",
        "inline",
    )
    before = replace(PART_1, style="outline", site="jekyll", lang="pt", tags=("go",), slug="one", draft=True)
    second = post_edits.part(settings, "An Event", (before,), "2018-02-01")
    assert (second.title, second.date, second.style, second.site) == (
        "An Event Notes - Part 2",
        "2018-02-01",
        "outline",
        "jekyll",
    )
    assert (second.lang, second.tags, second.slug, second.draft) == ("pt", ("go",), "", False)


@given(notebooks(), st.integers(0, 9))
def test_a_part_that_was_removed_comes_back_where_it_stood(notebook: Notebook, pick: int) -> None:
    longer = post_edits.add_part(post_edits.add_part(notebook, Post("new1")), Post("new2"))
    gone = longer.posts[pick % 3]
    without = post_edits.remove_part(longer, gone.id)
    assert without.talks is longer.talks
    assert post_edits.put_back(without, longer, gone.id) == longer


def test_a_talk_that_went_meanwhile_does_not_come_back_with_its_part() -> None:
    without = post_edits.remove_part(BOOK, "p1")
    fewer = replace(without, talks=TALKS[:2])
    assert talks(post_edits.put_back(fewer, BOOK, "p1")) == "a"


def test_parts_that_are_named_after_the_notebook_follow_its_name_until_they_are_out() -> None:
    posts = (
        PART_1,
        replace(PART_1, id="p2", title="An Event Notes - Part 2", published=Published("2018-01-12")),
        replace(PART_1, id="p3", title="An Event Notes - Part 3", exported=(Exported("a.md"),)),
        replace(PART_1, id="p4", title="My own words 4"),
    )
    after = post_edits.rename_event(replace(BOOK, posts=posts), "KubeCon", PATTERN)
    assert [post.title for post in after.posts] == [
        "KubeCon Notes - Part 1",
        "An Event Notes - Part 2",
        "An Event Notes - Part 3",
        "My own words 4",
    ]
    assert after.posts[1:] == posts[1:]
