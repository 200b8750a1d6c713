"""Stamps: entered, nudged, dragged, shifted, taken off; and where a note ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import stamping
from desktopnotes.actions.stamping import Which
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Notes at 10, 20 and 30 s, then one without a time; the caret is in the second, at its 4th letter."""
    talk = a_talk("talk1")
    room = a_room(tmp_path, replace(talk, notes=(*talk.notes, Note("a", text="About"))))
    room.caret_in("talk1note2", 4)
    return room


def label(room: Room) -> str:
    return room.session.history.undo_label


def at_ms(room: Room) -> int:
    position = room.player.position_at()
    assert position is not None
    return position.at_ms


# --- entered -----------------------------------------------------------------------------------------


def test_an_entry_moves_the_note_and_shows_its_moment_while_paused(room: Room) -> None:
    stamping.enter_times(room.session, "talk1note2", "0:35")
    assert room.stamps == [10_000, 30_000, None, 35_000]
    assert label(room) == "Change Stamp"
    room.settle()
    assert at_ms(room) == 35_000


def test_while_it_plays_an_entry_leaves_the_picture_alone(room: Room) -> None:
    room.play_from(100_000, for_ms=1_000)
    stamping.enter_times(room.session, "talk1note2", "0:35")
    room.settle()
    assert at_ms(room) >= 101_000


def test_an_entry_with_two_times_makes_a_stretch_in_one_step(room: Room) -> None:
    before = room.session.notebook
    stamping.enter_times(room.session, "talk1note2", "0:21–0:25")
    assert (room.notes[1].at_ms, room.notes[1].end_ms) == (21_000, 25_000)
    room.session.undo()
    assert room.session.notebook == before


@pytest.mark.parametrize("typed", ["0:00:20.000", " 0:00:20.000 ", "20", "0:20"])
def test_left_as_it_was_or_meaning_the_same_changes_nothing(typed: str, room: Room) -> None:
    stamping.enter_times(room.session, "talk1note2", typed)
    assert label(room) == ""


@pytest.mark.parametrize("typed", ["soon", "1:00:00", "0:25–0:20", "-1:00"])
def test_a_wrong_entry_changes_nothing(typed: str, room: Room) -> None:
    with pytest.raises(UserError):
        stamping.enter_times(room.session, "talk1note2", typed)
    assert label(room) == ""


def test_a_note_is_given_a_stamp_and_loses_it_when_the_entry_is_emptied(room: Room) -> None:
    stamping.enter_times(room.session, "a", "0:05")
    assert room.notes[0].id == "a"
    stamping.enter_times(room.session, "a", "")
    assert (room.notes[0].at_ms, label(room)) == (None, "Take Off Stamp")
    assert "about the talk" in room.screen.said[-1]


def test_a_bookmark_keeps_its_time(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=(Note("x", at_ms=1_000),)))
    room.caret_in("x")
    stamping.unstamp(room.session)
    assert room.stamps == [1_000]
    assert "keeps its time" in room.screen.said[-1]


# --- where it ends -----------------------------------------------------------------------------------


def test_a_note_ends_at_the_moment_on_screen_and_the_same_moment_takes_that_off(room: Room) -> None:
    room.stand_at(25_000)
    stamping.end_here(room.session)
    assert (room.notes[1].end_ms, label(room)) == (25_000, "End of Note Here")
    room.stand_at(27_000)
    stamping.end_here(room.session)
    assert room.notes[1].end_ms == 27_000
    stamping.end_here(room.session)
    assert (room.notes[1].end_ms, label(room)) == (None, "Take Off the End")


def test_a_note_cannot_end_before_it_begins(room: Room) -> None:
    room.stand_at(20_000)
    stamping.end_here(room.session)
    assert "begins at 00:20" in room.screen.said[-1]
    room.caret_in("a")
    stamping.end_here(room.session)
    assert "without a time" in room.screen.said[-1]
    assert label(room) == ""


# --- nudged and dragged ------------------------------------------------------------------------------


