"""What was typed, from what a post makes of it; each guess is proved by making a post of it again."""

from __future__ import annotations

import html
import re

from desktopnotes.export import compose
from desktopnotes.export.languages import Language
from desktopnotes.model.notebook import Kind, Note, Talk

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(&#?\w{1,32};)")
_QUOTED = re.compile(r"[“„«](?P<said>[^“”„«»]+)[”“»]", re.DOTALL)
_ADDRESS = re.compile(r"<(?P<address>https?://[^\s<>]+)>")
_LINK = re.compile(r"\[[^\[\]]+\]\([^\s()]+(?:\([^\s()]*\)[^\s()]*)*\)")
_QUESTION = re.compile(r"[^.!?…\n]+\?")
_BREAK = re.compile(r"  \n(?=\S*\\)")
_NOBODY = Talk("")


def unescaped(words: str) -> str:
    """Words as they were before they were made fit for Markdown (see `markdown.plain`)."""
    return _ESCAPED.sub(lambda found: found[1] or html.unescape(found[2]), words)


def as_typed(shown: str, words: Language) -> tuple[str, str]:
    """The kind and text of the note that a post shows so; as it is where no guess makes just that of it."""
    plain = _BREAK.sub("\n", shown)
    plain = plain if "\\" not in shown and "&" not in shown else unescaped(plain)
    for kind, text in _guesses(plain, shown):
        if _shows(kind, text, words) == shown:
            return kind, text
    return Kind.THOUGHT, shown


def _guesses(plain: str, shown: str) -> list[tuple[str, str]]:
    if quoted := _QUOTED.fullmatch(plain):
        return [(Kind.QUOTE, quoted["said"].strip()), (Kind.QUOTE, plain), (Kind.QUOTE, shown)]
    if address := _ADDRESS.fullmatch(plain):
        return [(Kind.LINK, address["address"]), (Kind.LINK, shown)]
    if _LINK.fullmatch(plain):
        return [(Kind.LINK, plain), (Kind.LINK, shown)]
    kind = Kind.QUESTION if _QUESTION.fullmatch(plain) else Kind.THOUGHT
    return [(kind, plain), (kind, shown)]


def _shows(kind: str, text: str, words: Language) -> str:
    blocks = compose.by_itself(Note("", kind=kind, text=text), _NOBODY, words)
    return "\n".join(block.text for block in blocks)
