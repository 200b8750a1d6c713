"""A note's tags, which are the `#words` in its text and nothing else: found, counted, added, taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import is_

from desktopnotes.model import light_markdown
from desktopnotes.model.notebook import Note, Notebook, Talk

TAG = re.compile(light_markdown.TAG_PATTERN)
"""The export goes by the same rule."""

_BEGUN = re.compile(r"(?<![^\s(])#(\w[\w/-]*)$")
_LONGEST = 60
"""A tag being typed is looked for in so many characters before the caret, however long the text is."""


_HIDES_TAGS = re.compile(r"`|~~~|\]\(|://")
"""What a text has in it where something that looks like a tag may be code or part of a link."""


def tags_in(text: str) -> tuple[str, ...]:
    """The tags without their `#`, each once, in the order of the text; code and addresses have none."""
    return tuple(dict.fromkeys(text[start + 1 : end] for start, end in _places(text)))


def _places(text: str) -> list[tuple[int, int]]:
    """Where tags begin, at their `#`, and end; in their order."""
    if "#" not in text or not TAG.search(text):
        return []
    if _HIDES_TAGS.search(text):
        leaves = light_markdown.read(text).leaves
        return sorted((start, end) for start, end, style in leaves if style == light_markdown.TAG)
    return [match.span() for match in TAG.finditer(text)]


def has_tag(text: str, tag: str) -> bool:
    return tag.casefold() in (word.casefold() for word in tags_in(text))


def with_tag(text: str, tag: str) -> str:
    """The text with the tag at its end; as it is where it has that tag already.

    Behind a block of code it goes on a line of its own; one that is open still ends before it.
    """
    if has_tag(text, tag):
        return text
    gap = "" if not text or text[-1].isspace() else " "
    fences = (sign * max(map(len, re.findall(f"{sign}+", text)), default=3) for sign in "`~")
    ways = (gap, "\n", *(f"\n{fence}\n" for fence in fences))
    made = (f"{text}{way}#{tag}" for way in ways)
    return next((tagged for tagged in made if has_tag(tagged, tag)), f"{text}{gap}#{tag}")


def without_tag(text: str, tag: str) -> str:
    """The text without that tag: at its end the word goes, in a sentence the `#` alone: it reads on."""
    wanted, rest = tag.casefold(), text
    while (last := _trailing(rest, wanted)) is not None:
        rest = last
    for start, end in reversed(_places(rest)):
        if rest[start + 1 : end].casefold() == wanted:
            rest = rest[:start] + rest[start + 1 :]
    return rest


def _trailing(text: str, wanted: str) -> str | None:
    """The text without one such tag among those that end it, None where there is none."""
    end = len(text.rstrip())
    for start, tag_end in reversed(_places(text)):
        if tag_end != end:
            return None
        before = text[:start].rstrip()
        if text[start + 1 : end].casefold() == wanted:
            return before + text[end:]
        end = len(before)
    return None


def named(typed: str) -> str:
    """The tag that a user names with or without its `#`; "" where what is typed is no tag."""
    word = typed.strip().removeprefix("#")
    return word if TAG.fullmatch(f"#{word}") else ""


def begun(before: str) -> str:
    """The letters of the tag that is being typed at the end of `before`, "" where it is none."""
    match = _BEGUN.search(before[-_LONGEST:])
    return match[1] if match else ""


def begun_in(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Of the `known` tags those that begin with `text`, in their order; what is typed whole is none."""
    start = text.casefold()
    return tuple(tag for tag in known if tag.casefold().startswith(start) and tag.casefold() != start)


class TagIndex:
    """The tags of a notebook by how often they stand in it; only notes that are new are read again."""

    def __init__(self) -> None:
        self._talks: dict[str, tuple[Sequence[Note], Counter[str]]] = {}

    def of(self, notebook: Notebook) -> dict[str, int]:
        """How often each stands there, the most frequent first; spelt as it is most often."""
        self._talks = {talk.id: self._counted(talk) for talk in notebook.talks}
        counts: Counter[str] = Counter()
        for _, of_talk in self._talks.values():
            counts.update(of_talk)
        return _ordered(counts)

    def _counted(self, talk: Talk) -> tuple[Sequence[Note], Counter[str]]:
        old, counts = self._talks.get(talk.id, ((), Counter()))
        new = talk.notes
        if old is new:
            return old, counts
        first = _same(old, new)
        last = _same(old[first:][::-1], new[first:][::-1])
        counts = counts.copy()
        for note in old[first : len(old) - last]:
            counts.subtract(tags_in(note.text))
        for note in new[first : len(new) - last]:
            counts.update(tags_in(note.text))
        return new, +counts


def _same(old: Sequence[Note], new: Sequence[Note]) -> int:
    """With how many notes in common two pages begin."""
    same = [*map(is_, old, new), False]
    return same.index(False)


def _ordered(counts: Counter[str]) -> dict[str, int]:
    spellings: dict[str, list[str]] = {}
    for tag in counts:
        spellings.setdefault(tag.casefold(), []).append(tag)
    together = {
        max(some, key=lambda tag: (counts[tag], tag)): sum(counts[tag] for tag in some)
        for some in spellings.values()
    }
    order = sorted(together, key=lambda tag: (-together[tag], tag.casefold()))
    return {tag: together[tag] for tag in order}
