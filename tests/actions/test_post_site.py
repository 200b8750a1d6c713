"""The site of the post, and one file for each talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import post_site
from desktopnotes.commands import by_id
from desktopnotes.model.notebook import Post, Site
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1"), posts=(Post("post1", title="Part 1", talks=("talk1",)),))


def test_the_menu_has_every_site_and_marks_that_of_the_post(room: Room) -> None:
    choices = by_id("post.site").choices
    assert choices is not None
    assert [choice.label for choice in choices(room.session)] == [
        "Plain",
        "Hugo",
        "Jekyll",
        "Astro",
        "Obsidian",
        "Web Page",
    ]
    next(choice for choice in choices(room.session) if choice.label == "Jekyll").run()
    assert room.session.notebook.posts[0].site == Site.JEKYLL
    assert [choice.label for choice in choices(room.session) if choice.chosen] == ["Jekyll"]


def test_a_site_is_one_step_and_that_of_new_posts_too(room: Room) -> None:
    post_site.next_site(room.session)
    assert room.session.settings.site == Site.HUGO
    assert room.screen.said[-1] == "The post is exported for Hugo."
    room.session.undo()
    assert room.session.notebook.posts[0].site == Site.PLAIN


def test_one_file_per_talk_is_switched(room: Room) -> None:
    command = by_id("post.per_talk")
    assert command.checked is not None
    assert not command.checked(room.session)
    command.run(room.session)
    assert command.checked(room.session)
    assert "one file for each talk" in room.screen.said[-1]
    command.run(room.session)
    assert not command.checked(room.session)
