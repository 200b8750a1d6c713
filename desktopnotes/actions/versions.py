"""A note that a merge kept twice: the user keeps one of its versions, or all."""

from __future__ import annotations

from desktopnotes.actions.notes import under_the_caret
from desktopnotes.session import Session
from desktopnotes.words import _


def is_marked(session: Session) -> bool:
    """Whether the note under the caret is one of several versions."""
    note = under_the_caret(session)
    return note is not None and note.conflict


def keep_this(session: Session) -> None:
    """Keeps the version under the caret; the others go, in one step that brings them back."""
    note, talk = under_the_caret(session), session.talk
    if note is None or talk is None or not note.conflict:
        return
    from desktopnotes.model import versions  # hardly any notebook has them

    gone = len(versions.versions(talk, note.id)) - 1
    session.do(_("Keep This Version"), versions.keep_version(session.notebook, talk.id, note.id))
    session.history.end_step()
    if gone == 0:
        session.screen.tell(_("The mark is gone; no other version stood in this talk."))


def keep_all(session: Session) -> None:
    """Keeps all versions of the note under the caret as notes of their own."""
    note = under_the_caret(session)
    if note is not None:
        from desktopnotes.model import versions  # as above

        session.do(_("Keep All Versions"), versions.keep_versions(session.notebook, session.talk_id, note.id))
        session.history.end_step()
