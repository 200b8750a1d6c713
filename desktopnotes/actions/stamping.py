"""Stamps: taken anew, entered, nudged, dragged, shifted together, taken off; and where a note ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktopnotes.actions.arranging import do
from desktopnotes.actions.notes import chosen, under_the_caret
from desktopnotes.media.player import PlayerState
from desktopnotes.model import arranging, edits, timecode
from desktopnotes.model.notebook import Note
from desktopnotes.session import Session
from desktopnotes.stamps import Stamp
from desktopnotes.words import _, ngettext

_SAME_MS = 250
"""An end set so near to the one there is takes that one off again."""

_NO_MOMENT = _("There is no moment to take: the talk has not been played yet, or has ended.")


def restamp(session: Session) -> None:
    """Gives the note under the caret the frame on screen."""
    note = under_the_caret(session)
    found = session.stamp(session.screen.key_moment_s(), react=False)
    if note is None or found is None:
        session.screen.tell(_NO_MOMENT)
        return
    set_stamp(session, note.id, found.at_ms, found, label=_("Restamp"))


def set_stamp(
    session: Session, note_id: str, at_ms: int, found: Stamp | None = None, *, label: str = _("Change Stamp")
) -> None:
    """Puts `at_ms` on a note and the note in its place; `found` is resolved further."""
    approximate = found is not None and found.approximate
    after = edits.restamp(session.notebook, session.talk_id, note_id, at_ms, approximate=approximate)
    session.do(label, after)
    session.history.end_step()
    if found:
        session.late_stamps.resolve_later(session.talk_id, note_id, found)


def edit_stamp(session: Session) -> None:
    session.screen.show("stamp entry")


def enter_times(session: Session, note_id: str, typed: str) -> None:
    """What was typed over a note's stamp. Raises `UserError`, with nothing changed, where it is no time."""
    note = session.talk.note(note_id) if session.talk else None
    if note is None:
        return
    before = (note.at_ms, note.end_ms)
    if typed.strip() == timecode.shown(before):
        return
    at_ms, end_ms = timecode.read(typed, before, length_ms(session))
    if at_ms is None:
        take_off(session, note)
    elif (at_ms, end_ms) != before:
        after = edits.restamp(session.notebook, session.talk_id, note_id, at_ms)
        after = arranging.set_end(after, session.talk_id, note_id, end_ms)
        session.do(_("Change Stamp") if at_ms != note.at_ms else _("Change Its End"), after)
        session.history.end_step()
        _show_when_paused(session, at_ms)


def say(session: Session) -> None:
    """The exact time of the note under the caret as a quiet line."""
    note = under_the_caret(session)
    if note is None or note.at_ms is None:
        session.screen.tell(_("This note has no time: it is about the talk."))
        return
    start, end = (timecode.clock(ms or 0, digits=3) for ms in (note.at_ms, note.end_ms))
    told = _("The note is about {time}") if note.end_ms is None else _("The note is about {time} to {end}")
    session.screen.tell(told.format(time=start, end=end))


def length_ms(session: Session) -> int:
    """How long the recording of the open talk is, 0 where that is not known."""
    return session.player.length_ms or (session.talk.duration_ms if session.talk else 0)


def _show_when_paused(session: Session, at_ms: int) -> None:
    """While paused the picture is that of the new moment: so one sees what the stamp is."""
    if session.player.state is PlayerState.PAUSED:
        session.jump(at_ms)


# --- without a time ----------------------------------------------------------------------------------


def has_stamp(session: Session) -> bool:
    note = under_the_caret(session)
    return note is not None and note.at_ms is not None


def unstamp(session: Session) -> None:
    """Makes the note under the caret one about the talk as a whole."""
    if note := under_the_caret(session):
        take_off(session, note)


def take_off(session: Session, note: Note) -> None:
    if note.at_ms is None:
        return
    if note.is_empty:
        session.screen.tell(
            _("Without words and time nothing would be left of this note: it keeps its time.")
        )
        return
    session.do(_("Take Off Stamp"), edits.restamp(session.notebook, session.talk_id, note.id, None))
    session.history.end_step()
    up, down = session.screen.way_to("notes.move_up"), session.screen.way_to("notes.move_down")
    session.screen.tell(
        _("This note has no time now: it is about the talk. {up} and {down} move it.").format(
            up=up, down=down
        )
    )


# --- where it ends -----------------------------------------------------------------------------------


def end_here(session: Session) -> None:
    """Lets the note under the caret last to the moment on screen; the same moment again takes the end off."""
    note = under_the_caret(session)
    if note is None:
        return
    if note.at_ms is None:
        key = session.screen.way_to("notes.restamp")
        session.screen.tell(
            _("A note without a time has no end: {key} gives it a time first.").format(key=key)
        )
        return
    found = session.stamp(session.screen.key_moment_s(), react=False)
    if found is None:
        session.screen.tell(_NO_MOMENT)
    elif found.at_ms <= note.at_ms:
        start = timecode.clock(note.at_ms)
        session.screen.tell(
            _("This note begins at {start}: go to a later moment, where it ends.").format(start=start)
        )
    elif note.end_ms is not None and abs(note.end_ms - found.at_ms) < _SAME_MS:
        _set_end(session, note, None, _("Take Off the End"))
    else:
        _set_end(session, note, found.at_ms, _("End of Note Here"))


def _set_end(session: Session, note: Note, end_ms: int | None, label: str) -> None:
    session.do(label, arranging.set_end(session.notebook, session.talk_id, note.id, end_ms))
    session.history.end_step()


# --- nudging and dragging ----------------------------------------------------------------------------


