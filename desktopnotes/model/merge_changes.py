"""What a merge brought into a notebook; how it is told stands in `merge_sentence.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What became of something of theirs in ours."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT_TWICE = "kept twice"
    JOINED = "joined"
    KEPT_OURS = "kept ours"
    """Both changed a value, and ours stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """What of theirs came into ours: of a "note", "talk", "post" or the "notebook", and which field.

    `other_id` is the id of the second version of a note that is kept twice.
    """

    kind: ChangeKind
    what: str
    talk_id: str = ""
    note_id: str = ""
    post_id: str = ""
    field: str = ""
    other_id: str = ""


FOUND_OUT = frozenset(
    {"position_ms", "state", "duration_ms", "rate", "exported", "edited", "created", "caption", "conflict"}
)
"""Fields that the program fills in; alone they are no edit, and not worth a word."""

CONFLICTS = (ChangeKind.KEPT_TWICE, ChangeKind.JOINED, ChangeKind.KEPT_OURS)


def versions_of(changes: Iterable[Change]) -> list[list[str]]:
    """The ids of all versions of each note that is kept twice, or more often where several were merged."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.kind == ChangeKind.KEPT_TWICE:
            ids = found.setdefault(change.note_id, [change.note_id])
            if change.other_id not in ids:
                ids.append(change.other_id)
            found[change.other_id] = ids
    return list({id(ids): ids for ids in found.values()}.values())
