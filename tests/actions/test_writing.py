"""The life of the note being written, as undo, joining and deleting meet it; and the talk that waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import arranging, edit, notes, pausing, playback, writing
from desktopnotes.media.player import PlayerState
from desktopnotes.model.edits import Span
from desktopnotes.model.notebook import Kind, Note
from tests.sessions import Room, a_room, a_talk

ADDRESS = "https://example.org"

PLAYING, PAUSED = PlayerState.PLAYING, PlayerState.PAUSED


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Notes at 10, 20 and 30 s; it stands at 15 s."""
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    room.stand_at(15_000)
    return room


@pytest.fixture
def waiting(tmp_path: Path) -> Room:
    """Notes at 10, 20 and 30 s; the talk waits while the second one is written."""
    room = a_room(tmp_path, a_talk("talk1"))
    room.play_from(60_000, for_ms=5_000)
    pausing.switch(room.session)
    room.caret_in("talk1note2", 7)
    notes.typed(room.session, "talk1note2", "Note 2!")
    assert room.player.state is PAUSED
    return room


def write(room: Room, *texts: str, after_id: str = "talk1note3") -> str:
    """Types these texts into an empty row, each a step of its own; the note is not ended."""
    note_id = notes.begin(room.session, texts[0][:1], after_id)
    for text in texts:
        notes.typed(room.session, note_id, text)
        room.session.history.end_step()
    return note_id


# --- a step back or forward --------------------------------------------------------------------------


def test_a_note_that_undo_left_out_of_its_place_takes_it_when_it_is_left(room: Room) -> None:
    write(room, "hello", "hello world")
    edit.undo(room.session)
    assert room.texts[-1] == "hello"
    notes.end(room.session)
    assert room.stamps == [10_000, 15_000, 20_000, 30_000]
    assert [note.text for note in room.on_disk().talks[0].notes][1] == "hello"
    edit.redo(room.session)
    notes.end(room.session)
    assert (room.stamps, room.texts[1]) == ([10_000, 15_000, 20_000, 30_000], "hello world")


def test_a_note_that_had_ended_does_so_again_after_undo(room: Room) -> None:
    write(room, "hello", "hello world")
    notes.end(room.session)
    edit.undo(room.session)
    notes.end(room.session)
    assert room.stamps == [10_000, 15_000, 20_000, 30_000]


def test_an_empty_note_without_a_moment_that_undo_left_is_not_kept(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), state="to_watch"))
    notes.stamp(room.session)
    room.session.history.end_step()
    notes.typed(room.session, room.screen.place.note_id, "x")
    edit.undo(room.session)
    assert room.texts[-1] == ""
    notes.end(room.session)
    assert [note.text for note in room.on_disk().talks[0].notes] == ["Note 1", "Note 2", "Note 3"]
    edit.redo(room.session)
    assert room.texts[-1] == "x"


def test_undo_in_another_note_ends_the_one_being_written(room: Room) -> None:
    room.caret_in("talk1note1")
    notes.typed(room.session, "talk1note1", "Note 1!")
    before = write(room, "new")
    edit.undo(room.session)
    assert room.session.notebook.talks[0].note(before) is None
    edit.undo(room.session)
    edit.redo(room.session)
    edit.redo(room.session)
    assert room.session.writing_id == before
    notes.end(room.session)
    assert room.stamps == [10_000, 15_000, 20_000, 30_000]


def test_a_note_in_its_place_is_not_written_because_of_a_step_back(room: Room) -> None:
    room.caret_in("talk1note2", 7)
    notes.typed(room.session, "talk1note2", "Note 2!")
    notes.end(room.session)
    edit.undo(room.session)
    assert room.session.writing_id == ""


# --- the talk that waits -----------------------------------------------------------------------------


def joined(room: Room) -> None:
    arranging.join(room.session)
    assert room.texts == ["Note 1 Note 2!", "Note 3"]


def joined_by_backspace(room: Room) -> None:
    notes.join_with_previous(room.session, "talk1note2")
    assert room.texts == ["Note 1Note 2!", "Note 3"]


