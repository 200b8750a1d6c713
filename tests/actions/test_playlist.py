"""Lists on the web: read bit by bit, what is hostile in them is harmless, the chosen become talks."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from desktopnotes.actions import playlist
from desktopnotes.actions.playlist import Choice
from desktopnotes.media.web_page import Entry
from desktopnotes.model.errors import UserError
from desktopnotes.storage import paths
from tests.fake_web import FakeWeb
from tests.sessions import Room, a_room, a_room_on, a_talk

LIST = "https://www.youtube.com/playlist?list=PLx"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"))


def web_of(room: Room) -> FakeWeb:
    return cast(FakeWeb, room.session.web)


class Reader:
    """What came of reading a list."""

    def __init__(self, room: Room, address: str = LIST) -> None:
        self.choices: list[Choice] = []
        self.names: list[str] = []
        self.ends: list[Exception | None] = []
        self.task = playlist.read(
            room.session, address, self.names.append, self.choices.extend, self.ends.append
        )

    @property
    def titles(self) -> list[str]:
        return [choice.title for choice in self.choices]


def read(room: Room) -> Reader:
    reader = Reader(room)
    room.until(lambda: reader.ends, "the list is read")
    return reader


def entries(*numbers: int) -> list[Entry]:
    return [
        Entry(f"https://a.org/{i}", f"Talk {i} [I] - Ann Lee & Bob Ray, Acme", 60_000 * i) for i in numbers
    ]


def titles(room: Room) -> list[str]:
    return [each.title for each in room.session.notebook.talks]


# --- reading -----------------------------------------------------------------------------------------


def test_what_comes_is_there_while_the_rest_is_read(room: Room) -> None:
    go_on = threading.Event()

    def pieces() -> Iterator[Sequence[Entry]]:
        yield entries(1, 2)
        go_on.wait(10)
        yield entries(3)

    web_of(room).pieces[LIST] = pieces()
    reader = Reader(room)
    room.until(lambda: len(reader.choices) == 2, "the first ones")
    assert reader.ends == []
    go_on.set()
    room.until(lambda: reader.ends == [None], "all of it")
    assert len(reader.choices) == 3


def test_the_title_is_told_once_it_is_known(room: Room) -> None:
    web_of(room).pieces[LIST] = [
        entries(1),
        [Entry("https://a.org/2", list_title="A Conference")],
        [Entry("https://a.org/3", list_title="A Conference – part two")],
    ]
    assert read(room).names == ["A Conference"]


def test_each_recording_comes_once(room: Room) -> None:
    same = [Entry(TALK, "One") for TALK in ("https://youtu.be/dQw4w9WgXcQ", f"{YOUTUBE}&list=PLx")]
    web_of(room).pieces[LIST] = [[*same, *entries(1)], [*entries(1, 2), same[1]]]
    assert len(read(room).choices) == 3


YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_a_list_that_breaks_off_keeps_what_came(room: Room) -> None:
    broken = UserError("The connection was lost.")
    web_of(room).pieces[LIST] = [entries(1), broken]
    reader = read(room)
    assert (len(reader.choices), reader.ends) == (1, [broken])


def test_nothing_more_is_told_once_it_is_cancelled(room: Room) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def pieces() -> Iterator[Sequence[Entry]]:
        yield entries(1)
        go_on.wait(10)
        ended.set()
        yield entries(2)

    web_of(room).pieces[LIST] = pieces()
    reader = Reader(room)
    room.until(lambda: reader.choices, "the first one")
    reader.task.cancel()
    go_on.set()
    room.until(ended.is_set, "the reader goes on to the next")
    room.session.background.close(5)
    room.settle()
    assert (len(reader.choices), reader.ends) == (1, [])


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "https://a@b.org/"])
def test_entries_with_other_addresses_are_left_out(room: Room, address: str) -> None:
    web_of(room).lists[LIST] = [Entry(address, "Bad"), *entries(1)]
    assert [choice.url for choice in read(room).choices] == ["https://a.org/1"]


@pytest.mark.parametrize(("title", "shown"), [("<b>HTML</b>", "<b>HTML</b>"), ("", "a.org/1")])
def test_an_entry_without_a_title_is_called_by_its_address(room: Room, title: str, shown: str) -> None:
    web_of(room).lists[LIST] = [Entry("https://a.org/1", title)]
    assert read(room).titles == [shown]


# --- adding ------------------------------------------------------------------------------------------


def test_the_chosen_ones_are_added_in_order_as_one_step(room: Room) -> None:
    web_of(room).lists[LIST] = entries(1, 2, 3)
    choices = read(room).choices
    playlist.add(room.session, "A Conference", [choices[0], choices[2]])
    assert titles(room)[1:] == ["Talk 1", "Talk 3"]
    first = room.session.talk
    assert first is not None
    assert (first.url, first.speakers, first.duration_ms) == (
        "https://a.org/1",
        ("Ann Lee", "Bob Ray"),
        60_000,
    )
    assert first.original_title == "Talk 1 [I] - Ann Lee & Bob Ray, Acme"
    assert room.session.history.undo_label == "Add 2 Talks"
    assert room.session.notebook.title == "An Event"
    assert len(room.on_disk().talks) == 3
    room.session.undo()
    assert titles(room) == ["Title of talk1"]


def test_what_is_there_is_known_and_not_added_again(room: Room) -> None:
    web_of(room).lists[LIST] = [Entry("http://www.example.org/talk.mp4", "Known"), *entries(1)]
    choices = read(room).choices
    assert choices[0].recording in playlist.there(room.session)
    assert choices[1].recording not in playlist.there(room.session)
    playlist.add(room.session, "A Conference", choices)
    assert titles(room) == ["Title of talk1", "Talk 1"]
    playlist.add(room.session, "A Conference", choices)
    assert len(titles(room)) == 2
    assert "already" in room.screen.said[-1]


def test_none_chosen_adds_nothing(room: Room) -> None:
    before = room.session.notebook
    playlist.add(room.session, "A Conference", [])
    assert room.session.notebook is before


def test_a_new_notebook_is_named_after_the_list(home: Path) -> None:
    (home / "Documents").mkdir()
    path = paths.copy_sample()
    assert path is not None
    room = a_room_on(path)
    web_of(room).lists[LIST] = entries(1)
    assert playlist.there(room.session) == frozenset()
    playlist.add(room.session, "../KubeCon: 2017/EU", read(room).choices)
    assert room.session.path.parent == paths.notebooks_folder()
    assert room.session.notebook.title == "../KubeCon: 2017/EU"
    assert titles(room) == ["Talk 1"]


def test_an_empty_notebook_that_nobody_named_takes_the_lists_title(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    room.session.find_out(lambda notebook: _titled(notebook, "My Talks"))
    web_of(room).lists[LIST] = entries(1)
    playlist.add(room.session, "A Conference", read(room).choices)
    assert room.session.notebook.title == "A Conference"
    room.session.undo()
    assert (room.session.notebook.title, titles(room)) == ("My Talks", [])


def _titled(notebook, title):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(notebook, title=title)


def test_a_channel_begins_without_ticks() -> None:
    assert playlist.starts_ticked(LIST)
    assert not playlist.starts_ticked("https://www.youtube.com/@NDC")
