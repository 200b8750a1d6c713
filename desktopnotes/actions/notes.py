"""What the page does as the user writes: notes begin, end, are cut and joined; and the way among notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from desktopnotes.actions import signs, snapshots, writing
from desktopnotes.media.player import PlayerState
from desktopnotes.model import edits
from desktopnotes.model.edits import Span
from desktopnotes.model.history import TYPING, Caret
from desktopnotes.model.notebook import Note, new_id
from desktopnotes.model.writing import note_of
from desktopnotes.session import Session
from desktopnotes.words import _

_FRAME_MS = 50
"""A jump shows the frame that a stamp lies in, which begins a little before it."""

_JUST_REACHED_MS = 1000
"""For so long after a note's moment the previous note is the one before it."""


def utc_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- what the commands need to know ------------------------------------------------------------------


def a_talk_is_open(session: Session) -> bool:
    return session.talk is not None


def one_is_under_the_caret(session: Session) -> bool:
    return under_the_caret(session) is not None


def there_are_some(session: Session) -> bool:
    return bool(session.talk and session.talk.notes)


def under_the_caret(session: Session) -> Note | None:
    caret = session.screen.caret()
    talk = session.talk
    return talk.note(caret.note_id) if talk and caret.place == "notes" else None


def chosen(session: Session) -> tuple[str, ...]:
    """The notes that the selection touches, else the one under the caret."""
    ids = session.screen.chosen_notes()
    if ids:
        return ids
    note = under_the_caret(session)
    return (note.id,) if note else ()


def some_are_chosen(session: Session) -> bool:
    """Whether the selection touches notes, or the caret is in one."""
    return bool(chosen(session))


# --- writing -----------------------------------------------------------------------------------------


def begin(session: Session, text: str, after_id: str) -> str:
    """The first key in an empty row: a note with the moment of that key. Its id, "" without a talk."""
    return _begin(session, Note(new_id(), text=text), after_id, _("Write Note"))


def stamp(session: Session) -> None:
    """Starts a note stamped now from wherever the caret is; left empty it stays as a bookmark."""
    writing.settle(session)
    _begin(session, Note(new_id()), None, _("New Note Here"))


def _begin(session: Session, note: Note, after_id: str | None, label: str) -> str:
    """`after_id` None puts the note where its stamp belongs."""
    if session.talk is None:
        session.screen.tell(_("Add a talk first: Talk, Add Files…"))
        return ""
    moment_s = session.screen.key_moment_s()
    found = session.stamp(moment_s)
    if found:
        note = replace(note, at_ms=found.at_ms, approximate=found.approximate)
    note = replace(note, created=utc_now())
    session.history.end_step()
    if after_id is None:
        after = edits.add_settled(session.notebook, session.talk_id, note)
    else:
        after = edits.add_note(session.notebook, session.talk_id, note, after_id)
    session.do(label, after, typing_in=note.id)
    writing.begin(session, note)
    session.screen.put_caret(Caret("notes", session.talk_id, note.id, len(note.text)))
    if found:
        session.late_stamps.resolve_later(session.talk_id, note.id, found)
    else:
        session.trace("stamped", note=note.id, at_ms=None, key_t=moment_s, resolved=True)
    signs.read(session, note.id, "")
    return note.id


def typed(session: Session, note_id: str, text: str) -> None:
    """The text of a note as it is now in the page; a sign typed first becomes the kind at once."""
    before = note_of(session.notebook, session.talk_id, note_id)
    after = edits.set_text(session.notebook, session.talk_id, note_id, text, utc_now())
    session.do(TYPING, after, typing_in=note_id)
    if before is None:
        return
    writing.typed(session, note_id, before.text, text)
    if edits.read_sign(text)[1] != text:
        signs.read(session, note_id, before.text)


def end(session: Session) -> None:
    """See `writing.end`."""
    writing.end(session)


# --- structure ---------------------------------------------------------------------------------------


def delete_these(session: Session, note_ids: Sequence[str], label: str) -> None:
    talk = session.talk
    if talk is None or not note_ids:
        return
    index = talk.index_of(note_ids[0]) or 0
    writing.end_unless_in(session, note_ids)
    session.do(label, edits.delete_notes(session.notebook, session.talk_id, note_ids))
    session.history.end_step()
    session.screen.put_blank(talk.notes[index - 1].id if index else "")
    writing.end(session)


def emptied(session: Session, note_id: str) -> None:
    """Its last letter was taken: the note goes in the same step, and the next key stamps anew.

    Where that step began the note, its going is one of its own, so that undo has the words to give back.
    """
    talk, step = session.talk, session.history.last
    note = talk.note(note_id) if talk else None
    was = note_of(step.notebook, session.talk_id, note_id) if step else None
    if talk is None or note is None:
        return
    if was is None or note.text:
        words = note.text or session.writing.fullest
        session.history.adopt(edits.set_text(session.notebook, talk.id, note_id, words, note.edited))
        delete_these(session, (note_id,), _("Delete Note"))
        return
    index = talk.index_of(note_id) or 0
    is_there = session.screen.caret().note_id == note_id
    session.adopt(edits.delete_notes(session.notebook, talk.id, (note_id,)), typing=_("Delete Note"))
    if is_there:  # what was pasted in its place has the caret by now
        session.screen.put_blank(talk.notes[index - 1].id if index else "")
        writing.end(session)


