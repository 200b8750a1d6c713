"""Talks come, go and follow each other; and their write-up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import notes, talk
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, Post, State
from desktopnotes.storage import paths, store
from tests.sessions import Room, a_room, a_room_on, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"), a_talk("talk2"))


def recordings(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"a recording")
    return [folder / name for name in names]


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
    kept = store.open_notebook(sample_path).notebook.talks
    assert [each.id for each in kept] == [each.id for each in before]
    assert sample.on_disk().talks[0].title == "One"


def test_a_note_being_written_in_the_sample_is_ended_there(sample: Room, tmp_path: Path) -> None:
    sample_path = sample.session.path
    sample.stand_at(15_000)
    note_id = notes.begin(sample.session, "> said", "")
    talk.add_from_folder(sample.session, recordings(tmp_path / "new", "one.mp4")[0].parent)
    ended = store.open_notebook(sample_path).notebook.talks[0].note(note_id)
    assert ended is not None
    assert (ended.text, ended.kind) == ("said", Kind.QUOTE)


def test_a_folder_names_the_new_notebook(sample: Room, tmp_path: Path) -> None:
    recordings(tmp_path / "KubeCon 2017", "one.mp4")
    talk.add_from_folder(sample.session, tmp_path / "KubeCon 2017" / ".." / "KubeCon 2017")
    assert sample.session.notebook.title == "KubeCon 2017"
    assert sample.session.path.name == "KubeCon 2017.talknotes.json"


def test_the_new_notebook_gets_the_next_free_name(sample: Room, home: Path, tmp_path: Path) -> None:
    store.create(paths.notebooks_folder(), "My Talks")
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


# --- going and removing ------------------------------------------------------------------------------


def test_next_and_previous_keep_positions_and_put_the_caret_into_the_notes(room: Room) -> None:
    room.stand_at(120_000)
    talk.next_one(room.session)
    room.settle()
    assert room.session.talk_id == "talk2"
    assert (room.screen.place.place, room.screen.blank) == ("notes", "talk2note3")
    room.stand_at(30_000)
    talk.previous(room.session)
    room.settle()
    assert room.player.position_at().at_ms == 120_000  # type: ignore[union-attr]
    assert [each.position_ms for each in room.session.notebook.talks] == [120_000, 30_000]


def test_there_is_nothing_before_the_first_and_behind_the_last(room: Room) -> None:
    assert (talk.there_is_a_previous(room.session), talk.there_is_a_next(room.session)) == (False, True)
    talk.previous(room.session)
    assert room.session.talk_id == "talk1"
    talk.next_one(room.session)
    assert (talk.there_is_a_previous(room.session), talk.there_is_a_next(room.session)) == (True, False)
    talk.next_one(room.session)
    assert room.session.talk_id == "talk2"


def test_a_note_is_ended_when_its_talk_is_left(room: Room) -> None:
    room.stand_at(15_000)
    notes.begin(room.session, "? why", "talk1note3")
    talk.next_one(room.session)
    left = room.session.notebook.talks[0].notes[1]
    assert (left.text, left.kind) == ("why", Kind.QUESTION)


def test_a_removed_talk_comes_back_whole(tmp_path: Path) -> None:
    room = a_room(
        tmp_path, a_talk("talk1"), a_talk("talk2"), posts=(Post("post1", talks=("talk1", "talk2")),)
    )
    room.stand_at(120_000)
    talk.remove(room.session)
    assert (room.session.talk_id, titles(room)) == ("talk2", ["Title of talk2"])
    assert room.session.notebook.posts[0].talks == ("talk2",)
    assert (tmp_path / "talk1.mp4").exists()
    assert "“Title of talk1” was removed" in room.screen.said[-1]
    room.session.undo()
    room.settle()
    back = room.session.notebook.talks[0]
    assert (room.session.talk_id, len(back.notes), back.position_ms) == ("talk1", 3, 120_000)
    assert room.session.notebook.posts[0].talks == ("talk1", "talk2")
    assert room.player.position_at().at_ms == 120_000  # type: ignore[union-attr]


def test_where_the_last_talk_is_removed_none_is_open(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    talk.remove(room.session)
    assert room.session.talk is None
    assert not talk.one_is_open(room.session)
    room.session.undo()
    assert room.session.talk_id == "talk1"


# --- title, link, recording --------------------------------------------------------------------------


def rename(room: Room, text: str | None) -> tuple[str, tuple[str, ...]]:
    room.screen.text = text
    talk.rename(room.session)
    now = room.session.notebook.talks[0]
    return now.title, now.speakers


def with_people(room: Room, *speakers: str) -> None:
    after = replace(room.session.notebook.talks[0], speakers=speakers)
    room.session.do("Set", replace(room.session.notebook, talks=(after, *room.session.notebook.talks[1:])))


def test_a_talk_is_renamed_with_its_speakers_in_one_line(room: Room) -> None:
    assert rename(room, " Istio - Ann Lee & Bob Ray ") == ("Istio", ("Ann Lee", "Bob Ray"))
    assert rename(room, "Only a title") == ("Only a title", ())


@pytest.mark.parametrize("speakers", [("Ann Lee", "Bob Ray"), ("Cher",), ("danah boyd", "Ann O'Neil")])
def test_a_new_title_keeps_the_speakers_whatever_they_are_called(
    speakers: tuple[str, ...], room: Room
) -> None:
    with_people(room, *speakers)
    rename(room, None)
    shown = room.screen.asked[-1]
    assert rename(room, shown) == ("Title of talk1", speakers)
    assert room.session.history.undo_label == "Set"
    assert rename(room, shown.replace("Title of talk1", "Better")) == ("Better", speakers)


@pytest.mark.parametrize("text", [None, "", "   "])
def test_no_title_changes_nothing(text: str | None, room: Room) -> None:
    assert rename(room, text) == ("Title of talk1", ())


def link(room: Room, text: str | None) -> str:
    room.screen.text = text
    talk.set_link(room.session)
    return room.session.notebook.talks[0].url


def test_a_public_link_is_set_and_taken_away(room: Room) -> None:
    assert link(room, "  https://youtu.be/dQw4w9WgXcQ ") == "https://youtu.be/dQw4w9WgXcQ"
    assert link(room, None) == "https://youtu.be/dQw4w9WgXcQ"
    talk.open_link(room.session)
    assert room.screen.opened_outside == ["https://youtu.be/dQw4w9WgXcQ"]
    assert link(room, "") == ""
    assert not talk.has_link(room.session)


@pytest.mark.parametrize(
    "text",
    ["youtu.be/x", "ftp://example.org/x", "javascript:alert(1)", "https://", "https://a b", "file:///x"],
)
def test_a_link_that_readers_cannot_open_is_refused(text: str, room: Room) -> None:
    with pytest.raises(UserError, match="not an address of a page"):
        link(room, text)
    assert room.session.notebook.talks[0].url == "https://example.org/talk.mp4"


def test_only_pages_are_opened_outside(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk("talk1"), url="file:///etc/passwd"))
    talk.open_link(room.session)
    assert room.screen.opened_outside == []


def test_a_recording_is_found_again(room: Room, tmp_path: Path) -> None:
    room.stand_at(60_000)
    room.screen.files = tuple(recordings(tmp_path, "moved.mp4"))
    talk.find_file(room.session)
    room.settle()
    assert room.session.notebook.talks[0].file == "../moved.mp4"
    assert room.player.opened[-1] == tmp_path / "moved.mp4"
    assert room.player.position_at().at_ms == 60_000  # type: ignore[union-attr]


def test_a_recording_that_is_none_is_refused(room: Room, tmp_path: Path) -> None:
    room.screen.files = (tmp_path,)
    with pytest.raises(UserError, match="is a folder"):
        talk.find_file(room.session)
    assert room.session.notebook.talks[0].file == "talk1.mp4"


# --- the write-up ------------------------------------------------------------------------------------


@pytest.fixture
def noted(tmp_path: Path) -> Room:
    """A talk with a thought, a quote, a private note, a bookmark and a question."""
    made = (
        Note("a", at_ms=1_000, text="Good start"),
        Note("b", at_ms=2_000, text="Less is more", kind=Kind.QUOTE),
        Note("c", at_ms=3_000, text="Boring man", kind=Kind.PRIVATE),
        Note("d", at_ms=4_000),
        Note("e", at_ms=5_000, text="Does it scale", kind=Kind.QUESTION),
    )
    return a_room(tmp_path, replace(a_talk("talk1"), notes=made))


def write_up(room: Room) -> str:
    return room.session.notebook.talks[0].write_up


def used(room: Room) -> str:
    return "".join(note.id for note in room.notes if note.used)


def test_the_note_under_the_caret_is_added_and_marked_used(noted: Room) -> None:
    noted.caret_in("a")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("Good start.", "a")
    noted.caret_in("e")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("Good start. Does it scale?", "ae")
    noted.session.undo()
    assert (write_up(noted), used(noted)) == ("Good start.", "a")


def test_chosen_notes_are_added_but_private_and_empty_ones_never(noted: Room) -> None:
    noted.caret_in("a")
    noted.screen.chosen = ("b", "c", "d", "e")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("“Less is more.” Does it scale?", "be")


@pytest.mark.parametrize("note_id", ["c", "d"])
def test_a_note_that_never_leaves_is_not_added_and_a_sentence_says_so(note_id: str, noted: Room) -> None:
    noted.caret_in(note_id)
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("", "")
    assert "nothing to add" in noted.screen.said[-1]


def test_with_nothing_chosen_an_empty_write_up_takes_the_suggestion_over(noted: Room) -> None:
    noted.screen.place = Caret("write_up", "talk1")
    suggested = talk.suggestion(noted.session.notebook.talks[0])
    assert suggested == "Good start. “Less is more.” Does it scale?"
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == (suggested, "abe")
    assert noted.screen.place == Caret("write_up", "talk1", "", len(suggested))
    assert talk.suggestion(noted.session.notebook.talks[0]) == ""


def test_with_nothing_chosen_a_write_up_stays_as_it_is(noted: Room) -> None:
    talk.type_write_up(noted.session, "Mine.")
    noted.screen.place = Caret("write_up", "talk1")
    talk.add_to_write_up(noted.session)
    assert (write_up(noted), used(noted)) == ("Mine.", "")
    assert "Put the caret into a note" in noted.screen.said[-1]


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("Mine.", "Mine. Good start."),
        ("Mine.\n\n", "Mine.\n\nGood start."),
        ("```\ncode\n```", "```\ncode\n```\n\nGood start."),
        (" \n", "Good start."),
    ],
)
def test_what_was_typed_is_never_changed_by_what_is_added(typed: str, after: str, noted: Room) -> None:
    talk.type_write_up(noted.session, typed)
    noted.caret_in("a")
    talk.add_to_write_up(noted.session)
    assert write_up(noted) == after


def test_a_note_being_written_is_ended_and_added(noted: Room) -> None:
    noted.stand_at(6_000)
    notes.begin(noted.session, "> It works", "e")
    talk.add_to_write_up(noted.session)
    assert write_up(noted) == "“It works.”"


def test_typing_in_the_write_up_is_one_step(noted: Room) -> None:
    for text in ("M", "Mi", "Min"):
        talk.type_write_up(noted.session, text)
    noted.session.undo()
    assert write_up(noted) == ""


def test_a_talk_is_watched_though_it_is_opened_again(room: Room) -> None:
    room.play_from(599_000, for_ms=2_000)
    talk.next_one(room.session)
    talk.previous(room.session)
    room.settle()
    assert room.session.notebook.talks[0].state == State.WATCHED