def cut_over_two(room: Room) -> None:
    notes.cut_span(room.session, Span("talk1note1", 4, "talk1note2", 4))
    assert room.texts == ["Note 2!", "Note 3"]


def cut_whole(room: Room) -> None:
    notes.cut_span(room.session, Span("talk1note1", 0, "talk1note2", 7))
    assert room.texts == ["Note 3"]


def others_deleted(room: Room) -> None:
    room.screen.chosen = ("talk1note1", "talk1note3")
    arranging.delete(room.session)
    assert room.texts == ["Note 2!"]


def undone(room: Room) -> None:
    edit.undo(room.session)
    assert room.texts[1] == "Note 2"


def undone_and_done_again(room: Room) -> None:
    edit.undo(room.session)
    edit.redo(room.session)
    assert room.texts[1] == "Note 2!"


@pytest.mark.parametrize(
    "deed",
    [joined, joined_by_backspace, cut_over_two, cut_whole, others_deleted, undone, undone_and_done_again],
)
def test_whatever_becomes_of_the_note_the_talk_plays_on_when_it_is_left(waiting: Room, deed) -> None:  # type: ignore[no-untyped-def]
    deed(waiting)
    notes.end(waiting.session)
    assert (waiting.player.state, waiting.session.writing_id) == (PLAYING, "")
    playback.toggle(waiting.session)
    write(waiting, "later", after_id="")
    notes.end(waiting.session)
    assert waiting.player.state is PAUSED


def test_after_a_join_the_next_key_pauses_nothing_that_the_user_plays(waiting: Room) -> None:
    joined(waiting)
    playback.toggle(waiting.session)
    notes.typed(waiting.session, "talk1note1", "Note 1 Note 2!?")
    assert waiting.player.state is PLAYING
    playback.toggle(waiting.session)
    notes.end(waiting.session)
    assert waiting.player.state is PAUSED


def test_after_a_join_without_a_key_the_first_one_pauses(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    room.play_from(60_000, for_ms=5_000)
    pausing.switch(room.session)
    room.caret_in("talk1note2")
    notes.join_with_previous(room.session, "talk1note2")
    assert room.player.state is PLAYING
    notes.typed(room.session, "talk1note1", "Note 1Note 2!")
    assert room.player.state is PAUSED
    notes.end(room.session)
    assert room.player.state is PLAYING


def test_a_note_out_of_its_place_settles_before_others_are_deleted(room: Room) -> None:
    write(room, "new")
    room.screen.chosen = ("talk1note3",)
    arranging.delete(room.session)
    assert room.stamps == [10_000, 15_000, 20_000]


# --- an address, and a note out of its place ----------------------------------------------------------


def press_enter(room: Room, note_id: str) -> None:
    """As the page does: what was written ends, and a note that nobody wrote in is looked at."""
    notes.end(room.session)
    writing.put_in_place(room.session, note_id)


def test_enter_in_a_note_that_nobody_wrote_in_makes_it_no_link(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=(Note("one", 5_000, text=ADDRESS),)))
    room.caret_in("one", 3)
    before = room.session.notebook
    press_enter(room, "one")
    assert room.session.notebook is before


def test_an_address_is_read_once_when_it_was_written(room: Room) -> None:
    note_id = write(room, ADDRESS)
    press_enter(room, note_id)
    assert room.notes[1].kind == Kind.LINK
    room.caret_in(note_id, 3)
    arranging.set_kind(room.session, Kind.THOUGHT)
    press_enter(room, note_id)
    notes.typed(room.session, note_id, f"{ADDRESS}/page")
    press_enter(room, note_id)
    assert (room.notes[1].kind, room.notes[1].text) == (Kind.THOUGHT, f"{ADDRESS}/page")


def test_a_kind_chosen_in_the_midst_of_writing_holds(room: Room) -> None:
    note_id = write(room, ADDRESS[:9])
    arranging.set_kind(room.session, Kind.QUOTE)
    arranging.set_kind(room.session, Kind.THOUGHT)
    notes.typed(room.session, note_id, ADDRESS)
    press_enter(room, note_id)
    assert room.notes[1].kind == Kind.THOUGHT


