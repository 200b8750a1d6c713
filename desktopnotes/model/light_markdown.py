"""What of Markdown is shown while it is typed: bold, italic, code, links, lists, tags, and the markers.

It decides how text looks in the window and nothing else; what the post says is decided by the export.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

STRONG, EMPHASIS, CODE, LINK = "strong", "emphasis", "code", "link"
MARKER, TAG, BULLET = "marker", "hashtag", "bullet"
STYLES = (STRONG, EMPHASIS, CODE, LINK, TAG, BULLET, MARKER)
_NUMBERS = {style: number for number, style in enumerate(STYLES)}
_MARKER = _NUMBERS[MARKER]

LIMIT = 20_000
"""A longer text is shown plain: it was pasted, and styling it anew at every key would be felt."""

_SIGN = re.compile(r"[*_`\[\\#]")
_NEXT = re.compile(r"[\\`!\[\]<*_#:]")
"""What a piece may begin with, or an address has within: one set of letters is found ten times as fast."""
_LIST_OR_FENCE = re.compile(r"^[ \t]*(?:[-+][ \t]|\d{1,9}[.)][ \t]|~~~)", re.MULTILINE)
_BLOCK = re.compile(r"[ \t]*(?:(?P<fence>`{3,}|~{3,})|(?P<bullet>[-*+]|\d{1,9}[.)])(?=[ \t]))")
TAG_PATTERN = r"(?<![^\s(])\#(?=[\w/-]*[^\W\d_])(?P<word>\w[\w/-]*)"
"""A tag has a letter in it: `#1` is a number."""
_PIECE = re.compile(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<ticks>`+)
    | (?P<opens>!?\[)
    | (?P<closes>\])(?P<target>\((?P<address>(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))\))?
    | (?P<angle><https?://[^\s<>]*>)
    | (?P<run>\*+|_+)
    | (?P<tag>"""
    + TAG_PATTERN
    + ")",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_BARE = re.compile(rf"(?<!\w){_ADDRESS.pattern}")
