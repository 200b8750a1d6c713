"""The post view without a window: which post is meant, what is typed, which talks stand in it; its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktopnotes.actions import file, parts, post, post_view
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Post, Published
from tests.sessions import Room, a_room, a_talk, copied

PART_1 = Post("post1", title="An Event Notes - Part 1", date="2018-01-12", talks=("talk1",))
PART_2 = Post("post2", title="An Event Notes - Part 2", talks=("talk2",))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two parts of one talk each, and a talk in none."""
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"), a_talk("talk3"), posts=(PART_1, PART_2))


def talks(room: Room) -> str:
    return " ".join(",".join(each.talks) for each in room.session.notebook.posts)


# --- which post is meant -----------------------------------------------------------------------------


def test_the_shown_post_is_meant_and_else_that_of_the_talk(room: Room) -> None:
    assert post.current(room.session) is room.session.notebook.posts[0]
    room.session.shown_post = "post2"
    assert post.current(room.session) is room.session.notebook.posts[1]
    room.session.shown_post = "gone"
    assert post.current(room.session) is room.session.notebook.posts[0]


def test_what_is_shown_is_exported_and_the_open_talk_stays_out_of_it(room: Room, tmp_path: Path) -> None:
    room.session.open_talk("talk3")
    room.session.shown_post = "post1"
    before = room.session.notebook.posts
    copied(room)
    assert "# An Event Notes - Part 1" in room.screen.clipboard
    assert room.session.notebook.posts == before
    room.session.shown_post = None
    copied(room)
    assert "# An Event Notes - Part 2" in room.screen.clipboard
    assert talks(room) == "talk1 talk2,talk3"


# --- what is typed -----------------------------------------------------------------------------------


def test_what_is_typed_without_a_pause_is_one_step_with_its_name(room: Room) -> None:
    for typed in ("H", "He", "Hel"):
        post_view.type_field(room.session, "post1", "intro", typed)
    post_view.type_field(room.session, "post1", "closing", "Bye")
    assert room.session.history.undo_label == "Closing"
    room.session.undo()
    assert room.session.history.undo_label == "Introduction"
    room.session.undo()
    assert room.session.history.undo_label == ""
    assert room.session.notebook.posts == (PART_1, PART_2)


def test_undo_leads_back_into_the_post_and_leaves_the_video_alone(room: Room) -> None:
    room.stand_at(12_000)
    room.screen.place = Caret("intro", post_id="post1", offset=2)
    post_view.type_field(room.session, "post1", "intro", "Hello")
    room.screen.place = Caret("notes", "talk1", "talk1note2", 1)
    room.session.undo()
    assert room.screen.place == Caret("intro", post_id="post1", offset=2)
    assert (room.session.talk_id, room.player.position_at().at_ms) == ("talk1", 12_000)  # type: ignore[union-attr]


def test_undo_of_another_talks_write_up_opens_no_talk(room: Room) -> None:
    from desktopnotes.actions import talk

    room.screen.place = Caret("write_up", "talk2", offset=0, post_id="post2")
    talk.type_write_up(room.session, "Worth it.", "talk2")
    assert room.session.notebook.talks[1].write_up == "Worth it."
    room.session.undo()
    assert room.session.notebook.talks[1].write_up == ""
    assert room.session.talk_id == "talk1"
    assert room.screen.place.place == "write_up"


@pytest.mark.parametrize("typed", ["2018-13-01", "12.1.2018", "20180112", "soon", "2018-1-2"])
def test_what_is_no_date_gets_a_sentence(typed: str) -> None:
    assert f"“{typed}” is not a date" in post.date_remark(typed)


@pytest.mark.parametrize("typed", ["", " ", "2018-01-12", " 2018-01-12 "])
def test_a_date_gets_none(typed: str) -> None:
    assert post.date_remark(typed) == ""


# --- talks -------------------------------------------------------------------------------------------


def test_talks_are_put_in_taken_out_and_moved_each_a_step(room: Room) -> None:
    post_view.put_in(room.session, "post1", "talk3")
    assert talks(room) == "talk1,talk3 talk2"
    post_view.step(room.session, "post1", "talk3", -1)
    assert talks(room) == "talk3,talk1 talk2"
    post_view.place_before(room.session, "post1", "talk3", "")
    assert talks(room) == "talk1,talk3 talk2"
    post_view.take_out(room.session, "post1", "talk1")
    assert talks(room) == "talk3 talk2"
    for expected in ("talk1,talk3 talk2", "talk3,talk1 talk2", "talk1,talk3 talk2", "talk1 talk2"):
        room.session.undo()
        assert talks(room) == expected
    assert room.on_disk().posts == (PART_1, PART_2)


