"""Talks come, go and follow each other; and their write-up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import file, notes, relink, talk
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind, Post, State
from tests.sessions import Room, a_room, a_talk, recordings


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"), a_talk("talk2"))


def titles(room: Room) -> list[str]:
    return [each.title for each in room.session.notebook.talks]


# --- going and removing ------------------------------------------------------------------------------


def test_next_and_previous_keep_positions_and_put_the_caret_into_the_notes(room: Room) -> None:
    room.stand_at(120_000)
    talk.next_one(room.session)
    room.settle()
    assert room.session.talk_id == "talk2"
    assert (room.screen.place.place, room.screen.blank) == ("notes", "talk2note3")
    room.stand_at(30_000)
    talk.previous(room.session)
    room.settle()
    assert room.player.position_at().at_ms == 120_000  # type: ignore[union-attr]
    assert [each.position_ms for each in room.session.notebook.talks] == [120_000, 30_000]


def test_there_is_nothing_before_the_first_and_behind_the_last(room: Room) -> None:
    assert (talk.there_is_a_previous(room.session), talk.there_is_a_next(room.session)) == (False, True)
    talk.previous(room.session)
    assert room.session.talk_id == "talk1"
    talk.next_one(room.session)
    assert (talk.there_is_a_previous(room.session), talk.there_is_a_next(room.session)) == (True, False)
    talk.next_one(room.session)
    assert room.session.talk_id == "talk2"


def test_a_note_is_ended_when_its_talk_is_left(room: Room) -> None:
    room.stand_at(15_000)
    notes.begin(room.session, "? why", "talk1note3")
    talk.next_one(room.session)
    left = room.session.notebook.talks[0].notes[1]
    assert (left.text, left.kind) == ("why", Kind.QUESTION)


def test_a_removed_talk_comes_back_whole(tmp_path: Path) -> None:
    room = a_room(
        tmp_path, a_talk("talk1"), a_talk("talk2"), posts=(Post("post1", talks=("talk1", "talk2")),)
    )
    room.stand_at(120_000)
    talk.remove(room.session)
    assert (room.session.talk_id, titles(room)) == ("talk2", ["Title of talk2"])
    assert room.session.notebook.posts[0].talks == ("talk2",)
    assert (tmp_path / "talk1.mp4").exists()
    assert "“Title of talk1” was removed" in room.screen.said[-1]
    room.session.undo()
    room.settle()
    back = room.session.notebook.talks[0]
    assert (room.session.talk_id, len(back.notes), back.position_ms) == ("talk1", 3, 120_000)
    assert room.session.notebook.posts[0].talks == ("talk1", "talk2")
    assert room.player.position_at().at_ms == 120_000  # type: ignore[union-attr]


def test_undo_beside_a_removed_talk_brings_back_that_talk_and_leaves_what_was_done_since(
    tmp_path: Path,
) -> None:
    room = a_room(
        tmp_path,
        *(a_talk(f"talk{i}") for i in (1, 2, 3)),
        posts=(Post("post1", talks=("talk3", "talk2", "talk1")),),
    )
    talk.go_to(room.session, "talk2")
    room.stand_at(120_000)
    talk.remove(room.session)
    (offer,) = room.screen.offers
    was_open = room.session.talk_id
    room.stand_at(50_000)
    notes.begin(room.session, "Written since", "")
    notes.end(room.session)
    offer.run()
    room.settle()
    now = room.session.notebook
    assert [each.id for each in now.talks] == ["talk1", "talk2", "talk3"]
    assert now.posts[0].talks == ("talk3", "talk2", "talk1")
    assert (room.session.talk_id, now.talks[1].position_ms, len(now.talks[1].notes)) == ("talk2", 120_000, 3)
    assert "Written since" in [note.text for note in now.talk(was_open).notes]  # type: ignore[union-attr]
    offer.run()
    assert [each.id for each in room.session.notebook.talks] == ["talk1", "talk2", "talk3"]
    room.session.undo()
    assert [each.id for each in room.session.notebook.talks] == ["talk1", "talk3"]


def test_undo_beside_a_removed_talk_is_that_step_where_nothing_came_since(room: Room) -> None:
    talk.remove(room.session)
    room.screen.offers[0].run()
    assert (titles(room), room.session.history.redo_label) == (
        ["Title of talk1", "Title of talk2"],
        "Remove Talk",
    )


def test_undo_beside_a_removed_talk_changes_no_other_notebook(room: Room, tmp_path: Path) -> None:
    talk.remove(room.session)
    (offer,) = room.screen.offers
    other = tmp_path / "other"
    other.mkdir()
    path = a_room(other, a_talk("talk7")).session.path
    file.open_path(room.session, path)
    room.stand_at(50_000)
    notes.begin(room.session, "Written here", "")
    notes.end(room.session)
    offer.run()
    assert ("Written here" in room.texts, titles(room)) == (True, ["Title of talk7"])


def test_a_note_being_written_in_a_removed_talk_is_ended(room: Room) -> None:
    room.stand_at(40_000)
    notes.begin(room.session, "> said", "talk1note3")
    talk.remove(room.session)
    assert room.session.writing_id == ""
    room.session.undo()
    assert (room.texts[-1], room.notes[-1].kind) == ("said", Kind.QUOTE)


def test_where_the_last_talk_is_removed_none_is_open(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    talk.remove(room.session)
    assert room.session.talk is None
    assert not talk.one_is_open(room.session)
    room.session.undo()
    assert room.session.talk_id == "talk1"


def test_a_talk_is_watched_though_it_is_opened_again(room: Room) -> None:
    room.play_from(599_000, for_ms=2_000)
    talk.next_one(room.session)
    talk.previous(room.session)
    room.settle()
    assert room.session.notebook.talks[0].state == State.WATCHED


# --- title, link, recording --------------------------------------------------------------------------


def test_the_page_is_opened_while_there_is_one(room: Room) -> None:
    talk.open_link(room.session)
    assert room.screen.opened_outside == ["https://example.org/talk.mp4"]
    room.change_talk(url="")
    assert not talk.has_link(room.session)


def test_only_pages_are_opened_outside(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), url="file:///etc/passwd"))
    talk.open_link(room.session)
    assert room.screen.opened_outside == []


def test_a_recording_is_found_again(room: Room, tmp_path: Path) -> None:
    room.stand_at(60_000)
    room.screen.files = tuple(recordings(tmp_path, "moved.mp4"))
    relink.find(room.session)
    room.settle()
    assert room.session.notebook.talks[0].file == "../moved.mp4"
    assert room.player.opened[-1] == tmp_path / "moved.mp4"
    assert room.player.position_at().at_ms == 60_000  # type: ignore[union-attr]


def test_a_recording_that_is_none_is_refused(room: Room, tmp_path: Path) -> None:
    room.screen.files = (tmp_path,)
    with pytest.raises(UserError, match="is a folder"):
        relink.find(room.session)
    assert room.session.notebook.talks[0].file == "talk1.mp4"
