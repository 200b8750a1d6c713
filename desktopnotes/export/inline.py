"""Finds what in a paragraph of Markdown would not stay in its place, by asking a Markdown parser.

markdown-it decides what is code, a link, emphasis; rules put beside its own remember where in the text it
found none: a `*` that nothing closes, a `<` that other programs take for a tag, a link that leads nowhere
a reader should go. The text itself is never rendered anew: all that comes out is a list of small edits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktopnotes.export import line_starts, links
from desktopnotes.model.tags import TAG

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

LINK_SCHEMES = frozenset({"http", "https", "mailto"})

_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_TAG_IN_MATH = re.compile(line_starts.RAW_HTML)
_DEFINED = re.compile(r"]:\s*<?(\S{0,100})")
_LINK_IN_MATH = re.compile(r"\]\(\s*[^)\s]{0,100}[:&]")
MATH = re.compile(
    r"\$\$((?:[^$\\]|\\.|\$(?!\$))+)\$\$|\$(?!\s)((?:[^$\\]|\\.)+)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
"""What pandoc takes for a formula: no space just inside the dollars, no digit after the closing one."""

_NOT_A_SPACE = re.compile(r"\S")

_ODD_IN_ADDRESS = re.compile(r"[*~$]|(?<![^\W_])_|_(?![^\W_])")


class Why(Enum):
    """What an edit is for: `UNSAFE` things are undone everywhere, the others only where notes are joined."""

    UNSAFE = "unsafe"
    STRAY = "stray"
    DOLLAR = "dollar"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str
    why: Why


@dataclass(slots=True)
class _Found:
    """What the rules remember while one text is read; `base` is where a nested text begins in it."""

    joined: bool
    edits: list[Edit] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    base: int = 0

    def replace(self, start: int, end: int, text: str, why: Why) -> None:
        self.edits.append(Edit(self.base + start, self.base + end, text, why))

    def escape(self, position: int, why: Why) -> None:
        self.replace(position, position, "\\", why)


@lru_cache(maxsize=4096)
def contained(text: str, *, escape_dollars: bool, raw_html: bool = False) -> str:
    """A paragraph of a note, made so that nothing in it can reach into the text that follows or precedes it.

    Repeated until there is nothing left to do: an escaped sign can change what its neighbours are.
    `raw_html`: whole tags of HTML stay tags.
    """
    while True:
        wanted = [
            edit
            for edit in edits(text, {}, joined=True, raw_html=raw_html)
            if edit.why is not Why.DOLLAR or escape_dollars
        ]
        if not wanted:
            return text
        text = applied(text, wanted)


def edits(text: str, references: Mapping[str, Any], *, joined: bool, raw_html: bool = False) -> list[Edit]:
    """What should be changed in the inline Markdown `text`; `joined` asks for more than the unsafe.

    `references` are the link definitions that the parser has found round it.
    """
    found = _Found(joined)
    reader = parser(raw_html)
    reader.inline.parse(text, reader, {"references": references, "found": found}, [])
    found.edits += (Edit(position, position, "\\", Why.STRAY) for position in found.brackets)
    return [edit for edit in found.edits if joined or edit.why is Why.UNSAFE]


def tokens(text: str, references: Mapping[str, Any]) -> list[Token]:
    """What the parser makes of the inline Markdown `text`."""
    made: list[Token] = []
    parser().inline.parse(text, parser(), {"references": references, "found": _Found(False)}, made)
    return made


def applied(text: str, wanted: Iterable[Edit]) -> str:
    pieces: list[str] = []
    done = 0
    for edit in sorted(wanted, key=lambda edit: (edit.start, edit.end)):
        pieces += text[done : edit.start], edit.text
        done = edit.end
    return "".join((*pieces, text[done:]))


def may_leave(address: str) -> bool:
    """Whether a link of a text is kept: http, https, mailto, or within the author's own site."""
    before_the_path = re.split(r"[/?#]", address.strip(), maxsplit=1)[0]
    scheme, colon, _ = before_the_path.partition(":")
    return not colon or scheme.lower() in LINK_SCHEMES


@lru_cache(maxsize=2)
def parser(raw_html: bool = False) -> MarkdownIt:
    """CommonMark with tables and strikethrough, and the rules of this module; HTML as words or as it is."""
    # Takes a twentieth of a second, and most notes do not need it.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import backtick, emphasis, image, link, strikethrough

    markdown = MarkdownIt("commonmark", {"html": raw_html}).enable(["table", "strikethrough"])
    markdown.validateLink = may_leave  # type: ignore[assignment, method-assign]
    rules = markdown.inline.ruler
    rules.at("backticks", _code(backtick))
    rules.at("emphasis", _marks(emphasis.tokenize))
    rules.at("strikethrough", _marks(strikethrough.tokenize))
    rules.at("link", _link(link))
    rules.at("image", _image(image))
    for name, rule in (("math", _math), ("address", _address), ("tag", _tag), ("literal", _literal)):
        rules.push(name, rule)
    markdown.inline.ruler2.after("balance_pairs", "unmatched", _unmatched)
    return markdown


# --- the rules: each is asked whether something begins here; silently, only how far it would go ------


def _found(state: StateInline) -> _Found:
    env: MutableMapping[str, Any] = state.env
    found: _Found = env["found"]
    return found


