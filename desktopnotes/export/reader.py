"""Reads the Markdown of a post again and again while it is written, anew only where it changed.

What stands at the outermost level (a heading, a paragraph, a whole list) depends on nothing before it but the
definitions of links, and on the two lines behind it at most. So it is read again from the block before the
first line that changed, until a block begins in a line that began one before and is followed by the same.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from desktopnotes.export.blocks import Block, Run, blocks_of, runs_of
from desktopnotes.export.inline import MATH, may_leave

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_LOOKED_AHEAD = 2
"""So many lines behind a block decide whether it ends there: the row below a table's head is the second."""

_DEEPEST = 100
"""Of lists and quotes within each other; what lies deeper is not shown, as sites do not show it either."""

_CHUNKS_AT_FIRST = 8

Definitions = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A block of the outermost level, all that is in it, and the blank lines behind it: `lines` in all."""

    lines: int
    tokens: tuple[Token, ...]
    definitions: Definitions
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. `lines` says of each of the `blocks` in which line of the text it begins, from 0."""

    blocks: tuple[Block, ...] = ()
    lines: tuple[int, ...] = ()
    raw_html: bool = False
    _source: tuple[str, ...] = ()
    _chunks: tuple[_Chunk, ...] = ()


def read(text: str, before: Reading | None = None, *, raw_html: bool = False) -> Reading:
    """What a reader sees of the Markdown `text`; fast where `before` is that of a text much like it."""
    source = tuple(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").split("\n"))
    if before is None or before.raw_html != raw_html:
        before = Reading(raw_html=raw_html)
    elif source == before._source:
        return before
    chunks = _chunks(source, before)
    definitions = _merged(chunks)
    is_as_before = definitions == _merged(before._chunks)
    known = {id(chunk) for chunk in before._chunks} if is_as_before else set()
    chunks = [chunk if id(chunk) in known else _with_blocks(chunk, definitions, raw_html) for chunk in chunks]
    starts = accumulate((chunk.lines for chunk in chunks), initial=0)
    pairs = [
        (block, start + block.line)
        for chunk, start in zip(chunks, starts, strict=False)
        for block in chunk.blocks
    ]
    return Reading(
        tuple(block for block, _ in pairs),
        tuple(line for _, line in pairs),
        raw_html,
        source,
        tuple(chunks),
    )


def _merged(chunks: Sequence[_Chunk]) -> Definitions:
    """Of two definitions of one name the first holds."""
    merged: Definitions = {}
    for chunk in chunks:
        for name, definition in chunk.definitions.items():
            merged.setdefault(name, definition)
    return merged


# --- the outermost level ------------------------------------------------------------------------------


def _chunks(source: Sequence[str], before: Reading) -> list[_Chunk]:
    old = before._chunks
    starts = list(accumulate((chunk.lines for chunk in old), initial=0))
    same = _same(source, before._source)
    same_end = _same(source[same:][::-1], before._source[same:][::-1])
    kept = 0
    while kept + 1 < len(old) and starts[kept + 1] + _LOOKED_AHEAD <= same:
        kept += 1
    while kept and old[kept - 1].definitions:  # its title may go on for any number of lines
        kept -= 1
    start, moved = starts[kept] if old else 0, len(source) - len(before._source)
    # Where old chunks begin, as lines of the new text, behind all that changed.
    meeting = {
        line + moved: number
        for number, line in enumerate(starts[:-1])
        if number > kept and line + moved >= max(start, len(source) - same_end)
    }
    ahead = _CHUNKS_AT_FIRST
    while True:
        behind = sorted(meeting)[ahead : ahead + 1]
        end = behind[0] if behind else len(source)
        found, line = _parsed(source, start, end, meeting, before.raw_html)
        # What was read up to the cut may go on behind it.
        if line in meeting and (end == len(source) or line < end - _LOOKED_AHEAD):
            return [*old[:kept], *found, *old[meeting[line] :]]
        if end == len(source):
            return [*old[:kept], *found]
        ahead *= 8


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _parsed(
    source: Sequence[str], start: int, end: int, meeting: dict[int, int], raw_html: bool
) -> tuple[list[_Chunk], int]:
    """The chunks from line `start` on, until one begins where an old one did, else until line `end`.

    This is the loop of markdown-it's own `ParserBlock.tokenize`, halted after each block.
    """
    from markdown_it.rules_block import StateBlock  # a start does without it

    markdown = _parser(raw_html)
    text = "\n".join(source[start:end])
    state = StateBlock(text, markdown, {}, [])
    rules = markdown.block.ruler.getRules("")
    found: list[_Chunk] = []
    line = begun = 0
    while line < state.lineMax:
        state.tokens, state.env, state.tight = [], {}, True
        state.line = line = state.skipEmptyLines(line)
        if line >= state.lineMax:
            break
        if not any(rule(state, line, state.lineMax, False) for rule in rules):
            raise RuntimeError(f"no rule took the line {state.src[state.bMarks[line] :][:80]!r}")
        line = min(state.skipEmptyLines(state.line), state.lineMax)
        for token in state.tokens:
            if token.map:
                token.map = [row - begun for row in token.map]
        found.append(_Chunk(line - begun, tuple(state.tokens), _defined(state.env)))
        begun = line
        if start + line in meeting:
            return found, start + line
    if found:
        last = found[-1]
        found[-1] = replace(last, lines=last.lines + end - start - begun)
    elif end > start:
        found.append(_Chunk(end - start, (), {}))
    return found, end


def _defined(env: MutableMapping[str, Any]) -> Definitions:
    """Without the lines that they stand in, which change by themselves."""
    found = env.get("references", {}).items()
    return {name: {"href": one["href"], "title": one["title"]} for name, one in found}


def _with_blocks(chunk: _Chunk, definitions: Definitions, raw_html: bool) -> _Chunk:
    def runs(content: str) -> tuple[Run, ...]:
        if "[" in content and definitions:
            return _runs(content, definitions, raw_html)
        return _runs_alone(content, raw_html)

    return replace(chunk, blocks=tuple(blocks_of(chunk.tokens, runs)))


# --- within a paragraph ------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _runs_alone(content: str, raw_html: bool) -> tuple[Run, ...]:
    return _runs(content, {}, raw_html)


def _runs(content: str, definitions: Definitions, raw_html: bool) -> tuple[Run, ...]:
    tokens: list[Token] = []
    markdown = _parser(raw_html)
    markdown.inline.parse(content, markdown, {"references": definitions}, tokens)
    return runs_of(tokens)


@lru_cache(maxsize=2)
def _parser(raw_html: bool) -> MarkdownIt:
    """CommonMark with tables and strikethrough; formulas stay as they are, since sites typeset them."""
    # Takes a twentieth of a second, and a start does without it.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": raw_html, "maxNesting": _DEEPEST})
    markdown.enable(["table", "strikethrough"])
    markdown.validateLink = may_leave  # type: ignore[assignment, method-assign]
    markdown.inline.ruler.push("formula", _formula)
    return markdown


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    formula = MATH.match(state.src, state.pos, state.posMax)
    if formula is None:
        return False
    if not silent:
        state.pending += formula[0]
    state.pos = formula.end()
    return True
