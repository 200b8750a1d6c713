"""The open talk written to files for other programs, and put on the clipboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import outputs
from desktopnotes.export.interchange.outputs import OUTPUTS
from desktopnotes.model.notebook import Kind, Note, Post, Talk
from desktopnotes.session import Session
from tests.sessions import Room, a_room, a_talk


def chaptered(*starts_s: int) -> Talk:
    notes = tuple(
        Note(f"note{at_s}", at_ms=at_s * 1000, kind=Kind.CHAPTER, text=f"Part at {at_s}") for at_s in starts_s
    )
    return replace(a_talk("talk1"), notes=notes)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, chaptered(0, 60, 90), a_talk("talk2"))


def export(room: Room, name: str, target: Path) -> None:
    room.screen.offers = ()
    room.screen.target = target
    outputs.export(room.session, name)
    room.until(lambda: room.screen.offers or room.screen.errors or room.errors, "it is exported")


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)
def test_each_output_is_written_where_the_user_says(room: Room, tmp_path: Path, output) -> None:  # type: ignore[no-untyped-def]
    before = room.session.notebook
    export(room, output.name, tmp_path)
    file = tmp_path / f"title-of-talk1{output.suffix}"
    assert "Part at 60" in file.read_text(encoding="utf-8")
    assert room.screen.asked == [f"{room.session.folder} / {file.name}"]
    assert room.screen.said[-1].startswith(f"Exported to {file.name}.")
    assert [offer.label for offer in room.screen.offers] == ["Open", "Show in Folder"]
    for offer in room.screen.offers:
        offer.run()
    assert room.screen.opened_outside == [str(file), str(tmp_path)]
    assert room.session.notebook is before, "no post is made"


def test_no_file_is_replaced_unasked(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("mine")
    room.screen.target, room.screen.choice = file, 1
    outputs.export(room.session, "csv")
    room.until(lambda: len(room.screen.asked) == 2, "it is asked")
    assert room.screen.asked[1] == "“mine.csv” exists already and was left as it is."
    assert file.read_text() == "mine"
    room.screen.choice = 0
    export(room, "csv", file)
    assert "Part at 60" in file.read_text()


def test_again_it_is_replaced_unasked_unless_it_was_edited(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    for number in range(3):
        talk = replace(chaptered(0, 60, 90), title=f"Title {number}")
        room.session.do("Typing", replace(room.session.notebook, talks=(talk,)))
        export(room, "csv", file)
        assert f"Title {number}" in file.read_text(encoding="utf-8-sig")
    assert len(room.screen.asked) == 3, "where to, each time"
    file.write_bytes(file.read_bytes() + b"edited")
    edited = file.read_bytes()
    room.screen.choice = 1
    outputs.export(room.session, "csv")
    room.until(lambda: len(room.screen.asked) == 5, "it is asked")
    assert file.read_bytes() == edited


def test_where_it_cannot_be_written_it_says_why(room: Room, tmp_path: Path) -> None:
    export(room, "text", tmp_path / "gone" / "notes.txt")
    assert room.screen.errors[0].startswith("The folder “gone” is gone")


def test_called_off_nothing_happens(room: Room) -> None:
    outputs.export(room.session, "vtt")
    room.until(lambda: room.screen.asked, "it is asked where to")
    assert room.screen.said == []


def test_what_to_make_can_be_asked_for(room: Room, tmp_path: Path) -> None:
    assert len(outputs._ANSWERS) == len(OUTPUTS)
    room.screen.choice, room.screen.target = 5, tmp_path / "notes.txt"
    outputs.choose(room.session)
    room.until(lambda: room.screen.offers, "it is exported")
    assert (tmp_path / "notes.txt").exists()
    room.screen.choice, room.screen.target = len(OUTPUTS), tmp_path / "other.txt"
    outputs.choose(room.session)
    room.session.background.close(10)
    room.mailbox.empty()
    assert not (tmp_path / "other.txt").exists()


def copy_chapters(room: Room) -> None:
    outputs.copy_youtube_chapters(room.session)
    room.until(lambda: room.screen.said or room.screen.errors, "it is copied")


def test_youtube_chapters_need_no_post(room: Room) -> None:
    copy_chapters(room)
    assert room.screen.clipboard == "0:00 Part at 0\n1:00 Part at 60\n1:30 Part at 90\n"
    assert room.screen.said[-1] == "3 chapters are on the clipboard."
    assert not room.screen.lasting
    assert room.session.notebook.posts == ()


def test_what_would_disable_the_list_is_told_and_stays(tmp_path: Path) -> None:
    room = a_room(tmp_path, chaptered(5, 60, 64, 90))
    copy_chapters(room)
    assert room.screen.said[-1] == (
        "4 chapters are on the clipboard.  "
        "YouTube would ignore the whole list: line 2, “1:00 Part at 60”, lasts 4 s, and YouTube wants 10.  "
        "YouTube wants a chapter at 0:00, so “Part at 5” stands there and not at 0:05."
    )
    assert room.screen.lasting


def test_without_chapters_the_clipboard_stays_as_it_was(room: Room) -> None:
    room.session.open_talk("talk2")
    room.screen.clipboard = "mine"
    copy_chapters(room)
    assert room.screen.errors[0].startswith("“Title of talk2” has no chapters")
    assert room.screen.clipboard == "mine"


def test_the_post_is_copied_with_its_form(room: Room) -> None:
    outputs.copy_rich(room.session)
    room.until(lambda: room.screen.said, "it is copied")
    assert '<a href="https://example.org/talk.mp4">Title of talk1</a>' in room.screen.rich
    assert "- Title of talk1 (https://example.org/talk.mp4) - Part at 0." in room.screen.clipboard
    assert room.screen.said == ["The post is on the clipboard, with its links and emphasis."]
    [post] = room.session.notebook.posts
    assert post.talks == ("talk1",)
    room.session.undo()
    assert room.session.notebook.posts == ()


def test_where_the_system_takes_plain_text_alone_it_says_so(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), posts=(Post("post1", title="Part 1", talks=("talk1",)),))
    room.screen.takes_rich = False
    outputs.copy_rich(room.session)
    room.until(lambda: room.screen.said, "it is copied")
    assert room.screen.said[-1].startswith("The post is on the clipboard as plain text:")


# --- on a worker ---------------------------------------------------------------------------------------


@pytest.fixture
def held(room: Room) -> Iterator[threading.Event]:
    """What is made waits until this is set."""
    lets_go = threading.Event()
    room.session.background.run(lambda _: lets_go.wait(10), lane="export")
    yield lets_go
    lets_go.set()


@pytest.mark.parametrize(
    "make",
    [
        outputs.copy_markdown,
        outputs.copy_rich,
        outputs.copy_youtube_chapters,
        lambda session: outputs.export(session, "csv"),
    ],
    ids=["markdown", "rich", "chapters", "file"],
)
def test_nothing_is_made_on_the_windows_thread_and_what_takes_long_is_told(
    room: Room, held: threading.Event, make: Callable[[Session], None]
) -> None:
    make(room.session)
    assert (room.screen.clipboard, room.screen.asked, room.screen.said) == ("", [], [])
    room.screen.let_time_pass()
    assert room.screen.said[-1].startswith("Making ")
    assert room.screen.said[-1].endswith("…")
    held.set()
    room.until(lambda: room.screen.clipboard or room.screen.asked, "it is made")


def test_of_what_is_copied_the_newest_wins(room: Room, held: threading.Event) -> None:
    outputs.copy_youtube_chapters(room.session)
    outputs.copy_rich(room.session)
    outputs.copy_markdown(room.session)
    outputs.copy_youtube_chapters(room.session)
    held.set()
    assert room.session.background.close(10)
    room.until(lambda: room.screen.said, "it is copied")
    assert room.screen.clipboard.startswith("0:00 Part at 0")
    assert len(room.screen.said) == 1


def test_what_is_done_soon_is_told_once(room: Room) -> None:
    copy_chapters(room)
    room.screen.let_time_pass()
    assert len(room.screen.said) == 1


def test_in_the_post_view_the_chosen_talk_is_meant(room: Room, tmp_path: Path) -> None:
    room.session.open_talk("talk2")
    room.screen.talk_in_post = "talk1"
    copy_chapters(room)
    assert room.screen.clipboard.startswith("0:00 Part at 0\n")
    export(room, "text", tmp_path / "notes.txt")
    assert "Part at 60" in (tmp_path / "notes.txt").read_text(encoding="utf-8")
    room.session.open_talk("")
    assert outputs.there_is_a_talk(room.session)
    room.screen.talk_in_post = "gone"
    assert not outputs.there_is_a_talk(room.session)
