"""Styles of the notes without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.actions import formatting
from desktopnotes.model.history import Caret
from desktopnotes.session import Session
from tests.sessions import a_room, a_talk


@pytest.mark.parametrize("style", [formatting.bold, formatting.italic, formatting.code])
def test_a_style_begun_in_an_empty_row_and_taken_off_leaves_no_note(
    style: Callable[[Session], None], tmp_path: Path
) -> None:
    room = a_room(tmp_path, a_talk(notes=1))
    style(room.session)
    assert len(room.notes) == 2
    style(room.session)
    assert room.texts == ["Note 1"]
    assert room.screen.caret() == Caret("notes", "talk1")
    assert room.session.writing_id == ""


def test_a_style_taken_off_leaves_the_words(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk(notes=1))
    room.caret_in("talk1note1", 1)
    formatting.bold(room.session)
    assert room.texts == ["**Note** 1"]
    formatting.bold(room.session)
    assert room.texts == ["Note 1"]