def test_words_that_become_an_address_make_a_link(room: Room) -> None:
    notes.typed(room.session, "talk1note2", ADDRESS)
    press_enter(room, "talk1note2")
    assert room.notes[1].kind == Kind.LINK
    edit.undo(room.session)
    assert (room.notes[1].kind, room.notes[1].text) == (Kind.THOUGHT, "Note 2")


def test_a_note_out_of_its_place_that_nobody_wrote_in_moves_in_a_step(tmp_path: Path) -> None:
    some = tuple(Note(f"at{at}", at * 1000, text="x") for at in (20, 10, 30))
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=some))
    room.caret_in("at20")
    press_enter(room, "at20")
    assert room.stamps == [10_000, 20_000, 30_000]
    assert room.session.history.undo_label == "Put Note in Its Place"
    edit.undo(room.session)
    assert room.stamps == [20_000, 10_000, 30_000]


def test_enter_after_undo_leaves_redo_what_it_had(room: Room) -> None:
    note_id = write(room, ADDRESS, f"{ADDRESS} and more")
    notes.end(room.session)
    edit.undo(room.session)
    press_enter(room, note_id)
    assert room.session.history.redo_label == "Typing"
    edit.redo(room.session)
    assert room.texts[1] == f"{ADDRESS} and more"


# --- splitting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [0, 1, 7, 8])
def test_at_either_end_of_a_note_there_is_nothing_to_split(room: Room, offset: int) -> None:
    notes.typed(room.session, "talk1note2", " Note 2 ")
    before = room.session.notebook
    room.caret_in("talk1note2", offset)
    arranging.split(room.session)
    assert room.session.notebook is before
    assert room.screen.said[-1].startswith("Nothing to split here")


def test_both_halves_of_a_note_being_written_take_their_place(room: Room) -> None:
    note_id = write(room, "one two")
    room.caret_in(note_id, 4)
    arranging.split(room.session)
    assert room.session.writing_id == room.screen.place.note_id == room.notes[2].id
    notes.end(room.session)
    assert room.texts == ["Note 1", "one ", "two", "Note 2", "Note 3"]
    edit.undo(room.session)
    notes.end(room.session)
    assert room.texts == ["Note 1", "one two", "Note 2", "Note 3"]


# --- the last letter goes ----------------------------------------------------------------------------


def take_all(room: Room, note_id: str) -> None:
    """As Backspace does in the page, letter by letter."""
    text = next(note.text for note in room.notes if note.id == note_id)
    for length in reversed(range(len(text))):
        notes.typed(room.session, note_id, text[:length])
    notes.emptied(room.session, note_id)


def test_a_note_typed_away_goes_in_the_same_step(room: Room) -> None:
    room.caret_in("talk1note2", 6)
    take_all(room, "talk1note2")
    assert room.texts == ["Note 1", "Note 3"]
    assert (room.screen.blank, room.session.history.undo_label) == ("talk1note1", "Delete Note")
    edit.undo(room.session)
    assert (room.texts, room.session.history.undo_label) == (["Note 1", "Note 2", "Note 3"], "")
    edit.redo(room.session)
    assert room.texts == ["Note 1", "Note 3"]


def test_slow_keys_give_the_last_letter_back(room: Room) -> None:
    room.caret_in("talk1note2", 1)
    notes.typed(room.session, "talk1note2", "N")
    room.session.history.end_step()
    take_all(room, "talk1note2")
    edit.undo(room.session)
    assert room.texts[1] == "N"


def test_a_note_that_the_same_step_began_comes_back_with_its_words(room: Room) -> None:
    note_id = notes.begin(room.session, "h", "talk1note3")
    for text in ("he", "hel", "he", "hell", "hello"):
        notes.typed(room.session, note_id, text)
    take_all(room, note_id)
    assert len(room.notes) == 3
    edit.undo(room.session)
    assert (room.texts[-1], room.session.writing_id) == ("hello", note_id)
    notes.end(room.session)
    assert room.stamps == [10_000, 15_000, 20_000, 30_000]
    edit.undo(room.session)
    assert (len(room.notes), room.session.history.undo_label) == (3, "")
