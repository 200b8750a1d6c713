"""Notes that are pasted into a talk, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from heapq import merge

from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook, Talk


def add_pasted(notebook: Notebook, talk_id: str, pasted: Sequence[Note], after_id: str = "") -> Notebook:
    """The notebook with these notes in the talk, stamped ones by time, behind those of the same moment.

    Notes without a stamp stay behind the one they follow in `pasted`; the first ones go behind `after_id`,
    or to the top where that is empty. All of it takes one pass, however many there are.
    """
    if not pasted:
        return notebook

    def in_talk(talk: Talk) -> Talk:
        about, *stamped = _groups(pasted)
        stamped.sort(key=_moment)
        index = talk.index_of(after_id) if after_id else -1
        place = len(talk.notes) if index is None else index + 1
        there = (*talk.notes[:place], *about, *talk.notes[place:])
        first, *groups = _groups(there)
        together = merge(groups, stamped, key=_moment)
        return replace(talk, notes=(*first, *(note for group in together for note in group)))

    return edits.with_talk(notebook, talk_id, in_talk)


def _groups(notes: Sequence[Note]) -> list[list[Note]]:
    """Each stamped note with those without a stamp behind it; the first group is what stands before any."""
    groups: list[list[Note]] = [[]]
    for note in notes:
        if note.at_ms is not None:
            groups.append([])
        groups[-1].append(note)
    return groups


def _moment(group: list[Note]) -> int:
    return group[0].at_ms or 0
