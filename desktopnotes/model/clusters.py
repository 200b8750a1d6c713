"""Which characters are one sign to the reader: an emoji with its skin, a letter with its accents."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"


def start(line: str, offset: int) -> int:
    """Where the sign before `offset` begins; in the midst of one, where that begins; at 0, 0."""
    place = max(offset - 1, 0)
    while place > 0 and not _begins(line, place):
        place -= 1
    return place


def end(line: str, offset: int) -> int:
    """Where the sign behind `offset` ends; at the end of the line, there."""
    place = min(offset + 1, len(line))
    while place < len(line) and not _begins(line, place):
        place += 1
    return place


def erased(line: str, offset: int) -> int:
    """Up to where Backspace deletes: the whole sign, but of a letter with vowels written on it only the last.

    Those are the marks of one script, such as Hebrew or Hindi, which are typed one after the other.
    """
    first = start(line, offset)
    if offset - first > 1 and _is_typed_alone(line[offset - 1]):
        return offset - 1
    return first


def _is_typed_alone(char: str) -> bool:
    """Whether it is a mark of one script only; those for all of them are named so."""
    if not unicodedata.category(char).startswith("M"):
        return False
    return not unicodedata.name(char, "").startswith(("COMBINING", "VARIATION"))


def _begins(line: str, place: int) -> bool:
    """Whether a sign begins at `place`, which is neither the start of the line nor its end."""
    char, before = line[place], line[place - 1]
    if char < "\u0300":
        return True
    if _is_flag_letter(char) and _is_flag_letter(before):
        return _flag_letters_before(line, place) % 2 == 0
    if before == _JOINER:
        return unicodedata.category(char) != "So" and char < "\U0001f000"
    return not _extends(char) or before.isspace()


def _extends(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    is_skin = "\U0001f3fb" <= char <= "\U0001f3ff"
    is_tag = "\U000e0020" <= char <= "\U000e007f"
    return is_skin or is_tag or char in (_JOINER, "\u200c") or unicodedata.category(char).startswith("M")


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(line: str, place: int) -> int:
    """How many letters of flags stand before a place without a gap; two are a flag."""
    count = 0
    while count < place and _is_flag_letter(line[place - count - 1]):
        count += 1
    return count
