"""Recordings of the web come to this computer, and their talks play from the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import downloads as actions
from desktopnotes.actions import file
from desktopnotes.media.fake_player import FakePlayer
from desktopnotes.media.player import PlayerState
from desktopnotes.model.downloads import Phase
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import codec, downloads_file
from tests.counted import Counted
from tests.download_site import DownloadSite, a_recording, quick_yt_dlp
from tests.sessions import Room, a_room_on, a_talk
from tests.waiting import wait_until


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_yt_dlp(monkeypatch)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return a_recording(tmp_path_factory.mktemp("recording"))


@pytest.fixture
def site(content: bytes) -> Iterator[DownloadSite]:
    with DownloadSite(content) as site:
        yield site


@pytest.fixture
def open_room(tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """Opens a notebook of these talks, with the queue at work."""
    rooms: list[Room] = []

    def open_one(*talks: Talk, folder: str = "books") -> Room:
        path = tmp_path / folder / "event.talknotes.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(codec.encode(Notebook(f"book-{folder}", title=folder, talks=talks)))
        rooms.append(a_room_on(path))
        rooms[-1].session.settings = replace(
            rooms[-1].session.settings, downloads_folder=str(tmp_path / "Videos")
        )
        actions.begin(rooms[-1].session)
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.session.downloads.close()
        assert room.session.background.close(5)
        assert room.errors == []


def _of_the_web(site: DownloadSite, talk_id: str = "talk1", **changes: str) -> Talk:
    return replace(a_talk(talk_id), url=site.address(f"{talk_id}.mp4"), **{"file": "", **changes})


def _it_is_there(room: Room, folder: Path) -> None:
    """As if the open talk's recording had been loaded by another window."""
    file = folder / "Videos" / "Title of talk1.mp4"
    file.parent.mkdir()
    file.write_bytes(b"the fake player does not mind")
    one = replace(actions._download_of(room.session, room.session.notebook.talks[0]), phase=Phase.DONE)
    downloads_file.change(lambda now: (*now, replace(one, file=str(file))))
    room.session.downloads.refresh()


def _until(room: Room, seen: Callable[[], object], what: str) -> None:
    """As `Room.until`, for what the real yt-dlp has to do first, on however busy a machine."""

    def look() -> object:
        room.mailbox.empty()
        return seen()

    wait_until(look, what, 60)


def _until_done(room: Room) -> None:
    _until(room, lambda: _phases(room) == {Phase.DONE}, "all is loaded")
    room.until(lambda: room.session.downloads._pending == 0, "and written")


def _phases(room: Room) -> set[str]:
    return {one.phase for one in room.session.downloads.items}


def test_the_talk_plays_from_its_file_and_keeps_its_link(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path, content: bytes
) -> None:
    room = open_room(_of_the_web(site))
    url = site.address("talk1.mp4")
    room.session.player.play()
    room.settle()
    actions.download(room.session)
    assert room.screen.said[-1] == "“Title of talk1” is being downloaded."
    _until_done(room)
    talk = room.on_disk().talks[0]
    assert (talk.file, talk.url) == ("../Videos/Title of talk1.mp4", url)
    assert (tmp_path / "Videos" / "Title of talk1.mp4").read_bytes() == content
    assert room.session.loader.page == url, "it plays on from the page"
    assert room.session.player.state is PlayerState.PLAYING
    assert room.screen.said[-1] == "“Title of talk1” is on this computer now."
    (offer,) = room.screen.offers
    assert offer.label == "Play from the File"
    offer.run()
    room.settle()
    assert room.session.loader.page == ""
    assert room.session.player.state is PlayerState.PLAYING
    assert not room.session.history.undo(room.screen.caret()), "no step of undo"


