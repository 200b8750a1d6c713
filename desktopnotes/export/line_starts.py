"""The signs that mean something at the start of a line: headings, lists, rules, tables, definitions.

A superset of CommonMark's, as sites and pandoc know more: in prose made of notes none of them is meant.
"""

from __future__ import annotations

import re

RAW_HTML = r"<(?=[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$)|/[A-Za-z]|[!?])"
"""What programs take for raw HTML; an address in `<>` is none, as a colon follows its first letters."""

_BEFORE_ALL = "|".join(
    (
        r"#{1,6}(?=\s|$)",  # heading
        r"#\.(?=\s)",  # numbered list (pandoc)
        r"[-+*](?=\s|$)",  # list
        r"\(\w{1,9}\)(?=\s)",  # numbered list (pandoc)
        r">",  # quotation
        r"=+\s*$",  # the line above is a heading
        r"-+\s*$",  # the same, a rule, front matter
        r"([-_*])(?:[ \t]*\1){2,}[ \t]*$",  # rule
        r"\+[-=+:]",  # grid table (pandoc)
        r"```[^`]*$|~~~",  # code
        RAW_HTML,
        r"\||(?=.*-)(?=.*\|)[|:\- \t]+$|:-+:?[ \t]*$",  # table, and the line below its head
        r":(?=\s|::)|~(?=\s)",  # definition; fenced part
        r"\[(?:[^\[\]\\]|\\.)*\]:",  # definition of a link or footnote
    )
)
_NUMBER = r"\d{1,9}(?=[.)](?:\s|$))|(?:[a-z](?=\.)|[A-Za-z](?=\)))(?=.\s)"
_ABBREVIATED = r"\*(?=\[[^\]]+\]:)"
"""These two mean something only together with the sign that comes next, so that one is escaped."""

_MEANT = re.compile(rf"(?:{_BEFORE_ALL})")
_BY_THE_NEXT = re.compile(rf"{_NUMBER}|{_ABBREVIATED}")
_DEFINITION = re.compile(r"\s*(?=\[(?:[^\[\]\\]|\\.)+\]:)", re.DOTALL)
"""At the start of a paragraph its name may go on in the next line."""


def means_something(line: str) -> bool:
    """Whether the line, less its indentation, would be more than words to some program."""
    words = line.lstrip()
    return bool(_MEANT.match(words) or _BY_THE_NEXT.match(words))


def escaped(paragraph: str, *, raw_html: bool = False) -> str:
    """The paragraph with none of its lines meaning anything by its start, and without indentation.

    `raw_html`: but HTML.

    A line that was escaped also stays a line of its own when shown, by two spaces at the end of the one
    before: whoever types a list into a note does not mean it as one sentence.
    """
    if paragraph[:2].isalpha() and "\n" not in paragraph:
        return paragraph.rstrip()  # as most do: all that means something has a sign among its first two
    lines: list[str] = []
    for line in paragraph.split("\n"):
        words = line.lstrip(" \t")
        first = _BY_THE_NEXT.match(words)
        if (first or _MEANT.match(words)) and not (raw_html and words.startswith("<")):
            at = first.end() if first else 0
            words = f"&lt;{words[1:]}" if words.startswith("<") else f"{words[:at]}\\{words[at:]}"
            _break_after_last(lines)
        lines.append(words)
    # Last, as brackets within its name do not count once they are escaped.
    return _without_definition("\n".join(lines).rstrip())


def _break_after_last(lines: list[str]) -> None:
    if lines and not lines[-1].endswith(("\\", "  ")):
        lines[-1] += "  "


def _without_definition(paragraph: str) -> str:
    definition = _DEFINITION.match(paragraph)
    return f"\\{paragraph[definition.end() :]}" if definition else paragraph
