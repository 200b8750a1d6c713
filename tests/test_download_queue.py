"""The queue of downloads at work, with the real yt-dlp: in order, over restarts, in several windows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.downloading.queue import DownloadQueue, Listener
from desktopnotes.downloading.work import staging
from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.model import downloads, naming
from desktopnotes.model.downloads import Download, Phase
from desktopnotes.model.errors import UserError
from desktopnotes.storage import downloads_file
from tests.counted import Counted
from tests.download_site import DownloadSite, a_recording, quick_yt_dlp
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


class _Heard(Listener):
    def __init__(self) -> None:
        self.there: list[str] = []
        self.ends: list[tuple[str, str]] = []
        self.errors: list[str] = []

    def arrived(self, download: Download) -> bool:
        self.there.append(download.id)
        return True

    def ended(self, download: Download) -> None:
        self.ends.append((download.id, download.phase))

    def failed(self, error: UserError) -> None:
        self.errors.append(str(error))


class _Window:
    """A queue with what moves it, as each window of the program has it."""

    def __init__(self) -> None:
        self.bugs: list[Exception] = []
        self.mailbox = Mailbox(self.bugs.append)
        self.background = Background(self.mailbox)
        self.queue = DownloadQueue(self.mailbox, self.background)
        self.heard = _Heard()
        self.queue.listen(self.heard)

    def until(self, seen: Callable[[], object], what: str) -> None:
        def look() -> object:
            self.mailbox.empty()
            return seen()

        wait_until(look, f"{what}; {self.queue.items}", 60)

    def phase(self, one: Download) -> str:
        now = downloads.find(self.queue.items, one.id)
        return now.phase if now else "gone"

    def until_phase(self, one: Download, phase: str) -> None:
        self.until(lambda: self.phase(one) == phase, f"{one.title} is {phase}")

    def until_loading(self, one: Download, more_than: int = 0) -> None:
        def is_loading() -> bool:
            figures = self.queue.figures(one.id)
            return figures is not None and figures.done_bytes > more_than

        self.until(is_loading, f"{one.title} is being loaded")

    def settle(self) -> None:
        self.until(lambda: self.queue._pending == 0 and not self.queue._runs, "all is quiet")

    def close(self) -> None:
        self.queue.close()
        assert self.background.close(5)
        self.mailbox.empty()
        assert self.bugs == []


@contextmanager
def _a_window() -> Iterator[_Window]:
    window = _Window()
    try:
        yield window
    finally:
        window.close()


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    return tmp_path / "Videos"


def _one(site: DownloadSite, videos: Path, number: int = 1, title: str = "") -> Download:
    return Download(
        f"download{number}",
        site.address(f"talk{number}.mp4"),
        title or f"Talk {number}",
        "/n.talknotes.json",
        f"talk{number}",
        str(videos),
    )


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_two_are_loaded_one_after_the_other(site: DownloadSite, videos: Path, content: bytes) -> None:
    one, two = _one(site, videos, 1), _one(site, videos, 2)
    with _a_window() as window:
        window.queue.add((one, two))
        window.until_loading(one)
        assert window.phase(two) == Phase.WAITING
        assert not window.queue.is_loading(two.id)
        window.until_phase(two, Phase.DONE)
        window.settle()
        assert window.heard.ends == [(one.id, Phase.DONE), (two.id, Phase.DONE)]
        assert window.heard.there == [one.id, two.id]
    assert _names(videos) == ["Talk 1.mp4", "Talk 2.mp4"]
    assert (videos / "Talk 1.mp4").read_bytes() == content
    asked = [path for path in site.asked if path.startswith("/talk")]
    assert asked == sorted(asked)
    assert [item.is_applied for item in downloads_file.read().downloads] == [True, True]
    assert list((downloads_file.path().parent / "downloads").iterdir()) == []


def test_a_pause_keeps_what_is_there_and_resume_goes_on(
    site: DownloadSite, videos: Path, content: bytes
) -> None:
    one = _one(site, videos)
    site.manners.rate = 1_000_000
    with _a_window() as window:
        window.queue.add((one,))
        window.until_loading(one, 200_000)
        window.queue.pause(one.id)
        assert window.phase(one) == Phase.PAUSED
        window.settle()
        assert [path.name for path in videos.iterdir()] == [staging(one).name]
        (part,) = staging(one).glob("*.part")
        there = part.stat().st_size
        site.manners.rate = 0
        window.queue.go_on(one.id)
        window.until_phase(one, Phase.DONE)
    assert there in site.resumed
    assert (videos / "Talk 1.mp4").read_bytes() == content
    assert _names(videos) == ["Talk 1.mp4"]


def test_cancel_leaves_nothing_loading_paused_or_waiting(site: DownloadSite, videos: Path) -> None:
    site.manners.rate = 300_000
    loading, waiting, paused = (_one(site, videos, number) for number in (1, 2, 3))
    with _a_window() as window:
        window.queue.add((paused,))
        window.until_loading(paused, 50_000)
        window.queue.pause(paused.id)
        window.queue.add((loading, waiting))
        window.until_loading(loading, 50_000)
        assert staging(paused).is_dir()
        for one in (waiting, loading, paused):
            window.queue.remove(one.id)
        assert window.queue.items == ()
        window.settle()
        window.until(lambda: _names(videos) == [], "nothing is left")
    assert downloads_file.read().downloads == ()


def test_cancelled_and_closed_at_once_nothing_is_left(site: DownloadSite, videos: Path) -> None:
    site.manners.rate = 300_000
    one = _one(site, videos)
    with _a_window() as window:
        window.queue.add((one,))
        window.until_loading(one, 50_000)
        window.queue.remove(one.id)
    assert _names(videos) == []
    assert downloads_file.read().downloads == ()


_LOAD_FOR_EVER = """
from tests.test_download_queue import _Window
window = _Window()
window.queue.begin()
while True:
    window.mailbox.empty()
    figures = window.queue.figures("download1")
    if figures and figures.done_bytes > 200_000:
        print("loading", flush=True)
        break
