"""What the desktop's menu asks for: a new notebook, the one that was open last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import file, menu_entry
from desktopnotes.handing_over.message import LAST, NEW
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.settings import Settings
from desktopnotes.storage import opening, paths
from desktopnotes.storage.state_file import Place
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"))


def on_the_sample(room: Room) -> Path:
    sample = paths.copy_sample()
    assert sample is not None
    file.open_path(room.session, sample)
    return sample


def test_only_a_call_for_that_alone_is_one() -> None:
    asked = [menu_entry.is_asked(names) for names in ((NEW,), (LAST,), (), (NEW, LAST), ("./--new",))]
    assert asked == [True, True, False, False, False]


# --- in a window that is open ------------------------------------------------------------------------


def test_a_new_notebook_is_opened_without_a_question_and_can_be_named(room: Room) -> None:
    menu_entry.run(room.session, [NEW])
    assert room.screen.asked == []
    assert room.session.path == paths.notebooks_folder() / "My Talks.talknotes.json"
    assert room.screen.said[-1] == "“My Talks” is a new, empty notebook."
    room.screen.text = "KubeCon 2017"
    room.screen.offers[0].run()
    assert room.session.notebook.title == "KubeCon 2017"


def test_a_new_one_that_was_never_used_serves_again(room: Room) -> None:
    menu_entry.run(room.session, [NEW])
    menu_entry.run(room.session, [NEW])
    assert [path.name for path in paths.notebooks_folder().glob("*.json")] == ["My Talks.talknotes.json"]
    post = replace(room.session.notebook.posts[0], intro="What I saw.")
    room.session.do("Type", replace(room.session.notebook, posts=(post,)))
    menu_entry.run(room.session, [NEW])
    assert room.session.path.name == "My Talks 2.talknotes.json"
    assert room.session.notebook.title == "My Talks 2"
    assert room.session.notebook.posts[0].title == "My Talks 2 Notes - Part 1"
    assert room.screen.said[-1] == "“My Talks 2” is a new, empty notebook."
    menu_entry.run(room.session, [NEW])
    assert room.session.path.name == "My Talks 2.talknotes.json", "nor is this one left behind"


def test_what_is_said_is_what_the_window_calls_it(room: Room) -> None:
    menu_entry.run(room.session, [NEW])
    opened = room.session.path
    opened.rename(opened.with_name("elsewhere.talknotes.json"))
    file.open_path(room.session, opened.with_name("elsewhere.talknotes.json"))
    menu_entry.run(room.session, [NEW])
    assert room.screen.said[-1] == "“My Talks” is a new, empty notebook."


@pytest.mark.parametrize("title", ["My Talks at KubeCon", "My Talkss", "My Talks 2b"])
def test_one_with_a_name_of_its_own_is_left(room: Room, title: str) -> None:
    file.make(room.session, title)
    menu_entry.run(room.session, [NEW])
    assert room.session.notebook.title == "My Talks"


def test_the_last_one_is_what_is_open_already(room: Room, tmp_path: Path) -> None:
    before = room.session.path
    room.screen.recent = (Place(str(before)), Place(str(tmp_path / "older.talknotes.json")))
    menu_entry.run(room.session, [LAST])
    assert (room.session.path, room.screen.said) == (before, [])


def test_the_sample_is_none_of_the_users_notebooks(room: Room) -> None:
    own = room.session.path
    sample = on_the_sample(room)
    room.screen.recent = (Place(str(sample)), Place(str(own)))
    menu_entry.run(room.session, [LAST])
    assert room.session.path == own


def test_where_there_was_none_before_the_sample_stays_and_it_is_said(room: Room) -> None:
    sample = on_the_sample(room)
    room.screen.recent = (Place(str(sample)),)
    menu_entry.run(room.session, [LAST])
    assert room.session.path == sample
    assert room.screen.said[-1] == "No notebook of yours was open before. This is the sample."


def test_one_that_is_gone_is_told_and_what_is_open_stays(room: Room, tmp_path: Path) -> None:
    sample = on_the_sample(room)
    room.screen.recent = (Place(str(tmp_path / "gone.talknotes.json")),)
    with pytest.raises(ReadError, match="“gone"):
        menu_entry.run(room.session, [LAST])
    assert room.session.path == sample


# --- at the start ------------------------------------------------------------------------------------


def test_a_window_begins_with_a_new_notebook_or_with_the_last(tmp_path: Path) -> None:
    made = menu_entry.first(NEW, Settings(), ())
    assert (made.path.name, [post.title for post in made.notebook.posts]) == (
        "My Talks.talknotes.json",
        ["My Talks Notes - Part 1"],
    )
    recent = (Place(str(made.path), title="My Talks"),)
    assert menu_entry.first(NEW, Settings(), recent).path == made.path
    assert menu_entry.first(LAST, Settings(), recent).path == made.path
    used = opening.create(tmp_path, "KubeCon").path
    assert menu_entry.first(NEW, Settings(), (Place(str(used), title="KubeCon"),)).path not in (
        used,
        made.path,
    )


def test_without_a_last_one_a_start_says_so() -> None:
    with pytest.raises(UserError, match=r"^No notebook of yours was open before. This is the sample.$"):
        menu_entry.first(LAST, Settings(), ())
