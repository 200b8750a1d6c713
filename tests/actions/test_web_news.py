"""A talk plays from its page, and what the page says of it comes into the notebook by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import downloads, quality, sources
from desktopnotes.actions import web as actions
from desktopnotes.media.player import PlayerState
from desktopnotes.media.web_page import Listing, Page, PageCaptions
from desktopnotes.model import edits, talk_edits
from desktopnotes.model.notebook import Chapter, Note, Talk
from desktopnotes.storage import downloads_file
from tests.fake_web import FakeWeb
from tests.sessions import Room, a_room

ADDRESS = "https://talks.example/v/42"
PAGE = Page(
    ADDRESS,
    ADDRESS,
    title="Notes That Outlive the Talk [I] - Ada Lovelace & Alan Turing, Bletchley",
    duration_ms=98_000,
    chapters=(Chapter(0, "Why"), Chapter(40_000, "How")),
)
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:03.000\nA line of the author's.\n"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A notebook with one talk that is an address and nothing else."""
    return a_room(tmp_path, Talk("talk1", title="talks.example/v/42", url=ADDRESS))


def web(room: Room) -> FakeWeb:
    assert isinstance(room.session.web, FakeWeb)
    return room.session.web


def say(room: Room, *news: Page | PageCaptions | Listing) -> None:
    for each in news:
        web(room).say(each)
    room.settle()


def captions_file(tmp_path: Path) -> Path:
    path = tmp_path / "temporary" / "anything.vtt"
    path.parent.mkdir()
    path.write_text(CAPTIONS, encoding="utf-8")
    return path


def test_a_talk_without_a_file_plays_from_its_page_which_is_asked(room: Room) -> None:
    assert room.player.opened == [ADDRESS]
    assert web(room).begun == [ADDRESS]