def test_where_the_page_did_not_play_the_file_is_opened(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    room = open_room(_of_the_web(site))
    assert isinstance(room.session.player, FakePlayer)
    room.session.player.state = PlayerState.FAILED
    _it_is_there(room, tmp_path)
    room.until(lambda: room.session.player.state is PlayerState.PAUSED, "it is open")
    assert room.session.loader.page == ""


def test_a_talk_removed_meanwhile_has_its_file_once_it_is_back(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    room = open_room(_of_the_web(site))
    session = room.session
    site.manners.rate = 2_000_000
    actions.download(session)
    session.do("remove", replace(session.notebook, talks=()))
    session.open_talk("")
    _until_done(room)
    assert room.screen.offers[0].label == "Show in Folder"
    assert session.notebook.talks == ()
    session.undo()
    assert session.notebook.talks[0].file == "../Videos/Title of talk1.mp4"
    assert (session.talk_id, session.loader.page) == ("talk1", ""), "it plays from the file"
    session.save_all()
    room.until(lambda: session.saver.all_is_saved, "it is saved")
    assert room.on_disk().talks[0].file == "../Videos/Title of talk1.mp4"


def test_a_notebook_that_is_not_open_gets_its_file_when_it_is(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    room = open_room(_of_the_web(site))
    first = room.session.path
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(codec.encode(Notebook("other", talks=(replace(a_talk("talk1"), file=""),))))
    site.manners.rate = 2_000_000
    actions.download(room.session)
    file.open_path(room.session, other)
    _until_done(room)
    assert room.session.notebook.talks[0].file == ""
    assert room.screen.offers[0].label == "Show in Folder"
    assert not downloads_file.read().downloads[0].is_applied
    with pytest.raises(UserError, match="until its notebook “event” is opened"):
        actions.forget(room.session, room.session.downloads.items[0])
    room.session.close()

    again = open_room(replace(a_talk("talk9"), file=""), folder="third")
    again.until(lambda: again.session.downloads.items, "the list is read")
    file.open_path(again.session, first)
    again.until(lambda: downloads_file.read().downloads[0].is_applied, "it is told")
    assert again.on_disk().talks[0].file == "../Videos/Title of talk1.mp4"
    actions.forget(again.session, again.session.downloads.items[0])
    again.until(lambda: downloads_file.read().downloads == (), "it is off the list")
    assert (tmp_path / "Videos" / "Title of talk1.mp4").exists()


def test_play_goes_to_the_talk_in_its_notebook(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    room = open_room(_of_the_web(site), _of_the_web(site, "talk2"))
    room.session.open_talk("talk2")
    actions.download(room.session)
    room.session.open_talk("talk1")
    _until_done(room)
    assert room.screen.offers[0].label == "Play"
    room.screen.offers[0].run()
    room.settle()
    assert (room.session.talk_id, room.session.player.state) == ("talk2", PlayerState.PLAYING)
    done = room.session.downloads.items[0]
    actions.show_in_folder(room.session, done)
    assert room.screen.opened_outside == [str(tmp_path / "Videos")]
    Path(done.file).unlink()
    with pytest.raises(UserError, match="not there any more"):
        actions.play(room.session, done)


def test_all_talks_of_the_notebook_that_are_not_here(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    (tmp_path / "here.mp4").write_bytes(b"here")
    talks = (
        _of_the_web(site, "talk1"),
        _of_the_web(site, "talk2", file="../here.mp4"),
        _of_the_web(site, "talk3", file="gone.mp4"),
        replace(a_talk("talk4"), url="", file="gone.mp4"),
    )
    room = open_room(*talks)
    site.manners.is_down = True
    actions.download_all(room.session)
    assert [one.talk_id for one in room.session.downloads.items] == ["talk1", "talk3"]
    assert room.screen.said[-1] == "2 recordings were put into the list of downloads."
    actions.download_all(room.session)
    assert room.screen.said[-1].startswith("There is nothing to download")
    assert len(room.session.downloads.items) == 2


def test_a_file_on_a_disk_that_is_gone_is_replaced_but_not_where_times_differ(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    room = open_room(_of_the_web(site, file="gone.mp4"), _of_the_web(site, "talk2", file="gone.mp4"))
    room.session.find_out(
        lambda now: replace(now, talks=(now.talks[0], replace(now.talks[1], offset_ms=5000)))
    )
    _it_is_there(room, tmp_path)
    room.until(lambda: room.session.notebook.talks[0].file != "gone.mp4", "the talk is told")
    assert room.session.notebook.talks[0].file == "../Videos/Title of talk1.mp4"
    room.session.open_talk("talk2")
    with pytest.raises(UserError, match="stamped on another recording"):
        actions.download(room.session)


def test_one_that_fails_is_told_with_the_way_to_the_list(
    site: DownloadSite, open_room: Callable[..., Room]
) -> None:
    room = open_room(_of_the_web(site))
    site.manners.is_down = True
    actions.download(room.session)
    _until(room, lambda: _phases(room) == {Phase.FAILED}, "it failed")
    assert room.screen.said[-1].startswith("“Title of talk1” was not downloaded. The site has trouble")
    room.screen.offers[0].run()
    assert room.screen.shown == ["downloads"]
    actions.download(room.session)
    assert _phases(room) == {Phase.WAITING}


def test_a_recording_that_is_here_is_not_asked_for(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    (tmp_path / "here.mp4").write_bytes(b"here")
    room = open_room(_of_the_web(site, file="../here.mp4"))
    actions.download(room.session)
    assert room.screen.said[-1] == "Its recording is on this computer already."
    assert room.session.downloads.items == ()
    assert site.asked == []


def test_nothing_is_downloaded_for_a_notebook_that_can_only_be_read(
    site: DownloadSite, open_room: Callable[..., Room]
) -> None:
    room = open_room(_of_the_web(site))
    room.session.read_only = True
    for ask in (actions.download, actions.download_all):
        with pytest.raises(UserError, match="can be read here, not changed"):
            ask(room.session)
    assert room.session.downloads.items == ()
    assert site.asked == []


def test_many_talks_are_looked_through_once(site: DownloadSite, open_room: Callable[..., Room]) -> None:
    many = 400
    room = open_room(*(_of_the_web(site, f"talk{number}") for number in range(many)))
    site.manners.is_down = True
    room.session.find_out(
        lambda now: replace(now, talks=tuple(replace(talk, id=Counted(talk.id)) for talk in now.talks))
    )
    actions.download_all(room.session)
    Counted.compared = 0
    actions.download_all(room.session)
    assert room.screen.said[-1].startswith("There is nothing to download")
    assert Counted.compared < 20 * many, "not each with each"


def test_what_a_notebook_that_can_only_be_read_cannot_get_goes_off_the_list(
    site: DownloadSite, open_room: Callable[..., Room], tmp_path: Path
) -> None:
    room = open_room(_of_the_web(site))
    room.session.read_only = True
    _it_is_there(room, tmp_path)
    room.until(lambda: room.session.downloads.items, "the list is read")
    assert not room.session.downloads.items[0].is_applied
    actions.forget(room.session, room.session.downloads.items[0])
    room.until(lambda: downloads_file.read().downloads == (), "it is off the list")
    assert (tmp_path / "Videos" / "Title of talk1.mp4").exists()