def nudge(session: Session, by_ms: int) -> None:
    """Moves the stamp under the caret, or the chosen ones; nudges within a second are one step of undo."""
    ids = chosen(session)
    talk = session.talk
    wanted = frozenset(ids)
    stamped = [note for note in talk.notes if note.id in wanted] if talk else []
    moments = [note.at_ms for note in stamped if note.at_ms is not None]
    if not moments:
        here, typed = session.screen.way_to("notes.restamp"), session.screen.way_to("notes.edit_stamp")
        session.screen.tell(
            _("This note has no time to nudge: {here} or {typed} gives it one.").format(
                here=here, typed=typed
            )
        )
        return
    if min(moments) + by_ms < 0:
        session.screen.tell(_("There is nothing before 0:00."))
        return
    limit_ms = length_ms(session)
    if by_ms > 0 and limit_ms and max(moments) + by_ms > limit_ms:
        session.screen.tell(_("The recording ends at {time}.").format(time=timecode.clock(limit_ms)))
        return
    after = edits.shift_stamps(session.notebook, session.talk_id, ids, by_ms)
    label = ngettext("Nudge Stamp", "Shift {n} Notes", len(ids))
    do(session, label.format(n=len(ids)), after, ids, repeats=f"nudge {' '.join(ids)}")
    if len(moments) == 1:
        session.screen.tell(_("Now at {time}").format(time=timecode.clock(moments[0] + by_ms, digits=1)))
        _show_when_paused(session, moments[0] + by_ms)


def drag(session: Session, note_id: str, at_ms: int) -> None:
    """The note's mark was dragged to another moment of the time line."""
    after = edits.restamp(session.notebook, session.talk_id, note_id, at_ms)
    session.do(_("Move Stamp"), after)
    session.history.end_step()
    session.screen.tell(_("Now at {time}").format(time=timecode.clock(at_ms, digits=1)))
    _show_when_paused(session, at_ms)


# --- shifting many -----------------------------------------------------------------------------------


class Which(StrEnum):
    """The notes that a shift moves."""

    ALL = "all"
    FROM_HERE = "from here on"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Shift:
    """The stamped notes that would be shifted, by how much, and what that is called in the menu."""

    notes: tuple[Note, ...]
    by_ms: int
    label: str


def ways_to_shift(session: Session) -> tuple[Which, ...]:
    """All; from here on where there is a here; the chosen ones where several are."""
    ways = [Which.ALL]
    if _here_ms(session) is not None:
        ways.append(Which.FROM_HERE)
    if len(session.screen.chosen_notes()) > 1:
        ways.append(Which.CHOSEN)
    return tuple(ways)


def _here_ms(session: Session) -> int | None:
    """The time of the note under the caret, or of the last one above it; else the moment on screen."""
    talk, caret = session.talk, session.screen.caret()
    if talk is None:
        return None
    index = None
    if caret.place == "notes":
        index = talk.index_of(caret.note_id or session.screen.blank_after() or "")
    if index is not None:
        above = (note.at_ms for note in reversed(talk.notes[: index + 1]) if note.at_ms is not None)
        return next(above, 0)
    position = session.player.position_at()
    return position.at_ms if position else None


def shift_of(session: Session, by_ms: int, which: Which) -> Shift:
    stamped = [note for note in session.talk.notes if note.at_ms is not None] if session.talk else []
    if which is Which.CHOSEN:
        ids = frozenset(session.screen.chosen_notes())
        notes = tuple(note for note in stamped if note.id in ids)
        label = ngettext("Shift Note", "Shift {n} Notes", len(notes)).format(n=len(notes))
        return Shift(notes, by_ms, label)
    if which is Which.FROM_HERE:
        here_ms = _here_ms(session) or 0
        notes = tuple(note for note in stamped if note.at_ms is not None and note.at_ms >= here_ms)
        return Shift(notes, by_ms, _("Shift Notes from Here On"))
    return Shift(tuple(stamped), by_ms, _("Shift All Notes"))


def what_follows(session: Session, shift: Shift) -> str:
    """What the user is told before a shift: how many notes, the first of them, and what would not fit."""
    if not shift.notes:
        return _("No note with a time is there to shift.")
    first = shift.notes[0]
    now_ms = first.at_ms or 0
    count = len(shift.notes)
    told = ngettext(
        "{n} note will move, the first from {start} to {end}.",
        "{n} notes will move, the first from {start} to {end}.",
        count,
    )
    start, end = timecode.clock(now_ms, digits=1), timecode.clock(max(0, now_ms + shift.by_ms), digits=1)
    said = [told.format(n=count, start=start, end=end)]
    early, late = arranging.shifted_out(shift.notes, shift.by_ms, length_ms(session))
    if early:
        told = ngettext(
            "{n} of them would stand before 0:00: it gets 0:00.",
            "{n} of them would stand before 0:00: they get 0:00.",
            early,
        )
        said.append(told.format(n=early))
    if late:
        told = ngettext(
            "{n} of them will stand behind the end of the recording.",
            "{n} of them will stand behind the end of the recording.",
            late,
        )
        said.append(told.format(n=late))
    return " ".join(said)


def shift_stamps(session: Session, shift: Shift) -> None:
    ids = [note.id for note in shift.notes]
    after = edits.shift_stamps(session.notebook, session.talk_id, ids, shift.by_ms)
    if after is session.notebook:
        return
    chosen_ids = session.screen.chosen_notes()
    do(session, shift.label, after, chosen_ids or ids)
    session.screen.tell(f"{shift.label}: {_signed(shift.by_ms)}")


def _signed(by_ms: int) -> str:
    return f"{'−' if by_ms < 0 else '+'}{timecode.clock(abs(by_ms), digits=3)}"


def open_shift(session: Session) -> None:
    session.screen.show("shift stamps")


def stamps_are_there(session: Session) -> bool:
    notes = session.talk.notes if session.talk else ()
    return any(note.at_ms is not None for note in notes)
