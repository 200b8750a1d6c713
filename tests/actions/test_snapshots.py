"""Snapshots go into notes: the one under the caret or a new one, whatever happened while they were stored."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import arranging, notes, talk
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, State
from desktopnotes.storage import paths
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))


def pictures(room: Room, talk_id: str = "talk1") -> list[str]:
    now = room.session.notebook.talk(talk_id)
    return [note.picture for note in now.notes if note.picture] if now else []


def take(room: Room, wanted: int = 1, talk_id: str = "talk1") -> list[str]:
    """Takes a snapshot; the pictures of the talk's notes once it has so many."""
    notes.snapshot(room.session)
    room.until(lambda: len(pictures(room, talk_id)) == wanted, "the snapshot is in a note")
    assert (room.errors, room.screen.errors) == ([], [])
    return pictures(room, talk_id)


def test_it_goes_into_the_note_under_the_caret(room: Room) -> None:
    room.caret_in("talk1note2", 3)
    [picture] = take(room)
    assert room.notes[1] == replace(a_talk().notes[1], picture=picture)
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 3)


def test_it_is_made_ready_for_posts_too(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktopnotes.pictures.LONGEST_TRAVELLING_PX", 10)  # the fake's picture is small
    room.caret_in("talk1note2")
    [picture] = take(room)
    made = paths.made_pictures_folder()
    content = (room.session.pictures_folder / picture).read_bytes()
    ready = made / f"{hashlib.sha256(content).hexdigest()}-10.webp"
    room.until(ready.is_file, "it is made")


def test_the_folder_of_pictures_is_named_in_the_notebook(room: Room) -> None:
    room.caret_in("talk1note2")
    [picture] = take(room)
    assert room.session.notebook.pictures == "event.pictures"
    assert (room.session.folder / "event.pictures" / picture).is_file()
    kept = room.on_disk()
    assert (kept.pictures, kept.talks[0].notes[1].picture) == ("event.pictures", picture)


def test_the_folder_that_a_notebook_names_is_used(room: Room) -> None:
    room.session.do("Move", replace(room.session.notebook, pictures="old name.pictures"))
    room.caret_in("talk1note2")
    [picture] = take(room)
    assert (room.session.folder / "old name.pictures" / picture).is_file()


def test_it_begins_a_note_with_the_frame_on_screen_in_an_empty_row(room: Room) -> None:
    room.play_from(5_000, for_ms=10_000)
    take(room)
    new = room.notes[1]
    assert (new.at_ms, new.text) == (15_000, "")
    assert room.screen.place == Caret("notes", "talk1", new.id)


def test_where_the_note_has_one_it_begins_another_and_the_caret_stays(room: Room) -> None:
    room.caret_in("talk1note2", 3)
    take(room)
    room.stand_at(21_000)
    take(room, 2)
    assert room.stamps == [10_000, 20_000, 21_000, 30_000]
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 3)


@pytest.mark.parametrize("place", ["video", "write_up"])
def test_the_caret_stays_where_the_user_is(place: str, room: Room) -> None:
    room.screen.place = Caret(place, "talk1")
    take(room)
    assert len(room.notes) == 4
    assert room.screen.place == Caret(place, "talk1")


def test_the_caret_stays_in_a_note_begun_since(room: Room) -> None:
    notes.snapshot(room.session)
    room.stand_at(40_000)
    note_id = notes.begin(room.session, "Typing on", "talk1note3")
    room.until(lambda: pictures(room), "the snapshot is in a note")
    assert room.screen.place.note_id == note_id


def test_it_is_one_step_of_undo(room: Room) -> None:
    before = room.session.notebook
    take(room)
    room.session.undo()
    assert room.session.notebook == before
    room.session.redo()
    assert len(pictures(room)) == 1


def test_it_goes_to_its_talk_though_another_is_open_by_now(room: Room) -> None:
    room.caret_in("talk1note2")
    notes.snapshot(room.session)
    talk.next_one(room.session)
    place = room.screen.place
    room.until(lambda: pictures(room), "the snapshot is in a note")
    assert room.session.notebook.talks[0].notes[1].picture
    assert pictures(room, "talk2") == []
    assert room.screen.place == place
    room.session.undo()
    assert (room.session.talk_id, pictures(room)) == ("talk1", [])


