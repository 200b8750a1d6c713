"""How many words a text has, and how long it takes to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, “How many words do we read per minute?”, Journal of
Memory and Language 109 (2019)."""

_SIGNS_A_MINUTE = 500
"""Of Chinese and Japanese, as the big sites of posts reckon it."""

_SIGN = re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
"""Kana and Han: scripts that put no space between words, so that each sign counts as one."""

_WORD = re.compile(r"[^\W_](?:[^\s–—|/…]*[^\W_])?")
"""From a letter or digit to the last one before a space or a dash: don't, well-known and 3.14 are one."""


@dataclass(frozen=True, slots=True)
class Count:
    words: int = 0
    signs: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.words + other.words, self.signs + other.signs)

    @property
    def in_all(self) -> int:
        """Words, with each sign of a script without spaces as one."""
        return self.words + self.signs

    @property
    def minutes(self) -> int:
        """To read it, to the nearest whole one; 1 at least where there is anything to read."""
        exactly = self.words / _WORDS_A_MINUTE + self.signs / _SIGNS_A_MINUTE
        return max(1, round(exactly)) if self.in_all else 0


@lru_cache(maxsize=16384)
def count(text: str) -> Count:
    """Of what is read: the words as they are shown, no markup."""
    if text.isascii():
        return Count(len(_WORD.findall(text)))
    without, signs = _SIGN.subn(" ", text)
    return Count(len(_WORD.findall(without)), signs)
