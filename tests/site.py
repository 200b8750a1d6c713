"""A site on this machine with talks as the web has them, kind and hostile; no test leaves the machine.

Its pages are read by the real yt-dlp (its generic extractor), its media play in the real libVLC:

- `/talk`: picture and sound apart, title, length, two chapters, captions in two languages
- `/pieces`: the same by HLS, in pieces of 4 s, picture and sound apart
- `/video`: one file with both, `<video>` with tracks; `/sound`: sound alone; `/talk.mp4`: the file itself
- `/feed`: an RSS feed of `feed_length` talks, `/album`: a page with three videos, `/broken-feed`
- `/empty`, `/gone`, `/private`, `/error`, `/slow`, `/endless`, `/huge`, `/loop`, `/to-file`, `/hostile`,
  `/lies/type.mp4`, `/lies/length.mp4`: what their names say

Media addresses that a page gives carry a token: `expire()` makes all that were given so far worthless (403).
`down()` drops all connections and every new one, `up()` ends that. `log` holds each request.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from tests.site_pages import PAGES

SAMPLE = Path(__file__).parent.parent / "assets" / "sample"
_CHUNK_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; `range` is what the client asked for, empty for the whole."""

    method: str
    path: str
    range: str
    user_agent: str
    referrer: str
    at_s: float


class Site:
    """`with Site() as site: site.url("/talk")`; `secure` answers by https, with a certificate of its own."""

    def __init__(self, *, secure: bool = False) -> None:
        self.log: list[Request] = []
        self.feed_length = 300
        self.bytes_per_s = 0
        """How fast media are sent, 0 for as fast as it goes."""
        self.pages: dict[str, Callable[[], str]] = {}
        """More pages, by path: what they say as HTML."""
        self._made = tempfile.TemporaryDirectory(prefix="desktopnotes-site-")
        self.folder = Path(self._made.name)
        make_media(self.folder)
        self._expired = 0
        self._is_down = False
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.site = self
        self.port = self._server.server_address[1]
        self._scheme = "https" if secure else "http"
        if secure:
            self._server.socket = _certificate(self.folder).wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Site:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, path: str = "/talk") -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.drop_all()
        self._server.server_close()
        self._made.cleanup()

    def down(self) -> None:
        """From now on the network is lost: what is under way breaks off, nothing new is answered."""
        self._is_down = True
        self._server.drop_all()

    def up(self) -> None:
        self._is_down = False

    @property
    def is_down(self) -> bool:
        return self._is_down

    def expire(self) -> None:
        """All addresses of media that pages gave so far answer 403 from now on."""
        self._expired += 1

    @property
    def token(self) -> str:
        """What a page puts into the addresses of its media."""
        return f"t{self._expired}"

    def asked(self, path: str) -> list[Request]:
        """The requests for a path, whatever follows the “?”."""
        return [request for request in self.log if urlsplit(request.path).path == path]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 50
    site: Site

    def __init__(self, *arguments: object) -> None:
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(*arguments)  # type: ignore[arg-type]

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        if self.site.is_down:
            _reset(request)
            return
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients break off as they like."""

    def drop_all(self) -> None:
        with self._guard:
            for one in self._open:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


def _reset(request: socket.socket) -> None:
    request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *arguments: object) -> None:
        """The log of the site is a list."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        site = self.server.site
        given = {name: self.headers.get(name, "") for name in ("Range", "User-Agent", "Referer")}
        site.log.append(Request(self.command, self.path, *given.values(), time.monotonic()))
        if site.is_down:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        path = urlsplit(self.path).path
        if path in site.pages:
            self.say(site.pages[path]())
        elif path in PAGES:
            PAGES[path](self)
        elif (site.folder / Path(path).name).is_file():
            self._media(site.folder / Path(path).name)
        else:
            self.send_error(404)

    def say(self, body: str, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        data = body.encode("utf-8", "surrogatepass")
        self.start(status, kind, len(data))
        self.send(data)

    def start(self, status: int, kind: str, length: int | None, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is None:
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        if self.command != "HEAD":
            self.wfile.write(data)

    def forever(self, part: bytes, pause_s: float) -> None:
        """Sends until the client has enough or the site closes."""
        while self.command != "HEAD" and not self.server.site.closing.wait(pause_s):
            self.wfile.write(part)

    def _media(self, path: Path) -> None:
        site = self.server.site
        given = parse_qs(urlsplit(self.path).query).get("token", [])
        if given and given != [site.token]:
            self.send_error(403, "Expired")
            return
        size = path.stat().st_size
        kind = _KINDS.get(path.suffix, "application/octet-stream")
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = (int(asked[1]), int(asked[2] or size - 1)) if asked else (0, size - 1)
        last = min(last, size - 1)
        if first > last:
            self.start(416, kind, 0, Content_Range=f"bytes */{size}")
            return
        more = {"Accept_Ranges": "bytes", "ETag": f'"{path.name}-{size}"'}
        if asked:
            more["Content_Range"] = f"bytes {first}-{last}/{size}"
        self.start(206 if asked else 200, kind, last - first + 1, **more)
        if self.command != "HEAD":
            self._send_file(path, first, last - first + 1)

    def _send_file(self, path: Path, first: int, length: int) -> None:
        site = self.server.site
        with open(path, "rb") as file:
            file.seek(first)
            while length > 0 and not site.is_down:
                chunk = file.read(min(_CHUNK_BYTES if not site.bytes_per_s else 4_000, length))
                self.wfile.write(chunk)
                length -= len(chunk)
                if site.bytes_per_s and site.closing.wait(len(chunk) / site.bytes_per_s):
                    return


_KINDS = {
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".vtt": "text/vtt",
    ".ts": "video/mp2t",
    ".m3u8": "application/vnd.apple.mpegurl",
}


def make_media(folder: Path) -> None:
    """`talk.mp4`, its `picture.mp4` and `sound.m4a` apart, captions; made of the sample, in 0.2 s."""
    whole = SAMPLE / "publish-part-one.mp4"
    for name in ("talk.mp4", "second.mp4", "third.mp4"):
        (folder / name).write_bytes(whole.read_bytes())
    for name, leave_out in (("picture.mp4", "-an"), ("sound.m4a", "-vn")):
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(whole), leave_out, "-c", "copy"]
        subprocess.run([*command, "-movflags", "+faststart", str(folder / name)], check=True)
    apart = "a:0,agroup:sound,name:hls-sound,default:yes v:0,agroup:sound,name:hls-picture"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-i",
        str(whole),
        "-map",
        "0:v:0",
        "-map",
        "0:a:0",
        "-c",
        "copy",
    ]
    command += ["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-var_stream_map", apart]
    command += ["-master_pl_name", "hls.m3u8", str(folder / "%v.m3u8")]
    subprocess.run(command, check=True)
    captions = (SAMPLE / "publish-part-one.en.vtt").read_text(encoding="utf-8")
    (folder / "talk.en.vtt").write_text(captions, encoding="utf-8")
    (folder / "talk.de.vtt").write_text(captions.replace("\n\n", "\n\nNOTE deutsch\n\n", 1), encoding="utf-8")


def _certificate(folder: Path) -> ssl.SSLContext:
    """Of nobody that anyone trusts."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
