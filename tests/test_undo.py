"""Undo of everything that can be done, wherever it was done; and a notebook that refuses all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import (
    arranging,
    clipboard,
    exporting,
    file,
    notes,
    parts,
    post,
    post_style,
    post_view,
    relink,
    stamping,
    talk,
    talks_list,
)
from desktopnotes.media.player import PlayerState
from desktopnotes.model import talk_edits
from desktopnotes.model.edits import Span
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Post, Times
from tests.sessions import Room, a_room, a_room_on, a_talk, recordings


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two talks with three notes each, the first open and paused at its beginning."""
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))


# --- what can be done --------------------------------------------------------------------------------


def add_talk(room: Room) -> None:
    room.screen.files = tuple(recordings(room.session.folder, "new.mp4"))
    talk.add_files(room.session)


def rename_talk(room: Room) -> None:
    room.change_talk(title="Another Title", speakers="Ann", tags="mesh")


def set_link(room: Room) -> None:
    room.change_talk(url="https://example.org/another")


def find_file(room: Room) -> None:
    room.screen.files = tuple(recordings(room.session.folder, "moved.mp4"))
    relink.find(room.session)


def rename_notebook(room: Room) -> None:
    room.screen.text = "Another Event"
    file.rename(room.session)


def add_tag(room: Room) -> None:
    room.screen.text = "#mesh"
    arranging.add_tag(room.session)


def end_here(room: Room) -> None:
    room.stand_at(28_000)
    stamping.end_here(room.session)


def details(room: Room) -> None:
    after = replace(room.session.notebook.posts[0], intro="Hello.", closing="More soon.", date="2018-01-12")
    room.session.do("Title and Introduction", talk_edits.set_post(room.session.notebook, after))


DEEDS: dict[str, Callable[[Room], object]] = {
    "begin": lambda room: notes.begin(room.session, "New", "talk1note3"),
    "stamp": lambda room: notes.stamp(room.session),
    "type": lambda room: notes.typed(room.session, "talk1note2", "Other words"),
    "delete": lambda room: arranging.delete(room.session),
    "empty": lambda room: notes.emptied(room.session, "talk1note2"),
    "cut": lambda room: notes.cut_span(room.session, Span("talk1note1", 2, "talk1note3", 3)),
    "join": lambda room: notes.join_with_previous(room.session, "talk1note2"),
    "paste": lambda room: clipboard.paste_lines(room.session, "talk1note2", 0, "0:05 one\n0:25 two"),
    "split": lambda room: arranging.split(room.session),
    "kind": lambda room: arranging.set_kind(room.session, Kind.QUESTION),
    "restamp": lambda room: stamping.restamp(room.session),
    "stamp entry": lambda room: stamping.set_stamp(room.session, "talk1note2", 35_000),
    "join chosen": lambda room: arranging.join(room.session),
    "duplicate": lambda room: arranging.duplicate(room.session),
    "tag": add_tag,
    "nudge": lambda room: stamping.nudge(room.session, -100),
    "drag": lambda room: stamping.drag(room.session, "talk1note2", 45_000),
    "times entry": lambda room: stamping.enter_times(room.session, "talk1note2", "0:25–0:28"),
    "take off": lambda room: stamping.unstamp(room.session),
    "end": end_here,
    "shift": lambda room: stamping.shift_stamps(
        room.session, stamping.shift_of(room.session, 2_500, stamping.Which.ALL)
    ),
    "write-up": lambda room: talk.type_write_up(room.session, "Worth seeing."),
    "add to write-up": lambda room: talk.add_to_write_up(room.session),
    "add talk": add_talk,
    "rename talk": rename_talk,
    "link": set_link,
    "mark as watched": lambda room: talks_list.mark_watched(room.session),
    "mark as to watch": lambda room: talks_list.mark_to_watch(room.session),
    "move talk": lambda room: talks_list.drop(room.session, "talk1", "post1", "", ""),
    "find recording": find_file,
    "remove talk": lambda room: talk.remove(room.session),
    "rename notebook": rename_notebook,
    "style": lambda room: post_style.set_style(room.session, "timeline"),
    "times": lambda room: post_style.set_times(room.session, Times.INLINE),
    "post details": details,
    "post's field": lambda room: post_view.type_field(room.session, "post1", "intro", "Hello."),
    "put in": lambda room: post_view.put_in(room.session, "post1", "talk2"),
    "published": lambda room: parts.set_published(room.session, "post1", "2018-01-12", ""),
    "new part": lambda room: parts.new(room.session),
    "remove part": lambda room: parts.remove(room.session),
    "paste link": lambda room: post_view.set_link(room.session, "talk2", "https://example.org/2"),
    "put into post": lambda room: post.details(room.session),
}


