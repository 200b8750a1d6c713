"""What a reader must see of a post, as markdown-it reads the plain export; and how two readings are compared.

Sites put typographic quotes and dashes for straight ones and call a formula's signs differently, which is the
author's own choice; a comparison knows no difference between them. Nor does it look at white space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from urllib.parse import unquote

from markdown_it.token import Token

from desktopnotes.model.notebook import Site
from tests import goldens
from tests.export import reading
from tests.goldens import Golden

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("–—‑", "-"),
        "…": "...",
        "«": "<<",
        "»": ">>",
    }
)
_DASHES = re.compile("-+")
_FORMULA = re.compile(r"\\[()\[\]]|\$\$?")
_UNSEEN = re.compile(r"[\s\u00ad\u200b\ufeff\ufe0e\ufe0f]+")

COUNTED = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "hr",
    "a",
    "img",
)
"""The elements that must be as many on the page as the Markdown says."""

HARMFUL = frozenset(
    (
        "script",
        "iframe",
        "object",
        "embed",
        "style",
        "link",
        "meta",
        "base",
        "form",
        "svg",
        "details",
        "frame",
    )
)


@dataclass(frozen=True)
class Expected:
    """`links` lead away from the page; `alts` are those of the pictures."""

    text: str
    links: tuple[str, ...]
    alts: tuple[str, ...]
    count: Mapping[str, int]


def alike(text: str) -> str:
    """The text as it is compared."""
    return _DASHES.sub("-", _UNSEEN.sub("", _FORMULA.sub("$", text).translate(_ALIKE)))


def address(href: str) -> str:
    """An address as it is compared: builders do not agree on which signs need a percent sign."""
    return unquote(unescape(href))


@cache
def of(golden: Golden) -> Expected:
    """What must be seen of this export, less title and date, which each site writes in its own way."""
    plain = Golden(golden.notebook, Site.PLAIN, golden.style, golden.times).export()
    tokens = _without_opening(reading.tokens(plain.text), bool(goldens.post_of(golden.notebook).date))
    pictures = [token for token in tokens if token.type == "image"]
    return Expected(
        text="".join(_text(token) for token in tokens),
        links=tuple(str(token.attrs["href"]) for token in tokens if token.type == "link_open"),
        alts=tuple("".join(map(_text, reading.tokens_within(picture))) for picture in pictures),
        count=Counter(name for token in tokens if (name := _element(token)) in COUNTED),
    )


def _without_opening(tokens: list[Token], dated: bool) -> list[Token]:
    closings = [
        place for place, token in enumerate(tokens) if token.type in ("heading_close", "paragraph_close")
    ]
    return tokens[closings[1 if dated else 0] + 1 :]


def _text(token: Token) -> str:
    if token.type in (
        "text",
        "text_special",
        "code_inline",
        "fence",
        "code_block",
        "html_inline",
        "html_block",
    ):
        return token.content
    return " "


def _element(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return "pre"
    return token.tag if token.nesting >= 0 else ""
