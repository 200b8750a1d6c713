"""What is typed first becomes the kind at once, and comes back as what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import notes, signs
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """The recording stands behind all notes, so that a new one is the last."""
    room = a_room(tmp_path, a_talk("talk1"))
    room.stand_at(40_000)
    return room


def type_in(room: Room, *texts: str) -> Note:
    """A note whose text is each of these in turn, with the caret at its end."""
    note_id = notes.begin(room.session, texts[0], "talk1note3")
    for text in texts[1:]:
        room.caret_in(note_id, len(text))
        notes.typed(room.session, note_id, text)
    return room.notes[-1]


@pytest.mark.parametrize(
    ("sign", "kind", "label"),
    [
        ("> ", Kind.QUOTE, "Make It a Quote"),
        ("? ", Kind.QUESTION, "Make It a Question"),
        ("= ", Kind.CHAPTER, "Make It a Chapter"),
        ("! ", Kind.PRIVATE, "Make It Private"),
    ],
)
def test_the_sign_is_the_kind_as_soon_as_its_space_is_typed(
    sign: str, kind: Kind, label: str, room: Room
) -> None:
    note = type_in(room, sign[0], sign)
    assert (note.kind, note.text) == (kind, "")
    assert room.session.history.undo_label == label
    assert room.screen.place == Caret("notes", "talk1", note.id, 0)


def test_undo_gives_the_characters_back_and_they_stay_text(room: Room) -> None:
    note = type_in(room, ">", "> ")
    room.session.undo()
    assert (room.notes[-1].kind, room.notes[-1].text) == (Kind.THOUGHT, "> ")
    notes.typed(room.session, note.id, "> 5 people")
    notes.end(room.session)
    assert (room.notes[-1].kind, room.notes[-1].text) == (Kind.THOUGHT, "> 5 people")


def test_backspace_right_behind_it_does_the_same_and_only_there(room: Room) -> None:
    note = type_in(room, ">", "> ")
    assert signs.give_back(room.session, note.id)
    assert (room.notes[-1].kind, room.notes[-1].text) == (Kind.THOUGHT, "> ")
    assert not signs.give_back(room.session, note.id)
    notes.typed(room.session, note.id, ">")
    notes.typed(room.session, note.id, "> ")
    notes.typed(room.session, note.id, "said")
    assert room.notes[-1].kind == Kind.QUOTE
    assert not signs.give_back(room.session, note.id)
    assert room.notes[-1].text == "said"


def test_a_note_of_a_kind_keeps_what_is_typed_first(room: Room) -> None:
    note = type_in(room, "?", "? ")
    notes.typed(room.session, note.id, "> not a quote")
    assert (room.notes[-1].kind, room.notes[-1].text) == (Kind.QUESTION, "> not a quote")


def test_a_sign_put_before_words_leaves_the_caret_before_them(room: Room) -> None:
    room.caret_in("talk1note2", 2)
    notes.typed(room.session, "talk1note2", "> Note 2")
    assert (room.notes[1].kind, room.notes[1].text) == (Kind.QUOTE, "Note 2")
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 0)


def test_what_is_left_by_deleting_is_no_sign(room: Room) -> None:
    note = type_in(room, "x", "x> said")
    notes.typed(room.session, note.id, "> said")
    notes.end(room.session)
    assert (room.notes[-1].kind, room.notes[-1].text) == (Kind.THOUGHT, "> said")


def test_an_address_alone_is_a_link_when_the_note_ends(room: Room) -> None:
    note = type_in(room, "h", "https://istio.io")
    assert note.kind == Kind.THOUGHT
    notes.end(room.session)
    assert room.notes[-1].kind == Kind.LINK
