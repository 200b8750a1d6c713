"""What could not be saved earlier is offered when its notebook opens again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import file, notes, unsaved
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage import opening
from desktopnotes.storage import unsaved as copies
from desktopnotes.storage.codec import decode, encode
from desktopnotes.storage.paths import state_folder
from tests.sessions import Room, a_room, a_room_on, a_talk


@pytest.fixture
def left(tmp_path: Path) -> Room:
    """A session whose notebook's folder went while it wrote, and which was ended then."""
    folder = tmp_path / "stick"
    folder.mkdir()
    room = a_room(folder, a_talk())
    away = folder.rename(tmp_path / "away")
    notes.begin(room.session, "Not saved", "talk1note3")
    assert not room.session.close()
    room.session.saver.close()
    away.rename(folder)
    return room


def opened(left: Room) -> Room:
    room = a_room_on(left.session.path)
    file.offer_unsaved(room.session)
    room.until(lambda: room.screen.offers, "it is offered")
    return room


def copies_of(room: Room) -> tuple[Path, ...]:
    return copies.copies(room.session.path, room.session.notebook.id)


def test_it_is_offered_and_brought_in_as_one_step(left: Room) -> None:
    room = opened(left)
    assert [offer.label for offer in room.screen.offers] == ["Bring Them In", "Look", "Discard"]
    assert "could not be saved on " in room.screen.said[-1]
    (copy,) = copies_of(room)
    room.screen.offers[0].run()
    assert room.texts == ["Note 1", "Note 2", "Note 3", "Not saved"]
    assert room.session.history.undo_label == unsaved.LABEL
    assert copy.exists()
    room.until(lambda: room.session.saver.all_is_saved, "it is saved")
    for _, job in room.screen.waiting[-1:]:
        job()
    assert not copy.exists()
    assert [note.text for note in room.on_disk().talks[0].notes] == room.texts
    room.session.undo()
    assert "Not saved" not in room.texts


def test_what_differs_is_told_shown_and_taken_back(left: Room) -> None:
    (copy,) = copies_of(left)
    ours = decode(left.session.path.read_bytes())
    left.session.path.write_bytes(encode(edits.set_text(ours, "talk1", "talk1note2", "of ours", "")))
    theirs = edits.set_text(decode(copy.read_bytes()), "talk1", "talk1note2", "not saved then", "")
    copy.write_bytes(encode(theirs))
    room = opened(left)
    room.screen.offers[0].run()
    assert room.screen.said[-1] == (
        "What was not saved is back in the notebook. 1 note was added; 1 differs and is kept twice."
    )
    assert [offer.label for offer in room.screen.offers] == ["Show", "Undo"]
    show, undo = room.screen.offers
    show.run()
    assert room.session.talk
    assert list(room.screen.chosen) == [note.id for note in room.session.talk.notes if note.conflict]
    undo.run()
    assert room.texts == ["Note 1", "of ours", "Note 3"]


def test_a_look_opens_its_folder(left: Room) -> None:
    room = opened(left)
    room.screen.offers[1].run()
    assert room.screen.opened_outside == [str(state_folder() / "unsaved")]


def test_what_is_discarded_is_a_backup(left: Room) -> None:
    room = opened(left)
    (copy,) = copies_of(room)
    content = copy.read_bytes()
    room.screen.offers[2].run()
    assert copies_of(room) == ()
    assert [each.read_bytes() for each in (state_folder() / "backups").rglob("*.talknotes.json")] == [content]
    assert "Not saved" not in room.texts


def test_one_that_brings_nothing_goes_in_silence(left: Room) -> None:
    (copy,) = copies_of(left)
    left.session.path.write_bytes(copy.read_bytes())
    room = a_room_on(left.session.path)
    said = len(room.screen.said)
    file.offer_unsaved(room.session)
    room.until(lambda: not copy.exists(), "it goes")
    assert len(room.screen.said) == said


def test_the_next_is_offered_after_the_first(left: Room) -> None:
    content = left.session.notebook
    talk = replace(content.talks[0], notes=(*content.talks[0].notes, Note("later", text="Later")))
    copies.EmergencyCopy(left.session.path, content.id).keep([encode(replace(content, talks=(talk,)))])
    room = opened(left)
    room.screen.offers[2].run()
    room.until(lambda: len(copies_of(room)) == 1 and room.screen.offers, "the next is offered")
    room.screen.offers[0].run()
    assert {"Not saved", "Later"} <= set(room.texts)


def test_a_damaged_one_is_told_and_stays(left: Room) -> None:
    (copy,) = copies_of(left)
    copy.write_bytes(b"{")
    room = opened(left)
    assert "is damaged" in room.screen.said[-1]
    assert [offer.label for offer in room.screen.offers] == ["Look"]
    assert copy.exists()


def test_it_is_offered_when_the_notebook_is_gone_to(left: Room, tmp_path: Path) -> None:
    room = a_room_on(opening.create(tmp_path / "other", "Other").path)
    file.open_path(room.session, left.session.path)
    room.until(lambda: room.screen.offers, "it is offered")


def test_all_that_was_typed_is_in_the_copy(left: Room) -> None:
    (copy,) = copies_of(left)
    kept: Notebook = decode(copy.read_bytes())
    assert kept.talks[0].notes == left.session.notebook.talks[0].notes
