"""What of a note's Markdown is shown while it is typed: bold, italic, code, links, lists, tags, and the markers.

It decides how text looks in the window and nothing else; what the post says is decided by the export.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

STRONG, EMPHASIS, CODE, LINK = "strong", "emphasis", "code", "link"
MARKER, TAG, BULLET = "marker", "hashtag", "bullet"
STYLES = (STRONG, EMPHASIS, CODE, LINK, TAG, BULLET, MARKER)

LIMIT = 20_000
"""A longer text is shown plain: it was pasted, and styling it anew at every key would be felt."""

_MAY_MEAN_SOMETHING = re.compile(r"[*_`\[\\#]|://|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]|^[ \t]*~~~", re.MULTILINE)
_BLOCK = re.compile(r"[ \t]*(?:(?P<fence>`{3,}|~{3,})|(?P<bullet>[-*+]|\d{1,9}[.)])(?=[ \t]))")
_PIECE = re.compile(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<ticks>`+)
    | (?P<opens>!?\[)
    | (?P<closes>\])(?P<target>\((?P<address>(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))\))?
    | (?P<angle><https?://[^\s<>]*>)
    | (?P<bare>(?<!\w)https?://[^\s<>]+)
    | (?P<run>\*+|_+)
    | (?<![^\s(])(?P<tag>\#(?=[\w/-]*[^\W\d_])\w[\w/-]*)
    """,
    re.VERBOSE,
)
_NOT_AT_ITS_END = ".,:;!?*_~'\"”’»"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` that are shown in these styles, which stand in the order of `STYLES`."""

    start: int
    end: int
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two markers and what lies between them: the opening one is `start` to `inner`, the other `outer` to `end`.

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
    if len(text) > LIMIT or not _MAY_MEAN_SOMETHING.search(text):
        return []
    found = read(text)
    edges: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for start, end, style in _styled(found):
        if start < end:
            edges[start].append((style, 1))
            edges[end].append((style, -1))
    depth = dict.fromkeys(STYLES, 0)
    made: list[Span] = []
    before = 0
    for place in sorted(edges):
        styles = tuple(style for style in STYLES if depth[style])
        if styles:
            made.append(Span(before, place, styles))
        for style, step in edges[place]:
            depth[style] += step
        before = place
    return made


def _styled(found: Found) -> Iterator[tuple[int, int, str]]:
    yield from found.leaves
    for pair in found.pairs:
        yield pair.start, pair.inner, MARKER
        yield pair.inner, pair.outer, pair.style
        yield pair.outer, pair.end, MARKER


def address_at(text: str, offset: int) -> str:
    """Where the link leads that the character at `offset` belongs to; "" where there is none."""
    if len(text) > LIMIT:
        return ""
    links = (pair for pair in read(text).pairs if pair.style == LINK)
    return next((pair.address for pair in links if pair.start <= offset < pair.end), "")


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
    while piece := _PIECE.search(text, place, end):
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
            case "bare":
                place = _bare_end(text, piece.start(), place)
                address = text[piece.start() : place]
                found.pairs.append(Pair(LINK, piece.start(), piece.start(), place, place, address))
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
