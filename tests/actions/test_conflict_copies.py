"""Conflict copies beside the notebook: told once, merged in one step, moved to the backups once saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import conflict_copies
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage import backups, codec
from tests.sessions import Room, a_room, a_talk

NAME = "event.talknotes.sync-conflict-20260101-120000-ABCDEF7.json"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = a_room(tmp_path, a_talk())
    yield made
    made.session.close()
    made.session.saver.close()


def leave(room: Room, notebook: Notebook, name: str = NAME) -> Path:
    path = room.session.folder / name
    path.write_bytes(codec.encode(notebook))
    return path


def with_note(notebook: Notebook, text: str, note_id: str = "theirs") -> Notebook:
    return edits.add_settled(notebook, "talk1", Note(note_id, 15_000, text=text))


def looked(room: Room) -> None:
    told = len(room.screen.said)
    conflict_copies.look(room.session)
    room.until(lambda: len(room.screen.said) > told, "a copy is told")


def offer(room: Room, label: str) -> None:
    next(one for one in room.screen.offers if one.label == label).run()


def put_away(room: Room, *paths: Path) -> None:
    def gone() -> bool:
        room.screen.let_time_pass()
        return not any(path.exists() for path in paths) and "backups now" in room.screen.said[-1]

    room.until(gone, "the copies are in the backups")


def test_a_copy_is_told_merged_saved_and_only_then_moved_to_the_backups(room: Room) -> None:
    theirs = with_note(edits.set_text(room.session.notebook, "talk1", "talk1note2", "Note 2!", ""), "theirs")
    path = leave(room, theirs)
    content = path.read_bytes()
    looked(room)
    assert room.screen.said[-1] == f"Another version of this notebook lies beside it: “{NAME}”."
    assert room.screen.lasting
    assert [one.label for one in room.screen.offers] == ["Merge It", "Show in Folder"]
    offer(room, "Merge It")
    room.until(lambda: len(room.texts) > 3, "it is merged")
    assert room.texts == ["Note 1", "theirs", "Note 2", "Note 2!", "Note 3"]
    assert room.screen.said[-1].endswith("1 note was added; 1 differs and is kept twice.")
    put_away(room, path)
    assert room.on_disk() == room.session.notebook
    assert content in [backups.content_of(one) for one in backups.of(room.session.path)]
    offer(room, "Undo")
    assert room.texts == ["Note 1", "Note 2", "Note 3"]


def test_what_was_here_before_brings_nothing(room: Room) -> None:
    """A note that was changed or deleted here since stays so, whatever the copy has of it."""
    base = room.session.notebook
    backups.keep(room.session.path)
    path = leave(room, with_note(edits.set_text(base, "talk1", "talk1note3", "Note 3!", ""), "theirs"))
    changed = edits.set_text(base, "talk1", "talk1note1", "Note 1 of ours", "")
    room.session.do("x", edits.delete_notes(changed, "talk1", ["talk1note2"]))
    conflict_copies.merge_all(room.session)
    put_away(room, path)
    assert room.texts == ["Note 1 of ours", "theirs", "Note 3", "Note 3!"]


def test_a_copy_is_told_once_and_again_when_it_is_another(room: Room) -> None:
    path = leave(room, with_note(room.session.notebook, "theirs"))
    looked(room)
    told = len(room.screen.said)
    conflict_copies.look(room.session)
    room.session.background.run(lambda _: None, lambda _: room.screen.tell("done"))
    room.until(lambda: room.screen.said[-1] == "done", "it was looked")
    room.settle()
    assert len(room.screen.said) == told + 1
    path.write_bytes(codec.encode(with_note(room.session.notebook, "other words")))
    looked(room)
    assert "Another version" in room.screen.said[-1]


def test_several_copies_are_one_step_and_damaged_ones_are_told_and_left(room: Room) -> None:
    first = leave(room, with_note(room.session.notebook, "one", "first"))
    second = leave(
        room, with_note(room.session.notebook, "two", "second"), "event.talknotes (conflicted copy).json"
    )
    damaged = leave(room, room.session.notebook, "event.talknotes (Ann's conflicted copy 2026-01-01).json")
    damaged.write_bytes(damaged.read_bytes()[:80])
    leave(room, replace(room.session.notebook, id="another"), "event.talknotes (conflicted copy 2).json")
    looked(room)
    assert room.screen.said[-1].startswith("2 other versions of this notebook lie beside it")
    assert (
        "“event.talknotes (Ann's conflicted copy 2026-01-01).json” cannot be opened" in room.screen.said[-1]
    )
    offer(room, "Merge Them")
    put_away(room, first, second)
    assert {"one", "two"} <= set(room.texts)
    assert damaged.exists()
    room.session.undo()
    assert room.texts == ["Note 1", "Note 2", "Note 3"]


def test_the_versions_are_counted_and_the_values_named(room: Room) -> None:
    ours = room.session.notebook
    room.session.do("x", edits.set_text(ours, "talk1", "talk1note2", "of ours", ""))
    for name, words in ((NAME, "of one"), ("event.talknotes (conflicted copy).json", "of another")):
        theirs = edits.set_text(ours, "talk1", "talk1note2", words, "")
        leave(room, replace(theirs, talks=(replace(theirs.talks[0], title=f"A title {words}"),)), name)
    conflict_copies.merge_all(room.session)
    room.until(lambda: len(room.texts) == 5, "they are merged")
    assert (
        "1 note differs and is kept in 3 versions; "
        "the title of “Title of talk1” differs and stays as it is here." in room.screen.said[-1]
    )
    assert [one.label for one in room.screen.offers] == ["Show", "Undo"]
    offer(room, "Show")
    talk = room.session.talk
    assert talk
    assert set(room.screen.chosen) == {note.id for note in talk.notes if note.conflict}
    assert len(room.screen.chosen) == 3


def test_a_copy_that_brings_nothing_is_put_away_without_a_step(room: Room) -> None:
    path = leave(room, room.session.notebook)
    conflict_copies.merge_all(room.session)
    put_away(room, path)
    assert "This notebook has all that it has already." in room.screen.said[-1]
    assert room.session.history.undo_label == ""


def test_the_command_says_where_there_is_none(room: Room) -> None:
    conflict_copies.merge_all(room.session)
    room.until(lambda: room.screen.said, "it is told")
    assert room.screen.said[-1] == "No conflict copy of this notebook lies in its folder."


def test_a_copy_stays_while_the_notebook_cannot_be_saved(room: Room) -> None:
    path = leave(room, with_note(room.session.notebook, "theirs"))
    folder, away = room.session.folder, room.session.folder.with_name("away")
    looked(room)
    folder.rename(away)
    offer(room, "Merge It")
    room.until(lambda: [one for one in room.screen.saves if one.message], "the save has failed")
    room.screen.let_time_pass()
    assert (away / NAME).exists()
    away.rename(folder)
    room.session.save_all()
    put_away(room, path)
    assert "theirs" in [note.text for note in room.on_disk().talks[0].notes]
