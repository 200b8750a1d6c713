"""What a user does to notes as things, as pure functions like those of `edits`: move, copy, tag, end them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from desktopnotes.model import tags
from desktopnotes.model.edits import with_note, with_notes, with_talk
from desktopnotes.model.joining import joined
from desktopnotes.model.notebook import Note, Notebook, Talk, changed


def stands_by_time(talk: Talk, note_ids: Collection[str]) -> Note | None:
    """The first of these notes that has a stamp, so that no key can move it; None where none has."""
    ids = frozenset(note_ids)
    return next((note for note in talk.notes if note.id in ids and note.at_ms is not None), None)


def move_notes(notebook: Notebook, talk_id: str, note_ids: Collection[str], step: int) -> Notebook:
    """Moves unstamped notes that stand together one row up (-1) or down (1); stamped ones stay by their time.

    Notes that do not stand together, and those at the end of the page already, stay where they are.
    """
    ids = frozenset(note_ids)

    def in_talk(talk: Talk) -> Talk:
        places = [index for index, note in enumerate(talk.notes) if note.id in ids]
        if not places or stands_by_time(talk, ids) or places[-1] - places[0] != len(places) - 1:
            return talk
        first, end = places[0], places[-1] + 1
        if first + step < 0 or end + step > len(talk.notes):
            return talk
        moved, rest = talk.notes[first:end], (*talk.notes[:first], *talk.notes[end:])
        return replace(talk, notes=(*rest[: first + step], *moved, *rest[first + step :]))

    return with_talk(notebook, talk_id, in_talk)


def join_notes(notebook: Notebook, talk_id: str, note_ids: Collection[str], *, gap: str = "") -> Notebook:
    """Makes one of these notes, where the first stands, see `joining.joined`; or leaves them as they are."""
    ids = frozenset(note_ids)

    def in_talk(talk: Talk) -> Talk:
        several = [note for note in talk.notes if note.id in ids]
        one = joined(several, gap) if len(several) > 1 else None
        if one is None:
            return talk
        ones = (one if note is several[0] else note for note in talk.notes)
        return replace(talk, notes=tuple(note for note in ones if note is one or note.id not in ids))

    return with_talk(notebook, talk_id, in_talk)


def duplicate_notes(
    notebook: Notebook, talk_id: str, new_ids: Mapping[str, str], created: str = ""
) -> Notebook:
    """Puts a copy right behind each note of `new_ids`, under the id given for it; no copy is used yet."""

    def in_talk(talk: Talk) -> Talk:
        notes: list[Note] = []
        for note in talk.notes:
            notes.append(note)
            if note.id in new_ids:
                fresh = changed(note, used=False, conflict=False)
                notes.append(replace(fresh, id=new_ids[note.id], created=created, edited=""))
        return talk if len(notes) == len(talk.notes) else replace(talk, notes=tuple(notes))

    return with_talk(notebook, talk_id, in_talk)


def add_tag(
    notebook: Notebook, talk_id: str, note_ids: Collection[str], tag: str, edited: str = ""
) -> Notebook:
    """Puts `#tag` at the end of the notes that have it not."""
    return with_notes(
        notebook, talk_id, note_ids, lambda note: _with_text(note, tags.with_tag(note.text, tag), edited)
    )


def remove_tag(
    notebook: Notebook, talk_id: str, note_ids: Collection[str], tag: str, edited: str = ""
) -> Notebook:
    """Takes the tag away from the notes that have it; in the midst of a sentence its word stays."""
    return with_notes(
        notebook, talk_id, note_ids, lambda note: _with_text(note, tags.without_tag(note.text, tag), edited)
    )


def _with_text(note: Note, text: str, edited: str) -> Note:
    return note if text == note.text else replace(note, text=text, edited=edited)


def set_end(notebook: Notebook, talk_id: str, note_id: str, end_ms: int | None) -> Notebook:
    """Makes a note one of a stretch, to `end_ms`; None, and what is no stretch, makes it one of a moment."""

    def change(note: Note) -> Note:
        is_stretch = end_ms is not None and note.at_ms is not None and end_ms > note.at_ms
        return changed(note, end_ms=end_ms if is_stretch else None)

    return with_note(notebook, talk_id, note_id, change)


def shifted_out(notes: Sequence[Note], by_ms: int, length_ms: int) -> tuple[int, int]:
    """How many stamps a shift would put before 0:00, and how many behind the recording's end (0: unknown)."""
    after = [note.at_ms + by_ms for note in notes if note.at_ms is not None]
    return sum(at_ms < 0 for at_ms in after), sum(at_ms > length_ms > 0 for at_ms in after)
