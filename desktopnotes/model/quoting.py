"""Whether a quote says what was said: its words beside those of the captions around its moment.

What cannot be known is never held against a quote: where there are no captions, or nobody speaks, it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktopnotes.model.notebook import Kind, Note
from desktopnotes.model.shortening import to_letters
from desktopnotes.model.transcript import Transcript
from desktopnotes.model.words import Spelled, spelled

_BEFORE_MS, _AFTER_MS = 15_000, 30_000
"""How far from the stamp its words may stand (issue 5): stamps are guessed, and speakers take their time."""

_BEHIND_END_MS = 5000

_LONGEST_MS = 30 * 60_000
"""A note that lasts longer is about a part of the talk, whatever its kind."""

_SHOWN_LETTERS = 400
_SHOWN_MS = 8000

_LEFT_OUT = re.compile(r"\[[^\]\n]*\](?!\()|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}")
"""[…], [the author's own words], …: here the quote leaves something out or puts something in."""

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|https?://\S+")
_TAG = re.compile(r"(?<!\w)#\w[\w/-]*")
_SPEAKER_FIRST = re.compile(r"^\s*[^\W\d_][^:.!?\n]{0,40}:\s")
_SPEAKER_LAST = re.compile(r"\s[-–—]+\s*[^.!?\n]{1,60}$|\s\([^()\n]{1,60}\)$")
"""“Mara: we …”, “… we did — Mara”, “… we did (Mara)”."""


def said_instead(note: Note, transcript: Transcript) -> str:
    """What the captions say at a quote of other words, cut where it is long; "" where the quote may stand.

    Words must stand in one piece and in order, except at an omission. Case, marks, Markdown, tags, fillers
    and the speaker's name do not count.
    """
    if note.kind != Kind.QUOTE or note.at_ms is None:
        return ""
    end_ms = note.end_ms or note.at_ms
    if end_ms - note.at_ms > _LONGEST_MS:
        return ""
    to_ms = max(note.at_ms + _AFTER_MS, end_ms + _BEHIND_END_MS)
    said = " ".join(sentence.text for sentence in transcript.within(note.at_ms - _BEFORE_MS, to_ms))
    if not said or _is_said(note.text, said):
        return ""
    near = transcript.within(note.at_ms, max(end_ms, note.at_ms + _SHOWN_MS))
    shown = " ".join(sentence.text for sentence in near) or said
    return to_letters(shown, _SHOWN_LETTERS, at_a_word=True)


def _is_said(quote: str, said: str) -> bool:
    as_written = spelled(quote)
    if not as_written.letters or spelled(said).says([as_written]):
        return True  # first as it stands: captions may have brackets and dots of their own
    heard = spelled(_LEFT_OUT.sub(" ", said), without_fillers=True)
    return any(heard.says(_parts(words)) for words in _wordings(quote))


def _wordings(quote: str) -> Iterator[str]:
    """The quote's own words: all of them, and without what may be the name of who said it."""
    words = _TAG.sub(" ", _LINK.sub(r" \1 ", quote)).strip()
    yield words
    without_first = _SPEAKER_FIRST.sub("", words)
    yield without_first
    yield _SPEAKER_LAST.sub("", words)
    yield _SPEAKER_LAST.sub("", without_first)


def _parts(words: str) -> list[Spelled]:
    parts = (spelled(part, without_fillers=True) for part in _LEFT_OUT.split(words))
    return [part for part in parts if part.letters]
