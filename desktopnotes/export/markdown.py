"""Words and notes made fit to stand in a post: shown as they were typed, and kept in their place.

A title is plain words, no Markdown at all. A note is Markdown, of which links, emphasis, code and formulas
are meant; whatever would make it more than a paragraph is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktopnotes.export import line_starts
from desktopnotes.export.inline import contained

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_MAY_BE_AWKWARD = re.compile(r"[*`~\[\]\\$_<#]")
"""Looks much faster through a text than the next one, and most texts hold none of these."""

_AWKWARD = re.compile(r"[*`~\[\]\\$]|(?<![^\W_])_|_(?![^\W_])|<[A-Za-z/!?]|(?<![^\s(])#")
"""What makes a paragraph worth the parser's time: everything else means nothing within a line."""

_IN_A_TITLE = re.compile(
    r"[\\`*\[\]<$]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w+;)|(?<=\s)#(?=#*$)|\{(?=[^{}]*\}$)"
)
"""Also what gives a heading an anchor, a class to some programs: `{#x}` at its end."""
_SPELLED = {"<": "&lt;", "&": "&amp;"}
"""Not every program knows `\\<` and `\\&`."""

_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_OPENING_FENCE = re.compile(r"```[^`]*$|~~~")
_CLOSING_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})[ \t]*")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_UNSAFE_IN_ADDRESS = re.compile(
    r"[\s<>()\[\]{}\"`\\|^\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
    r"|%(?![0-9A-Fa-f]{2})"
)

_TURNS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
"""What makes the letters behind it run another way, and what ends that."""

_MAY_TURN = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a note that stands between blank lines."""

    text: str
    is_code: bool = False


def normalised(text: str) -> str:
    """Lines ended by LF alone, and no character that cannot be seen or written."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def turned_back(text: str) -> str:
    """The text such that what turns letters round in it turns none of those that follow it."""
    ends: list[str] = []
    for sign in _MAY_TURN.findall(text):
        if sign in _TURNS:
            ends.append(_TURNS[sign])
        elif sign == "\u2069" and sign in ends:  # which ends all that was begun within it, too
            del ends[len(ends) - 1 - ends[::-1].index(sign) :]
        elif ends[-1:] == [sign]:
            ends.pop()
    return text + "".join(reversed(ends))


def plain(text: str) -> str:
    """Words that are no Markdown, on one line, such that Markdown shows just them."""
    words = turned_back(" ".join(normalised(text).split()))
    return _IN_A_TITLE.sub(lambda sign: _SPELLED.get(sign[0], f"\\{sign[0]}"), words)


def plain_line(text: str) -> str:
    """As `plain`, for words that begin a line."""
    return line_starts.escaped(plain(text))


def destination(address: str) -> str:
    """An address as it stands in the round brackets of a link."""
    return _UNSAFE_IN_ADDRESS.sub(lambda sign: _percent(sign[0]), normalised(address).strip())


def _percent(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))


def link(words: str, address: str) -> str:
    """`words` are Markdown already, without links in them."""
    if words in ("x", "X"):
        words = f"&#{ord(words)};"  # else a list's item with it is a box that is ticked, to Hugo
    return f"[{words}]({destination(address)})"


# --- notes -------------------------------------------------------------------------------------------


def blocks(text: str, *, escape_dollars: bool = False, raw_html: bool = False) -> tuple[Block, ...]:
    """The paragraphs and the code of a note, each fit to stand beside those of other notes.

    `escape_dollars`: a `$` that begins no formula is escaped, as one of another note might close it.
    `raw_html`: tags are left as they are.
    """
    if "\n" not in text and not _FENCE.match(text):
        return (_paragraph(text, escape_dollars, raw_html),)
    return tuple(
        block if block.is_code else _paragraph(block.text, escape_dollars, raw_html) for block in _split(text)
    )


def _paragraph(text: str, escape_dollars: bool, raw_html: bool) -> Block:
    text = text if text.isascii() else turned_back(text)
    if _MAY_BE_AWKWARD.search(text) and _AWKWARD.search(text):
        return Block(contained(text, escape_dollars=escape_dollars, raw_html=raw_html))
    return Block(text)


def holds_code(text: str) -> bool:
    return _has_fence(text) and any(block.is_code for block in _split(text))


def _has_fence(text: str) -> bool:
    """Asks for the signs first: of each note, and few have any."""
    return ("```" in text or "~~~" in text) and bool(_FENCE.search(text))


def ends_in_code(text: str) -> bool:
    return holds_code(text) and _split(text)[-1].is_code


def _split(text: str) -> tuple[Block, ...]:
    if not _has_fence(text):
        return tuple(Block(part) for part in _BLANK_LINES.split(text.strip("\n")))
    return tuple(_with_code(text))


def _with_code(text: str) -> Iterator[Block]:
    lines = text.split("\n")
    done = 0
    for fence in _closed_fences(lines):
        assert fence.map is not None  # a token of a block always knows its lines
        yield from _paragraphs(lines[done : fence.map[0]])
        yield Block(f"{fence.markup}{fence.info}\n{fence.content}{fence.markup}", is_code=True)
        done = fence.map[1]
    yield from _paragraphs(lines[done:])


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    text = "\n".join(map(_without_fence, lines)).strip("\n")
    return (Block(part) for part in _BLANK_LINES.split(text) if part.strip())


def _without_fence(line: str) -> str:
    """One indented too far to be a fence would become one when the indentation goes."""
    words = line.lstrip(" \t")
    return f"\\{words}" if _OPENING_FENCE.match(words) else words


def _closed_fences(lines: list[str]) -> list[Token]:
    """The blocks of code that are closed; a fence that nothing closes is made plain text in `lines`."""
    while True:
        tokens: list[Token] = []
        parser = _fences_only()
        parser.block.parse("\n".join(lines), parser, {}, tokens)
        fences = [token for token in tokens if token.type == "fence"]
        if not fences or is_closed(fences[-1], lines):
            return fences
        assert fences[-1].map is not None
        first = fences[-1].map[0]
        lines[first] = lines[first].replace(fences[-1].markup[0], f"\\{fences[-1].markup[0]}", 1)


@lru_cache(maxsize=1)
def _fences_only() -> Any:
    # Takes a twentieth of a second, and most notes do not need it.
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable("fence")


def is_closed(fence: Token, lines: list[str]) -> bool:
    """Whether a block of code, which begins in one of the lines, also ends in one."""
    assert fence.map is not None
    last = _CLOSING_FENCE.fullmatch(lines[fence.map[1] - 1])
    return fence.map[1] - fence.map[0] > 1 and last is not None and last["fence"].startswith(fence.markup)
