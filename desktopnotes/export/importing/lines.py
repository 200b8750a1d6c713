"""Text in which lines begin with times, from whatever program: each such line is a note."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktopnotes.export.importing import times
from desktopnotes.model import edits
from desktopnotes.model.importing import Imported, ReadNote, Unread
from desktopnotes.model.notebook import Kind
from desktopnotes.words import _, ngettext, number

MOST_LINES = 200_000
"""More than anybody wrote about a recording; each costs some microseconds."""

MOST_UNREAD = 1_000
"""So many lines are listed; of more it is said how many."""

_LONGEST_LINE, _LONGEST_NOTE = 20_000, 100_000
_CHECK_EVERY = 2_000

_APART = re.compile(r"[ \t]*(?:([-*_=])[ \t]*(?:\1[ \t]*){2,}|#{1,6}[ \t].*)")
"""Rules and headings belong to no note."""

_VLC_BOOKMARK = re.compile(
    r"\{name=(?P<name>[^{}\n]{0,500}?),(?:bytes=-?\d+,)?time=(?P<time>\d{1,9}(?:\.\d+)?)\}"
)


@dataclass(slots=True)
class Unreadable:
    """What could not be read, as far as it is worth listing."""

    lines: list[Unread] = field(default_factory=list)
    more: int = 0

    def add(self, line: int, text: str, why: str = "") -> None:
        if len(self.lines) < MOST_UNREAD:
            self.lines.append(Unread(line, text[:500], why))
        else:
            self.more += 1

    @property
    def all(self) -> tuple[Unread, ...]:
        if not self.more:
            return tuple(self.lines)
        rest = ngettext("{count} more lines", "{count} more lines", self.more)
        return (*self.lines, Unread(0, rest.format(count=number(self.more)), _("not listed")))


@dataclass(slots=True)
class _Open:
    """A note whose further lines may still come; `size` in letters."""

    line: times.TimedLine | None
    words: list[str]
    size: int


def read(text: str, check: Callable[[], None], *, first_line: int = 1, below: str = "") -> Imported:
    """The notes of a text. Lines without a time belong to the one above them, unless they stand apart.

    Those that begin with `below`, if it is given, belong to it whatever they say. `check` is called now and
    then; what it raises ends the work.
    """
    unread = Unreadable()
    notes: list[ReadNote] = []
    now: _Open | None = None
    for row, line in _lines(text, first_line, check, unread):
        is_below = bool(below) and now is not None and line.startswith(below)
        found = None if is_below else _begun(line)
        if found is not None:
            notes += [_note(now)] if now else []
            now = found
        elif not line.strip():
            if now and now.words[-1]:
                now.words.append("")
        elif now is None or not (is_below or _is_words(line)):
            unread.add(row, line, _("no time of a recording") if times.is_wrong_time(line) else "")
        elif now.size + len(line) > _LONGEST_NOTE:
            unread.add(row, line, _("the note above it is too long already"))
        else:
            now.words.append(line.rstrip())
            now.size += len(line)
    notes += [_note(now)] if now else []
    return Imported(notes=tuple(notes), unread=unread.all)


def _begun(line: str) -> _Open | None:
    """The note that the line begins."""
    found = times.timed(line) or times.by_link(line)
    words = times.without_time(line) if found is None else found.words
    return None if words is None else _Open(found, [words], len(words))


def _is_words(line: str) -> bool:
    return not _APART.fullmatch(line) and not times.is_wrong_time(line)


def _lines(
    text: str, first_line: int, check: Callable[[], None], unread: Unreadable
) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, as far as they are read."""
    lines = text.split("\n")
    for index, line in enumerate(lines[:MOST_LINES]):
        if index % _CHECK_EVERY == 0:
            check()
        if len(line) > _LONGEST_LINE:
            unread.add(
                first_line + index,
                line,
                _("longer than {count} letters").format(count=number(_LONGEST_LINE)),
            )
        else:
            yield first_line + index, line
    rest = lines[MOST_LINES:]
    if any(line.strip() for line in rest[:1000]) or len(rest) > 1000:
        first = first_line + MOST_LINES
        unread.add(
            first,
            rest[0],
            _("the file is so long that its last {count} lines were not read").format(
                count=number(len(rest))
            ),
        )


def _note(of: _Open) -> ReadNote:
    first, *others = of.words
    below = textwrap.dedent("\n".join(others)).lstrip(" \t")
    kind, words = edits.read_sign("\n".join(filter(None, (first, below))).strip("\n").rstrip())
    if of.line is None:
        return ReadNote(words, kind=kind or Kind.THOUGHT)
    return ReadNote(words, of.line.at_ms, of.line.end_ms, kind or Kind.THOUGHT, of.line.of_page)


def vlc_bookmarks(text: str) -> tuple[ReadNote, ...]:
    """The bookmarks in a playlist of VLC's (`bookmarks={name=…,time=12.5},…`)."""
    if "bookmarks=" not in text:
        return ()
    return tuple(
        ReadNote(found["name"].strip(), int(float(found["time"]) * 1000))
        for found in _VLC_BOOKMARK.finditer(text[:10_000_000])
    )


_AT_THE_END = re.compile(
    r"(?P<words>\S.{0,200}?)[ \t]*[-–—:|]?[ \t]+[\[(]?(?P<at>(?:\d{1,3}:)?\d{1,4}:\d{2})[\])]?"
)


_SPEAKER = re.compile(
    r"[ \t]*(?P<name>\S.{0,60}?)(?:[ \t]{2,}|\t)[\[(]?(?P<at>(?:\d{1,3}:)?\d{1,4}:\d{2})[\])]?[ \t]*"
)


def _said_by_speakers(text: str) -> str | None:
    """A transcript in which names with times stand above what was said, as its notes; None for any other."""
    lines = ["", *text.split("\n"), ""]
    heads = {
        i: match
        for i, line in enumerate(lines)
        if (match := _SPEAKER.fullmatch(line)) and not lines[i - 1].strip() and lines[i + 1].strip()
    }
    if not heads or any(times.timed(line) for line in lines[:MOST_LINES]):
        return None
    said = (f"{heads[i]['at']} {heads[i]['name']}:" if i in heads else line for i, line in enumerate(lines))
    return "\n".join(list(said)[1:-1])


def turned(text: str) -> str:
    """A list of chapters with its times behind the titles, or a transcript with them behind the names of the
    speakers, turned round; any other text as it is.
    """
    if (transcript := _said_by_speakers(text)) is not None:
        return transcript
    lines = text[:_LONGEST_NOTE].split("\n")
    behind = [match for line in lines if (match := _AT_THE_END.fullmatch(line.strip()))]
    filled = sum(1 for line in lines if line.strip())
    if len(behind) < 3 or len(behind) < filled / 2 or any(times.timed(line) for line in lines):
        return text
    return "\n".join(
        f"{match['at']} {match['words']}" if (match := _AT_THE_END.fullmatch(line.strip())) else line
        for line in text.split("\n")
    )
