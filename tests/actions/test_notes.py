"""Writing: notes begin, end, split, join and move, and the player waits while somebody writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import arranging, clipboard, notes, playback
from desktopnotes.media.player import PlayerState
from desktopnotes.model.edits import Span
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, Notebook
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A talk with notes at 10, 20 and 30 s, paused at its beginning; the caret stands in an empty row."""
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))


def write(room: Room, text: str, after_id: str = "talk1note3") -> Note:
    """Types a note into an empty row and ends it."""
    note_id = notes.begin(room.session, text[:1], after_id)
    notes.typed(room.session, note_id, text)
    notes.end(room.session)
    return next(note for note in room.notes if note.id == note_id)


# --- beginning and ending ----------------------------------------------------------------------------


def test_the_first_key_stamps_a_note_not_enter(room: Room) -> None:
    room.stand_at(65_000)
    note_id = notes.begin(room.session, "O", "talk1note3")
    room.stand_at(80_000)
    notes.typed(room.session, note_id, "One")
    notes.end(room.session)
    assert (room.texts[-1], room.stamps[-1]) == ("One", 65_000)
    assert room.notes[-1].created.endswith("Z")


def test_the_caret_goes_behind_the_first_key(room: Room) -> None:
    note_id = notes.begin(room.session, "ab", "talk1note3")
    assert room.screen.place == Caret("notes", "talk1", note_id, 2)


def test_a_note_stays_under_the_caret_and_takes_its_place_when_it_ends(room: Room) -> None:
    room.stand_at(15_000)
    note_id = notes.begin(room.session, "New", "talk1note3")
    assert room.stamps == [10_000, 20_000, 30_000, 15_000]
    notes.end(room.session)
    assert room.stamps == [10_000, 15_000, 20_000, 30_000]
    assert room.notes[1].id == note_id


def test_a_save_does_not_end_a_note(room: Room) -> None:
    room.stand_at(15_000)
    notes.begin(room.session, "https://istio.io", "talk1note3")
    room.session.save_now()
    assert (room.texts[-1], room.notes[-1].kind) == ("https://istio.io", Kind.THOUGHT)
    assert room.stamps[-1] == 15_000


def test_an_ended_note_is_saved_at_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[Notebook] = []
    note_id = notes.begin(room.session, "Saved", "talk1note3")
    monkeypatch.setattr(room.session.saver, "save_now", saved.append)
    notes.end(room.session)
    assert [notebook.talks[0].note(note_id) for notebook in saved] == [room.notes[0]]


def test_a_note_without_a_moment_stays_after_the_one_it_was_written_after(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), state="to_watch"))
    write(room, "About the talk", after_id="talk1note1")
    assert room.texts == ["Note 1", "About the talk", "Note 2", "Note 3"]
    assert room.stamps[1] is None


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("> said", Kind.QUOTE, "said"),
        ("? why", Kind.QUESTION, "why"),
        ("= Part", Kind.CHAPTER, "Part"),
        ("! for me", Kind.PRIVATE, "for me"),
        ("https://istio.io/docs", Kind.LINK, "https://istio.io/docs"),
        ("see https://istio.io", Kind.THOUGHT, "see https://istio.io"),
    ],
)
def test_a_sign_typed_first_is_the_kind(typed: str, kind: Kind, text: str, room: Room) -> None:
    ended = write(room, typed)
    assert (ended.kind, ended.text) == (kind, text)


def test_the_place_is_undone_together_with_the_note(room: Room) -> None:
    before = room.session.notebook
    room.stand_at(15_000)
    write(room, "https://istio.io")
    room.session.undo()
    assert room.session.notebook.talks == before.talks


def test_the_kind_that_was_chosen_is_kept(room: Room) -> None:
    room.screen.chosen = ("talk1note1", "talk1note3")
    arranging.set_kind(room.session, Kind.QUOTE)
    assert [note.kind for note in room.notes] == [Kind.QUOTE, Kind.THOUGHT, Kind.QUOTE]


def test_a_note_stamped_now_goes_where_its_moment_is(room: Room) -> None:
    room.stand_at(15_000)
    room.screen.place = Caret("write_up", "talk1", "", 7)
    notes.stamp(room.session)
    assert room.stamps == [10_000, 15_000, 20_000, 30_000]
    assert room.screen.place == Caret("notes", "talk1", room.notes[1].id)


def test_an_empty_note_stamped_now_stays_as_a_bookmark(room: Room) -> None:
    room.stand_at(15_000)
    notes.stamp(room.session)
    notes.end(room.session)
    assert (room.texts[1], room.stamps[1]) == ("", 15_000)
    assert room.on_disk().talks[0].notes[1].at_ms == 15_000


def test_an_empty_row_without_a_moment_is_not_stored(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), state="to_watch"))
    notes.stamp(room.session)
    notes.end(room.session)
    assert room.texts == ["Note 1", "Note 2", "Note 3"]
    notes.begin(room.session, "> ", "talk1note3")
    notes.end(room.session)
    assert room.texts == ["Note 1", "Note 2", "Note 3"]


