"""What a text says, without how it is written: its letters and where its words meet.

Case, accents, marks and spaces do not count, so that what somebody typed can be compared with captions that
have none of them; nor does it matter whether a word is written in one or in two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces, so that a word may end at any letter."""

_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")

_FILLERS = frozenset(("uh", "uhm", "um", "er", "erm", "hm", "hmm", "mm", "ah", "oh", "ahm", "eh", "euh"))
"""What nobody quotes and captions sometimes have; without accents, so that “ähm” is among them."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The letters and digits of a text, and the offsets in them at which words begin or end."""

    letters: str
    edges: frozenset[int]

    def says(self, parts: Iterable[Spelled]) -> bool:
        """Whether these parts stand in it in their order, each in one piece and of whole words."""
        place = 0
        for part in parts:
            place = self._behind(part, place)
            if place < 0:
                return False
        return True

    def _behind(self, part: Spelled, place: int) -> int:
        while (place := self.letters.find(part.letters, place)) >= 0:
            end = place + len(part.letters)
            if place in self.edges and end in self.edges:
                return end
            place += 1
        return -1


def spelled(text: str, *, without_fillers: bool = False) -> Spelled:
    """The letters of a text; `without_fillers` leaves “um” and its like out."""
    said = _WORD.findall(_plain(text))
    if without_fillers:
        said = [word for word in said if word not in _FILLERS]
    edges, length = {0}, 0
    for word in said:
        length += len(word)
        edges.add(length)
    return Spelled("".join(said), frozenset(edges))


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if not _is_accent(char))


def _is_accent(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def start_around(text: str, offset: int) -> int:
    """Where the word begins in whose midst `offset` lies; `offset` itself, where that is between words."""
    while 0 < offset < len(text) and _go_together(text, offset):
        offset -= 1
    return offset


def end_around(text: str, offset: int) -> int:
    """Where that word ends."""
    while 0 < offset < len(text) and _go_together(text, offset):
        offset += 1
    return offset


def _go_together(text: str, offset: int) -> bool:
    """Whether the letters before and behind an offset are of one word."""
    before, behind = text[offset - 1], text[offset]
    if behind in "'’":
        return _is_letter(before) and _is_letter(text[offset + 1 : offset + 2])
    if before in "'’":
        return _is_letter(behind) and offset > 1 and _is_letter(text[offset - 2])
    return _is_letter(before) and _is_letter(behind)


def _is_letter(char: str) -> bool:
    """Also an accent that stands alone and a sign that stands for letters (™), as `spelled` reads them."""
    return bool(char) and (
        char.isalnum()
        or _is_accent(char)
        or any(part.isalnum() for part in unicodedata.normalize("NFKD", char))
    )
