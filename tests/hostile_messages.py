"""What somebody may send to the socket of the window that is open, and what comes of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from desktopnotes.handing_over.calling import First, Told, call, meet
from desktopnotes.handing_over.listening import Listener, Reply
from desktopnotes.handing_over.message import LIMIT_BYTES, Message, encoded

HOSTILE_MESSAGES = {
    "nothing": b"",
    "garbage": bytes(range(256)) * 9,
    "zero bytes": b"\0" * 100_000,
    "deep JSON": b"[" * 100_000,
    "JSON with an option": b'{"names": ["--trace", "x"], "run": "rm -rf ~"}',
    "half a message": encoded(Message(("a.mp4", "b.mp4"), "/home"))[:-4],
    "more fields than it says": encoded(Message(("a.mp4",), "/home")) + b"b.mp4\0",
    "more bytes than it says": encoded(Message(("a.mp4",), "/home")) + b"b.mp4",
    "a count that is no number": b"desktopnotes 1 x\0/home\0\0",
    "a huge count": b"desktopnotes 1 99999999999999999999\0/home\0\0",
    "a relative folder": encoded(Message(("a.mp4",), "home")),
    "an empty name": encoded(Message(("",), "/home")),
    "another version": b"desktopnotes 2 2\0/home\0\0",
    "10,000 names": encoded(Message(("a.mp4",) * 10_000, "/home")),
    "over 1 MB": encoded(Message(("a" * LIMIT_BYTES,), "/home")),
    "5 MB without an end": b"desktopnotes 1 3\0/home\0\0" + b"a" * 5_000_000,
}


def send(path: Path, content: bytes) -> bytes:
    """Sends bytes as any program of this user could; the answer, empty where the door was shut."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        try:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(10)
        except (BrokenPipeError, ConnectionResetError):
            return b""


def rows(folder: Path) -> Iterator[tuple[str, str]]:
    """Feeds all of it to a listener in `folder`: what came, and what happened (docs/hostile-input.md)."""
    folder.chmod(0o700)
    first = meet((), {"XDG_RUNTIME_DIR": str(folder), "DISPLAY": ":7"})
    assert isinstance(first, First)
    with closing(Listener(first)) as listener:
        taken: list[Message] = []
        listener.open_to(lambda message, reply: _take(message, reply, taken))
        for name, content in HOSTILE_MESSAGES.items():
            taken.clear()
            send(listener.path, content)
            yield name, _happened(taken, call(listener.path, Message(("next.mp4",), "/home")))
        silent = [socket.socket(socket.AF_UNIX) for _ in range(100)]
        for connection in silent:
            connection.connect(str(listener.path))
        taken.clear()
        yield "100 connections that send nothing", _happened(taken, call(listener.path, Message((), "/")))
        for connection in silent:
            connection.close()
        taken.clear()
        call(listener.path, Message(("--trace", "/tmp/x"), "/home"))
        yield "an option, `--trace /tmp/x`", f"names of files: {', '.join(taken[0].names)}"


def _take(message: Message, reply: Reply, taken: list[Message]) -> None:
    if reply.take():
        taken.append(message)
        reply.done()


def _happened(taken: list[Message], answer: object) -> str:
    done = "nothing" if len(taken) == 1 else f"the window got {taken}"
    return f"{done}; the next call is {'heard' if answer == Told(0) else 'not heard'}"
