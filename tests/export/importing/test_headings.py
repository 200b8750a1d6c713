"""Headings in posts that are read: which begin a talk, and which stand in an author's text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.model.importing import words_of
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from tests.examples import few
from tests.export.importing.files import EMPTY, exported, read_post, taken

WATCH = "https://www.youtube.com/watch?v=abcdefghijk"

_WORDS = st.sampled_from(["why", "Talks", "Section", "the *end*", "[a link](https://example.org/x)"])
_PARTS = st.one_of(
    st.builds("## {}".format, _WORDS),
    st.builds("### {}".format, _WORDS),
    st.builds("{}\n---".format, _WORDS),
    st.builds("Words about {}.".format, _WORDS),
)
TEXTS = st.lists(_PARTS, max_size=4).map("\n\n".join)


def a_talk(number: int, write_up: str, url: str, notes: int) -> Talk:
    said = tuple(Note(f"n{number}{i}", 10_000 * (i + 1), text=f"note {i}") for i in range(notes))
    return Talk(f"t{number}", title=f"Talk {number}", url=url, write_up=write_up, notes=said)


URLS = st.sampled_from(["", WATCH, "https://vimeo.com/9", "https://example.org/talk"])
TALKS = st.lists(st.tuples(TEXTS, URLS, st.integers(0, 2)), min_size=1, max_size=3).map(
    lambda all_: tuple(a_talk(number, *one) for number, one in enumerate(all_))
)


@settings(max_examples=few(30), deadline=None)
@given(TALKS, TEXTS, TEXTS, st.sampled_from(["list", "timeline", "outline"]))
def test_headings_in_texts_change_nothing_in_their_own_notebook(
    talks: tuple[Talk, ...], intro: str, closing: str, style: str
) -> None:
    post = Post("p", "P", intro=intro, closing=closing, talks=tuple(talk.id for talk in talks))
    notebook = Notebook("n", talks=talks, posts=(post,))
    text = exported(notebook, post, style=style)
    found = read_post(text, notebook) if any(talk.notes or talk.write_up for talk in talks) else None
    if found is not None:
        what = taken(notebook, found)
        assert (what.new_notes, what.new_talks, what.new_write_ups, what.left) == (0, 0, 0, ())
        assert [(talk.title, talk.notes, talk.write_up) for talk in what.notebook.talks] == [
            (talk.title, talk.notes, talk.write_up) for talk in talks
        ]


PLAIN = st.lists(
    st.sampled_from(["## why", "### Section", "The end\n---", "Words about it."]), max_size=4
).map("\n\n".join)


@settings(max_examples=few(25), deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=3), PLAIN, PLAIN, st.sampled_from(["timeline", "outline"]))
def test_headings_in_texts_stay_there_in_another_notebook(
    write_ups: list[str], intro: str, closing: str, style: str
) -> None:
    urls = [f"https://vimeo.com/{number}" for number in range(1, len(write_ups) + 1)]
    talks = tuple(a_talk(i, text, url, 2) for i, (text, url) in enumerate(zip(write_ups, urls, strict=True)))
    post = Post("p", "P", intro=intro, closing=closing, talks=tuple(talk.id for talk in talks))
    text = exported(Notebook("n", talks=talks, posts=(post,)), post, style=style)
    new = taken(EMPTY, read_post(text)).notebook
    assert [(talk.title, len(talk.notes), words_of(talk.write_up)) for talk in new.talks] == [
        (talk.title, len(talk.notes), words_of(talk.write_up)) for talk in talks
    ]
    assert words_of(new.posts[0].intro) == words_of(intro)
    assert words_of(new.posts[0].closing) == words_of(closing)


def test_a_heading_whose_times_lead_to_the_recording_above_is_part_of_that_talk() -> None:
    text = f"# P\n\n## [T]({WATCH})\n\n[00:10]({WATCH}&t=10s) one\n\n## Later\n\n[00:20]({WATCH}&t=20s) two\n"
    (talk,) = read_post(text).talks
    assert (talk.title, [note.text for note in talk.notes]) == ("T", ["one", "two"])


def test_a_heading_without_a_link_is_a_talk_if_the_notebook_has_it() -> None:
    text = f"# P\n\n## [T]({WATCH})\n\n[00:10]({WATCH}&t=10s) one\n\n## Beta\n\nAbout it.\n\nBye.\n"
    assert [talk.title for talk in read_post(text).talks] == ["T"]
    notebook = Notebook("n", talks=(Talk("b", title="Beta"),))
    found = read_post(text, notebook)
    assert [(talk.title, talk.write_up) for talk in found.talks] == [("T", ""), ("Beta", "About it.")]


def test_a_heading_in_a_write_up_may_be_called_as_a_talk_with_a_link() -> None:
    talks = (
        a_talk(0, "It is like\n\n## Talk 1\n\nbut longer.", WATCH, 1),
        a_talk(1, "", "https://vimeo.com/9", 1),
    )
    post = Post("p", "P", talks=("t0", "t1"))
    notebook = Notebook("n", talks=talks, posts=(post,))
    for style in ("list", "timeline", "outline"):
        assert (
            taken(notebook, read_post(exported(notebook, post, style=style), notebook)).notebook == notebook
        )


def test_headings_between_talks_are_listed_and_what_has_words_is_kept() -> None:
    one, two = (
        f"## [T]({WATCH})\n\n[00:10]({WATCH}&t=10s) one\n\n",
        "## [U](https://vimeo.com/9)\n\nIt.\n\nEnd",
    )
    found = read_post(f"# P\n\n{one}## Day Two\n\n{two}")
    assert [talk.title for talk in found.talks] == ["T", "U"]
    assert [(part.text, part.why) for part in found.unread] == [("## Day Two", "it stands between talks")]
    found = read_post(f"# P\n\n{one}## Day Two\n\nIt rained.\n\n{two}")
    assert [(talk.title, talk.write_up) for talk in found.talks][1] == ("Day Two", "It rained.")


@pytest.mark.parametrize("below", ["[Video]({})", "{}", "<{}>", "[Video]({}) and slides"])
def test_a_heading_with_a_link_on_the_next_line_is_a_talk(below: str) -> None:
    text = f"# Post\n\n### Talk A\n{below.format(WATCH)}\n\nSome prose\n\n- bullet\n\n### Talk B\n\nprose b\n"
    found = read_post(text)
    first = found.talks[0]
    assert (first.title, first.url) == ("Talk A", WATCH)
    assert first.write_up.replace("[Video](" + WATCH + ") and slides\n\n", "").startswith(
        "Some prose\n\n- bullet"
    )


def test_of_two_levels_that_with_times_to_its_recordings_has_the_talks() -> None:
    papers = "### [One](https://example.org/1)\n\n### [Two](https://example.org/2)\n\n"
    text = f"# P\n\n## [T]({WATCH})\n\n{papers}[00:10]({WATCH}&t=10s) one\n"
    (talk,) = read_post(text).talks
    assert (talk.title, len(talk.notes)) == ("T", 1)
    assert talk.write_up == papers.strip()
