"""Notes as things: chosen ones are made another kind, tagged, moved, copied, joined, split and deleted.

Each is one step of undo with a label that tells how many it changed; caret and choice stay with the notes.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktopnotes.actions import notes, signs, writing
from desktopnotes.actions.notes import chosen, under_the_caret, utc_now
from desktopnotes.model import arranging, edits, tags, timecode
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, Notebook, new_id
from desktopnotes.model.shortening import to_letters
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext

ONE_LINE = 2000
"""Notes with so many letters together are joined by line breaks: one long line takes long to lay out."""

_NAMED = 6
"""So many tags that are in use already are named where one is asked for, the most frequent first."""


def do(session: Session, label: str, after: Notebook, note_ids: Sequence[str], *, repeats: str = "") -> None:
    """One step done to these notes; several stay chosen, and the caret stays in the one it is in.

    Steps with the same `repeats` within a second are one.
    """
    caret = session.screen.caret()
    were_chosen = bool(session.screen.chosen_notes())
    session.do(label, after, typing_in=repeats)
    if not repeats:
        session.history.end_step()
    if were_chosen:
        session.screen.choose_notes(note_ids)
    elif caret.place == "notes":
        session.screen.put_caret(caret)


# --- kinds and tags ----------------------------------------------------------------------------------


def is_kind(session: Session, kind: Kind) -> bool:
    """Whether the note under the caret is of that kind."""
    note = under_the_caret(session)
    return note is not None and note.kind == kind


def set_kind(session: Session, kind: Kind) -> None:
    ids = chosen(session)
    after = edits.set_kind(session.notebook, session.talk_id, ids, kind)
    do(session, signs.label(kind, len(ids)), after, ids)
    writing.kind_was_chosen(session, ids)


def next_kind(session: Session) -> None:
    """The kind after that of the first chosen note, in the order of their keys."""
    kinds, now = list(Kind), _notes_of(session, chosen(session))[:1]
    index = kinds.index(Kind(now[0].kind)) if now and now[0].kind in kinds else -1
    set_kind(session, kinds[(index + 1) % len(kinds)])


def add_tag(session: Session) -> None:
    """Asks for a tag and puts it on the chosen notes, or the one under the caret."""
    session.refuse_if_read_only()
    ids = chosen(session)
    tag = _asked_tag(session, ngettext("Tag the Note", "Tag {n} Notes", len(ids)).format(n=len(ids)), "")
    if not tag:
        return
    after = arranging.add_tag(session.notebook, session.talk_id, ids, tag, utc_now())
    if after is session.notebook:
        session.screen.tell(_("#{tag} is there already.").format(tag=tag))
    label = ngettext("Tag Note #{tag}", "Tag {n} Notes #{tag}", len(ids))
    do(session, label.format(n=len(ids), tag=tag), after, ids)


def remove_tag(session: Session) -> None:
    """Asks for a tag, proposing the last one there is, and takes it off the chosen notes."""
    session.refuse_if_read_only()
    ids = chosen(session)
    words = [tag for note in _notes_of(session, ids) for tag in tags.tags_in(note.text)]
    if not words:
        session.screen.tell(_("There is no tag to take off: a tag is a word with # before it."))
        return
    tag = _asked_tag(
        session,
        ngettext("Take a Tag Off the Note", "Take a Tag Off {n} Notes", len(ids)).format(n=len(ids)),
        words[-1],
    )
    if not tag:
        return
    after = arranging.remove_tag(session.notebook, session.talk_id, ids, tag, utc_now())
    if after is session.notebook:
        session.screen.tell(_("#{tag} is not there.").format(tag=tag))
    label = ngettext("Take #{tag} Off Note", "Take #{tag} Off {n} Notes", len(ids))
    do(session, label.format(n=len(ids), tag=tag), after, ids)


def _asked_tag(session: Session, title: str, proposed: str) -> str:
    known = list(tags.TagIndex().of(session.notebook))[:_NAMED]
    used = ", ".join(f"#{tag}" for tag in known)
    names = _("Tag (in use: {tags})").format(tags=used) if known else _("Tag")
    typed = session.screen.ask_text(title, names, f"#{proposed}" if proposed else "")
    if typed is None or not typed.strip().removeprefix("#"):
        return ""
    tag = tags.named(typed)
    if not tag:
        raise UserError(
            _("“{typed}” is no tag, and nothing was changed.").format(typed=to_letters(typed, 40)),
            _("A tag is one word of letters, digits, - and /, with a letter in it."),
        )
    return tag


def _notes_of(session: Session, ids: Sequence[str]) -> list[Note]:
    wanted = frozenset(ids)
    return [note for note in session.talk.notes if note.id in wanted] if session.talk else []


# --- order -------------------------------------------------------------------------------------------


def move_up(session: Session) -> None:
    _move(session, -1)


def move_down(session: Session) -> None:
    _move(session, 1)


def _move(session: Session, step: int) -> None:
    """Moves notes without stamp; one that has a stamp stands by its time, and a quiet line says so."""
    ids, talk = chosen(session), session.talk
    if talk is None or not ids:
        return
    by_time = arranging.stands_by_time(talk, ids)
    if by_time and by_time.at_ms is not None:
        at = timecode.clock(by_time.at_ms)
        way_to = session.screen.way_to
        changes, earlier, later = map(way_to, ("notes.edit_stamp", "notes.earlier", "notes.later"))
        session.screen.tell(
            _(
                "This note stands by its time, {time}: {changes} changes that, {earlier} and {later} "
                "nudge it."
            ).format(time=at, changes=changes, earlier=earlier, later=later)
        )
        return
    after = arranging.move_notes(session.notebook, session.talk_id, ids, step)
    if step < 0:
        label = ngettext("Move Note Up", "Move {n} Notes Up", len(ids))
    else:
        label = ngettext("Move Note Down", "Move {n} Notes Down", len(ids))
    do(session, label.format(n=len(ids)), after, ids)


def duplicate(session: Session) -> None:
    """Copies the chosen notes, each right below itself; the caret goes to the copy, at the same letter."""
    ids, caret = chosen(session), session.screen.caret()
    fresh = {note_id: new_id() for note_id in ids}
    after = arranging.duplicate_notes(session.notebook, session.talk_id, fresh, utc_now())
    label = ngettext("Duplicate Note", "Duplicate {n} Notes", len(ids)).format(n=len(ids))
    do(session, label, after, [*ids, *fresh.values()])
    if len(ids) == 1:
        session.screen.put_caret(Caret("notes", session.talk_id, fresh[ids[0]], caret.offset))


# --- joining, splitting, deleting --------------------------------------------------------------------


def join(session: Session) -> None:
    """Joins the chosen notes into their first, or the one under the caret with the note above."""
    ids = chosen(session)
    writing.end_unless_in(session, ids)
    talk = session.talk
    if talk is None or not ids:
        return
    first = talk.index_of(ids[0]) or 0
    if len(ids) == 1 and first == 0:
        session.screen.tell(_("There is no note above this one."))
        return
    into, others = (ids[0], ids[1:]) if len(ids) > 1 else (talk.notes[first - 1].id, ids)
    length = sum(len(note.text) for note in _notes_of(session, (into, *others)))
    gap = " " if length < ONE_LINE else "\n"  # to a reader both are a space
    after = arranging.join_notes(session.notebook, talk.id, (into, *others), gap=gap)
    if after is session.notebook:
        session.screen.tell(_("A note holds one snapshot only, so these notes stay apart."))
        return
    last, now = talk.note(others[-1]), after.talk(talk.id)
    whole = now.note(into) if now else None
    session.do(ngettext("Join Notes", "Join {n} Notes", len(ids)).format(n=len(ids)), after)
    session.history.end_step()
    writing.go_on_in(session, into)
    offset = len(whole.text) - len(last.text) if whole and last else 0
    session.screen.put_caret(Caret("notes", talk.id, into, offset))


def split(session: Session) -> None:
    """Makes two notes of one at the caret, which goes to the beginning of the second, to be written on."""
    note, offset = under_the_caret(session), session.screen.caret().offset
    if note is None:
        return
    if not (note.text[:offset].strip() and note.text[offset:].strip()):
        session.screen.tell(_("Nothing to split here: the caret is at an end of the note."))
        return
    writing.put_early(session, note.id)
    second_id = new_id()
    session.do(
        _("Split Note"), edits.split_note(session.notebook, session.talk_id, note.id, offset, second_id)
    )
    session.history.end_step()
    writing.go_on_in(session, second_id)
    session.screen.put_caret(Caret("notes", session.talk_id, second_id, 0))


def delete(session: Session) -> None:
    """Deletes the chosen notes, else the one under the caret; the caret goes to where they were."""
    ids = chosen(session)
    notes.delete_these(session, ids, ngettext("Delete Note", "Delete {n} Notes", len(ids)).format(n=len(ids)))
