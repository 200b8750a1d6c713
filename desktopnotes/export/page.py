"""A post as one page of HTML that needs nothing else: its style within, its pictures beside it.

No script runs in it and nothing is asked of anybody but pictures: the page itself forbids it, whatever a text
holds.
"""

from __future__ import annotations

import hashlib
import unicodedata
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktopnotes.export import markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_RIGHT_TO_LEFT = frozenset(("R", "AL"))

_PAGE = """\
<!doctype html>
<html{lang}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
{about}<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<header>
<h1{title_dir}>{title}</h1>
{date}</header>
<article>
{article}</article>
</main>
</body>
</html>
"""


def html(
    *, title: str, date: str = "", day: str = "", lang: str = "", description: str = "", text: str = ""
) -> str:
    """The page of the Markdown `text`; all else is words as typed. `day` is the date as ISO 8601 has it."""
    about = f'<meta name="description" content="{_attribute(description)}">\n' if description else ""
    time = f'<time datetime="{_attribute(day)}">{_words(date)}</time>' if day else _words(date)
    return _PAGE.format(
        lang=f' lang="{_attribute(lang)}"' if lang else "",
        policy=_policy(),
        about=about,
        title=_words(title),
        title_dir=_dir(title),
        style=_style(),
        date=f"<p>{time}</p>\n" if date else "",
        article=_article(text),
    )


def _words(text: str) -> str:
    return escape(" ".join(markdown.normalised(text).split()), quote=False)


def _attribute(text: str) -> str:
    return escape(" ".join(markdown.normalised(text).split()))


@lru_cache(maxsize=1)
def _style() -> str:
    return "\n" + (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _policy() -> str:
    """What a browser lets the page do: show this one style, and pictures."""
    digest = b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{digest}'",
            "img-src 'self' file: https: data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _article(text: str) -> str:
    parser = _parser()
    tokens = parser.parse(text)
    opened: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1:
            opened.pop()
        elif token.type == "inline" and _dir(token.content):
            block = next(block for block in reversed(opened) if not block.hidden)
            block.attrSet("dir", "auto")
    rendered: str = parser.renderer.render(tokens, parser.options, {})
    return rendered


def _dir(words: str) -> str:
    """Words of which some run to the left find their own direction, by their first letter."""
    if words.isascii():
        return ""
    return ' dir="auto"' if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in words) else ""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # takes a moment to load, which other sites do not need

    from desktopnotes.export.inline import may_leave

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = may_leave  # type: ignore[assignment, method-assign]
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.add_render_rule("formula", _as_typed)
    parser.add_render_rule("image", _image)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:
    """Formulas are no Markdown and show as they were typed."""
    from desktopnotes.export.inline import MATH

    if state.src[state.pos] != "$":
        return False
    found = MATH.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("formula", "span", 0).content = found[0]
    state.pos = found.end()
    return True


def _as_typed(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<span class="formula">{escape(tokens[index].content, quote=False)}</span>'


def _image(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Mapping[str, Any]) -> str:
    """Shown once it comes into view, as a post may have a hundred."""
    token = tokens[index]
    token.attrSet("loading", "lazy")
    made: str = renderer.image(tokens, index, options, env)
    return made
