"""What an author would want to know of a text of Markdown: what is never closed, and links of no words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktopnotes.export import inline, markdown
from desktopnotes.model.shortening import to_letters
from desktopnotes.words import _

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAY_BE_AMISS = re.compile(r"[*_`\[]|~~")
_WITH_PASSWORD = re.compile(r"https?://[^\s/?#@<>]*@(?P<host>[^\s/?#@<>)\]]+)", re.IGNORECASE)
_RIGHT = re.compile(
    r"`[^`\n]+`"
    r"|!?\[[^\[\]()*_`~<\\\n]*[^\[\]()*_`~<\\\s][^\[\]()*_`~<\\\n]*\]"
    r"\((?:https?://|/)[^()\s<>\\]*(?:\([^()\s<>\\]*\))?[^()\s<>\\]*\)"
    r"|(?<![\w*])(\*\*?)(?=[^\s*])[^*_`\[\]~<\\\n]*(?<=[\w.!?])\1(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])[^*_`\[\]~<\\\n]*(?<=[\w.!?])_(?![\w_])"
    r"|(?<=[^\W_])_+(?=[^\W_])"
)
"""What is right by itself, whatever stands beside it: most texts hold nothing else, and need no parser."""

# An escape, a formula, an address or another line may make it mean something else.
_PERHAPS_NOT = re.compile(r"[\n\\$]")

_MEANT = frozenset("*_~`[")
_LETTERS_SHOWN = 30
_SHORT = 2000
_LONGEST = 200_000
"""Characters; a longer text is a file that somebody pasted, and would take seconds."""


@dataclass(frozen=True, slots=True)
class Slip:
    """`kind` is "empty link", "bad link", "alt text", "unbalanced", "password"; `words` say it."""

    kind: str
    words: str


def slips(text: str) -> tuple[Slip, ...]:
    """What is amiss in a text of any Markdown, each thing once, in the order of the text."""
    if len(text) > _LONGEST:
        return ()
    return (*_of_form(text), *dict.fromkeys(_passwords(text)))


def _passwords(text: str) -> Iterator[Slip]:
    if "@" in text:
        for address in _WITH_PASSWORD.finditer(text):
            words = _("the address of “{host}” holds a name or a password")
            yield Slip("password", words.format(host=_shown(address["host"])))


def _of_form(text: str) -> tuple[Slip, ...]:
    if not _MAY_BE_AMISS.search(text):
        return ()
    if len(text) < _SHORT and not _PERHAPS_NOT.search(text):
        rest = _RIGHT.sub(" ", text)
        if "://" not in rest and not _MAY_BE_AMISS.search(rest):
            return ()
    return _slips(text)


@lru_cache(maxsize=8192)
def _slips(text: str) -> tuple[Slip, ...]:
    lines = markdown.normalised(text).rstrip().split("\n")
    references: dict[str, Any] = {}
    tokens: list[Token] = []
    reader = inline.parser()
    reader.block.parse("\n".join(lines), reader, references, tokens)
    return tuple(dict.fromkeys(_found(tokens, lines, references.get("references", {}))))


def _found(tokens: Iterable[Token], lines: list[str], references: dict[str, Any]) -> Iterator[Slip]:
    for token in tokens:
        if token.type == "inline":
            yield from _within(token.content, references)
        elif token.type == "fence" and token.level == 0 and not markdown.is_closed(token, lines):
            first = next((line for line in token.content.split("\n") if line.strip()), "")
            if first:
                words = _("the code that begins with {marks} before “{words}” is never closed")
            else:
                words = _("the code that begins with {marks} at the end is never closed")
            yield Slip("unbalanced", words.format(marks=token.markup, words=_shown(first)))


def _within(text: str, references: dict[str, Any]) -> Iterator[Slip]:
    if "](" in text or "][" in text:
        yield from _without_words(text, references)
    yield from _never_closed(text, references)


def _without_words(text: str, references: dict[str, Any]) -> Iterator[Slip]:
    tokens = inline.tokens(text, references)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "image" and not token.content.strip():
            address = _shown(str(token.attrs.get("src", "")))
            yield Slip("alt text", _("the picture {address} has no words for it").format(address=address))
        if token.type == "link_open" and _is_empty(following):
            address = _shown(str(token.attrs.get("href", "")))
            yield Slip("empty link", _("the link to {address} has no words").format(address=address))


def _is_empty(token: Token | None) -> bool:
    return token is None or token.type == "link_close" or (token.type == "text" and not token.content.strip())


def _never_closed(text: str, references: dict[str, Any]) -> Iterator[Slip]:
    """Signs that would begin or end something, and links that lead nowhere."""
    wanted = inline.edits(text, references, joined=True)
    signs = [edit for edit in wanted if edit.text == "\\" and text[edit.start : edit.start + 1] in _MEANT]
    stray = sorted({edit.start for edit in signs if edit.why is inline.Why.STRAY})
    for start, end in _runs(stray, text):
        after, before = text[end:], text[:start].rstrip()
        if after and not after[0].isspace():
            told = _("the {sign} before “{words}” has no partner").format(
                sign=text[start:end], words=_shown(after)
            )
        elif before:
            told = _("the {sign} after “{words}” has no partner").format(
                sign=text[start:end], words=_shown(before, from_end=True)
            )
        else:
            told = _("the {sign} has no partner").format(sign=text[start:end])
        yield Slip("unbalanced", told)
    for edit in signs:
        words, leads, address = text[edit.start :].partition("](")
        if edit.why is inline.Why.UNSAFE and words.startswith("[") and leads:
            shown = _shown(words[1:])
            if ")" in address:
                told = _("the link “{words}” leads where no reader should go")
                yield Slip("bad link", told.format(words=shown))
            else:
                yield Slip("unbalanced", _("the link “{words}” is never closed").format(words=shown))


def _runs(places: list[int], text: str) -> Iterator[tuple[int, int]]:
    start = end = -1
    for place in places:
        if place == end and text[place] == text[start]:
            end += 1
            continue
        if start >= 0:
            yield start, end
        start, end = place, place + 1
    if start >= 0:
        yield start, end


def _shown(text: str, *, from_end: bool = False) -> str:
    """The first words of a text, or its last ones, on one line."""
    line = " ".join((text[-200:] if from_end else text[:200]).split())
    if not from_end:
        return to_letters(line, _LETTERS_SHOWN, at_a_word=True)
    return line if len(line) <= _LETTERS_SHOWN else f"…{line[-_LETTERS_SHOWN:].partition(' ')[2]}"
