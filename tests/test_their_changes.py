"""Another program writes the notebook's file while it is open: its changes come in as one step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import their_changes
from desktopnotes.actions import notes
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import opening
from desktopnotes.storage.codec import decode, encode
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk(), a_talk("talk2"))


def with_note(notebook: Notebook, text: str, note_id: str = "theirs", talk_id: str = "talk1") -> Notebook:
    def more(talk: Talk) -> Talk:
        return replace(talk, notes=(*talk.notes, Note(note_id, at_ms=90_000, text=text)))

    talks = tuple(more(talk) if talk.id == talk_id else talk for talk in notebook.talks)
    return replace(notebook, talks=talks)


def without_note(notebook: Notebook, note_id: str) -> Notebook:
    talks = tuple(
        replace(talk, notes=tuple(note for note in talk.notes if note.id != note_id))
        for talk in notebook.talks
    )
    return replace(notebook, talks=talks)


def another_program(room: Room, notebook: Notebook) -> None:
    """Writes the file, and lets the session look at it."""
    other = room.session.path.with_name("other")
    other.write_bytes(encode(notebook))
    other.replace(room.session.path)
    room.session.look()


def on_disk(room: Room) -> Notebook:
    return decode(room.session.path.read_bytes())


def test_it_comes_in_while_nothing_is_typed(room: Room) -> None:
    another_program(room, with_note(on_disk(room), "Theirs"))
    room.until(lambda: room.texts[-1] == "Theirs", "it is there")
    assert room.session.history.undo_label == their_changes.LABEL
    assert room.screen.said[-1].startswith("Another program changed this notebook. ")
    assert room.screen.lasting
    assert [offer.label for offer in room.screen.offers] == ["Show", "Undo"]


def test_it_comes_in_with_a_save_and_what_was_typed_stays(room: Room) -> None:
    with_theirs = with_note(on_disk(room), "Theirs")
    notes.typed(room.session, "talk1note1", "Mine")
    another_program(room, with_theirs)
    room.session.save_now()
    room.until(lambda: "Theirs" in room.texts, "it is there")
    assert room.texts[0] == "Mine"
    kept = room.on_disk().talks[0]
    assert [note.text for note in kept.notes] == room.texts


def test_it_is_undone_and_done_again_as_one_step(room: Room) -> None:
    notes.typed(room.session, "talk1note1", "Mine")
    another_program(room, with_note(room.on_disk(), "Theirs", talk_id="talk2"))
    room.until(lambda: room.session.history.undo_label == their_changes.LABEL, "it is there")
    room.session.undo()
    assert len(room.session.notebook.talks[1].notes) == 3
    assert room.session.notebook.talks[0].notes[0].text == "Mine"
    assert len(room.on_disk().talks[1].notes) == 3
    room.session.redo()
    assert len(room.on_disk().talks[1].notes) == 4


def test_an_earlier_step_cannot_be_undone_before_it(room: Room) -> None:
    notes.typed(room.session, "talk1note1", "Mine")
    another_program(room, with_note(room.on_disk(), "Theirs"))
    room.until(lambda: "Theirs" in room.texts, "it is there")
    room.session.undo()
    assert (room.texts[0], "Theirs" in room.texts) == ("Mine", False)
    room.session.undo()
    assert room.texts[0] == "Note 1"


def test_undo_is_offered_and_keeps_what_was_typed_since(room: Room) -> None:
    another_program(room, with_note(on_disk(room), "Theirs"))
    room.until(lambda: "Theirs" in room.texts, "it is there")
    undo = room.screen.offers[1]
    notes.typed(room.session, "talk1note1", "Typed since")
    undo.run()
    assert room.texts == ["Typed since", "Note 2", "Note 3"]
    assert room.session.history.undo_label == their_changes.TAKEN_BACK
    assert [note.text for note in room.on_disk().talks[0].notes] == room.texts


def test_a_note_that_both_changed_is_told_as_kept_twice_and_both_versions_are_shown(room: Room) -> None:
    theirs = edits.set_text(on_disk(room), "talk1", "talk1note1", "Note 1 of theirs", "")
    notes.typed(room.session, "talk1note1", "Note 1 of ours")
    another_program(room, theirs)
    room.session.save_now()
    room.until(lambda: "Note 1 of theirs" in room.texts, "it is there")
    assert room.screen.said[-1] == (
        "Another program changed this notebook. 1 note was changed on both sides and is kept twice."
    )
    room.screen.offers[0].run()
    assert room.session.talk
    assert room.screen.chosen == tuple(note.id for note in room.session.talk.notes[:2])


def test_show_goes_to_what_came(room: Room) -> None:
    another_program(room, with_note(on_disk(room), "Theirs", talk_id="talk2"))
    room.until(lambda: room.screen.offers, "it is told")
    room.screen.offers[0].run()
    assert room.session.talk_id == "talk2"
    assert room.screen.chosen == ("theirs",)


def test_the_note_that_is_being_written_is_not_taken_away(room: Room) -> None:
    note_id = notes.begin(room.session, "I am writ", "talk1note3")
    room.session.save_now()
    room.until(lambda: room.session.saver.all_is_saved, "it is saved")
    another_program(room, with_note(without_note(on_disk(room), note_id), "Theirs"))
    room.until(lambda: "Theirs" in room.texts, "theirs is there")
    assert "I am writ" in room.texts
    assert room.session.writing_id == note_id
    assert "I am writ" in [note.text for note in room.on_disk().talks[0].notes]


def test_typing_goes_on_in_a_step_of_its_own(room: Room) -> None:
    notes.typed(room.session, "talk1note1", "Mine")
    another_program(room, with_note(room.on_disk(), "Theirs"))
    room.until(lambda: "Theirs" in room.texts, "it is there")
    notes.typed(room.session, "talk1note1", "Mine, and more")
    room.session.undo()
    assert (room.texts[0], "Theirs" in room.texts) == ("Mine", True)


def test_a_talk_that_another_program_removes_gives_way(room: Room) -> None:
    notebook = on_disk(room)
    another_program(room, replace(notebook, talks=notebook.talks[1:]))
    room.until(lambda: room.session.talk_id == "talk2", "the other talk is open")
    assert room.session.talk is not None


def test_it_is_not_written_again_where_it_is_the_same(room: Room) -> None:
    room.player.unload()  # so that nothing is found out
    another_program(room, with_note(on_disk(room), "Theirs"))
    state = room.session.path.stat().st_ino
    room.until(lambda: "Theirs" in room.texts and room.session.saver.all_is_saved, "it is there")
    assert room.session.path.stat().st_ino == state


def test_a_read_only_notebook_follows_its_file(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    path = room.session.path

    def newer(notebook: Notebook) -> bytes:
        return encode(notebook).replace(b'"version": 1', b'"version": 2')

    path.write_bytes(newer(room.session.notebook))
    room.session.open_notebook(opening.open_notebook(path))
    room.session.open_talk("talk1")
    path.write_bytes(newer(with_note(room.session.notebook, "Theirs")))
    room.session.look()
    room.until(lambda: "Theirs" in room.texts, "it is shown")
    assert room.screen.said[-1] == "Another program changed this notebook; it is shown as it is now."


def test_what_is_told_of_a_notebook_that_was_left_is_not_taken(room: Room, tmp_path: Path) -> None:
    other = opening.create(tmp_path / "elsewhere", "Other")
    another_program(room, with_note(on_disk(room), "Theirs"))
    room.session.open_notebook(other)
    room.settle()
    assert room.session.notebook == other.notebook


def test_where_many_notes_went_it_says_where_they_are_kept(tmp_path: Path) -> None:
    many = replace(a_talk(), notes=tuple(Note(f"n{i}", text=f"Note {i}") for i in range(30)))
    room = a_room(tmp_path, many)
    another_program(room, replace(on_disk(room), talks=(replace(many, notes=many.notes[:5]),)))
    room.until(lambda: len(room.texts) == 5, "they went")
    assert room.screen.said[-1].endswith("25 notes went; what was there is kept in Backups.")
    assert [offer.label for offer in room.screen.offers] == ["Show", "Undo", "Backups"]
