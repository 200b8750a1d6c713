"""Links that work for the reader: into the public recording, at a moment, in the form its site understands.

The forms are those that the sites really follow (YouTube, say, takes `t=65s` but neither `#t=` nor
fractions). Nothing but http and https ever becomes a link to a recording.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urlsplit

_YOUTUBE_HOSTS = frozenset(
    {
        *(
            "youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "gaming.youtube.com",
            "youtube.googleapis.com",
        ),
        *("youtube-nocookie.com", "youtu.be"),
    }
)
_VIMEO_HOSTS = frozenset({"vimeo.com", "m.vimeo.com", "player.vimeo.com"})
_VIDEO_SUFFIXES = (".mp4", ".m4v", ".webm", ".mkv", ".mov", ".ogv")
_AUDIO_SUFFIXES = (".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac")

_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_YOUTUBE_PATH = re.compile(r"/(?:shorts|live|embed|watch|v|e)/([\w-]{11})(?:[/&]|$)", re.ASCII)
_VIMEO_PATH = re.compile(
    r"/(?:(?:manage/)?videos?/|channels/[^/]+/|groups/[^/]+/videos/|(?:showcase|album)/\d+/video/"
    r"|ondemand/[^/]+/)?"
    r"(\d+)(?:/([0-9a-f]+))?/?"
)
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_PEERTUBE_PATH = re.compile(
    rf"/(?:w|videos/watch|videos/embed)/(?P<id>[1-9A-HJ-NP-Za-km-z]{{20,22}}|{_UUID.pattern})/?"
)
_BASE_58 = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
"""The digits in which PeerTube writes a UUID short."""

_CCC_PATH = re.compile(r"(?:/[a-z]{2})?/v/([^/]+?)(?:/oembed)?/?")
_NOT_OF_AN_ADDRESS = r"\s<>\[\]`|\\\u200b\u202a-\u202e\u2060-\u206f\ufeff"
_ADDRESS = re.compile(
    rf"https?://(?:(?!&lt;)[^{_NOT_OF_AN_ADDRESS}])*(?!&lt;)[^{_NOT_OF_AN_ADDRESS}.,;:!?'\"“”‘’»*~]"
)
"""What hides or turns letters ends it: nobody sees where such an address leads."""
_HIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What is not seen in an address, or turns round what comes after it, as U+202E before `gpj.exe`."""

_NO_HOST = re.compile(r"[\s\\%<>\"^`{|}]")
"""A backslash ends the host for a browser, but not for Python; the others no host has."""

_CAMPAIGN = re.compile(r"^(?:utm_\w+|si|feature|fbclid|gclid|ref|t|start)$")


@dataclass(frozen=True, slots=True)
class Recording:
    """What an address leads to: `identity` is the same for all addresses of one recording.

    `at` makes the link for a moment, in whole seconds; None where the page cannot be opened at one.
    """

    identity: str
    at: Callable[[int], str] | None = None


def is_public(url: str) -> bool:
    """Whether the address may leave as a link to a recording: a whole http or https one."""
    return bool(public(url))


@lru_cache(maxsize=256)
def public(url: str) -> str:
    """The address as it may leave: whole, without name and password, nothing in it that cannot be seen.

    Empty for what is no address of the web.
    """
    parts = _split(url)
    return "" if parts is None else parts.geturl()


def without_password(address: str) -> str:
    """Any address of a text, without name and password where it is one of the web."""
    return public(address) or address


def deep_link(url: str, at_ms: int | None, offset_ms: int = 0) -> str:
    """The address of the recording at a moment of what is played, `offset_ms` added; empty if there is none.

    Cut to whole seconds, as a second too early shows what is meant and one too late does not.
    """
    found = recording(url)
    if at_ms is None or found is None or found.at is None:
        return ""
    return found.at(max(0, at_ms + offset_ms) // 1000)


def identity(url: str) -> str:
    """The recording that an address is about, so that two addresses of one video are told to be one."""
    found = recording(url)
    return found.identity if found else url.strip()


@lru_cache(maxsize=256)
def recording(url: str) -> Recording | None:
    """What the address leads to; None for what is no address of the web."""
    parts = _split(url)
    if parts is None:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    for known in (_youtube, _vimeo, _ccc, _peertube, _media_file):
        if found := known(parts, host):
            return found
    return Recording(_page_identity(parts, host))


def address_end(text: str, start: int, limit: int) -> int:
    """Where the web address that begins at `start` ends, less signs of the sentence; -1 if there is none."""
    found = _ADDRESS.match(text, start, limit)
    if found is None:
        return -1
    address = found[0]
    foreign = max(0, address.count(")") - address.count("("))
    return found.end() - min(foreign, len(address) - len(address.rstrip(")")))


def addresses(text: str) -> list[tuple[int, int]]:
    """Where the web addresses in a text begin and end."""
    starts = (found.start() for found in _ADDRESS.finditer(text))
    return [(start, address_end(text, start, len(text))) for start in starts]


def _split(url: str) -> SplitResult | None:
    """The parts of an address of the web, the host in small letters and without name and password; else None.

    What browsers and Python's own splitting would read as two different hosts is none.
    """
    try:
        parts = urlsplit(_HIDDEN.sub(_percent, url.strip()))
        host, port = parts.hostname or "", parts.port  # a wrong port raises only when it is looked at
        host.encode("idna" if not host.isascii() else "ascii")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or _NO_HOST.search(parts.netloc):
        return None
    host = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=host if port is None else f"{host}:{port}")


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8", "replace"))


