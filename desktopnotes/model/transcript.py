"""What was said in a recording: its captions joined into sentences, each with its time.

A sentence ends at a full stop, question or exclamation mark; where the captions have none, at a silence, at
another speaker, or with the cue in which it has become long. It begins with its cue; where it begins in a
cue's middle, at that share of the cue's time that lies before it in letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktopnotes.model.cues import Cue, put_right

_SILENCE_MS = 2500
"""So long without a caption, nobody is in the midst of a sentence."""

_LONG_WORDS, _LONG_WORDS_UNPUNCTUATED = 60, 15
"""From here on a sentence ends with its cue: 60 words are half a minute of speech, 15 some six seconds."""

_NEARLY_MS = 300
"""A caption stays a little longer than its last word: so much before its end a sentence is finished."""

_NEAR_MS = 10_000
"""What was said longer ago than this is not what a moment is about."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[”’」』）]*")
_NO_END = re.compile(r"(?:^|[\s(\"“])(?:[A-HJ-Z]|[A-Za-z]\.[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|vs|bzw)\.$")
"""Initials and abbreviations: their full stop ends nothing."""

_LONGEST_ABBREVIATION = 8

_MOST_LETTERS = 2000
"""No sentence is longer, whatever a cue holds: nobody says 300 words in one breath."""

_SAMPLE = 2000
"""So many cues show whether captions have marks at all."""

_SIGNED = re.compile(r"^\s*(?:>>|[-–\[(♪])", re.MULTILINE)

_SPEAKER = re.compile(r">>+\s*|[-–]\s?(?=[^\W\d_])")
_NOT_SAID = re.compile(r"\[[^\]]*\]|\([^)]*\)|♪.*")
"""[Applause], (laughter), ♪ a song ♪: what a caption describes."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said, as one line of text, from `start_ms` to `end_ms` of the recording.

    `pieces` are the lines of captions that it is made of: (offset in the text, when it begins, when it ends,
    both in ms). `opens_turn`: another person begins to speak with it.
    """

    start_ms: int
    end_ms: int
    text: str
    pieces: tuple[tuple[int, float, float], ...] = field(default=(), compare=False, repr=False)
    opens_turn: bool = field(default=False, compare=False, repr=False)

    def moment_ms(self, offset: int) -> int:
        """When the letter at `offset` of the text is said: at its share of its caption's time."""
        if not self.pieces:
            return self.start_ms
        index = max(0, bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1)
        start, start_ms, end_ms = self.pieces[index]
        share = min(1.0, (offset - start) / max(1, self._behind(index) - start))
        return int(start_ms + (end_ms - start_ms) * share)

    def offset_at(self, at_ms: int) -> int:
        """The offset of the letter that is said at `at_ms`, the other way round."""
        index = bisect_right([start_ms for _, start_ms, _ in self.pieces], at_ms) - 1
        if index < 0:
            return 0
        start, start_ms, end_ms = self.pieces[index]
        share = min(1.0, (at_ms - start_ms) / max(1.0, end_ms - start_ms))
        return start + round((self._behind(index) - start) * share)

    def _behind(self, piece: int) -> int:
        """The offset behind the last letter of a piece; a space stands between two."""
        return self.pieces[piece + 1][0] - 1 if piece + 1 < len(self.pieces) else len(self.text)


