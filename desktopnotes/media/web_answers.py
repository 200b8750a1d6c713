"""Turns what yt-dlp prints of a page into values, and takes out on the way whatever could do harm."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from desktopnotes.media.web_page import Entry, Listing, Page, Stream
from desktopnotes.model.notebook import Chapter
from desktopnotes.model.shortening import to_letters

_STREAM = "url,protocol,vcodec,acodec,height,fps,http_headers,manifest_url,available_at"
_LIST = "_type,ie_key,title,url,webpage_url,duration,protocol,playlist_index,playlist_title,playlist_count"
_PAGE = f"{_LIST},chapters,language,cast,creators,creator,extractor_key,{_STREAM}"

PAGE = f"page\t%(.{{{_PAGE}}})j\t%(requested_formats.:.{{{_STREAM}}})j\t%(subtitles)l\t%(automatic_captions)l"
"""What yt-dlp is to print of a recording, on one line: only what is read here, since all can be megabytes."""

ENTRY = f"entry\t%(.{{{_LIST}}})j"

_ADDRESS_MOST = 8_000
_SMUGGLED = "#__youtubedl_smuggle="
"""Behind it yt-dlp keeps notes to itself."""

_TITLE_MOST = 300
_CHAPTERS_MOST = 1_000
_SPEAKERS_MOST = 20
_DURATION_MOST_S = 30 * 24 * 3600.0
_JOINERS = "\u200c\u200d"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9_]{1,20}){0,4}")
_MEDIA = re.compile(r"\.(mp4|m4v|mov|webm|mkv|avi|og[vga]|opus|mp3|m4a|aac|flac|wav|mpe?g)$", re.IGNORECASE)
_LISTS = re.compile(r"(Tab|Playlist|Channel|User|Show|Series|Album|Collection|Category)$")
_GONE_TITLES = frozenset({"[Private video]", "[Deleted video]", "[Unavailable video]"})


@dataclass(frozen=True, slots=True)
class Captions:
    """Captions that a page offers: `key` is the site's word for the language."""

    key: str
    is_automatic: bool

    @property
    def language(self) -> str:
        return self.key.removesuffix("-orig").replace("_", "-")


@dataclass(frozen=True, slots=True)
class Answer:
    """What yt-dlp said of one page; `stream` is None where nothing in it plays.

    The site refuses its addresses before `from_s`, in seconds as `time.time` counts them (mostly 0).
    """

    page: Page
    stream: Stream | None
    from_s: float = 0.0
    authored: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ()


def read_page(line: str, asked: str) -> Answer | Listing | None:
    """Reads a line that was printed by `PAGE` about the address `asked`; None for any other line."""
    parts = line.rstrip("\r\n").split("\t")
    said = _object(parts[1]) if parts[0] == "page" and len(parts) > 2 else None
    if said is None:
        return None
    if _is_in_a_list(said):
        return Listing(asked, one_line(said.get("playlist_title")))
    formats = _objects(parts[2]) or [said]
    return Answer(
        page=_page(said, asked),
        stream=_stream(formats),
        from_s=max(_number(one.get("available_at")) for one in formats),
        authored=_keys(parts[3:4]),
        automatic=_keys(parts[4:5]),
    )


def read_entry(line: str) -> Entry | None:
    """Reads a line that was printed by `ENTRY`; None for what is no entry or cannot be opened."""
    said = _said_of_entry(line)
    if said is None:
        return None
    title = one_line(said.get("title"))
    url = _entry_url(said)
    if not url or title in _GONE_TITLES:
        return None
    return Entry(url, title, duration_ms(said.get("duration")), one_line(said.get("playlist_title")))


def is_list(line: str) -> bool:
    """An entry that is a list itself, such as a tab of a channel."""
    said = _said_of_entry(line) or {}
    return bool(_LISTS.search(str(said.get("ie_key") or "")))


def plain_file(url: str) -> bool:
    """The address is that of a media file by its name, which plays without asking a page."""
    return bool(_MEDIA.search(unquote(urlsplit(url).path)))


def address(said: object) -> str:
    """The address as it was said, where it is one of the web that is harmless; empty otherwise."""
    if not isinstance(said, str) or len(said) > _ADDRESS_MOST or not said.isprintable() or " " in said:
        return ""
    try:
        parts = urlsplit(said)
        whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return said.partition(_SMUGGLED)[0] if whole else ""


def one_line(said: object, most: int = _TITLE_MOST) -> str:
    """A text on one line, without characters that control or turn it round, cut to `most` letters."""
    if not isinstance(said, str):
        return ""
    text = "".join(_shown(char) for char in said[: 20 * most])
    return to_letters(text, most)


def duration_ms(said: object) -> int:
    seconds = _number(said)
    return round(seconds * 1000) if 0 < seconds <= _DURATION_MOST_S else 0


def choose_captions(answer: Answer, languages: Sequence[str]) -> Captions | None:
    """The best captions: the author's before automatic ones, in a language of the user's before the talk's.

    Automatic ones are best in the language that is spoken; in another one they were translated by a machine.
    """
    own = [answer.page.language] if answer.page.language else []
    spoken = next((key.removesuffix("-orig") for key in answer.automatic if key.endswith("-orig")), "")
    own = own or ([spoken] if spoken else [])
    if key := _in_language(answer.authored, [*languages, *own]):
        return Captions(key, is_automatic=False)
    if key := _in_language(answer.automatic, [f"{own[0]}-orig", *own] if own else languages):
        return Captions(key, is_automatic=True)
    return Captions(answer.authored[0], is_automatic=False) if answer.authored else None


