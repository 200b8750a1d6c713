"""Texts that are too long for their place, cut with … in one line: by their letters, or by their width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

_CUT = "…"

_UNSEEN = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ") | dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""
)
"""What has no place in a line of the window: control characters, and those that turn the text behind them."""


def in_a_line(text: str) -> str:
    """The text for a title or a message: in one line, and nothing in it shows the words around it otherwise.

    A title that ends in U+202E would show what the program says behind it from right to left, NUL ends a text
    for the window manager, and a name with line breaks can look like another message.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_UNSEEN)


def to_letters(text: str, most: int, *, at_a_word: bool = False) -> str:
    """The text, or as much of its beginning as makes `most` letters with …; all white space is one space."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    begun = words[: most - 1]
    if at_a_word:
        return f"{begun.rpartition(' ')[0] or begun} {_CUT}"
    return begun.rstrip() + _CUT


def to_width(text: str, room_px: int, width: Callable[[str], int]) -> str:
    """The text, or as much of its beginning as there is room for with …; line breaks become spaces.

    `width` measures a text in the font that shows it, in the unit of `room_px`.
    """
    line, begun = _line_and_beginning(text, room_px)
    if len(begun) == len(line) and width(line) <= room_px:
        return line
    lengths = range(len(begun))
    fits = bisect_right(lengths, room_px, key=lambda length: width(begun[:length].rstrip() + _CUT))
    return begun[: max(0, fits - 1)].rstrip() + _CUT


def to_width_of_letters(text: str, room_px: int, width: Callable[[str], int]) -> str:
    """As `to_width`, where `width` measures a letter and a text is as wide as its letters: much faster."""
    line, begun = _line_and_beginning(text, room_px)
    ends_px = list(accumulate(map(width, begun)))
    if len(begun) == len(line) and (not line or ends_px[-1] <= room_px):
        return line
    return begun[: bisect_right(ends_px, room_px - width(_CUT))].rstrip() + _CUT


def _line_and_beginning(text: str, room_px: int) -> tuple[str, str]:
    """The text in one line, and what there might be room for: a letter takes a pixel at the least."""
    line = " ".join(text.split("\n"))
    return line, line[: max(0, room_px) + 1]
