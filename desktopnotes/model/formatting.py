"""Bold, italic, code and links as keys make them: text and what is selected in it in, both out again.

Offsets count characters. What is put round words stays outside of the selection, so that the same key again
takes it off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktopnotes.model import light_markdown
from desktopnotes.model.light_markdown import CODE, EMPHASIS, LINK, STRONG, Pair, covering, is_address

MARKS = {STRONG: "**", EMPHASIS: "*", CODE: "`"}

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_FLAT_PARENTHESES = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")


@dataclass(frozen=True, slots=True)
class Selected:
    """A text and what is selected in it, from `start` up to `end`; where both are one, it is the caret."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Swap:
    """The characters `start` up to `end` give way to `text`."""

    start: int
    end: int
    text: str = ""


def has(selected: Selected, style: str) -> bool:
    """Whether all that is selected (or the word at the caret) is in this style already."""
    found = light_markdown.read(selected.text).pairs
    return all(_pair_round(selected.text, piece, style, found) for piece in _pieces(selected))


def toggled(selected: Selected, style: str) -> Selected:
    """Bold, italic or code round what is selected, line by line, or the word at the caret; or off it."""
    text = selected.text
    found = light_markdown.read(text).pairs
    pieces = _pieces(selected)
    if text[selected.start : selected.end].strip():
        selected = Selected(text, pieces[0][0], pieces[-1][1])
    else:
        selected = Selected(text, selected.start, selected.start)
    rounds = [_pair_round(text, piece, style, found) for piece in pieces]
    swaps: list[_Swap] = []
    if all(rounds):
        for pair in dict.fromkeys(filter(None, rounds)):
            swaps += (_Swap(pair.start, pair.inner), _Swap(pair.outer, pair.end))
    else:
        for piece in (piece for piece, pair in zip(pieces, rounds, strict=True) if not pair):
            swaps += _round(text, piece, style, found)
    return _swapped(selected, swaps)


def _round(text: str, piece: tuple[int, int], style: str, found: list[Pair]) -> list[_Swap]:
    """Puts the marks round a piece, and takes off those of the same style inside it."""
    start, end = piece
    inside = [pair for pair in found if pair.style == style and start <= pair.start and pair.end <= end]
    swaps = [swap for pair in inside for swap in (_Swap(pair.start, pair.inner), _Swap(pair.outer, pair.end))]
    mark = MARKS[style]
    if style == CODE and (ticks := re.findall("`+", text[start:end])) and not inside:
        mark = "`" * (max(map(len, ticks)) + 1)
        if "`" in (text[start], text[end - 1]):
            return [_Swap(start, start, f"{mark} "), _Swap(end, end, f" {mark}")]
    return [_Swap(start, start, mark), *swaps, _Swap(end, end, mark)]


def _pieces(selected: Selected) -> list[tuple[int, int]]:
    """What the marks go round: in each line what is selected, less spaces and the sign of a list."""
    text, start, end = selected.text, selected.start, selected.end
    if not text[start:end].strip():
        return [_word_at(text, start)]
    pieces = []
    line_start = text.rfind("\n", 0, start) + 1
    for line in text[line_start:end].split("\n"):
        line_end = line_start + len(line)
        item = _ITEM.match(line)
        first = max(start, line_start + item.end() if item else line_start)
        words = text[first:line_end]
        if words.strip():
            first += len(words) - len(words.lstrip())
            pieces.append((first, first + len(words.strip())))
        line_start = line_end + 1
    return pieces or [(start, start)]


def _word_at(text: str, place: int) -> tuple[int, int]:
    """The word that a place is in or at an edge of; the place itself where there is none."""
    line_start, line_end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    for word in _WORD.finditer(line):
        if word.start() <= place - line_start <= word.end():
            return line_start + word.start(), line_start + word.end()
    return place, place


def _pair_round(text: str, piece: tuple[int, int], style: str, found: list[Pair]) -> Pair | None:
    """The marks that give a piece its style: those right beside it, else those it lies within."""
    start, end = piece
    mark = MARKS[style]
    before, after = _run_before(text, start, mark[0]), _run_after(text, end, mark[0])
    beside = min(before, after)
    if style == CODE and before == after and before:
        return Pair(style, start - before, start, end, end + after)
    if style != CODE and (beside >= 3 or beside == len(mark)):
        return Pair(style, start - len(mark), start, end, end + len(mark))
    return next(iter(covering(found, style, start, end)), None) or _unread_marks(
        text, piece, mark, style, found
    )


