"""An address is a talk at once, one talk however it is written, and can be given up or tried again."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from desktopnotes.actions import clipboard, file, notes, talk, web
from desktopnotes.media.player import Failed, PlayerState
from desktopnotes.media.web_errors import WebError
from desktopnotes.media.web_page import Listing, Page
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Post
from desktopnotes.sources import file_of
from desktopnotes.storage import opening, paths
from tests.fake_web import FakeWeb
from tests.sessions import Room, a_room, a_room_on, a_talk, recordings

TALK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SHORT = "https://t.example/x1"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return a_room(folder, a_talk("talk1"), posts=(Post("post1", talks=("talk1",)),))


def asked(room: Room) -> FakeWeb:
    return cast(FakeWeb, room.session.web)


def titles(room: Room) -> list[str]:
    return [each.title for each in room.session.notebook.talks]


def added(room: Room) -> list[str]:
    return [each.url for each in room.session.notebook.talks[1:]]


# --- adding ------------------------------------------------------------------------------------------


def test_a_pasted_address_is_a_talk_at_once_and_open(room: Room) -> None:
    room.screen.clipboard = f"Look: {TALK}"
    web.paste(room.session)
    assert room.session.talk is not None
    assert room.session.talk.url == TALK
    assert room.session.talk.title == "youtube.com/watch?v=dQw4w9WgXcQ"
    assert room.player.opened[-1] == TALK
    assert asked(room).begun == [TALK]
    assert room.on_disk().talks[1].url == TALK


def test_the_page_gives_it_its_title(room: Room) -> None:
    web.add(room.session, [TALK])
    asked(room).say(Page(TALK, TALK, title="Istio in Production [I] - Ann Lee, Acme"))
    room.settle()
    now = room.session.talk
    assert now is not None
    assert (now.title, now.speakers) == ("Istio in Production", ("Ann Lee",))
    assert room.session.history.undo_label == "Add Talk"


def test_several_are_added_in_order_as_one_step_and_the_first_is_opened(room: Room) -> None:
    web.add_text(room.session, "https://a.org/2\nhttps://a.org/1\nhttps://a.org/3")
    assert added(room) == ["https://a.org/2", "https://a.org/1", "https://a.org/3"]
    assert room.session.talk is not None
    assert room.session.talk.url == "https://a.org/2"
    assert room.session.history.undo_label == "Add 3 Talks"
    room.session.undo()
    assert added(room) == []


@pytest.mark.parametrize(
    "again",
    [
        "https://youtu.be/dQw4w9WgXcQ?si=abc&t=30",
        "http://m.youtube.com/watch?v=dQw4w9WgXcQ&list=PLx",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
    ],
)
def test_one_recording_is_one_talk_however_its_address_is_written(room: Room, again: str) -> None:
    web.add(room.session, [TALK])
    new_id = room.session.talk_id
    room.session.open_talk("talk1")
    web.add(room.session, [again])
    assert added(room) == [TALK]
    assert room.session.talk_id == new_id
    assert "already" in room.screen.said[-1]


def test_one_recording_given_twice_is_one_talk(room: Room) -> None:
    web.add_text(room.session, f"{TALK}\nhttps://youtu.be/dQw4w9WgXcQ")
    assert added(room) == [TALK]


def test_a_talk_from_a_file_with_that_page_is_gone_to(room: Room) -> None:
    web.add(room.session, ["https://example.org/talk.mp4#t=3"])
    assert (room.session.talk_id, len(titles(room))) == ("talk1", 1)
    assert room.session.history.undo_label == ""


def test_text_without_an_address_gets_a_sentence_and_changes_nothing(room: Room) -> None:
    before = room.session.notebook
    room.screen.clipboard = "KubeCon"
    with pytest.raises(UserError, match="“KubeCon” holds no address"):
        web.paste(room.session)
    assert room.session.notebook is before


def test_a_note_being_written_is_ended_first(room: Room) -> None:
    room.stand_at(15_000)
    notes.begin(room.session, "> said", "talk1note3")
    web.add(room.session, [TALK])
    assert room.session.notebook.talks[0].notes[1].text == "said"
    assert room.session.writing_id == ""


def test_the_edit_menus_paste_asks_the_window_where_the_focus_is(room: Room) -> None:
    room.screen.place = Caret("video", "talk1")
    clipboard.paste(room.session)
    assert room.screen.shown == ["paste"]


# --- asking ------------------------------------------------------------------------------------------


def test_the_question_begins_with_the_address_on_the_clipboard(room: Room) -> None:
    room.screen.clipboard = f"see {TALK}"
    room.screen.text = TALK
    web.ask(room.session)
    assert (room.screen.asked, added(room)) == ([TALK], [TALK])


@pytest.mark.parametrize("copied", ["", "some words", "https://a.org/1\nhttps://a.org/2", "x" * 300_000])
def test_it_begins_empty_where_no_single_address_is_there(room: Room, copied: str) -> None:
    room.screen.clipboard = copied
    web.ask(room.session)
    assert (room.screen.asked, added(room)) == ([""], [])


def test_what_cannot_be_right_is_asked_again_with_the_reason(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[tuple[str, str]] = []
    answers = iter(["ftp://a.org/x", TALK])

    def ask_text(title: str, label: str, text: str) -> str:
        questions.append((label, text))
        return next(answers)

    monkeypatch.setattr(room.screen, "ask_text", ask_text)
    web.ask(room.session)
    assert "is no address of a page" in questions[1][0]
    assert questions[1][1] == "ftp://a.org/x"
    assert added(room) == [TALK]


def test_the_same_wrong_answer_twice_ends_the_question_with_a_sentence(room: Room) -> None:
    room.screen.text = "nothing"
    with pytest.raises(UserError, match="holds no address"):
        web.ask(room.session)
    assert len(room.screen.asked) == 2


# --- arguments and drops -----------------------------------------------------------------------------


def test_addresses_and_files_of_the_command_line_join_the_open_notebook(room: Room, tmp_path: Path) -> None:
    [path] = recordings(tmp_path / "new", "one.mp4")
    file.open_arguments(room.session, [TALK, str(path)])
    assert sorted(titles(room)[1:]) == ["One", "youtube.com/watch?v=dQw4w9WgXcQ"]
    assert room.session.talk is not None
    assert room.session.talk.url == TALK
    file.open_arguments(room.session, ["https://youtu.be/dQw4w9WgXcQ"])
    assert len(titles(room)) == 3


def test_one_argument_that_cannot_be_had_and_none_is_added(room: Room, tmp_path: Path) -> None:
    for bad in ("https://ann@a.org/x", str(tmp_path / "gone.mp4")):
        with pytest.raises(UserError):
            file.open_arguments(room.session, [TALK, bad])
    assert added(room) == []


def test_dropped_files_and_folders_come_by_path_or_uri(room: Room, tmp_path: Path) -> None:
    recordings(tmp_path / "a folder ü", "one.mp4", "two & 3.mp4")
    uri = (tmp_path / "a folder ü" / "two & 3.mp4").as_uri()
    assert "%20" in uri
    file.take_dropped(room.session, [f"{uri}\r\n{(tmp_path / 'a folder ü').as_uri()}\r\n"])
    assert sorted(titles(room)[1:]) == ["One", "Two & 3"]
    file.take_dropped(room.session, [str(tmp_path / "a folder ü")])
    assert len(titles(room)) == 3


def test_a_dropped_path_may_hold_anything(room: Room, tmp_path: Path) -> None:
    [path] = recordings(tmp_path / "new", " a\n#b .mp4")
    file.take_dropped(room.session, [str(path)])
    assert file_of(room.session.notebook.talks[1], room.session.store) == path


def test_a_dropped_text_with_an_address_is_a_talk(room: Room) -> None:
    file.take_dropped(room.session, [f"{TALK}\nA title of it"])
    assert added(room) == [TALK]


@pytest.mark.parametrize("text", ["", "words", "file://elsewhere.org/a.mp4", "/gone/a.mp4", "file:///gone"])
def test_a_drop_that_is_nothing_gets_a_sentence(room: Room, text: str) -> None:
    before = room.session.notebook
    with pytest.raises(UserError):
        file.take_dropped(room.session, [text])
    assert room.session.notebook is before


# --- what the page says ------------------------------------------------------------------------------


def test_a_short_link_to_a_talk_that_is_there_leads_to_it_and_leaves_no_step(room: Room) -> None:
    web.add(room.session, [TALK])
    known_id = room.session.talk_id
    room.session.open_talk("talk1")
    web.add(room.session, [SHORT])
    asked(room).say(Page(SHORT, TALK, title="A Talk"))
    room.settle()
    assert added(room) == [TALK]
    assert room.session.talk_id == known_id
    assert "already" in room.screen.said[-1]
    assert room.session.history.undo_label == "Add Talk"
    room.session.undo()
    assert (added(room), room.session.history.undo_label) == ([], "")
    assert [each.url for each in room.on_disk().talks] == ["https://example.org/talk.mp4"]


def test_a_short_link_with_notes_stays(room: Room) -> None:
    web.add(room.session, [TALK, SHORT])
    room.session.open_talk(room.session.notebook.talks[2].id)
    notes.begin(room.session, "Mine", "")
    notes.end(room.session)
    asked(room).say(Page(SHORT, TALK, title="A Talk"))
    room.settle()
    assert len(titles(room)) == 3


def test_a_short_link_to_something_new_takes_its_page(room: Room) -> None:
    web.add(room.session, [SHORT])
    asked(room).say(Page(SHORT, TALK, title="A Talk"))
    room.settle()
    assert (added(room), titles(room)[1]) == ([TALK], "A Talk")


def test_an_address_that_is_a_list_by_its_shape_makes_no_talk(room: Room) -> None:
    web.add(room.session, ["https://media.ccc.de/c/34c3"])
    assert added(room) == []
    assert room.screen.listings == [Listing("https://media.ccc.de/c/34c3")]


def test_an_address_that_turns_out_to_be_a_list_leaves_nothing_behind(room: Room) -> None:
    before = room.session.notebook
    web.add(room.session, [SHORT])
    asked(room).say(Listing(SHORT, "A Conference"))
    room.settle()
    assert room.session.notebook == before
    assert (room.session.talk_id, room.session.history.undo_label) == ("talk1", "")
    assert room.screen.listings == [Listing(SHORT, "A Conference")]
    assert room.player.opened[-1] == room.session.folder / "talk1.mp4"
    assert len(room.on_disk().talks) == 1


def test_a_list_leaves_the_steps_made_meanwhile(room: Room) -> None:
    web.add(room.session, [SHORT])
    room.session.open_talk("talk1")
    notes.typed(room.session, "talk1note1", "Other words")
    asked(room).say(Listing(SHORT, "A Conference"))
    room.settle()
    assert added(room) == []
    room.session.undo()
    assert room.texts[0] == "Note 1"
    assert (room.session.history.undo_label, added(room)) == ("", [])
    room.session.redo()
    assert room.texts[0] == "Other words"


def test_of_several_that_were_added_only_the_list_goes(room: Room) -> None:
    web.add(room.session, [SHORT, TALK])
    asked(room).say(Listing(SHORT, "A Conference"))
    room.settle()
    assert added(room) == [TALK]
    room.session.undo()
    assert added(room) == []


def test_a_talk_with_notes_stays_though_its_page_is_a_list(room: Room) -> None:
    web.add(room.session, [SHORT])
    notes.begin(room.session, "Mine", "")
    notes.end(room.session)
    asked(room).say(Listing(SHORT, "A Conference"))
    room.settle()
    assert added(room) == [SHORT]
    assert room.screen.listings


# --- the sample --------------------------------------------------------------------------------------


def test_the_sample_never_receives_talks_from_the_web(home: Path) -> None:
    (home / "Documents").mkdir()
    path = paths.copy_sample()
    assert path is not None
    room = a_room_on(path)
    before = [each.id for each in room.session.notebook.talks]
    web.add(room.session, [TALK])
    assert room.session.path == home / "Documents" / "Talk Notes" / "My Talks.talknotes.json"
    assert [each.url for each in room.session.notebook.talks] == [TALK]
    assert [each.id for each in opening.open_notebook(path).notebook.talks] == before


# --- the page that is being opened -------------------------------------------------------------------


def test_a_page_that_is_being_asked_can_be_given_up_and_tried_again(room: Room) -> None:
    web.add(room.session, [TALK])
    assert web.is_opening(room.session)
    web.cancel_opening(room.session)
    assert asked(room).forgotten == [TALK]
    assert room.player.state is PlayerState.NOTHING
    report = room.screen.reports[-1]
    assert isinstance(report, Failed)
    assert isinstance(report.error, WebError)
    assert "kept" in str(report.error)
    room.settle()
    assert (added(room), room.session.talk and room.session.talk.url) == ([TALK], TALK)
    assert not web.is_opening(room.session)
    assert web.can_try_again(room.session)
    web.try_again(room.session)
    room.settle()
    assert room.player.opened[-2:] == [TALK, TALK]
    assert room.player.state is PlayerState.PLAYING
    assert not web.can_try_again(room.session)


def test_what_plays_is_not_given_up(room: Room) -> None:
    web.add(room.session, [TALK])
    room.settle()
    web.cancel_opening(room.session)
    assert room.player.state is PlayerState.PLAYING
    talk.go_to(room.session, "talk1")
    web.cancel_opening(room.session)
    assert room.player.state is PlayerState.OPENING