_NOT_AT_ITS_END = ".,:;!?*_~'\"”’»"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` that are shown in these styles, which stand in the order of `STYLES`."""

    start: int
    end: int
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two markers and what lies between: one is `start` to `inner`, the other `outer` to `end`.

    `style` is that of what lies between; `address` is where a link leads.
    """

    style: str
    start: int
    inner: int
    outer: int
    end: int
    address: str = ""


@dataclass(slots=True)
class Found:
    """What was found in a text, in no order; `leaves` are pieces of one style with nothing inside."""

    pairs: list[Pair] = field(default_factory=list)
    leaves: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Opener:
    """A bracket, or what is left of a run of `*` or `_` from `start` to `end`."""

    sign: str
    start: int
    end: int


def spans(text: str) -> list[Span]:
    """The styled pieces of `text`, in order and apart from each other. Plain where nothing means anything."""
    if len(text) > LIMIT or not (_SIGN.search(text) or "//" in text or _may_be_a_list(text)):
        return []
    edges = _edges(read(text))
    depths, mask, before = [0] * len(STYLES), 0, 0
    made: list[Span] = []
    for place, style, step in edges:
        if place > before:
            if mask:
                made.append(Span(before, place, _styles(mask)))
            before = place
        depths[style] += step
        mask = mask | 1 << style if depths[style] else mask & ~(1 << style)
    return made


def _may_be_a_list(text: str) -> bool:
    return ("\n" in text or text[:1] in "-+0123456789 \t~") and bool(_LIST_OR_FENCE.search(text))


def _edges(found: Found) -> list[tuple[int, int, int]]:
    """Where styles begin (1) and end (-1): (offset, number of the style, which), in order."""
    edges: list[tuple[int, int, int]] = []
    for start, end, style in found.leaves:
        edges += (start, _NUMBERS[style], 1), (end, _NUMBERS[style], -1)
    for pair in found.pairs:
        style_number = _NUMBERS[pair.style]
        edges += (pair.start, _MARKER, 1), (pair.inner, _MARKER, -1)
        edges += (pair.inner, style_number, 1), (pair.outer, style_number, -1)
        edges += (pair.outer, _MARKER, 1), (pair.end, _MARKER, -1)
    edges.sort()
    return edges


@cache
def _styles(mask: int) -> tuple[str, ...]:
    return tuple(style for number, style in enumerate(STYLES) if mask >> number & 1)


def address_at(text: str, offset: int) -> str:
    """Where the link leads that the character at `offset` belongs to; "" where there is none."""
    if len(text) > LIMIT:
        return ""
    links = (pair for pair in read(text).pairs if pair.style == LINK)
    return next((pair.address for pair in links if pair.start <= offset < pair.end), "")


def is_address(words: str) -> bool:
    """Whether this is one address of the web and nothing else."""
    return bool(_ADDRESS.fullmatch(words.strip()))


# --- blocks ------------------------------------------------------------------------------------------


def read(text: str) -> Found:
    """Everything that means something in `text`; it takes a time that grows with the length, and no more."""
    found = Found()
    fence, paragraph, line_start = "", 0, 0
    for line in text.split("\n"):
        line_end = line_start + len(line)
        block = _BLOCK.match(line)
        mark = block["fence"] if block else None
        if fence:
            closes = mark is not None and mark[0] == fence[0] and len(mark) >= len(fence)
            found.leaves.append((line_start, line_end, MARKER if closes else CODE))
            fence = "" if closes else fence
            paragraph = line_end
        elif mark and not (mark[0] == "`" and "`" in line[block.end() :] if block else False):
            _read_words(text, paragraph, line_start, found)
            found.leaves.append((line_start, line_end, MARKER))
            fence, paragraph = mark, line_end
        elif block and block["bullet"]:
            _read_words(text, paragraph, line_start, found)
            paragraph = line_start + block.end()
            found.leaves.append((line_start + block.start("bullet"), paragraph, BULLET))
        elif not line.strip():
            _read_words(text, paragraph, line_start, found)
            paragraph = line_end
        line_start = line_end + 1
    _read_words(text, paragraph, len(text), found)
    return found


# --- inside a paragraph ------------------------------------------------------------------------------


class _Ticks:
    """Where runs of so many backticks begin, to find the one that ends a piece of code at once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._starts: dict[int, list[int]] = defaultdict(list)
        for run in re.compile("`+").finditer(text, start, end):
            self._starts[len(run[0])].append(run.start())

    def closing(self, length: int, after: int) -> int:
        """Where the next run of that length begins; -1 where there is none."""
        starts = self._starts.get(length, [])
        index = bisect_left(starts, after)
        return starts[index] if index < len(starts) else -1


def _read_words(text: str, start: int, end: int, found: Found) -> None:
    """Reads one paragraph (or an item of a list) from left to right."""
    ticks: _Ticks | None = None
    runs, brackets = _Runs(text, start, end, found), list[_Opener]()
    place = start
    while sign := _NEXT.search(text, place, end):
        place = sign.start()
        if text[place] == ":":
            place = _bare_address(text, start, place, end, found)
            continue
        piece = _PIECE.match(text, place, end)
        if piece is None:
            place += 1
            continue
        place = piece.end()
        match piece.lastgroup:
            case "escape":
                found.leaves.append((piece.start(), piece.start() + 1, MARKER))
            case "ticks":
                ticks = ticks or _Ticks(text, start, end)
                length = len(piece[0])
                closing = ticks.closing(length, place)
                if closing >= 0:
                    found.pairs.append(Pair(CODE, piece.start(), place, closing, closing + length))
                    place = closing + length
            case "opens":
                brackets.append(_Opener(piece[0], piece.start(), place))
            case "closes" | "target" | "address":
                place = _close_link(piece, brackets, found)
            case "angle":
                address = piece[0][1:-1]
                found.pairs.append(Pair(LINK, piece.start(), piece.start() + 1, place - 1, place, address))
            case "run":
                runs.read(piece.start(), place)
            case _:
                found.leaves.append((piece.start(), place, TAG))