def test_a_note_that_was_emptied_is_gone_and_the_next_key_stamps_anew(room: Room) -> None:
    room.stand_at(40_000)
    note_id = notes.begin(room.session, "x", "talk1note3")
    notes.typed(room.session, note_id, "")
    notes.emptied(room.session, note_id)
    assert len(room.notes) == 3
    assert room.screen.blank == "talk1note3"
    room.stand_at(45_000)
    assert write(room, "anew").at_ms == 45_000


def test_without_a_talk_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    assert notes.begin(room.session, "x", "") == ""
    notes.stamp(room.session)
    notes.snapshot(room.session)
    assert ["Add a talk first" in said for said in room.screen.said] == [True, True, True]


# --- structure ---------------------------------------------------------------------------------------


def test_split_makes_two_notes_at_the_caret(room: Room) -> None:
    room.caret_in("talk1note2", 4)
    arranging.split(room.session)
    assert room.texts == ["Note 1", "Note ", "2", "Note 3"]
    assert room.stamps == [10_000, 20_000, 20_000, 30_000]
    assert room.screen.place == Caret("notes", "talk1", room.notes[2].id, 0)


def test_split_in_an_empty_row_does_nothing(room: Room) -> None:
    arranging.split(room.session)
    assert len(room.notes) == 3


def test_join_puts_the_caret_between_the_two_texts(room: Room) -> None:
    notes.join_with_previous(room.session, "talk1note2")
    assert room.texts == ["Note 1Note 2", "Note 3"]
    assert room.stamps == [10_000, 30_000]
    assert room.screen.place == Caret("notes", "talk1", "talk1note1", 6)


def test_the_first_note_joins_nothing(room: Room) -> None:
    notes.join_with_previous(room.session, "talk1note1")
    assert len(room.notes) == 3
    assert room.session.history.undo_label == ""


def test_two_snapshots_stay_two_notes_and_a_sentence_says_why(tmp_path: Path) -> None:
    shown = tuple(Note(f"note{i}", at_ms=i, text="x", picture=f"{i}.png") for i in (1, 2))
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=shown))
    notes.join_with_previous(room.session, "note2")
    assert len(room.notes) == 2
    assert "snapshot" in room.screen.said[-1]


def test_delete_takes_the_note_under_the_caret(room: Room) -> None:
    room.caret_in("talk1note2")
    arranging.delete(room.session)
    assert room.texts == ["Note 1", "Note 3"]
    assert room.screen.blank == "talk1note1"


def test_delete_takes_the_chosen_notes_in_one_step(room: Room) -> None:
    room.caret_in("talk1note3")
    room.screen.chosen = ("talk1note1", "talk1note2")
    arranging.delete(room.session)
    assert room.texts == ["Note 3"]
    assert room.screen.blank == ""
    room.session.undo()
    assert len(room.notes) == 3


def test_delete_with_nothing_chosen_does_nothing(room: Room) -> None:
    arranging.delete(room.session)
    assert len(room.notes) == 3
    assert room.screen.blank == ""


def test_a_cut_over_notes_leaves_one_with_the_first_moment(room: Room) -> None:
    notes.cut_span(room.session, Span("talk1note1", 4, "talk1note3", 4))
    assert room.texts == ["Note 3"]
    assert room.stamps == [10_000]


# --- pasting -----------------------------------------------------------------------------------------


def paste(room: Room, text: str, note_id: str = "") -> bool:
    return clipboard.paste_lines(room.session, note_id, room.screen.place.offset, text)


def test_lines_that_start_with_a_time_become_notes_in_one_step(room: Room) -> None:
    before = room.session.notebook
    assert paste(room, "0:05 five\n0:25 twenty-five\n9:02 late")
    assert room.texts == ["five", "Note 1", "Note 2", "twenty-five", "Note 3", "late"]
    assert room.stamps == [5_000, 10_000, 20_000, 25_000, 30_000, 542_000]
    room.session.undo()
    assert room.session.notebook == before


def test_lines_without_a_time_belong_to_the_one_above(room: Room) -> None:
    paste(room, "0:05 five\nand more\n\n0:06 six")
    assert room.texts[:2] == ["five\nand more", "six"]


def test_lines_before_the_first_time_go_where_they_were_pasted(room: Room) -> None:
    room.caret_in("talk1note2", 4)
    paste(room, " A\nB\n0:25 timed", "talk1note2")
    assert room.texts == ["Note 1", "Note A\nB 2", "timed", "Note 3"]


def test_lines_before_the_first_time_make_a_note_of_the_empty_row(room: Room) -> None:
    room.screen.put_blank("talk1note1")
    paste(room, "Contents\nof the talk\n0:25 timed")
    assert room.texts == ["Note 1", "Contents\nof the talk", "Note 2", "timed", "Note 3"]
    assert room.stamps[1] is None


def test_pasted_notes_have_their_kinds_by_sign(room: Room) -> None:
    paste(room, "0:05 > said\n0:06 https://istio.io")
    assert [(note.kind, note.text) for note in room.notes[:2]] == [
        (Kind.QUOTE, "said"),
        (Kind.LINK, "https://istio.io"),
    ]


