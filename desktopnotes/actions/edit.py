"""The Edit menu: undo and redo, and what the desktop's own clipboard keys do in the page."""

from __future__ import annotations

from desktopnotes.actions import pausing
from desktopnotes.session import Session


def can_undo(session: Session) -> bool:
    return bool(session.history.undo_label)


def can_redo(session: Session) -> bool:
    return bool(session.history.redo_label)


def says_undo(session: Session) -> str:
    """ "Undo Shift All Notes": what would be undone is said."""
    return f"Undo {session.history.undo_label}".strip()


def says_redo(session: Session) -> str:
    return f"Redo {session.history.redo_label}".strip()


def undo(session: Session) -> None:
    written_id = session.writing_id
    session.undo()
    _play_on_if_gone(session, written_id)


def redo(session: Session) -> None:
    written_id = session.writing_id
    session.redo()
    _play_on_if_gone(session, written_id)


def _play_on_if_gone(session: Session, note_id: str) -> None:
    """What was paused to write a note plays on when that note is taken back."""
    if note_id and session.talk and session.talk.note(note_id) is None:
        pausing.end(session)


def select(session: Session) -> None:
    """Chooses the note under the caret; where it is chosen already, all of them."""
    session.screen.show("select")


def preferences(session: Session) -> None:
    session.screen.show("preferences")
