"""Stamps are taken anew and shown, and the keys go from note to note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import notes, stamping
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A talk with notes at 10, 20 and 30 s, paused at its beginning; the caret stands in an empty row."""
    return a_room(tmp_path, a_talk("talk1"))


def test_restamp_takes_the_frame_on_screen_and_the_note_takes_its_place(room: Room) -> None:
    room.play_from(10_000, for_ms=15_000)
    room.caret_in("talk1note1")
    stamping.restamp(room.session)
    assert room.stamps == [20_000, 25_000, 30_000]
    assert room.notes[1].id == "talk1note1"


def test_restamp_without_a_moment_says_so(room: Room) -> None:
    room.caret_in("talk1note1")
    room.session.player.unload()
    stamping.restamp(room.session)
    assert room.stamps == [10_000, 20_000, 30_000]
    assert "no moment to take" in room.screen.said[-1]


def test_a_jump_shows_the_moment_of_the_note_under_the_caret(room: Room) -> None:
    room.caret_in("talk1note2")
    notes.jump(room.session)
    assert position_ms(room) == 20_000


def test_from_the_video_a_jump_shows_the_note_of_the_moment(room: Room) -> None:
    room.screen.place = Caret("video", "talk1")
    room.stand_at(25_000)
    notes.jump(room.session)
    assert position_ms(room) == 20_000


def test_a_note_about_the_talk_has_no_moment_to_show(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=(Note("note1", text="All of it"),)))
    room.stand_at(5_000)
    room.caret_in("note1")
    notes.jump(room.session)
    assert position_ms(room) == 5_000
    assert "about the talk" in room.screen.said[-1]


def test_without_a_recording_a_jump_says_so(room: Room) -> None:
    room.session.player.unload()
    room.caret_in("talk1note2")
    notes.jump(room.session)
    assert "no recording" in room.screen.said[-1]


def position_ms(room: Room) -> int:
    position = room.player.position_at()
    assert position is not None
    return position.at_ms


def test_up_and_down_go_along_the_page(room: Room) -> None:
    room.caret_in("talk1note2")
    notes.next_one(room.session)
    assert room.screen.place.note_id == "talk1note3"
    notes.next_one(room.session)
    assert room.screen.place.note_id == "talk1note3"
    notes.previous(room.session)
    assert room.screen.place.note_id == "talk1note2"
    assert position_ms(room) == 0


@pytest.mark.parametrize(
    ("blank", "above", "below"),
    [("talk1note1", "talk1note1", "talk1note2"), ("talk1note3", "talk1note3", "talk1note3")],
)
def test_from_an_empty_row_they_go_to_its_neighbours(blank: str, above: str, below: str, room: Room) -> None:
    room.screen.put_blank(blank)
    notes.previous(room.session)
    assert room.screen.place.note_id == above
    room.screen.put_blank(blank)
    notes.next_one(room.session)
    assert room.screen.place.note_id == below


def test_from_the_video_they_show_the_moments_one_by_one(tmp_path: Path) -> None:
    untimed = Note("untimed", text="About the talk")
    plain = a_talk("talk1")
    room = a_room(tmp_path, replace(plain, notes=(*plain.notes[:2], untimed, *plain.notes[2:])))
    room.screen.place = Caret("video", "talk1")
    seen = []
    for deed in (notes.next_one,) * 4 + (notes.previous,) * 3:
        deed(room.session)
        seen.append(position_ms(room))
    assert seen == [10_000, 20_000, 30_000, 30_000, 20_000, 10_000, 10_000]
    assert room.screen.place == Caret("video", "talk1")


def test_up_from_the_middle_of_a_note_shows_that_note_first(room: Room) -> None:
    room.screen.place = Caret("video", "talk1")
    room.stand_at(24_000)
    notes.previous(room.session)
    assert position_ms(room) == 20_000
