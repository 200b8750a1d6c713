"""The captions of a recording: found beside it or inside it, read whatever their form, as cues.

Reading takes as long as the file is large, so it is work for a worker. WebVTT and SubRip are read here and
not by pysubs2, which takes a comment for a caption, two times within a line for a cue, and 10 s for 50 MB.
"""

from __future__ import annotations

import codecs
import html
import io
import locale
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.files import read_regular
from desktopnotes.model.cues import Cue
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _, number

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet as AnyPacket
    from av.stream import Stream

    Packet = AnyPacket[Stream]

SUFFIXES = (".vtt", ".srt", ".ass")

_LIMIT_BYTES = 64_000_000
"""Ten times what a recording of ten hours has with a time for each word."""

_MOST_CUES = 100_000
"""Two days of speech. A million values more would hold up the window while Python looks through them."""

_LONGEST_CUE, _LONGEST_ASS = 5000, 10_000_000
"""In letters: no caption says more, no talk has more of them in pysubs2's form, which is slow to read."""

_PIECE, _NEAR = 100_000, 10_000
"""In letters: what is looked through in one go, some ms; what is looked at round a damaged place."""

_CHECK_EVERY = 2000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_TIME = r"(-?)(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"^[ \t]*{_TIME}[ \t]*-+>[ \t]*{_TIME}(?:[ \t][^\n]*)?$", re.MULTILINE)
_BROKEN = re.compile(r"^(?:[ \t]*\d+[ \t]*\n)?[^\n]*-->", re.MULTILINE)
"""Where a cue begins whose times are none, with its number."""