@pytest.mark.parametrize("name", DEEDS)
def test_everything_can_be_undone_and_done_again(name: str, tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"), posts=(Post("post1", title="Part 1"),))
    room.caret_in("talk1note2", 4)
    before = room.session.notebook
    DEEDS[name](room)
    notes.end(room.session)
    after = room.session.notebook
    assert after != before
    room.session.undo()
    assert room.session.notebook == before
    assert room.session.talk is not None
    assert room.session.history.undo_label == ""
    assert room.screen.said[-1].startswith("Undone: ")
    room.session.redo()
    assert room.session.notebook == after
    assert room.screen.said[-1].startswith("Done again: ")
    there = [replace(talk, position_ms=0) for talk in room.on_disk().talks]
    assert there == [replace(talk, position_ms=0) for talk in after.talks]


def test_undo_goes_to_the_talk_where_the_change_was(room: Room) -> None:
    notes.typed(room.session, "talk1note2", "Other words")
    talk.go_to(room.session, "talk2")
    room.session.undo()
    assert room.session.talk_id == "talk1"
    assert room.texts[1] == "Note 2"


def test_redo_goes_to_the_talk_where_the_change_was(room: Room) -> None:
    notes.typed(room.session, "talk1note2", "Other words")
    talk.go_to(room.session, "talk2")
    room.session.undo()
    room.session.redo()
    assert (room.session.talk_id, room.texts[1]) == ("talk1", "Other words")
    room.session.undo()
    talk.go_to(room.session, "talk2")
    room.session.redo()
    assert (room.session.talk_id, room.texts[1]) == ("talk1", "Other words")
    assert room.screen.place.talk_id == "talk1"


def test_undo_puts_the_caret_where_it_was(room: Room) -> None:
    room.caret_in("talk1note2", 3)
    arranging.split(room.session)
    room.session.undo()
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 3)


def test_undo_does_not_move_the_video(room: Room) -> None:
    room.play_from(60_000, for_ms=10_000)
    notes.typed(room.session, "talk1note2", "Other words")
    opened = list(room.player.opened)
    room.session.undo()
    assert room.player.opened == opened
    assert room.player.state is PlayerState.PLAYING
    assert room.player.position_at().at_ms == 70_000  # type: ignore[union-attr]


def test_undo_of_the_first_talk_shows_none_and_redo_shows_it(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    add_talk(room)
    added_id = room.session.talk_id
    room.session.undo()
    assert (room.session.talk_id, room.session.notebook.talks) == ("", ())
    room.session.redo()
    assert room.session.talk_id == added_id


def test_typing_in_a_note_is_one_step_until_a_second_passes(room: Room) -> None:
    for text in ("a", "ab", "abc"):
        notes.typed(room.session, "talk1note1", text)
        room.player.advance(900)
    room.player.advance(200)
    notes.typed(room.session, "talk1note1", "abcd")
    room.session.undo()
    assert room.texts[0] == "abc"
    room.session.undo()
    assert room.texts[0] == "Note 1"


def test_nothing_to_undo_says_nothing(room: Room) -> None:
    said = list(room.screen.said)
    room.session.undo()
    room.session.redo()
    assert room.screen.said == said


# --- notebooks that can only be read -----------------------------------------------------------------


def read_only_room(folder: Path) -> Room:
    """As a newer version of the program would have written it."""
    path = a_room(folder, a_talk("talk1"), a_talk("talk2"), posts=(Post("post1"),)).session.path
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 99'))
    return a_room_on(path)


@pytest.mark.parametrize("name", [name for name in DEEDS if name != "add talk"])
def test_a_read_only_notebook_refuses_edits_with_a_sentence(name: str, tmp_path: Path) -> None:
    room = read_only_room(tmp_path)
    on_disk = room.session.path.read_bytes()
    room.caret_in("talk1note2", 4)
    before, place = room.session.notebook, room.screen.place
    with pytest.raises(UserError, match=r"can be read here, not changed"):
        DEEDS[name](room)
    assert room.session.notebook.talks == before.talks
    assert room.session.notebook.posts == before.posts
    assert (room.session.talk_id, room.screen.place, room.session.writing_id) == ("talk1", place, "")
    assert room.session.close()
    assert room.session.path.read_bytes() == on_disk


def test_a_read_only_notebook_keeps_no_snapshot(tmp_path: Path) -> None:
    room = read_only_room(tmp_path)
    with pytest.raises(UserError, match="not changed"):
        notes.snapshot(room.session)
    assert not room.session.pictures_folder.exists()


def test_a_read_only_notebook_is_exported_all_the_same(tmp_path: Path) -> None:
    room = read_only_room(tmp_path)
    on_disk = room.session.path.read_bytes()
    room.screen.target = tmp_path / "post.md"
    exporting.export(room.session)
    room.until(lambda: room.screen.offers, "it is exported")
    assert "Note 2" in room.screen.target.read_text()
    assert (room.errors, room.screen.errors) == ([], [])
    assert room.session.path.read_bytes() == on_disk
