"""The write-up grows out of notes: what is added, what is marked used, and what never leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import notes, talk
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def noted(tmp_path: Path) -> Room:
    """A talk with a thought, a quote, a private note, a bookmark and a question."""
    made = (
        Note("a", at_ms=1_000, text="Good start"),
        Note("b", at_ms=2_000, text="Less is more", kind=Kind.QUOTE),
        Note("c", at_ms=3_000, text="Boring man", kind=Kind.PRIVATE),
        Note("d", at_ms=4_000),
        Note("e", at_ms=5_000, text="Does it scale", kind=Kind.QUESTION),
    )
    return a_room(tmp_path, replace(a_talk("talk1"), notes=made))


def write_up(room: Room) -> str:
    return room.session.notebook.talks[0].write_up


def used(room: Room) -> str:
    return "".join(note.id for note in room.notes if note.used)


def test_the_note_under_the_caret_is_added_and_marked_used(noted: Room) -> None:
    noted.caret_in("a")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("Good start.", "a")
    noted.caret_in("e")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("Good start. Does it scale?", "ae")
    noted.session.undo()
    assert (write_up(noted), used(noted)) == ("Good start.", "a")


def test_chosen_notes_are_added_but_private_and_empty_ones_never(noted: Room) -> None:
    noted.caret_in("a")
    noted.screen.chosen = ("b", "c", "d", "e")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("“Less is more.” Does it scale?", "be")


@pytest.mark.parametrize("note_id", ["c", "d"])
def test_a_note_that_never_leaves_is_not_added_and_a_sentence_says_so(note_id: str, noted: Room) -> None:
    noted.caret_in(note_id)
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("", "")
    assert "nothing to add" in noted.screen.said[-1]


def test_with_nothing_chosen_an_empty_write_up_takes_the_suggestion_over(noted: Room) -> None:
    noted.screen.place = Caret("write_up", "talk1")
    suggested = talk.suggestion(noted.session.notebook.talks[0])
    assert suggested == "Good start. “Less is more.” Does it scale?"
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == (suggested, "abe")
    assert noted.screen.place == Caret("write_up", "talk1", "", len(suggested))
    assert talk.suggestion(noted.session.notebook.talks[0]) == ""


def test_with_nothing_chosen_a_write_up_stays_as_it_is(noted: Room) -> None:
    talk.type_write_up(noted.session, "Mine.")
    noted.screen.place = Caret("write_up", "talk1")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("Mine.", "")
    assert "Put the caret into a note" in noted.screen.said[-1]


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("Mine.", "Mine. Good start."),
        ("Mine.\n\n", "Mine.\n\nGood start."),
        ("```\ncode\n```", "```\ncode\n```\n\nGood start."),
        (" \n", "Good start."),
    ],
)
def test_what_was_typed_is_never_changed_by_what_is_added(typed: str, after: str, noted: Room) -> None:
    talk.type_write_up(noted.session, typed)
    noted.caret_in("a")
    talk.add_to_write_up(noted.session)
    assert write_up(noted) == after


def test_a_note_being_written_is_ended_and_added(noted: Room) -> None:
    noted.stand_at(6_000)
    notes.begin(noted.session, "> It works", "e")
    talk.add_to_write_up(noted.session)
    assert write_up(noted) == "“It works.”"


def test_typing_in_the_write_up_is_one_step(noted: Room) -> None:
    for text in ("M", "Mi", "Min"):
        talk.type_write_up(noted.session, text)
    noted.session.undo()
    assert write_up(noted) == ""
