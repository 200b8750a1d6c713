"""A note that is kept twice: how its versions are known to belong together, and what ends the doubt."""

from __future__ import annotations

import re
from dataclasses import replace

from desktopnotes.model.edits import with_talk
from desktopnotes.model.notebook import Note, Notebook, Talk, derived_id

_LONGEST_ID = 64
_LETTERS = 8
_OF = re.compile(r"(.+?)(?:-[a-z0-9]{8})+", re.DOTALL)


def version_id(of: str, *words: str) -> str:
    """The id of another version of the note `of`: it begins with that one's, and follows from the words."""
    made = derived_id(of, *words)
    return f"{of}-{made[:_LETTERS]}" if len(of) + 1 + _LETTERS <= _LONGEST_ID else made


def _first(note_id: str) -> str:
    """The id of the note that this one is a version of, or its own."""
    found = _OF.fullmatch(note_id)
    return found[1] if found else note_id


def versions(talk: Talk, note_id: str) -> tuple[Note, ...]:
    """The note and what stands in the talk as other versions of it, in the order of the page."""
    first = _first(note_id)
    return tuple(
        note for note in talk.notes if note.id == note_id or (note.conflict and _first(note.id) == first)
    )


def keep_version(notebook: Notebook, talk_id: str, note_id: str) -> Notebook:
    """The other versions of a note go, and it is marked no more; one that is not marked is left as it is."""

    def in_talk(talk: Talk) -> Talk:
        kept = talk.note(note_id)
        if kept is None or not kept.conflict:
            return talk
        gone = {note.id for note in versions(talk, note_id)} - {note_id}
        settled = replace(kept, conflict=False)
        notes = (settled if note is kept else note for note in talk.notes if note.id not in gone)
        return replace(talk, notes=tuple(notes))

    return with_talk(notebook, talk_id, in_talk)


def keep_versions(notebook: Notebook, talk_id: str, note_id: str) -> Notebook:
    """All versions of a note stay, and none is marked any more."""

    def in_talk(talk: Talk) -> Talk:
        kept = talk.note(note_id)
        if kept is None or not kept.conflict:
            return talk
        ids = {note.id for note in versions(talk, note_id)}
        notes = (replace(note, conflict=False) if note.id in ids else note for note in talk.notes)
        return replace(talk, notes=tuple(notes))

    return with_talk(notebook, talk_id, in_talk)
