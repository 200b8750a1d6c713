"""Reads Markdown as a site would, to see what a reader gets of it. The parser is the plain one, with HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

SITE = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
SITE.validateLink = lambda url: True  # type: ignore[method-assign, assignment]


@dataclass(frozen=True)
class Seen:
    """What a reader sees: the `text` with one space between words, and where the links lead."""

    text: str
    links: tuple[str, ...]


def tokens(markdown: str) -> list[Token]:
    return list(_all(SITE.parse(markdown)))


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def seen(markdown: str) -> Seen:
    found = tokens(markdown)
    return Seen(" ".join("".join(_shown(token) for token in found).split()), tuple(_links(found)))


def _shown(token: Token) -> str:
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
    # Blocks stand apart, words within one do not.
    return " " if token.block or token.type in ("softbreak", "hardbreak") else ""


def _links(found: list[Token]) -> Iterator[str]:
    for token in found:
        for name in ("href", "src"):
            if name in token.attrs:
                yield str(token.attrs[name])


def kinds(markdown: str) -> list[str]:
    """The blocks that stand at the top, by the names of the parser."""
    return [
        token.type.removesuffix("_open")
        for token in SITE.parse(markdown)
        if token.level == 0 and token.nesting >= 0
    ]


def html(markdown: str) -> str:
    """The page without the white space that no browser shows (nor, for simplicity, any other)."""
    return "".join(SITE.render(markdown).split())


def harm(markdown: str) -> list[str]:
    """What would do something at the reader's: raw HTML, and links that are not http, https or mailto."""
    raw = [token.content for token in tokens(markdown) if "html" in token.type]
    schemes = ((link.partition(":"), link) for link in seen(markdown).links)
    return raw + [
        link
        for (scheme, colon, _), link in schemes
        if colon and not set(scheme) & set("/?#") and scheme not in ("http", "https", "mailto")
    ]
