"""Recordings from the web, on real libVLC: they play as files do, and come back when they were lost."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from desktopnotes.media.background import Progress
from desktopnotes.media.player import (
    Ended,
    Failed,
    GoesOn,
    LengthKnown,
    Opened,
    Paused,
    PlayerState,
    Playing,
    Seeked,
    Waiting,
)
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.web_page import Stream
from desktopnotes.media.web_way import Patience
from tests.media.clips import HEIGHT, WIDTH, frame_on_screen, make_clip, make_stream, number_in
from tests.media.stage import VlcStage
from tests.media.web_server import WebServer
from tests.site import SAMPLE, Site

PAGE = "https://talks.example.org/watch?v=1"
FRAME_MS = 40
SECONDS = 30
FROM_MS = 7500
HASTY = Patience(stall_s=1.2, answer_s=1.0, begin_s=4.0, tries_s=(0.05, 0.1))
"""Everything as in earnest, sooner."""


@pytest.fixture(scope="session")
def web_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`whole.mp4` of 30 s with its index in front, as sites have it; `picture.mp4` and `sound.m4a` of it."""
    folder = tmp_path_factory.mktemp("web")
    talk = make_clip(folder / "talk.mp4", seconds=SECONDS)
    make_stream(folder / "whole.mp4", talk, seconds=SECONDS)
    make_stream(folder / "picture.mp4", talk, seconds=SECONDS, sound=False)
    make_stream(folder / "sound.m4a", talk, seconds=SECONDS, picture=False)
    return folder


@pytest.fixture
def server(web_clips: Path) -> Iterator[WebServer]:
    server = WebServer(web_clips)
    yield server
    server.close()


@dataclass
class Pages:
    """Answers for one page: `streams` one after the other, the last one again and again."""

    streams: list[Stream | Exception]
    asked: list[bool] = field(default_factory=list)
    waits: bool = False

    def resolve(self, address: str, progress: Progress, *, fresh: bool = False) -> Stream:
        assert address == PAGE
        self.asked.append(fresh)
        while self.waits:
            progress.check()
            time.sleep(0.005)
        stream = self.streams.pop(0) if len(self.streams) > 1 else self.streams[0]
        if isinstance(stream, Exception):
            raise stream
        return stream


@pytest.fixture
def pages(server: WebServer) -> Pages:
    return Pages([Stream(f"{server.address}/whole.mp4")])


@pytest.fixture
def stage(open_vlc: Callable[..., VlcStage], pages: Pages) -> VlcStage:
    return open_vlc(*VIRTUAL_SCREEN_OPTIONS, resolve=pages.resolve, patience=HASTY)


def _byte_at(server: WebServer, second: float) -> int:
    """Where that second lies in `whole.mp4`, about."""
    return int((server.folder / "whole.mp4").stat().st_size * second / SECONDS)


def opened(stage: VlcStage, at_ms: int = 0, *, paused: bool = True, rate: float = 1.0) -> None:
    stage.player.open(PAGE, at_ms=at_ms, paused=paused, rate=rate)
    stage.until_open()
    stage.until_reported(Paused if paused else Playing)