def test_nudges_within_a_second_are_one_step(room: Room) -> None:
    for _ in range(3):
        stamping.nudge(room.session, 100)
        room.player.advance(300)
    assert room.stamps[1] == 20_300
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 4)
    assert "00:20.3" in room.screen.said[-1]
    room.player.advance(1_500)
    stamping.nudge(room.session, -1_000)
    room.session.undo()
    assert room.stamps[1] == 20_300
    room.session.undo()
    assert room.stamps[1] == 20_000
    assert label(room) == ""


def test_while_paused_a_nudge_shows_the_new_moment(room: Room) -> None:
    stamping.nudge(room.session, -1_000)
    room.settle()
    assert at_ms(room) == 19_000


def test_a_nudge_stays_inside_the_recording(room: Room) -> None:
    room.caret_in("talk1note1")
    stamping.nudge(room.session, -10_100)
    assert "before 0:00" in room.screen.said[-1]
    stamping.nudge(room.session, 600_000)
    assert "ends at 10:00" in room.screen.said[-1]
    room.caret_in("a")
    stamping.nudge(room.session, 100)
    assert "no time to nudge" in room.screen.said[-1]
    assert label(room) == ""


def test_several_are_nudged_together(room: Room) -> None:
    room.screen.chosen = ("talk1note1", "talk1note2", "a")
    stamping.nudge(room.session, 1_000)
    assert room.stamps == [11_000, 21_000, 30_000, None]
    assert label(room) == "Shift 3 Notes"
    assert room.screen.chosen == ("talk1note1", "talk1note2", "a")


def test_a_dragged_mark_moves_its_note_in_one_step(room: Room) -> None:
    stamping.drag(room.session, "talk1note1", 25_000)
    assert room.stamps == [20_000, 25_000, 30_000, None]
    assert label(room) == "Move Stamp"


# --- shifted -----------------------------------------------------------------------------------------


def test_all_are_shifted_and_what_does_not_fit_is_said_before(room: Room) -> None:
    shift = stamping.shift_of(room.session, -12_000, Which.ALL)
    said = stamping.what_follows(room.session, shift)
    assert "3 notes will move, the first from 00:10.0 to 00:00.0" in said
    assert "1 of them would stand before 0:00" in said
    stamping.shift_stamps(room.session, shift)
    assert room.stamps == [0, 8_000, 18_000, None]
    assert label(room) == "Shift All Notes"


def test_from_here_on_begins_at_the_caret(room: Room) -> None:
    shift = stamping.shift_of(room.session, 2_500, Which.FROM_HERE)
    stamping.shift_stamps(room.session, shift)
    assert room.stamps == [10_000, 22_500, 32_500, None]
    assert label(room) == "Shift Notes from Here On"
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 4)


def test_from_here_on_from_an_empty_row_begins_with_the_note_above(room: Room) -> None:
    room.screen.put_blank("talk1note3")
    assert len(stamping.shift_of(room.session, 1, Which.FROM_HERE).notes) == 1


def test_the_chosen_are_offered_where_there_are_several(room: Room) -> None:
    assert stamping.ways_to_shift(room.session) == (Which.ALL, Which.FROM_HERE)
    room.screen.chosen = ("talk1note2", "talk1note3")
    assert stamping.ways_to_shift(room.session)[-1] is Which.CHOSEN
    shift = stamping.shift_of(room.session, 1_000, Which.CHOSEN)
    stamping.shift_stamps(room.session, shift)
    assert room.stamps == [10_000, 21_000, 31_000, None]
    assert label(room) == "Shift 2 Notes"


def test_what_would_stand_behind_the_end_is_said(room: Room) -> None:
    shift = stamping.shift_of(room.session, 585_000, Which.ALL)
    assert "2 of them will stand behind the end" in stamping.what_follows(room.session, shift)


def test_the_exact_time_is_said(room: Room) -> None:
    stamping.enter_times(room.session, "talk1note2", "20.25–21")
    stamping.say(room.session)
    assert room.screen.said[-1] == "The note is about 00:20.250 to 00:21.000"
    room.caret_in("a")
    stamping.say(room.session)
    assert "no time" in room.screen.said[-1]
