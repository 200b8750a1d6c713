"""Times as files write them: at the start of a line, or in the address of a link."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

_LIMIT_MS = 1000 * 3600 * 1000
"""No recording is longer than a thousand hours."""

_CLOCK = r"(?:\d{1,3}:)?\d{1,4}:\d{2}(?:[.,]\d{1,9})?(?!:?\d)"
_UNITS = r"(?:\d{1,3}h\d{1,2}m(?:\d{1,2}s)?|\d{1,4}m\d{1,2}s)(?!\w)"
_TIME = rf"(?:{_CLOCK}|{_UNITS})"

_CLOCK_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})(?:[.,](\d{1,9}))?")
_UNIT_PARTS = re.compile(
    r"(?:(\d{1,3})\s?h\s?)?(?:(\d{1,4})\s?m(?:in)?\s?)?(?:(\d{1,9})(?:[.,](\d{1,9}))?\s?s?)?"
)
_IN_ADDRESS = re.compile(r"(?:^|[?&#;])(?:t|start|time_continue|starttime|begin)=(?:npt:)?([^&#;]{1,40})")
_LAST_IN_ADDRESS = re.compile(r"[?&#](?:t|start)=[^&#]*$")
_ADDRESS_IS_TIME = re.compile(rf"#({_CLOCK})\??")
"""As oTranscribe links its own times."""

_LINE = re.compile(
    rf"""
    [ \t]*
    (?:[-*+•–—‣·][ \t]+(?:\[[ xX]\][ \t]+)? | \d{{1,4}}[.)][ \t]+)?  # an item of a list
    (?P<mark>\*\*|__|\*|_|`)?
    (?P<open>[\[(<]{{0,2}}) (?P<at>{_TIME})
    (?:[ \t]*(?:-->|[-–—→])[ \t]*(?P<end>{_TIME}))?
    (?(open)[\])>]{{0,2}})
    (?:(?<=\])\((?P<address><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\))?
    (?(mark)[ \t]*:?(?P=mark))
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_LINKED_WORDS = re.compile(
    r"[ \t]*(?:[-*+•][ \t]+|\d{1,4}[.)][ \t]+)?"
    r"\[(?P<words>[^\[\]\n]{1,500})\]\((?P<address>[^\s()]{1,2000})\)(?P<rest>.*)"
)
_QUOTED = re.compile(r" {0,3}>")
_NO_TIME = re.compile(r"[ \t]*(?:-:)?--:--(?:[ \t]+(?P<words>.*))?")
"""What our plain texts have in place of a time."""

_GAP = re.compile(r"[ \t]*(?:[-–—:|][ \t]+|[ \t]|$)|(?=[\[(\"“‘'*_`!<])")
"""What parts a time from its words: nothing else makes `10:30am` or `3:2` a time."""

_LOOKS_LIKE_TIME = re.compile(
    r"[ \t]*(?:[-*+•][ \t]+)?[\[(]?\d{1,4}(?::\d{1,4}){1,3}(?:[.,]\d+)?[\])]?(?:\s|$|[-–—:|])"
)


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line that begins with a time; `of_page`: it is that of the public recording, by its link."""

    at_ms: int
    end_ms: int | None
    words: str
    of_page: bool = False
    address: str = ""


def ms_of(text: str) -> int | None:
    """The ms of `1:02:03.5`, `62:03`, `1h2m3s` or `3723.5`; None for what is no time, such as `99:99`."""
    if found := _CLOCK_PARTS.fullmatch(text):
        if int(found[3]) > 59 or (found[1] is not None and int(found[2]) > 59):
            return None
    else:
        found = _UNIT_PARTS.fullmatch(text)
        if found is None or not any(found.groups()):
            return None
    hours, minutes, seconds, fraction = found.groups()
    whole_s = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    at_ms = whole_s * 1000 + int((fraction or "0").ljust(3, "0")[:3])
    return at_ms if at_ms < _LIMIT_MS else None


def in_address(address: str) -> tuple[int, int | None] | None:
    """From when on, in ms, a link into a recording shows it, and where it ends if it says so."""
    found = _IN_ADDRESS.search(address)
    if found is None:
        return None
    start, _, end = unquote(found[1]).partition(",")
    at_ms, end_ms = ms_of(start.strip()), ms_of(end.strip()) if end else None
    return None if at_ms is None else (at_ms, end_ms if end_ms is not None and end_ms > at_ms else None)


def without(address: str) -> str:
    """The address less the moment that it ends with."""
    return _LAST_IN_ADDRESS.sub("", address)


def timed(line: str) -> TimedLine | None:
    """The time that a line begins with and its words; None where it begins with none.

    Of a line that is quoted, by `>` before the time, the words have that sign.
    """
    quoted = _QUOTED.match(line)
    if quoted is not None:
        found = timed(line[quoted.end() :].lstrip(" \t>"))
        return found and replace(found, words=f"> {found.words}")
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    gap = _GAP.match(match["rest"])
    at_ms, end_ms = ms_of(match["at"]), ms_of(match["end"]) if match["end"] else None
    if gap is None or at_ms is None:
        return None
    words = match["rest"][gap.end() :].strip()
    address = (match["address"] or "").strip("<>")
    linked = in_address(address) if address else None
    if linked is not None:
        # The address is in whole seconds, the words may say more; they agree unless edited by hand.
        at_ms = at_ms if at_ms // 1000 == linked[0] // 1000 else linked[0]
        end_ms = linked[1] or end_ms
    elif own := _ADDRESS_IS_TIME.fullmatch(address):
        shown_ms = ms_of(own[1])
        at_ms = at_ms if shown_ms is None else shown_ms
    end_ms = end_ms if end_ms is not None and end_ms > at_ms else None
    return TimedLine(at_ms, end_ms, words, linked is not None, address)


def without_time(line: str) -> str | None:
    """The words of a line that says that its note has no time, `--:--  words`; None for any other."""
    match = _NO_TIME.fullmatch(line)
    return (match["words"] or "").strip() if match else None


def by_link(line: str) -> TimedLine | None:
    """Words that lead to a moment of a recording, at the start of a line: `[The demo](https://…&t=65s)`."""
    match = _LINKED_WORDS.fullmatch(line)
    linked = in_address(match["address"]) if match else None
    if match is None or linked is None:
        return None
    return TimedLine(*linked, f"{match['words']}{match['rest']}".strip(), True, match["address"])


def is_wrong_time(line: str) -> bool:
    """Whether the line begins with what was meant for a time and is none, such as `[99:99]`."""
    return bool(_LOOKS_LIKE_TIME.match(line)) and timed(line) is None
