"""What a note says where nothing reads Markdown: words on lines, without signs of form or what hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from desktopnotes.export import compose, links, markdown, views
from desktopnotes.export.languages import Language
from desktopnotes.model.notebook import Note, Talk

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_HIDDEN = re.compile(
    r"(?P<flag>\U0001f3f4[\U000e0020-\U000e007f]+)"
    r"|[\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What is not seen but turns or hides what stands beside it. The joiners of emoji and of Persian are not
among it, nor the marks of direction that Hebrew and Arabic need, nor what makes a black flag England's."""

_MAY_MEAN_SOMETHING = re.compile(r"[\\`*~\[\]<&_]")


def visible(text: str) -> str:
    """The text without characters that cannot be seen; lines end with LF alone."""
    text = markdown.normalised(text)
    return text if text.isascii() else _HIDDEN.sub(lambda found: found["flag"] or "", text)


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def title(talk: Talk) -> str:
    """The talk's title in one line, else what stands for one."""
    return one_line(views.title(talk)) or "A talk"


def lines(note: Note, talk: Talk, words: Language, *, with_addresses: bool = True) -> tuple[str, ...]:
    """The note's words as its kind has them (a quote in quotation marks), a blank line before each paragraph
    but the first. `with_addresses` writes behind a link's words where it leads.
    """
    found: list[str] = []
    for block in compose.by_itself(note, talk, words):
        shown = _code(block.text) if block.is_code else words_of(block.text, with_addresses=with_addresses)
        if shown := visible(shown).strip("\n"):
            found += ["", *shown.split("\n")] if found else shown.split("\n")
    return tuple(line.rstrip() for line in found)


def in_one_line(note: Note, talk: Talk, words: Language) -> str:
    return one_line(" ".join(lines(note, talk, words, with_addresses=False)))


def _code(block: str) -> str:
    return "\n".join(block.split("\n")[1:-1])


def words_of(paragraph: str, *, with_addresses: bool = True) -> str:
    """The words of inline Markdown."""
    if not _MAY_MEAN_SOMETHING.search(paragraph):
        return paragraph
    tokens = [token for block in parser().parseInline(paragraph) for token in block.children or ()]
    return "".join(words_in(tokens, with_addresses))


def words_in(tokens: list[Token], with_addresses: bool = True) -> Iterator[str]:
    label = target = ""
    for token in tokens:
        if token.type == "link_open":
            label, target = "", str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            address = links.public(target) or (target if target.lower().startswith("mailto:") else "")
            if with_addresses and address and address not in (label, f"mailto:{label}"):
                yield f" ({address})"
        else:
            shown = _word(token)
            label += shown
            yield shown


def _word(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content  # an image's is its description


def addresses(note: Note, talk: Talk, words: Language) -> tuple[str, str]:
    """Where the note's first link leads and where its first picture from the web is, else ""."""
    page = picture = ""
    for block in compose.by_itself(note, talk, words):
        tokens = [] if block.is_code else parser().parseInline(block.text)[0].children or []
        for token in tokens:
            page = page or links.public(str(token.attrs.get("href", "")))
            picture = picture or links.public(str(token.attrs.get("src", "")))
    return page, picture


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    # Takes a twentieth of a second, and most notes do not need it.
    from markdown_it import MarkdownIt

    from desktopnotes.export import inline

    plain = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    plain.validateLink = inline.may_leave  # type: ignore[assignment, method-assign]
    plain.inline.ruler.push("formula", _formula)
    plain.normalizeLinkText = links.without_password  # type: ignore[assignment, method-assign]
    return plain


def _formula(state: StateInline, silent: bool) -> bool:
    """What stands between dollars is words: its stars and underscores are no signs of form."""
    from desktopnotes.export import inline

    formula = inline.MATH.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "$" else None
    if formula is None:
        return False
    if not silent:
        state.pending += formula[0]
    state.pos = formula.end()
    return True
