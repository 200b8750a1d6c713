"""Servers that lie, loop, lead astray or never end: each gets a plain sentence, and the program goes on."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktopnotes.media.player import Failed, Paused, PlayerState
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.media.web_errors import WebError
from desktopnotes.media.web_way import Patience
from tests.media.stage import VlcStage
from tests.media.web_server import Answer, Handler, WebServer

HASTY = Patience(stall_s=1.5, answer_s=1.0, begin_s=3.0, tries_s=(0.05,))
SECONDS = 6.0
MANIFEST = '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">{}</MPD>'


def text(words: str, kind: str = "video/mp4") -> Answer:
    def answer(handler: Handler) -> None:
        web = handler.server.web
        data = words.replace("SERVER", web.address).replace("FIFO", str(web.folder / "fifo")).encode()
        handler.send_begin(200, {"Content-Type": kind, "Content-Length": str(len(data))})
        handler.send(data)

    return answer


def redirect(to: str) -> Answer:
    def answer(handler: Handler) -> None:
        address = to.replace("FIFO", str(handler.server.web.folder / "fifo"))
        handler.send_begin(302, {"Location": address, "Content-Length": "0"})

    return answer


def lying_length(handler: Handler) -> None:
    handler.send_begin(200, {"Content-Type": "video/mp4", "Content-Length": "999999999"})
    handler.wfile.write(random.Random(5).randbytes(100_000))
    handler.close_connection = True


def endless(handler: Handler) -> None:
    handler.send_begin(200, {"Content-Type": "video/mp4"})
    chance = random.Random(5)
    while True:
        handler.wfile.write(chance.randbytes(50_000))
        time.sleep(0.01)


def headers_without_end(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: and more\r\n" * 100)
        time.sleep(0.01)


def nonsense(handler: Handler) -> None:
    handler.wfile.write(b"\0\1\2 what?\r\n\r\n" * 100)
    handler.close_connection = True


def nothing(handler: Handler) -> None:
    handler.send_begin(200, {"Content-Length": "0"})


HOSTILE: dict[str, Answer] = {
    "a page": text("<!doctype html><title>Sign in</title>"),
    "a page that says it is a video": text("\n\n <HTML><body>Please log in"),
    "a letter": text("Dear all,\n" * 500),
    "a circle": redirect("/talk.mp4"),
    "away to a file": redirect("file://FIFO"),
    "away to the screen": redirect("screen://"),
    "HLS with files": text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://FIFO\n#EXT-X-ENDLIST\n"),
    "HLS with a key file": text(
        '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-KEY:METHOD=AES-128,URI="file://FIFO"\n#EXTINF:9,\na.ts\n'
    ),
    "a list": text("#EXTM3U\nfile://FIFO\nSERVER/other.mp4\n"),
    "a list of addresses": text("SERVER/other.mp4\n"),
    "a commented list": text("# one\nSERVER/other.mp4\n"),
    "pls": text("[playlist]\nFile1=file://FIFO\nFile2=SERVER/other.mp4\nNumberOfEntries=2\n"),
    "xspf": text('<?xml version="1.0"?><playlist><location>file://FIFO</location></playlist>'),
    "DASH with files": text(MANIFEST.replace("{}", "<BaseURL>file://FIFO</BaseURL>")),
    "a joined list": text("ffconcat version 1.0\nfile 'SERVER/other.mp4'\nfile FIFO\n"),
    "nothing": nothing,
    "nonsense": nonsense,
    "headers without end": headers_without_end,
    "a length that lies": lying_length,
    "endless bytes": endless,
}


@contextmanager
def untouched(fifo: Path) -> Iterator[None]:
    """Fails where anybody opened the pipe to read it."""
    os.mkfifo(fifo)
    opened: list[float] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.005):
            try:
                os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
            except OSError:
                continue
            opened.append(time.monotonic())

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield
    done.set()
    thread.join()
    assert opened == []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WebServer]:
    server = WebServer(tmp_path)
    yield server
    server.close()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_server_gets_a_plain_sentence(
    open_vlc: Callable[..., VlcStage], server: WebServer, talk: Path, tmp_path: Path, kind: str
) -> None:
    stage = open_vlc(*VIRTUAL_SCREEN_OPTIONS, patience=HASTY)
    with untouched(tmp_path / "fifo"):
        server.answers["talk.mp4"] = HOSTILE[kind]
        stage.player.open(f"{server.address}/talk.mp4")
        error = stage.until_reported(Failed, SECONDS).error
        assert isinstance(error, WebError)
        assert error.address == f"{server.address}/talk.mp4"
        assert "The notes are safe." in error.message
        assert stage.player.state is PlayerState.FAILED
        assert server.asked_for("other.mp4") == []
        stage.player.open(talk, paused=False)
        stage.until_open()


def test_a_recording_with_a_wrong_name_and_kind_plays_all_the_same(
    open_vlc: Callable[..., VlcStage], server: WebServer, clips: Path
) -> None:
    whole = (clips / "talk.mp4").read_bytes()

    def answer(handler: Handler) -> None:
        begin = server.asked[-1].begin
        handler.send_begin(
            206,
            {
                "Content-Type": "text/html",
                "Content-Length": str(len(whole) - begin),
                "Content-Range": f"bytes {begin}-{len(whole) - 1}/{len(whole)}",
            },
        )
        handler.send(whole, begin)

    server.answers["page.html"] = answer
    server.answers["talk.mp4"] = redirect("/page.html")
    stage = open_vlc(*VIRTUAL_SCREEN_OPTIONS, patience=HASTY)
    stage.player.open(f"{server.address}/talk.mp4", at_ms=2000)
    stage.until_reported(Paused)
    assert stage.position.at_ms == 2000


def test_a_server_that_leads_libvlc_alone_to_a_file_plays_nothing(
    open_vlc: Callable[..., VlcStage], server: WebServer, talk: Path
) -> None:
    def answer(handler: Handler) -> None:
        if "VLC" in handler.headers["User-Agent"]:
            redirect(talk.as_uri())(handler)
        else:
            handler.send_file(talk, server.asked[-1].begin, True)

    server.answers["talk.mp4"] = answer
    stage = open_vlc(*VIRTUAL_SCREEN_OPTIONS, patience=HASTY)
    stage.player.open(f"{server.address}/talk.mp4")
    assert isinstance(stage.until_reported(Failed, SECONDS).error, WebError)
