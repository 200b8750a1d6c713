"""One download, by the real yt-dlp from a site on this computer that serves well or badly."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import av
import pytest

from desktopnotes.media import downloads
from desktopnotes.media.background import CancelledError
from desktopnotes.media.downloads import Figures, Loader
from desktopnotes.media.frames import read_length
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.yt_dlp_program import newest
from desktopnotes.model.errors import UserError, WriteError
from tests.download_site import DownloadSite, Manners, a_recording, in_pieces, quick_yt_dlp
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


def _load(site: DownloadSite, folder: Path, **wishes: int) -> Path:
    return Loader(site.address(), folder, height=wishes.get("height", 1080)).run(lambda _: None).path


def _stopped_when(site: DownloadSite, folder: Path, seen: Callable[[Figures], bool]) -> list[Figures]:
    """Begins a download and stops it at the first figures that `seen` answers True for."""
    loader = Loader(site.address(), folder, height=1080)
    told: list[Figures] = []

    def tell(figures: Figures) -> None:
        told.append(figures)
        if seen(figures):
            loader.stop()

    with pytest.raises(CancelledError):
        loader.run(tell)
    return told


def _finished(folder: Path) -> list[str]:
    """What may be taken for a whole recording by its name."""
    return [each.name for each in folder.iterdir() if each.suffix not in (".part", ".ytdl")]


def test_the_whole_recording_comes_with_its_figures(
    site: DownloadSite, tmp_path: Path, content: bytes
) -> None:
    site.manners.rate = 4_000_000
    told: list[Figures] = []
    loaded = Loader(site.address(), tmp_path / "stage", height=1080).run(told.append)
    assert loaded.path.read_bytes() == content
    assert loaded.title == "talk"
    middle = [each for each in told if 0 < each.done_bytes < len(content)]
    assert middle
    assert {each.total_bytes for each in middle} == {len(content)}
    assert any(each.rate > 0 for each in middle)
    assert told[-1].is_ending
    assert sorted(each.done_bytes for each in told) == [each.done_bytes for each in told]


def test_another_format_never_goes_on_behind_the_part_of_the_first(
    site: DownloadSite, tmp_path: Path, pieces: dict[str, bytes]
) -> None:
    site.pieces = pieces
    site.manners.rate = 200_000
    address, folder = site.address("talk.mpd"), tmp_path / "stage"
    loader = Loader(address, folder, height=1080)
    with pytest.raises(CancelledError):
        loader.run(lambda figures: loader.stop() if figures.done_bytes > 30_000 else None)
    assert list(folder.glob("*.part"))
    site.manners.rate = 0
    path = Loader(address, folder, height=100).run(lambda _: None).path
    with tempfile.TemporaryDirectory() as other:
        at_once = Loader(address, Path(other) / "stage", height=100).run(lambda _: None).path
        assert path.read_bytes() == at_once.read_bytes()
    assert _streams(path) == [("video", 90), ("audio", 0)], "no taller than wished"


def test_a_stop_ends_it_at_once(site: DownloadSite, tmp_path: Path) -> None:
    site.manners.rate = 20_000
    loader = Loader(site.address(), tmp_path / "stage", height=1080)
    begun, ended = threading.Event(), threading.Event()

    def run() -> None:
        with pytest.raises(CancelledError):
            loader.run(lambda _: begun.set())
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    assert begun.wait(60)
    assert _works_in(tmp_path)
    loader.stop()
    assert ended.wait(60), "the whole of it would take two minutes and more"
    wait_until(lambda: not _works_in(tmp_path), "no process works in the folder any more")


def test_without_ranges_it_begins_again_and_is_whole(
    site: DownloadSite, tmp_path: Path, content: bytes
) -> None:
    site.manners = Manners(rate=1_000_000, has_ranges=False)
    folder = tmp_path / "stage"
    _stopped_when(site, folder, lambda figures: figures.done_bytes > 300_000)
    site.manners.rate = 0
    assert _load(site, folder).read_bytes() == content


def test_a_connection_cut_in_the_middle_is_told_and_goes_on_later(
    site: DownloadSite, tmp_path: Path, content: bytes
) -> None:
    site.manners.cut_at = 1_000_000
    folder = tmp_path / "stage"
    with pytest.raises(WebError) as failed:
        _load(site, folder)
    assert failed.value.why is Why.NETWORK
    assert "broke off" in failed.value.message
    assert not _finished(folder)
    site.manners.cut_at = 0
    site.ranges.clear()
    assert _load(site, folder).read_bytes() == content
    assert site.resumed


def test_a_length_that_is_too_small_never_makes_a_recording(site: DownloadSite, tmp_path: Path) -> None:
    site.manners.says_bytes = 1_000_000
    folder = tmp_path / "stage"
    with pytest.raises(UserError, match="without its end"):
        _load(site, folder)
    assert not _finished(folder)


def test_a_length_that_is_too_large_never_makes_a_recording(
    site: DownloadSite, tmp_path: Path, content: bytes
) -> None:
    site.manners.says_bytes = 2 * len(content)
    folder = tmp_path / "stage"
    with pytest.raises(WebError):
        _load(site, folder)
    assert not _finished(folder)


def test_an_end_without_a_length_never_makes_a_recording(site: DownloadSite, tmp_path: Path) -> None:
    site.manners = Manners(has_length=False, has_ranges=False, cut_at=1_000_000)
    folder = tmp_path / "stage"
    with pytest.raises(UserError, match="without its end"):
        _load(site, folder)
    assert not _finished(folder)


def test_what_is_no_recording_is_not_kept(tmp_path: Path) -> None:
    with DownloadSite(b"no recording at all " * 50_000) as site, pytest.raises(UserError) as failed:
        _load(site, tmp_path / "stage")
    assert "no recording" in failed.value.message or "nothing" in failed.value.message
    assert not _finished(tmp_path / "stage")


def _a_list(site: DownloadSite, count: int) -> str:
    """The address of a podcast with so many recordings."""
    items = "".join(
        f"<item><title>Talk {number}</title><link>{site.address(f'talk{number}.mp4')}</link></item>"
        for number in range(1, count + 1)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>All</title>{items}</channel></rss>'
    site.pieces = {"talks.xml": feed.encode()}
    return site.address("talks.xml")


def test_of_a_list_nothing_is_loaded(site: DownloadSite, tmp_path: Path) -> None:
    site.manners.rate = 500_000
    with pytest.raises(WebError) as failed:
        Loader(_a_list(site, 3), tmp_path / "stage", height=1080).run(lambda _: None)
    assert failed.value.why is Why.A_LIST
    assert not _finished(tmp_path / "stage")


def test_a_list_of_one_is_that_recording(site: DownloadSite, tmp_path: Path, content: bytes) -> None:
    loaded = Loader(_a_list(site, 1), tmp_path / "stage", height=1080).run(lambda _: None)
    assert loaded.path.read_bytes() == content


def test_too_little_room_is_told_before_much_is_loaded(
    site: DownloadSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.manners.rate = 500_000
    usage = shutil.disk_usage(tmp_path)._replace(free=2_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(WriteError, match="too little room: 3 MB more are needed, 2 MB are free"):
        _load(site, tmp_path / "stage")
    used = sum(path.stat().st_size for path in (tmp_path / "stage").iterdir())
    assert used < 200_000


def test_a_disk_that_takes_no_more_is_told_and_it_goes_on_later(
    site: DownloadSite, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = newest()
    assert own is not None
    limited = replace(own, command=("prlimit", "--fsize=1000000", *own.command))
    folder = tmp_path / "stage"
    with monkeypatch.context() as patch:
        patch.setattr(downloads, "newest", lambda: limited)
        with pytest.raises(WriteError, match="The file would be larger than the system allows"):
            _load(site, folder)
    assert not _finished(folder)
    assert [each.stat().st_size for each in folder.glob("*.part")] == [1_000_000]
    assert _load(site, folder).read_bytes() == content
    assert 1_000_000 in site.resumed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ERROR: \r[download] unable to write data: [Errno 28] No space left on device", "The disk is full"),
        (
            "ERROR: unable to open for writing: [Errno 13] Permission denied",
            "may not be written to",
        ),
        ("ERROR: Unable to download: <urlopen error [Errno 111] Connection refused>", "did not answer"),
        (
            "ERROR: Unable to download: [Errno 5] No address associated with hostname, getaddrinfo",
            "No site of this name",
        ),
    ],
)
def test_the_disk_and_the_network_are_told_apart(tmp_path: Path, words: str, told: str) -> None:
    error = Loader("http://127.0.0.1/x", tmp_path, height=1080)._failure(1, words, downloads._Page())
    assert told in error.message


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return in_pieces(tmp_path_factory.mktemp("pieces"))


def _streams(path: Path) -> list[tuple[str, int]]:
    with av.open(str(path)) as container:
        return [(each.type, getattr(each, "height", 0)) for each in container.streams]


def test_pieces_with_separate_sound_become_one_file_over_a_stop(
    site: DownloadSite, tmp_path: Path, pieces: dict[str, bytes]
) -> None:
    site.pieces = pieces
    site.manners.rate = 400_000
    address, folder = site.address("talk.mpd"), tmp_path / "stage"
    loader = Loader(address, folder, height=1080)

    def tell(figures: Figures) -> None:
        if figures.done_bytes > 100_000:
            loader.stop()

    with pytest.raises(CancelledError):
        loader.run(tell)
    assert list(folder.glob("*.ytdl"))
    before = len(site.asked)
    site.manners.rate = 0
    path = Loader(address, folder, height=1080).run(lambda _: None).path
    assert _streams(path) == [("video", 180), ("audio", 0)]
    again = site.asked[before:]
    assert not [name for name in again if name.endswith("stream1-00001.m4s")], "the first pieces are there"
    length = read_length(path)
    assert length is not None
    assert abs(length.reached_ms - 30_000) < 200
    assert list(folder.iterdir()) == [path]


def test_a_piece_that_is_missing_never_makes_a_recording(
    site: DownloadSite, tmp_path: Path, pieces: dict[str, bytes]
) -> None:
    site.pieces = {name: piece for name, piece in pieces.items() if "stream1-00008" not in name}
    with pytest.raises(WebError):
        Loader(site.address("talk.mpd"), tmp_path / "stage", height=1080).run(lambda _: None)
    assert not [name for name in _finished(tmp_path / "stage") if ".f" not in name]


def test_a_folder_that_cannot_be_made_is_told(site: DownloadSite, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in its place")
    with pytest.raises(WriteError, match="cannot be written to"):
        _load(site, tmp_path / "file" / "stage")
    assert site.asked == []


def test_a_link_in_place_of_its_folder_is_refused(site: DownloadSite, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "stage").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError):
        _load(site, tmp_path / "stage")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_without_ffmpeg_one_file_with_both_is_wished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def formats(height: int) -> str:
        options = Loader("http://127.0.0.1/x", tmp_path, height=height)._options()
        return options[options.index("--format") + 1]

    assert formats(1080) == "bv*+ba/b"
    assert formats(0) == "ba/b"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert formats(1080) == "b"


def test_the_length_of_a_recording_is_read_from_both_ends(tmp_path: Path, content: bytes) -> None:
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    whole.write_bytes(content)
    cut.write_bytes(content[: len(content) * 9 // 10])
    of_whole, of_cut = read_length(whole), read_length(cut)
    assert of_whole is not None
    assert of_cut is not None
    assert abs(of_whole.told_ms - 30_000) < 200
    assert abs(of_whole.reached_ms - of_whole.told_ms) < 200
    assert of_cut.told_ms == of_whole.told_ms
    assert of_cut.reached_ms < 29_000
    cut.write_bytes(content[:1000])
    assert read_length(cut) is None


def _works_in(folder: Path) -> bool:
    processes = (each for each in Path("/proc").iterdir() if each.name.isdigit())
    return any(_cwd(process).startswith(str(folder)) for process in processes)


def _cwd(process: Path) -> str:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""
