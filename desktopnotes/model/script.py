"""The transcript as a page to read: sentences joined to paragraphs, and which moment stands at which place.

A place is a paragraph's number and an offset in its text, both from 0.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from desktopnotes.model import words
from desktopnotes.model.transcript import Sentence, Transcript

Place = tuple[int, int]

_FULL_LETTERS = 420
"""A paragraph ends with the sentence in which it has become so long: half a minute, some seven lines."""

_PAUSE_MS, _PAUSED_LETTERS = 2500, 120
"""So long a silence begins another paragraph, unless there is hardly anything in this one yet."""

_LONG_PAUSE_MS = 8000
"""After so long a silence it is another paragraph anyway."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences from number `first` of the transcript on, in one line; `starts` are their offsets in it."""

    first: int
    at_ms: int
    text: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen to be quoted, and when the caption begins in which it starts (`cue_ms`).

    `is_meant`: the user selected it or put the caret there; else the page went there with the talk.
    """

    said: Sentence
    cue_ms: int
    is_meant: bool = True


class Script:
    """The paragraphs of a transcript. Every place that is asked about may lie outside: the nearest counts."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.paragraphs = tuple(_paragraphs(transcript.sentences))
        self._firsts = [paragraph.first for paragraph in self.paragraphs]
        self._sentence_ms = [sentence.start_ms for sentence in transcript.sentences]
        self._cue_ms = [cue.start_ms for cue in transcript.cues]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    # --- from a moment to a place --------------------------------------------------------------------

    def sentence_at(self, at_ms: int) -> int:
        """The number of the sentence under way at a moment, else of the one before; -1 before the first."""
        return bisect_right(self._sentence_ms, at_ms) - 1

    def range_of(self, sentence: int) -> tuple[int, int, int]:
        """Where a sentence stands: its paragraph, the offset of its first letter and that behind its last."""
        number = max(0, bisect_right(self._firsts, sentence) - 1)
        paragraph = self.paragraphs[number]
        start = paragraph.starts[sentence - paragraph.first]
        return number, start, start + len(self.transcript.sentences[sentence].text)

    def place_at(self, at_ms: int) -> Place:
        """Where stands what is said at a moment."""
        index = max(0, self.sentence_at(at_ms))
        number, start, end = self.range_of(index)
        return number, min(end, start + self.transcript.sentences[index].offset_at(at_ms))

    # --- from a place to a moment --------------------------------------------------------------------

    def sentence_over(self, place: Place) -> int:
        """The number of the sentence at a place; of the one before, behind its end."""
        number, offset = self._inside(place)
        paragraph = self.paragraphs[number]
        return paragraph.first + max(0, bisect_right(paragraph.starts, offset) - 1)

    def moment_ms(self, place: Place) -> int:
        """When the letter at a place is said."""
        number, offset = self._inside(place)
        sentence = self.sentence_over(place)
        start = self.paragraphs[number].starts[sentence - self.paragraphs[number].first]
        return self.transcript.sentences[sentence].moment_ms(offset - start)

    def cue_ms(self, place: Place) -> int:
        """When the caption begins that the letter at a place belongs to."""
        return self._cue_ms[max(0, bisect_right(self._cue_ms, self.moment_ms(place)) - 1)]

    def _inside(self, place: Place) -> Place:
        number = min(max(0, place[0]), len(self.paragraphs) - 1)
        return number, min(max(0, place[1]), len(self.paragraphs[number].text))

    # --- choosing ------------------------------------------------------------------------------------

    def chosen(self, caret: Place, selection: tuple[Place, Place] | None, *, is_meant: bool = True) -> Chosen:
        """The words selected, each of them whole; without any, the sentence at the caret."""
        said = self.between(*selection) if selection else None
        if selection and said:
            return Chosen(said, self.cue_ms(self._first_word(selection[0])))
        sentence = self.transcript.sentences[self.sentence_over(caret)]
        return Chosen(sentence, self.cue_ms(caret), is_meant)

    def between(self, first: Place, last: Place) -> Sentence | None:
        """What stands between two places, widened to whole words; None where that is no word."""
        first, last = self._first_word(first), self._inside(last)
        last = last[0], words.end_around(self.paragraphs[last[0]].text, last[1])
        if first >= last:
            return None
        parts = []
        for number in range(first[0], last[0] + 1):
            text = self.paragraphs[number].text
            start = first[1] if number == first[0] else 0
            end = last[1] if number == last[0] else len(text)
            parts.append(text[start:end].strip())
        text = " ".join(filter(None, parts))
        if not words.spelled(text).letters:
            return None
        start_ms = self.moment_ms(first)
        return Sentence(start_ms, max(start_ms, self.moment_ms(last)), text)

    def _first_word(self, place: Place) -> Place:
        """The place of the first letter of the word at a place, or of the next one."""
        number, offset = self._inside(place)
        text = self.paragraphs[number].text
        offset = words.start_around(text, offset)
        while offset < len(text) and text[offset].isspace():
            offset += 1
        if offset == len(text) and number + 1 < len(self.paragraphs):
            return number + 1, 0
        return number, offset


def _paragraphs(sentences: tuple[Sentence, ...]) -> Iterator[Paragraph]:
    first, letters, starts = 0, 0, [0]
    for index, (before, sentence) in enumerate(itertools.pairwise(sentences), 1):
        letters += len(before.text) + 1
        pause_ms = sentence.start_ms - before.end_ms
        if (
            sentence.opens_turn
            or letters >= _FULL_LETTERS
            or pause_ms >= _LONG_PAUSE_MS
            or (pause_ms >= _PAUSE_MS and letters >= _PAUSED_LETTERS)
        ):
            yield _paragraph(sentences, first, index, starts)
            first, letters, starts = index, 0, []
        starts.append(letters)
    if sentences:
        yield _paragraph(sentences, first, len(sentences), starts)


def _paragraph(sentences: tuple[Sentence, ...], first: int, behind: int, starts: list[int]) -> Paragraph:
    text = " ".join(sentence.text for sentence in sentences[first:behind])
    return Paragraph(first, sentences[first].start_ms, text, tuple(starts))
