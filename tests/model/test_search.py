"""What is asked for, what is found, and that every place found is the very one in the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model import search
from desktopnotes.model.folding import fold, places
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.model.search import Finder, Hit, Place, Query, filters_of, read_query, toggled
from desktopnotes.model.transcript import Sentence
from tests.model.walks import deeds, notebooks, walk

LETTERS = st.text(st.sampled_from("aAbBéÉe\u0301ßﬁﬀİıΣσς한글 \n\t\0’'“\"#:😀漢\ud800Ⅷ½ä\u0308"), max_size=14)


def hits(typed: str, notebook: Notebook, talk_id: str = "") -> list[Hit]:
    query = read_query(typed)
    return [search.hit_of(query, text) for piece in Finder().find(query, notebook, talk_id) for text in piece]


def words(hit: Hit) -> list[str]:
    """What would be marked."""
    return [hit.text[start:end] for start, end in hit.spans]


def book(*texts: str, **fields: object) -> Notebook:
    notes = tuple(Note(f"n{i}", at_ms=i * 1000, text=text) for i, text in enumerate(texts))
    return Notebook("book", talks=(replace(Talk("t", "Title", notes=notes), **fields),))  # type: ignore[arg-type]


# --- folding -----------------------------------------------------------------------------------------


@given(LETTERS, LETTERS)
def test_joined_texts_fold_as_their_pieces(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(LETTERS)
def test_case_and_accents_do_not_count(text: str) -> None:
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text)) == fold(text)
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text) or not text.isascii()


@given(LETTERS, st.lists(LETTERS.map(fold).filter(bool), max_size=3))
def test_what_is_marked_is_what_was_asked_for(text: str, wanted: list[str]) -> None:
    spans = places(text, wanted)
    assert list(spans) == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for start, end in spans:
        assert any(word in fold(text[start:end]) for word in wanted)
    for word in wanted:
        assert (word in fold(text)) == any(word in fold(text[start:end]) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "wanted", "marked"),
    [
        ("Éric said", "eric", "Éric"),
        ("E\u0301ric said", "eric", "E\u0301ric"),
        ("cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("the ﬁrst", "fi", "ﬁ"),
        ("the ﬁrst", "i", "ﬁ"),
        ("Straße", "ss", "ß"),
        ("😀 mesh 😀", "mesh", "mesh"),
        ("don’t", "don't", "don’t"),
        ("two\nlines", "two lines", "two\nlines"),
        ("ΟΔΟΣ", "οδος", "ΟΔΟΣ"),
    ],
)
def test_places_lead_back_to_the_text(text: str, wanted: str, marked: str) -> None:
    assert [text[start:end] for start, end in places(text, [fold(wanted)])] == [marked]


# --- what is asked for -------------------------------------------------------------------------------


def test_words_phrases_and_filters_are_told_apart() -> None:
    query = read_query('Mesh "Service  mesh" kind:question #Adoption has:snapshot "kind:quote"')
    assert query == Query(("service  mesh", "kind:quote", "mesh"), ("question",), ("adoption",), True)
    assert read_query("“one phrase") == read_query('"one phrase"') == Query(("one phrase",))
    assert read_query("  \t ").is_empty
    assert read_query('"" kind: has: \u0301').is_empty
    assert read_query("#").words == ("#",)


@given(st.text(max_size=60) | LETTERS)
def test_any_text_is_a_query(typed: str) -> None:
    hits(typed, book("Some words", typed))


@given(LETTERS)
def test_what_is_quoted_is_found_as_it_is(text: str) -> None:
    wanted = text.replace('"', "").replace("“", "").replace("”", "")
    found = hits(f'"{wanted}"', book(f"a {wanted} b"), "t")
    assert bool(found) == bool(fold(wanted).strip())


@pytest.mark.parametrize(
    "typed", ["a" * 10_000, "a b c " * 1700, " " * 10_000, "\0", "(?P<", "[", "\\", "\ud800"]
)
def test_hostile_words_do_no_harm(typed: str) -> None:
    assert len(hits(typed, book("nothing of it"))) == 0
    assert len(hits(typed, book(f"with {typed}"), "t")) == (not typed.isspace())


def test_filters_go_on_and_off() -> None:
    assert toggled("mesh ", "kind:question") == "kind:question mesh "
    assert toggled("mesh kind:question more", "kind:question") == "mesh more"
    assert toggled("kind:question", "kind:question") == ""
    assert toggled("#Go mesh KIND:Question #go", "#go") == "mesh KIND:Question "
    assert toggled("#Été mesh", "#été") == "mesh"
    assert filters_of('#A kind:quote has:snapshot "kind:link" b') == {"#a", "kind:quote", "has:snapshot"}


# --- what is found -----------------------------------------------------------------------------------


def test_all_words_must_stand_in_one_text_in_any_order() -> None:
    found = hits("mesh layer", book("A layer for the Mesh", "the mesh alone", "layer"))
    assert [(hit.note_id, words(hit)) for hit in found] == [("n0", ["layer", "Mesh"])]


def test_every_text_is_looked_through() -> None:
    note = Note("n", 1000, text="one", caption="two key", alt="three", kind=Kind.QUOTE)
    talk = Talk("t", "key title", speakers=("A", "Key B"), tags=("keys",), write_up="The key.", notes=(note,))
    post = Post("p", "Key Post", intro="a key", closing="no", talks=("t",))
    found = hits("key", Notebook("b", talks=(talk,), posts=(post,)))
    assert [(hit.place, words(hit)) for hit in found] == [
        (Place.POST_TITLE, ["Key"]),
        (Place.INTRODUCTION, ["key"]),
        (Place.TITLE, ["key"]),
        (Place.SPEAKERS, ["Key"]),
        (Place.TAGS, ["key"]),
        (Place.CAPTION, ["key"]),
        (Place.WRITE_UP, ["key"]),
    ]
    assert found[1].post_id == "p"
    assert found[1].talk_id == "t"
    assert (found[5].note_id, found[5].at_ms, found[5].kind) == ("n", 1000, "quote")


def test_words_may_stand_in_the_text_and_the_caption_of_a_note_but_no_phrase_across() -> None:
    notebook = Notebook("b", talks=(Talk("t", notes=(Note("n", text="one", caption="two"),)),))
    assert [words(hit) for hit in hits("two one", notebook)] == [["one"]]
    assert hits('"one two"', notebook) == []


def test_filters_ask_for_kind_tag_and_snapshot() -> None:
    notes = (
        Note("a", text="is it #fast or #faster?", kind=Kind.QUESTION),
        Note("b", text="#slow c#fast", picture="p.png"),
        Note("c", text="mesh #fast", picture="p.png", kind=Kind.QUOTE),
    )
    notebook = Notebook("b", talks=(Talk("t", "#fast kind:question", notes=notes, write_up="fast"),))

    def ids(typed: str) -> list[str]:
        return [hit.note_id for hit in hits(typed, notebook, "t")]

    assert ids("kind:question") == ["a"]
    assert ids("kind:qu") == ["a", "c"]
    assert ids("kind:question kind:quote") == ["a", "c"]
    assert ids("has:snapshot") == ["b", "c"]
    assert ids("#fast has:snapshot") == ["c"]
    assert words(hits("#fast", notebook, "t")[1]) == ["#fast", "#fast"]
    assert ids("mesh kind:quote") == ["c"]


def test_captions_are_texts_too() -> None:
    texts = list(search.said("t", [Sentence(5, 9, "The mesh."), Sentence(9, 12, "More.")]))
    query = read_query("MESH")
    found = [search.hit_of(query, text) for text in search.matching(query, texts)]
    assert [(hit.place, hit.at_ms, words(hit)) for hit in found] == [(Place.SAID, 5, ["mesh"])]


# --- remembering -------------------------------------------------------------------------------------


def asked(finder: Finder, typed: str, notebook: Notebook, talk_id: str = "") -> list[object]:
    return [text for piece in finder.find(read_query(typed), notebook, talk_id) for text in piece]


@given(notebooks(), st.lists(deeds(), max_size=6), st.lists(st.text(st.sampled_from("ab #?k:"), max_size=4)))
def test_what_is_remembered_changes_nothing(start: Notebook, done: list[object], typed: list[str]) -> None:
    finder = Finder()
    for notebook in walk(start, done):  # type: ignore[arg-type]
        so_far = ""
        for more in typed:
            so_far += more
            talk_id = notebook.talks[0].id if len(so_far) % 3 == 0 and notebook.talks else ""
            assert asked(finder, so_far, notebook, talk_id) == asked(Finder(), so_far, notebook, talk_id)


@given(LETTERS, LETTERS, LETTERS)
def test_a_query_that_narrows_another_finds_nothing_new(one: str, other: str, text: str) -> None:
    wide, narrow = read_query(one), read_query(f"{one}{other}")
    if narrow.narrows(wide) and not wide.is_empty:
        notebook = book(text, f"{text}{one}", other)
        before = asked(Finder(), one, notebook)
        assert all(text in before for text in asked(Finder(), f"{one}{other}", notebook))


def test_what_asks_nothing_is_narrowed_by_nothing() -> None:
    finder, notebook = Finder(), book("one")
    assert asked(finder, " ", notebook) == []
    assert len(asked(finder, "one", notebook)) == 1


def test_a_search_given_up_midway_leaves_nothing_behind() -> None:
    notebook = book(*(f"word {i}" for i in range(2 * search.PIECE)))
    finder = Finder()
    next(finder.find(read_query("w"), notebook))
    assert len(asked(finder, "wo", notebook)) == 2 * search.PIECE


def test_folded_texts_are_kept_as_long_as_their_notes() -> None:
    notebook = book("one", "two")
    finder = Finder()
    before = asked(finder, "o", notebook, "t")
    talk = notebook.talks[0]
    changed = replace(notebook, talks=(replace(talk, notes=(talk.notes[0], Note("new", text="on"))),))
    after = asked(finder, "o", changed, "t")
    assert after[0] is before[0]
    assert len(after) == 2
