"""A look at a stream's address before libVLC is given it: whether it is there, and whether it is media.

libVLC follows a redirect to anywhere, a file or a device of this computer too (measured with 3.0.24), says of
no failure what it was, and waits for a silent server for ever. So redirects are followed here, within http
and https alone, and libVLC gets the last address. Imported when there is one to look at: urllib and ssl are
heavy.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from desktopnotes.media.background import Progress
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.web_places import is_for_the_web
from desktopnotes.words import _

_FIRST_BYTES = 4096
_LIST_MOST = 4_000_000
"""So long a list of pieces may be, in bytes: one of eight hours has some 500,000."""
_LOOKS_EVERY_S = 0.02
_EXPIRED = frozenset({401, 403, 404, 410})
_WRITTEN = bytes(range(0x20, 0x7F)) + b"\t\r\n"
"""No recording consists of these alone; many kinds of lists do, and lists can name files."""
_URI = re.compile(r'URI="([^"]*)"', re.IGNORECASE)
_SAFE = _("The notes are safe.")
_UNPROVED = _("The site cannot prove who it is.")
_NOT_GIVEN = _("The site does not give out this recording (it says {code}).")
_A_TEXT = _("The site gives a text instead of a recording.")


class Seen(Enum):
    """What became of a look. `LOST` may pass; of an `EXPIRED` address the page may know another."""

    PLAYS = "plays"
    EXPIRED = "expired"
    LOST = "lost"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Look:
    """`address` is the last one that redirects led to; `error` is there unless it plays.

    `is_list`: it is a list of pieces (HLS or DASH), and no single file. `is_plain_mp4`: it is an .mp4 whose
    index stands at its beginning and names no track of chapters.
    """

    seen: Seen
    address: str
    error: WebError | None = None
    is_list: bool = False
    is_plain_mp4: bool = False

    @property
    def is_expired(self) -> bool:
        return self.seen is Seen.EXPIRED


def look_at(
    address: str, page: str, progress: Progress, *, user_agent: str = "", referrer: str = "", most_s: float
) -> Look:
    """Asks for the first bytes; waits for them up to `most_s`, never on the window's thread.

    `page` is the address for errors. Raises `CancelledError` as `progress` does. Nothing of the request is
    left once this is over, however slowly a server sends.
    """
    if (wrong := _not_for_the_web(address, page)) is not None:
        return Look(Seen.WRONG, address, wrong)
    answers: list[Look] = []
    line = _Line()
    headers = {"User-Agent": user_agent or "Mozilla/5.0", "Range": "bytes=0-"}
    if referrer:
        headers["Referer"] = referrer

    def ask() -> None:
        answers.append(_ask(urllib.request.Request(address, headers=headers), page, most_s, line))

    threading.Thread(target=ask, name="look", daemon=True).start()
    stop_s = time.monotonic() + most_s
    try:
        while not answers:
            progress.check()
            if time.monotonic() > stop_s:
                return Look(Seen.LOST, address, _lost(page, _("The site does not answer.")))
            time.sleep(_LOOKS_EVERY_S if stop_s - time.monotonic() < most_s - 0.2 else 0.002)
        return answers[0]
    finally:
        line.cut()


class _Line:
    """The connection of a request, which is cut from another thread: a timeout counts anew for each byte."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_cut = False
        self._last: socket.socket | None = None

    def met(self, connection: socket.socket) -> None:
        with self._guard:
            self._last = connection
            if self._is_cut:
                raise ConnectionAbortedError

    def cut(self) -> None:
        with self._guard:
            self._is_cut = True
            if self._last is not None:
                with suppress(OSError):  # it is over already
                    self._last.shutdown(socket.SHUT_RDWR)


class _Cuttable(http.client.HTTPConnection):
    def __init__(self, *args: Any, line: _Line, **options: Any) -> None:
        super().__init__(*args, **options)
        self._line = line

    def connect(self) -> None:
        super().connect()
        self._line.met(self.sock)


class _SafeCuttable(_Cuttable, http.client.HTTPSConnection):
    """The same by https."""


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: Any) -> Any:
        return self.do_open(partial(_Cuttable, line=self._line), req)


