"""Notes from a table (CSV) or a plain text with several talks, as this program writes them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from desktopnotes.export import links
from desktopnotes.export.importing import lines, times
from desktopnotes.model.importing import Imported, ReadNote, ReadTalk, Unread
from desktopnotes.model.notebook import Kind
from desktopnotes.words import _

_MOST_ROWS = 100_000
_GUARDED = re.compile(r"'(?=[\t\r\n]|\s*[=+\-@＝＋－＠])")
_TALK = re.compile(
    r"(?:\A|\n\n)[ \t]*(?P<title>[^\n]+)\n(?:[^\n]+\n)?(?P<url>https?://[^\s<>]+)[ \t]*\n(?=\n)"
)

_BELOW = " " * len("--:--  ")
"""How the further lines of a note begin; they stand below its words."""


def of_csv(text: str, check: Callable[[], None]) -> Imported | None:
    """The notes of a table whose first row names a column “Note” and one of the time; None for any other."""
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        head = [name.strip().lower() for name in next(rows, [])]
        if "note" not in head or not {"time", "milliseconds"} & set(head):
            return None
        unread = lines.Unreadable()
        talks: dict[tuple[str, str], list[ReadNote]] = {}
        for row in rows:
            if rows.line_num % 1000 < 2:
                check()
            if len(talks) > _MOST_ROWS or not any(row):
                continue
            cells = {name: _GUARDED.sub("", cell, count=1) for name, cell in zip(head, row, strict=False)}
            note = _note(cells)
            if note is None:
                unread.add(rows.line_num, ", ".join(row), _("no time, or nothing noted"))
                continue
            url = times.without(cells.get("link", "").strip())
            talks.setdefault((cells.get("talk", "").strip(), url), []).append(note)
    except csv.Error as error:
        return Imported(unread=(Unread(rows.line_num, str(error), _("the table ends here")),))
    nameless = talks.pop(("", ""), [])
    found = tuple(ReadTalk(title, url, notes=tuple(notes)) for (title, url), notes in talks.items())
    return Imported(found, notes=tuple(nameless), unread=unread.all)


def _note(cells: dict[str, str]) -> ReadNote | None:
    """The note of a row; None where its time is none."""
    text, exact = cells.get("note", "").strip(), cells.get("milliseconds", "").strip()
    time = cells.get("time", "").strip()
    at_ms = int(exact) if exact.isascii() and exact.isdecimal() and len(exact) < 11 else times.ms_of(time)
    end_ms = times.ms_of(cells.get("end", "").strip())
    kind = cells.get("kind", "").strip().lower()
    if not text or (at_ms is None and time):
        return None
    of_page = at_ms is not None and bool(cells.get("talk"))
    return ReadNote(text, at_ms, end_ms, kind if kind in tuple(Kind) else Kind.THOUGHT, of_page)


def of_talks(text: str, check: Callable[[], None]) -> Imported | None:
    """Lines with times below the titles and addresses of several talks; None where none has an address."""
    heads = [found for found in _TALK.finditer(text) if links.is_public(found["url"])]
    if not heads:
        return None
    unread = lines.Unreadable()
    for number, line in enumerate(text[: heads[0].start()].split("\n"), 1):
        if line.strip():
            unread.add(number, line)
    talks = list(_talks(text, heads, check, unread))
    if not any(talk.notes for talk in talks):
        return None
    return Imported(tuple(talks), unread=unread.all)


def _talks(
    text: str, heads: list[re.Match[str]], check: Callable[[], None], unread: lines.Unreadable
) -> Iterator[ReadTalk]:
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=True):
        first_line = text.count("\n", 0, head.end()) + 1
        below = lines.read(text[head.end() : end], check, first_line=first_line, below=_BELOW)
        for one in below.unread:
            unread.add(one.line, one.text, one.why)
        notes = tuple(replace(note, of_page=note.at_ms is not None) for note in below.notes)
        yield ReadTalk(head["title"].strip(), head["url"], notes=notes)