def _youtube(parts: SplitResult, host: str) -> Recording | None:
    if host not in _YOUTUBE_HOSTS:
        return None
    if host == "youtu.be":
        video = re.split("[/&]", parts.path.removeprefix("/"), maxsplit=1)[0]
    elif path := _YOUTUBE_PATH.match(parts.path):
        video = path[1]
    else:
        video = parse_qs(parts.query).get("v", [""])[0]
    if not _YOUTUBE_ID.fullmatch(video):
        return None
    page = f"https://www.youtube.com/watch?v={video}"
    return Recording(f"youtube:{video}", lambda seconds: f"{page}&t={seconds}s")


def _vimeo(parts: SplitResult, host: str) -> Recording | None:
    path = _VIMEO_PATH.fullmatch(parts.path) if host in _VIMEO_HOSTS else None
    if path is None:
        return None
    # The hash of an unlisted video stands in the path, in the player's address in the query.
    key = path[2] or parse_qs(parts.query).get("h", [""])[0]
    page = f"https://vimeo.com/{path[1]}" + (f"/{key}" if key else "")
    return Recording(f"vimeo:{path[1]}", lambda seconds: f"{page}#t={seconds}s")


def _ccc(parts: SplitResult, host: str) -> Recording | None:
    path = _CCC_PATH.fullmatch(parts.path) if host == "media.ccc.de" else None
    if path is None:
        return None
    page = f"https://media.ccc.de/v/{path[1]}"
    return Recording(f"media.ccc.de:{path[1]}", lambda seconds: f"{page}#t={seconds}")


def _peertube(parts: SplitResult, host: str) -> Recording | None:
    """Every instance has a host of its own, so the shape of the path tells it."""
    path = _PEERTUBE_PATH.fullmatch(parts.path)
    if path is None:
        return None
    page = f"{parts.scheme}://{parts.netloc}{parts.path.replace('/videos/embed/', '/videos/watch/')}"
    return Recording(
        f"peertube:{_place(parts, host)}/{_uuid(path['id'])}",
        lambda seconds: f"{page}?start={_peertube_time(seconds)}",
    )


def _uuid(written: str) -> str:
    """The UUID that a short id stands for, so that both are one recording; what is too large stays."""
    if _UUID.fullmatch(written):
        return written.lower()
    number = 0
    for digit in written:
        number = number * 58 + _BASE_58.index(digit)
    spelled = f"{number:032x}"
    if len(spelled) > 32:
        return written
    return "-".join((spelled[:8], spelled[8:12], spelled[12:16], spelled[16:20], spelled[20:]))


def _peertube_time(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes}m{rest}s" if hours else f"{minutes}m{rest}s"


def _media_file(parts: SplitResult, host: str) -> Recording | None:
    if not parts.path.lower().endswith(_VIDEO_SUFFIXES + _AUDIO_SUFFIXES):
        return None
    file = parts._replace(fragment="").geturl()
    return Recording(_page_identity(parts, host), lambda seconds: f"{file}#t={seconds}")


def _page_identity(parts: SplitResult, host: str) -> str:
    """The address less what does not change the page: scheme, `www.`, fragment, where one came from."""
    asked = sorted(
        piece for piece in parts.query.split("&") if piece and not _CAMPAIGN.match(piece.partition("=")[0])
    )
    return f"{_place(parts, host)}{parts.path.rstrip('/')}" + (f"?{'&'.join(asked)}" if asked else "")


def _place(parts: SplitResult, host: str) -> str:
    """Host and port; a host of other letters as computers spell it, so that both spellings are one."""
    with contextlib.suppress(ValueError):  # too long for a host, which then is the same as it is written
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"
