"""A talk's notes as subtitles of its recording (WebVTT), so that a player shows each at its moment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from desktopnotes.export.interchange import webvtt, wording
from desktopnotes.export.interchange.talks import length_ms, public_ms
from desktopnotes.export.languages import Language
from desktopnotes.model.notebook import Note, Talk

_SHORTEST_MS, _LEAST_MS, _MOST_MS = 1000, 3000, 15_000
_LETTER_MS = 65
"""A note without an end stays for as long as it takes to be read (15 letters a second), from 3 to 15 s, but
goes when the next one comes; a second remains even then, and both are shown."""


def written(talk: Talk, notes: Sequence[Note], words: Language) -> str:
    """The file. `notes` are stamped ones with words."""
    said = [(note, wording.lines(note, talk, words)) for note in notes]
    shown = sorted(((note.at_ms or 0, note, lines) for note, lines in said if lines), key=lambda one: one[0])
    starts_ms = [at_ms for at_ms, _, _ in shown]
    cues = []
    for (at_ms, note, lines), next_ms in zip_longest(shown, starts_ms[1:]):
        end_ms = _end_ms(note, sum(map(len, lines)), next_ms)
        cues.append(webvtt.Cue(public_ms(talk, at_ms), public_ms(talk, end_ms), lines))
    return webvtt.written(cues)


def _end_ms(note: Note, letters: int, next_ms: int | None) -> int:
    at_ms = note.at_ms or 0
    if note.end_ms is not None and note.end_ms > at_ms:
        return note.end_ms
    end_ms = at_ms + min(max(_LEAST_MS, letters * _LETTER_MS), _MOST_MS)
    return end_ms if next_ms is None else max(min(end_ms, next_ms), at_ms + _SHORTEST_MS)


def beyond(talk: Talk, notes: Sequence[Note]) -> int:
    """How many of the notes are never seen, as the recording has ended before."""
    end_ms = length_ms(talk)
    return sum(public_ms(talk, note.at_ms or 0) >= end_ms for note in notes) if end_ms else 0
