"""The moment a note is about: taken at its key, less the reaction time, and made true when more is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import notes, stamping
from desktopnotes.media.player import PlayerState
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import State
from desktopnotes.storage import opening
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two talks with three notes each, the first open and paused at its beginning."""
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))


def stamp_now(room: Room, *, react: bool = True) -> int | None:
    found = room.session.stamp(room.player.now_s, react=react)
    return found.at_ms if found else None


# --- stamps ------------------------------------------------------------------------------------------


def test_reaction_time_is_taken_off_while_playing(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    assert stamp_now(room) == 88_000
    assert stamp_now(room, react=False) == 90_000


def test_reaction_time_is_the_viewers_so_it_counts_times_the_rate(room: Room) -> None:
    room.player.set_rate(1.5)
    room.play_from(60_000, for_ms=30_000)
    assert stamp_now(room) == 60_000 + 45_000 - 3_000


def test_reaction_time_is_a_setting(room: Room) -> None:
    room.session.set(stamp_back_ms=500)
    room.play_from(60_000, for_ms=30_000)
    assert stamp_now(room) == 89_500


def test_reaction_time_is_never_more_than_was_played_since_a_jump_or_the_opening(room: Room) -> None:
    room.play_from(60_000, for_ms=700)
    assert stamp_now(room) == 60_000
    room.session.open_talk("talk2", play=True)
    room.settle()
    room.player.advance(1500)
    assert stamp_now(room) == 0


def test_a_stamp_is_that_of_the_key_whenever_it_is_asked_for(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    key_s = room.player.now_s
    room.player.advance(400)
    found = room.session.stamp(key_s)
    assert found is not None
    assert found.at_ms == 88_000


def test_a_paused_stamp_is_the_frame_on_screen(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    room.player.pause()
    assert stamp_now(room) == 90_000


def test_there_is_no_stamp_before_the_talk_was_ever_played(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), state=State.TO_WATCH))
    assert stamp_now(room) is None
    room.player.play()
    room.settle()
    assert stamp_now(room) == 0


def test_there_is_a_stamp_at_the_beginning_of_a_talk_that_was_watched_before(room: Room) -> None:
    assert stamp_now(room) == 0


def test_there_is_no_stamp_after_the_end(room: Room) -> None:
    room.play_from(599_000, for_ms=2_000)
    assert room.player.state is PlayerState.ENDED
    assert stamp_now(room) is None


def test_there_is_no_stamp_without_a_recording(room: Room) -> None:
    room.player.refuses = UserError("The recording is broken.")
    room.session.open_talk("talk2")
    room.settle()
    assert stamp_now(room) is None


# --- late resolution ---------------------------------------------------------------------------------


def begin_at(room: Room, position_ms: int) -> str:
    """Begins a note while the recording plays there."""
    room.play_from(position_ms - 30_000, for_ms=30_000)
    last_id = room.notes[-1].id if room.notes else ""
    return notes.begin(room.session, "A thought", last_id)


def stamp_of(room: Room, note_id: str, talk_id: str = "talk1") -> int | None:
    talk_now = room.session.notebook.talk(talk_id)
    note = talk_now.note(note_id) if talk_now else None
    return note.at_ms if note else None


def test_a_stamp_is_asked_for_until_it_is_known(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    room.player.approximate = True
    note_id = notes.begin(room.session, "A", "")

    def is_approximate() -> bool:
        note = room.session.talk and room.session.talk.note(note_id)
        assert note
        return note.approximate

    for _ in range(3):
        room.screen.let_time_pass()
        assert is_approximate()
    room.player.approximate = False
    room.screen.let_time_pass()
    assert not is_approximate()
    assert room.screen.waiting == []


def test_it_is_not_asked_for_ever_nor_after_the_talk_was_left(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    room.player.approximate = True
    notes.begin(room.session, "A", "")
    for _ in range(5):
        room.screen.let_time_pass()
    assert room.screen.waiting == []
    notes.begin(room.session, "B", "")
    room.session.open_talk("talk2")
    assert room.session.late_stamps._unresolved == []


def test_what_is_learned_of_the_moment_later_changes_the_stamp(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 88_040
    assert stamp_of(room, note_id, "talk1") == room.on_disk().talks[0].notes[-1].at_ms


def test_a_stamp_is_asked_for_again_after_more_than_half_a_second(room: Room) -> None:
    begin_at(room, 90_000)
    assert [delay_ms for delay_ms, _ in room.screen.waiting] == [600]


def test_a_resolved_stamp_is_never_below_0(room: Room) -> None:
    room.play_from(0, for_ms=2_500)
    note_id = notes.begin(room.session, "A thought", "")
    room.learn_that_it_stood(-600)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 0


def test_a_resolved_stamp_stands_in_all_of_history_and_is_no_step(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    room.player.advance(5_000)
    notes.typed(room.session, note_id, "A thought with more")
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    room.session.undo()
    assert (room.texts[-1], stamp_of(room, note_id)) == ("A thought", 88_040)
    room.session.undo()
    assert stamp_of(room, note_id) is None
    room.session.redo()
    assert (room.texts[-1], stamp_of(room, note_id)) == ("A thought", 88_040)
    room.session.redo()
    assert (room.texts[-1], stamp_of(room, note_id)) == ("A thought with more", 88_040)


def test_a_stamp_that_the_user_changed_since_is_left_alone(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    stamping.set_stamp(room.session, note_id, 91_000)
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 91_000
    room.session.undo()
    assert stamp_of(room, note_id) == 88_040


def test_a_stamp_is_resolved_though_its_talk_is_left_before(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    notes.end(room.session)
    room.learn_that_it_stood(+40)
    room.session.open_talk("talk2")
    room.settle()
    assert stamp_of(room, note_id) == 88_040
    room.learn_that_it_stood(+5_000)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 88_040


def test_a_stamp_is_resolved_though_the_program_is_closed_before(room: Room) -> None:
    begin_at(room, 90_000)
    room.learn_that_it_stood(+40)
    assert room.session.close()
    assert opening.open_notebook(room.session.path).notebook.talks[0].notes[-1].at_ms == 88_040


def test_a_note_whose_stamp_is_resolved_stands_by_time(room: Room) -> None:
    """The third note of the talk is at 30 s."""
    note_id = begin_at(room, 32_001)
    notes.end(room.session)
    assert room.notes[-1].id == note_id
    room.learn_that_it_stood(-40)
    room.screen.let_time_pass()
    assert room.stamps == [10_000, 20_000, 29_961, 30_000]


def test_two_stamps_of_one_moment_keep_their_order_when_they_are_resolved(room: Room) -> None:
    room.stand_at(50_000)
    for _ in range(2):
        notes.stamp(room.session)
    notes.end(room.session)
    order = [note.id for note in room.notes]
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert room.stamps[-2:] == [50_040, 50_040]
    assert [note.id for note in room.notes] == order
