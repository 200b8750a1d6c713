"""Cut, copy and paste in the notes and the write-up: words as words, whole notes with their stamps."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from desktopnotes.actions import formatting, notes, pasting, stamping
from desktopnotes.model import arranging, post_edits, timecode
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, new_id
from desktopnotes.model.pasted import add_pasted
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext


def something_is_selected(session: Session) -> bool:
    return any(not stretch.is_empty for stretch in session.screen.selected())


def copy(session: Session) -> None:
    """Copies what is selected; of whole notes their stamps too, which of one are no part of the text."""
    if not something_is_selected(session):
        session.screen.show("copy")
        return
    whole = _whole_notes(session)
    if len(whole) > 1:
        session.screen.copy(pasting.written(whole), whole)
        session.screen.tell(_copied(whole))
    else:
        session.screen.copy(_words(session), whole)


def cut(session: Session) -> None:
    if not something_is_selected(session):
        session.screen.show("cut")
        return
    session.refuse_if_read_only()
    copy(session)
    whole = _whole_notes(session)
    if len(whole) == 1 and whole[0].picture:  # which keeps its snapshot, and so stays on the page
        session.screen.copy(_words(session))
    with session.history.one_step(_("Cut")):
        session.screen.put_in("")


def copy_words(session: Session) -> None:
    """Copies what is selected, else the note under the caret, as words and nothing else."""
    if something_is_selected(session):
        words = _words(session)
    else:
        words = "\n".join(note.text for note in _chosen(session))
    if words:
        session.screen.copy(words)
    else:
        session.screen.tell(_("There is nothing to copy here: the clipboard stays as it was."))


def copy_with_stamps(session: Session) -> None:
    """Copies the notes that the selection touches, else the one under the caret, with their stamps."""
    chosen = _chosen(session)
    session.screen.copy(pasting.written(chosen), chosen)
    session.screen.tell(_copied(chosen))


def _copied(chosen: Sequence[Note]) -> str:
    """What is told of copied notes: stamps only where they have some."""
    stamped = sum(note.at_ms is not None for note in chosen)
    if len(chosen) == 1:
        return (
            _("The note was copied with its stamp.")
            if stamped
            else _("The note was copied; it has no stamp.")
        )
    if stamped == len(chosen):
        told = ngettext("{n} note copied with its stamp.", "{n} notes copied with their stamps.", len(chosen))
    elif stamped:
        told = ngettext(
            "{n} note copied, {stamped} of them with a stamp.",
            "{n} notes copied, {stamped} of them with a stamp.",
            len(chosen),
        )
    else:
        told = ngettext(
            "{n} note copied, none of them with a stamp.",
            "{n} notes copied, none of them with a stamp.",
            len(chosen),
        )
    return told.format(n=len(chosen), stamped=stamped)


def _chosen(session: Session) -> tuple[Note, ...]:
    ids = frozenset(notes.chosen(session))
    return tuple(note for note in session.talk.notes if note.id in ids) if session.talk else ()


def _texts(session: Session) -> dict[str, str]:
    """The texts that something can be selected in, by the ids of their notes; the write-up's has none."""
    caret, talk = session.screen.caret(), session.talk
    if caret.post_id:
        return {"": post_edits.text_at(session.notebook, caret)}
    return {note.id: note.text for note in talk.notes} | {"": talk.write_up} if talk else {}


def _words(session: Session) -> str:
    texts = _texts(session)
    selected = session.screen.selected()
    return "\n".join(texts.get(stretch.note_id, "")[stretch.start : stretch.end] for stretch in selected)


def _whole_notes(session: Session) -> tuple[Note, ...]:
    """The notes that are selected, where each of them is selected from its first letter to its last."""
    ids, texts = set(), _texts(session)
    for stretch in session.screen.selected():
        length = len(texts.get(stretch.note_id, ""))
        if stretch.note_id and (stretch.start, stretch.end) == (0, length):
            ids.add(stretch.note_id)
        elif not stretch.is_empty or not stretch.note_id:
            return ()
    return tuple(note for note in session.talk.notes if note.id in ids) if session.talk else ()


# --- paste -------------------------------------------------------------------------------------------


def paste(session: Session) -> None:
    """Pastes in place of what is selected; an address over words makes them a link."""
    place = session.screen.caret().place
    if place not in formatting.TEXTS:
        session.screen.show("paste")
        return
    text = session.screen.copied().replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        session.screen.tell(_("There is no text on the clipboard."))
        return
    session.refuse_if_read_only()
    if formatting.can_link(session, text):
        formatting.link_to(session, text)
        return
    copied = _notes_to_paste(session) if place == "notes" else ()
    if place == "notes" and _at_the_end(session):
        text = text.rstrip("\n")
    with session.history.one_step(_("Paste")):
        if copied and session.talk:
            session.screen.put_in("")
            made = [_copy_of(session, note) for note in copied]
            _add(session, made, _note_above(session), _late(session, copied))
            _tell_of_pictures(
                session,
                sum(bool(old.picture) > bool(new.picture) for old, new in zip(copied, made, strict=True)),
            )
        else:
            session.screen.put_in(text)


