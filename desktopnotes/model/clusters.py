"""What a reader sees as one sign, though it is several characters: a family, a flag, a letter with accent."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_EXTENDING = (
    (0x200C, 0x200D),  # the joiner, and what keeps letters apart
    (0x1F3FB, 0x1F3FF),  # colours of skin
    (0xE0020, 0xE007F),  # what the flag of a region is spelt with
)
_FLAG_LETTERS = (0x1F1E6, 0x1F1FF)
_LONGEST = 64
"""A sign has so many characters at the most; one of more is taken away in pieces."""


def start_before(text: str, offset: int) -> int:
    """Where Backspace at `offset` deletes from: the start of a sign, or of its last mark.

    In scripts that are written by marks behind letters, as those of India, each was a key of its own.
    """
    if offset <= 0:
        return 0
    place = sign_before(text, offset)
    base = text[place]
    is_european = base < "\u0530" or "\u1e00" <= base < "\u2000"
    is_whole = is_european or _is_picture(base)
    return place if is_whole else offset - 1


def sign_before(text: str, offset: int) -> int:
    """Where the sign begins that ends at `offset`, or that `offset` is in the midst of; 0 at the start."""
    if offset <= 0:
        return 0
    place = _a_start(text, max(0, offset - _LONGEST))
    while (end := end_behind(text, place)) < offset:
        place = end
    return place


def _a_start(text: str, place: int) -> int:
    """Where a sign begins for sure, at `place` or not far before it."""
    least = max(0, place - 4 * _LONGEST)
    while place > least and (
        _is_extending(text[place]) or _is_in(text[place], _FLAG_LETTERS) or text[place - 1] == _JOINER
    ):
        place -= 1
    return place


def end_behind(text: str, offset: int) -> int:
    """Where the sign ends that begins at `offset`; it is that which Delete takes away."""
    end = offset + 1
    while end < len(text) and end - offset < _LONGEST and _goes_on(text, offset, end):
        end += 1
    return min(end, len(text))


def _goes_on(text: str, start: int, place: int) -> bool:
    """Whether the character at `place` is of the sign that began at `start`."""
    char, before = text[place], text[place - 1]
    if "\n" in (char, before):
        return False
    if _is_extending(char):
        return True
    if _is_in(before, _FLAG_LETTERS) and _is_in(char, _FLAG_LETTERS):
        return place - start == 1
    return before == _JOINER and _is_picture(char) and _is_picture(text[start])


def _is_extending(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or any(_is_in(char, some) for some in _EXTENDING)


def _is_picture(char: str) -> bool:
    return ord(char) >= 0x1F000 or (char > "\u2000" and unicodedata.category(char) in ("So", "Sm"))


def _is_in(char: str, some: tuple[int, int]) -> bool:
    return some[0] <= ord(char) <= some[1]
