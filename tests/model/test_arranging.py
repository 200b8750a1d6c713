"""Notes as things: moved, copied, tagged, given an end; what holds on every walk stands in test_edits."""

from __future__ import annotations

import pytest
from hypothesis import given

from desktopnotes.model import arranging, edits
from desktopnotes.model.notebook import Note, Notebook, Talk
from tests.model.walks import Deed, deeds, notebooks


def book(*notes: Note) -> Notebook:
    return Notebook("n", talks=(Talk("t", notes=notes),))


def ids(notebook: Notebook) -> str:
    return "".join(note.id for note in notebook.talks[0].notes)


PAGE = book(Note("a", at_ms=1), Note("b"), Note("c"), Note("d", at_ms=2))


@pytest.mark.parametrize(
    ("chosen", "step", "after"),
    [
        ("b", 1, "acbd"),
        ("b", -1, "bacd"),
        ("bc", 1, "adbc"),
        ("bc", -1, "bcad"),
        ("a", 1, "abcd"),
        ("cd", -1, "abcd"),
    ],
)
def test_notes_without_stamp_move_and_stamped_ones_stay(chosen: str, step: int, after: str) -> None:
    assert ids(arranging.move_notes(PAGE, "t", tuple(chosen), step)) == after


def test_at_the_ends_of_the_page_nothing_moves() -> None:
    page = book(Note("a"), Note("b"))
    assert arranging.move_notes(page, "t", ("a",), -1) is page
    assert arranging.move_notes(page, "t", ("b",), 1) is page


@given(notebooks(), deeds(("move",)))
def test_a_move_is_undone_by_the_move_back(notebook: Notebook, deed: Deed) -> None:
    talk = notebook.talks[deed.talk % len(notebook.talks)]
    chosen = [deed.note_of(talk).id]
    down = arranging.move_notes(notebook, talk.id, chosen, 1)
    assert down is notebook or arranging.move_notes(down, talk.id, chosen, -1) == notebook


def test_a_copy_stands_behind_its_note_and_is_not_used_yet() -> None:
    page = book(Note("a", at_ms=1, text="x", picture="p.png", used=True), Note("b"))
    after = arranging.duplicate_notes(page, "t", {"a": "A"}, "2018-01-12T10:00:00Z")
    first, copy, _ = after.talks[0].notes
    assert (first.used, copy.used, copy.text, copy.picture, copy.at_ms) == (True, False, "x", "p.png", 1)
    assert copy.created == "2018-01-12T10:00:00Z"


def test_an_end_before_the_start_is_none() -> None:
    page = book(Note("a", at_ms=1_000), Note("b"))
    assert arranging.set_end(page, "t", "a", 4_000).talks[0].notes[0].end_ms == 4_000
    assert arranging.set_end(page, "t", "a", 1_000) is page
    assert arranging.set_end(page, "t", "b", 4_000) is page


def test_a_joined_note_is_about_what_both_were_about() -> None:
    page = book(Note("a", at_ms=1_000, text="one"), Note("b", at_ms=2_000, end_ms=9_000, text="two"))
    joined = edits.join_with_previous(page, "t", "b", gap=" ").talks[0].notes
    assert [(note.text, note.at_ms, note.end_ms) for note in joined] == [("one two", 1_000, 9_000)]
    spaced = book(Note("a", text="one "), Note("b", text="two"))
    assert edits.join_with_previous(spaced, "t", "b", gap=" ").talks[0].notes[0].text == "one two"


@given(notebooks(), deeds(("join several",)))
def test_joining_several_is_joining_one_after_the_other(notebook: Notebook, deed: Deed) -> None:
    talk = notebook.talks[deed.talk % len(notebook.talks)]
    others = deed.stretch_of(talk)[1:]
    after = notebook
    for note_id in others:
        before, after = after, edits.join_with_previous(after, talk.id, note_id, gap="\n")
        if after is before:
            after = notebook
            break
    assert deed.do(notebook) == after


def test_what_a_shift_would_put_outside_the_recording_is_counted() -> None:
    notes = (Note("a", at_ms=1_000), Note("b"), Note("c", at_ms=9_000))
    assert arranging.shifted_out(notes, -2_000, 10_000) == (1, 0)
    assert arranging.shifted_out(notes, 2_000, 10_000) == (0, 1)
    assert arranging.shifted_out(notes, 2_000, 0) == (0, 0)
