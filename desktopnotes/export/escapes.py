"""Signs that only one program takes for something, spelled so that they show as themselves there.

A sign has many spellings that Markdown shows alike: `[`, `\\[`, `&#91;`, `&#091;`, … One that would mean
something takes the next one, and so does one that is spelled otherwise already: so each text has another
outcome, and `unescaped` gives back just what was there. Code, formulas and addresses are let alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})")

_OPAQUE = r"""
    (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[^`]|(?!(?<!`)(?P=ticks)(?!`))`)*?(?<!`)(?P=ticks)(?!`)  # code
  | `+
  | \$\$(?:[^$\\\n]|\\.|\n(?![ \t]*\n)|\$(?!\$))+\$\$                                              # formula
  | <[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>                                                             # address
  | (?<=\])\(<?(?:(?!&\#0*\d+;)[^\s()<>\[\]`\\])*(?=[)>\s])
  | https?://(?:(?!&\#0*\d+;)[^\s<>()\[\]`\\|])*
  | (?<![^\n])[ \t>]*=+[ \t]*(?=\n|\Z)                                                 # below a heading
"""

_SMALL_FORMULA = r"\$(?![\s$])(?:[^$\\\n]|\\.|\n(?![ \t]*\n))+(?<!\s)\$(?!\d)"


@dataclass(frozen=True, slots=True)
class Token:
    """A sign that may be meant, at its spelling `level` (0: as typed), else some text of no concern."""

    sign: str
    level: int
    text: str


Means = Callable[[Sequence[Token], int], bool]
"""Whether the sign at an index means something. It may ask for the signs before it, and for the signs and the
levels after it (of which the levels are those of the text as it was typed)."""


@dataclass(frozen=True, slots=True)
class Escapes:
    """`meant` says of each sign when it is. `spares_tables`: lines of tables are let alone.

    `formula` turns what stands in `$$…$$` (1: to the program, -1: back), of a program that finds something in
    there all the same; `$…$` is then no formula to it. `perhaps` finds whatever may be meant as it is typed,
    or more; where it finds nothing is passed over, as reading sign by sign takes long. `by_line`: what a sign
    means does not hang on the line below.
    """

    meant: tuple[tuple[str, Means], ...]
    perhaps: re.Pattern[str]
    spares_tables: bool = False
    formula: Callable[[str, int], str] | None = None
    by_line: bool = True

    def escaped(self, text: str) -> str:
        return "".join(self._turned(text, 1))

    def unescaped(self, text: str) -> str:
        return "".join(self._turned(text, -1))

    def _turned(self, text: str, by: int) -> Iterator[str]:
        perhaps = _perhaps("".join(sign for sign, _ in self.meant), self.perhaps.pattern, bool(self.formula))
        for part, is_text in _parts(text, self.spares_tables):
            if not is_text or not perhaps.search(part):
                yield part
                continue
            for piece in _pieces(part, self.by_line):
                yield self._text_turned(piece, by) if perhaps.search(piece) else piece

    def _text_turned(self, text: str, by: int) -> str:
        meant = dict(self.meant)
        pattern = _pattern("".join(meant), small_formulas=self.formula is None)
        tokens = [_token(found, meant) for found in pattern.finditer(text)]
        pieces = _signs_turned(tokens, meant, by)
        if self.formula is not None:
            for index, piece in enumerate(pieces):
                if piece.startswith("$$") and len(piece) > 4:
                    pieces[index] = self.formula(piece, by)
        return "".join(pieces)


def _signs_turned(tokens: list[Token], meant: dict[str, Means], by: int) -> list[str]:
    pieces = [token.text for token in tokens]
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        means = meant.get(token.sign)
        if means is None or not means(tokens, index):
            continue
        turned = Token(token.sign, token.level + by, _spelled(token.sign, token.level + by))
        pieces[index] = turned.text
        if by < 0:  # what stands before it asks how this one was typed
            tokens[index] = turned
    return pieces


def _token(found: re.Match[str], meant: dict[str, Means]) -> Token:
    if escaped := found["escaped"]:
        return Token(escaped, 1, found[0])
    if code := found["code"]:
        return Token(chr(int(code)), 2 + len(found["zeros"]), found[0])
    return Token(found["sign"] or found[0][:1], 0, found[0])


def _spelled(sign: str, level: int) -> str:
    if level <= 0:
        return sign
    return f"\\{sign}" if level == 1 else f"&#{'0' * (level - 2)}{ord(sign)};"


@lru_cache(maxsize=8)
def _pattern(signs: str, small_formulas: bool) -> re.Pattern[str]:
    """Reads a text from one sign to the next; nothing in it is left out."""
    any_sign = re.escape(signs)
    codes = "|".join(str(ord(sign)) for sign in signs)
    return re.compile(
        rf"""
        \\(?P<escaped>[{any_sign}]) | \\.
      | &\#(?P<zeros>0*)(?P<code>{codes});
      | {_OPAQUE}
      | {_SMALL_FORMULA if small_formulas else "(?!)"}
      | (?P<sign>[{any_sign}])
      | \w+ | .
        """,
        re.VERBOSE | re.DOTALL,
    )


@lru_cache(maxsize=8)
def _perhaps(signs: str, typed: str, formulas: bool) -> re.Pattern[str]:
    """Finds what may be meant as it is typed, and whatever is spelled otherwise."""
    formula = r"|\$\$" if formulas else ""
    return re.compile(rf"{typed}|\\[{re.escape(signs)}]|&\#{formula}")


_EMPTY_LINE = re.compile(r"(?=\n[ \t]*\n)")


def _pieces(text: str, by_line: bool) -> Iterator[str]:
    """Pieces that can be read alone: lines, or whole paragraphs where code or a formula may go on for lines.

    A line begins with the end of the one above, which the signs in it ask for.
    """
    for paragraph in _EMPTY_LINE.split(text):
        if not by_line or "`" in paragraph or "$" in paragraph:
            yield paragraph
        else:
            first, *lines = paragraph.split("\n")
            yield first
            yield from (f"\n{line}" for line in lines)


# --- lines that are no text --------------------------------------------------------------------------


def _parts(text: str, spares_tables: bool) -> Iterator[tuple[str, bool]]:
    """The text in parts, and whether each is text: code is not, nor are tables where those are spared."""
    may_hold_code = "```" in text or "~~~" in text
    if not may_hold_code and not (spares_tables and "|" in text):
        yield text, True
        return
    lines = text.split("\n")
    spared = _rows_of_code(lines) if may_hold_code else set()
    if spares_tables:
        spared |= _rows_of_tables(lines, spared)
    start = 0
    for row in range(1, len(lines) + 1):
        if row == len(lines) or (row in spared) != (start in spared):
            end = "" if row == len(lines) else "\n"
            yield "\n".join(lines[start:row]) + end, start not in spared
            start = row


def _rows_of_code(lines: Sequence[str]) -> set[int]:
    rows: set[int] = set()
    fence = ""
    for row, line in enumerate(lines):
        if fence:
            rows.add(row)
            words = line.strip(" \t>")
            if len(words) >= len(fence) and set(words) == {fence[0]}:
                fence = ""
        elif opened := _FENCE.match(line):
            rows.add(row)
            fence = opened["fence"]
    return rows


_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def _rows_of_tables(lines: Sequence[str], code: set[int]) -> set[int]:
    rows: set[int] = set()
    for row, line in enumerate(lines):
        if row in code or row in rows or row == 0 or "|" not in line or not _DELIMITERS.fullmatch(line):
            continue
        if "|" in lines[row - 1] and row - 1 not in code:
            rows.add(row - 1)
            while row < len(lines) and lines[row].strip() and row not in code:
                rows.add(row)
                row += 1
    return rows
