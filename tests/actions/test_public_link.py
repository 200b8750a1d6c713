"""The public link of a file: found in its data, beside it or in its name, and shown to be confirmed."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import public_link, talk, talk_data
from desktopnotes.media.frames import read_label
from desktopnotes.model.errors import UserError
from tests.sessions import Room, a_room, a_talk

PAGE = "https://media.ccc.de/v/38c3-opening"


def tagged(path: Path, **tags: str) -> Path:
    """A second of silence that says these things of itself, as `yt-dlp --embed-metadata` writes them."""
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "anullsrc=d=1"]
    for name, text in tags.items():
        command += ["-metadata", f"{name}={text}"]
    subprocess.run([*command, str(path)], check=True)
    return path


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk())


def add(room: Room, *files: Path) -> None:
    room.screen.files = files
    talk.add_files(room.session)


def links(room: Room) -> list[str]:
    return [each.url for each in room.session.notebook.talks[1:]]


# --- in the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4", "a.ogg", "a.mp3"])
def test_the_page_is_read_from_the_data_of_every_container(name: str, tmp_path: Path) -> None:
    label = read_label(tagged(tmp_path / name, comment=PAGE))
    assert label.pages == (PAGE,)
    assert label.duration_ms == pytest.approx(1000, abs=60)


def test_the_best_address_comes_first(tmp_path: Path) -> None:
    file = tagged(tmp_path / "a.mkv", comment="https://example.org/other", purl=PAGE)
    assert read_label(file).pages == (PAGE, "https://example.org/other")


@pytest.mark.parametrize("content", [b"", b"no recording", bytes(range(256)) * 40])
def test_of_what_cannot_be_read_nothing_is_known(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    assert read_label(tmp_path / "a.mp4").pages == ()
    assert read_label(tmp_path / "gone.mp4").pages == ()


# --- when a file is added ----------------------------------------------------------------------------


def test_it_is_taken_over_and_shown(room: Room, tmp_path: Path) -> None:
    add(room, tagged(tmp_path / "opening.mkv", purl=PAGE))
    room.until(lambda: links(room) == [PAGE], "the link of the file")
    assert room.screen.said[-1] == f"Public link found: {PAGE}"
    assert [offer.label for offer in room.screen.offers] == ["Open", "Remove"]
    room.screen.offers[0].run()
    assert room.screen.opened_outside == [PAGE]
    assert room.on_disk().talks[1].url == PAGE


def test_it_can_be_taken_away_again_undoably(room: Room, tmp_path: Path) -> None:
    add(room, tagged(tmp_path / "opening.mkv", purl=PAGE))
    room.until(lambda: links(room) == [PAGE], "the link of the file")
    remove = room.screen.offers[1]
    remove.run()
    assert room.screen.said[-1] == "The public link was removed; “Undo” brings it back."
    assert links(room) == [""]
    room.session.undo()
    assert links(room) == [PAGE]
    room.session.redo()
    with pytest.raises(UserError, match="is another by now"):
        remove.run()


def test_a_link_that_the_user_changed_since_is_not_taken_away(room: Room, tmp_path: Path) -> None:
    add(room, tagged(tmp_path / "opening.mkv", purl=PAGE))
    room.until(lambda: links(room) == [PAGE], "the link of the file")
    remove = room.screen.offers[1]
    room.change_talk(url="https://example.org/mine")
    with pytest.raises(UserError, match="is another by now"):
        remove.run()
    assert links(room) == ["https://example.org/mine"]


def test_one_beside_the_file_or_in_its_name_is_shown_at_once(room: Room, tmp_path: Path) -> None:
    (tmp_path / "one.info.json").write_text(json.dumps({"webpage_url": PAGE}))
    (tmp_path / "one.mp4").write_bytes(b"a recording")
    add(room, tmp_path / "one.mp4")
    assert room.screen.said[-1] == f"Public link found: {PAGE}"
    named = tmp_path / "Two [dQw4w9WgXcQ].mp4"
    named.write_bytes(b"a recording")
    add(room, named)
    assert room.screen.said[-1] == "Public link found: https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_those_of_several_files_are_counted(room: Room, tmp_path: Path) -> None:
    other = tmp_path / "other [dQw4w9WgXcQ].mp4"
    other.write_bytes(b"a recording")
    add(room, tagged(tmp_path / "a.mkv", purl=PAGE), tagged(tmp_path / "bare.mkv"), other)
    room.until(lambda: links(room)[0] == PAGE, "the link of the first")
    assert room.screen.said[-1].startswith("Public links found for 2 talks")
    (remove,) = room.screen.offers
    remove.run()
    assert links(room) == ["", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "See https://example.org for more",
        "https://",
        "https://example.org/" + "a" * 3000,
        "Recorded at home",
    ],
)
def test_what_is_no_address_of_the_web_is_none(room: Room, tmp_path: Path, text: str) -> None:
    file = tagged(tmp_path / "a.mkv", comment=text)
    assert public_link._link_in(read_label(file).pages) == ""


# --- when it is asked for ----------------------------------------------------------------------------


def without_link(folder: Path, file: Path | str) -> Room:
    return a_room(folder, replace(a_talk(), url="", file=str(file)))


def test_the_command_finds_it_later(tmp_path: Path) -> None:
    room = without_link(tmp_path, "talk1.mkv")
    tagged(tmp_path / "talk1.mkv", purl=PAGE)
    public_link.find(room.session)
    room.until(lambda: room.session.talk and room.session.talk.url, "the link")
    assert room.screen.said[-1] == f"Public link found: {PAGE}"
    assert room.session.history.undo_label == "Public Link"
    room.session.undo()
    assert room.session.talk is not None
    assert room.session.talk.url == ""


def test_where_there_is_none_it_can_be_typed(tmp_path: Path) -> None:
    room = without_link(tmp_path, "talk1.mp4")
    public_link.find(room.session)
    room.until(lambda: room.screen.offers, "an answer")
    assert room.screen.said[-1] == "No public link was found in the file, beside it or in its name."
    room.screen.offers[0].run()
    assert room.screen.shown == [talk_data.LINK]


def test_it_is_possible_only_where_a_file_has_no_link(tmp_path: Path) -> None:
    assert not public_link.is_wanted(a_room(tmp_path, a_talk()).session)
    assert public_link.is_wanted(without_link(tmp_path, "talk1.mp4").session)