while True:
    window.mailbox.empty()
"""


@contextmanager
def _another_program() -> Iterator[subprocess.Popen[bytes]]:
    """A process that loads what is in the queue, and has some of it already."""
    other = subprocess.Popen([sys.executable, "-c", _LOAD_FOR_EVER], stdout=subprocess.PIPE)
    assert other.stdout
    try:
        assert other.stdout.readline() == b"loading\n"
        yield other
    finally:
        other.kill()
        other.wait()
        other.stdout.close()


def test_killed_in_the_middle_the_next_start_goes_on(
    site: DownloadSite, videos: Path, content: bytes
) -> None:
    one, paused = _one(site, videos), replace(_one(site, videos, 2), phase=Phase.PAUSED)
    downloads_file.change(lambda now: (one, paused))
    site.manners.rate = 400_000
    with _another_program() as other:
        other.kill()
        other.wait()
    assert _names(videos) == [staging(one).name]
    with _a_window() as window:
        window.queue.begin()
        window.until_loading(one)
        site.manners.rate = 0
        window.until_phase(one, Phase.DONE)
        window.settle()
        assert window.phase(paused) == Phase.PAUSED
    assert site.resumed
    assert (videos / "Talk 1.mp4").read_bytes() == content
    assert _names(videos) == ["Talk 1.mp4"]


def test_two_windows_never_load_the_same_twice_and_one_takes_over(
    site: DownloadSite, videos: Path, content: bytes
) -> None:
    one = _one(site, videos)
    downloads_file.change(lambda now: (one,))
    site.manners.rate = 400_000
    with _another_program() as other, _a_window() as window:
        window.queue.begin()
        window.until(lambda: window.queue.is_elsewhere(one.id), "the other window has it")
        begun = len(site.asked)
        window.until(lambda: len(site.asked) == begun, "nothing more is asked")
        assert not window.queue.is_loading(one.id)
        other.kill()
        site.manners.rate = 0
        window.until_phase(one, Phase.DONE)
    assert _names(videos) == ["Talk 1.mp4"]
    assert (videos / "Talk 1.mp4").read_bytes() == content


def test_what_one_window_cancels_another_stops_loading(site: DownloadSite, videos: Path) -> None:
    one = _one(site, videos)
    downloads_file.change(lambda now: (one,))
    site.manners.rate = 300_000
    with _another_program(), _a_window() as window:
        window.queue.begin()
        window.until(lambda: window.queue.is_elsewhere(one.id), "the other window has it")
        window.queue.remove(one.id)
        window.until(lambda: _names(videos) == [], "the other one has stopped and cleared up")


def test_killed_between_the_file_and_the_list_it_is_not_loaded_twice(
    site: DownloadSite, videos: Path, content: bytes
) -> None:
    one = _one(site, videos)
    downloads_file.change(lambda now: (one,))
    staging(one).mkdir(parents=True)
    staged = staging(one) / "recording.mp4.mp4"  # as yt-dlp names it
    staged.write_bytes(content)
    (videos / "Talk 1.mp4").hardlink_to(staged)
    with _a_window() as window:
        window.queue.begin()
        window.until_phase(one, Phase.DONE)
    assert _names(videos) == ["Talk 1.mp4"]


def test_a_file_that_is_there_is_never_replaced(site: DownloadSite, videos: Path, content: bytes) -> None:
    videos.mkdir()
    (videos / "Talk 1.mp4").write_bytes(b"mine")
    (videos / "Talk 1 2.mp4").symlink_to("nowhere")
    one = _one(site, videos)
    with _a_window() as window:
        window.queue.add((one,))
        window.until_phase(one, Phase.DONE)
        assert Path(window.queue.items[0].file) == videos / "Talk 1 3.mp4"
    assert (videos / "Talk 1.mp4").read_bytes() == b"mine"
    assert (videos / "Talk 1 3.mp4").read_bytes() == content
    assert not (videos / "nowhere").exists()


def test_a_hostile_title_stays_in_the_folder(site: DownloadSite, videos: Path, tmp_path: Path) -> None:
    with _a_window() as window:
        one = _one(site, videos, title=f"../../outside\n/etc/{'a' * 10_000}\0")
        window.queue.add((one,))
        window.until_phase(one, Phase.DONE)
        (name,) = _names(videos)
        assert Path(window.queue.items[0].file) == videos / name
        assert len(name.encode()) <= 120
    assert _names(tmp_path) == ["Videos"]


def test_one_that_fails_says_why_and_the_next_goes_on(
    site: DownloadSite, videos: Path, content: bytes
) -> None:
    good, bad = _one(site, videos, 2), _one(site, videos, 1)
    bad = downloads.Download(bad.id, site.address("page.html"), "Bad", "/n", "t", str(videos))
    with _a_window() as window:
        window.queue.add((bad, good))
        window.until_phase(good, Phase.DONE)
        now = downloads.find(window.queue.items, bad.id)
        assert now is not None
        assert now.phase == Phase.FAILED
        assert now.message
        assert now.hint
        assert window.heard.ends[0] == (bad.id, Phase.FAILED)
        window.queue.go_on(bad.id)
        assert window.phase(bad) == Phase.WAITING
        window.queue.remove(bad.id)
        window.settle()
    assert _names(videos) == ["Talk 2.mp4"]


def test_a_broken_list_is_told_and_work_goes_on(site: DownloadSite, videos: Path) -> None:
    downloads_file.path().parent.mkdir(parents=True)
    downloads_file.path().write_text('{"downloads": [{"id": "../../.."')
    one = _one(site, videos)
    with _a_window() as window:
        window.queue.begin()
        window.until(lambda: window.heard.errors, "it is told")
        assert "set aside" in window.heard.errors[0]
        window.queue.add((one,))
        window.queue.pause(one.id)
        window.settle()
        assert len(window.heard.errors) == 1
    assert [one.phase for one in downloads_file.read().downloads] == [Phase.PAUSED]


def test_a_list_that_cannot_be_written_is_told_and_nothing_is_asked(
    site: DownloadSite, videos: Path, home: Path
) -> None:
    (home / ".local").write_text("in its place")
    with _a_window() as window:
        window.queue.add((_one(site, videos),))
        window.until(lambda: window.heard.errors, "it is told")
    assert site.asked == []


def test_nothing_happens_before_anything_is_asked_for() -> None:
    with _a_window() as window:
        window.queue.begin()
        window.settle()
    assert not downloads_file.path().parent.exists()


def test_one_that_had_only_its_address_is_called_as_its_page_is(site: DownloadSite, videos: Path) -> None:
    one = replace(_one(site, videos), address=site.address("a-fine-talk.mp4"))
    one = replace(one, title=naming.title_of_address(one.address))
    assert one.title != "a-fine-talk"
    with _a_window() as window:
        window.queue.add((one,))
        window.until_phase(one, Phase.DONE)
        assert [item.title for item in window.queue.items] == ["a-fine-talk"]
    assert _names(videos) == ["a-fine-talk.mp4"]


def test_a_long_list_is_looked_through_once(site: DownloadSite, videos: Path) -> None:
    paused = replace(_one(site, videos), phase=Phase.PAUSED)
    many = tuple(
        replace(paused, id=Counted(f"download{number}"), talk_id=Counted(f"talk{number}"))
        for number in range(1000)
    )
    with _a_window() as window:
        Counted.compared = 0
        window.queue.add(many)
        window.queue.pause(*(one.id for one in many))
        window.settle()
        assert Counted.compared < 20 * len(many), "not each with each"
    assert len(downloads_file.read().downloads) == len(many)
