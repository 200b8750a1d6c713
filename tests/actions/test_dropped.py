"""What becomes of things that are dropped on the window, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktopnotes.actions import dropped
from desktopnotes.model.errors import UserError
from tests.sessions import a_room, a_talk, recordings

SRT = "1\n00:00:01,000 --> 00:00:02,000\nhello\n"


def test_captions_on_the_video_are_the_talks_and_elsewhere_are_imported(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    file = tmp_path / "words.srt"
    file.write_text(SRT)
    dropped.take(room.session, [str(file)])
    room.until(lambda: room.screen.imports, "they are shown to be imported")
    assert room.session.talk is not None
    assert room.session.talk.captions == ""
    dropped.take(room.session, [file.as_uri()], on_video=True)
    assert room.session.talk.captions == "words.srt"
    assert room.screen.said[-1] == "The captions of this talk are those in “words.srt” now."
    room.session.undo()
    assert room.session.talk.captions == ""


def test_a_recording_brings_its_captions_along(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    [video] = recordings(tmp_path, "new.mp4")
    beside, other = tmp_path / "new.en.srt", tmp_path / "elsewhere.vtt"
    beside.write_text(SRT)
    other.write_text("WEBVTT\n")
    dropped.take(room.session, [str(beside), str(video)])
    assert room.session.talk is not None
    assert (room.session.talk.file, room.session.talk.captions) == ("new.mp4", "new.en.srt"), "it was found"
    [video] = recordings(tmp_path, "newer.mp4")
    dropped.take(room.session, [str(other), str(video)])
    assert (room.session.talk.file, room.session.talk.captions) == ("newer.mp4", "elsewhere.vtt")


@pytest.mark.parametrize("name", ["letter.pdf", "script.py", "archive.zip", "page.html"])
def test_what_is_foreign_is_told_and_nothing_added(tmp_path: Path, name: str) -> None:
    room = a_room(tmp_path, a_talk())
    before = room.session.notebook
    (tmp_path / name).write_text("x")
    with pytest.raises(UserError, match=f"“{name}” is neither a recording nor a notebook"):
        dropped.take(room.session, [str(recordings(tmp_path, "new.mp4")[0]), str(tmp_path / name)])
    assert room.session.notebook is before


def test_a_picture_goes_into_the_note_at_the_caret_and_is_copied(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk(notes=2))
    room.caret_in(room.notes[0].id)
    pictures = [tmp_path / "one.png", tmp_path / "two.jpg"]
    for number, picture in enumerate(pictures):
        Image.new("RGB", (64, 36), (number * 99, 9, 9)).save(picture)
    before = len(room.notes)
    dropped.take(room.session, [str(pictures[0])])
    room.until(lambda: room.notes[0].picture, "the picture in the note")
    pictures[0].unlink()
    assert (room.session.pictures_folder / room.notes[0].picture).is_file()
    assert room.session.history.undo_label == "Add Picture"
    dropped.take(room.session, [str(pictures[1])])
    room.until(lambda: len(room.notes) == before + 1, "a note of its own, as that one has a picture")


def test_pictures_are_refused_with_a_sentence_where_they_have_no_place(tmp_path: Path) -> None:
    picture, video = tmp_path / "one.png", recordings(tmp_path, "new.mp4")[0]
    picture.write_bytes(b"no picture")
    room = a_room(tmp_path, a_talk())
    with pytest.raises(UserError, match="nothing else with them"):
        dropped.take(room.session, [str(picture), str(video)])
    with pytest.raises(UserError, match="is not there"):
        dropped.take(room.session, ["/nowhere/one.png"])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UserError, match="no talk is open"):
        dropped.take(a_room(empty).session, [str(picture)])
