"""The body of a post that is read, its parts, and the notes that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktopnotes.export.importing import times
from desktopnotes.export.importing.blocks import Block, blocks
from desktopnotes.export.importing.known import NOTHING, Known
from desktopnotes.export.importing.lines import Unreadable
from desktopnotes.export.importing.typed import as_typed
from desktopnotes.export.languages import Language
from desktopnotes.model.importing import ReadNote, ReadTalk
from desktopnotes.model.notebook import Kind

_DEEPEST = 8
"""So many lists within lists are looked into; what is deeper is words of the note above it."""

_QUOTE_SIGN = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_PICTURE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")


@dataclass(slots=True)
class Body:
    """The body of a post, its parts, and how its lines are counted in the file."""

    lines: list[str]
    parts: list[Block]
    first_line: int
    words: Language
    known: Known = NOTHING
    unread: Unreadable = field(default_factory=Unreadable)

    def source(self, parts: Sequence[Block]) -> str:
        """These parts, which follow each other, as they stand in the file."""
        return "\n".join(self.lines[parts[0].line : parts[-1].end]).strip("\n") if parts else ""

    def leave(self, part: Block, why: str = "") -> None:
        self.unread.add(self.first_line + part.line, "\n".join(self.lines[part.line : part.end]), why)


@dataclass(frozen=True, slots=True)
class Found:
    """A post's style, its talks, and what stands before and behind them."""

    style: str
    talks: tuple[ReadTalk, ...]
    intro: str = ""
    closing: str = ""


def time_of(part: Block) -> times.TimedLine | None:
    """The time that a part begins with."""
    return times.timed(part.text.partition("\n")[0]) if part.kind in ("paragraph", "item") else None


def goes_on(part: Block) -> bool:
    """Code and pictures belong to the note above them."""
    return part.kind == "fence" or (part.kind == "paragraph" and bool(_PICTURE.fullmatch(part.text.strip())))


def notes(of: Body, parts: list[Block]) -> tuple[str, tuple[ReadNote, ...]]:
    """A talk's write-up, which stands before its first note, and its notes."""
    begins = next((i for i, part in enumerate(parts) if time_of(part)), len(parts))
    sign = parts[begins].sign if begins < len(parts) else ""
    while sign and begins and parts[begins - 1].kind == "item" and parts[begins - 1].sign == sign:
        begins -= 1  # a note without a time in the list of notes
    found: list[ReadNote] = []
    for part in parts[begins:]:
        if part.kind in ("rule", "heading"):
            of.leave(part)
        elif part.kind == "item":
            found += _of_item(of, part.text, 0)
        elif found and goes_on(part):
            found[-1] = _longer(found[-1], part)
        else:
            found.append(_note(of, part.text))
    return of.source(parts[:begins]), tuple(found)


def _of_item(of: Body, text: str, depth: int) -> Iterator[ReadNote]:
    """The note that an item is, and those in the list below it: then it begins a chapter."""
    inner = blocks(text.split("\n"))
    below = [part for part in inner if part.kind == "item"] if depth < _DEEPEST else []
    own = [part for part in inner if part not in below]
    note = _note(of, own[0].text if own else "")
    for part in own[1:]:
        note = _longer(note, part)
    yield replace(note, kind=Kind.CHAPTER) if below else note
    for part in below:
        yield from _of_item(of, part.text, depth + 1)


def _note(of: Body, text: str) -> ReadNote:
    first, _, others = text.partition("\n")
    timed = times.timed(first)
    if timed is None:
        kind, typed = as_typed(text.rstrip(), of.words)
        return ReadNote(typed, kind=kind)
    words = "\n".join(
        filter(None, (timed.words + first[len(first.rstrip()) :] * bool(others), others))
    ).strip()
    if first.lstrip(" ").startswith(">"):
        said = _QUOTE_SIGN.sub("", words).strip()
        return ReadNote(said, timed.at_ms, timed.end_ms, Kind.QUOTE, timed.of_page)
    if _PICTURE.fullmatch(words):
        return ReadNote("", timed.at_ms, timed.end_ms, Kind.THOUGHT, timed.of_page, words)
    kind, typed = as_typed(words, of.words)
    return ReadNote(typed, timed.at_ms, timed.end_ms, kind, timed.of_page)


def _longer(note: ReadNote, part: Block) -> ReadNote:
    """The note with what follows its first words."""
    text = part.text.strip("\n")
    if _PICTURE.fullmatch(text.strip()) and not note.picture:
        return replace(note, picture=text.strip())
    gap = "\n" if part.kind == "fence" else "\n\n"
    return replace(note, text=f"{note.text}{gap}{text}" if note.text else text)
