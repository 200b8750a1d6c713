"""The note that is being written, from its first key until it has ended, as a value; and how it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktopnotes.model import edits
from desktopnotes.model.notebook import Kind, Note, Notebook


@dataclass(frozen=True, slots=True)
class Writing:
    """What is being written; without `note_id`, nothing.

    `fullest` is what stood there before the latest keys took from it. It `may_be_link` unless it was an
    address already when the writing began, or somebody chose its kind. `is_typed` is False as long as no key
    came since the note was only left unfinished. Where `plays_on`, the talk was paused for the writing.
    """

    note_id: str = ""
    fullest: str = ""
    may_be_link: bool = True
    is_typed: bool = False
    plays_on: bool = False

    def typed(self, before: str, after: str) -> Writing:
        """A key has made `after` of the text."""
        grew = len(after) > len(before)
        return replace(self, is_typed=True, fullest=after if grew else self.fullest or before)

    def ended(self) -> Writing:
        """Nothing is written any more; the talk may wait still."""
        return Writing(plays_on=self.plays_on)


def is_address(text: str) -> bool:
    """Whether it is an address and nothing else, which makes a link."""
    return edits.read_sign(text)[0] == Kind.LINK


def left(note: Note) -> Writing:
    """A note that nobody types in, to be ended as if its text had been written long ago."""
    return Writing(note.id, note.text, may_be_link=False)


def ended(notebook: Notebook, talk_id: str, writing: Writing) -> Notebook:
    """The notebook with the note in its place; one with neither words nor moment is gone.

    An address that stands alone makes a link when it was written, not each time the note is left.
    """
    note_id = writing.note_id
    if writing.may_be_link:
        after = edits.leave_note(notebook, talk_id, note_id)
    else:
        after = edits.settle(notebook, talk_id, note_id, followers=False)
    note = note_of(after, talk_id, note_id)
    if note and note.is_empty and note.at_ms is None:
        return edits.delete_notes(after, talk_id, (note_id,))
    return after


def note_of(notebook: Notebook, talk_id: str, note_id: str) -> Note | None:
    talk = notebook.talk(talk_id)
    return talk.note(note_id) if talk and note_id else None