class _SafeHandler(urllib.request.HTTPSHandler):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def https_open(self, req: Any) -> Any:
        return self.do_open(partial(_SafeCuttable, line=self._line), req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows them within the web alone."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not is_for_the_web(newurl):
            raise _LedAwayError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        # The base class refuses other schemes with the plain status, which then looks like a failure.
        target = urllib.parse.urljoin(req.full_url, headers.get("location") or headers.get("uri") or "")
        if not is_for_the_web(target):
            raise _LedAwayError(target)
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class _LedAwayError(Exception):
    """A redirect out of the web."""


def _ask(request: urllib.request.Request, page: str, most_s: float, line: _Line) -> Look:
    asked = request.full_url
    try:
        opener = urllib.request.build_opener(_Redirects, _PlainHandler(line), _SafeHandler(line))
        with opener.open(request, timeout=most_s) as answer:
            return _judge(answer.geturl(), page, answer)
    except _LedAwayError:
        return _wrong(asked, page, _("The site leads away from the web, to a file or a device."))
    except urllib.error.HTTPError as error:
        return _refused(asked, page, error)
    except ssl.SSLCertVerificationError:
        return Look(Seen.LOST, asked, _lost(page, _UNPROVED))
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLCertVerificationError):
            return Look(Seen.LOST, asked, _lost(page, _UNPROVED))
        return Look(Seen.LOST, asked, _lost(page, _("The site cannot be reached.")))
    except Exception:  # a reply may break urllib in ways that it does not name
        return _wrong(asked, page, _("The site gives an answer that nobody understands."))


def _refused(asked: str, page: str, error: urllib.error.HTTPError) -> Look:
    code = error.code
    error.close()
    if code in _EXPIRED:
        message = f"{_NOT_GIVEN.format(code=code)} {_SAFE}"
        return Look(Seen.EXPIRED, asked, WebError(Why.GONE, page, message, _("Open its page in a browser.")))
    if 300 <= code < 400:
        return _wrong(asked, page, _("The site leads round in a circle."))
    if code in (408, 425, 429) or code >= 500:
        told = _("The site has trouble (it says {code}).").format(code=code)
        return Look(Seen.LOST, asked, _lost(page, told))
    return _wrong(asked, page, _NOT_GIVEN.format(code=code))


def _judge(address: str, page: str, answer: Any) -> Look:
    begin = answer.read(_FIRST_BYTES)
    if not begin:
        return _wrong(address, page, _("The site gives an empty file."))
    text = begin.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    low = text.lower()
    if low.startswith(b"#extm3u"):
        whole = begin + answer.read(_LIST_MOST)
        return _judge_list(address, page, whole.decode("utf-8", "replace"))
    if low.startswith(b"<"):
        if b"<mpd" in low and b"urn:mpeg:dash" in low:
            whole = (begin + answer.read(_LIST_MOST)).decode("utf-8", "replace")
            away = [it for it in re.findall(r"[a-z][a-z0-9+.-]*://", whole.lower()) if it[:4] != "http"]
            if not away:
                return Look(Seen.PLAYS, address, is_list=True)
        return _wrong(address, page, _A_TEXT)
    if not begin[:256].translate(None, _WRITTEN):
        return _wrong(address, page, _A_TEXT)
    return Look(Seen.PLAYS, address, is_plain_mp4=_is_plain_mp4(begin))


def _is_plain_mp4(begin: bytes) -> bool:
    """A track of chapters is named by the first of the others ("tref", "chap"), so near the beginning."""
    return begin[4:8] == b"ftyp" and b"moov" in begin and b"chap" not in begin


def _judge_list(address: str, page: str, text: str) -> Look:
    """HLS, all of whose pieces come by http or https; any other list is none that plays."""
    if "#EXT-X-" not in text:
        return _wrong(address, page, _("The site gives a list instead of a recording."))
    lines = [line.strip() for line in text.splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    named += [uri for line in lines if line.startswith("#") for uri in _URI.findall(line)]
    for one in named:
        if not is_for_the_web(urllib.parse.urljoin(address, one).replace(" ", "%20")):
            return _wrong(address, page, _("The site gives a list that leads away from the web."))
    return Look(Seen.PLAYS, address, is_list=True)


def _not_for_the_web(address: str, page: str) -> WebError | None:
    if is_for_the_web(address):
        return None
    return WebError(
        Why.OTHER,
        page,
        _("What the page names cannot be played: it is no web address.") + " " + _SAFE,
    )


def _wrong(address: str, page: str, told: str) -> Look:
    hint = _("Open its page in a browser to see what is there.")
    return Look(Seen.WRONG, address, WebError(Why.NO_VIDEO, page, f"{told} {_SAFE}", hint))


def _lost(page: str, told: str) -> WebError:
    return WebError(Why.NETWORK, page, f"{told} {_SAFE}", _("Is the network there?"))
