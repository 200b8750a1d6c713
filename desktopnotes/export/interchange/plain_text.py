"""Notes as plain text: under each talk's title a line for each note, its time first, never wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktopnotes.export import links
from desktopnotes.export.interchange import wording
from desktopnotes.export.interchange.talks import public_ms
from desktopnotes.export.languages import Language
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Note, Talk

_HOUR_MS = 3_600_000


def written(title: str, talks: Iterable[tuple[Talk, Sequence[Note]]], words: Language) -> str:
    """`title` stands above all talks; "" for none."""
    head = [title] if title else []
    return "\n\n\n".join((*head, *(_talk(talk, notes, words) for talk, notes in talks))) + "\n"


def _talk(talk: Talk, notes: Sequence[Note], words: Language) -> str:
    speakers = ", ".join(filter(None, map(wording.one_line, talk.speakers)))
    head = filter(None, (wording.title(talk), speakers, links.public(talk.url)))
    times_ms = [public_ms(talk, note.at_ms) for note in notes if note.at_ms is not None]
    long = max(times_ms, default=0) >= _HOUR_MS
    shown = (_note(talk, note, words, long=long) for note in notes)
    return "\n".join((*head, "", *filter(None, shown)))


def _note(talk: Talk, note: Note, words: Language, *, long: bool) -> str:
    """`12:46  words`, further lines of the note below its words.

    A note without a time has `--:--` there, lest it be a further line of the one above it.
    """
    no_time = "-:--:--" if long else "--:--"
    time = no_time if note.at_ms is None else timecode.clock(public_ms(talk, note.at_ms), long=long)
    width = len(no_time) + 2
    first, *others = wording.lines(note, talk, words) or ("",)
    lines = (f"{time:{width}}{first}", *(f"{'':{width}}{line}" for line in others))
    return "\n".join(line.rstrip() for line in lines) if first or others else ""
