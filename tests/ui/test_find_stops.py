"""From hit to hit: the order of the page, seen from wherever the caret is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.model.search import Finder, Place, Text, read_query
from desktopnotes.ui import find_stops
from desktopnotes.ui.find_stops import Stop, Stops, numbers_of

TALK = Talk(
    "t",
    notes=(
        Note("a", text="ab ab"),
        Note("b", text="x"),
        Note("c", text="ab", caption="x"),
        Note("d", text="ab"),
    ),
    write_up="ab and ab",
)


def stops(words: str, talk: Talk = TALK) -> Stops:
    query = read_query(words)
    found = [text for piece in Finder().find(query, Notebook("b", talks=(talk,)), "t") for text in piece]
    wanted: list[Text] = [text for text in found if text.place in (Place.NOTE, Place.WRITE_UP)]
    return Stops(query, wanted, numbers_of(talk))


def test_every_place_is_a_stop_and_a_note_found_beside_its_text_is_one() -> None:
    assert list(stops("ab")) == [
        Stop("a", (0, 2)),
        Stop("a", (3, 5)),
        Stop("c", (0, 2)),
        Stop("d", (0, 2)),
        Stop("", (0, 2)),
        Stop("", (7, 9)),
    ]
    assert list(stops("x")) == [Stop("b", (0, 1)), Stop("c", None)]


@pytest.mark.parametrize(
    ("caret", "blank_after", "first", "before", "after"),
    [
        (Caret(note_id="a", offset=0), None, 0, -1, 1),
        (Caret(note_id="a", offset=1), None, 1, 0, 1),
        (Caret(note_id="b", offset=0), None, 2, 1, 2),
        (Caret(), "", 0, -1, 0),
        (Caret(), "b", 2, 1, 2),
        (Caret(), "d", 4, 3, 4),
        (Caret("write_up", offset=5), None, 5, 4, 5),
        (Caret("write_up", offset=9), None, 0, 5, 6),
    ],
)
def test_from_the_caret(caret: Caret, blank_after: str | None, first: int, before: int, after: int) -> None:
    found = stops("ab")
    assert found.first_from(caret, blank_after) == first
    assert found.beside(caret, blank_after, -1) == before
    assert found.beside(caret, blank_after, 1) == after
    assert stops("nowhere").first_from(caret, blank_after) == -1


def test_in_very_many_notes_the_first_place_of_each_is_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_stops, "MOST_ONE_BY_ONE", 2)
    found = stops("ab")
    assert list(found) == [Stop("a", (0, 2)), Stop("c", (0, 2)), Stop("d", (0, 2)), Stop("", (0, 2))]
    assert found.is_by_note
    assert found.first_from(Caret(note_id="b"), None) == 1


@given(
    st.lists(st.text("ab ", max_size=6), max_size=8),
    st.text("ab", min_size=1, max_size=2),
    st.integers(1, 20),
)
def test_stops_stand_in_order_and_are_found_again(texts: list[str], words: str, most: int) -> None:
    talk = Talk("t", notes=tuple(Note(f"n{i}", text=text) for i, text in enumerate(texts)), write_up="ab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_stops, "MOST_ONE_BY_ONE", most)
        found = stops(words, talk)
        for number, stop in enumerate(found):
            assert found.number_of(stop) == number
            place = "notes" if stop.note_id else "write_up"
            caret = Caret(place, "t", stop.note_id, stop.start)
            assert found.first_from(caret, None) == number
            assert found.beside(caret, None, 1) == number + 1
            assert found.beside(caret, None, -1) == number - 1
