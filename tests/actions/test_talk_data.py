"""The talk's data: read, checked as it is typed, taken over in one step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import talk_data
from desktopnotes.actions.talk_data import Typed
from desktopnotes.model.errors import UserError
from tests.sessions import Room, a_room, a_talk, recordings


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, replace(a_talk("talk1"), speakers=("Ann Lee",), tags=("mesh",)))


def test_all_fields_are_one_step(room: Room) -> None:
    before = room.session.talk
    room.change_talk(
        title=" Istio \n", speakers="Ann Lee, Bob Ray\nEva Sol", tags="mesh, #cost,mesh", offset="-0:05.5"
    )
    now = room.session.talk
    assert now is not None
    assert (now.title, now.speakers, now.tags) == (
        "Istio",
        ("Ann Lee", "Bob Ray", "Eva Sol"),
        ("mesh", "cost"),
    )
    assert now.offset_ms == -5500
    assert room.session.history.undo_label == "Change Talk"
    room.session.undo()
    assert room.session.talk == before


def test_what_was_not_touched_stays_to_the_letter(tmp_path: Path) -> None:
    strange = replace(
        a_talk("talk1"), title="Two  spaces", speakers=("Lee, Ann",), tags=("a,b",), offset_ms=1
    )
    room = a_room(tmp_path, strange)
    room.change_talk()
    assert room.session.history.undo_label == ""
    room.change_talk(tags="c")
    assert room.session.talk == replace(strange, tags=("c",))


def test_another_file_is_loaded_where_the_talk_stood(room: Room, tmp_path: Path) -> None:
    recordings(tmp_path, "moved.mp4")
    room.stand_at(60_000)
    room.change_talk(file=str(tmp_path / "moved.mp4"))
    room.settle()
    assert room.session.talk is not None
    assert room.session.talk.file == "../moved.mp4"
    assert room.player.opened[-1] == tmp_path / "moved.mp4"
    assert room.player.position_at().at_ms == 60_000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "url",
    ["youtu.be/x", "ftp://example.org/x", "javascript:alert(1)", "https://", "https://a b", "file:///x"],
)
def test_a_link_that_readers_cannot_open_is_refused(url: str, room: Room) -> None:
    said = talk_data.remark("url", Typed(url=url))
    assert said is not None
    assert said.is_wrong
    with pytest.raises(UserError, match="Nothing was changed"):
        room.change_talk(url=url, title="New")
    assert room.session.talk is not None
    assert room.session.talk.title == "Title of talk1"


@pytest.mark.parametrize("url", ["", " https://example.org/a ", "http://example.org"])
def test_a_link_may_be_a_page_or_none(url: str) -> None:
    assert talk_data.remark("url", Typed(url=url)) is None


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("", 0),
        ("0", 0),
        ("90", 90_000),
        ("-1:02", -62_000),
        ("−0:05.5", -5500),
        ("+3", 3000),
        ("1m30s", 90_000),
    ],
)
def test_an_offset_is_a_time_that_may_be_below_zero(text: str, ms: int) -> None:
    assert talk_data.read_offset(text) == ms
    assert talk_data.read_offset(talk_data.offset_shown(ms)) == ms


@pytest.mark.parametrize("text", ["soon", "--5", "-", "1:99", "5 apples", "9" * 30])
def test_what_is_no_offset_is_told(text: str) -> None:
    said = talk_data.remark("offset", Typed(offset=text))
    assert said is not None
    assert said.is_wrong
    assert "is not a time" in said.text


def test_what_an_offset_does_is_told_where_there_are_two_sources() -> None:
    said = talk_data.remark("offset", Typed(url="https://a.org", file="a.mp4", offset="-5"))
    assert said == talk_data.Remark("The page begins 00:05 into the file: links are so much earlier.")
    assert talk_data.remark("offset", Typed(url="https://a.org", offset="-5")) is None


def test_a_file_is_looked_at(room: Room, tmp_path: Path) -> None:
    def said(text: str, *, is_recording: bool = True) -> str:
        place = talk_data.place_of(room.session, text)
        assert place is not None
        remark = talk_data.look_at_file(place, is_recording=is_recording)
        assert remark is None or not remark.is_wrong
        return remark.text if remark else ""

    assert said("talk1.mp4") == ""
    assert said("gone.mp4") == "It is not there now. It is kept, and looked for when the talk is opened."
    assert "is a folder" in said("..")
    assert "is not an ordinary file" in said("/dev/zero")
    assert said("x" * 5000)
    assert said("nul\0.mp4")
    assert said("gone.vtt", is_recording=False) == "The captions are not there now."
    assert talk_data.place_of(room.session, "  ") is None
    assert talk_data.place_of(room.session, "~/a.mp4") == Path.home() / "a.mp4"


def test_a_talk_that_was_removed_meanwhile_changes_nothing(room: Room) -> None:
    with pytest.raises(UserError, match="not in the notebook any more"):
        talk_data.take(room.session, "gone", Typed(title="x"))


def test_tags_may_all_begin_with_the_sign() -> None:
    assert talk_data.read_tags("#mesh #cost") == ("mesh", "cost")
    assert talk_data.read_tags("service mesh, cost") == ("service mesh", "cost")