def _notes_to_paste(session: Session) -> tuple[Note, ...]:
    """The copied notes; the words of one, copied without its stamp, are words wherever there is a note."""
    copied = session.screen.copied_notes()
    is_words = len(copied) == 1 and session.screen.copied() == copied[0].text
    selected = session.screen.selected()
    in_a_note = bool(selected) and len(_whole_notes(session)) < max(2, len(selected))
    return () if is_words and in_a_note else copied


def _late(session: Session, copied: Sequence[Note]) -> str:
    """What is told of notes with a time that this recording has not."""
    length_ms = stamping.length_ms(session)
    late = arranging.shifted_out(copied, 0, length_ms)[1]
    if not late:
        return ""
    if len(copied) == 1:
        told = _("It stands behind the end of the recording, {time}.")
    else:
        told = ngettext(
            "{n} of them stands behind the end of the recording, {time}.",
            "{n} of them stand behind the end of the recording, {time}.",
            late,
        )
    return told.format(n=late, time=timecode.clock(length_ms))


def _at_the_end(session: Session) -> bool:
    """Whether nothing of the note follows what is selected: a line break there would be an empty line."""
    selected = session.screen.selected()
    return not selected or selected[-1].end == len(_texts(session).get(selected[-1].note_id, ""))


def _copy_of(session: Session, note: Note) -> Note:
    """A new note that says the same; its snapshot only where that lies in this notebook's folder."""
    made = replace(note, id=new_id(), used=False, conflict=False, created=notes.utc_now(), edited="")
    if note.picture and not os.path.isfile(session.pictures_folder / note.picture):
        made = replace(made, picture="", alt="")
    return made


def _tell_of_pictures(session: Session, left_behind: int) -> None:
    """Says that notes of another notebook came without their snapshots."""
    if left_behind:
        told = ngettext(
            "Pasted. The snapshot stays in the notebook that the notes were copied from.",
            "Pasted. {n} snapshots stay in the notebook that the notes were copied from.",
            left_behind,
        )
        session.screen.tell(told.format(n=left_behind))


def _note_above(session: Session) -> str:
    note = notes.under_the_caret(session)
    return note.id if note else session.screen.blank_after() or ""


def paste_lines(session: Session, note_id: str, offset: int, text: str) -> bool:
    """Makes notes of the lines of `text` that start with a time, in one step; False where none does.

    Lines before the first time stay with the note that they were pasted into, at `offset`; others follow
    their time. One line is words in a note, whatever it starts with; so is one whose time is past the end of
    the recording, and this is told.
    """
    talk = session.talk
    now = notes.utc_now()
    note = talk.note(note_id) if talk else None
    if talk is None or (note and "\n" not in text.strip("\n")):
        return False
    length_ms = stamping.length_ms(session)
    before, timed = pasting.timed_notes(text, length_ms, now)
    late = pasting.times_past(text, length_ms) if length_ms else 0
    late_too = _said_late(late, length_ms) if late else ""
    if not timed:
        if late:
            session.screen.tell(late_too)
        return False
    added = list(timed)
    with session.history.one_step(_("Paste")):
        if before and note:
            notes.typed(session, note.id, note.text[:offset] + before + note.text[offset:])
        elif before:
            added.insert(0, Note(new_id(), text=before, created=now))
        _add(session, added, note_id or session.screen.blank_after() or "", late_too)
    return True


def _said_late(count: int, length_ms: int) -> str:
    return ngettext(
        "{n} line has a time past the end of the recording, {time}, and stays words.",
        "{n} lines have a time past the end of the recording, {time}, and stay words.",
        count,
    ).format(n=count, time=timecode.clock(length_ms))


def _add(session: Session, added: Sequence[Note], after_id: str, said: str = "") -> None:
    """`said` is told too, behind how many were pasted."""
    notes.end(session)
    talk_id = session.talk_id
    there = session.talk is not None and session.talk.note(after_id) is not None
    session.do(_("Paste"), add_pasted(session.notebook, talk_id, added, after_id if there else ""))
    session.screen.put_caret(Caret("notes", talk_id, added[-1].id, len(added[-1].text)))
    told = ngettext("{n} note pasted.", "{n} notes pasted.", len(added)).format(n=len(added))
    count = told if len(added) > 1 else ""
    if message := " ".join(filter(None, (count, said))):
        session.screen.tell(message)