@dataclass(frozen=True, slots=True)
class Transcript:
    """Cues in their order, and the sentences that they make."""

    cues: tuple[Cue, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @classmethod
    def of(cls, cues: Sequence[Cue]) -> Transcript:
        """The transcript of cues as they stand in a file: unordered, overlapping, repeated."""
        right = put_right(cues)
        return cls(right, tuple(_sentences(right)))

    def finished_at(self, at_ms: int) -> int | None:
        """The index of the sentence that was just finished at `at_ms`, None where none was yet."""
        index = bisect_right(self.sentences, at_ms + _NEARLY_MS, key=lambda sentence: sentence.end_ms) - 1
        return index if index >= 0 else None

    def joined(self, first: int, last: int) -> Sentence:
        """The sentences from `first` to `last`, both among them, as one."""
        said = self.sentences[first : last + 1]
        return Sentence(said[0].start_ms, said[-1].end_ms, " ".join(one.text for one in said))

    def around(self, at_ms: int) -> Sentence | None:
        """The sentence under way at `at_ms`, else the one finished before it; None in a long silence."""
        index = bisect_right(self.sentences, at_ms, key=lambda sentence: sentence.start_ms) - 1
        if index < 0 or at_ms - self.sentences[index].end_ms > _NEAR_MS:
            return None
        return self.sentences[index]

    def within(self, from_ms: int, to_ms: int) -> tuple[Sentence, ...]:
        """The sentences that are said, at least partly, between two moments."""
        first = bisect_left(self.sentences, from_ms, key=lambda sentence: sentence.end_ms)
        behind = bisect_right(self.sentences, to_ms, key=lambda sentence: sentence.start_ms)
        return self.sentences[first:behind]

    def lately(self, at_ms: int, last_ms: int) -> str:
        """What was shown in the `last_ms` before `at_ms`, the cue under way too; each speaker has a line."""
        first = bisect_right(self.cues, at_ms - last_ms, key=lambda cue: cue.end_ms)
        behind = bisect_left(self.cues, at_ms + 1, key=lambda cue: cue.start_ms)
        lines = [line for cue in self.cues[first:behind] for line in cue.text.split("\n")]
        return "".join(f"\n{line}" if _turn(line) else f" {line}" for line in lines).strip()


def _turn(line: str) -> int:
    """The length of the sign that another person speaks from here on, 0 where there is none."""
    found = _SPEAKER.match(line)
    is_one = found is not None and (line[0] == ">" or line[found.end()].isupper())
    return found.end() if found is not None and is_one else 0


@dataclass(slots=True)
class _Run:
    """Lines that one person says without a long silence: `text` is all of them, in one line.

    `opens_turn`: a sign says that this is another person than before.

    `starts` and `ends` are the offsets of each line in it, `times` when each begins and ends; a sentence
    may end with a line whose offset stands in `cue_ends`.
    """

    opens_turn: bool = False
    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    times: list[tuple[float, float]] = field(default_factory=list)
    cue_ends: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str, start_ms: float, end_ms: float, *, ends_cue: bool) -> None:
        start = self.length + bool(self.lines)
        self.lines.append(line)
        self.length = start + len(line)
        self.starts.append(start)
        self.ends.append(self.length)
        self.times.append((start_ms, end_ms))
        if ends_cue:
            self.cue_ends.append(self.length)

    def time_ms(self, offset: int, index: int) -> float:
        """When the letter at `offset` is said, which lies in or right behind the line `index`."""
        start_ms, end_ms = self.times[index]
        start, end = self.starts[index], self.ends[index]
        return start_ms + (end_ms - start_ms) * (offset - start) / (end - start)

    def sentences(self, longest: int) -> Iterator[Sentence]:
        self.text = " ".join(self.lines)
        begins, opens_turn = 0, self.opens_turn
        for ends in _cut(self.text, self._boundaries(longest)):
            while self.text[begins : begins + 1].isspace():
                begins += 1
            text = self.text[begins:ends].strip()
            if text:
                yield self._sentence(begins, ends, text, opens_turn)
                opens_turn = False
            begins = ends

    def _sentence(self, begins: int, ends: int, text: str, opens_turn: bool) -> Sentence:
        first = bisect_right(self.starts, begins) - 1
        last = bisect_left(self.ends, ends)
        pieces = tuple(
            (
                max(0, self.starts[line] - begins),
                self.time_ms(max(begins, self.starts[line]), line),
                self.time_ms(min(ends, self.ends[line]), line),
            )
            for line in range(first, last + 1)
        )
        return Sentence(round(pieces[0][1]), round(pieces[-1][2]), text, pieces, opens_turn)

    def _boundaries(self, longest: int) -> Iterator[int]:
        """The offsets right behind each sentence."""
        begins, cue = 0, 0
        for ends in (*_ends(self.text), self.length):
            while cue < len(self.cue_ends) and self.cue_ends[cue] < ends:
                if self.text.count(" ", begins, self.cue_ends[cue]) + 1 >= longest:
                    begins = self.cue_ends[cue]
                    yield begins
                cue += 1
            if ends > begins:
                begins = ends
                yield ends


def _cut(text: str, boundaries: Iterator[int]) -> Iterator[int]:
    """The same boundaries, and more where they are too far apart: behind a word, if there is one."""
    begins = 0
    for ends in boundaries:
        while ends - begins > _MOST_LETTERS:
            space = text.rfind(" ", begins + 1, begins + _MOST_LETTERS)
            begins = space if space > 0 else begins + _MOST_LETTERS
            yield begins
        begins = ends
        yield ends


def _ends(text: str) -> Iterator[int]:
    """The offsets right behind the marks that end a sentence."""
    for mark in _END.finditer(text):
        end = mark.end()
        if mark.group()[0] in ".…":
            goes_on = text[end + 1 : end + 2].islower()
            if goes_on or _NO_END.search(text, max(0, end - _LONGEST_ABBREVIATION), end):
                continue
        yield end


def _sentences(cues: Sequence[Cue]) -> Iterator[Sentence]:
    longest = _longest(cues)
    for run in _runs(cues):
        yield from run.sentences(longest)


def _longest(cues: Sequence[Cue]) -> int:
    """The number of words after which a sentence ends with its cue, whether or not a mark says so."""
    text = " ".join(cue.text for cue in cues[:_SAMPLE])
    words, marks = text.count(" ") + 1, sum(1 for _ in _END.finditer(text))
    return _LONG_WORDS_UNPUNCTUATED if marks * _LONG_WORDS < words else _LONG_WORDS


def _runs(cues: Sequence[Cue]) -> Iterator[_Run]:
    run, last_ms = _Run(), 0
    for cue in cues:
        if run.lines and cue.start_ms - last_ms > _SILENCE_MS:
            yield run
            run = _Run()
        last_ms = cue.end_ms
        for line, start_ms, end_ms in _lines(cue):
            sign = _turn(line)
            if sign and run.lines:
                yield run
                run = _Run()
            if not run.lines:
                run.opens_turn = bool(sign)
            run.add(line[sign:], start_ms, end_ms, ends_cue=end_ms == cue.end_ms)
    if run.lines:
        yield run


def _lines(cue: Cue) -> Iterator[tuple[str, float, float]]:
    """What is said in a cue: whole, or by lines where those have signs, each with its share of the time."""
    if not _SIGNED.search(cue.text):
        yield cue.text.replace("\n", " "), cue.start_ms, cue.end_ms
        return
    said = [line.strip() for line in cue.text.split("\n")]
    said = [line for line in said if line and not _NOT_SAID.fullmatch(line)]
    per_letter = (cue.end_ms - cue.start_ms) / max(1, sum(map(len, said)))
    start_ms: float = cue.start_ms
    for left, line in zip(range(len(said) - 1, -1, -1), said, strict=True):
        end_ms = start_ms + len(line) * per_letter if left else cue.end_ms
        yield line, start_ms, end_ms
        start_ms = end_ms
