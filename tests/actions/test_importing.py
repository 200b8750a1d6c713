"""Import as the user does it, without a window: read, shown, taken in as one step, told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import file, importing
from desktopnotes.actions.importing import ChaptersAs, Outcome, Way
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind, Talk
from desktopnotes.storage import opening
from tests.sessions import Room, a_room, a_talk

URL = "https://www.youtube.com/watch?v=abcdefghijk"
NOTES = f"[01:05]({URL}&t=65s) one\n\n[01:10]({URL}&t=70s) two"
POST = f"# P\n\n## [New Talk]({URL})\n\nThe write-up.\n\n{NOTES}\n\nBye."


def written(folder: Path, text: str, name: str = "notes.txt") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def found(room: Room, *files: Path) -> None:
    """The user chose these files, and they are read."""
    room.screen.files = files
    importing.choose(room.session)
    room.until(lambda: room.screen.imports, "what was found")


def outcome(room: Room, way: Way = Way()) -> Outcome:  # noqa: B008
    return importing.outcome(room.session, room.screen.imports, way, room.screen.goal)()


def take(room: Room, way: Way = Way(), worked_out: Outcome | None = None) -> None:  # noqa: B008
    importing.take(room.session, room.screen.imports, way, room.screen.goal, worked_out)
    room.until(lambda: any(said.startswith("Imported") for said in room.screen.said), "it is imported")


def test_notes_come_into_the_open_talk_as_one_step(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=1))
    found(room, written(tmp_path, "head\n0:10 Note 1\n0:20 > new\n11:00 late"))
    what = outcome(room)
    assert what.sentences == (
        "3 notes for “Title of talk1”, 1 of them known already.",
        "1 note stands past the end of the recording, and will be kept.",
    )
    assert [(one.line, one.text) for one in what.unread] == [(1, "head")]
    take(room, Way(), what)
    assert room.texts == ["Note 1", "new", "late"]
    assert room.notes[1].kind == Kind.QUOTE
    assert room.session.history.undo_label == "Import notes.txt"
    assert room.screen.offers[0].label == "What Was Not Read"
    assert not outcome(room).is_new
    room.session.undo()
    assert room.texts == ["Note 1"]


def test_a_post_brings_its_talks(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    found(room, written(tmp_path, POST, "post.md"))
    what = outcome(room)
    assert what.sentences == ("The post “P” with 1 talk.", "1 write-up.", "2 notes.")
    take(room, Way(), what)
    new = room.session.notebook.talks[1]
    assert (new.title, new.url, new.write_up, len(new.notes)) == ("New Talk", URL, "The write-up.", 2)
    assert room.session.notebook.posts[0].closing == "Bye."
    assert room.on_disk().talks[1] == new
    again = outcome(room)
    assert not again.is_new
    assert again.sentences == (
        "The post “P” with 1 talk, known already.",
        "2 notes, known already.",
    )


def test_the_first_talk_of_an_empty_notebook_opens(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    found(room, written(tmp_path, POST, "post.md"))
    take(room)
    assert room.session.talk is not None
    assert room.session.talk.title == "New Talk"


def test_what_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=1))
    found(room, written(tmp_path, "0:20 new"))
    worked_out = outcome(room)
    room.change_talk(title="Another Title")
    take(room, Way(), worked_out)
    assert room.session.talk is not None
    assert (room.session.talk.title, room.texts) == ("Another Title", ["Note 1", "new"])


@pytest.mark.parametrize(
    ("chapters", "kinds", "own"),
    [
        (ChaptersAs.CHAPTER_NOTES, {Kind.CHAPTER}, 0),
        (ChaptersAs.NOTES, {Kind.THOUGHT}, 0),
        (ChaptersAs.CHAPTERS, set(), 3),
    ],
)
def test_chapters_become_what_is_wished(
    tmp_path: Path, chapters: ChaptersAs, kinds: set[str], own: int
) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0))
    found(room, written(tmp_path, "0:00 Intro\n1:00 Demo\n2:00 End"))
    take(room, Way(chapters))
    talk = room.session.talk
    assert talk is not None
    assert {note.kind for note in talk.notes} == kinds
    assert len(talk.chapters) == own


def test_times_of_the_page_are_taken_to_those_of_the_file(tmp_path: Path) -> None:
    talk = Talk("talk1", "T", url=URL, file="talk1.mp4", offset_ms=5000)
    room = a_room(tmp_path, talk)
    found(room, written(tmp_path, "0:20 new"))
    take(room, Way(of_page=True))
    assert room.stamps == [15_000]


def test_several_files_are_one_step_and_what_fails_is_told(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0))
    found(room, written(tmp_path, "0:20 a", "a.txt"), written(tmp_path, "nothing", "b.txt"))
    what = outcome(room)
    assert what.sentences == ("a.txt: 1 note for “Title of talk1”.",)
    assert "b.txt" in what.unread[0].text
    take(room, Way(), what)
    assert room.texts == ["a"]


def test_without_a_talk_notes_have_no_place(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    importing.begin(room.session, [written(tmp_path, "0:20 a")])
    room.until(lambda: room.screen.errors, "an error")
    assert "belong to no talk" in room.screen.errors[0]
    assert room.screen.imports == ()


def test_a_file_that_says_nothing_is_told(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"))
    importing.begin(room.session, [written(tmp_path, "nothing here")])
    room.until(lambda: room.screen.errors, "an error")
    assert "no line that starts with a time" in room.screen.errors[0]


def test_text_that_is_dropped_is_imported(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0))
    file.take_dropped(room.session, [str(written(tmp_path, "0:20 a", "a.md"))])
    room.until(lambda: room.screen.imports, "what was found")
    assert room.screen.imports[0].name == "a.md"


def test_it_is_for_the_talk_that_was_open_when_it_began(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0), a_talk("talk2", notes=0))
    importing.begin(room.session, [written(tmp_path, "0:20 new")])
    room.session.open_talk("talk2")
    room.until(lambda: room.screen.imports, "what was found")
    assert outcome(room).sentences == ("1 note for “Title of talk1”.",)
    take(room)
    assert [[note.text for note in each.notes] for each in room.session.notebook.talks] == [["new"], []]


@pytest.mark.parametrize("shown", [False, True])
def test_another_notebook_that_is_opened_meanwhile_receives_nothing(tmp_path: Path, shown: bool) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0))
    (tmp_path / "other").mkdir()
    other = a_room(tmp_path / "other", a_talk("talk1", notes=0))
    before = other.session.notebook
    other.session.close()
    importing.begin(room.session, [written(tmp_path, "0:20 new")])
    if shown:
        room.until(lambda: room.screen.imports, "what was found")
    room.session.open_notebook(opening.open_notebook(other.session.path))
    room.session.open_talk("talk1")
    if shown:
        with pytest.raises(UserError, match="Another notebook than"):
            importing.take(room.session, room.screen.imports, Way(), room.screen.goal)
    else:
        room.until(lambda: room.screen.errors, "an error")
        assert "nothing was imported" in room.screen.errors[0]
    assert room.session.notebook.talks[0].notes == before.talks[0].notes == ()


def test_a_talk_that_is_gone_meanwhile_receives_nothing(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0), a_talk("talk2", notes=0))
    importing.begin(room.session, [written(tmp_path, "0:20 new")])
    room.session.open_talk("talk2")
    notebook = room.session.notebook
    room.session.do("Remove Talk", replace(notebook, talks=notebook.talks[1:]))
    room.until(lambda: room.screen.errors, "an error")
    assert "not in the notebook any more; nothing was imported" in room.screen.errors[0]


def test_in_the_post_view_it_is_for_the_chosen_talk(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", notes=0), a_talk("talk2", notes=0))
    room.screen.talk_in_post = "talk2"
    found(room, written(tmp_path, "0:20 new"))
    take(room)
    assert [[note.text for note in each.notes] for each in room.session.notebook.talks] == [[], ["new"]]
