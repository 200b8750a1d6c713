"""Copying in the notes and the write-up without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import clipboard
from desktopnotes.model.history import Caret
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