_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}")
_FOREIGN = re.compile(r"[^\x00-\x7f\ufffd]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

_THREE_LETTERS = {
    "cs": "ces cze",
    "da": "dan",
    "de": "deu ger",
    "en": "eng",
    "es": "spa",
    "fr": "fra fre",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nl": "nld dut",
    "pl": "pol",
    "pt": "por",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "uk": "ukr",
    "zh": "zho chi",
}
"""ISO 639-2 codes, which stand inside recordings, of the languages most talks are given in."""

_TEXT_CODECS = ("mov_text", "subrip", "srt", "text", "webvtt", "ass", "ssa")


_SHOWN_FIRST = 1
"""FFmpeg's mark (AV_DISPOSITION_DEFAULT) of the track that its maker wants to be shown."""


def _go_on() -> None:
    """Nobody ends the work."""


@dataclass(frozen=True, slots=True)
class Read:
    """Cues as they stand in a file, and what the user should know of how they were read, mostly nothing."""

    cues: tuple[Cue, ...]
    remark: str = ""


def languages(wished: str) -> tuple[str, ...]:
    """In which languages captions are wanted, the dearest first: that of the settings, then the desktop's."""
    return tuple(filter(None, (wished, locale.getlocale()[0] or "")))


# --- beside the recording ----------------------------------------------------------------------------


def beside(recording: Path, wanted: Sequence[str]) -> Path | None:
    """The captions beside a recording: `NAME.vtt`, else `NAME.LANGUAGE.vtt`; None where there is none.

    Of several, one in a wanted language, else the first by name. A code may name a country too (`en-US`,
    `pt_BR`), which does not count.
    """
    codes = [_language(code) for code in wanted]

    def preference(path: Path) -> tuple[bool, int, int, str]:
        code = path.name[len(recording.stem) : -len(path.suffix)].lower().removeprefix(".")
        rank = codes.index(_language(code)) if _language(code) in codes else len(codes)
        return bool(code), rank, SUFFIXES.index(path.suffix.lower()), path.name

    try:
        named = [each for each in recording.parent.iterdir() if each.name.startswith(f"{recording.stem}.")]
    except OSError:
        return None
    found = [each for each in named if each.suffix.lower() in SUFFIXES and os.path.isfile(each)]
    return min(found, key=preference, default=None)


def _language(code: str) -> str:
    return re.split(r"[-_.]", code.lower(), maxsplit=1)[0]


def read(path: Path, check: Callable[[], None] = _go_on) -> Read:
    """The captions of a file in WebVTT, SubRip or ASS, in UTF-8, UTF-16 or, as a guess, Windows-1252.

    `check` is called now and then; what it raises ends the work. Raises `ReadError`.
    """
    content = read_regular(path, _LIMIT_BYTES)
    if not content.strip():
        raise ReadError(_("The captions “{name}” are empty.").format(name=path.name))
    text, remark = _decoded(content, path.name)
    check()
    start = text[:2000].lstrip()
    if start.startswith("[Script Info]") or "\n[Events]" in start or path.suffix.lower() == ".ass":
        cues = _ass(text[:_LONGEST_ASS])
    else:
        cues = tuple(islice(_timed(text, check, is_vtt=start.startswith("WEBVTT")), _MOST_CUES + 1))
    if not cues:
        raise ReadError(_("In “{name}” there are no captions that can be read.").format(name=path.name))
    if len(cues) > _MOST_CUES:
        remark = _("“{name}” is so large that only its first {limit} captions were read.")
        remark = remark.format(name=path.name, limit=number(_MOST_CUES))
    return Read(cues[:_MOST_CUES], remark)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text, and what the user should know of how it was come by. Raises `ReadError` where it is none."""
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), "")
    encoding = encoding or _utf_16_without_bom(content[:4000]) or "utf-8"
    try:
        text, remark = _text(content, encoding), ""
    except UnicodeDecodeError as error:
        text, remark = _guessed(content, encoding, error.start, name)
    start = text[:100_000]
    if len(_CONTROL.findall(start)) > len(start) / 50:
        raise ReadError(_("“{name}” is no text, so no captions were read from it.").format(name=name))
    return text, remark


def _text(content: bytes, encoding: str, errors: str = "strict") -> str:
    """The text with simple ends of lines; piece by piece, since one call for all would hold up the window."""
    reader = io.TextIOWrapper(io.BytesIO(content), encoding, errors)
    pieces = iter(partial(reader.read, _PIECE), "")
    return "".join(piece.replace("\0", "") for piece in pieces)


def _utf_16_without_bom(start: bytes) -> str:
    """Letters of Europe in UTF-16 have a NUL as every second byte; which one says the order."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) / 5:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _guessed(content: bytes, encoding: str, damaged_at: int, name: str) -> tuple[str, str]:
    """Damaged text where that makes sense round the damage, else what old programs of Windows wrote."""
    near = content[max(0, damaged_at - _NEAR) : damaged_at + _NEAR].decode(encoding, "replace")
    if encoding != "utf-8" or len(_FOREIGN.findall(near)) > 4 * near.count("\ufffd"):
        remark = _("The captions “{name}” are damaged: some letters could not be read and show as \ufffd.")
        return _text(content, encoding, "replace"), remark.format(name=name)
    # Five bytes mean nothing in Windows-1252; they show as what cannot be read.
    remark = _(
        "The captions “{name}” are not in UTF-8 and were read as Western European. "
        "If letters are wrong, save the file as UTF-8."
    )
    return _text(content, "cp1252", "replace"), remark.format(name=name)


def is_cue(line: str) -> bool:
    """Whether the line says from when to when a cue is shown."""
    return _TIMES.fullmatch(line) is not None


def _timed(text: str, check: Callable[[], None], *, is_vtt: bool) -> Iterator[Cue]:
    """The cues of WebVTT and SubRip: a line with two times, then text up to an empty line or the next one.

    In SubRip the text may have empty lines, and behind it stands the number of the next cue.
    """
    for times, following in pairwise(chain(_times(text, check), (None,))):
        assert times is not None
        start, end = times.end() + 1, following.start() if following else len(text)
        said = text[start : min(end, start + _LONGEST_CUE)]
        if "-->" in said and (broken := _BROKEN.search(said)):
            said = said[: broken.start()]
        if is_vtt:
            said = "" if said.startswith("\n") else said.partition("\n\n")[0]
        elif following:
            said = _without_next_number(said)
        groups = times.groups()
        yield Cue(_ms(groups[:5]), _ms(groups[5:]), plain(said))


def _times(text: str, check: Callable[[], None]) -> Iterator[re.Match[str]]:
    """The lines with two times, looked for piece by piece."""
    start = 0
    while start < len(text):
        check()
        end = text.find("\n", start + _PIECE, start + 2 * _PIECE) + 1 or start + 2 * _PIECE
        yield from _TIMES.finditer(text, start, end)
        start = end


def _without_next_number(said: str) -> str:
    before, _, last = said.rstrip().rpartition("\n")
    is_apart = not before.strip() or before.rstrip(" \t").endswith("\n")
    return before if last.strip().isdecimal() and is_apart else said


def _ms(parts: Sequence[str | None]) -> int:
    sign, hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    ms = whole * 1000 + int((fraction or "0").ljust(3, "0"))
    return -ms if sign else ms


def plain(said: str) -> str:
    """The text of a cue without its marks of style, each line trimmed, without empty ones."""
    if _CONTROL.search(said):
        said = _CONTROL.sub("", said)
    if "<" in said or "{" in said:
        said = _TAG.sub("", said)
    if "&" in said:
        said = html.unescape(said)
    lines = (" ".join(line.split()) for line in said.split("\n"))
    return "\n".join(filter(None, lines))


def _ass(text: str) -> tuple[Cue, ...]:
    import pysubs2  # takes 0.1 s, and few captions are in this form

    try:
        events = pysubs2.SSAFile.from_string(text, format_="ass")
    except Exception:  # whatever it stumbles over in a broken file
        return ()
    return tuple(
        Cue(event.start, event.end, plain(event.plaintext))
        for event in events
        if not event.is_comment and not event.is_drawing
    )


# --- inside the recording ----------------------------------------------------------------------------


def inside(recording: Path, wanted: Sequence[str], check: Callable[[], None] = _go_on) -> Read | None:
    """The captions that the recording itself holds as text, None where it has none.

    Of several tracks one in a wanted language, else the one marked to be shown first. Reads through the whole
    file where that keeps text and pictures together (Matroska: some 0.3 s for a GB). Raises `ReadError`.
    """
    import av  # heavy: loads FFmpeg, and most captions stand beside the recording

    if not os.path.isfile(recording):
        return None
    try:
        # By a path that is none of FFmpeg's protocols, and with no other file or address that it may name.
        with av.open(f"file:{recording}", options={"protocol_whitelist": "file"}) as container:
            return _track(container, [_language(code) for code in wanted], check)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        told = _("The captions inside “{name}” could not be read.")
        raise ReadError(told.format(name=recording.name)) from error


def _track(container: InputContainer, codes: Sequence[str], check: Callable[[], None]) -> Read | None:
    def preference(stream: Stream) -> tuple[int, bool, int]:
        language = stream.metadata.get("language", "")
        rank = next((i for i, code in enumerate(codes) if _is_language(language, code)), len(codes))
        return rank, not int(getattr(stream, "disposition", 0)) & _SHOWN_FIRST, stream.index

    tracks = [each for each in container.streams if each.type == "subtitle" and _codec(each) in _TEXT_CODECS]
    track = min(tracks, key=preference, default=None)
    if track is None:
        return None
    _read_only(container, track)
    start_ms = (container.start_time or 0) / 1000
    cues = []
    for count, packet in enumerate(container.demux()):
        if count % _CHECK_EVERY == 0:
            check()
        if packet.stream.index == track.index and packet.pts is not None and packet.time_base:
            cues.append(_cue(packet, _codec(track), start_ms))
    return Read(tuple(cues)) if cues else None


def _read_only(container: InputContainer, track: Stream) -> None:
    """Lets FFmpeg pass over all but one track; older versions of PyAV cannot, and read all, more slowly."""
    import av.stream

    nothing = getattr(getattr(av.stream, "Discard", None), "all", None)
    for stream in container.streams:
        if nothing is not None and stream.index != track.index:
            stream.discard = nothing


def _codec(stream: Stream) -> str:
    return stream.codec_context.name if stream.codec_context else ""


def _is_language(three_letters: str, code: str) -> bool:
    return bool(three_letters) and three_letters in (code, *_THREE_LETTERS.get(code, "").split())


def _cue(packet: Packet, codec: str, start_ms: float) -> Cue:
    """A packet's text: of an MP4 behind two bytes of length, of ASS behind eight fields."""
    content = bytes(packet)
    if codec == "mov_text":
        content = content[2 : 2 + int.from_bytes(content[:2], "big")]
    text = content[:_LONGEST_CUE].decode("utf-8", "replace").replace("\r", "")
    if codec in ("ass", "ssa"):
        text = re.sub(r"\\[Nn]", "\n", text.split(",", 8)[-1]).replace("\\h", " ")
    ms = float(packet.time_base or 0) * 1000
    at_ms = round((packet.pts or 0) * ms - start_ms)
    return Cue(at_ms, at_ms + round((packet.duration or 0) * ms), plain(text))
