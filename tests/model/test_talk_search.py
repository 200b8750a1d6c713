"""Which talks have what is asked for: the same ones whose texts any search would list."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.model.search import PIECE, Finder, read_query
from desktopnotes.model.talk_search import TalkFinder
from tests.model.walks import notebooks

WORDS = st.text(st.sampled_from('ab >?=!#\n é😀漢"'), max_size=4)


def found(finder: TalkFinder, words: str, notebook: Notebook) -> frozenset[str]:
    for _ in finder.look(read_query(words), notebook):
        pass
    return finder.found


@given(st.lists(notebooks(), min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=4))
def test_they_are_those_with_a_text_that_a_search_lists(books: list[Notebook], asked: list[str]) -> None:
    finder = TalkFinder()
    for words in asked:
        for notebook in books:
            texts = [text for piece in Finder().find(read_query(words), notebook) for text in piece]
            assert found(finder, words, notebook) == {text.talk_id for text in texts if not text.post_id}


def test_accents_order_of_words_and_filters_are_as_everywhere() -> None:
    notes = (Note("a", 0, text="Éric asks why", kind="question"),)
    book = Notebook("b", talks=(Talk("t1", "One", notes=notes), Talk("t2", "Two", tags=("go",))))
    finder = TalkFinder()
    for words in ("eric", "why ERIC", '"asks why"', "kind:question"):
        assert found(finder, words, book) == {"t1"}, words
    assert found(finder, "#go", book) == {"t2"}
    assert found(finder, '"why eric"', book) == frozenset()


def test_only_a_changed_talk_is_looked_through_anew() -> None:
    notes = tuple(Note(f"n{i}", text="some words") for i in range(3 * PIECE))
    book = Notebook("b", talks=tuple(Talk(f"t{i}", notes=notes) for i in range(3)))
    finder = TalkFinder()
    query = read_query("words")
    assert len(list(finder.look(query, book))) == 9
    first = replace(book.talks[0], notes=(Note("x", text="none"),))
    after = replace(book, talks=(first, *book.talks[1:]))
    assert len(list(finder.look(query, after))) == 1
    assert finder.found == {"t1", "t2"}
    assert len(list(finder.look(read_query("words none"), after))) == 6, "not the one without words"


def test_a_look_that_is_given_up_leaves_the_next_one_right() -> None:
    notes = tuple(Note(f"n{i}", text="some words") for i in range(PIECE + 1))
    book = Notebook("b", talks=tuple(Talk(f"t{i}", notes=notes) for i in range(3)))
    finder = TalkFinder()
    look = finder.look(read_query("zebra"), book)
    for _ in range(3):
        next(look)
    assert found(finder, "words", book) == {"t0", "t1", "t2"}
