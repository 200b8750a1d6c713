"""The first program's ear: a thread that takes messages from later calls and never waits for any of them."""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable

from desktopnotes.handing_over.calling import First
from desktopnotes.handing_over.message import (
    DONE,
    ENDING,
    LATER,
    LIMIT_BYTES,
    REFUSED,
    TAKEN,
    UNCLEAR,
    WAIT,
    Message,
    decoded,
)

_READ_BYTES = 1 << 16
_READING_S = 1.0
"""How long a message may take to come in; one of 1 MB takes some ms."""

_TICK_S = 0.1
_MOST_READING = 16
_MOST_WAITING = 64

_log = logging.getLogger(__name__)


class Reply:
    """The way back to the call that sent a message; the window's thread answers, and never waits for it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    @property
    def is_given(self) -> bool:
        return self._connection.fileno() < 0

    def take(self) -> bool:
        """The window has the message now; False where the call gave up, and opened a window of its own."""
        return self._send(TAKEN)

    def wait(self) -> bool:
        return self._send(WAIT)

    def done(self) -> None:
        self.end(DONE)

    def later(self) -> None:
        """A question stands open in the window: what was named opens when that is answered."""
        self.end(LATER)

    def refuse(self, sentence: str) -> None:
        self.end(REFUSED + sentence.encode("utf-8", "replace"))

    def end(self, words: bytes) -> None:
        """The last words to that call; what comes after them goes nowhere."""
        self._send(words)
        with self._lock:
            self._connection.close()

    def _send(self, words: bytes) -> bool:
        with self._lock:
            try:
                return self._connection.send(words) == len(words)
            except OSError:
                return False


class _Visit:
    """A connection whose message comes in, or waits for the window."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.reply = Reply(connection)
        self.content = b""
        self.message: Message | None = None
        self.stop_s = time.monotonic() + _READING_S


Take = Callable[[Message, Reply], None]


class Listener:
    """Listens from when it is made; until it is told who takes the messages, those who call wait."""

    def __init__(self, first: First) -> None:
        """Raises OSError where no socket can be made there."""
        self.path = first.path
        self._claim = first.claim
        self._take: Take | None = None
        self._is_closing = False
        self._visits: list[_Visit] = []
        self._given: list[Reply] = []
        self._server = _server(str(first.path))
        self._selector = selectors.DefaultSelector()
        self._thread = threading.Thread(target=self._work, name="listener", daemon=True)
        self._thread.start()

    def open_to(self, take: Take) -> None:
        """`take` gets each message, **on the listener's thread**: it should only post to the mailbox."""
        self._take = take

    def pause(self) -> None:
        """The window is busy with ending: who calls waits for how that comes out."""
        self._take = None

    def close(self) -> None:
        """Those who wait are told that this window ends, and the next call is the first."""
        self._is_closing = True
        with contextlib.suppress(OSError):
            os.unlink(self.path)
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._thread.join(_READING_S)
        for reply in [*self._given, *(visit.reply for visit in self._visits)]:
            if not reply.is_given:
                reply.end(ENDING)
        self._server.close()
        self._claim.release()

    # --- the thread ----------------------------------------------------------------------------------

    def _work(self) -> None:
        self._selector.register(self._server, selectors.EVENT_READ)
        while not self._is_closing:
            try:
                self._turn()
            except Exception:  # whatever is sent, the next call is heard
                _log.exception("the listener failed")
                time.sleep(_TICK_S)
        self._selector.close()

    def _turn(self) -> None:
        for key, _ in self._selector.select(_TICK_S if self._visits else None):
            if self._is_closing:
                return
            if key.data is None:
                self._admit()
            else:
                self._read(key.data)
        self._look_after()

    def _admit(self) -> None:
        try:
            connection, _ = self._server.accept()
        except OSError:  # it is gone again, or the program has no files left
            time.sleep(_TICK_S)
            return
        waiting = [visit for visit in self._visits if visit.message]
        if not _is_of_this_user(connection) or len(waiting) >= _MOST_WAITING:
            connection.close()
            return
        connection.setblocking(False)
        reading = [visit for visit in self._visits if not visit.message]
        if len(reading) >= _MOST_READING:  # a call sends at once, so the oldest is none
            self._drop(reading[0])
        visit = _Visit(connection)
        self._visits.append(visit)
        self._selector.register(connection, selectors.EVENT_READ, visit)

    def _read(self, visit: _Visit) -> None:
        if visit not in self._visits:  # dropped in this very turn
            return
        try:
            got = visit.connection.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            self._drop(visit)
            return
        visit.content += got
        if got and len(visit.content) <= LIMIT_BYTES:
            return
        visit.message = decoded(visit.content) if not got else None
        if visit.message is None:
            self._drop(visit)
        else:
            self._selector.unregister(visit.connection)

    def _look_after(self) -> None:
        """Hands over what is whole, or asks for patience; drops what takes too long to come in."""
        self._given = [reply for reply in self._given if not reply.is_given]
        for visit in [*self._visits]:
            take = self._take
            if visit.message is None:
                if time.monotonic() > visit.stop_s:
                    self._drop(visit)
            elif take is not None:
                self._visits.remove(visit)
                self._given.append(visit.reply)
                take(visit.message, visit.reply)
            elif not visit.reply.wait():  # it gave up
                self._visits.remove(visit)
                visit.connection.close()

    def _drop(self, visit: _Visit) -> None:
        _log.warning("something that is no message came to the socket, and was dropped")
        self._visits.remove(visit)
        self._selector.unregister(visit.connection)
        visit.reply.end(UNCLEAR)


def _server(path: str) -> socket.socket:
    """A socket at `path` that this user alone may use; what lay there is of a program that was killed."""
    if sys.platform == "win32":
        raise OSError("there are no such sockets")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    server = socket.socket(socket.AF_UNIX)
    try:
        server.bind(path)
        os.chmod(path, 0o600)
        server.listen()
        server.setblocking(False)
    except OSError:
        server.close()
        raise
    return server


def _is_of_this_user(connection: socket.socket) -> bool:
    if sys.platform != "linux":
        return False
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", peer)
    return bool(user == os.geteuid())