def test_a_note_that_it_begins_in_another_talk_leaves_the_caret_where_it_is(room: Room) -> None:
    room.stand_at(21_000)
    notes.snapshot(room.session)
    talk.next_one(room.session)
    room.settle()
    place = room.screen.place
    room.until(lambda: pictures(room), "the snapshot is in a note")
    assert room.screen.place == place
    room.screen.let_time_pass()
    assert [note.at_ms for note in room.session.notebook.talks[0].notes] == [10_000, 20_000, 21_000, 30_000]


def test_it_begins_a_note_where_its_own_was_deleted_meanwhile(room: Room) -> None:
    room.stand_at(21_000)
    room.caret_in("talk1note2")
    notes.snapshot(room.session)
    arranging.delete(room.session)
    room.until(lambda: pictures(room), "the snapshot is in a note")
    assert room.stamps == [10_000, 21_000, 30_000]


def test_it_is_forgotten_where_its_talk_was_removed_meanwhile(room: Room) -> None:
    notes.snapshot(room.session)
    talk.remove(room.session)
    after = room.session.notebook
    room.until(lambda: any(room.session.pictures_folder.glob("*")), "the picture is stored")
    room.session.background.close(10)
    room.settle()
    assert room.session.notebook is after
    assert (room.errors, room.screen.errors) == ([], [])


def test_the_stamp_of_a_snapshot_is_resolved_too(room: Room) -> None:
    room.play_from(30_000, for_ms=10_000)
    take(room)
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert room.stamps[-1] == 40_040


def test_before_the_talk_was_ever_played_it_is_about_the_talk(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), state=State.TO_WATCH, notes=(Note("a", at_ms=5),)))
    take(room)
    assert room.stamps == [5, None]


def test_where_there_is_no_picture_a_sentence_says_so_and_nothing_changes(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    room.player.has_video = False
    before = room.session.notebook
    notes.snapshot(room.session)
    room.until(lambda: room.screen.errors, "it is told")
    assert room.screen.errors[0].startswith("No snapshot was taken. There is no picture")
    assert room.session.notebook is before
    assert not room.session.pictures_folder.exists()


def test_where_it_cannot_be_stored_a_sentence_says_so_and_nothing_changes(room: Room) -> None:
    room.session.pictures_folder.write_bytes(b"a file stands where the folder should be")
    before = room.session.notebook
    notes.snapshot(room.session)
    room.until(lambda: room.screen.errors, "it is told")
    assert room.screen.errors[0].startswith("No snapshot was taken. A file stands where")
    assert room.session.notebook is before


def test_a_fault_of_the_program_is_not_told_as_if_it_were_the_users(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = RuntimeError("oops")
    monkeypatch.setattr(
        room.player, "snapshot", lambda path, then, failed: room.mailbox.post(lambda: failed(fault))
    )
    notes.snapshot(room.session)
    room.settle()
    assert (room.errors, room.screen.errors) == ([fault], [])


def test_what_was_drawn_on_the_way_is_cleaned_up(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Path] = []
    player_takes = room.player.snapshot

    def snapshot(path: Path, then: object, failed: object) -> None:
        drawn.append(path)
        player_takes(path, then, failed)  # type: ignore[arg-type]

    monkeypatch.setattr(room.player, "snapshot", snapshot)
    take(room)
    room.player.has_video = False
    notes.snapshot(room.session)
    room.until(lambda: room.screen.errors, "it is told")
    assert [path.parent.exists() for path in drawn] == [False, False]


def test_an_error_of_the_player_is_told_as_it_is(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    error = UserError("VLC is not installed.", "Install it: sudo apt install vlc")
    monkeypatch.setattr(
        room.player, "snapshot", lambda path, then, failed: room.mailbox.post(lambda: failed(error))
    )
    notes.snapshot(room.session)
    room.settle()
    assert room.screen.errors == [f"No snapshot was taken. {error}"]
