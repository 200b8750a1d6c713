"""From the notebook to a file: the talk's post is found or made, written where the user says, remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from desktopnotes.actions import exporting, notes, post, post_style
from desktopnotes.export.looking import LEFT, REPLACED, Answer
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Exported, Note, Post, Published, Style, Times
from desktopnotes.screen import Offer
from desktopnotes.storage import settings_file
from tests.sessions import Room, a_room, a_talk, copied

PART_1 = Post("post1", title="Part 1", date="2018-01-12")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two talks, and no post yet."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"), a_talk("talk2"))


def room_with(folder: Path, *posts: Post) -> Room:
    return a_room(folder, a_talk("talk1"), a_talk("talk2"), posts=posts)


def export(room: Room, target: Path | None) -> str:
    """Exports to `target`; what is in the file then."""
    room.screen.offers = ()
    room.screen.target = target
    exporting.export(room.session)
    if target is None:
        room.session.background.close(10)
        room.settle()
        return ""
    room.until(lambda: _has_ended(room), "it is exported")
    return target.read_text(encoding="utf-8") if target.is_file() else ""


def _has_ended(room: Room) -> bool:
    """What goes on can be cancelled, and says so where it takes long."""
    offers = [each.label for each in room.screen.offers]
    return bool((offers and offers != ["Cancel"]) or room.screen.errors or room.errors)


def offer(room: Room, label: str) -> Offer:
    return next(each for each in room.screen.offers if each.label == label)


def posts(room: Room) -> list[tuple[str, ...]]:
    return [each.talks for each in room.session.notebook.posts]


# --- into which post ---------------------------------------------------------------------------------


def test_a_notebook_without_posts_gets_its_first_part(room: Room, tmp_path: Path) -> None:
    text = export(room, tmp_path / "post.md")
    [made] = room.session.notebook.posts
    assert (made.title, made.talks) == ("An Event Notes - Part 1", ("talk1",))
    assert made.date == date.today().isoformat()
    assert text.startswith("# An Event Notes - Part 1\n")
    assert "[Title of talk1](https://example.org/talk.mp4) - Note 1. Note 2. Note 3." in text
    assert room.on_disk().posts == (made,)


def test_a_talk_goes_into_the_newest_unpublished_post(tmp_path: Path) -> None:
    out = Post("post2", title="Part 2", published=Published("2018-01-12"))
    room = room_with(tmp_path, PART_1, out)
    assert "# Part 1" in export(room, tmp_path / "post.md")
    assert posts(room) == [("talk1",), ()]


def test_a_talk_stays_in_its_post(tmp_path: Path) -> None:
    room = room_with(tmp_path, replace(PART_1, talks=("talk2", "talk1")), Post("post2", title="Part 2"))
    before = room.session.notebook.posts
    text = export(room, tmp_path / "post.md")
    assert text.index("Title of talk2") < text.index("Title of talk1")
    assert posts(room) == [("talk2", "talk1"), ()]
    assert room.session.notebook.posts[1] is before[1]
    assert room.session.history.undo_label == ""
    assert room.on_disk().posts[0].exported == (Exported("post.md"),)


def test_where_all_posts_are_published_the_next_part_is_made(tmp_path: Path) -> None:
    room = room_with(tmp_path, replace(PART_1, talks=("talk2",), published=Published("2018-01-12")))
    room.session.set(title_pattern="{event}, part {n}")
    assert export(room, tmp_path / "post.md").startswith("# An Event, part 2\n")


def test_the_post_is_undone_in_one_step_and_the_place_is_no_step(room: Room, tmp_path: Path) -> None:
    export(room, tmp_path / "post.md")
    assert room.session.history.undo_label == "Put Talk into Post"
    room.session.undo()
    assert posts(room) == []
    assert room.session.history.undo_label == ""
    room.session.redo()
    assert room.session.notebook.posts[0].exported == (Exported("../post.md"),)


def test_a_cancelled_dialog_leaves_nothing_changed_at_all(room: Room) -> None:
    before, settings = room.session.notebook, room.session.settings
    on_disk = room.session.path.read_bytes()
    export(room, None)
    assert room.session.notebook is before
    assert room.session.history.undo_label == ""
    assert room.session.settings is settings
    assert room.session.saver.latest is room.session.store.notebook
    assert room.session.path.read_bytes() == on_disk


# --- where to ----------------------------------------------------------------------------------------


def test_it_is_offered_beside_the_notebook_first_and_then_where_the_last_one_went(
    room: Room, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    export(room, tmp_path / "site" / "first.md")
    assert room.screen.asked[-1] == f"{room.session.folder} / an-event-notes-part-1.md"
    assert room.session.notebook.posts[0].exported == (Exported("../site/first.md"),)
    assert settings_file.read().settings.site_folder == str(tmp_path / "site")
    asked = len(room.screen.asked)
    export(room, tmp_path / "site" / "first.md")
    assert len(room.screen.asked) == asked
    room.screen.target = None
    exporting.export_to(room.session)
    room.until(lambda: len(room.screen.asked) > asked, "it asks")
    assert room.screen.asked[-1] == f"{tmp_path / 'site'} / first.md"


def test_another_post_goes_to_the_folder_of_the_last_one(tmp_path: Path) -> None:
    room = room_with(
        tmp_path, replace(PART_1, talks=("talk1",)), Post("post2", title="Two", talks=("talk2",))
    )
    (tmp_path / "site").mkdir()
    export(room, tmp_path / "site" / "first.md")
    room.session.open_talk("talk2")
    export(room, None)
    assert room.screen.asked[-1] == f"{tmp_path / 'site'} / two.md"


def test_a_folder_takes_the_file_under_its_own_name(room: Room, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    export(room, tmp_path / "site")
    assert (tmp_path / "site" / "an-event-notes-part-1.md").is_file()
    assert room.session.notebook.posts[0].exported == (Exported("../site/an-event-notes-part-1.md"),)
    assert room.session.settings.site_folder == str(tmp_path / "site")


def test_pictures_travel_along(tmp_path: Path) -> None:
    pictured = replace(a_talk("talk1"), notes=(Note("a", at_ms=1, text="A slide", picture="slide.png"),))
    room = a_room(tmp_path, pictured, posts=(replace(PART_1, talks=("talk1",), style=Style.TIMELINE),))
    room.session.pictures_folder.mkdir()
    Image.new("RGB", (1920, 1080), "teal").save(room.session.pictures_folder / "slide.png")
    (tmp_path / "site").mkdir()
    text = export(room, tmp_path / "site" / "post.md")
    [picture] = (tmp_path / "site").rglob("*.webp")
    with Image.open(picture) as copied:
        assert copied.size == (1600, 900)
    assert picture.relative_to(tmp_path / "site").as_posix() in text


# --- what is there already ---------------------------------------------------------------------------


def test_an_existing_file_is_replaced_only_if_the_user_says_so(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "post.md"
    target.write_text("by hand")
    room.screen.answer = REPLACED
    assert "Note 1" in export(room, target)
    assert room.screen.asked[-1] == "unknown post.md"
    assert posts(room) == [("talk1",)]


@pytest.mark.parametrize("answer", [LEFT, None])
def test_an_existing_file_that_is_kept_leaves_nothing_changed(
    answer: Answer | None, room: Room, tmp_path: Path
) -> None:
    target = tmp_path / "post.md"
    target.write_text("by hand")
    before, settings = room.session.notebook, room.session.settings
    room.screen.answer, room.screen.target = answer, target
    asked = len(room.screen.asked)
    exporting.export(room.session)
    room.until(lambda: len(room.screen.asked) == asked + 2, "it asks")
    room.session.background.close(10)
    room.settle()
    assert target.read_text() == "by hand"
    assert room.session.notebook is before
    assert room.session.settings is settings


def test_where_it_cannot_be_written_a_sentence_says_so_and_nothing_changes(
    room: Room, tmp_path: Path
) -> None:
    (tmp_path / "site").write_text("a file stands where the folder should be")
    before, settings = room.session.notebook, room.session.settings
    export(room, tmp_path / "site" / "post.md")
    assert room.screen.errors[0].startswith("A file stands where the folder should be: “post.md” was not")
    assert (room.errors, room.screen.offers) == ([], ())
    assert room.session.notebook is before
    assert room.session.settings is settings


def test_an_export_is_told_though_the_settings_cannot_be_written(
    room: Room, home: Path, tmp_path: Path
) -> None:
    (home / ".config").write_text("a file stands where the folder should be")
    room.screen.target = tmp_path / "post.md"
    exporting.export(room.session)
    room.until(lambda: room.screen.offers, "it is exported")
    assert "until you quit" in room.screen.errors[0]
    assert room.session.notebook.posts[0].exported == (Exported("../post.md"),)


# --- afterwards --------------------------------------------------------------------------------------


def test_afterwards_it_can_be_opened_shown_and_copied(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "post.md"
    text = export(room, target)
    assert room.screen.said[-1].startswith("Exported to post.md.")
    assert [each.label for each in room.screen.offers] == ["Open", "Show in Folder", "Copy", "Export to…"]
    for label in ("Open", "Show in Folder", "Copy"):
        offer(room, label).run()
    assert room.screen.opened_outside == [str(target), str(tmp_path)]
    assert room.screen.clipboard == text


def test_what_was_left_out_is_told(tmp_path: Path) -> None:
    room = a_room(
        tmp_path,
        replace(a_talk("talk1"), url=""),
        a_talk("talk2", notes=0),
        posts=(replace(PART_1, talks=("talk1", "talk2")),),
    )
    export(room, tmp_path / "post.md")
    assert "“Title of talk1” has no public link." in room.screen.said[-1]
    assert "“Title of talk2” is left out" in room.screen.said[-1]


def test_a_note_being_written_is_in_the_post(room: Room, tmp_path: Path) -> None:
    room.stand_at(40_000)
    notes.begin(room.session, "> Less is more", "talk1note3")
    assert "“Less is more.”" in export(room, tmp_path / "post.md")


# --- the other commands ------------------------------------------------------------------------------


def test_the_post_is_copied_and_the_talk_put_into_it(room: Room) -> None:
    copied(room)
    assert "Note 1. Note 2. Note 3." in room.screen.clipboard
    assert "clipboard" in room.screen.said[-1]
    assert posts(room) == [("talk1",)]
    room.session.undo()
    assert posts(room) == []


def test_style_and_times_change_what_is_exported(room: Room) -> None:
    copied(room)
    as_list = room.screen.clipboard
    post_style.set_style(room.session, "timeline")
    assert room.session.notebook.posts[0].style == Style.TIMELINE
    copied(room)
    assert "## " in room.screen.clipboard
    post_style.set_style(room.session, "list")
    post_style.set_times(room.session, Times.INLINE)
    assert room.session.notebook.posts[0].times == Times.INLINE
    copied(room)
    assert "(https://example.org/talk.mp4#t=10)" in room.screen.clipboard
    post_style.set_times(room.session, Times.SUPERSCRIPT)
    assert room.session.notebook.posts[0].times == Times.SUPERSCRIPT
    post_style.set_times(room.session, Times.NONE)
    copied(room)
    assert room.screen.clipboard == as_list


def test_a_style_for_a_talk_in_no_post_is_one_step(room: Room) -> None:
    post_style.set_style(room.session, "timeline")
    assert posts(room) == [("talk1",)]
    room.session.undo()
    assert posts(room) == []
    assert room.session.history.undo_label == ""


def test_the_details_of_the_talks_post_are_shown(room: Room) -> None:
    post.details(room.session)
    assert room.screen.shown == ["post title"]
    now = post.current(room.session)
    assert now is not None
    assert now.talks == ("talk1",)


def test_the_settings_say_what_stands_between_title_and_prose_and_how_a_date_looks(tmp_path: Path) -> None:
    room = room_with(tmp_path, replace(PART_1, talks=("talk1",)))
    room.session.set(title_separator=": ", date_form="%Y")
    copied(room)
    assert "\n2018\n" in room.screen.clipboard
    assert "(https://example.org/talk.mp4): Note 1." in room.screen.clipboard


def test_without_a_talk_there_is_nothing_to_export(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    room.screen.place = Caret()
    assert not post.there_is_something(room.session)
