"""When a note that was changed on two sides is kept twice, and the id of its second version."""

from __future__ import annotations

from desktopnotes.model.notebook import Note
from desktopnotes.model.versions import version_id

WORDS = ("text", "picture", "alt")
"""What a person made: of these nothing may be lost."""


def clash(old: Note, mine: Note, other: Note, name: str) -> bool:
    """Whether both wrote something else; a change beats words that were only taken out."""
    before, here, there = (getattr(each, name) for each in (old, mine, other))
    return bool(here and there and here != there and before not in (here, there))


def words_of(note: Note) -> str:
    return "\0".join(getattr(note, name) for name in WORDS)


def second_id(mine: Note, other: Note) -> str:
    """The same whichever side is ours."""
    return version_id(mine.id, *sorted((words_of(mine), words_of(other))))


def is_stretch(at_ms: int | None, end_ms: int | None) -> bool:
    return end_ms is None or (at_ms is not None and at_ms <= end_ms)
