"""Write-ups, introductions, closings: Markdown of any kind, left as it was typed but for what is not safe.

That is raw HTML, links that no reader should follow, and code that would swallow what comes after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktopnotes.export import markdown
from desktopnotes.export.inline import Edit, applied, edits, parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_BEFORE_WORDS = re.compile(r"(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))+(?=\S)")
_MAY_BE_UNSAFE = re.compile(r"<[A-Za-z/!?]|\][(:]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of any Markdown. `flows`: its first block is a paragraph, so words may stand before it in the
    line. `first_bullet` and `last_bullet` are the signs of the list it begins and ends with, if it does.
    """

    text: str = ""
    flows: bool = True
    first_bullet: str = ""
    last_bullet: str = ""


@lru_cache(maxsize=512)
def passage(text: str, *, raw_html: bool = False) -> Passage:
    """The text as it was typed, safe to publish, and what it begins and ends with.

    `raw_html`: tags of HTML, and whole blocks of it, are left as they are.
    """
    lines = markdown.normalised(text).rstrip().strip("\n").split("\n")
    references: dict[str, Any] = {}
    tokens: list[Token] = []
    reader = parser(raw_html)
    reader.block.parse("\n".join(lines), reader, references, tokens)
    if not tokens:
        return Passage("\n".join(lines), flows=False)
    fences = [token.map for token in tokens if token.type == "fence" and token.level == 0 and token.map]
    verbatim = {row for rows in fences for row in range(*rows)}
    if _MAY_BE_UNSAFE.search(text):
        _make_safe(tokens, lines, references.get("references", {}), raw_html)
        if not raw_html:
            _keep_tags_within_paragraphs(lines)
    lines = [line if row in verbatim else _indented_by_spaces(line) for row, line in enumerate(lines)]
    if tokens[-1].type == "fence" and not markdown.is_closed(tokens[-1], lines):
        lines.append(tokens[-1].markup)
    flows = tokens[0].type == "paragraph_open" and tokens[0].map is not None and tokens[0].map[0] == 0
    return Passage(
        "\n".join(lines).lstrip(" " if flows else ""),
        flows=flows,
        first_bullet=tokens[0].markup if tokens[0].type == "bullet_list_open" else "",
        last_bullet=tokens[-1].markup if tokens[-1].type == "bullet_list_close" else "",
    )


def _indented_by_spaces(line: str) -> str:
    """A tab reaches to a fixed column, so indenting a line by two more would change what it means."""
    before = _BEFORE_WORDS.match(line)
    return before[0].expandtabs(4) + line[before.end() :] if before else line


def _make_safe(tokens: list[Token], lines: list[str], references: dict[str, Any], raw_html: bool) -> None:
    """Carries the edits of every paragraph, heading and cell over into the lines that it came from."""
    done = [0] * len(lines)  # how far each line was looked through: the cells of a table share one
    for token in tokens:
        if token.type == "inline" and token.map is not None:
            unsafe = edits(token.content, references, joined=False, raw_html=raw_html)
            start = 0
            for row, content in enumerate(token.content.split("\n"), token.map[0]):
                here = [edit for edit in unsafe if start <= edit.start <= start + len(content)]
                done[row] = _edit_line(lines, row, done[row], content, [_moved(e, -start) for e in here])
                start += len(content) + 1


def _edit_line(lines: list[str], row: int, done: int, content: str, wanted: list[Edit]) -> int:
    """Edits `content`, which stands in the line somewhere after `done`; returns where it ends."""
    words = content.strip(" \t")
    column = lines[row].find(words, done)
    if column < 0:  # a cell with an escaped bar in it does not stand in the line letter by letter
        if wanted:
            lines[row] = lines[row][:done] + _MAY_BE_UNSAFE.sub(_undone, lines[row][done:])
        return done
    before = len(content) - len(content.lstrip(" \t"))
    edited = applied(words, [_moved(edit, -before) for edit in wanted])
    lines[row] = lines[row][:column] + edited + lines[row][column + len(words) :]
    return column + len(edited)


def _undone(unsafe: re.Match[str]) -> str:
    return f"&lt;{unsafe[0][1:]}" if unsafe[0].startswith("<") else f"\\{unsafe[0]}"


def _keep_tags_within_paragraphs(lines: list[str]) -> None:
    """Code or a link's title may go on in a line that begins like a tag, where HTML would cut them short.

    Four more spaces mean nothing within a paragraph, but keep HTML from beginning there.
    """
    while rows := _rows_of_html(lines):
        for row in rows:
            lines[row] = lines[row].replace("<", "    <", 1)


def _rows_of_html(lines: list[str]) -> list[int]:
    tokens: list[Token] = []
    _with_html().block.parse("\n".join(lines), _with_html(), {}, tokens)
    return [token.map[0] for token in tokens if token.type == "html_block" and token.map]


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, start=edit.start + by, end=edit.end + by)


@lru_cache(maxsize=1)
def _with_html() -> Any:
    """As most sites read Markdown."""
    from markdown_it import MarkdownIt  # see above

    return MarkdownIt("commonmark", {"html": True}).enable("table")
