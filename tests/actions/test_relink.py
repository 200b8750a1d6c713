"""Recordings that are not where they were: found by name, offered by length, never taken for another."""

from __future__ import annotations

import os
import wave
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desktopnotes.actions import not_playing, relink
from desktopnotes.media.player import Failed
from desktopnotes.model import findings
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Talk
from tests.sessions import Room, a_room, a_talk


def sound(path: Path, seconds: float = 2.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(1000)
        file.writeframes(b"\x80" * round(seconds * 1000))
    return path


def a_lost_talk(talk_id: str, file: str, duration_ms: int = 2000) -> Talk:
    return replace(a_talk(talk_id), file=file, url="", duration_ms=duration_ms)


def opened(folder: Path, *talks: Talk) -> Room:
    """A notebook in `folder`/notebooks whose first talk does not play, since its file is not there."""
    books = folder / "notebooks"
    books.mkdir(exist_ok=True)
    room = a_room(books, *talks, has_files=False)
    room.player.checks_files = True
    room.player.recording_ms = 2000
    for talk in talks:
        room.session.find_out(partial(findings.found_duration, talk_id=talk.id, duration_ms=talk.duration_ms))
    room.session.reload()
    room.settle()
    return room


def search(room: Room) -> None:
    relink.look(room.session)
    room.until(lambda: not relink.is_looking(room.session), "the search is over")
    room.settle()


def file(room: Room, talk: int = 0) -> str:
    return room.session.notebook.talks[talk].file


def words(room: Room) -> not_playing.Words | None:
    failed = [report for report in room.screen.reports if isinstance(report, Failed)]
    error = failed[-1].error if failed else ReadError("“a.wav” is not there.", "It was looked for.")
    return not_playing.words(room.session, error)


def test_one_that_was_moved_is_found_by_its_name_and_played(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"))
    sound(tmp_path / "notebooks" / "2017" / "videos" / "a.wav")
    search(room)
    assert file(room) == "2017/videos/a.wav"
    assert room.player.opened[-1] == tmp_path / "notebooks" / "2017" / "videos" / "a.wav"
    assert room.session.history.undo_label == "", "what the program finds out is no step"
    assert "“a.wav” was found in" in room.screen.said[-1]
    assert room.on_disk().talks[0].file == "2017/videos/a.wav"


def test_that_can_be_taken_back_and_is_left_alone_then(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"))
    sound(tmp_path / "notebooks" / "a.wav")
    search(room)
    room.screen.offers[0].run()
    room.settle()
    assert file(room) == "../old/a.wav"
    assert room.session.history.undo_label == "Put Recording Back"
    search(room)
    assert file(room) == "../old/a.wav"


def test_its_neighbours_are_found_with_it(tmp_path: Path) -> None:
    talks = [a_lost_talk(f"talk{i}", f"../old/day{i // 3}/{i}.wav") for i in range(1, 5)]
    room = opened(tmp_path, *talks)
    for i in (1, 2, 4):
        sound(tmp_path / "notebooks" / "new" / f"day{i // 3}" / f"{i}.wav")
    search(room)
    assert [file(room, i) for i in range(4)] == [
        "new/day0/1.wav",
        "new/day0/2.wav",
        "../old/day1/3.wav",
        "new/day1/4.wav",
    ]
    assert "and 2 more" in room.screen.said[-1]
    room.screen.offers[0].run()
    assert [file(room, i) for i in range(4)] == [talk.file for talk in talks]


def test_the_same_name_with_another_length_is_only_offered(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav", duration_ms=60_000))
    sound(tmp_path / "notebooks" / "a.wav")
    search(room)
    assert file(room) == "../old/a.wav"
    assert relink.similar(room.session) == (tmp_path / "notebooks" / "a.wav",)


def test_copies_of_it_are_as_good_and_two_others_are_asked_about(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"))
    sound(tmp_path / "notebooks" / "one" / "a.wav")
    sound(tmp_path / "notebooks" / "two" / "a.wav", seconds=2.4)
    search(room)
    assert file(room) == "../old/a.wav"
    assert len(relink.similar(room.session)) == 2
    said = words(room)
    assert said is not None
    assert said.ways[0] == not_playing.Way("talk.take_similar", "Choose…")
    room.screen.choice = 1
    relink.take_similar(room.session)
    assert file(room) == "two/a.wav"
    sound(tmp_path / "notebooks" / "two" / "a.wav")
    room.session.undo()
    search(room)
    assert file(room) == "one/a.wav", "copies"


def test_a_renamed_one_of_the_same_length_is_offered_not_taken(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"))
    sound(tmp_path / "notebooks" / "other length.wav", seconds=9)
    (tmp_path / "notebooks" / "broken.mp4").write_bytes(b"no recording")
    sound(tmp_path / "notebooks" / "renamed.wav")
    search(room)
    assert file(room) == "../old/a.wav"
    said = words(room)
    assert said is not None
    assert "Is it “renamed.wav”" in said.detail
    relink.take_similar(room.session)
    room.settle()
    assert file(room) == "renamed.wav"
    assert room.session.history.undo_label == "Find Recording"
    assert not relink.there_is_a_similar(room.session)


def test_a_recording_of_another_talk_is_never_offered(tmp_path: Path) -> None:
    sound(tmp_path / "notebooks" / "b.wav")
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"), a_lost_talk("talk2", "b.wav"))
    search(room)
    assert relink.similar(room.session) == ()


def test_one_chosen_by_hand_brings_its_neighbours_in_one_step(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"), a_lost_talk("talk2", "../old/b.wav"))
    sound(tmp_path / "far" / "b.wav")
    room.screen.files = (sound(tmp_path / "far" / "new name.wav"),)
    relink.find(room.session)
    room.settle()
    assert (file(room), file(room, 1)) == ("../far/new name.wav", "../far/b.wav")
    room.session.undo()
    assert (file(room), file(room, 1)) == ("../old/a.wav", "../old/b.wav")


def test_a_talk_whose_file_is_there_is_not_looked_for(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "a.wav"))
    sound(tmp_path / "notebooks" / "a.wav")
    sound(tmp_path / "notebooks" / "below" / "a.wav")
    search(room)
    assert file(room) == "a.wav"


@pytest.mark.parametrize("kind", ["folder", "pipe", "list", "empty"])
def test_what_is_no_recording_is_not_taken(kind: str, tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"))
    place = tmp_path / "notebooks" / "x" / "a.wav"
    place.parent.mkdir()
    {
        "folder": place.mkdir,
        "pipe": lambda: os.mkfifo(place),
        "list": lambda: place.write_text("#EXTM3U\nhttp://example.org"),
        "empty": place.touch,
    }[kind]()
    search(room)
    assert file(room) == "../old/a.wav"
    assert relink.similar(room.session) == ()


def test_the_talk_changed_meanwhile_stays_as_the_user_has_it(tmp_path: Path) -> None:
    room = opened(tmp_path, a_lost_talk("talk1", "../old/a.wav"))
    sound(tmp_path / "notebooks" / "below" / "a.wav")
    relink.look(room.session)
    room.change_talk(file="mine.wav")
    room.until(lambda: not relink.is_looking(room.session), "the search is over")
    assert file(room) == "mine.wav"
