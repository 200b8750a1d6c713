"""What is said: quoted by key, shown over the picture, kept in a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import arranging, captions, edit, notes, talk
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind, Note
from tests.sessions import Room, a_room, a_talk

SAID = "One is said here.", "Two runs over", "a second cue.", "Three."
"""At 1, 3, 5 and 7 s, each for 1.9 s; the second sentence ends at 6.9 s."""


def write_captions(folder: Path, name: str = "talk1.vtt") -> None:
    cues = [f"00:0{1 + 2 * i}.000 --> 00:0{2 + 2 * i}.900\n{text}\n" for i, text in enumerate(SAID)]
    (folder / name).write_text("\n".join(["WEBVTT\n", *cues]), encoding="utf-8")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    write_captions(tmp_path)
    return ready(a_room(tmp_path, a_talk(notes=1)))


def ready(room: Room) -> Room:
    """With its captions read."""
    came: list[object] = []
    room.session.spoken.when_read(came.append)
    room.until(lambda: came, "the captions are read")
    return room


def quoted(room: Room) -> list[tuple[str, int | None, int | None]]:
    return [(note.text, note.at_ms, note.end_ms) for note in room.notes if note.kind == Kind.QUOTE]


# --- quoting -----------------------------------------------------------------------------------------


def test_the_sentence_just_finished_becomes_a_quote_with_the_time_of_its_start(room: Room) -> None:
    room.stand_at(7500)
    captions.quote(room.session)
    (quote,) = [note for note in room.notes if note.kind == Kind.QUOTE]
    assert (quote.text, quote.at_ms, quote.end_ms) == ("Two runs over a second cue.", 3000, 6900)
    assert quote.caption == quote.text
    assert quote.created
    assert room.stamps == [3000, 10_000], "it takes its place"


def test_while_it_plays_the_moment_of_the_key_counts_without_reaction_time(room: Room) -> None:
    room.play_from(2000, for_ms=5000)
    captions.quote(room.session)
    assert quoted(room) == [("Two runs over a second cue.", 3000, 6900)]


def test_again_takes_the_one_before_it_too_each_a_step(room: Room) -> None:
    room.stand_at(9000)
    for _ in range(3):
        captions.quote(room.session)
    whole = "One is said here. Two runs over a second cue. Three."
    assert quoted(room) == [(whole, 1000, 8900)]
    assert next(note.caption for note in room.notes if note.kind == Kind.QUOTE) == whole
    edit.undo(room.session)
    assert quoted(room) == [("Two runs over a second cue. Three.", 3000, 8900)]
    edit.undo(room.session)
    assert quoted(room) == [("Three.", 7000, 8900)]
    edit.undo(room.session)
    assert quoted(room) == []
    for _ in range(3):
        edit.redo(room.session)
    assert quoted(room) == [(whole, 1000, 8900)]


def test_after_an_undo_it_goes_on_from_what_stands_there(room: Room) -> None:
    room.stand_at(9000)
    captions.quote(room.session)
    captions.quote(room.session)
    edit.undo(room.session)
    captions.quote(room.session)
    assert quoted(room) == [("Two runs over a second cue. Three.", 3000, 8900)]


def test_before_the_first_sentence_there_is_nothing_more(room: Room) -> None:
    room.stand_at(4000)
    captions.quote(room.session)
    captions.quote(room.session)
    assert quoted(room) == [("One is said here.", 1000, 2900)]
    assert room.screen.said[-1] == "Nothing was said before this."


def test_a_quote_that_grows_takes_its_place_by_its_earlier_start(room: Room) -> None:
    room.session.do("Put", replace_notes(room, Note("between", at_ms=5000, text="between")))
    room.stand_at(9000)
    captions.quote(room.session)
    assert room.stamps == [5000, 7000]
    captions.quote(room.session)
    assert room.stamps == [3000, 5000]


def replace_notes(room: Room, *new: Note):  # type: ignore[no-untyped-def]
    assert room.session.talk is not None
    return replace(room.session.notebook, talks=(replace(room.session.talk, notes=new),))


def test_it_means_the_one_before_though_another_is_finished_meanwhile(room: Room) -> None:
    room.play_from(2000, for_ms=4800)
    captions.quote(room.session)
    room.player.advance(2000)
    room.settle()
    captions.quote(room.session)
    assert quoted(room) == [("One is said here. Two runs over a second cue.", 1000, 6900)]


def test_some_time_later_it_takes_what_was_finished_since(room: Room) -> None:
    room.play_from(0, for_ms=3200)
    captions.quote(room.session)
    room.player.advance(6000)
    room.settle()
    captions.quote(room.session)
    assert [text for text, _, _ in quoted(room)] == ["One is said here.", "Three."]


def test_after_a_jump_it_takes_what_was_finished_there(room: Room) -> None:
    room.stand_at(9000)
    captions.quote(room.session)
    room.stand_at(3500)
    captions.quote(room.session)
    assert [text for text, _, _ in quoted(room)] == ["One is said here.", "Three."]


@pytest.mark.parametrize("what", ["typed in it", "new note", "deleted"])
def test_after_anything_else_it_begins_a_new_quote(room: Room, what: str) -> None:
    room.stand_at(9000)
    captions.quote(room.session)
    (first,) = [note for note in room.notes if note.kind == Kind.QUOTE]
    if what == "typed in it":
        notes.typed(room.session, first.id, "Three!")
    elif what == "new note":
        notes.begin(room.session, "a", first.id)
    else:
        room.caret_in(first.id)
        arranging.delete(room.session)
    captions.quote(room.session)
    texts = {"typed in it": ["Three!", "Three."], "new note": ["Three.", "Three."], "deleted": ["Three."]}
    assert [text for text, _, _ in quoted(room)] == texts[what]


def test_the_caret_goes_on_below_it_or_stays_where_somebody_writes(room: Room) -> None:
    room.stand_at(9000)
    room.screen.put_blank("talk1note1")
    captions.quote(room.session)
    (quote,) = [note for note in room.notes if note.kind == Kind.QUOTE]
    assert room.screen.blank == quote.id
    room.caret_in("talk1note1", 3)
    captions.quote(room.session)
    assert (room.screen.place.note_id, room.screen.place.offset) == ("talk1note1", 3)


def test_it_is_saved_and_read_again(room: Room) -> None:
    room.stand_at(9000)
    captions.quote(room.session)
    (quote,) = [note for note in room.on_disk().talks[0].notes if note.kind == Kind.QUOTE]
    assert (quote.text, quote.caption, quote.at_ms, quote.end_ms) == ("Three.", "Three.", 7000, 8900)


def test_captions_that_are_found_are_no_change_of_the_notebook(room: Room) -> None:
    assert room.session.talk is not None
    assert room.session.talk.captions == ""
    assert not room.session.history.undo_label
    assert room.session.saver.all_is_saved


def test_without_captions_one_plain_sentence(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk(notes=1))
    (tmp_path / "talk1.mp4").unlink()
    captions.quote(room.session)
    room.until(lambda: "no captions" in room.screen.said[-1], "the sentence")
    assert room.screen.errors == []
    assert len(room.notes) == 1


@pytest.mark.parametrize("at_ms", [0, 1500])
def test_before_anything_is_finished_it_is_told(room: Room, at_ms: int) -> None:
    room.stand_at(at_ms)
    captions.quote(room.session)
    assert room.screen.said[-1] == "No sentence has been finished yet."
    assert quoted(room) == []


def test_a_key_pressed_while_they_are_read_is_not_lost(tmp_path: Path) -> None:
    write_captions(tmp_path)
    room = a_room(tmp_path, a_talk(notes=0))
    room.player.pause()
    room.player.seek(9000)
    captions.quote(room.session)
    room.until(lambda: quoted(room), "the quote")
    assert quoted(room) == [("Three.", 7000, 8900)]


def test_in_another_talk_it_takes_that_ones_captions(tmp_path: Path) -> None:
    write_captions(tmp_path, "talk2.vtt")
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))
    captions.quote(room.session)
    talk.next_one(room.session)
    ready(room)
    room.stand_at(9000)
    captions.quote(room.session)
    assert quoted(room) == [("Three.", 7000, 8900)]
    assert not any("no captions" in said for said in room.screen.said)


def test_a_notebook_that_can_only_be_read_stays_as_it_is(room: Room) -> None:
    room.session.read_only = True
    room.stand_at(9000)
    with pytest.raises(UserError):
        captions.quote(room.session)
    assert quoted(room) == []


def test_a_file_that_the_user_chooses_wins_and_is_kept(room: Room, tmp_path: Path) -> None:
    (tmp_path / "other.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nChosen.\n", encoding="utf-8")
    room.screen.files = (tmp_path / "other.srt",)
    captions.choose(room.session)
    ready(room)
    room.stand_at(9000)
    captions.quote(room.session)
    assert quoted(room) == [("Chosen.", 1000, 2000)]
    assert room.on_disk().talks[0].captions == "other.srt"
    room.session.open_talk("talk1")
    ready(room)
    room.stand_at(9000)
    captions.quote(room.session)
    assert [text for text, _, _ in quoted(room)] == ["Chosen.", "Chosen."]


# --- showing -----------------------------------------------------------------------------------------


def test_the_last_15_s_are_shown_and_hidden_by_the_same_key(room: Room) -> None:
    room.play_from(0, for_ms=5500)
    captions.show(room.session)
    assert room.screen.captions == "One is said here. Two runs over a second cue."
    assert room.player.state.value == "playing"
    captions.show(room.session)
    assert room.screen.captions == ""


def test_a_silence_is_told_where_one_looks(room: Room) -> None:
    room.stand_at(60_000)
    captions.show(room.session)
    assert room.screen.captions == "Nothing was said in the last 15 seconds."
    assert room.screen.said[-1] == room.screen.captions


# --- keeping -----------------------------------------------------------------------------------------


def test_a_note_keeps_what_was_said_at_its_moment_and_drops_it_again(room: Room) -> None:
    room.session.do("Put", replace_notes(room, Note("mine", at_ms=5500, text="mine")))
    room.caret_in("mine")
    captions.keep(room.session)
    assert room.notes[0].caption == "Two runs over a second cue."
    assert room.notes[0].text == "mine"
    captions.keep(room.session)
    assert room.notes[0].caption == ""
    edit.undo(room.session)
    assert room.on_disk().talks[0].notes[0].caption == "Two runs over a second cue."


@pytest.mark.parametrize(
    ("at_ms", "told"), [(None, "no time"), (100, "Nothing was said"), (60_000, "Nothing")]
)
def test_where_nothing_was_said_it_is_told(room: Room, at_ms: int | None, told: str) -> None:
    room.session.do("Put", replace_notes(room, Note("mine", at_ms=at_ms, text="mine")))
    room.caret_in("mine")
    captions.keep(room.session)
    assert told in room.screen.said[-1]
    assert room.notes[0].caption == ""
