"""A look at a stream ends in time, and leaves neither a thread nor a connection behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktopnotes.media.background import CancelledError, Progress, Task
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.web_look import Look, Seen, look_at
from tests.media.web_server import Handler, WebServer
from tests.waiting import wait_until


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WebServer]:
    web = WebServer(tmp_path)
    yield web
    web.close()


def look(server: WebServer, name: str, task: Task | None = None, most_s: float = 0.5) -> Look:
    mailbox = Mailbox(lambda error: None)
    address = f"{server.address}/{name}"
    return look_at(address, address, Progress(task or Task(), mailbox, None), most_s=most_s)


def drip(handler: Handler, piece: bytes, hung_up: threading.Event) -> None:
    """Sends a piece of it again and again: no single wait is long."""
    with suppress(OSError):
        while not handler.server.web._closed:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.02)
    hung_up.set()


def in_the_headers(handler: Handler, hung_up: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 206 Partial Content\r\nX-Long: ")
    drip(handler, b"x", hung_up)


def in_the_beginning(handler: Handler, hung_up: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 206 Partial Content\r\nContent-Length: 99999999\r\n\r\n")
    drip(handler, b"\0", hung_up)


def in_a_list(handler: Handler, hung_up: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n#EXTM3U\n")
    drip(handler, b"#", hung_up)


Dripping = Callable[[Handler, threading.Event], None]
dripping = pytest.mark.parametrize("answer", [in_the_headers, in_the_beginning, in_a_list])


def no_look_is_left() -> bool:
    return all(thread.name != "look" for thread in threading.enumerate())


@dripping
def test_of_a_server_that_drips_nothing_is_left(server: WebServer, answer: Dripping) -> None:
    hung_up = threading.Event()
    server.answers["talk.mp4"] = lambda handler: answer(handler, hung_up)
    assert look(server, "talk.mp4").seen is Seen.LOST
    wait_until(no_look_is_left, "the thread of the look ended")
    wait_until(hung_up.is_set, "the connection is closed")


def test_a_look_that_is_cancelled_hangs_up(server: WebServer) -> None:
    hung_up = threading.Event()
    server.answers["talk.mp4"] = lambda handler: in_the_beginning(handler, hung_up)
    task = Task()
    threading.Thread(target=lambda: (wait_until(lambda: server.asked, "it asks"), task.cancel())).start()
    with pytest.raises(CancelledError):
        look(server, "talk.mp4", task, most_s=60)
    wait_until(no_look_is_left, "the thread of the look ended")
    wait_until(hung_up.is_set, "the connection is closed")


def test_a_look_at_what_plays_says_so(server: WebServer) -> None:
    (server.folder / "talk.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 100)
    assert look(server, "talk.mp4", most_s=60).seen is Seen.PLAYS
    wait_until(no_look_is_left, "the thread of the look ended")
