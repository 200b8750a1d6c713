"""The order and the groups of the talks, and how far they are watched, as commands do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import talk, talks_list
from desktopnotes.model import grouping
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Post, State
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    talks = [a_talk(f"talk{i}") for i in range(1, 5)]
    posts = (Post("post1", title="Part 1", talks=("talk3", "talk1")), Post("post2", title="Part 2"))
    return a_room(tmp_path, *talks, posts=posts)


def order(room: Room) -> list[str]:
    return [i[-1] for i in grouping.order(room.session.notebook, room.session.settings.talks_by)]


def test_next_is_the_next_one_as_shown(room: Room) -> None:
    room.session.open_talk("talk3")
    talk.next_one(room.session)
    assert room.session.talk_id == "talk1"
    talk.next_one(room.session)
    assert room.session.talk_id == "talk2"
    room.session.set(talks_by="none")
    talk.previous(room.session)
    assert room.session.talk_id == "talk1"


def test_a_talk_moves_in_its_group_as_one_step(room: Room) -> None:
    assert order(room) == ["3", "1", "2", "4"]
    assert not talks_list.can_go_down(room.session)
    talks_list.up(room.session)
    assert order(room) == ["1", "3", "2", "4"]
    assert room.session.history.undo_label == "Move Talk"
    assert room.on_disk().posts[0].talks == ("talk1", "talk3")
    assert not talks_list.can_go_up(room.session)
    talks_list.down(room.session)
    room.session.undo()
    room.session.undo()
    assert order(room) == ["3", "1", "2", "4"]


def test_a_talk_dropped_into_another_post_is_in_that(room: Room) -> None:
    opened = len(room.player.opened)
    talks_list.drop(room.session, "talk3", "post1", "post2", "")
    assert [post.talks for post in room.session.notebook.posts] == [("talk1",), ("talk3",)]
    room.session.undo()
    assert [post.talks for post in room.session.notebook.posts] == [("talk3", "talk1"), ()]
    assert len(room.player.opened) == opened, "the video was not touched"


def test_marked_by_hand_is_a_step(room: Room) -> None:
    room.stand_at(120_000)
    talks_list.mark_watched(room.session)
    assert room.session.talk is not None
    assert room.session.talk.state == State.WATCHED
    assert not talks_list.is_not_watched(room.session)
    talks_list.mark_to_watch(room.session)
    room.settle()
    assert room.player.position_at().at_ms == 0  # type: ignore[union-attr]
    talk.next_one(room.session)
    assert room.on_disk().talks[0].state == State.TO_WATCH
    assert room.on_disk().talks[0].position_ms == 0
    room.session.undo()
    assert room.session.notebook.talks[0].state == State.WATCHED
    room.session.undo()
    assert room.session.notebook.talks[0].state == State.WATCHING


def test_marking_in_a_notebook_that_can_only_be_read_leaves_the_video_alone(room: Room) -> None:
    room.stand_at(120_000)
    room.session.read_only = True
    with pytest.raises(UserError, match="can be read here"):
        talks_list.mark_to_watch(room.session)
    room.settle()
    assert room.player.position_at().at_ms == 120_000  # type: ignore[union-attr]


def test_the_grouping_is_chosen_one_after_the_other(room: Room) -> None:
    for word in ("state", "speakers", "tags", "none", "post"):
        talks_list.next_grouping(room.session)
        assert room.session.settings.talks_by == word
    assert [choice.chosen for choice in talks_list.group_choices(room.session)] == [True, *[False] * 4]


def test_another_talk_is_removed_without_touching_the_open_one(room: Room) -> None:
    opened = len(room.player.opened)
    talk.remove_one(room.session, "talk3")
    assert (room.session.talk_id, len(room.player.opened)) == ("talk1", opened)
    room.screen.offers[0].run()
    assert order(room) == ["3", "1", "2", "4"]


def test_the_talk_that_is_shown_next_is_open_after_a_removal(room: Room) -> None:
    room.session.open_talk("talk3")
    talk.remove(room.session)
    assert room.session.talk_id == "talk1"
    room.session.open_talk("talk4")
    talk.remove(room.session)
    assert room.session.talk_id == "talk2"
