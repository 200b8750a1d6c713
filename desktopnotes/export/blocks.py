"""Markdown as its reader sees it: paragraphs, headings, items, code, each with its words and how they look.

What stands here is what the site's own reader of Markdown finds (markdown-it: CommonMark with tables and
strikethrough): nothing is added to it but the signs of lists, and white space is one space, as browsers show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

STRONG, EMPHASIS, CODE, STRUCK = "strong", "emphasis", "code", "struck"

PARAGRAPH, HEADING, FENCED, RULE, TABLE, RAW = "paragraph", "heading", "fenced", "rule", "table", "raw"

TITLE, DATE = "title", "date"
"""What a site shows of the post's own title and date, above its text or as its first lines."""

QUOTE, ITEM = "quote", "item"

_BULLETS = "•◦▪"

_STYLES = {"strong": STRONG, "em": EMPHASIS, "s": STRUCK}

_WHITE = re.compile(r"[ \t\n\r\f]+")
_TAG = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)|<[^>]*>?", re.DOTALL | re.IGNORECASE)
_LOST = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; a line break in them is one that the reader sees.

    `styles` are of STRONG, EMPHASIS, CODE, STRUCK. `link` is where a click leads. With a `picture` (its
    address) the words are those that stand for it.
    """

    text: str
    styles: tuple[str, ...] = ()
    link: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands by itself. `kind` is PARAGRAPH, HEADING (of a `level`), FENCED, RULE, TABLE, RAW,
    TITLE or DATE.

    `within` are the QUOTEs and ITEMs that it stands in, the outermost first; `marker` is the sign of the item
    that it begins. `rows` are a table's, each of cells; `aligned` says of each column "", "left", "center" or
    "right". `is_tight`: there is no room between it
    and the block before, as in most lists. `line` is where it begins, counted from the
    start of what was read at one time; blocks that differ only in that are equal.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    within: tuple[str, ...] = ()
    marker: str = ""
    is_tight: bool = False
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    aligned: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """The words alone: cells stand apart by a tab, rows by a line break."""
        if self.kind == TABLE:
            return "\n".join("\t".join(words(cell) for cell in row) for row in self.rows)
        return words(self.runs)


def words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


# --- within a paragraph ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    """Runs being put together: white space is one space, and none stands beside a line break."""

    runs: list[Run] = field(default_factory=list)
    wants_no_space: bool = True

    def add(self, text: str, styles: tuple[str, ...], link: str) -> None:
        found = _WHITE.sub(" ", _LOST.sub("\ufffd", text))
        if self.wants_no_space:
            found = found.removeprefix(" ")
        if found:
            self.wants_no_space = found[-1] == " "
            self._put(Run(found, styles, link))

    def break_line(self, styles: tuple[str, ...], link: str) -> None:
        self.end()
        self._put(Run("\n", styles, link))
        self.wants_no_space = True

    def picture(self, alt: str, address: str, styles: tuple[str, ...], link: str) -> None:
        alt = _WHITE.sub(" ", _LOST.sub("\ufffd", alt)).strip()
        self.runs.append(Run(alt, styles, link, picture=address))
        self.wants_no_space = False

    def end(self) -> None:
        """Takes away the space at the end."""
        last = self.runs[-1] if self.runs else None
        if last and not last.picture and last.text.endswith(" "):
            self.runs[-1] = replace(last, text=last.text[:-1])
            if not self.runs[-1].text:
                self.runs.pop()

    def _put(self, run: Run) -> None:
        last = self.runs[-1] if self.runs else None
        if last and (last.styles, last.link, last.picture) == (run.styles, run.link, ""):
            self.runs[-1] = Run(last.text + run.text, run.styles, run.link)
        else:
            self.runs.append(run)


def runs_of(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """What the inline tokens of a paragraph show."""
    line = _Line()
    styles: list[str] = []
    link = ""
    for token in tokens:
        kind = token.type
        now = tuple(sorted(set(styles)))
        if kind in ("text", "text_special"):
            line.add(token.content, now, link)
        elif kind == "code_inline":
            line.add(token.content, tuple(sorted({*styles, CODE})), link)
        elif kind == "softbreak":
            line.add(" ", now, link)
        elif kind == "hardbreak":
            line.break_line(now, link)
        elif kind == "image":
            line.picture(_alt(token), str(token.attrs.get("src", "")), now, link)
        elif kind == "link_open":
            link = str(token.attrs.get("href", ""))
        elif kind == "link_close":
            link = ""
        elif kind == "html_inline" and token.content.lower().startswith("<br"):
            line.break_line(now, link)
        elif token.tag in _STYLES:
            if token.nesting > 0:
                styles.append(_STYLES[token.tag])
            elif _STYLES[token.tag] in styles:
                styles.remove(_STYLES[token.tag])
    line.end()
    return tuple(line.runs)


def _alt(image: Token) -> str:
    """The words for a picture, without the signs of emphasis and links within them."""
    return "".join(
        _alt(child) if child.children else " " if "break" in child.type else child.content
        for child in image.children or ()
    )


# --- blocks ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _List:
    """A list being read: its next number, or its bullet."""

    bullet: str
    number: int

    def marker(self) -> str:
        if self.bullet:
            return self.bullet
        self.number += 1
        return f"{self.number - 1}."


@dataclass(slots=True)
class _Place:
    """Where among quotes and lists the tokens have come to."""

    within: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    line: int = 0
    is_new_list: bool = False

    def block(
        self, kind: str, runs: tuple[Run, ...] = (), *, level: int = 0, is_tight: bool = False
    ) -> Block:
        marker, is_tight = " ".join(self.markers), is_tight and not self.is_new_list
        self.markers.clear()
        self.is_new_list = False
        return Block(kind, runs, level, tuple(self.within), marker, is_tight, line=self.line)


def blocks_of(tokens: Sequence[Token], runs: Callable[[str], tuple[Run, ...]]) -> Iterator[Block]:
    """The blocks that these tokens come to, in the order of the page; `runs` reads what is in a paragraph."""
    place = _Place()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.map:
            place.line = token.map[0]
        if token.type == "table_open":
            end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
            yield _table(tokens[index:end], place, runs)
            index = end
        elif token.type in _CONTAINERS:
            yield from _go_in_or_out(token, place)
        elif token.type == "inline":
            yield _words(tokens[index - 1], runs(token.content), place)
        elif token.type in ("fence", "code_block"):
            yield place.block(FENCED, (Run(_LOST.sub("\ufffd", token.content.rstrip("\n"))),))
        elif token.type == "hr":
            yield place.block(RULE)
        elif token.type == "html_block":
            text = _WHITE.sub(" ", _TAG.sub("", token.content)).strip()
            yield place.block(RAW, (Run(text),) if text else ())
        index += 1


_CONTAINERS = frozenset(
    f"{name}_{way}"
    for name in ("blockquote", "bullet_list", "ordered_list", "list_item")
    for way in ("open", "close")
)


def _go_in_or_out(token: Token, place: _Place) -> Iterator[Block]:
    name, _, way = token.type.rpartition("_")
    if name == "blockquote":
        place.within.append(QUOTE) if way == "open" else place.within.pop()
    elif name == "list_item" and way == "open":
        place.within.append(ITEM)
        place.markers.append(place.lists[-1].marker())
    elif name == "list_item":
        if place.markers:  # an item with nothing in it is an item all the same
            yield place.block(PARAGRAPH, is_tight=True)
        place.within.pop()
    elif way == "open":
        place.is_new_list = place.is_new_list or not place.lists
        bullet = _BULLETS[len(place.lists) % len(_BULLETS)] if name == "bullet_list" else ""
        place.lists.append(_List(bullet, int(token.attrs.get("start", 1))))
    else:
        place.lists.pop()


def _words(opening: Token, runs: tuple[Run, ...], place: _Place) -> Block:
    if opening.type == "heading_open":
        return place.block(HEADING, runs, level=int(opening.tag[1:]))
    return place.block(PARAGRAPH, runs, is_tight=opening.hidden)


def _table(tokens: Sequence[Token], place: _Place, runs: Callable[[str], tuple[Run, ...]]) -> Block:
    rows: list[list[tuple[Run, ...]]] = []
    aligned: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            aligned.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
        elif token.type == "inline":
            rows[-1].append(runs(token.content))
    block = place.block(TABLE)
    return Block(
        TABLE,
        within=block.within,
        marker=block.marker,
        rows=tuple(map(tuple, rows)),
        aligned=tuple(aligned),
        line=block.line,
    )