def shows(stage: VlcStage, screen: str, at_ms: int) -> None:
    """The very frame of that time is on screen, and the player says so."""
    stage.until(lambda: frame_on_screen(screen) == at_ms // FRAME_MS)
    assert stage.position.at_ms == at_ms


def test_picture_and_separate_sound_both_play(
    stage: VlcStage, pages: Pages, server: WebServer, screen: str
) -> None:
    pages.streams = [
        Stream(
            f"{server.address}/picture.mp4",
            f"{server.address}/sound.m4a?a=1#b#c",
            user_agent="Talks/1.0 (like a browser)",
            referrer="https://talks.example.org/",
        )
    ]
    opened(stage, 5000, paused=False)
    assert stage.player.has_video
    assert len(stage.player.audio_tracks()) == 1
    stage.until_at(5600)
    engine = stage.player._engine._player
    stage.until(lambda: engine.get_media().get_stats is not None)
    for at_ms in (20_980, 12_340, 25_940):  # libVLC's own demuxer lands elsewhere, or takes it for ended
        stage.player.seek(at_ms)
        stage.until_reported(Seeked)
        stage.until_at(at_ms + 500)
        stage.until(lambda at_ms=at_ms: not stage.position.approximate)
        frame = frame_on_screen(screen)
        assert frame is not None
        assert abs(stage.position.at_ms // FRAME_MS - frame) < 8
    for name in ("picture.mp4", "sound.m4a"):
        asked = server.asked_for(name)
        assert {one.headers["user-agent"] for one in asked} == {"Talks/1.0 (like a browser)"}
        assert {one.headers["referer"] for one in asked} == {"https://talks.example.org/"}


def test_a_long_recording_with_chapters_begins_before_it_is_all_there(stage: VlcStage, pages: Pages) -> None:
    """By a slow line all of it would take 35 s, far longer than the player waits for a beginning."""
    with Site() as site:
        (site.folder / "long.mp4").write_bytes((SAMPLE / "notes-that-outlive-the-talk.mp4").read_bytes())
        site.bytes_per_s = 60_000
        pages.streams = [Stream(site.url("/long.mp4"))]
        opened(stage)
        assert stage.player.has_video
        stage.player.unload()


def test_of_a_stream_in_pieces_nothing_taller_than_what_was_chosen_plays(
    open_vlc: Callable[..., VlcStage], pages: Pages, server: WebServer
) -> None:
    """Left to itself libVLC begins with the smallest, so here it is told to take the tallest."""
    options = (*VIRTUAL_SCREEN_OPTIONS, "--adaptive-logic=highest")
    stage = open_vlc(*options, resolve=pages.resolve, patience=HASTY)
    make_pieces(server.folder / "whole.mp4", "hls.m3u8")
    pages.streams = [Stream(f"{server.address}/hls.m3u8", height=180)]
    opened(stage, 12_000, paused=False)
    stage.until_at(12_500)
    assert stage.player._engine._player.video_get_size(0) == (320, 180)
    assert len(stage.player.audio_tracks()) == 1


def make_pieces(clip: Path, name: str) -> None:
    """HLS of a clip in two heights, the taller one as the richer; its sound is of its own."""
    command = ["ffmpeg", "-v", "error", "-i", str(clip), "-filter_complex"]
    command += ["[0:v]split[a][b];[a]scale=320:180[small];[b]scale=640:360[tall]"]
    command += ["-map", "[small]", "-map", "[tall]", "-map", "0:a", "-c:v", "libx264", "-preset", "ultrafast"]
    command += ["-b:v:0", "100k", "-b:v:1", "300k", "-g", "50", "-c:a", "aac", "-f", "hls", "-hls_time", "4"]
    command += ["-hls_playlist_type", "vod", "-master_pl_name", name, "-var_stream_map"]
    command += ["v:0,agroup:s v:1,agroup:s a:0,agroup:s,default:yes", str(clip.parent / "pieces-%v.m3u8")]
    subprocess.run(command, check=True)


def test_what_a_page_says_never_becomes_an_option(stage: VlcStage, pages: Pages, server: WebServer) -> None:
    evil = "x\n:sout=#file{dst=/tmp/evil}"
    pages.streams = [Stream(f"{server.address}/whole.mp4", user_agent=evil, referrer=evil)]
    opened(stage)
    assert all(evil not in str(one.headers) for one in server.asked)
    for address in (
        "file:///etc/passwd",
        "/etc/passwd",
        f"{server.address}/a b\n:sout=x",
        "https://",
        "screen://",
    ):
        for stream in (Stream(address), Stream(f"{server.address}/whole.mp4", address)):
            pages.streams = [stream]
            stage.player.open(PAGE)
            error = stage.until_reported(Failed).error
            assert isinstance(error, WebError)
            assert "no web address" in error.message


def test_it_opens_at_a_second_and_jumps_to_the_very_frame(stage: VlcStage, screen: str) -> None:
    opened(stage, 12_000)
    shows(stage, screen, 12_000)
    assert stage.player.frame_rate == 25
    assert stage.player.length_ms == pytest.approx(SECONDS * 1000, abs=100)
    for at_ms in (3_000, 25_480, 12_040, 0):
        stage.player.seek(at_ms)
        stage.until_reported(Seeked)
        shows(stage, screen, at_ms)


def test_rate_pause_and_snapshots(stage: VlcStage, screen: str, tmp_path: Path) -> None:
    opened(stage, 4000, paused=False, rate=1.5)
    stage.until_at(6000)
    stage.player.pause()
    stage.until_reported(Paused)
    pictures: list[object] = []
    stage.player.snapshot(tmp_path / "a.png", pictures.append, pictures.append)
    stage.until(lambda: pictures)
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (WIDTH, HEIGHT)
        numbers = (number_in(picture), frame_on_screen(screen), stage.position.at_ms // FRAME_MS)
    assert None not in numbers
    # Which of two frames a pause leaves is a toss at this rate.
    assert max(numbers) - min(numbers) <= 1, numbers


def test_wishes_made_while_the_page_is_asked_hold_afterwards(
    stage: VlcStage, pages: Pages, screen: str
) -> None:
    pages.waits = True
    stage.player.open(PAGE, at_ms=9000, paused=False)
    stage.until(lambda: pages.asked)
    assert stage.player.state is PlayerState.OPENING
    assert stage.position.at_ms == 9000
    stage.player.seek(16_000)
    stage.player.pause()
    stage.player.set_rate(2.0)
    assert stage.position.at_ms == 16_000
    pages.waits = False
    stage.until_reported(Paused)
    shows(stage, screen, 16_000)
    assert stage.player.rate == 2.0


def test_another_may_be_opened_while_the_page_is_asked(
    stage: VlcStage, pages: Pages, web_clips: Path
) -> None:
    pages.waits = True
    stage.player.open(PAGE)
    stage.until(lambda: pages.asked)
    stage.player.open(web_clips / "talk.mp4", at_ms=2000)
    stage.until_open()
    assert stage.position.at_ms == 2000
    stage.player.open(PAGE)
    stage.player.unload()
    stage.reports.clear()
    pages.waits = False
    stage.player.open(web_clips / "talk.mp4")
    stage.until_open()
    assert {report.load for report in stage.reports} <= {4}


def test_what_the_page_says_is_what_the_user_reads(stage: VlcStage, pages: Pages) -> None:
    error = WebError(Why.PRIVATE, PAGE, "This talk is private.", "Ask its owner.")
    pages.streams = [error]
    stage.player.open(PAGE)
    assert stage.until_reported(Failed).error is error


# --- addresses that expire ----------------------------------------------------------------------------


@pytest.mark.parametrize("paused", [False, True])
def test_an_address_that_expired_is_asked_for_again_and_nobody_notices(
    stage: VlcStage, pages: Pages, server: WebServer, screen: str, paused: bool
) -> None:
    pages.streams = [Stream(f"{server.address}/whole.mp4?v=1"), Stream(f"{server.address}/talk.mp4")]
    server.held_at = _byte_at(server, 11.0)
    opened(stage, 1000, paused=paused, rate=1.5)
    load = stage.player.load
    server.refused["whole.mp4"] = 403
    server.held_at = None
    stage.player.seek(25_000)
    assert stage.until_reported(Seeked).at_ms == 25_000
    assert stage.position.at_ms - 25_000 in range(1 if paused else 500)
    assert pages.asked == [False, True]
    assert stage.player.state is (PlayerState.PAUSED if paused else PlayerState.PLAYING)
    assert (stage.player.load, stage.player.rate, stage.player.waiting) == (load, 1.5, False)
    if paused:
        shows(stage, screen, 25_000)
    stage.player.play()
    stage.until_at(25_900)
    quiet = (Opened, Waiting, GoesOn, Failed, Ended)
    assert not [report for report in stage.reports if isinstance(report, quiet)]


def test_an_address_that_expired_before_it_played_is_asked_for_again(
    stage: VlcStage, pages: Pages, server: WebServer
) -> None:
    pages.streams = [Stream(f"{server.address}/none.mp4"), Stream(f"{server.address}/whole.mp4")]
    opened(stage, 3000)
    assert pages.asked == [False, True]


def test_what_stays_refused_fails_in_plain_words(stage: VlcStage, pages: Pages, server: WebServer) -> None:
    server.held_at = _byte_at(server, 11.0)
    opened(stage, paused=False)
    server.refused["whole.mp4"] = 403
    server.held_at = None
    stage.player.seek(25_000)
    error = stage.until_reported(Failed).error
    assert isinstance(error, WebError)
    assert "403" in error.message
    assert pages.asked == [False, True]


def test_what_breaks_off_in_the_same_place_again_does_not_loop(
    stage: VlcStage, server: WebServer, web_clips: Path
) -> None:
    """Its head says 30 s, and there is half of it."""
    whole = (web_clips / "whole.mp4").read_bytes()
    (web_clips / "half.mp4").write_bytes(whole[: len(whole) // 2])
    stage.player._resolve = lambda address, progress, fresh=False: Stream(f"{server.address}/half.mp4")
    opened(stage, 12_000, paused=False)
    error = stage.until_reported(Failed).error
    assert isinstance(error, WebError)
    assert "breaks off" in error.message


def test_the_end_is_the_end(stage: VlcStage, pages: Pages) -> None:
    opened(stage, SECONDS * 1000 - 700, paused=False)
    stage.until_reported(Ended)
    assert stage.position.at_ms == stage.player.length_ms
    assert pages.asked == [False]
    stage.player.play()
    stage.until_open()
    stage.until_at(300)


# --- a network that is lost ---------------------------------------------------------------------------


def _refuse(server: WebServer) -> None:
    server.go_away()


def _drop(server: WebServer) -> None:
    server.drops = True
    server.go_away()


def _fall_silent(server: WebServer) -> None:
    server.be_silent()


def _back(server: WebServer, lost: Callable[[WebServer], None]) -> None:
    server.go_on()
    if lost is not _fall_silent:
        server.come_back()


LOSSES = {"refused": _refuse, "dropped": _drop, "silent": _fall_silent}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_network_that_is_lost_is_waited_for_and_it_goes_on_where_it_stood(
    stage: VlcStage, pages: Pages, server: WebServer, screen: str, loss: str
) -> None:
    server.held_at = _byte_at(server, 11.0)
    opened(stage, FROM_MS, paused=False)
    load = stage.player.load
    LOSSES[loss](server)
    waiting = stage.until_reported(Waiting)
    assert isinstance(waiting.error, WebError)
    assert waiting.error.why is Why.NETWORK
    assert stage.player.waiting
    assert stage.player.state is PlayerState.PLAYING
    stood = stage.position
    assert stood.paused
    assert FROM_MS <= stood.at_ms < 20_000
    _stays(stage, stood.at_ms)
    _back(server, LOSSES[loss])
    stage.until_reported(GoesOn)
    assert not stage.player.waiting
    assert stage.position.at_ms - stood.at_ms in range(500)
    stage.until_at(stood.at_ms + 600)
    frame = frame_on_screen(screen)
    assert frame is not None
    assert abs(frame - stage.position.at_ms // FRAME_MS) < 15
    assert (stage.player.load, pages.asked) == (load, [False])
    assert not [report for report in stage.reports if isinstance(report, (Opened, Failed, Ended, Waiting))]


def _stays(stage: VlcStage, at_ms: int) -> None:
    """Some tries later it still stands there."""
    until_s = time.monotonic() + 0.4
    while time.monotonic() < until_s:
        stage.pump()
        assert stage.position.at_ms == at_ms


def test_what_falls_silent_while_it_opens_to_stand_is_opened_once_it_goes_on(
    stage: VlcStage, screen: str, server: WebServer
) -> None:
    """Its first picture came, and the jump back to that one does not arrive."""
    server.held_at = _byte_at(server, FROM_MS / 1000 + 1.2)
    stage.player.open(PAGE, at_ms=FROM_MS)
    stage.until(lambda: stage.player._engine.grid)
    server.silent = True
    stage.until(lambda: stage.player._course.is_lost)
    assert stage.player.state is PlayerState.OPENING
    server.go_on()
    stage.until_open()
    stage.until_reported(Paused)
    assert stage.player.state is PlayerState.PAUSED
    shows(stage, screen, FROM_MS)


def test_wishes_made_while_the_network_is_lost_hold_once_it_is_back(
    stage: VlcStage, server: WebServer, screen: str
) -> None:
    server.held_at = _byte_at(server, 11.0)
    opened(stage, FROM_MS, paused=False)
    server.go_away()
    stage.until_reported(Waiting)
    stage.player.toggle()
    stage.until_reported(Paused)
    stage.player.seek(21_000)
    assert stage.position.at_ms == 21_000
    stage.player.toggle()
    stage.until_reported(Playing)
    assert stage.position.paused
    stage.player.pause()
    stage.player.set_rate(2.0)
    server.go_on()
    server.come_back()
    stage.until_reported(GoesOn)
    stage.until_reported(Seeked)
    assert stage.player.state is PlayerState.PAUSED
    shows(stage, screen, 21_000)
    stage.player.play()
    stage.until_at(22_500)
    assert stage.player._engine.rate == 2.0


def test_some_seconds_of_silence_are_no_loss(
    open_vlc: Callable[..., VlcStage], pages: Pages, server: WebServer, screen: str
) -> None:
    stage = open_vlc(*VIRTUAL_SCREEN_OPTIONS, resolve=pages.resolve)
    server.held_at = _byte_at(server, 11.0)
    opened(stage, FROM_MS, paused=False)
    stage.until(lambda: stage.position.approximate and stage.position.at_ms > FROM_MS + 500)
    frames: list[int | None] = []
    until_s = time.monotonic() + 2.5
    while time.monotonic() < until_s:
        stage.pump()
        frames.append(frame_on_screen(screen))
    moment_s, stood = time.monotonic(), frame_on_screen(screen)
    assert frames[-3:] == [stood] * 3
    server.go_on()
    stage.until_at(stage.position.at_ms + 800)
    position = stage.player.position_at(moment_s)
    assert position is not None
    assert stood is not None
    assert abs(position.at_ms - stood * FRAME_MS) <= 500
    assert not [report for report in stage.reports if not isinstance(report, LengthKnown)]
