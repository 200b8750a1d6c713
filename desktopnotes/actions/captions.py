"""What is said: taken as a quote, shown over the picture, kept in a note; from the recording's captions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import notes
from desktopnotes.media.player import PlayerState
from desktopnotes.media.spoken import Job, Quoted
from desktopnotes.model import edits, talk_edits, timecode
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, Notebook, Talk, changed, new_id
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from desktopnotes.model.transcript import Sentence, Transcript

LAST_MS = 15_000
"""How much of what was said is shown over the picture (issue 3, point 7)."""

_QUOTE = _("Quote What Was Said")

_AGAIN_S = 4.0
"""Pressed again within this time, the key means the sentence before, though another is finished by now."""

LONGEST_QUOTE = 5000
"""Some 800 words, or five minutes: who selects more did not mean to quote it."""

_NONE = _("This recording has no captions, neither beside it nor inside it.")


def _with_transcript(session: Session, job: Job) -> None:
    if not session.spoken.when_read(job):
        session.screen.tell(_("Looking for captions…"))


def _heard_ms(session: Session) -> int | None:
    """Where the recording stood when the key was pressed, without the reaction time: what is over is over."""
    position = session.player.position_at(session.screen.key_moment_s())
    return position.at_ms if position else None


def choose(session: Session) -> None:
    """Asks which file holds the captions of the talk; it wins over those that are found."""
    talk = session.talk
    files = session.screen.ask_files(_("Captions of the Recording"), "captions") if talk else ()
    if talk is None or not files:
        return
    _use(session, talk, files[0])


def use(session: Session, file: Path) -> None:
    """Takes the captions of the open talk from `file`, whatever others are found."""
    if session.talk is not None:
        _use(session, session.talk, file)
        session.screen.tell(_("The captions of this talk are those in “{name}” now.").format(name=file.name))


def _use(session: Session, talk: Talk, file: Path) -> None:
    relative = session.store.relative(file.absolute())
    session.do(_("Captions"), talk_edits.set_captions(session.notebook, talk.id, relative))
    session.open_captions()
    session.spoken.read()


# --- quoting -----------------------------------------------------------------------------------------


def quote(session: Session) -> None:
    """Takes the sentence just finished as a quote, stamped with its start; again, the one before it too.

    In the transcript it takes what is selected there, else the sentence at the caret.
    """
    session.refuse_if_read_only()
    chosen = session.screen.chosen_words()
    if chosen is not None and chosen.is_meant:
        _take(session, chosen.said)
        return
    at_ms = _heard_ms(session)
    if at_ms is None:
        session.screen.tell(_("No recording is open here, so nothing was said."))
        return
    moment_s = session.screen.key_moment_s()
    _with_transcript(session, lambda transcript: _quote(session, transcript, at_ms, moment_s))


def _quote(session: Session, transcript: Transcript | None, at_ms: int, moment_s: float) -> None:
    last = transcript.finished_at(at_ms) if transcript else None
    if transcript is None or last is None:
        session.screen.tell(_("No sentence has been finished yet.") if transcript else _NONE)
        return
    taken = _taken_before(session, transcript, Quoted("", last, last, moment_s, at_ms))
    if taken is None:
        note = Note(new_id(), kind=Kind.QUOTE, created=notes.utc_now())
        now = Quoted(note.id, last, last, moment_s, at_ms)
        note = _saying(note, transcript.joined(last, last))
        after = edits.add_settled(session.notebook, session.talk_id, note)
    elif taken.first == 0:
        session.screen.tell(_("Nothing was said before this."))
        return
    else:
        now = Quoted(taken.note_id, taken.first - 1, taken.last, moment_s, at_ms)
        after = _grown(session, now.note_id, transcript.joined(now.first, now.last))
    _put(session, now, after)


def _take(session: Session, said: Sentence) -> None:
    """What is chosen in the transcript becomes a note in its place; the caret stays in the transcript."""
    talk = session.talk
    if talk is None:
        return
    if len(said.text) > LONGEST_QUOTE:
        session.screen.tell(
            _("That is too long for a quote: choose up to {limit} letters.").format(
                limit=number(LONGEST_QUOTE)
            )
        )
        return
    same = (note for note in talk.notes if note.kind == Kind.QUOTE and note.at_ms == said.start_ms)
    before = next((note for note in same if note.text == said.text), None)
    if before is not None:
        session.screen.tell(_("This is a quote already."), _way_to(session, before))
        return
    note = _saying(Note(new_id(), kind=Kind.QUOTE, created=notes.utc_now()), said)
    session.history.end_step()
    session.do(_QUOTE, edits.add_settled(session.notebook, talk.id, note))
    session.history.end_step()
    at = timecode.clock(said.start_ms)
    session.screen.show("behind the words")
    session.screen.tell(_("Quoted from {time} on.").format(time=at), _way_to(session, note))
    session.save_now()
    session.trace("quoted", note=note.id, at_ms=note.at_ms)


def _way_to(session: Session, note: Note) -> Offer:
    caret = Caret("notes", session.talk_id, note.id, len(note.text))
    return Offer(_("Go to the Note"), lambda: session.screen.put_caret(caret))


def _saying(note: Note, said: Sentence) -> Note:
    return replace(note, at_ms=said.start_ms, end_ms=said.end_ms, text=said.text, caption=said.text)


def _grown(session: Session, note_id: str, said: Sentence) -> Notebook:
    grown = edits.with_note(
        session.notebook,
        session.talk_id,
        note_id,
        lambda note: replace(_saying(note, said), edited=notes.utc_now()),
    )
    return edits.settle(grown, session.talk_id, note_id, followers=False)


def _put(session: Session, now: Quoted, after: Notebook) -> None:
    """One step of undo. The caret goes on below the quote, unless somebody writes or is at the video."""
    rests = session.screen.blank_after() is not None and session.screen.caret().place == "notes"
    session.history.end_step()
    session.do(_QUOTE, after)
    session.history.end_step()
    session.spoken.quoted = now
    if rests:
        session.screen.put_blank(now.note_id)
    note = session.talk.note(now.note_id) if session.talk else None
    at = timecode.clock(note.at_ms or 0) if note else ""
    session.screen.tell(_("Quoted from {time} on. Again takes the sentence before it too.").format(time=at))
    session.save_now()
    session.trace("quoted", note=now.note_id, at_ms=note.at_ms if note else None)


def _taken_before(session: Session, transcript: Transcript, now: Quoted) -> Quoted | None:
    """The quote that the same key took right before, as it stands now; None where anything else happened.

    It may stand as it was before it grew: undo takes back one sentence.
    """
    before, talk = session.spoken.quoted, session.talk
    note = talk.note(before.note_id) if talk and before else None
    if before is None or note is None or session.history.undo_label != _QUOTE:
        return None
    passed_s = now.moment_s - before.moment_s
    played_ms = now.at_ms - before.at_ms
    goes_on = 0 <= played_ms <= (passed_s * session.player.rate + 0.5) * 1000
    if now.last != before.last and not (goes_on and passed_s < _AGAIN_S):
        return None
    for first in range(before.first, before.last + 1):
        if transcript.joined(first, before.last).text == note.text:
            return replace(before, first=first)
    return None


# --- going there -------------------------------------------------------------------------------------


def can_show_moment(session: Session) -> bool:
    return notes.there_are_some(session) or session.screen.chosen_words() is not None


def show_moment(session: Session) -> None:
    """In the transcript, shows the moment at which the caption at the caret begins; elsewhere the note's."""
    chosen = session.screen.chosen_words()
    if chosen is None:
        notes.jump(session)
    else:
        jump_to(session, chosen.cue_ms)


