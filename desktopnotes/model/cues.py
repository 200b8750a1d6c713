"""Cues, the pieces that captions are made of: values, and how those of a real file are put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LONGEST_MS = 1000 * 3600 * 1000
"""No recording is longer than 1000 hours: what claims to stand later is no time."""

_ROLLS_MS = 150
"""YouTube's own captions repeat a line in the cue that follows at once; later it is said again."""

_NO_LENGTH_MS = 2000
"""How long a cue is taken to last that ends before it begins: some eight words at the usual speed."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from `start_ms` to `end_ms` of the recording; `text` may have several lines."""

    start_ms: int
    end_ms: int
    text: str


def put_right(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """The cues by time, one after the other, each with words and a length; what rolls is said once.

    Times below 0 begin at 0. What lies wholly below it or past `LONGEST_MS`, or has no words, goes. A cue
    that ends before it begins gets a usual length, one that lasts into the next ends there, and two that
    begin together become one.
    """
    timed = sorted((cue for cue in map(_within_time, cues) if cue), key=lambda cue: cue.start_ms)
    return tuple(_cut_where_the_next_begins(_joined_where_they_begin_together(_said_once(timed))))


def shifted(cues: Iterable[Cue], by_ms: int) -> tuple[Cue, ...]:
    """The cues `by_ms` later (earlier where negative); what then lies before the beginning goes."""
    moved = (replace(cue, start_ms=cue.start_ms + by_ms, end_ms=cue.end_ms + by_ms) for cue in cues)
    return tuple(replace(cue, start_ms=max(0, cue.start_ms)) for cue in moved if cue.end_ms > 0)


def _within_time(cue: Cue) -> Cue | None:
    text = cue.text.strip()
    start_ms, end_ms = cue.start_ms, cue.end_ms
    if end_ms <= start_ms:
        end_ms = start_ms + _NO_LENGTH_MS
    if not text or end_ms <= 0 or end_ms > LONGEST_MS:
        return None
    if (start_ms, end_ms, text) == (cue.start_ms, cue.end_ms, cue.text) and start_ms >= 0:
        return cue
    return Cue(max(0, start_ms), end_ms, text)


def _said_once(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Drops the lines at the start of a cue that those right before it ended with."""
    shown: list[str] = []
    last_end_ms = 0
    for cue in cues:
        lines = cue.text.split("\n") if "\n" in cue.text else [cue.text]
        repeated = _repeated(shown, lines) if shown and cue.start_ms - last_end_ms <= _ROLLS_MS else 0
        shown, last_end_ms = lines, max(last_end_ms, cue.end_ms)
        if not repeated:
            yield cue
        elif repeated < len(lines):
            yield replace(cue, text="\n".join(lines[repeated:]))


def _repeated(shown: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first `lines` are the last ones of `shown`."""
    most = min(len(shown), len(lines))
    return next((n for n in range(most, 0, -1) if shown[-n:] == lines[:n]), 0)


def _joined_where_they_begin_together(cues: Iterable[Cue]) -> Iterator[Cue]:
    waiting: Cue | None = None
    for cue in cues:
        if waiting and waiting.start_ms == cue.start_ms:
            waiting = Cue(cue.start_ms, max(waiting.end_ms, cue.end_ms), f"{waiting.text}\n{cue.text}")
        else:
            if waiting:
                yield waiting
            waiting = cue
    if waiting:
        yield waiting


def _cut_where_the_next_begins(cues: Iterable[Cue]) -> Iterator[Cue]:
    in_order = tuple(cues)
    for cue, following in pairwise(in_order):
        lasts_into_it = cue.end_ms > following.start_ms
        yield Cue(cue.start_ms, following.start_ms, cue.text) if lasts_into_it else cue
    yield from in_order[-1:]
