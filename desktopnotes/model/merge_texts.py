"""A long text that was changed on two sides, made one: paragraph by paragraph, and marked where both did."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

OTHER = "⇄ *Changed in two places. The other version:*"
END = "⇄ *End of the other version.*"
"""Paragraphs of Markdown, so that they are seen in the editor and in whatever is exported."""

_BLANK_LINES = re.compile(r"(?:\n[ \t]*)+\n")
_BLANK_ENDS = re.compile(r"\A(?:[ \t]*\n)+|(?:\n[ \t]*)+\Z")

Paragraphs = list[str]


def is_marked(text: str) -> bool:
    """Whether two versions still stand in it."""
    return OTHER in text


def joined(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """One text of both, and whether both changed the same in it: then both versions stand there, marked.

    A paragraph that one side changed alone is as that side has it. Where ours says all that theirs brought
    already, it is left as it is: joining again changes nothing.
    """
    text, marked = _once(base, ours, theirs)
    again, _ = _once(base, text, theirs)
    if again == text:
        return text, marked
    # Paragraphs that stand there several times can be taken for one another: then all of both is kept.
    return "\n\n".join((ours, OTHER, theirs, END)), True


def _once(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    before, mine, other = _paragraphs(base), _paragraphs(ours), _paragraphs(theirs)
    if (is_marked(ours) or not before) and set(other) - set(before) <= set(mine):
        return ours, False
    if (is_marked(theirs) or not before) and set(mine) - set(before) <= set(other):
        return theirs, False
    parts: Paragraphs = []
    marked = False
    for old, one, two in _stretches(before, mine, other):
        part = _settled(old, one, two)
        marked = marked or part is None
        parts += [*one, OTHER, *two, END] if part is None else part
    text = "\n\n".join(parts)
    return (ours if parts == mine else theirs if parts == other else text), marked


def _paragraphs(text: str) -> Paragraphs:
    """Without blank lines, also those at the ends: else joining would make other paragraphs of them."""
    return [_BLANK_ENDS.sub("", part) for part in _BLANK_LINES.split(text) if part.strip()]


def _settled(base: Paragraphs, ours: Paragraphs, theirs: Paragraphs) -> Paragraphs | None:
    """What stands in one stretch; None where both sides have words there that the other has not."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if set(theirs) - set(base) <= set(ours):
        return [one for one in ours if one in theirs or one not in base]
    if set(ours) - set(base) <= set(theirs):
        return [one for one in theirs if one in ours or one not in base]
    return None


def _stretches(
    base: Paragraphs, ours: Paragraphs, theirs: Paragraphs
) -> list[tuple[Paragraphs, Paragraphs, Paragraphs]]:
    """The three texts cut at the paragraphs that all of them have; these are stretches of their own.

    Without a base (an empty one) they are cut at what both sides have.
    """
    root = base or ours
    mine, other = _places(root, ours), _places(root, theirs)
    found = []
    at = [0, 0, 0]
    for place, paragraph in enumerate(root):
        if place in mine and place in other:
            here = [place if base else 0, mine[place], other[place]]
            found.append((base[at[0] : here[0]], ours[at[1] : here[1]], theirs[at[2] : here[2]]))
            one = [paragraph]
            found.append((one if base else [], one, one))
            at = [here[0] + bool(base), here[1] + 1, here[2] + 1]
    found.append((base[at[0] :], ours[at[1] :], theirs[at[2] :]))
    return found


def _places(root: Sequence[str], text: Sequence[str]) -> dict[int, int]:
    """Where paragraphs of the root stand in a text, as far as they stand in the same order."""
    blocks = SequenceMatcher(None, root, text, autojunk=False).get_matching_blocks()
    return {block.a + i: block.b + i for block in blocks for i in range(block.size)}