def show_note(session: Session) -> None:
    """Shows in the transcript what was said at the moment of the note under the caret."""
    note = notes.under_the_caret(session)
    if note is None:
        return
    if note.at_ms is None:
        session.screen.tell(_("This note has no time: it is about the talk."))
    else:
        session.screen.show("transcript at the note")


def jump_to(session: Session, at_ms: int) -> None:
    """Shows the moment of something that was said."""
    if session.player.state in (PlayerState.NOTHING, PlayerState.FAILED):
        session.screen.tell(_("There is no recording to show: its file is not open."))
    else:
        session.jump(at_ms)


# --- showing -----------------------------------------------------------------------------------------


def show(session: Session) -> None:
    """Shows the last 15 s of captions over the picture, which goes on; pressed again, hides them."""
    if session.screen.captions_are_shown():
        session.screen.show_captions("")
        return
    at_ms = _heard_ms(session)
    if at_ms is None:
        session.screen.tell(_("No recording is open here, so nothing was said."))
        return
    _with_transcript(session, lambda transcript: _show(session, transcript, at_ms))


def _show(session: Session, transcript: Transcript | None, at_ms: int) -> None:
    said = transcript.lately(at_ms, LAST_MS) if transcript else ""
    if not said:
        last_s = LAST_MS // 1000
        silence = ngettext(
            "Nothing was said in the last {n} second.", "Nothing was said in the last {n} seconds.", last_s
        ).format(n=last_s)
        said = silence if transcript else _NONE
        session.screen.tell(said)
    session.screen.show_captions(said)


# --- keeping -----------------------------------------------------------------------------------------


def keep(session: Session) -> None:
    """Keeps in the note under the caret what was said at its moment; where it keeps that, drops it."""
    note = notes.under_the_caret(session)
    if note is None:
        return
    if note.caption:
        _set_caption(session, note.id, "", _("Drop Caption"))
    elif note.at_ms is None:
        session.screen.tell(_("This note has no time: it is about the talk."))
    else:
        session.refuse_if_read_only()
        _with_transcript(session, partial(_keep, session, note.id, note.at_ms))


def _keep(session: Session, note_id: str, at_ms: int, transcript: Transcript | None) -> None:
    said = transcript.around(at_ms) if transcript else None
    if said is None:
        session.screen.tell(_("Nothing was said at this moment.") if transcript else _NONE)
        return
    _set_caption(session, note_id, said.text, _("Keep Caption"))


def _set_caption(session: Session, note_id: str, caption: str, label: str) -> None:
    after = edits.with_note(
        session.notebook, session.talk_id, note_id, lambda note: changed(note, caption=caption)
    )
    session.history.end_step()
    session.do(label, after)
    session.history.end_step()
    session.screen.tell(
        _("The note keeps what was said.") if caption else _("The caption is gone from the note.")
    )
    session.save_now()