def _in_language(keys: Sequence[str], languages: Sequence[str]) -> str:
    for wished in languages:
        plain = wished.replace("_", "-").lower()
        named = {key.replace("_", "-").lower(): key for key in reversed(keys)}
        if plain in named:
            return named[plain]
        for name, key in sorted(named.items()):
            if name.split("-")[0] == plain.split("-")[0]:
                return key
    return ""


def _page(said: dict[str, Any], asked: str) -> Page:
    length_ms = duration_ms(said.get("duration"))
    language = said.get("language")
    return Page(
        address=asked,
        url=address(said.get("webpage_url")) or asked,
        title=one_line(said.get("title")),
        speakers=_speakers(said),
        duration_ms=length_ms,
        chapters=_chapters(said.get("chapters"), length_ms),
        language=language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else "",
    )


def _speakers(said: dict[str, Any]) -> tuple[str, ...]:
    """The people that a page lists as those who speak; an uploader is none."""
    names = said.get("cast")
    if not names and str(said.get("extractor_key")).startswith("CCC"):
        names = said.get("creators") or str(said.get("creator") or "").split(", ")
    if not isinstance(names, list):
        return ()
    cleaned = (one_line(name, 100) for name in names[:_SPEAKERS_MOST])
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _chapters(said: object, length_ms: int) -> tuple[Chapter, ...]:
    found: dict[int, Chapter] = {}
    for one in said[:_CHAPTERS_MOST] if isinstance(said, list) else ():
        if not isinstance(one, dict):
            continue
        at_s, title = _number(one.get("start_time"), -1.0), one_line(one.get("title"))
        if 0 <= at_s <= _DURATION_MOST_S and title and not (length_ms and at_s * 1000 >= length_ms):
            found.setdefault(round(at_s * 1000), Chapter(round(at_s * 1000), title))
    return tuple(found[at_ms] for at_ms in sorted(found))


def _stream(formats: list[dict[str, Any]]) -> Stream | None:
    """One address for both, or two; a manifest where libVLC must put the pieces together itself."""
    pictures = [one for one in formats if one.get("vcodec") != "none"]
    sounds = [one for one in formats if one.get("vcodec") == "none"]
    first = (pictures or sounds)[0]
    video = _playable(first)
    sound = _playable(sounds[0]) if pictures and sounds else ""
    if manifest := _manifest(first, sounds if pictures else []):
        video, sound = manifest, ""
    if not video:
        return None
    headers = first.get("http_headers")
    headers = headers if isinstance(headers, dict) else {}
    return Stream(
        video=video,
        sound=sound,
        user_agent=_header(headers.get("User-Agent")),
        referrer=_header(address(headers.get("Referer"))),
        height=int(_number(first.get("height"))) if 0 < _number(first.get("height")) < 100_000 else 0,
        frame_rate=_number(first.get("fps")) if 0 < _number(first.get("fps")) <= 1000 else 0.0,
    )


def _manifest(first: dict[str, Any], sounds: list[dict[str, Any]]) -> str:
    """The list of all pieces of picture and sound, where libVLC must join them: apart they stand still.

    The same where yt-dlp does not know whether there is sound in the picture's pieces.
    """
    manifest = address(first.get("manifest_url"))
    if not manifest or not str(first.get("protocol")).startswith("m3u8"):
        return ""
    is_one = not sounds and first.get("acodec") is None
    return manifest if is_one or any(sound.get("manifest_url") == manifest for sound in sounds) else ""


def _playable(said: dict[str, Any]) -> str:
    if "dash" in str(said.get("protocol")):
        return address(said.get("manifest_url"))
    return address(said.get("url"))


def _header(said: object) -> str:
    return (
        said if isinstance(said, str) and said.isascii() and said.isprintable() and len(said) < 2000 else ""
    )


def _is_in_a_list(said: dict[str, Any]) -> bool:
    if str(said.get("_type") or "").startswith("url"):
        return True
    return said.get("playlist_index") is not None and said.get("playlist_count") != 1


def _said_of_entry(line: str) -> dict[str, Any] | None:
    kind, _, rest = line.partition("\t")
    return _object(rest) if kind == "entry" else None


def _entry_url(said: dict[str, Any]) -> str:
    """Recordings that all stand on one page have no page of their own, but the address of a file."""
    url = address(said.get("url"))
    if str(said.get("_type") or "").startswith("url"):
        return url
    return url if plain_file(url) else address(said.get("webpage_url"))


def _object(text: str) -> dict[str, Any] | None:
    said = _json(text)
    return said if isinstance(said, dict) else None


def _objects(text: str) -> list[dict[str, Any]]:
    said = _json(text)
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _keys(parts: list[str]) -> tuple[str, ...]:
    """Languages as `%()l` prints them; what is no language (a chat, a list of comments) is left out."""
    keys = parts[0].split(", ") if parts and parts[0] != "NA" else []
    return tuple(key for key in keys if _LANGUAGE.fullmatch(key))


def _number(said: object, otherwise: float = 0.0) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return otherwise
    try:
        number = float(said)
    except OverflowError:
        return otherwise
    return number if math.isfinite(number) else otherwise


def _shown(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") and char not in _JOINERS else char