def _code(backtick: Rule) -> Rule:
    def rule(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not backtick(state, silent):
            return False
        if not silent:
            if any(token.type == "code_inline" for token in state.tokens[before:]):
                _keep_on_one_line(state, start)
            else:
                for position in range(start, state.pos):
                    _found(state).escape(position, Why.STRAY)
        return True

    return rule


def _marks(tokenize: Rule) -> Rule:
    """Notes for each sign of emphasis where it stands; `_unmatched` asks for that later."""

    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not tokenize(state, silent):
            return False
        position = state.pos
        for token in reversed(state.tokens):
            if position == start:
                break
            position -= len(token.content)
            token.meta["position"] = position
        return True

    return rule


def _unmatched(state: StateInline) -> None:
    within_links = [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in (state.delimiters, *within_links):
        matched = {delimiter.end for delimiter in delimiters if delimiter.end >= 0}
        for index, delimiter in enumerate(delimiters):
            works = delimiter.end >= 0 or index in matched
            if not works and (delimiter.open or delimiter.close):
                token: Token = state.tokens[delimiter.token]
                for offset in range(len(token.content)):
                    _found(state).escape(token.meta["position"] + offset, Why.STRAY)


def _link(link: Rule) -> Rule:
    """A defined `[x]` stays a link to its definition, though `(…)` or `:` with an address comes after it."""

    def rule(state: StateInline, silent: bool) -> bool:
        if not link(state, silent):
            return False
        after = state.pos
        if not silent and state.src[after - 1] == "]" and _leads_away(state.src, after - 1):
            _found(state).escape(after, Why.UNSAFE)
        return True

    return rule


def _image(image: Rule) -> Rule:
    """The alternative text is parsed as a text of its own, which begins after `![`."""

    def rule(state: StateInline, silent: bool) -> bool:
        found, label_start = _found(state), state.pos + 2
        found.base += label_start
        try:
            return image(state, silent)
        finally:
            found.base -= label_start

    return rule


def _math(state: StateInline, silent: bool) -> bool:
    """Formulas stay as they are, unless a program that knows none would find a link or a tag in them."""
    if state.src[state.pos] != "$":
        return False
    formula = MATH.match(state.src, state.pos, state.posMax)
    if formula is None or _LINK_IN_MATH.search(formula[0]):
        return False
    if not silent:
        for tag in _TAG_IN_MATH.finditer(formula[0]):
            # A space does not change the formula, but it is a tag no more.
            at = state.pos + tag.end()
            _found(state).replace(at, at, " ", Why.UNSAFE)
        state.pending += formula[0]
    start, state.pos = state.pos, formula.end()
    if not silent:
        _keep_on_one_line(state, start)
    return True


def _keep_on_one_line(state: StateInline, start: int) -> None:
    """A line within code or a formula can begin like a list, and no escape would work there."""
    position = start
    for line in state.src[start : state.pos].split("\n"):
        if position > start and line_starts.means_something(line):
            _found(state).replace(position - 1, position, " ", Why.STRAY)
        position += len(line) + 1


def _address(state: StateInline, silent: bool) -> bool:
    """An address with signs that mean something in Markdown is put in `<>`, where they mean nothing."""
    within_link = state.level > 0
    if silent or state.src[state.pos] != ":" or not _found(state).joined or within_link:
        return False
    scheme = re.search(r"(?<![\\A-Za-z0-9+.-])https?$", state.src[max(0, state.pos - 6) : state.pos])
    start = state.pos - len(scheme[0]) if scheme else -1
    end = links.address_end(state.src, start, state.posMax) if scheme else -1
    if not _ODD_IN_ADDRESS.search(state.src, start, max(start, end)):
        return False
    _found(state).replace(start, start, "<", Why.STRAY)
    _found(state).replace(end, end, ">", Why.STRAY)
    state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    if silent or not _found(state).joined or state.src[state.pos] != "#":
        return False
    tag = TAG.match(state.src, state.pos, state.posMax)
    if tag is None:
        return False
    _found(state).replace(state.pos, state.pos + 1, "", Why.TAG)
    state.pending += tag["word"]
    state.pos = tag.end()
    return True


def _literal(state: StateInline, silent: bool) -> bool:
    """The last rule: here stands a sign that no other rule wanted."""
    sign = state.src[state.pos]
    if silent or sign not in "<[]$":
        return False
    found, position = _found(state), state.pos
    if sign == "<" and _TAG_LIKE.match(state.src, position):
        # Not every program knows `\<`, and one that does not would take the tag for a tag.
        found.replace(position, position + 1, "&lt;", Why.UNSAFE)
    elif sign == "[":
        found.brackets.append(found.base + position)
    elif sign == "]":
        opened = [found.brackets.pop()] if found.brackets else []
        if _leads_away(state.src, position):
            for bracket in (*opened, found.base + position):
                found.edits.append(Edit(bracket, bracket, "\\", Why.UNSAFE))
    elif sign == "$" and _NOT_A_SPACE.match(state.src, position + 1):  # before a space it opens nothing
        found.escape(position, Why.DOLLAR)
    state.pending += sign
    state.pos += 1
    return True


def _leads_away(text: str, bracket: int) -> bool:
    """Whether a link or definition goes on after the `]`, of which the parser wanted nothing to know."""
    if text.startswith("(", bracket + 1):
        return True
    defined = _DEFINED.match(text, bracket)
    return defined is not None and not may_leave(html.unescape(defined[1]).replace("\\", ""))
