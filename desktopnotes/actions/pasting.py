"""Pasted text taken apart: lines that start with a time become notes of that time; and notes written so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktopnotes.model import edits, timecode
from desktopnotes.model.notebook import Kind, Note, new_ids

_TIME = r"(?:\d{1,3}:[0-5]?\d|\d{1,3}):[0-5]\d(?:[.,]\d{1,3})?(?!:?\d)"
_TIMED_LINE = re.compile(
    rf"""
    \s* (?:[-*+•–—][ \t]+)?  # an item of a list
    [\[(]? (?P<at>{_TIME}) (?:[ \t]*(?:-->|[-–—])[ \t]*(?P<end>{_TIME}))? [\])]?
    (?:(?<=\])\([^\s()]*\))?  # where the time is a link
    [ \t]*[-–—:|]?[ \t]* (?P<words>.*)
    """,
    re.VERBOSE,
)

_SIGNS: dict[str, str] = {kind: sign for sign, kind in edits.SIGNS.items()}


_ROUNDED_MS = 999
"""A time in whole seconds may be so much behind the end that it means."""


def timed_notes(text: str, length_ms: int = 0, created: str = "") -> tuple[str, tuple[Note, ...]]:
    """What stands before the first time, and a new note for each line that starts with one.

    Lines without a time belong to the one above them. A second time behind the first is the note's end. What
    is past the end of the recording (0: unknown) is no time of it. A megabyte of such lines is taken apart
    while the user waits: each becomes a note at once, by one call.
    """
    head: list[str] = []
    timed: list[tuple[int, int | None, list[str]]] = []
    for line in _lines(text):
        match = _TIMED_LINE.fullmatch(line)
        times = _times(match, length_ms) if match else None
        if match and times:
            timed.append((*times, [match["words"]]))
        else:
            (timed[-1][2] if timed else head).append(line)
    notes = []
    for note_id, (at_ms, end_ms, lines) in zip(new_ids(len(timed)), timed, strict=True):
        kind, words = edits.read_sign("\n".join(lines).strip("\n").rstrip())
        notes.append(Note(note_id, at_ms, end_ms, kind or Kind.THOUGHT, words, created=created))
    return "\n".join(head).strip("\n"), tuple(notes)


def times_past(text: str, length_ms: int) -> int:
    """How many lines start with a time that is past the end of the recording."""
    found = map(_TIMED_LINE.fullmatch, _lines(text))
    return sum(1 for match in found if match and _times(match, length_ms) is None)


def _lines(text: str) -> list[str]:
    """The lines as the page shows them: Python's own splitting knows breaks that are none there (U+2028)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _times(match: re.Match[str], length_ms: int) -> tuple[int, int | None] | None:
    """From when to when the note of a line lasts; None where that is no time of the recording."""
    at_ms = timecode.parse(match["at"])
    end_ms = timecode.parse(match["end"]) if match["end"] else at_ms
    if length_ms:
        if at_ms > length_ms + _ROUNDED_MS:
            return None
        at_ms, end_ms = min(at_ms, length_ms), min(end_ms, length_ms)
    return at_ms, end_ms if end_ms > at_ms else None


def written(notes: Iterable[Note]) -> str:
    """Notes as lines that become such notes again when they are pasted: `12:41 words`, the kind as a sign."""
    return "\n".join(f"{_stamp(note)}{_SIGNS.get(note.kind, '')}{note.text}" for note in notes)


def _stamp(note: Note) -> str:
    if note.at_ms is None:
        return ""
    ends = f" - {timecode.clock(note.end_ms)}" if note.end_ms is not None else ""
    return f"{timecode.clock(note.at_ms)}{ends} "