def cut_span(session: Session, span: Span) -> None:
    """Deletes a piece of the page that reaches over several notes; what is left is written on."""
    session.do(_("Delete"), edits.cut_span(session.notebook, session.talk_id, span))
    session.history.end_step()
    writing.go_on_in(session, span.first_id, span.last_id)


def join_with_previous(session: Session, note_id: str) -> None:
    """Backspace at a note's start, or Delete at the end of the note above."""
    talk = session.talk
    index = talk.index_of(note_id) if talk else None
    if talk is None or not index:
        return
    above = talk.notes[index - 1]
    after = edits.join_with_previous(session.notebook, session.talk_id, note_id)
    if after is session.notebook:
        session.screen.tell(_("Both notes have a snapshot, so they stay two notes."))
        return
    session.do(_("Join Notes"), after)
    writing.go_on_in(session, above.id)
    session.screen.put_caret(Caret("notes", session.talk_id, above.id, len(above.text)))


# --- moments -----------------------------------------------------------------------------------------


def jump(session: Session) -> None:
    """Shows the moment of the note under the caret, or of the note of the moment."""
    note = under_the_caret(session) or _note_at(session, _FRAME_MS)
    if note is not None:
        jump_to(session, note.id)


def jump_to(session: Session, note_id: str) -> None:
    note = session.talk.note(note_id) if session.talk else None
    if note is None:
        return
    if note.at_ms is None:
        session.screen.tell(_("This note has no time: it is about the talk."))
    elif session.player.state in (PlayerState.NOTHING, PlayerState.FAILED):
        session.screen.tell(_("There is no recording to show: its file is not open."))
    else:
        session.jump(note.at_ms)


def previous(session: Session) -> None:
    """Goes to the note above; from the video and the write-up it shows the moment of the one before."""
    if session.screen.caret().place == "notes":
        _go_along_the_page(session, -1)
    else:
        jump_to_previous(session)


def jump_to_previous(session: Session) -> None:
    """Shows the moment of the note before this one, wherever the caret is."""
    if note := _note_at(session, -_JUST_REACHED_MS):
        jump_to(session, note.id)


def next_one(session: Session) -> None:
    """Goes to the note below; from the video and the write-up it shows the moment of the next one."""
    if session.screen.caret().place == "notes":
        _go_along_the_page(session, 1)
    else:
        jump_to_next(session)


def jump_to_next(session: Session) -> None:
    """Shows the moment of the note after this one, wherever the caret is."""
    if note := _note_after(session, _FRAME_MS):
        jump_to(session, note.id)


def around(session: Session, stamps: Sequence[int]) -> tuple[bool, bool]:
    """Whether there is a note to jump to before this moment, and after it; `stamps` are sorted."""
    at_ms = _position_ms(session)
    is_loaded = session.player.state not in (PlayerState.NOTHING, PlayerState.FAILED)
    before, after = stamps[:1], stamps[-1:]
    return (
        is_loaded and bool(before) and before[0] <= at_ms - _JUST_REACHED_MS,
        is_loaded and bool(after) and after[0] > at_ms + _FRAME_MS,
    )


def _go_along_the_page(session: Session, step: int) -> None:
    talk, caret = session.talk, session.screen.caret()
    if talk is None or not talk.notes:
        return
    index = talk.index_of(caret.note_id or session.screen.blank_after() or "")
    place = (-1 if index is None else index) + step
    if not caret.note_id and step < 0:
        place += 1  # from an empty row the note above it is the next one
    target = talk.notes[min(max(0, place), len(talk.notes) - 1)]
    session.screen.put_caret(Caret("notes", talk.id, target.id, len(target.text)))


def _by_time(session: Session) -> list[tuple[int, Note]]:
    notes = session.talk.notes if session.talk else ()
    return sorted(((note.at_ms, note) for note in notes if note.at_ms is not None), key=lambda pair: pair[0])


def _position_ms(session: Session) -> int:
    position = session.player.position_at()
    return position.at_ms if position else 0


def _note_at(session: Session, ahead_ms: int) -> Note | None:
    """The last note that stands at or before the present position and `ahead_ms` more."""
    limit_ms = _position_ms(session) + ahead_ms
    return next((note for at_ms, note in reversed(_by_time(session)) if at_ms <= limit_ms), None)


def _note_after(session: Session, ahead_ms: int) -> Note | None:
    limit_ms = _position_ms(session) + ahead_ms
    return next((note for at_ms, note in _by_time(session) if at_ms > limit_ms), None)


# --- snapshots ---------------------------------------------------------------------------------------


def snapshot(session: Session) -> None:
    """Takes the picture on screen into the note under the caret; where it has one, into a new note."""
    if session.talk is None:
        session.screen.tell(_("Add a talk first: Talk, Add Files…"))
    else:
        snapshots.take(session, under_the_caret(session), utc_now())
