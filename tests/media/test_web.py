"""Pages asked by the real yt-dlp on a site of this machine: what plays, what is told, what goes wrong."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.media import web_question, yt_dlp_program
from desktopnotes.media.background import CancelledError, Task
from desktopnotes.media.web import Wishes
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.web_page import Listing, Page, PageCaptions
from tests.media.web_room import WebRoom, children, in_thread
from tests.site import Site
from tests.site_pages import CHAPTERS, DURATION_S, TITLE
from tests.waiting import wait_until

RUNS_S = 30.0
"""How long a process may take to begin or end on a busy machine."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as one:
        yield one


@pytest.fixture
def all_sites(site: Site) -> Iterator[WebRoom]:
    """With all that yt-dlp knows, as users have it: it looks through some 1,800 sites for each page."""
    site.log.clear()
    one = WebRoom()
    yield one
    one.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what yt-dlp knows of pages in general, all that our site needs: that takes 1 s instead of 3."""
    usual = yt_dlp_program.common_options
    some = ["--ies", "generic,html5.*"]
    monkeypatch.setattr(web_question, "common_options", lambda program: [*usual(program), *some])


@pytest.fixture
def room(site: Site, quick: None) -> Iterator[WebRoom]:
    site.log.clear()
    one = WebRoom()
    yield one
    one.close()


def test_a_talk_of_picture_and_sound_apart_plays_and_tells_its_page_and_captions(
    all_sites: WebRoom, site: Site
) -> None:
    room = all_sites
    address = site.url("/talk")
    room.web.wishes = Wishes(languages=("de", "en"))
    room.web.begin(address)
    stream = room.stream(address)
    assert (stream.video, stream.sound) == (
        site.url(f"/picture.mp4?token={site.token}"),
        site.url(f"/sound.m4a?token={site.token}"),
    )
    assert (stream.height, stream.frame_rate) == (720, 25.0)
    assert stream.user_agent.startswith("Mozilla/")
    page = room.page()
    assert (page.address, page.url, page.title) == (address, address, TITLE)
    assert page.duration_ms == DURATION_S * 1000
    assert [(one.at_ms, one.title) for one in page.chapters] == [
        (at * 1000, name) for name, at, _ in CHAPTERS
    ]
    captions = room.captions()
    assert (captions.language, captions.is_automatic) == ("de", False)
    assert captions.path.read_text(encoding="utf-8").startswith("WEBVTT")
    assert "NOTE deutsch" in captions.path.read_text(encoding="utf-8")
    assert len(site.asked("/talk")) == 1, "captions come without asking the page again"
    assert len(room.news) == 2


def test_one_page_is_asked_once_for_all_who_want_it_and_again_when_it_expired(
    room: WebRoom, site: Site
) -> None:
    address = site.url("/video")
    room.web.begin(address)
    room.web.begin(address)
    answers = [room.stream(address), room.stream(address)]
    assert answers[0] == answers[1]
    assert len(site.asked("/video")) == 1
    room.captions()
    room.web.begin(address)
    room.until(lambda: len(room.of(PageCaptions)) == 2, "what is known was told again")
    site.expire()
    assert room.stream(address).video == answers[0].video, "nobody said that it expired"
    fresh = room.stream(address, fresh=True)
    assert fresh.video == site.url(f"/talk.mp4?token={site.token}") != answers[0].video
    assert room.stream(address) == fresh
    assert len(site.asked("/video")) == 2


def test_what_was_learned_serves_again_after_it_was_left(room: WebRoom, site: Site) -> None:
    address = site.url("/sound")
    room.web.begin(address)
    stream = room.stream(address)
    wait_until(lambda: children(os.getpid()) == set(), "its process ended", RUNS_S)
    wait_until(lambda: not room.web._questions[address].thread.is_alive(), "all of it is done")
    room.web.forget(address)
    room.mailbox.empty()
    assert room.news == []
    room.web.begin(address)
    assert room.stream(address) == stream
    room.page()
    assert len(site.asked("/sound")) == 1


def test_another_quality_is_another_question(room: WebRoom, site: Site) -> None:
    address = site.url("/talk.mpd")
    room.stream(address)
    room.web.wishes = Wishes(height=0)
    sound_alone = room.stream(address)
    assert (sound_alone.video, sound_alone.sound) == (site.url("/sound.m4a?token=" + site.token), "")


def test_a_talk_in_pieces_is_left_to_the_player_to_join(room: WebRoom, site: Site) -> None:
    stream = room.stream(site.url("/pieces"))
    assert (stream.video, stream.sound) == (site.url("/hls.m3u8"), "")
    assert room.page().title == TITLE


def test_nothing_is_asked_of_anybody_who_was_not_named(room: WebRoom, site: Site) -> None:
    room.web.about()
    room.web.forget(site.url("/talk"))
    for never in ("file:///etc/passwd", "javascript:alert(1)", "ftp://127.0.0.1/x", "", "-v", "http://a b/"):
        with pytest.raises(WebError, match="not the address of a page"):
            room.stream(never)
        with pytest.raises(WebError, match="not the address of a page"):
            room.entries(never)
        room.web.begin(never)
    assert site.log == []
    assert children(os.getpid()) == set()


def test_a_media_file_plays_at_once_and_its_page_comes_behind(
    room: WebRoom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = site.url("/talk.mp4")
    go_on, program_for = threading.Event(), web_question.program_for
    monkeypatch.setattr(web_question, "program_for", lambda page: go_on.wait(10) and program_for(page))
    stream = room.stream(address)
    assert not room.web._questions[address].answered.is_set(), "its page is not even asked yet"
    go_on.set()
    assert (stream.video, stream.sound) == (address, "")
    assert room.page().title == "talk"
    assert room.stream(address, fresh=True).video == address
    assert site.asked("/talk.mp4"), "yt-dlp was asked"


def test_a_list_is_told_and_does_not_play(room: WebRoom, site: Site) -> None:
    failure = room.failure(site.url("/feed"))
    assert failure.why is Why.A_LIST
    assert room.listing() == Listing(site.url("/feed"), "All talks")
    assert room.of(Page) == []
    room.web.begin(site.url("/feed"))
    room.until(lambda: len(room.of(Listing)) == 2, "told again")
    assert len(site.asked("/feed")) == 1


def test_the_entries_of_a_list_come_in_order_while_it_is_read(room: WebRoom, site: Site) -> None:
    told = room.entries(site.url("/feed"))
    entries = [entry for some in told for entry in some]
    assert [entry.url for entry in entries] == [site.url(f"/video?n={n}") for n in range(1, 301)]
    assert entries[1].title == "Talk 2"
    assert entries[1].duration_ms == 120_000
    assert len(told) > 1
    assert site.asked("/video") == [], "no recording of it is asked"


def test_broken_entries_are_left_out_and_hostile_titles_made_harmless(room: WebRoom, site: Site) -> None:
    entries = [entry for some in room.entries(site.url("/broken-feed")) for entry in some]
    assert [entry.url for entry in entries] == [site.url("/video?n=1"), site.url("/video?n=2")]
    assert len(entries[1].title) <= 300
    assert entries[1].title.startswith("Evil <b>title</b> abc ../../etc/passwd xxx")


def test_videos_that_stand_on_one_page_are_a_list_of_their_files(room: WebRoom, site: Site) -> None:
    entries = [entry for some in room.entries(site.url("/album")) for entry in some]
    assert [entry.url for entry in entries] == [site.url(f"/{n}.mp4") for n in ("talk", "second", "third")]


def test_a_hostile_title_is_one_harmless_line(room: WebRoom, site: Site) -> None:
    room.stream(site.url("/hostile"))
    title = room.page().title
    assert title.isprintable()
    assert len(title) <= 300
    assert title.startswith("Evil <b>title</b> [31m abc ../../etc/passwd xxx")


BAD = {
    "/empty": (Why.NO_VIDEO, "nothing on this page that plays"),
    "/gone": (Why.GONE, "not there any more"),
    "/private": (Why.PRIVATE, "account"),
    "/error": (Why.NETWORK, "trouble of its own"),
    "/loop": (Why.NETWORK, "round in a circle"),
    "/to-file": (Why.NO_VIDEO, "nothing on this page that plays"),
}


def test_bad_pages_are_told_in_plain_words(room: WebRoom, site: Site) -> None:
    for path in BAD:
        room.web.begin(site.url(path))
    for path, (why, words) in BAD.items():
        failure = room.failure(site.url(path))
        assert (failure.why, path) == (why, path), failure
        assert words in failure.args[0]
        assert failure.hint
        assert failure.address == site.url(path)
    assert room.news == []


def test_a_network_that_is_not_there(room: WebRoom, site: Site) -> None:
    addresses = ["http://127.0.0.1:9/talk", "http://nosuch.invalid/talk", site.url("/talk")]
    site.down()
    try:
        for address in addresses:
            room.web.begin(address)
        assert [room.failure(address).why for address in addresses] == [Why.NETWORK] * 3
    finally:
        site.up()
    assert "No site of this name" in room.failure(addresses[1]).args[0]
    room.web.begin(addresses[2])
    assert room.stream(addresses[2]).video, "a page that failed is asked again"


def test_a_certificate_that_fails_is_not_accepted(room: WebRoom) -> None:
    with Site(secure=True) as secure:
        failure = room.failure(secure.url("/talk"))
        assert failure.why is Why.NETWORK
        assert "prove" in failure.args[0]
        assert secure.log == []


@pytest.mark.parametrize("path", ["/endless", "/huge"])
def test_a_page_without_end_is_given_up(
    room: WebRoom, site: Site, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_question, "ANSWER_WITHIN_S", 2.5)
    failure = room.failure(site.url(path))
    assert failure.why in (Why.NETWORK, Why.NO_VIDEO)
    assert failure.hint
    wait_until(lambda: children(os.getpid()) == set(), "its process ended", RUNS_S)


def test_a_cancel_ends_the_process_at_once(room: WebRoom, site: Site) -> None:
    task = Task()
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            room.web.stream(site.url("/slow"), room.progress(task))
        except CancelledError as error:
            raised.append(error)

    thread = in_thread(ask)
    wait_until(lambda: site.asked("/slow"), "the page is being asked", RUNS_S)
    assert children(os.getpid())
    task.cancel()
    thread.join(RUNS_S)
    assert raised
    wait_until(lambda: children(os.getpid()) == set(), "its process ended", 3.0)


def test_what_was_forgotten_ends_and_tells_nothing(room: WebRoom, site: Site) -> None:
    address = site.url("/slow")
    room.web.begin(address)
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            room.stream(address)
        except CancelledError as error:
            raised.append(error)

    thread = in_thread(ask)
    wait_until(lambda: site.asked("/slow"), "the page is being asked", RUNS_S)
    room.web.forget(address)
    thread.join(RUNS_S)
    assert raised
    wait_until(lambda: children(os.getpid()) == set(), "its process ended", 3.0)
    assert room.news == []


def test_entries_are_cancelled_too(room: WebRoom, site: Site) -> None:
    task = Task()
    thread = in_thread(lambda: _entries_until_cancelled(room, site.url("/slow"), task))
    wait_until(lambda: site.asked("/slow"), "the page is being asked", RUNS_S)
    task.cancel()
    thread.join(RUNS_S)
    wait_until(lambda: children(os.getpid()) == set(), "its process ended", 3.0)


def _entries_until_cancelled(room: WebRoom, address: str, task: Task) -> None:
    with pytest.raises(CancelledError):
        room.web.entries(address, room.progress(task), lambda _: None)


def test_close_ends_all_and_leaves_no_file(site: Site, quick: None) -> None:
    site.log.clear()
    room = WebRoom()
    room.stream(site.url("/talk"))
    path = room.captions().path
    assert [one.name for one in path.parent.iterdir()] == ["captions.en.vtt"]
    room.web.begin(site.url("/slow"))
    wait_until(lambda: site.asked("/slow"), "the page is being asked", RUNS_S)
    room.close()
    assert children(os.getpid()) == set()
    assert not path.exists()
    assert not path.parent.parent.exists()
    room.web.begin(site.url("/video"))
    with pytest.raises(CancelledError):
        room.stream(site.url("/video"))


def test_without_yt_dlp_it_says_what_is_missing(
    room: WebRoom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yt_dlp_program, "newest", lambda **_: None)
    monkeypatch.setattr(web_question, "newest", lambda **_: None)
    assert room.failure(site.url("/talk")).why is Why.NO_YT_DLP
    assert room.web.about() == "no yt-dlp"


def test_a_newer_program_of_the_users_is_asked_instead(
    room: WebRoom, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = yt_dlp_program.newest()
    assert own
    marks = tmp_path / "marks"
    program = tmp_path / "yt-dlp"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {marks}\n'
        f'[ "$1" = --version ] && echo 2099.01.01 && exit\nexec {" ".join(own.command)} "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert room.web.about() == f"yt-dlp 2099.01.01 ({program})"
    assert room.stream(site.url("/video")).video
    asked = marks.read_text()
    assert "--no-playlist --flat-playlist --playlist-items 1 --no-simulate --skip-download" in asked
    assert f" -- {site.url('/video')}\n" in asked
    assert asked.count("--ignore-config --no-cookies ") == asked.count("--print")


def test_a_bug_is_told_to_the_window_and_nobody_waits_for_ever(
    room: WebRoom, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(web_question, "ask_page", broken)
    assert room.failure(site.url("/talk")).why is Why.OTHER
    room.until(lambda: room.errors, "the error came to the window")
    assert isinstance(room.errors.pop(), ZeroDivisionError)
