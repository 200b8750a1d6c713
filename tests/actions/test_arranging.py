"""Notes as things: several are changed in one step whose label tells how many, and stay chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import arranging, clipboard, formatting, notes, stamping, talk
from desktopnotes.model import edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.screen import Stretch
from desktopnotes.session import Session
from tests.counted import Counted
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Notes at 10, 20 and 30 s, then two without a time; the caret is in the second, at its 4th letter."""
    three = a_talk("talk1")
    rest = (Note("a", text="About"), Note("b", text="Beside"))
    room = a_room(tmp_path, replace(three, notes=(*three.notes, *rest)))
    room.caret_in("talk1note2", 4)
    return room


def label(room: Room) -> str:
    return room.session.history.undo_label


@pytest.mark.parametrize(
    ("kind", "one", "several"),
    [
        (Kind.THOUGHT, "Make It a Thought", "Make 2 Notes Thoughts"),
        (Kind.QUOTE, "Make It a Quote", "Make 2 Notes Quotes"),
        (Kind.QUESTION, "Make It a Question", "Make 2 Notes Questions"),
        (Kind.LINK, "Make It a Link", "Make 2 Notes Links"),
        (Kind.CHAPTER, "Make It a Chapter", "Make 2 Notes Chapters"),
        (Kind.PRIVATE, "Make It Private", "Make 2 Notes Private"),
    ],
)
def test_a_kind_is_said_as_one_says_it(kind: Kind, one: str, several: str, room: Room) -> None:
    arranging.set_kind(room.session, Kind.QUOTE if kind is Kind.THOUGHT else Kind.THOUGHT)
    arranging.set_kind(room.session, kind)
    assert label(room) == one
    room.screen.chosen = ("talk1note1", "talk1note3")
    arranging.set_kind(room.session, Kind.QUOTE if kind is Kind.THOUGHT else Kind.THOUGHT)
    arranging.set_kind(room.session, kind)
    assert label(room) == several
    assert room.screen.chosen == ("talk1note1", "talk1note3")
    assert {room.notes[0].kind, room.notes[2].kind} == {kind}


def test_the_caret_stays_where_it_was(room: Room) -> None:
    arranging.set_kind(room.session, Kind.QUOTE)
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 4)


def test_several_are_deleted_in_one_step(room: Room) -> None:
    room.screen.chosen = ("talk1note1", "talk1note2", "talk1note3")
    arranging.delete(room.session)
    assert room.texts == ["About", "Beside"]
    assert label(room) == "Delete 3 Notes"
    room.session.undo()
    assert len(room.notes) == 5


def test_a_tag_is_put_on_all_that_have_it_not_and_taken_off(room: Room) -> None:
    room.screen.chosen = ("talk1note1", "talk1note2")
    room.screen.text = "mesh"
    arranging.add_tag(room.session)
    assert room.texts[:3] == ["Note 1 #mesh", "Note 2 #mesh", "Note 3"]
    assert label(room) == "Tag 2 Notes #mesh"
    room.screen.text = "#mesh"
    arranging.remove_tag(room.session)
    assert room.screen.asked[-1] == "#mesh"
    assert room.texts[:3] == ["Note 1", "Note 2", "Note 3"]
    assert label(room) == "Take #mesh Off 2 Notes"
    assert room.screen.chosen == ("talk1note1", "talk1note2")


def test_what_is_no_tag_is_told_and_changes_nothing(room: Room) -> None:
    for typed in ("two words", "12", "#-"):
        room.screen.text = typed
        with pytest.raises(UserError, match="is no tag, and nothing was changed"):
            arranging.add_tag(room.session)
    for cancelled in (None, "", " # "):
        room.screen.text = cancelled
        arranging.add_tag(room.session)
    arranging.remove_tag(room.session)
    assert "no tag to take off" in room.screen.said[-1]
    assert label(room) == ""


@pytest.mark.parametrize("command", [arranging.add_tag, arranging.remove_tag])
def test_no_tag_is_asked_for_where_none_can_be_put(command: Callable[[Session], None], room: Room) -> None:
    room.session.read_only = True
    with pytest.raises(UserError, match="can be read here, not changed"):
        command(room.session)
    assert room.screen.asked == []


def test_a_note_without_stamp_moves_with_its_caret(room: Room) -> None:
    room.caret_in("b", 3)
    arranging.move_up(room.session)
    assert (room.texts[3:], label(room)) == (["Beside", "About"], "Move Note Up")
    assert room.screen.place == Caret("notes", "talk1", "b", 3)
    arranging.move_up(room.session)
    assert room.texts == ["Note 1", "Note 2", "Beside", "Note 3", "About"]
    arranging.move_down(room.session)
    room.session.undo()
    room.session.undo()
    assert room.texts[3:] == ["Beside", "About"]


