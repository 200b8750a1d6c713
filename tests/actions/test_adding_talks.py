"""Recordings become talks: what is added, in which order, what is known of them, and to which notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktopnotes.actions import notes, talk
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind
from desktopnotes.storage import opening, paths
from tests.sessions import Room, a_room, a_room_on, a_talk, recordings


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"), a_talk("talk2"))


def titles(room: Room) -> list[str]:
    return [each.title for each in room.session.notebook.talks]


# --- adding ------------------------------------------------------------------------------------------


def test_files_are_added_in_the_order_given_and_the_first_is_opened(room: Room, tmp_path: Path) -> None:
    room.screen.files = tuple(recordings(tmp_path, "zebra.mp4", "ape.mp3"))
    talk.add_files(room.session)
    assert titles(room)[2:] == ["Zebra", "Ape"]
    assert room.session.talk is not None
    assert room.session.talk.title == "Zebra"
    assert room.player.opened[-1] == tmp_path / "zebra.mp4"
    assert room.screen.blank == ""
    assert room.on_disk().talks[2].title == "Zebra"


def test_several_talks_are_one_step(room: Room, tmp_path: Path) -> None:
    room.screen.files = tuple(recordings(tmp_path, "one.mp4", "two.mp4"))
    talk.add_files(room.session)
    assert room.session.history.undo_label == "Add 2 Talks"
    room.session.undo()
    assert len(titles(room)) == 2


def test_a_cancelled_question_adds_nothing(room: Room) -> None:
    before, path = room.session.notebook, room.session.path
    talk.add_files(room.session)
    talk.add_folder(room.session)
    assert (room.session.notebook, room.session.path) == (before, path)


def test_a_folder_is_added_in_natural_order_and_only_what_plays(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "lectures"
    recordings(folder, "Part 10.mp4", "Part 9.mp4", "part 1.MKV", "notes.txt", "Part 2.vtt", ".hidden.mp4")
    (folder / "sub.mp4").mkdir()
    room.screen.folder = folder
    talk.add_folder(room.session)
    assert titles(room)[2:] == ["Part 1", "Part 9", "Part 10"]
    assert room.session.talk is not None
    assert room.session.talk.title == "Part 1"


def test_a_folder_without_recordings_is_told(room: Room, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="no recording in"):
        talk.add_from_folder(room.session, tmp_path / "empty")
    assert len(titles(room)) == 2


def test_what_is_there_already_is_gone_to(room: Room) -> None:
    room.screen.files = (room.session.folder / "talk2.mp4",)
    talk.add_files(room.session)
    assert room.session.talk_id == "talk2"
    assert len(titles(room)) == 2
    assert room.session.history.undo_label == ""
    assert "already" in room.screen.said[-1]


def test_what_is_open_already_plays_on(room: Room) -> None:
    room.play_from(60_000, for_ms=1_000)
    loads = room.player.load
    room.screen.files = (room.session.folder / "talk1.mp4",)
    talk.add_files(room.session)
    assert room.player.load == loads


def test_what_is_there_already_is_known_through_a_link_too(room: Room, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(room.session.folder, target_is_directory=True)
    talk.add_from_folder(room.session, tmp_path / "link")
    assert len(titles(room)) == 2


def test_a_file_given_twice_is_one_talk(room: Room, tmp_path: Path) -> None:
    [file] = recordings(tmp_path, "one.mp4")
    room.screen.files = (file, file)
    talk.add_files(room.session)
    assert titles(room)[2:] == ["One"]


def test_one_file_that_cannot_be_had_and_none_is_added(room: Room, tmp_path: Path) -> None:
    room.screen.files = (*recordings(tmp_path, "one.mp4"), tmp_path / "gone.mp4")
    with pytest.raises(UserError, match=r"gone\.mp4” is not there"):
        talk.add_files(room.session)
    assert len(titles(room)) == 2


def test_a_note_being_written_is_ended_first(room: Room, tmp_path: Path) -> None:
    room.stand_at(15_000)
    notes.begin(room.session, "> said", "talk1note3")
    room.screen.files = tuple(recordings(tmp_path, "one.mp4"))
    talk.add_files(room.session)
    ended = room.session.notebook.talks[0].notes[1]
    assert (ended.text, ended.kind) == ("said", Kind.QUOTE)
    assert room.session.writing_id == ""


def test_files_are_named_relative_to_the_notebook(room: Room, tmp_path: Path) -> None:
    room.screen.files = (
        *recordings(room.session.folder / "videos", "one.mp4"),
        *recordings(tmp_path / "elsewhere", "two.mp4"),
    )
    talk.add_files(room.session)
    assert [each.file for each in room.session.notebook.talks[2:]] == [
        "videos/one.mp4",
        "../elsewhere/two.mp4",
    ]


def test_title_and_speakers_come_from_the_name(room: Room, tmp_path: Path) -> None:
    name = "Keynote： Istio in Production [I] - Ann Lee & Bob Ray, Acme [dQw4w9WgXcQ].mp4"
    room.screen.files = tuple(recordings(tmp_path, name))
    talk.add_files(room.session)
    added = room.session.notebook.talks[-1]
    assert added.title == "Istio in Production"
    assert added.speakers == ("Ann Lee", "Bob Ray")
    assert added.original_title == "Keynote: Istio in Production [I] - Ann Lee & Bob Ray, Acme"
    assert added.url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_what_lies_beside_a_recording_tells_more_than_its_name(room: Room, tmp_path: Path) -> None:
    [file] = recordings(tmp_path, "video_0042.mp4")
    info = {
        "title": "Istio [I] - Ann Lee, Acme",
        "webpage_url": "https://vimeo.com/42",
        "duration": 61.5,
        "chapters": [{"start_time": 0, "title": "Intro"}, {"start_time": 30.5, "title": "Demo"}],
    }
    (tmp_path / "video_0042.info.json").write_text(json.dumps(info))
    (tmp_path / "video_0042.en.vtt").write_text("WEBVTT\n")
    room.screen.files = (file,)
    talk.add_files(room.session)
    added = room.session.notebook.talks[-1]
    assert (added.title, added.speakers) == ("Istio", ("Ann Lee",))
    assert added.original_title == info["title"]
    assert (added.url, added.captions) == ("https://vimeo.com/42", "../video_0042.en.vtt")
    assert [(chapter.at_ms, chapter.title) for chapter in added.chapters] == [(0, "Intro"), (30_500, "Demo")]


# --- the sample --------------------------------------------------------------------------------------


@pytest.fixture
def sample(home: Path) -> Room:
    """A session on the user's copy of the sample; the home folder has a folder for documents."""
    (home / "Documents").mkdir()
    path = paths.copy_sample()
    assert path is not None
    return a_room_on(path)


