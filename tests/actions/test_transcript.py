"""Quoting from the transcript and going to what was said, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import captions
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind
from desktopnotes.model.script import Chosen
from desktopnotes.model.transcript import Sentence
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk())


def choose(room: Room, text: str = "Said here.", *, is_meant: bool = True) -> None:
    room.screen.words = Chosen(Sentence(15_200, 18_000, text), 14_000, is_meant)


def test_what_is_chosen_becomes_a_quote_in_its_place(room: Room) -> None:
    choose(room)
    captions.quote(room.session)
    assert room.texts == ["Note 1", "Said here.", "Note 2", "Note 3"]
    note = room.notes[1]
    assert (note.kind, note.at_ms, note.end_ms, note.caption) == (Kind.QUOTE, 15_200, 18_000, "Said here.")
    assert room.session.history.undo_label == "Quote What Was Said"
    assert room.screen.shown == ["behind the words"]
    assert room.screen.said[-1] == "Quoted from 00:15 on."
    (offer,) = room.screen.offers
    offer.run()
    assert room.screen.place.note_id == note.id
    room.session.undo()
    assert room.texts == ["Note 1", "Note 2", "Note 3"]


def test_the_same_words_are_quoted_once(room: Room) -> None:
    choose(room)
    captions.quote(room.session)
    captions.quote(room.session)
    assert room.texts.count("Said here.") == 1
    assert room.screen.said[-1] == "This is a quote already."


def test_nobody_means_to_quote_half_an_hour(room: Room) -> None:
    choose(room, "word " * 2000)
    captions.quote(room.session)
    assert len(room.notes) == 3
    assert "too long" in room.screen.said[-1]


def test_a_notebook_that_can_only_be_read_stays_as_it_is(room: Room) -> None:
    choose(room)
    room.session.read_only = True
    with pytest.raises(UserError):
        captions.quote(room.session)
    assert len(room.notes) == 3


def test_where_nothing_was_chosen_it_is_what_was_just_said(room: Room) -> None:
    choose(room, is_meant=False)
    room.stand_at(20_000)
    captions.quote(room.session)
    room.until(lambda: "no captions" in room.screen.said[-1], "it looked for the captions")
    assert len(room.notes) == 3


def test_the_moment_of_the_words_is_shown(room: Room) -> None:
    room.stand_at(0)
    choose(room)
    assert captions.can_show_moment(room.session)
    captions.show_moment(room.session)
    room.settle()
    position = room.player.position_at()
    assert position is not None
    assert position.at_ms == 14_000


def test_without_a_recording_a_sentence_says_so(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk(), has_files=False)
    room.player.unload()
    room.settle()
    captions.jump_to(room.session, 1000)
    assert "no recording" in room.screen.said[-1]


def test_a_note_is_shown_in_the_transcript_by_its_time(room: Room) -> None:
    room.caret_in("talk1note2")
    captions.show_note(room.session)
    assert room.screen.shown == ["transcript at the note"]