def test_a_stamped_note_says_why_it_stays(room: Room) -> None:
    arranging.move_down(room.session)
    assert label(room) == ""
    assert "stands by its time, 00:20" in room.screen.said[-1]


def test_a_copy_has_the_caret_at_the_same_letter(room: Room) -> None:
    arranging.duplicate(room.session)
    assert room.texts[:4] == ["Note 1", "Note 2", "Note 2", "Note 3"]
    assert room.stamps[1:3] == [20_000, 20_000]
    assert room.screen.place == Caret("notes", "talk1", room.notes[2].id, 4)
    assert room.notes[2].id != "talk1note2"


def test_several_copies_stand_each_below_its_note(room: Room) -> None:
    room.screen.chosen = ("talk1note1", "talk1note2")
    arranging.duplicate(room.session)
    assert room.stamps[:5] == [10_000, 10_000, 20_000, 20_000, 30_000]
    assert label(room) == "Duplicate 2 Notes"


def test_join_goes_with_the_note_above_and_the_caret_between(room: Room) -> None:
    arranging.join(room.session)
    assert room.texts[:2] == ["Note 1 Note 2", "Note 3"]
    assert room.screen.place == Caret("notes", "talk1", "talk1note1", 7)
    assert label(room) == "Join Notes"


def test_chosen_notes_are_joined_into_their_first(room: Room) -> None:
    room.screen.chosen = ("talk1note2", "talk1note3", "a")
    arranging.join(room.session)
    assert room.texts == ["Note 1", "Note 2 Note 3 About", "Beside"]
    assert label(room) == "Join 3 Notes"
    room.session.undo()
    assert len(room.notes) == 5


def test_the_first_note_has_none_above(room: Room) -> None:
    room.caret_in("talk1note1")
    arranging.join(room.session)
    assert label(room) == ""
    assert "no note above" in room.screen.said[-1]


def test_notes_with_two_snapshots_stay_apart_wholly(tmp_path: Path) -> None:
    some = (Note("x", text="x", picture="1.png"), Note("y", text="y"), Note("z", text="z", picture="2.png"))
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=some))
    room.screen.chosen = ("x", "y", "z")
    arranging.join(room.session)
    assert room.texts == ["x", "y", "z"]
    assert "one snapshot only" in room.screen.said[-1]


def test_where_many_are_joined_no_line_is_longer_than_a_window_can_show(room: Room) -> None:
    ids = [note.id for note in room.notes]
    room.session.find_out(lambda now: edits.set_texts(now, "talk1", dict.fromkeys(ids, "a word" * 150), ""))
    room.screen.chosen = tuple(ids)
    arranging.join(room.session)
    assert len(room.texts[0].split()) == 151 * len(ids)
    assert max(map(len, room.texts[0].split("\n"))) <= arranging.ONE_LINE


class Id(Counted):
    """An id that counts as well how often it is put into a set or a table."""

    __slots__ = ()

    def __hash__(self) -> int:
        Counted.compared += 1
        return str.__hash__(self)


MANY = 400
DEEDS_TO_MANY = {
    "bold": formatting.bold,
    "duplicate": arranging.duplicate,
    "join": arranging.join,
    "next kind": arranging.next_kind,
    "nudge": lambda session: stamping.nudge(session, 100),
    "add to write-up": talk.add_to_write_up,
    "copy": clipboard.copy,
    "copy with stamps": clipboard.copy_with_stamps,
}


@pytest.mark.parametrize("name", DEEDS_TO_MANY)
def test_what_is_done_to_many_looks_for_each_of_them_once(name: str, tmp_path: Path) -> None:
    some = tuple(Note(Id(f"note{i}"), i * 100, text=f"Words {i}") for i in range(MANY))
    room = a_room(tmp_path, a_talk("talk1"))
    room.session.find_out(lambda now: replace(now, talks=(replace(now.talks[0], notes=some),)))
    room.caret_in(some[0].id)
    room.screen.chosen = tuple(note.id for note in some)
    room.screen.selection = tuple(Stretch(note.id, 0, len(note.text)) for note in some)
    Counted.compared = 0
    DEEDS_TO_MANY[name](room.session)
    assert room.session.history.undo_label or room.screen.clipboard
    assert Counted.compared < 20 * MANY


def test_a_command_of_things_ends_no_note_and_types_nothing(room: Room) -> None:
    note_id = notes.begin(room.session, "new", "b")
    arranging.set_kind(room.session, Kind.QUESTION)
    assert (room.session.writing_id, room.screen.place.offset) == (note_id, 3)


def test_the_next_kind_goes_round(room: Room) -> None:
    seen = []
    for _ in range(7):
        arranging.next_kind(room.session)
        seen.append(room.notes[1].kind)
    assert seen == [*list(Kind)[1:], Kind.THOUGHT, Kind.QUOTE]
