"""The Edit menu: undo and redo, and what the desktop's own clipboard keys do in the page."""

from __future__ import annotations

from desktopnotes.actions import writing
from desktopnotes.session import Session
from desktopnotes.words import _


def can_undo(session: Session) -> bool:
    return bool(session.history.undo_label)


def can_redo(session: Session) -> bool:
    return bool(session.history.redo_label)


def says_undo(session: Session) -> str:
    """ "Undo Shift All Notes": what would be undone is said."""
    step = session.history.undo_label
    return _("Undo {step}").format(step=step) if step else _("Undo")


def says_redo(session: Session) -> str:
    step = session.history.redo_label
    return _("Redo {step}").format(step=step) if step else _("Redo")


def undo(session: Session) -> None:
    writing.step(session, session.undo)


def redo(session: Session) -> None:
    writing.step(session, session.redo)


def select(session: Session) -> None:
    """Chooses the note under the caret; where it is chosen already, all of them."""
    session.screen.show("select")


def preferences(session: Session) -> None:
    session.screen.show("preferences")