def test_the_sample_never_receives_the_users_talks(sample: Room, home: Path, tmp_path: Path) -> None:
    sample_path, before = sample.session.path, sample.session.notebook.talks
    sample.screen.files = tuple(recordings(tmp_path, "one.mp4"))
    talk.add_files(sample.session)
    assert sample.session.path == home / "Documents" / "Talk Notes" / "My Talks.talknotes.json"
    assert (sample.session.notebook.title, titles(sample)) == ("My Talks", ["One"])
    kept = opening.open_notebook(sample_path).notebook.talks
    assert [each.id for each in kept] == [each.id for each in before]
    assert sample.on_disk().talks[0].title == "One"


def test_a_note_being_written_in_the_sample_is_ended_there(sample: Room, tmp_path: Path) -> None:
    sample_path = sample.session.path
    sample.stand_at(15_000)
    note_id = notes.begin(sample.session, "> said", "")
    talk.add_from_folder(sample.session, recordings(tmp_path / "new", "one.mp4")[0].parent)
    ended = opening.open_notebook(sample_path).notebook.talks[0].note(note_id)
    assert ended is not None
    assert (ended.text, ended.kind) == ("said", Kind.QUOTE)


def test_a_folder_names_the_new_notebook(sample: Room, tmp_path: Path) -> None:
    recordings(tmp_path / "KubeCon 2017", "one.mp4")
    talk.add_from_folder(sample.session, tmp_path / "KubeCon 2017" / ".." / "KubeCon 2017")
    assert sample.session.notebook.title == "KubeCon 2017"
    assert sample.session.path.name == "KubeCon 2017.talknotes.json"


def test_the_new_notebook_gets_the_next_free_name(sample: Room, home: Path, tmp_path: Path) -> None:
    opening.create(paths.notebooks_folder(), "My Talks")
    sample.screen.files = tuple(recordings(tmp_path, "one.mp4"))
    talk.add_files(sample.session)
    assert sample.session.path.name == "My Talks 2.talknotes.json"


def test_no_notebook_is_made_for_a_file_that_is_not_there(sample: Room, tmp_path: Path) -> None:
    sample_path = sample.session.path
    sample.screen.files = (tmp_path / "gone.mp4",)
    with pytest.raises(UserError):
        talk.add_files(sample.session)
    assert sample.session.path == sample_path
    assert not paths.notebooks_folder().exists()