def _close_link(piece: re.Match[str], brackets: list[_Opener], found: Found) -> int:
    """A bracket closes: with an address behind it, and an open one before, it makes a link."""
    opener = brackets.pop() if brackets else None
    if opener is None or piece["target"] is None:
        return piece.start() + 1
    address = piece["address"].removeprefix("<").removesuffix(">")
    found.pairs.append(Pair(LINK, opener.start, opener.end, piece.start(), piece.end(), address))
    return piece.end()


def _bare_address(text: str, start: int, colon: int, end: int, found: Found) -> int:
    """Reads the address that has its colon there, if one has; where to go on."""
    for scheme in ("https", "http"):
        begins = colon - len(scheme)
        if begins >= start and (address := _BARE.match(text, begins, end)):
            ends = _bare_end(text, begins, address.end())
            found.pairs.append(Pair(LINK, begins, begins, ends, ends, text[begins:ends]))
            return ends
    return colon + 1


def _bare_end(text: str, start: int, end: int) -> int:
    """Where an address ends that stands by itself: signs of the sentence around it are not part of it."""
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    shortest = start + len("http://")
    while end > shortest:
        last = text[end - 1]
        if last == ")" and closed > opened:
            closed -= 1
        elif last not in _NOT_AT_ITS_END:
            break
        end -= 1
    return end


class _Runs:
    """Runs of `*` and `_` that open and close emphasis, as CommonMark has it, but for its rule of three.

    Of `*` the openers are kept until one is closed, and with it all behind it go: so it stays linear.
    """

    def __init__(self, text: str, start: int, end: int, found: Found) -> None:
        self._text, self._start, self._end = text, start, end
        self._found = found
        self._openers: list[_Opener] = []
        self._waiting = {"*": 0, "_": 0}

    def read(self, start: int, end: int) -> None:
        text = self._text
        before = text[start - 1] if start > self._start else " "
        after = text[end] if end < self._end else " "
        sign = text[start]
        leans_right = not after.isspace() and (_is_word(after) or not _is_word(before))
        leans_left = not before.isspace() and (_is_word(before) or not _is_word(after))
        opens, closes = leans_right, leans_left
        if sign == "_":
            opens = leans_right and (not leans_left or not _is_word(before))
            closes = leans_left and (not leans_right or not _is_word(after))
        if closes:
            start = self._close(sign, start, end)
        if opens and start < end:
            self._openers.append(_Opener(sign, start, end))
            self._waiting[sign] += 1

    def _close(self, sign: str, start: int, end: int) -> int:
        """Pairs what it can from `start` on with the openers before; where it stops."""
        while start < end and self._waiting[sign]:
            while self._openers[-1].sign != sign:
                self._drop()
            opener = self._openers[-1]
            length = 2 if end - start >= 2 and opener.end - opener.start >= 2 else 1
            style = STRONG if length == 2 else EMPHASIS
            self._found.pairs.append(Pair(style, opener.end - length, opener.end, start, start + length))
            opener.end -= length
            start += length
            if opener.end == opener.start:
                self._drop()
        return start

    def _drop(self) -> None:
        self._waiting[self._openers.pop().sign] -= 1


def _is_word(char: str) -> bool:
    """Whether it is neither space nor punctuation: emphasis leans on it."""
    return char.isalnum() or not (char.isspace() or char.isascii() or not char.isprintable())


def covering(pairs: Iterable[Pair], style: str, start: int, end: int) -> list[Pair]:
    """The pairs of a style that `start` to `end` lies within, the markers counted in; the widest first."""
    held = [pair for pair in pairs if pair.style == style and pair.start <= start and end <= pair.end]
    return sorted(held, key=lambda pair: pair.start)
