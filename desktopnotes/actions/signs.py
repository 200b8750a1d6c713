"""Kinds by what is typed first: `> `, `? `, `= ` and `! ` become the note's kind as soon as they stand there.

The characters are taken off in a step of their own, so that undo, or Backspace right behind them, gives them
back; given back they stay what they are, text.
"""

from __future__ import annotations

from dataclasses import replace

from desktopnotes.model import edits
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, changed
from desktopnotes.session import Session

NAMES: dict[str, tuple[str, str]] = {
    Kind.THOUGHT: ("a Thought", "Thoughts"),
    Kind.QUOTE: ("a Quote", "Quotes"),
    Kind.QUESTION: ("a Question", "Questions"),
    Kind.LINK: ("a Link", "Links"),
    Kind.CHAPTER: ("a Chapter", "Chapters"),
    Kind.PRIVATE: ("Private", "Private"),
}
"""What one note is made, and several are: "Make It a Quote", "Make 3 Notes Private"."""


def label(kind: str, count: int = 1) -> str:
    one, several = NAMES[kind]
    return f"Make It {one}" if count == 1 else f"Make {count} Notes {several}"


def read(session: Session, note_id: str, before: str) -> None:
    """The text of a note was `before` and has grown: where it begins with a sign now, that is its kind."""
    note = session.talk.note(note_id) if session.talk else None
    if note is None or note.kind != Kind.THOUGHT or len(note.text) <= len(before):
        return
    kind, text = edits.read_sign(note.text)
    if text == note.text or edits.read_sign(before)[1] != before:
        return
    caret = session.screen.caret()
    session.do(label(kind), edits.sign(session.notebook, session.talk_id, note_id), caret=caret)
    offset = max(0, caret.offset - (len(note.text) - len(text)))
    session.screen.put_caret(Caret("notes", session.talk_id, note_id, offset))


def give_back(session: Session, note_id: str) -> bool:
    """Backspace right behind a sign that was read: it is text again. False where none was read just now."""
    step, talk = session.history.last, session.talk
    earlier = step.notebook.talk(session.talk_id) if step else None
    before, now = earlier and earlier.note(note_id), talk and talk.note(note_id)
    if not before or not now or not _is_read(before, now):
        return False
    writing = session.writing
    session.undo()
    session.writing = replace(writing, note_id=note_id)
    return True


def _is_read(before: Note, now: Note) -> bool:
    kind, text = edits.read_sign(before.text)
    return text != before.text and changed(before, kind=kind, text=text) == now
