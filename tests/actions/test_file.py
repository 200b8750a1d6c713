"""Notebooks are opened, made and renamed; and what the command line or the desktop gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import file, notes
from desktopnotes.model.errors import UserError
from desktopnotes.storage import opening, paths
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"))


def recording(path: Path) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"a recording")
    return str(path)


def titles(room: Room) -> list[str]:
    return [each.title for each in room.session.notebook.talks]


# --- arguments ---------------------------------------------------------------------------------------


def test_recordings_join_the_open_notebook(room: Room, tmp_path: Path) -> None:
    file.open_arguments(room.session, [recording(tmp_path / "b.mp4"), recording(tmp_path / "a.mp4")])
    assert titles(room) == ["Title of talk1", "B", "A"]


def test_a_recording_that_is_there_already_is_gone_to(room: Room, tmp_path: Path) -> None:
    file.open_arguments(room.session, [recording(tmp_path / "b.mp4")])
    file.open_arguments(room.session, [str(room.session.folder / "talk1.mp4")])
    assert (len(titles(room)), room.session.talk_id) == (2, "talk1")


def test_a_folder_is_added_whole(room: Room, tmp_path: Path) -> None:
    recording(tmp_path / "lectures" / "10.mp4")
    recording(tmp_path / "lectures" / "9.mp4")
    file.open_arguments(room.session, [str(tmp_path / "lectures")])
    assert titles(room)[1:] == ["9", "10"]


def test_a_notebook_is_opened_and_recordings_join_it(room: Room, tmp_path: Path) -> None:
    other = opening.create(tmp_path / "other", "Other").path
    file.open_arguments(room.session, [recording(tmp_path / "a.mp4"), str(other)])
    assert (room.session.path, titles(room)) == (other, ["A"])


@pytest.mark.parametrize("address", ["https://youtu.be/dQw4w9WgXcQ", "HTTP://example.org/new.mp4"])
def test_a_web_address_joins_the_open_notebook(address: str, room: Room) -> None:
    file.open_arguments(room.session, [address])
    assert len(titles(room)) == 2
    assert room.session.talk is not None
    assert room.session.talk.url.lower() == address.lower()


@pytest.mark.parametrize("name", ["gone.mp4", "gone", "gone/deep.mp4"])
def test_a_missing_file_gets_a_plain_sentence_and_nothing_is_added(
    name: str, room: Room, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="is not there"):
        file.open_arguments(room.session, [recording(tmp_path / "a.mp4"), str(tmp_path / name)])
    assert len(titles(room)) == 1


@pytest.mark.parametrize("content", [b"", b"#EXTM3U\nhttps://example.org/x.ts\n"])
def test_what_cannot_be_a_recording_gets_a_plain_sentence(content: bytes, room: Room, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(UserError, match=r"a\.mp4” is"):
        file.open_arguments(room.session, [str(tmp_path / "a.mp4")])
    assert len(titles(room)) == 1


@pytest.mark.parametrize("content", [None, b"", b"{", b"{}"])
def test_a_notebook_that_cannot_be_read_leaves_the_open_one(
    content: bytes | None, room: Room, tmp_path: Path
) -> None:
    other = tmp_path / "other.talknotes.json"
    if content is not None:
        other.write_bytes(content)
    before = room.session.path
    with pytest.raises(UserError):
        file.open_arguments(room.session, [str(other)])
    assert (room.session.path, len(titles(room))) == (before, 1)


def test_no_arguments_change_nothing(room: Room) -> None:
    before = room.session.notebook
    file.open_arguments(room.session, [])
    assert room.session.notebook is before


# --- the menu ----------------------------------------------------------------------------------------


def test_a_new_notebook_lies_among_the_users_others(room: Room) -> None:
    room.screen.text = "  KubeCon 2017 "
    file.new(room.session)
    assert room.session.path == paths.notebooks_folder() / "KubeCon 2017.talknotes.json"
    assert (room.session.notebook.title, room.session.talk) == ("KubeCon 2017", None)


@pytest.mark.parametrize("text", [None])
def test_a_cancelled_name_makes_no_notebook(text: str | None, room: Room) -> None:
    before = room.session.path
    room.screen.text = text
    file.new(room.session)
    assert room.session.path == before
    assert not paths.notebooks_folder().exists()


def test_the_chosen_notebook_is_opened_at_its_first_talk(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = a_room(folder, a_talk("talk7"), a_talk("talk8")).session.path
    room.screen.files = (other,)
    file.open_one(room.session)
    room.settle()
    assert (room.session.path, room.session.talk_id) == (other, "talk7")
    assert room.player.opened[-1] == folder / "talk7.mp4"
    notes.typed(room.session, "talk7note1", "Other words")
    assert room.on_disk().talks[0].notes[0].text == "Other words"


def test_a_cancelled_choice_opens_nothing(room: Room) -> None:
    before = room.session.path
    file.open_one(room.session)
    assert room.session.path == before


def test_what_an_opened_notebook_has_to_say_is_told(room: Room, tmp_path: Path) -> None:
    newer = opening.create(tmp_path, "Newer").path
    newer.write_bytes(newer.read_bytes().replace(b'"version": 1', b'"version": 99'))
    file.open_path(room.session, newer)
    assert "newer version" in room.screen.said[-1]


def test_a_notebook_is_renamed_in_place(room: Room) -> None:
    before = room.session.path
    room.screen.text = " Another Event "
    file.rename(room.session)
    assert (room.session.notebook.title, room.session.path) == ("Another Event", before)
    room.screen.text = "  "
    file.rename(room.session)
    assert room.session.notebook.title == "Another Event"


def test_its_folder_is_shown(room: Room) -> None:
    file.show_folder(room.session)
    assert room.screen.opened_outside == [str(room.session.folder)]


# --- recent ones and copies --------------------------------------------------------------------------


def test_one_comes_back_to_where_one_was(room: Room, tmp_path: Path) -> None:
    first = room.session.path
    folder = tmp_path / "other"
    folder.mkdir()
    other = a_room(folder, a_talk("talk7"), a_talk("talk8")).session.path
    file.open_path(room.session, other)
    room.session.open_talk("talk8")
    room.caret_in("talk8note2", 3)
    file.open_last(room.session)
    assert room.session.path == first
    file.open_last(room.session)
    room.settle()
    assert (room.session.talk_id, room.screen.place.note_id, room.screen.place.offset) == (
        "talk8",
        "talk8note2",
        3,
    )
    assert [choice.label for choice in file.recent_choices(room.session)] == ["An Event", "An Event"]


def test_one_that_is_gone_is_told_and_the_open_one_stays(room: Room, tmp_path: Path) -> None:
    before = room.session.path
    with pytest.raises(UserError, match="There is no file"):
        file.open_path(room.session, tmp_path / "gone.talknotes.json")
    assert room.session.path == before


def test_the_copy_is_open_at_the_same_talk(room: Room) -> None:
    first, title = room.session.path, room.session.notebook.title
    room.session.open_talk(room.session.notebook.talks[-1].id)
    talk_id = room.session.talk_id
    room.screen.text = "Next Year"
    file.duplicate(room.session)
    room.until(lambda: room.session.notebook.title == "Next Year", "the copy is open")
    assert (room.session.path, room.session.talk_id) == (first.parent / "Next Year.talknotes.json", talk_id)
    assert room.session.notebook.talks == opening.open_notebook(first).notebook.talks
    assert opening.open_notebook(first).notebook.title == title
    room.settle()
    assert room.errors == []


def test_a_copy_that_cannot_be_written_is_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    before = room.session.path

    def refuse(*_: object, **__: object) -> Path:
        raise UserError("The disk is full.", "Make room.")

    monkeypatch.setattr("desktopnotes.storage.duplicate.write_new", refuse)
    room.screen.text = "Next Year"
    file.duplicate(room.session)
    room.until(lambda: room.screen.errors, "a sentence")
    assert "The disk is full" in room.screen.errors[-1]
    assert room.session.path == before


def test_one_of_a_newer_version_is_not_copied(room: Room, tmp_path: Path) -> None:
    newer = opening.create(tmp_path, "Newer").path
    newer.write_bytes(newer.read_bytes().replace(b'"version": 1', b'"version": 99'))
    file.open_path(room.session, newer)
    with pytest.raises(UserError, match="newer version"):
        file.duplicate(room.session)
