"""Texts folded for finding: without case, accents and kinds of spaces, each letter's place kept.

A text is folded character by character, so the folded text of two joined pieces is that of the one and that
of the other joined, and every place in it leads back to the very character that it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from unicodedata import combining, normalize

Span = tuple[int, int]
"""From a character of a text up to but not including another."""

_SPACES = "\n\t\r\x0b\x0c\x1c\x1d\x1e\x1f"
_PLAIN = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"}
"""What nobody types who looks for it."""


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CAPITALS = re.compile(r"[A-Z]+")


@cache
def _folded_char(char: str) -> str:
    if char.isspace():
        return " "
    plain = normalize("NFKD", normalize("NFKD", _PLAIN.get(char, char)).casefold())
    return "".join(" " if sign.isspace() else sign for sign in plain if not combining(sign))


def _folded_run(run: re.Match[str]) -> str:
    return "".join(map(_folded_char, run[0]))


def _lower_run(run: re.Match[str]) -> str:
    return run[0].lower()


def fold(text: str) -> str:
    """The text as it is looked through: `Éric’s` and `ERIC'S` are the same, and a line break is a space."""
    folded = text
    if not text.isascii():
        folded = _FOREIGN.sub(_folded_run, text)
    # What is folded must not be made lower once more: some letters would become others.
    folded = folded.lower() if folded.isascii() else _CAPITALS.sub(_lower_run, folded)
    for space in _SPACES:
        if space in folded:
            folded = folded.replace(space, " ")
    return folded


def places(text: str, wanted: Iterable[str]) -> tuple[Span, ...]:
    """Where the folded words `wanted` stand in `text`, in order; those that overlap are one.

    A letter belongs to a place as a whole, with the accents that follow it: “ﬁ” is found by "i" and marked.
    """
    folded = fold(text)
    found = sorted({span for word in wanted if word for span in _finds(folded, word)})
    sources = _sources(text) if found and not _is_one_to_one(text) else None
    spans: list[Span] = []
    for first, last in found:
        span = (first, last) if sources is None else _in_text(sources, len(text), first, last)
        if spans and span[0] < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], span[1]))
        else:
            spans.append(span)
    return tuple(spans)


def _is_one_to_one(text: str) -> bool:
    """Whether each letter is folded to one, so that places are the same before and after."""
    return all(len(_folded_char(char)) == 1 for run in _FOREIGN.findall(text) for char in run)


def _finds(folded: str, word: str) -> list[Span]:
    finds: list[Span] = []
    start = folded.find(word)
    while start >= 0:
        finds.append((start, start + len(word)))
        start = folded.find(word, start + len(word))
    return finds


def _sources(text: str) -> list[int]:
    """For each character of the folded text, which one of `text` it came from."""
    return [index for i, char in enumerate(text) for index in repeat(i, len(_folded_char(char)))]


def _in_text(sources: list[int], length: int, first: int, last: int) -> Span:
    start, last_char = sources[first], sources[last - 1]
    after = bisect_left(sources, last_char + 1, lo=last - 1)
    return start, sources[after] if after < len(sources) else length
