"""What two states of a talk's notes share at their ends: all but one or two of them after a usual edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not

from desktopnotes.model.notebook import Note


def shared_ends(before: Sequence[Note], after: Sequence[Note]) -> tuple[int, int]:
    """How many are the very same from the start, and how many of the rest from the end."""
    most = min(len(before), len(after))
    head = _alike(before, after, most)
    return head, _alike(reversed(before), reversed(after), most - head)


def _alike(before: Iterable[Note], after: Iterable[Note], most: int) -> int:
    return min(next(compress(count(), map(is_not, before, after)), most), most)
