"""A web server in this process for tests of the player: honest, silent, forgetful, hostile or gone."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PIECE = 16_384

Answer = Callable[["Handler"], None]


@dataclass(frozen=True)
class Asked:
    """One request: its path, from which byte on, and its headers with their names in small letters."""

    path: str
    begin: int
    headers: dict[str, str] = field(repr=False)


class WebServer:
    """Serves a folder, in pieces and from the middle on.

    `asked` is what was asked for. A path in `refused` gets that status instead, one in `answers` is answered
    by that function. Beyond the byte `held_at` nothing is sent: the connection stays silent, or is dropped
    where `drops` is set, until `go_on`. `go_away` leaves nobody at the address, `come_back` ends that.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[Asked] = []
        self.refused: dict[str, int] = {}
        self.answers: dict[str, Answer] = {}
        self.held_at: int | None = None
        self.drops = False
        self.silent = False
        self._moved = threading.Condition()
        self._connections: set[socket.socket] = set()
        self._closed = False
        self._port = 0
        self.come_back()
        self.address = f"http://127.0.0.1:{self._port}"

    def asked_for(self, name: str) -> list[Asked]:
        return [one for one in self.asked if one.path.partition("?")[0] == f"/{name}"]

    def go_away(self) -> None:
        """As when the network fails: connections are refused, and those there are break."""
        self._server.shutdown()
        self._server.server_close()
        with self._moved:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def come_back(self) -> None:
        self._server = _Server(("127.0.0.1", self._port), Handler)
        self._server.web = self
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def be_silent(self) -> None:
        """From now on not another byte is sent, on any connection; new ones are taken and not answered."""
        self.silent = True

    def go_on(self) -> None:
        with self._moved:
            self.held_at, self.drops, self.silent = None, False, False
            self._moved.notify_all()

    def close(self) -> None:
        self._closed = True
        self.go_on()
        self.go_away()

    def may_send(self, at: int) -> int:
        """How many bytes may be sent from that place on; waits while that is none. -1: drop the line."""
        with self._moved:
            while not self._closed:
                if not self.silent:
                    left = PIECE if self.held_at is None else min(PIECE, self.held_at - at)
                    if left > 0:
                        return left
                    if self.drops:
                        return -1
                self._moved.wait(0.1)
        return -1

    def met(self, connection: socket.socket) -> None:
        with self._moved:
            self._connections.add(connection)

    def left(self, connection: socket.socket) -> None:
        with self._moved:
            self._connections.discard(connection)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    web: WebServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A player that hangs up is nothing to speak of."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one connection; `send_begin` and `send` are there for `WebServer.answers`."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def handle(self) -> None:
        self.server.web.met(self.connection)
        try:
            with suppress(OSError):
                super().handle()
        finally:
            self.server.web.left(self.connection)

    def do_GET(self) -> None:
        web = self.server.web
        headers = {name.lower(): value for name, value in self.headers.items()}
        begin = int(headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        web.asked.append(Asked(self.path, begin, headers))
        name = self.path.partition("?")[0].removeprefix("/")
        if web.silent:
            web.may_send(0)
        if name in web.answers:
            web.answers[name](self)
            return
        file = web.folder / name
        status = web.refused.get(name) or (206 if file.is_file() else 404)
        if status != 206:
            self.send_begin(status, {"Content-Length": "0"})
            return
        self.send_file(file, begin, "range" in headers)

    def send_file(self, file: Path, begin: int, in_part: bool) -> None:
        whole = file.read_bytes()
        if begin >= len(whole):
            self.send_begin(416, {"Content-Length": "0", "Content-Range": f"bytes */{len(whole)}"})
            return
        headers = {"Content-Length": str(len(whole) - begin), "Accept-Ranges": "bytes"}
        if in_part:
            headers["Content-Range"] = f"bytes {begin}-{len(whole) - 1}/{len(whole)}"
        self.send_begin(206 if in_part else 200, headers)
        self.send(whole, begin)

    def send_begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, whole: bytes, begin: int = 0) -> None:
        """As fast as the server is let."""
        while begin < len(whole):
            allowed = self.server.web.may_send(begin)
            if allowed < 0:
                self.close_connection = True
                with suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.wfile.write(whole[begin : begin + allowed])
            begin += allowed

    def log_message(self, *words: object) -> None:
        pass
