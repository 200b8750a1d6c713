"""A web site on this computer that serves one recording, well or badly, and remembers what was asked."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

import pytest

from desktopnotes.media import downloads
from desktopnotes.media.yt_dlp_program import newest

_PIECE_BYTES = 16_384


@dataclass
class Manners:
    """How the site serves. `rate` is in bytes a second, 0 for at once.

    `cut_at`: it hangs up after so many bytes of the recording, each time. `says_bytes`: what it says the
    length is. `has_ranges`: it can go on in the middle. `has_length`: it says the length at all.
    """

    rate: int = 0
    cut_at: int = 0
    says_bytes: int = 0
    has_ranges: bool = True
    has_length: bool = True
    is_down: bool = False


@dataclass
class DownloadSite:
    """`content` is served at every address with .mp4 in it; `ranges` holds the Range of each request."""

    content: bytes
    manners: Manners = field(default_factory=Manners)
    ranges: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    pieces: dict[str, bytes] = field(default_factory=dict)
    """Files that are served by their names as well."""

    def __enter__(self) -> DownloadSite:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def address(self, name: str = "talk.mp4") -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{name}"

    @property
    def resumed(self) -> list[int]:
        """From which byte on it was asked to go on, for each request that was to go on."""
        found = (re.match(r"bytes=(\d+)-", each) for each in self.ranges)
        return [int(each[1]) for each in found if each and int(each[1]) > 0]


def _handler(site: DownloadSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, *, with_body: bool) -> None:
            manners = site.manners
            site.asked.append(self.path)
            if manners.is_down:
                self.send_error(503)
                return
            if (piece := site.pieces.get(self.path.strip("/"))) is not None:
                self._say(piece, "application/octet-stream")
                return
            if self.path.endswith(".m4s"):
                self.send_error(404)
                return
            if ".mp4" not in self.path:
                self._say(b"<html><body>A page.</body></html>")
                return
            asked = self.headers.get("Range", "")
            site.ranges.append(asked)
            found = re.match(r"bytes=(\d+)-(\d*)", asked) if manners.has_ranges else None
            start = int(found[1]) if found else 0
            end = int(found[2]) + 1 if found and found[2] else len(site.content)
            end = min(end, len(site.content))
            self.send_response(206 if found else 200)
            self.send_header("Content-Type", "video/mp4")
            if found:
                self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(site.content)}")
            if manners.has_length:
                self.send_header("Content-Length", str(manners.says_bytes or end - start))
            self.end_headers()
            if with_body:
                self._send(start, end, manners)

        def _send(self, start: int, end: int, manners: Manners) -> None:
            try:
                while start < end:
                    if manners.cut_at and start >= manners.cut_at:
                        return
                    piece = site.content[start : min(end, start + _PIECE_BYTES)]
                    self.wfile.write(piece)
                    start += len(piece)
                    if site.manners.rate:
                        time.sleep(len(piece) / site.manners.rate)
            except OSError:
                pass

        def _say(self, content: bytes, kind: str = "text/html") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            try:
                for start in range(0, len(content), _PIECE_BYTES):
                    self.wfile.write(content[start : start + _PIECE_BYTES])
                    if site.manners.rate:
                        time.sleep(_PIECE_BYTES / site.manners.rate)
            except OSError:
                pass

    return Handler


def quick_yt_dlp(patch: pytest.MonkeyPatch) -> None:
    """The same yt-dlp, not looking through its 1,800 sites first: it starts in two thirds of the time.

    It tries again as often as ever, but at once: the site is no better after a pause.
    """
    program = newest()
    assert program is not None
    quick = replace(program, command=(*program.command, "--use-extractors", "generic"))
    patch.setattr(downloads, "newest", lambda: quick)
    patch.setattr(downloads, "_PAUSE", "0")


def a_recording(folder: Path, *, seconds: int = 30) -> bytes:
    """An .mp4 of some 3 MB, its table in front: cut off anywhere it still says its whole length."""
    path = folder / "recording.mp4"
    picture = f"testsrc2=s=640x360:r=10:d={seconds}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture]
    command += ["-f", "lavfi", "-i", f"sine=440:d={seconds}"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "800k", "-g", "20", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, "-movflags", "+faststart", str(path)], check=True)
    return path.read_bytes()


def in_pieces(folder: Path) -> dict[str, bytes]:
    """A recording of 30 s as players of the web get it: `talk.mpd`, two sizes of pictures, separate sound."""
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=30"]
    command += ["-f", "lavfi", "-i", "sine=440:d=30", "-map", "0:v", "-map", "0:v", "-map", "1:a"]
    command += ["-s:v:0", "160x90", "-c:v", "libx264", "-preset", "ultrafast", "-g", "20"]
    command += ["-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "dash", "-seg_duration", "2", "talk.mpd"]
    subprocess.run(command, check=True, cwd=folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}
