"""Talks that changed places: before three texts are merged, each talk is put where it belongs in all of them.

A talk is known by the address that its title links: an item of a list that begins with a link, or a heading
that has one with all beneath it. Where talks were moved by hand their order stands, else that of the program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktopnotes.export.aligning import likeness

_LINK = r"\[(?:\\.|[^\]\\\n])*\]\((<[^>\n]*>|[^\s]+?)\)(?=[\s*_,:;.]|\Z)"
_ITEM = re.compile(rf"(?:[-*+]|\d{{1,9}}[.)])[ \t]+[*_]*{_LINK}")
_HEADING = re.compile(r"(#{1,6})[ \t]")
_LINKED_HEADING = re.compile(rf"#{{1,6}}[ \t].*?{_LINK}")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_LIKE = 0.4
"""So much of its words a paragraph shares with one that it came of (see `aligning`)."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Paragraphs and the white space behind each; None behind the last."""

    texts: Sequence[str]
    tails: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class _Talk:
    """Blocks `start` up to `end`, known by `key`."""

    key: str
    start: int
    end: int


def settled(before: Blocks, program: Blocks, mine: Blocks) -> tuple[Blocks, Blocks, Blocks]:
    """The three with their talks in one order; as they are where no talk was moved."""
    talks = [_talks(side.texts) for side in (before, program, mine)]
    old, new, own = talks
    if not (_is_moved(old, own) or _is_moved(old, new) or _is_moved(new, own)):
        return before, program, mine
    talks = _without_closing((before, program, mine), talks)
    old, new, own = talks
    if _is_moved(old, own):
        return _ordered(before, old, own), _ordered(program, new, own), mine
    if _is_moved(old, new):
        return _ordered(before, old, new), program, _ordered(mine, own, new)
    return before, _ordered(program, new, own), mine  # both may have put the same ones there


def _talks(texts: Sequence[str]) -> list[_Talk]:
    """The talks that can be told apart, in order."""
    found: list[_Talk] = []
    open_level, fences = 0, 0
    for index, text in enumerate(texts):
        heading = None if fences % 2 else _HEADING.match(text)
        level = len(heading[1]) if heading else 0
        if open_level and not (level and level <= open_level):
            found[-1] = _Talk(found[-1].key, found[-1].start, index + 1)
        elif heading:
            link = _LINKED_HEADING.match(text)
            open_level = level if link else 0
            found += [_Talk(link[1], index, index + 1)] if link else []
        elif fences % 2 == 0 and (item := _ITEM.match(text)):
            found.append(_Talk(item[1], index, index + 1))
        elif found and found[-1].end == index and text[:1] in (" ", "\t"):  # goes on in the same item
            found[-1] = _Talk(found[-1].key, found[-1].start, index + 1)
        fences += len(_FENCE.findall(text))
    count = Counter(talk.key for talk in found)
    return [talk for talk in found if count[talk.key] == 1]


def _without_closing(sides: Sequence[Blocks], talks: Sequence[list[_Talk]]) -> list[list[_Talk]]:
    """What closes the post stands beneath the last heading, but does not go with its talk."""
    before, program, mine = (side.texts for side in sides)
    count = 0
    while count < min(len(before), len(program)) and before[-1 - count] == program[-1 - count]:
        count += 1
    start = talks[0][-1].start if talks[0] else len(before) - count
    first = max(len(before) - count, start + 1)
    closing, last = before[first:], before[start:first]
    closing_texts, talk_texts = set(closing), set(last)

    def closes(text: str) -> bool:
        return text in closing_texts

    def stays(text: str) -> bool:
        if text in closing_texts or text in talk_texts:
            return text in closing_texts
        to_closing = max((likeness(text, other) for other in closing), default=0.0)
        to_talk = max((likeness(text, other) for other in last), default=0.0)
        return to_closing >= to_talk or to_talk < _LIKE

    old, new, own = talks
    return [_cut(before, old, closes), _cut(program, new, closes), _cut(mine, own, stays)]


def _cut(texts: Sequence[str], talks: list[_Talk], stays: Callable[[str], bool]) -> list[_Talk]:
    """The last talk without the blocks at its end that stay where they are."""
    if not talks:
        return talks
    last = talks[-1]
    end = last.end
    while last.end == len(texts) and end > last.start + 1 and stays(texts[end - 1]):
        end -= 1
    return [*talks[:-1], _Talk(last.key, last.start, end)]


def _is_moved(old: list[_Talk], new: list[_Talk]) -> bool:
    return _common(old, new) != _common(new, old)


def _common(talks: list[_Talk], others: list[_Talk]) -> list[str]:
    known = {talk.key for talk in others}
    return [talk.key for talk in talks if talk.key in known]


def _ordered(blocks: Blocks, talks: list[_Talk], like: list[_Talk]) -> Blocks:
    """The places of the talks that both have are taken by them in the other's order."""
    by_key = {talk.key: talk for talk in talks}
    order = iter(_common(like, talks))
    known = {talk.key for talk in like}
    texts: list[str] = []
    tails: list[str | None] = []
    at = 0
    for place in talks:
        if place.key not in known:
            continue
        now = by_key[next(order)]
        texts += (*blocks.texts[at : place.start], *blocks.texts[now.start : now.end])
        tails += (*blocks.tails[at : place.start], *blocks.tails[now.start : now.end - 1])
        tails.append(blocks.tails[place.end - 1])
        at = place.end
    return Blocks((*texts, *blocks.texts[at:]), (*tails, *blocks.tails[at:]))