def _unread_marks(text: str, piece: tuple[int, int], mark: str, style: str, found: list[Pair]) -> Pair | None:
    """Marks beside words that Markdown does not read there, as in `**so.**called`: they are taken off too."""
    start, end = piece
    start += len(mark) if text.startswith(mark, start) else 0
    end -= len(mark) if text.endswith(mark, 0, end) else 0
    if (start, end) == piece or start > end or text[start - len(mark) : start] != mark:
        return None
    if text[end : end + len(mark)] != mark or any(start == pair.inner or end == pair.outer for pair in found):
        return None
    return Pair(style, start - len(mark), start, end, end + len(mark))


def _run_before(text: str, place: int, sign: str) -> int:
    start = max(0, place - 8)
    return place - start - len(text[start:place].rstrip(sign))


def _run_after(text: str, place: int, sign: str) -> int:
    after = text[place : place + 8]
    return len(after) - len(after.lstrip(sign))


def _swapped(selected: Selected, swaps: list[_Swap]) -> Selected:
    """Makes the changes, which are apart from each other; the selection stays on the same characters."""
    text = selected.text
    made: list[str] = []
    place = 0
    start, end = selected.start, selected.end
    for number, swap in enumerate(sorted(swaps, key=lambda swap: (swap.start, swap.end))):
        made += (text[place : swap.start], swap.text)
        place = swap.end
        grows = len(swap.text)
        opens = swap.start < swap.end or number % 2 == 0
        start += _moved_by(selected.start, swap, grows, follows=opens)
        end += _moved_by(selected.end, swap, grows, follows=opens and selected.start == selected.end)
    return Selected("".join((*made, text[place:])), start, max(start, end))


def _moved_by(offset: int, swap: _Swap, grows: int, *, follows: bool) -> int:
    """How far a place moves; one right where something is put in goes behind it if it `follows`."""
    if swap.start < swap.end:
        return grows + min(0, swap.start - min(offset, swap.end)) if offset > swap.start else 0
    return grows if offset > swap.start or (offset == swap.start and follows) else 0


# --- links -------------------------------------------------------------------------------------------


def link_round(selected: Selected) -> Pair | None:
    """The link with words of its own that the selection lies in."""
    found = covering(light_markdown.read(selected.text).pairs, LINK, selected.start, selected.end)
    return next((pair for pair in found if selected.text[pair.start : pair.inner] in ("[", "![")), None)


def linked(selected: Selected, address: str = "") -> Selected:
    """What is selected, or the word at the caret, as `[words](address)`; off where it is a link already.

    The caret goes where something is missing: between the parentheses, or the brackets; else behind it all.
    """
    text = selected.text
    if pair := link_round(selected):
        words = re.sub(r"\\([\[\]])", r"\1", text[pair.inner : pair.outer])
        after = text[: pair.start] + words + text[pair.end :]
        return Selected(after, pair.start, pair.start + len(words))
    start, end = _linked_piece(selected)
    words = text[start:end]
    if is_address(words):
        words, address = "", words
    opening = f"{text[:start]}[{_bracketed(words)}]("
    made = f"{opening}{_parenthesised(address)})"
    place = len(made) if address else len(opening)
    place = place if words else start + 1
    return Selected(made + text[end:], place, place)


def _linked_piece(selected: Selected) -> tuple[int, int]:
    words = selected.text[selected.start : selected.end]
    if not words.strip():
        return _word_at(selected.text, selected.start) if not words else (selected.start, selected.end)
    start = selected.start + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _bracketed(words: str) -> str:
    """Words that can stand in brackets: those of their own are escaped, and a gap would end the paragraph."""
    return re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", re.sub(r"\n\s*\n", "\n", words))


def _parenthesised(address: str) -> str:
    """An address that can stand in parentheses: those of its own stay where they are flat and balanced."""
    address = address.strip().replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    if _FLAT_PARENTHESES.fullmatch(address):
        return address
    return address.replace("(", "%28").replace(")", "%29")
