"""Exporting again: to where it went last, merged with hand edits, asked only what nobody else can say."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktopnotes.actions import exporting
from desktopnotes.export.looking import Answer
from desktopnotes.export.pieces import Choice
from desktopnotes.media.background import Progress
from desktopnotes.model import talk_edits
from desktopnotes.model.notebook import Exported, Note, Post, Site
from desktopnotes.session import Session
from desktopnotes.storage import exported_texts, opening
from tests.sessions import Room, a_room, a_talk

POST = Post("post1", title="Part 1", date="2018-01-12", talks=("talk1",), exported=(Exported("post.md"),))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A post that is exported beside its notebook."""
    room = a_room(tmp_path, a_talk("talk1"), posts=(POST,))
    export(room)
    return room


def export(room: Room, run: Callable[..., None] = exporting.export) -> str:
    """Exports until something is told; what is."""
    said, asked, errors = len(room.screen.said), len(room.screen.asked), len(room.screen.errors)
    run(room.session)
    room.until(
        lambda: len(room.screen.said) > said or len(room.screen.errors) > errors or room.errors,
        f"something is told (asked: {room.screen.asked[asked:]})",
    )
    assert room.errors == []
    return (room.screen.said[said:] or room.screen.errors[errors:])[-1]


def write_up(room: Room, text: str) -> None:
    room.session.do("Typing", talk_edits.set_write_up(room.session.notebook, "talk1", text))


def edit(room: Room, old: str, new: str) -> Path:
    file = room.session.folder / "post.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_again_it_goes_to_the_same_place_and_keeps_hand_edits(room: Room) -> None:
    file = edit(room, "Note 2.", "Note two.")
    note = Note("new", at_ms=50_000, text="Another")
    talks = (replace(a_talk("talk1"), notes=(*room.notes, note)),)
    room.session.do("Typing", replace(room.session.notebook, talks=talks))
    assert "1 change by hand was kept." in export(room)
    assert "Note 1. Note two. Note 3. Another." in file.read_text(encoding="utf-8")
    assert room.screen.asked == []
    assert room.screen.offers[0].label == "Show What Changed"
    room.screen.offers[0].run()
    assert room.screen.shown == ["difference of post.md"]


def test_what_nothing_changed_in_is_not_written(room: Room) -> None:
    file = room.session.folder / "post.md"
    before = file.stat()
    assert "was up to date already" in export(room)
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert "Open" in [each.label for each in room.screen.offers]


@pytest.mark.parametrize(("choice", "words"), [(Choice.MINE, "Mine."), (Choice.PROGRAM, "Other.")])
def test_a_conflict_is_asked_about_before_anything_is_written(room: Room, choice: Choice, words: str) -> None:
    write_up(room, "First.")
    export(room)
    file = edit(room, "First.", "Mine.")
    write_up(room, "Other.")
    before, notebook = file.read_bytes(), room.session.notebook
    assert export(room) == "Nothing was written: “post.md” is as it was."
    assert room.screen.asked == ["conflict post.md"]
    assert (file.read_bytes(), room.session.notebook) == (before, notebook)
    room.screen.answer = Answer({0: choice})
    assert "Exported to post.md" in export(room)
    assert words in file.read_text(encoding="utf-8")
    export(room)
    assert len(room.screen.asked) == 2, "what was picked is not asked about again"


def test_a_deleted_file_is_written_anew_and_a_missing_folder_asked_about(room: Room, tmp_path: Path) -> None:
    file = room.session.folder / "post.md"
    file.unlink()
    assert "Exported to post.md" in export(room)
    (tmp_path / "site").mkdir()
    room.screen.target = tmp_path / "site" / "post.md"
    export(room, exporting.export_to)
    shutil.rmtree(tmp_path / "site")
    room.screen.target = tmp_path / "moved.md"
    assert "Exported to moved.md" in export(room)
    assert [each.path for each in room.session.notebook.posts[0].exported][-1] == "moved.md"


