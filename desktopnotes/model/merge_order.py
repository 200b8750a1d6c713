"""Lists that two sides changed, made one: ours wins the order, theirs' additions by their neighbours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from desktopnotes.model.notebook import Note


def merged_order(lists: Sequence[Sequence[str]], kept: Collection[str]) -> list[str]:
    """The keys that are `kept`, of base, ours and theirs, in one order; each key stands once in each list.

    Where only theirs were moved, theirs is the order and our additions stand by their neighbours; else ours
    is, and theirs' additions stand behind the one they stood behind, after what we added there.
    """
    base, ours, theirs = lists
    in_ours, in_theirs = set(ours), set(theirs)
    common = [key for key in base if key in in_ours and key in in_theirs]
    in_common = set(common)
    ours_moved = [key for key in ours if key in in_common] != common
    theirs_moved = [key for key in theirs if key in in_common] != common
    if theirs_moved and not ours_moved:
        return _woven(theirs, ours, kept, frozenset())
    return _woven(ours, theirs, kept, in_ours.difference(in_theirs, base))


def _woven(
    first: Sequence[str], second: Sequence[str], kept: Collection[str], passed: Collection[str]
) -> list[str]:
    """`first` with what only `second` has behind its neighbour there, and behind those `passed` after it."""
    in_first = set(first)
    behind: dict[str, list[str]] = {}
    neighbour = ""  # no key: before all
    for key in second:
        if key in in_first:
            neighbour = key
        elif key in kept:
            behind.setdefault(neighbour, []).append(key)
    woven: list[str] = []
    waiting = behind.get("", [])
    for key in first:
        if key not in passed:
            woven += waiting
            waiting = behind.get(key, [])
        if key in kept:
            woven.append(key)
    return woven + waiting


def merged_set(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Words of a list, such as tags: what either side added is in it, what either side took out is not."""
    lists = [tuple(dict.fromkeys(words)) for words in (base, ours, theirs)]
    gone = {word for word in base if word not in ours or word not in theirs}
    kept = {word for word in (*ours, *theirs) if word not in gone}
    return tuple(merged_order(lists, kept))


def is_by_time(notes: Sequence[Note]) -> bool:
    stamps = [note.at_ms for note in notes if note.at_ms is not None]
    return all(one <= other for one, other in pairwise(stamps))


def by_time(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Stamped notes in order; an unstamped one stays behind the note that it was written after."""
    blocks: list[list[Note]] = [[]]
    for note in notes:
        if note.at_ms is not None:
            blocks.append([])
        blocks[-1].append(note)
    first, *stamped = blocks
    stamped.sort(key=lambda block: block[0].at_ms or 0)
    return tuple(note for block in (first, *stamped) for note in block)
