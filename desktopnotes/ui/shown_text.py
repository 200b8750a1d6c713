"""What a Tk text shows of a text that may hold what Tk cannot bear: NUL, and lines of a megabyte."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

LINE_LIMIT = 2000
"""The longest line that Tk gets: to lay one out takes a time that grows with the square of its length."""

_HALF = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]|[\ud800-\udfff]")
"""Half a character, as Python has it, or in three pieces, as it comes from Tk."""

_KEPT = 16
"""So many long texts are remembered: every key asks several times for the one it changes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as Tk gets it. Line breaks stand in it at `added`, which the text itself has not."""

    text: str
    added: tuple[int, ...] = ()
    is_broken: bool = False

    def place(self, offset: int) -> int:
        """Where in what is shown a place of the text itself is; at an added break, behind that."""
        if not self.added:
            return offset
        return offset + bisect_right([place - index for index, place in enumerate(self.added)], offset)

    def offset(self, place: int) -> int:
        """The place of the text itself that is shown at `place`."""
        return place - bisect_left(self.added, place)


def taken_in(chars: str) -> str:
    """What comes from a key, the clipboard or an input method, as a text of the notebook can hold it.

    Line breaks of all systems are one; NUL is a picture of itself, half a character one of what is lost.
    """
    chars = chars.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\u2400")
    return chars if chars.isascii() else _HALF.sub("\ufffd", chars)


def shown(text: str) -> Shown:
    """NUL, where Tk would cut the text off, is a picture of itself, and long lines are broken.

    Tk takes a time for one line that grows with the square of its length. A break takes the place of a space
    where there is one, so that most places are the same in both.
    """
    return _shown(text) if len(text) > LINE_LIMIT else Shown(text.replace("\0", "\u2400"))


@lru_cache(_KEPT)
def _shown(text: str) -> Shown:
    text = text.replace("\0", "\u2400")
    lines, added, place = [], [], 0
    for line in text.split("\n"):
        start = 0
        while len(line) - start > LINE_LIMIT:
            space = line.rfind(" ", start + 1, start + LINE_LIMIT)
            end = space if space > 0 else start + LINE_LIMIT
            lines.append(line[start:end])
            place += end - start
            if space <= 0:
                added.append(place)
            place += 1
            start = end + (space > 0)
        lines.append(line[start:])
        place += len(line) - start + 1
    whole = "\n".join(lines)
    return Shown(whole, tuple(added), whole != text)
