"""Two texts laid side by side, unit by unit: what is the same in both, and what took whose place.

difflib alone takes minutes where much repeats. So what stands once in both is matched first, as patience diff
does it, and difflib only gets what lies between and is cheap enough; the rest counts as changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_DEEPEST = 6
"""So often a stretch is cut at what stands once in it."""

_MOST_STEPS = 60_000
"""What difflib may be given: so many pairs of equal units in a stretch, about 50 ms."""

_MOST_IN_ALL = 20 * _MOST_STEPS
"""For all stretches of a text together, about a second; those behind count as changed."""

_MANY = 64
"""So many units are compared at a time, which costs hardly more than to compare two."""

_NOWHERE = (-1, ())

_MOST_PAIRS = 1_600
_LIKE = 0.4
"""So much of their words two units share of which one is the other, edited."""


Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Hunk:
    """Units `start` up to `end` of the old text became `new_start` up to `new_end` of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end


def hunks(old: Sequence[str], new: Sequence[str], *, pairs: bool = True) -> list[Hunk]:
    """What differs, in order. With `pairs` a unit that was edited is a hunk by itself."""
    edges = [(0, 0, 0), *same_runs(old, new), (len(old), len(new), 0)]
    found: list[Hunk] = []
    for (start, new_start, count), (end, new_end, _) in pairwise(edges):
        gap = Hunk(start + count, end, new_start + count, new_end)
        if gap.start < gap.end or gap.new_start < gap.new_end:
            found += _parted(gap, old, new) if pairs else [gap]
    return found


def same_runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where each run of equal units begins in the old and in the new text, and its length; in order."""
    runs: list[Run] = []
    effort = _Effort()
    stretches = [(0, len(old), 0, len(new), 0)]
    while stretches:
        start, end, new_start, new_end, depth = stretches.pop()
        count = _alike(old, new, start, new_start, min(end - start, new_end - new_start))
        if count:
            runs.append((start, new_start, count))
            start, new_start = start + count, new_start + count
        count = _alike_before(old, new, end, new_end, min(end - start, new_end - new_start))
        if count:
            end, new_end = end - count, new_end - count
            runs.append((end, new_end, count))
        if start == end or new_start == new_end:
            continue
        a, b = old[start:end], new[new_start:new_end]
        if depth < _DEEPEST and (anchors := _standing_once(a, b)):
            cuts = [(0, 0), *anchors, (len(a), len(b))]
            stretches += (
                (start + i, start + j, new_start + k, new_start + m, depth + 1)
                for (i, k), (j, m) in pairwise(cuts)
            )
        else:
            runs += ((start + i, new_start + k, count) for i, k, count in _repeating(a, b, effort))
    return sorted(runs)


@dataclass(slots=True)
class _Effort:
    """How many steps may still be taken for a text."""

    left: int = _MOST_IN_ALL


def _alike(old: Sequence[str], new: Sequence[str], start: int, new_start: int, most: int) -> int:
    """How many units are the same from there on."""
    count = 0
    while count + _MANY <= most:
        at, new_at = start + count, new_start + count
        if old[at : at + _MANY] != new[new_at : new_at + _MANY]:
            break
        count += _MANY
    while count < most and old[start + count] == new[new_start + count]:
        count += 1
    return count


def _alike_before(old: Sequence[str], new: Sequence[str], end: int, new_end: int, most: int) -> int:
    """How many units are the same right before there."""
    count = 0
    while count + _MANY <= most:
        at, new_at = end - count, new_end - count
        if old[at - _MANY : at] != new[new_at - _MANY : new_at]:
            break
        count += _MANY
    while count < most and old[end - 1 - count] == new[new_end - 1 - count]:
        count += 1
    return count


def _repeating(a: Sequence[str], b: Sequence[str], effort: _Effort) -> list[Run]:
    """Equal runs of two stretches in which all that is in both stands there more than once."""
    if effort.left <= 0:
        return []
    steps = _steps(a, b)
    if steps > _MOST_STEPS:
        return _few_edits(a, b, effort)
    effort.left -= steps
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(i, k, count) for i, k, count in blocks if count]


def _few_edits(a: Sequence[str], b: Sequence[str], effort: _Effort) -> list[Run]:
    """Equal runs by Myers’ greedy way, for stretches that a few edits part; none where it takes too long."""
    reached: dict[int, tuple[int, tuple[Run, ...]]] = {1: (0, ())}
    steps = edits = 0
    while steps < min(_MOST_STEPS, effort.left) * _MANY:
        for diagonal in range(-edits, edits + 1, 2):
            left, right = reached.get(diagonal - 1, _NOWHERE), reached.get(diagonal + 1, _NOWHERE)
            i, runs = right if left[0] < right[0] else (left[0] + 1, left[1])
            k = i - diagonal
            count = _alike(a, b, i, k, min(len(a) - i, len(b) - k))
            if count > 0:
                runs = (*runs, (i, k, count))
            reached[diagonal] = i + max(0, count), runs
            steps += max(0, count) + _MANY * (1 + len(runs))
            if i + count >= len(a) and k + count >= len(b):
                effort.left -= steps // _MANY
                return list(runs)
        edits += 1
    effort.left -= steps // _MANY
    return []


def _standing_once(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Where units stand that are there once in both texts; the most that are in the same order in both."""
    once_a, once_b = Counter(a), Counter(b)
    where = {unit: index for index, unit in enumerate(b) if once_b[unit] == 1}
    pairs = [(i, where[unit]) for i, unit in enumerate(a) if once_a[unit] == 1 and unit in where]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` in which the second numbers rise."""
    lowest: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        before.append(last[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        last[length : length + 1] = [number]
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _steps(a: Sequence[str], b: Sequence[str]) -> int:
    counts = Counter(b)
    return sum(counts[unit] for unit in a) + len(a) + len(b)


# --- what is the same, edited ------------------------------------------------------------------------


def likeness(a: str, b: str) -> float:
    """How much two texts have in common, by their words: 0 to 1."""
    return _likeness(Counter(a.split()), Counter(b.split()))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _parted(gap: Hunk, old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """The gap with each unit that was edited beside what came of it."""
    start, new_start = gap.start, gap.new_start
    for i, k in _edited(old[gap.start : gap.end], new[gap.new_start : gap.new_end]):
        at, new_at = gap.start + i, gap.new_start + k
        if start < at or new_start < new_at:
            yield Hunk(start, at, new_start, new_at)
        yield Hunk(at, at + 1, new_at, new_at + 1)
        start, new_start = at + 1, new_at + 1
    if start < gap.end or new_start < gap.new_end:
        yield Hunk(start, gap.end, new_start, gap.new_end)


def _edited(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Which unit became which, in order: the pairs that are most alike in all."""
    if not 1 < len(a) * len(b) <= _MOST_PAIRS:
        return []
    words_a, words_b = [Counter(unit.split()) for unit in a], [Counter(unit.split()) for unit in b]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    alike = [[0.0] * len(b) for _ in a]
    for i in reversed(range(len(a))):
        for k in reversed(range(len(b))):
            like = _likeness(words_a[i], words_b[k])
            alike[i][k] = like if like >= _LIKE else -1.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], best[i + 1][k + 1] + alike[i][k])
    pairs: list[tuple[int, int]] = []
    i = k = 0
    while i < len(a) and k < len(b):
        if alike[i][k] > 0 and best[i][k] == best[i + 1][k + 1] + alike[i][k]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
    return pairs
