"""The style and times of the post, and styles of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.actions import exporting, post, post_style
from desktopnotes.commands import by_id
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Post, Times
from desktopnotes.storage import paths
from tests.sessions import Room, a_room, a_talk, copied


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return a_room(tmp_path, a_talk("talk1"), posts=(Post("post1", title="Part 1", talks=("talk1",)),))


def own(name: str, text: str = "{{ title }}") -> Path:
    folder = paths.styles_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md.j2").write_text(text)
    return folder


def shown(room: Room, command_id: str = "post.style") -> dict[str, bool]:
    choices = by_id(command_id).choices
    assert choices
    return {choice.label: choice.chosen for choice in choices(room.session)}


def choose(room: Room, label: str, command_id: str = "post.style") -> None:
    choices = by_id(command_id).choices
    assert choices
    next(choice for choice in choices(room.session) if choice.label == label).run()


def test_the_menu_has_the_built_in_styles_and_ones_own(room: Room) -> None:
    assert shown(room) == {"List": True, "Timeline": False, "Outline": False}
    own("mosaic")
    choose(room, "mosaic")
    assert shown(room) == {"List": False, "Timeline": False, "Outline": False, "mosaic": True}
    copied(room)
    assert room.screen.clipboard == "Part 1\n"


def test_the_next_style_comes_by_the_command_itself(room: Room) -> None:
    own("mosaic")
    own("list")
    seen = []
    for _ in range(5):
        post_style.next_style(room.session)
        seen.append(room.session.notebook.posts[0].style)
    assert seen == ["timeline", "outline", "mosaic", "list", "timeline"]


def test_a_style_is_one_step_and_that_of_new_posts_too(room: Room) -> None:
    choose(room, "Outline")
    assert room.session.notebook.posts[0].style == "outline"
    assert post.new_post(room.session).style == "outline"
    room.session.undo()
    assert room.session.notebook.posts[0].style == "list"


def test_a_style_of_ones_own_is_that_of_new_posts_once_it_was_exported(room: Room, tmp_path: Path) -> None:
    own("mine", "{{ nothing.at.all }}")
    choose(room, "mine")
    assert room.session.notebook.posts[0].style == "mine"
    assert room.session.settings.style == "list"
    room.screen.target = tmp_path / "post.md"
    exporting.export(room.session)
    room.until(lambda: room.screen.errors, "it is told that the style is broken")
    assert room.session.settings.style == "list"
    assert "Nothing was changed" not in room.screen.errors[-1]
    own("mine")
    exporting.export(room.session)
    room.until(lambda: room.session.settings.style == "mine", "it is the style of new posts")


def test_times_are_chosen_from_three(room: Room) -> None:
    assert shown(room, "post.times") == {"None": True, "In the Text": False, "Above the Line": False}
    choose(room, "Above the Line", "post.times")
    assert room.session.notebook.posts[0].times == Times.SUPERSCRIPT
    assert post.new_post(room.session).times == Times.SUPERSCRIPT
    post_style.next_times(room.session)
    assert room.session.notebook.posts[0].times == Times.NONE


def test_where_there_is_no_post_yet_what_a_new_one_would_be_is_shown(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    room.session.set(style="timeline", times="inline")
    assert shown(room)["Timeline"]
    assert shown(room, "post.times")["In the Text"]


def test_a_style_with_the_name_of_a_built_in_one_says_why_it_cannot_be_chosen(room: Room) -> None:
    own("list")
    assert "list (name is taken)" in shown(room)
    with pytest.raises(UserError, match=r"“list\.md\.j2” cannot be chosen"):
        choose(room, "list (name is taken)")
    assert shown(room)["List"]


def test_an_error_in_a_style_leaves_all_as_it_was(room: Room) -> None:
    own("broken", "\n{{ nothing.at.all }}")
    choose(room, "broken")
    before = room.session.notebook
    assert copied(room) == ""
    assert "“broken.md.j2”, line 2: there is no “nothing”" in room.screen.errors[-1]
    assert room.session.notebook is before
    assert room.screen.clipboard == ""


# --- a copy ------------------------------------------------------------------------------------------


def copy(room: Room, choice: int | None, name: str | None) -> None:
    room.screen.choice, room.screen.text = choice, name
    post_style.copy_style(room.session)


def test_a_copy_is_written_taken_and_opened(room: Room) -> None:
    copied(room)
    as_list = room.screen.clipboard
    copy(room, 0, " my way ")
    path = paths.styles_folder() / "my way.md.j2"
    assert room.screen.asked[-2:] == ["Which style should be copied?", "my list"]
    assert room.screen.opened_outside == [str(path)]
    assert str(path) in room.screen.said[-1]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#\nA style of Desktop Notes, copied from “list”.")
    assert "{% for talk in talks %}" in text
    assert shown(room)["my way"]
    room.screen.offers[0].run()
    assert room.screen.opened_outside == [str(path), str(path.parent)]
    copied(room)
    assert room.screen.clipboard == as_list


def test_a_name_that_is_free_is_offered(room: Room) -> None:
    own("my outline")
    copy(room, 2, None)
    assert room.screen.asked[-1] == "my outline 2"


@pytest.mark.parametrize("answers", [(None, "x"), (0, None)])
def test_without_an_answer_nothing_is_copied(room: Room, answers: tuple[int | None, str | None]) -> None:
    copy(room, *answers)
    assert not paths.styles_folder().exists()
    assert room.screen.opened_outside == []


@pytest.mark.parametrize(
    "name", ["", "  ", "list", "List", "../x", "a/b", "a\\b", "a\0", ".x", "a:b", "x" * 61, "a."]
)
def test_a_name_that_cannot_be_is_told_and_nothing_is_written(room: Room, name: str) -> None:
    with pytest.raises(UserError, match="nothing was copied"):
        copy(room, 0, name)
    assert not paths.styles_folder().exists()


def test_a_style_that_is_there_is_never_overwritten(room: Room) -> None:
    folder = own("mine", "precious")
    with pytest.raises(UserError, match="have a style “mine” already"):
        copy(room, 0, "mine")
    assert (folder / "mine.md.j2").read_text() == "precious"


def test_a_notebook_that_can_only_be_read_is_left_alone(room: Room, tmp_path: Path) -> None:
    before = room.session.notebook
    room.session.read_only = True
    copy(room, 0, "mine")
    assert (paths.styles_folder() / "mine.md.j2").is_file()
    assert room.session.notebook is before
