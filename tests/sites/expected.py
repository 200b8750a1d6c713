"""What a reader must see of a post, as markdown-it reads the plain export; and how two readings are compared.

Sites put typographic quotes and dashes for straight ones and call a formula's signs differently, which is the
author's own choice; a comparison knows no difference between them. Nor does it look at white space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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

COUNTED = frozenset(f"h{level}" for level in range(1, 7)) | {
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "hr",
    "img",
}
"""The elements that must be as many on the page as the Markdown says."""

HARMFUL = frozenset(("script", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "svg"))


@dataclass(frozen=True)
class Expected:
    """`links` are (text, href); `alts` are those of the pictures."""

    text: str
    links: tuple[tuple[str, str], ...]
    alts: tuple[str, ...]
    count: Mapping[str, int]


def alike(text: str) -> str:
    """The text as it is compared."""
    return _DASHES.sub("-", _UNSEEN.sub("", _FORMULA.sub("$", text).translate(_ALIKE)))


def alt_alike(alt: str) -> str:
    """As `alike`, with what Hugo 0.111 and Astro 7 escape once too often, or do not unescape, forgiven."""
    return alike(unescape(alt).replace("\\", "")).replace("\\", "")


def without_signs_of_formulas(text: str) -> str:
    """For those who know formulas: in them these signs are LaTeX, which else are Markdown's.

    For Jekyll a bar is spelled there, as it would make a table.
    """
    return re.sub(r"[\\*_]", "", text.replace("\\vert{}", "|"))


def leading_away(links: Iterable[tuple[str, str]]) -> list[str]:
    """Where links (text, href) lead, less bare addresses, which only some sites make links.

    Builders do not agree either on which signs of an address need a percent sign.
    """
    compared = [(text, unquote(unescape(href))) for text, href in links]
    return [href for text, href in compared if href not in (text, f"mailto:{text}", f"http://{text}")]


def difference(seen: str, wanted: str) -> str:
    """Where two texts begin to differ, for the eye; empty where they do not."""
    if seen == wanted:
        return ""
    same = next((at for at, (a, b) in enumerate(zip(seen, wanted, strict=False)) if a != b), len(seen))
    start = max(0, same - 40)
    return f"after {seen[start:same]!r} there is {seen[same : same + 60]!r}, not {wanted[same : same + 60]!r}"


@cache
def of(golden: Golden) -> Expected:
    """What must be seen of this export, less title and date, which each site writes in its own way."""
    plain = Golden(golden.notebook, Site.PLAIN, golden.style, golden.times).export()
    tokens = _without_opening(list(_flat(reading.SITE.parse(plain.text))), golden)
    return Expected(
        text="".join(map(_text, tokens)),
        links=tuple(_links(tokens)),
        alts=tuple("".join(map(_text, token.children or [])) for token in tokens if token.type == "image"),
        count=Counter(name for token in tokens if (name := _element(token)) in COUNTED),
    )


def _flat(tokens: list[Token]) -> Iterator[Token]:
    """As they stand in the text; what a picture's alternative text is made of is no part of that."""
    for token in tokens:
        yield token
        if token.type != "image":
            yield from _flat(token.children or [])


def blocks_of_opening(golden: Golden) -> int:
    """Of how many blocks the plain opening is: the heading, and the paragraph of the date if there is one."""
    return 2 if goldens.post_of(golden.notebook).date else 1


def _without_opening(tokens: list[Token], golden: Golden) -> list[Token]:
    ends = [place for place, token in enumerate(tokens) if token.block and token.nesting < 0]
    return tokens[ends[blocks_of_opening(golden) - 1] + 1 :]


def _text(token: Token) -> str:
    if token.type == "image" or (token.block and token.type not in ("fence", "code_block", "html_block")):
        return " "
    return token.content


def _links(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for place, token in enumerate(tokens):
        if token.type == "link_open":
            end = next(at for at in range(place, len(tokens)) if tokens[at].type == "link_close")
            yield "".join(map(_text, tokens[place + 1 : end])), str(token.attrs["href"])


def _element(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return "pre"
    return token.tag if token.nesting >= 0 else ""
