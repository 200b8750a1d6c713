"""Copying in the notes and the write-up without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import clipboard
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note
from desktopnotes.screen import Stretch
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = a_room(tmp_path, a_talk())
    room.screen.copy("what I copied elsewhere")
    return room


@pytest.mark.parametrize("place", ["notes", "write_up", "video"])
def test_where_nothing_is_to_copy_the_clipboard_stays(room: Room, place: str) -> None:
    room.screen.chosen = ("talk1note1",) if place != "notes" else ()
    room.screen.place = Caret(place, "talk1")
    clipboard.copy_words(room.session)
    assert room.screen.clipboard == "what I copied elsewhere"
    assert room.screen.said[-1] == "There is nothing to copy here: the clipboard stays as it was."


def test_words_alone_are_those_selected_or_of_the_note_under_the_caret(room: Room) -> None:
    room.caret_in("talk1note2", 2)
    clipboard.copy_words(room.session)
    assert room.screen.clipboard == "Note 2"
    room.screen.selection = (Stretch("talk1note2", 0, 4),)
    clipboard.copy_words(room.session)
    assert room.screen.clipboard == "Note"


@pytest.mark.parametrize(
    ("stamps", "said"),
    [
        ((10_000,), "The note was copied with its stamp."),
        ((None,), "The note was copied; it has no stamp."),
        ((10_000, 20_000), "2 notes copied with their stamps."),
        ((10_000, None, None), "3 notes copied, 1 of them with a stamp."),
        ((None, None), "2 notes copied, none of them with a stamp."),
    ],
)
def test_what_is_said_of_copied_notes_is_so(
    tmp_path: Path, stamps: tuple[int | None, ...], said: str
) -> None:
    made = tuple(Note(f"n{i}", at_ms=at_ms, text="words") for i, at_ms in enumerate(stamps))
    room = a_room(tmp_path, replace(a_talk(), notes=made))
    room.caret_in("n0")
    room.screen.chosen = tuple(note.id for note in made) if len(made) > 1 else ()
    clipboard.copy_with_stamps(room.session)
    assert room.screen.said[-1] == said


def test_a_snapshot_that_is_in_another_notebook_is_told_of(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    room.screen.put_blank("talk1note3")
    room.screen.copy("words", (Note("a", text="words", picture="elsewhere.png"), Note("b", text="more")))
    clipboard.paste(room.session)
    assert room.texts[-2:] == ["words", "more"]
    assert [note.picture for note in room.notes[-2:]] == ["", ""]
    assert room.screen.said[-1].endswith(
        "The snapshot stays in the notebook that the notes were copied from."
    )
