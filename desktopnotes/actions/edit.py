"""The Edit menu: undo and redo, and what the desktop's own clipboard keys do in the page."""

from __future__ import annotations

from desktopnotes.session import Session


def can_undo(session: Session) -> bool:
    return bool(session.history.undo_label)


def can_redo(session: Session) -> bool:
    return bool(session.history.redo_label)


def undo(session: Session) -> None:
    session.undo()


def redo(session: Session) -> None:
    session.redo()


def cut(session: Session) -> None:
    session.screen.show("cut")


def copy(session: Session) -> None:
    session.screen.show("copy")


def paste(session: Session) -> None:
    session.screen.show("paste")


def select(session: Session) -> None:
    """Chooses the note under the caret; where it is chosen already, all of them."""
    session.screen.show("select")


def key_settings(session: Session) -> None:
    session.screen.show("keys")