def test_a_talk_with_a_file_asks_no_page(tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").touch()
    room = a_room(tmp_path, Talk("talk1", file="talk.mp4", url=ADDRESS))
    assert room.player.opened == [tmp_path / "talk.mp4"]
    assert web(room).begun == []


def test_the_page_stands_in_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    room = a_room(tmp_path, Talk("talk1", file="gone.mp4", url=ADDRESS), has_files=False)
    assert room.player.opened == [ADDRESS]


def test_where_the_page_has_other_times_the_file_alone_serves(tmp_path: Path) -> None:
    room = a_room(tmp_path, Talk("talk1", file="gone.mp4", url=ADDRESS, offset_ms=5000), has_files=False)
    assert room.player.opened == [tmp_path / "gone.mp4"]
    assert web(room).begun == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/a.mp4", "x"])
def test_nothing_but_the_web_is_ever_asked(tmp_path: Path, url: str) -> None:
    room = a_room(tmp_path, Talk("talk1", url=url))
    assert room.player.opened == []
    assert web(room).begun == []


def test_an_address_may_begin_in_capitals(tmp_path: Path) -> None:
    address = ADDRESS.replace("https", "HTTPS")
    room = a_room(tmp_path, Talk("talk1", url=address))
    assert room.player.opened == web(room).begun == [address]
    assert sources.has_page(room.session)
    assert downloads.one_is_from_the_web(room.session)
    assert downloads.some_are_from_the_web(room.session)
    one = downloads._download_of(room.session, room.session.notebook.talks[0])
    downloads_file.change(lambda now: (*now, one))
    assert downloads_file.read().downloads == (one,)


def test_what_the_page_says_takes_the_place_of_the_bare_address(room: Room) -> None:
    say(room, PAGE)
    talk = room.on_disk().talks[0]
    assert talk.title == "Notes That Outlive the Talk"
    assert talk.speakers == ("Ada Lovelace", "Alan Turing")
    assert talk.original_title == PAGE.title
    assert talk.duration_ms == room.player.recording_ms or talk.duration_ms == 98_000
    assert [chapter.title for chapter in talk.chapters] == ["Why", "How"]
    assert talk.url == ADDRESS


def test_it_is_no_step_of_undo(room: Room) -> None:
    say(room, PAGE)
    assert room.session.history.undo_label == ""
    session = room.session
    session.do("Add Note", edits.add_note(session.notebook, "talk1", Note("n1", at_ms=5, text="x")))
    session.undo()
    assert session.talk
    assert session.talk.title == "Notes That Outlive the Talk"


def test_what_the_user_wrote_stays(room: Room) -> None:
    session = room.session
    session.do(
        "Rename Talk", talk_edits.set_data(session.notebook, "talk1", title="My Title", speakers=("Me",))
    )
    say(room, PAGE)
    assert session.talk
    assert (session.talk.title, session.talk.speakers) == ("My Title", ("Me",))


def test_a_short_link_becomes_the_page_that_readers_open(room: Room) -> None:
    say(room, replace(PAGE, url="https://www.youtube.com/watch?v=abcdefghijk"))
    assert room.session.talk
    assert room.session.talk.url == "https://www.youtube.com/watch?v=abcdefghijk"


def test_another_spelling_of_the_same_page_changes_nothing(tmp_path: Path) -> None:
    typed = "https://youtu.be/abcdefghijk?si=xyz"
    room = a_room(tmp_path, Talk("talk1", url=typed))
    say(room, replace(PAGE, address=typed, url="https://www.youtube.com/watch?v=abcdefghijk"))
    assert room.session.talk
    assert room.session.talk.url == typed


def test_captions_of_the_page_are_kept_beside_the_notebook(room: Room, tmp_path: Path) -> None:
    came = captions_file(tmp_path)
    say(room, PageCaptions(ADDRESS, came, "../en", is_automatic=False))
    room.until(lambda: room.session.talk and room.session.talk.captions, "the captions are named")
    came.unlink()
    talk = room.on_disk().talks[0]
    assert talk.captions == f"{room.session.path.name.removesuffix('.talknotes.json')}.captions/talk1.en.vtt"
    assert room.session.store.absolute(talk.captions).read_text(encoding="utf-8") == CAPTIONS
    heard = []
    room.session.spoken.when_read(heard.append)
    room.until(lambda: heard, "the captions are read")
    assert heard[0].cues[0].text == "A line of the author's."


def test_captions_of_an_address_that_leads_to_another_page_come_too(room: Room, tmp_path: Path) -> None:
    say(room, replace(PAGE, url="https://talks.example/v/long-title"))
    say(room, PageCaptions(ADDRESS, captions_file(tmp_path), "en", is_automatic=False))
    room.until(lambda: room.session.talk and room.session.talk.captions, "the captions are named")
    assert (tmp_path / "event.captions" / "talk1.en.vtt").exists()


def test_what_was_asked_by_an_address_that_led_on_is_given_up_by_it(room: Room) -> None:
    say(room, replace(PAGE, url="https://talks.example/v/long-title"))
    quality.choose(room.session, 480)
    assert web(room).forgotten[0] == ADDRESS
    assert room.player.opened[-1] == "https://talks.example/v/long-title"
    say(room, replace(PAGE, address="https://talks.example/v/long-title", url="https://talks.example/v/end"))
    room.player.state = PlayerState.OPENING
    actions.cancel_opening(room.session)
    assert web(room).forgotten[-1] == "https://talks.example/v/long-title"


def test_captions_of_the_page_are_not_those_of_a_talk_that_left_it(room: Room, tmp_path: Path) -> None:
    session = room.session
    before = session.talk
    session.do("Set Link", talk_edits.set_url(session.notebook, "talk1", "https://elsewhere.example/"))
    session.play_as_it_is_now(before)
    say(room, PageCaptions(ADDRESS, captions_file(tmp_path), "en", is_automatic=False))
    assert session.talk
    assert session.talk.captions == ""
    assert not list(tmp_path.glob("*.captions"))


def test_nothing_is_written_beside_a_notebook_that_can_only_be_read(room: Room, tmp_path: Path) -> None:
    room.session.read_only = True
    say(room, PAGE, PageCaptions(ADDRESS, captions_file(tmp_path), "en", is_automatic=False))
    assert room.session.background.close(5)
    room.settle()
    assert room.session.talk
    assert (room.session.talk.title, room.session.talk.captions) == ("Notes That Outlive the Talk", "")
    assert not list(tmp_path.glob("*.captions"))


def test_no_talk_is_taken_out_of_a_notebook_that_can_only_be_read(tmp_path: Path) -> None:
    other = "https://talks.example/v/other"
    room = a_room(tmp_path, Talk("talk1", url=ADDRESS), Talk("talk2", url=other))
    room.session.read_only = True
    say(room, Listing(ADDRESS, "All Talks"), replace(PAGE, url=other))
    assert [talk.id for talk in room.session.notebook.talks] == ["talk1", "talk2"]
    assert room.session.talk_id == "talk1"
    assert room.session.withdraw(lambda now: talk_edits.remove_talk(now, "talk1")) is None
    assert len(room.session.notebook.talks) == 2


def test_captions_that_cannot_be_kept_are_told_of_and_do_no_harm(room: Room, tmp_path: Path) -> None:
    (tmp_path / "event.captions").write_text("a file, where the folder would be")
    say(room, PageCaptions(ADDRESS, captions_file(tmp_path), "en", is_automatic=False))
    room.until(lambda: room.screen.errors, "it is told")
    [told] = room.screen.errors
    assert told.startswith("Its captions could not be kept: ")
    assert told.endswith(" It plays without them.")
    assert "talk1.en.vtt" in told
    assert "Choose another place" not in told, "there is no place to choose"
    assert (room.session.talk and room.session.talk.captions, room.errors) == ("", [])


@pytest.mark.parametrize("talk_id", ["../../evil", "/tmp/x", "a/b", "a\\b", "..", "a b.c", "ä:b"])
def test_captions_stay_beside_the_notebook_whatever_the_talks_id_is(tmp_path: Path, talk_id: str) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    room = a_room(folder, Talk(talk_id, url=ADDRESS))
    say(room, PageCaptions(ADDRESS, captions_file(tmp_path), "en", is_automatic=False))
    room.until(lambda: (room.session.talk and room.session.talk.captions) or room.errors, "they are kept")
    assert room.errors == []
    kept = room.session.store.absolute(room.on_disk().talks[0].captions)
    assert (kept.parent, kept.suffixes[-2:]) == (room.session.captions_folder, [".en", ".vtt"])
    assert re.fullmatch(r"[0-9a-f]{20}\.en\.vtt", kept.name)
    assert kept.read_text(encoding="utf-8") == CAPTIONS
    assert {path for path in tmp_path.rglob("*.vtt") if "temporary" not in path.parts} == {kept}


def test_captions_that_the_user_chose_stay(tmp_path: Path) -> None:
    room = a_room(tmp_path, Talk("talk1", url=ADDRESS, captions="mine.vtt"))
    say(room, PageCaptions(ADDRESS, captions_file(tmp_path), "en", is_automatic=True))
    assert room.session.talk
    assert room.session.talk.captions == "mine.vtt"
    assert not list(tmp_path.glob("*.captions"))


def test_a_list_is_given_to_the_window(room: Room) -> None:
    listing = Listing(ADDRESS, "All Talks")
    say(room, listing)
    assert room.screen.listings == [listing]


def test_news_of_a_page_that_is_in_no_talk_is_dropped(room: Room) -> None:
    say(room, replace(PAGE, address="https://elsewhere.example/"))
    assert room.session.talk
    assert room.session.talk.title == "talks.example/v/42"


def test_leaving_the_talk_ends_what_is_asked(tmp_path: Path) -> None:
    room = a_room(tmp_path, Talk("talk1", url=ADDRESS), Talk("talk2", url=f"{ADDRESS}3"))
    room.session.open_talk("talk2")
    assert web(room).forgotten == [ADDRESS]
    assert web(room).begun == [ADDRESS, f"{ADDRESS}3"]
