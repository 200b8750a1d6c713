"""The life of the note that is being written: it begins, is typed in, and ends or is given up.

It takes its place as a consequence of what was typed, and is undone with it; the talk that was paused for it
plays on. Whatever else meets a note being written (a step back, joining, deleting) ends or moves it here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from desktopnotes.actions import pausing
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note
from desktopnotes.model.writing import Writing, ended, is_address, left, note_of
from desktopnotes.session import Session
from desktopnotes.words import _


def begin(session: Session, note: Note) -> None:
    """A note was made to be written in."""
    before = session.writing
    session.writing = Writing(note.id, note.text, is_typed=True, plays_on=before.plays_on)
    pausing.begin(session)


def typed(session: Session, note_id: str, before: str, after: str) -> None:
    """A key has made `after` of a note's text; the first one begins the writing."""
    if session.writing.note_id != note_id:
        may_be_link = not is_address(before)
        session.writing = replace(session.writing.ended(), note_id=note_id, may_be_link=may_be_link)
    is_first = not session.writing.is_typed
    session.writing = session.writing.typed(before, after)
    if is_first:
        pausing.begin(session)


def end(session: Session) -> None:
    """Enter, Ctrl+T or the caret leaving it ends a note: it takes its place and is saved at once."""
    if session.writing.note_id:
        settle(session)
        pausing.end(session)


def settle(session: Session) -> None:
    """As `end`, where another note begins at once: the talk waits on."""
    ending, session.writing = session.writing, session.writing.ended()
    if ending.note_id:
        session.adopt(ended(session.notebook, session.talk_id, ending))
        session.history.end_step()
        session.save_now()


def kind_was_chosen(session: Session, note_ids: Collection[str]) -> None:
    """Somebody made these notes what they are to be, so that their text no longer decides it."""
    if session.writing.note_id in note_ids:
        session.writing = replace(session.writing, may_be_link=False)


def end_unless_in(session: Session, note_ids: Collection[str]) -> None:
    """Before something is done to other notes than the one being written."""
    if session.writing.note_id not in note_ids:
        end(session)


def put_early(session: Session, note_id: str) -> None:
    """The note being written takes its place before it has ended: what it is parted into stays together."""
    if session.writing.note_id == note_id:
        session.adopt(edits.settle(session.notebook, session.talk_id, note_id, followers=False))


def go_on_in(session: Session, *note_ids: str) -> None:
    """An edit put the caret into the first of these notes that is still there, to be ended when it is left.

    The writing goes on there, if there was any; where none of them is left, it is at its end.
    """
    found = (note_of(session.notebook, session.talk_id, note_id) for note_id in note_ids)
    note = next(filter(None, found), None)
    if note is None:
        end(session)
        return
    was = session.writing
    session.writing = replace(left(note), is_typed=was.is_typed, plays_on=was.plays_on)


def put_in_place(session: Session, note_id: str) -> None:
    """Enter in a note that nobody wrote in: out of its place, or empty, it is mended in a step of its own."""
    note = note_of(session.notebook, session.talk_id, note_id)
    if note:
        mended = ended(session.notebook, session.talk_id, left(note))
        is_gone = note_of(mended, session.talk_id, note_id) is None
        session.do(_("Delete Note") if is_gone else _("Put Note in Its Place"), mended)
        session.history.end_step()


def step(session: Session, move: Callable[[], None]) -> None:
    """Undo or redo. The note under the caret is written on where it was written before.

    It is also where the step left it unfinished, out of its place or empty: leaving it then ends it.
    """
    before, talk_id = session.writing, session.talk_id
    move()
    note = note_of(session.notebook, session.talk_id, session.screen.caret().note_id)
    if note and note.id == before.note_id:
        session.writing = before
        return
    if before.note_id:
        session.adopt(ended(session.notebook, talk_id, before))
        if session.talk_id == talk_id:
            session.writing = before.ended()
            pausing.end(session)
    if note and ended(session.notebook, session.talk_id, left(note)) is not session.notebook:
        session.writing = left(note)