def test_each_site_has_a_place_of_its_own(room: Room, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    hugo = replace(room.session.notebook.posts[0], site=Site.HUGO)
    room.session.do("Site", talk_edits.set_post(room.session.notebook, hugo))
    room.screen.target = tmp_path / "site"
    assert export(room).startswith("Exported to part-1/index.md.")
    assert (tmp_path / "site" / "part-1" / "index.md").is_file()
    assert (room.session.settings.site, room.session.settings.site_folder) == ("hugo", str(tmp_path / "site"))
    asked = len(room.screen.asked)
    export(room)
    plain = replace(room.session.notebook.posts[0], site=Site.PLAIN)
    room.session.do("Site", talk_edits.set_post(room.session.notebook, plain))
    assert "post.md was up to date" in export(room)
    assert len(room.screen.asked) == asked


@pytest.mark.parametrize("site", [Site.HUGO, Site.OBSIDIAN])
def test_by_another_name_in_the_learned_folder_the_site_stays_the_site(
    room: Room, tmp_path: Path, site: Site
) -> None:
    posts = tmp_path / "site" / "content" / "posts"
    posts.mkdir(parents=True)
    learned = {"folder": "content/posts", "file_form": "{slug}.md", "site": str(site)}
    room.session.set(conventions=learned)
    post = replace(room.session.notebook.posts[0], site=site)
    room.session.do("Site", talk_edits.set_post(room.session.notebook, post))
    room.screen.target = posts / "my-own.md"
    assert "Exported to content/posts/my-own.md" in export(room)
    assert room.session.settings.site_folder == str(tmp_path / "site")
    room.screen.target = None
    exporting.export_to(room.session)
    room.until(lambda: len(room.screen.asked) == 2, "it is asked where to")
    assert room.screen.asked[-1] == f"{posts} / my-own.md"
    second = replace(post, id="post2", exported=())
    talk = replace(a_talk("talk1"), id="talk2")
    notebook = replace(room.session.notebook, talks=(*room.session.notebook.talks, talk))
    room.session.do("Part", replace(notebook, posts=(*notebook.posts, replace(second, talks=("talk2",)))))
    room.session.open_talk("talk2")
    exporting.export(room.session)
    room.until(lambda: len(room.screen.asked) == 3, "it is asked where to")
    assert room.screen.asked[-1] == f"{tmp_path / 'site'} / content/posts/part-1.md"


def test_a_file_that_is_no_text_is_asked_about(room: Room) -> None:
    file = room.session.folder / "post.md"
    file.write_bytes(b"caf\xe9")
    room.screen.choice = None
    assert "Nothing was written" in export(room)
    assert "no text in UTF-8" in room.screen.asked[-1]
    room.screen.choice = 1
    assert "left as it is" in export(room)
    assert file.read_bytes() == b"caf\xe9"
    room.screen.choice = 0
    export(room)
    assert "Note 1." in file.read_text(encoding="utf-8")


def test_the_file_of_another_post_is_asked_about(room: Room) -> None:
    file = room.session.folder / "post.md"
    before = file.read_bytes()
    other = replace(POST, id="post2", title="Part 2")
    room.session.do("Part", replace(room.session.notebook, posts=(other,)))
    assert "Nothing was written" in export(room)
    assert room.screen.asked == ["unknown post.md"]
    assert file.read_bytes() == before


def test_a_folder_in_its_place_is_told(room: Room) -> None:
    (room.session.folder / "post.md").unlink()
    (room.session.folder / "post.md").mkdir()
    told = export(room)
    assert "Exported" in told or "folder" in told
    assert (room.session.folder / "post.md").is_dir()


def test_where_the_last_text_cannot_be_kept_it_is_told(room: Room) -> None:
    shutil.rmtree(exported_texts.folder())
    exported_texts.folder().write_text("a file in its place")
    write_up(room, "Changed.")
    (room.session.folder / "post.md").unlink()
    assert "The next export will ask instead of merging" in export(room)


def test_pictures_are_counted_and_it_can_be_cancelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tuple(Note(f"n{i}", at_ms=i * 1000, text="A slide", picture=f"{i}.png") for i in range(12))
    post = replace(POST, style="timeline")
    room = a_room(tmp_path, replace(a_talk("talk1"), notes=notes), posts=(post,))
    room.session.pictures_folder.mkdir()
    for i in range(12):
        Image.new("RGB", (8, 8), (i, 0, 0)).save(room.session.pictures_folder / f"{i}.png")
    monkeypatch.setattr(exporting, "_QUIET_S", -1)
    reported: list[str] = []
    report = Progress.report

    def listen(progress: Progress, done: float, what: str = "") -> None:
        reported.append(what)
        report(progress, done, what)
        if what.startswith("3 of"):  # what the window would do meanwhile
            room.mailbox.empty()
            next(each for each in room.screen.offers if each.label == "Cancel").run()

    monkeypatch.setattr(Progress, "report", listen)
    exporting.export(room.session)
    room.until(lambda: "cancelled" in (room.screen.said or [""])[-1], "it is cancelled")
    room.session.background.close(10)
    room.settle()
    assert "3 of 12 pictures" in reported
    assert "12 of 12 pictures" not in reported
    assert not (tmp_path / "post.md").exists()
    assert room.errors == []


@pytest.mark.parametrize("place", ["post.md", ""])
def test_another_notebook_that_is_opened_meanwhile_is_told_nothing(
    room: Room, tmp_path: Path, place: str
) -> None:
    post = replace(room.session.notebook.posts[0], exported=(Exported(place),) if place else ())
    room.session.do("Export", talk_edits.set_post(room.session.notebook, post))
    (room.session.folder / "post.md").unlink()
    (tmp_path / "other").mkdir()
    other = a_room(tmp_path / "other", a_talk("talk1"), a_talk("talk2"), posts=(replace(POST, exported=()),))
    other.session.close()
    asked = len(room.screen.asked)

    def export_and_leave(session: Session) -> None:
        exporting.export(session)
        session.open_notebook(opening.open_notebook(other.session.path))
        session.open_talk("talk2")

    told = export(room, export_and_leave)
    assert told.startswith("Exported to post.md" if place else "Nothing was exported: “event.talknotes.json”")
    assert (tmp_path / "post.md").is_file() == bool(place)
    assert room.session.notebook.posts == (replace(POST, exported=()),)
    assert not room.session.history.undo_label
    assert "Export to…" not in [each.label for each in room.screen.offers]
    assert len(room.screen.asked) == asked
