"""Tags: which `#words` are some, how they are counted, added and taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.model import tags
from desktopnotes.model.light_markdown import CODE, LINK, TAG, read
from desktopnotes.model.notebook import Note, Notebook, Talk
from tests.model.walks import Deed, deeds, notebooks, walk

WORDS = st.text(st.sampled_from("aé漢1_-/# \n.("), max_size=14)
MARKDOWN = st.lists(
    st.sampled_from(
        ["#mesh", "#a/b", "[a](#mesh)", "`", "```", "~~~", "\n", " ", "(", "](", "[", "http://e.org/"]
    )
).map("".join)
TAGS = st.sampled_from(["mesh", "Mesh", "cloud-native", "a/b", "é1"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sells it. #adoption", ("adoption",)),
        ("#one two (#three) #one", ("one", "three")),
        ("issue #12 and C# and a#b", ()),
        ("#cloud-native, #a/b.", ("cloud-native", "a/b")),
        ("https://istio.io/#docs", ()),
        ("#été #漢字", ("été", "漢字")),
        ("see [the start](#intro) #mesh", ("mesh",)),
        ("`#include <a.h>` and #mesh", ("mesh",)),
        ("```c\n#define A 1\n```\n#mesh", ("mesh",)),
        ("~~~\n#include\n~~~", ()),
        ("https://e.org/(#part) #mesh", ("mesh",)),
        ("one `tick and #mesh", ("mesh",)),
        ("", ()),
    ],
)
def test_a_tag_is_a_word_behind_a_sign_with_a_letter_in_it(text: str, found: tuple[str, ...]) -> None:
    assert tags.tags_in(text) == found


@given(MARKDOWN)
def test_what_is_shown_as_a_tag_is_one_and_nothing_else(text: str) -> None:
    shown = sorted((start, end) for start, end, style in read(text).leaves if style == TAG)
    assert tags.tags_in(text) == tuple(dict.fromkeys(text[start + 1 : end] for start, end in shown))


@given(MARKDOWN, TAGS)
def test_code_and_links_stay_as_they_are_whatever_is_tagged(text: str, tag: str) -> None:
    tagged = tags.with_tag(text, tag)
    assert tags.has_tag(tagged, tag)
    assert tagged.startswith(text)
    left = tags.without_tag(tagged, tag)
    assert not tags.has_tag(left, tag)
    assert links_and_code(left) == links_and_code(text)


def links_and_code(text: str) -> list[str]:
    return [text[pair.start : pair.end] for pair in read(text).pairs if pair.style in (LINK, CODE)]


@given(WORDS, TAGS)
def test_a_tag_that_was_added_is_there_once(text: str, tag: str) -> None:
    once = tags.with_tag(text, tag)
    assert tags.has_tag(once, tag)
    assert once.startswith(text)
    assert tags.with_tag(once, tag) == once


@given(WORDS, TAGS)
def test_a_tag_that_was_taken_away_is_gone_and_the_others_stay(text: str, tag: str) -> None:
    tagged = tags.with_tag(text, tag)
    left = tags.without_tag(tagged, tag)
    assert not tags.has_tag(left, tag)
    others = [word for word in tags.tags_in(tagged) if word.casefold() != tag.casefold()]
    assert list(tags.tags_in(left)) == others


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Sells it. #adoption", "Sells it."),
        ("Sells it. #adoption #mesh", "Sells it. #mesh"),
        ("Sells it. #mesh #adoption", "Sells it. #mesh"),
        ("The #adoption of it", "The adoption of it"),
        ("#Adoption", ""),
        ("Sells it.", "Sells it."),
        ("[it](#adoption) `#adoption` #adoption", "[it](#adoption) `#adoption`"),
    ],
)
def test_in_a_sentence_the_word_stays(text: str, left: str) -> None:
    assert tags.without_tag(text, "adoption") == left


@pytest.mark.parametrize(
    ("before", "letters"),
    [("see #ad", "ad"), ("#", ""), ("a#b", ""), ("#one two", ""), ("(#x", "x"), ("# x", ""), ("#a-", "a-")],
)
def test_what_is_being_typed(before: str, letters: str) -> None:
    assert tags.begun(before) == letters


@pytest.mark.parametrize(
    ("typed", "tag"), [("#mesh", "mesh"), (" mesh ", "mesh"), ("two words", ""), ("12", "")]
)
def test_a_tag_is_named_with_or_without_its_sign(typed: str, tag: str) -> None:
    assert tags.named(typed) == tag


def notebook(*texts: str) -> Notebook:
    notes = tuple(Note(f"note{i}", text=text) for i, text in enumerate(texts))
    return Notebook("book", talks=(Talk("talk", notes=notes),))


def test_the_most_frequent_comes_first_spelt_as_it_is_most_often() -> None:
    book = notebook("#Mesh", "#mesh #zoo", "#mesh #alpha")
    assert list(tags.TagIndex().of(book).items()) == [("mesh", 3), ("alpha", 1), ("zoo", 1)]


def test_of_known_tags_those_that_begin_so_are_offered() -> None:
    known = ("mesh", "metrics", "zoo", "me")
    assert tags.begun_in("ME", known) == ("mesh", "metrics")
    assert tags.begun_in("mesh", known) == ()


def test_the_index_is_right_after_a_change_and_reads_only_what_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = tags.TagIndex()
    book = notebook(*(f"words and words #tag{i % 40} and #more" for i in range(5_000)))
    index.of(book)
    talk = book.talks[0]
    fresh = replace(talk.notes[9], text="#fresh")
    after = replace(book, talks=(replace(talk, notes=(*talk.notes[:9], fresh, *talk.notes[10:])),))
    wanted = tags.TagIndex().of(after)
    read: list[str] = []
    tags_in = tags.tags_in
    monkeypatch.setattr(tags, "tags_in", lambda text: read.append(text) or tags_in(text))
    assert index.of(after) == wanted
    assert "fresh" in wanted
    assert sorted(read) == sorted([talk.notes[9].text, "#fresh"])


@given(notebooks(), st.lists(deeds(), max_size=5))
@settings(deadline=None)
def test_the_index_is_right_on_every_walk(book: Notebook, some: list[Deed]) -> None:
    index = tags.TagIndex()
    for state in walk(book, some):
        assert index.of(state) == tags.TagIndex().of(state)
