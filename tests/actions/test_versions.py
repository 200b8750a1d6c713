"""The user keeps one version of a note that was kept twice, or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import versions
from desktopnotes.model import edits
from desktopnotes.model.merge import merge
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = a_room(tmp_path, a_talk())
    base = made.session.notebook
    ours, theirs = (edits.set_text(base, "talk1", "talk1note2", word, "") for word in ("ours", "theirs"))
    made.session.do("Merge", merge(base, ours, theirs).notebook)
    yield made
    made.session.close()
    made.session.saver.close()


def test_the_version_under_the_caret_stays_and_one_undo_brings_the_other_back(room: Room) -> None:
    second = room.notes[2].id
    room.caret_in(room.notes[0].id)
    assert not versions.is_marked(room.session)
    room.caret_in(second)
    assert versions.is_marked(room.session)
    versions.keep_this(room.session)
    assert room.texts == ["Note 1", "theirs", "Note 3"]
    assert not any(note.conflict for note in room.notes)
    room.session.undo()
    assert room.texts == ["Note 1", "ours", "theirs", "Note 3"]
    assert [note.conflict for note in room.notes] == [False, True, True, False]


def test_all_versions_can_stay(room: Room) -> None:
    room.caret_in("talk1note2")
    versions.keep_all(room.session)
    assert room.texts == ["Note 1", "ours", "theirs", "Note 3"]
    assert not any(note.conflict for note in room.notes)


def test_a_mark_that_stands_alone_goes_with_a_word(room: Room) -> None:
    room.session.do("x", edits.delete_notes(room.session.notebook, "talk1", [room.notes[2].id]))
    room.caret_in("talk1note2")
    versions.keep_this(room.session)
    assert not any(note.conflict for note in room.notes)
    assert room.screen.said[-1] == "The mark is gone; no other version stood in this talk."
    room.session.do("y", replace(room.session.notebook, title="other"))
