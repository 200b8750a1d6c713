"""Kinds by what is typed first: `> `, `? `, `= ` and `! ` become the note's kind as soon as they stand there.

The characters are taken off in a step of their own, so that undo, or Backspace right behind them, gives them
back; given back they stay what they are, text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktopnotes.model import edits
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, changed
from desktopnotes.session import Session
from desktopnotes.words import ngettext

_LABELS: dict[str, Callable[[int], str]] = {
    Kind.THOUGHT: lambda n: ngettext("Make It a Thought", "Make {n} Notes Thoughts", n),
    Kind.QUOTE: lambda n: ngettext("Make It a Quote", "Make {n} Notes Quotes", n),
    Kind.QUESTION: lambda n: ngettext("Make It a Question", "Make {n} Notes Questions", n),
    Kind.LINK: lambda n: ngettext("Make It a Link", "Make {n} Notes Links", n),
    Kind.CHAPTER: lambda n: ngettext("Make It a Chapter", "Make {n} Notes Chapters", n),
    Kind.PRIVATE: lambda n: ngettext("Make It Private", "Make {n} Notes Private", n),
}


def label(kind: str, count: int = 1) -> str:
    """What the step is called that makes so many notes that kind."""
    return _LABELS[kind](count).format(n=count)


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