def test_a_talk_that_was_taken_out_comes_back_to_its_place_unless_others_were_moved(room: Room) -> None:
    for talk_id in ("talk2", "talk3"):
        post_view.put_in(room.session, "post1", talk_id)
    assert talks(room) == "talk1,talk2,talk3 talk2"
    for talk_id in ("talk1", "talk2", "talk3"):
        post_view.take_out(room.session, "post1", talk_id)
        post_view.type_field(room.session, "post1", "intro", f"Without {talk_id}")
        post_view.put_in(room.session, "post1", talk_id)
        assert talks(room) == "talk1,talk2,talk3 talk2"
    post_view.take_out(room.session, "post1", "talk2")
    post_view.take_out(room.session, "post1", "talk1")
    post_view.put_in(room.session, "post1", "talk2")
    post_view.put_in(room.session, "post1", "talk1")
    assert talks(room) == "talk1,talk2,talk3 talk2"
    post_view.take_out(room.session, "post1", "talk2")
    post_view.step(room.session, "post1", "talk1", 1)
    post_view.put_in(room.session, "post1", "talk2")
    assert talks(room) == "talk3,talk1,talk2 talk2"


def test_the_first_talk_dates_a_post_that_has_no_date(room: Room) -> None:
    post_view.take_out(room.session, "post2", "talk2")
    post_view.put_in(room.session, "post2", "talk2")
    assert room.session.notebook.posts[1].date == date.today().isoformat()
    post_view.put_in(room.session, "post1", "talk3")
    assert room.session.notebook.posts[0].date == "2018-01-12"


def test_a_link_is_taken_and_what_is_none_gets_a_sentence(room: Room) -> None:
    post_view.set_link(room.session, "talk2", " https://example.org/w?v=2 ")
    assert room.session.notebook.talks[1].url == "https://example.org/w?v=2"
    for typed in ("nonsense", "javascript:alert(1)", "file:///etc/passwd"):
        with pytest.raises(UserError):
            post_view.set_link(room.session, "talk2", typed)
    assert room.session.notebook.talks[1].url == "https://example.org/w?v=2"


# --- parts -------------------------------------------------------------------------------------------


def test_a_new_part_is_made_of_what_is_left_and_shown(room: Room) -> None:
    parts.new(room.session)
    made = room.session.notebook.posts[2]
    assert (made.title, made.talks) == ("An Event Notes - Part 3", ("talk3",))
    assert made.date == date.today().isoformat()
    assert room.screen.shown == [f"post {made.id}"]
    with pytest.raises(UserError, match="Every talk stands in a part already"):
        parts.new(room.session)


def test_without_a_talk_there_is_no_part_to_make(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is none in this notebook yet"):
        parts.new(a_room(tmp_path).session)


def test_a_removed_part_is_brought_back_whatever_was_done_since(room: Room) -> None:
    room.session.shown_post = "post1"
    parts.remove(room.session)
    assert room.session.notebook.posts == (PART_2,)
    assert len(room.session.notebook.talks) == 3
    post_view.type_field(room.session, "post2", "intro", "Since")
    [undo] = room.screen.offers
    undo.run()
    assert room.session.notebook.posts == (PART_1, replace(PART_2, intro="Since"))
    undo.run()
    assert "nothing to take back" in room.screen.said[-1]


def test_the_parts_are_listed_and_the_published_ones_marked(room: Room) -> None:
    parts.set_published(room.session, "post1", "2018-01-12", "https://example.org/1")
    assert room.session.notebook.posts[0].published == Published("2018-01-12", "https://example.org/1")
    assert [(each.label, each.chosen) for each in parts.choices(room.session)] == [
        ("Part 1 · published", True),
        ("Part 2", False),
    ]
    for day, url in (("soon", ""), ("", "nonsense")):
        with pytest.raises(UserError):
            parts.set_published(room.session, "post1", day, url)
    parts.set_published(room.session, "post1", " ", "")
    assert room.session.notebook.posts[0].published is None
    assert room.session.history.undo_label == "Not Published"


def test_a_notebook_that_can_only_be_read_stays_as_it_is(room: Room) -> None:
    room.session.read_only = True
    before = room.session.notebook
    for deed in (
        lambda: parts.new(room.session),
        lambda: parts.remove(room.session),
        lambda: parts.set_published(room.session, "post1", "2018-01-12", ""),
        lambda: post_view.type_field(room.session, "post1", "title", "New"),
        lambda: post_view.put_in(room.session, "post1", "talk3"),
        lambda: post_view.set_link(room.session, "talk2", "https://example.org/2"),
    ):
        with pytest.raises(UserError, match="not changed"):
            deed()
    assert room.session.notebook is before


# --- new notebooks -----------------------------------------------------------------------------------


def test_a_new_notebook_has_one_part_that_follows_its_name(room: Room) -> None:
    room.screen.text = "KubeCon"
    file.new(room.session)
    [part] = room.session.notebook.posts
    assert (part.title, part.date, part.talks) == ("KubeCon Notes - Part 1", "", ())
    room.screen.text = "KubeCon 2017"
    file.rename(room.session)
    assert room.session.notebook.posts[0].title == "KubeCon 2017 Notes - Part 1"
    room.session.undo()
    assert room.session.notebook.posts[0].title == "KubeCon Notes - Part 1"


def test_a_notebook_without_posts_is_opened_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    room = a_room(tmp_path / "old", a_talk("talk1"))
    on_disk = room.session.path.read_bytes()
    post_view.show(room.session)
    assert room.session.notebook.posts == ()
    assert room.session.close()
    assert room.session.path.read_bytes() == on_disk
