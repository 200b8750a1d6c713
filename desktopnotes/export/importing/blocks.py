"""The parts that a Markdown text is made of, as they stand in the file: where each begins, nothing rendered.

Not markdown-it's, as its parts lose where in the file they were; and a post is made of few kinds of parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from desktopnotes.export.importing import times

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})(?:[ \t]+(?P<words>.*?))?[ \t]*(?:(?<=[ \t])#+[ \t]*)?$")
_ITEM = re.compile(r"(?P<before> {0,3})(?P<sign>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<one>=+)|-+)[ \t]*$")
_CHECK_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is "heading", "item", "fence", "rule" or "paragraph". It stands from `line` to before `end`,
    counted from 0. `text` is what it says, without signs and without indentation; of a heading `level` is
    1 to 6, of an item `sign` the sign of its list.
    """

    kind: str
    text: str
    line: int
    end: int
    level: int = 0
    sign: str = ""


def blocks(lines: list[str], first_line: int = 0, check: Callable[[], None] | None = None) -> list[Block]:
    """The blocks of a text in their order; between them stand only blank lines."""
    found: list[Block] = []
    row = 0
    while row < len(lines):
        if check is not None and len(found) % _CHECK_EVERY == 0:
            check()
        if not lines[row].strip():
            row += 1
            continue
        block = _block(lines, row)
        found.append(block)
        row = block.end
    if first_line:
        return [
            Block(b.kind, b.text, b.line + first_line, b.end + first_line, b.level, b.sign) for b in found
        ]
    return found


def _block(lines: list[str], row: int) -> Block:
    line = lines[row]
    if fence := _opens(line):
        end = _end_of_fence(lines, row, fence)
        return Block("fence", "\n".join(lines[row:end]), row, end)
    if heading := _HEADING.match(line):
        return Block("heading", (heading["words"] or "").strip(), row, row + 1, len(heading["signs"]))
    if _RULE.match(line):
        return Block("rule", line, row, row + 1)
    if item := _ITEM.match(line):
        return _item(lines, row, item)
    return _paragraph(lines, row)


def _opens(line: str) -> str:
    """The fence that the line opens; "" where it opens none."""
    found = _FENCE.match(line)
    return "" if found is None or (found["fence"][0] == "`" and "`" in found["info"]) else found["fence"]


def _end_of_fence(lines: list[str], row: int, fence: str) -> int:
    for number in range(row + 1, len(lines)):
        found = _FENCE.match(lines[number])
        if found and found["fence"].startswith(fence) and not found["info"].strip():
            return number + 1
    return len(lines)


def _item(lines: list[str], row: int, item: re.Match[str]) -> Block:
    """An item with all that is indented below it."""
    width = item.end()
    kept = [lines[row][width:]]
    end = row + 1
    fence = _opens(kept[0])
    while end < len(lines):
        line = lines[end]
        indented = line[:width].isspace() and len(line) > width
        if not line.strip():
            kept.append("")
        elif indented:
            kept.append(line[width:])
        elif fence or kept[-1] == "" or _begins_something(line):
            break
        else:  # a line that goes on without indentation
            kept.append(line.lstrip())
        if indented:
            fence = _fence_after(fence, line[width:])
        end += 1
    while kept and not kept[-1]:
        kept.pop()
        end -= 1
    return Block("item", "\n".join(kept), row, end, sign=item["sign"][-1])


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open behind the line."""
    if not fence:
        return _opens(line)
    found = _FENCE.match(line)
    closes = found and found["fence"].startswith(fence) and not found["info"].strip()
    return "" if closes else fence


def _begins_something(line: str) -> bool:
    if line.lstrip(" ").startswith(">"):
        return times.timed(line) is not None
    return bool(_opens(line) or _HEADING.match(line) or _RULE.match(line) or _ITEM.match(line))


def _paragraph(lines: list[str], row: int) -> Block:
    end = row + 1
    while end < len(lines) and lines[end].strip():
        underline = _UNDERLINE.match(lines[end])
        if underline and end == row + 1 and not times.timed(lines[row]):
            return Block("heading", lines[row].strip(), row, end + 1, 1 if underline["one"] else 2)
        if _begins_something(lines[end]):
            break
        end += 1
    return Block("paragraph", "\n".join(lines[row:end]), row, end)