@pytest.mark.parametrize("text", ["0:12", "0:30 is when lunch begins", "0:05 - 0:12 words\n"])
def test_one_line_is_words_inside_of_a_note(text: str, room: Room) -> None:
    assert not paste(room, text, "talk1note2")
    assert len(room.notes) == 3
    room.screen.put_blank("talk1note2")
    assert paste(room, text)
    assert len(room.notes) == 4


def test_a_time_past_the_end_is_words_and_told(room: Room) -> None:
    assert not paste(room, "12:30 Lunch\n14:00 Keynote")
    assert room.screen.said[-1] == "2 lines have a time past the end of the recording, 10:00, and stay words."
    assert paste(room, "9:05 five\n12:30 Lunch\n9:06-14:00 six")
    assert [(note.text, note.at_ms, note.end_ms) for note in room.notes[3:]] == [
        ("five\n12:30 Lunch", 545_000, None),
        ("six", 546_000, 600_000),
    ]
    said = "2 notes pasted. 1 line has a time past the end of the recording, 10:00, and stays words."
    assert room.screen.said[-1] == said


def test_where_nobody_knows_how_long_the_recording_is_every_time_is_one(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), duration_ms=0, file="", url=""))
    assert paste(room, "12:30 Lunch\n14:00 Keynote")
    assert room.stamps[3:] == [750_000, 840_000]


def test_copied_notes_that_stand_behind_the_end_are_told(room: Room) -> None:
    room.screen.put_blank("talk1note3")
    some = (Note("x", at_ms=5_000, text="x"), Note("y", at_ms=700_000, text="y"))
    room.screen.copy("0:05 x\n11:40 y", some)
    clipboard.paste(room.session)
    assert room.screen.said[-1] == "2 notes pasted. 1 of them stands behind the end of the recording, 10:00."


def test_text_without_times_is_left_to_the_page(room: Room) -> None:
    assert not paste(room, "one\ntwo")
    assert len(room.notes) == 3


# --- pausing while writing ---------------------------------------------------------------------------


@pytest.fixture
def pausing(room: Room) -> Room:
    """The recording plays, and pauses while somebody writes."""
    room.session.set(pause_while_writing=True)
    room.play_from(40_000, for_ms=30_000)
    return room


def test_by_default_the_recording_plays_on(room: Room) -> None:
    room.play_from(40_000, for_ms=30_000)
    notes.begin(room.session, "x", "talk1note3")
    assert room.player.state is PlayerState.PLAYING


def test_it_pauses_at_the_first_key_and_plays_on_at_the_end(pausing: Room) -> None:
    note_id = notes.begin(pausing.session, "x", "talk1note3")
    assert pausing.player.state is PlayerState.PAUSED
    assert pausing.stamps[-1] == 68_000
    notes.typed(pausing.session, note_id, "xy")
    notes.end(pausing.session)
    assert pausing.player.state is PlayerState.PLAYING


def test_it_pauses_for_an_older_note_as_well(pausing: Room) -> None:
    notes.typed(pausing.session, "talk1note1", "Note 1!")
    assert pausing.player.state is PlayerState.PAUSED
    notes.end(pausing.session)
    assert pausing.player.state is PlayerState.PLAYING


def test_what_the_user_paused_stays_paused(pausing: Room) -> None:
    playback.toggle(pausing.session)
    write(pausing, "x")
    assert pausing.player.state is PlayerState.PAUSED


def test_a_user_who_plays_on_while_writing_is_left_alone(pausing: Room) -> None:
    note_id = notes.begin(pausing.session, "x", "talk1note3")
    playback.toggle(pausing.session)
    notes.typed(pausing.session, note_id, "xy")
    assert pausing.player.state is PlayerState.PLAYING
    playback.toggle(pausing.session)
    notes.end(pausing.session)
    assert pausing.player.state is PlayerState.PAUSED


def test_it_stays_paused_from_one_note_straight_to_the_next(pausing: Room) -> None:
    notes.begin(pausing.session, "x", "talk1note3")
    pausing.settle()
    notes.stamp(pausing.session)
    assert pausing.player.state is PlayerState.PAUSED
    assert pausing.stamps[-1] == 70_000
    notes.end(pausing.session)
    assert pausing.player.state is PlayerState.PLAYING


def test_another_talk_opens_paused_though_the_last_one_waited(pausing: Room) -> None:
    note_id = notes.begin(pausing.session, "x", "talk1note3")
    notes.emptied(pausing.session, note_id)
    pausing.session.open_talk("talk2")
    pausing.settle()
    write(pausing, "y", "talk2note3")
    assert pausing.player.state is PlayerState.PAUSED


def test_it_steps_back_a_little_when_it_plays_on(pausing: Room) -> None:
    pausing.session.set(step_back_on_resume_ms=1_500)
    write(pausing, "x")
    assert pausing.player.position_at().at_ms == 68_500  # type: ignore[union-attr]
