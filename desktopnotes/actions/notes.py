"""The Notes menu, and what the page does as the user writes: notes begin, end and move through here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from desktopnotes.media.player import PlayerState
from desktopnotes.model import edits, timecode
from desktopnotes.model.edits import Span
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Note, Talk, new_id
from desktopnotes.session import Session, Stamp

_TIMED_LINE = re.compile(
    r"\s*[\[(]?((?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)[\])]?[ \t]*[-–—:]?[ \t]*(.*)"
)


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


# --- writing -----------------------------------------------------------------------------------------


def begin(session: Session, text: str, after_id: str) -> str:
    """The first key in an empty row: a note with the moment of that key. Its id, "" without a talk."""
    return _begin(session, Note(new_id(), text=text), after_id, "Write Note")


def stamp(session: Session) -> None:
    """Starts a note stamped now from wherever the caret is; left empty it stays as a bookmark."""
    end(session)
    _begin(session, Note(new_id()), None, "New Note Here")


def _begin(session: Session, note: Note, after_id: str | None, label: str, *, react: bool = True) -> str:
    """`after_id` None puts the note where its stamp belongs."""
    if session.talk is None:
        session.screen.tell("Add a talk first: File, Add Files…")
        return ""
    found = session.stamp(session.screen.key_moment_s(), react=react)
    if found:
        note = replace(note, at_ms=found.at_ms, approximate=found.approximate)
    note = replace(note, created=utc_now())
    session.history.end_step()
    if after_id is None:
        after = edits.add_settled(session.notebook, session.talk_id, note)
    else:
        after = edits.add_note(session.notebook, session.talk_id, note, after_id)
    session.do(label, after, typing_in=note.id)
    session.writing_id = note.id
    session.screen.put_caret(Caret("notes", session.talk_id, note.id, len(note.text)))
    if found:
        session.resolve_later(note.id, found)
    else:
        session.trace("stamped", note=note.id, at_ms=None, key_t=session.screen.key_moment_s(), resolved=True)
    _pause_to_write(session)
    return note.id


def _pause_to_write(session: Session) -> None:
    if session.settings.pause_while_writing and session.player.state == PlayerState.PLAYING:
        session.player.pause()
        session.resume_after_writing = True


def typed(session: Session, note_id: str, text: str) -> None:
    """The text of a note as it is now in the page."""
    session.writing_id = note_id
    after = edits.set_text(session.notebook, session.talk_id, note_id, text, utc_now())
    session.do("Typing", after, typing_in=note_id)


def end(session: Session) -> None:
    """Enter, Ctrl+T or the caret leaving it ends a note: it takes its place and is saved at once."""
    note_id, session.writing_id = session.writing_id, ""
    if not note_id:
        return
    session.adopt(edits.end_note(session.notebook, session.talk_id, note_id))
    session.history.end_step()
    session.save_now()
    if session.resume_after_writing:
        session.resume_after_writing = False
        session.player.play()


def paste_lines(session: Session, note_id: str, text: str) -> bool:
    """Makes notes of the lines of `text` that start with a time, in one step; False where none does.

    Lines before the first time stay with the note that they were pasted into; others follow their time.
    """
    lines = text.split("\n")
    timed = [_TIMED_LINE.fullmatch(line) for line in lines]
    first = next((i for i, match in enumerate(timed) if match), None)
    if first is None or session.talk is None:
        return False
    after, before = session.notebook, "\n".join(lines[:first]).strip("\n")
    if before and (note := session.talk.note(note_id)):
        joined = f"{note.text}\n{before}".strip("\n")
        after = edits.set_text(after, session.talk_id, note_id, joined, utc_now())
    elif before:
        after = edits.add_settled(after, session.talk_id, Note(new_id(), text=before, created=utc_now()))
    texts: list[tuple[int, list[str]]] = []
    for line, match in zip(lines[first:], timed[first:], strict=True):
        if match:
            texts.append((timecode.parse(match[1]), [match[2]]))
        else:
            texts[-1][1].append(line)
    for at_ms, parts in texts:
        note = Note(new_id(), at_ms=at_ms, text="\n".join(parts).rstrip(), created=utc_now())
        after = edits.add_settled(after, session.talk_id, note)
    session.do("Paste", after)
    return True


# --- structure ---------------------------------------------------------------------------------------


def delete(session: Session) -> None:
    """Deletes the chosen notes, else the one under the caret; the caret goes to where they were."""
    delete_these(session, chosen(session), "Delete Note")


def delete_these(session: Session, note_ids: Sequence[str], label: str) -> None:
    talk = session.talk
    if talk is None or not note_ids:
        return
    index = talk.index_of(note_ids[0]) or 0
    session.writing_id = ""
    session.do(label, edits.delete_notes(session.notebook, session.talk_id, note_ids))
    session.history.end_step()
    session.screen.put_blank(talk.notes[index - 1].id if index else "")


def emptied(session: Session, note_id: str) -> None:
    """Backspace took the last letter: the note is gone, and the next key stamps anew."""
    delete_these(session, (note_id,), "Delete Note")


def cut_span(session: Session, span: Span) -> None:
    """Deletes a piece of the page that reaches over several notes."""
    session.writing_id = ""
    session.do("Delete", edits.cut_span(session.notebook, session.talk_id, span))
    session.history.end_step()


def join_with_previous(session: Session, note_id: str) -> None:
    """Backspace at a note's start, or Delete at the end of the note above."""
    talk = session.talk
    index = talk.index_of(note_id) if talk else None
    if talk is None or not index:
        return
    above = talk.notes[index - 1]
    after = edits.join_with_previous(session.notebook, session.talk_id, note_id)
    if after is session.notebook:
        session.screen.tell("Both notes have a snapshot, so they stay two notes.")
        return
    session.writing_id = above.id
    session.do("Join Notes", after)
    session.screen.put_caret(Caret("notes", session.talk_id, above.id, len(above.text)))


def split(session: Session) -> None:
    caret = session.screen.caret()
    if under_the_caret(session) is None:
        return
    second_id = new_id()
    after = edits.split_note(session.notebook, session.talk_id, caret.note_id, caret.offset, second_id)
    session.do("Split Note", after)
    session.history.end_step()
    session.screen.put_caret(Caret("notes", session.talk_id, second_id, 0))


def set_kind(session: Session, kind: Kind) -> None:
    after = edits.set_kind(session.notebook, session.talk_id, chosen(session), kind)
    session.do(f"Make It a {kind.capitalize()}", after)


# --- moments -----------------------------------------------------------------------------------------


def restamp(session: Session) -> None:
    """Gives the note under the caret the frame on screen."""
    note = under_the_caret(session)
    found = session.stamp(session.screen.key_moment_s(), react=False)
    if note is None or found is None:
        session.screen.tell("There is no moment to take: the talk has not been played yet, or has ended.")
        return
    set_stamp(session, note.id, found.at_ms, found, label="Restamp")


def set_stamp(
    session: Session, note_id: str, at_ms: int, found: Stamp | None = None, *, label: str = "Change Stamp"
) -> None:
    """Puts `at_ms` on a note and the note in its place; `found` is resolved further."""
    approximate = found is not None and found.approximate
    after = edits.restamp(session.notebook, session.talk_id, note_id, at_ms, approximate=approximate)
    session.do(label, after)
    session.history.end_step()
    if found:
        session.resolve_later(note_id, found)


def edit_stamp(session: Session) -> None:
    session.screen.show("stamp entry")


def jump(session: Session) -> None:
    """Shows the moment of the note under the caret, or of the note of the moment."""
    note = under_the_caret(session)
    if note is not None:
        jump_to(session, note.id)


def jump_to(session: Session, note_id: str) -> None:
    note = session.talk.note(note_id) if session.talk else None
    if note is None:
        return
    if note.at_ms is None:
        session.screen.tell("This note has no time: it is about the talk.")
    elif session.player.state in (PlayerState.NOTHING, PlayerState.FAILED):
        session.screen.tell("There is no recording to show: its file is not open.")
    else:
        session.jump(note.at_ms)


def previous(session: Session) -> None:
    _to_neighbour(session, -1)


def next_one(session: Session) -> None:
    _to_neighbour(session, 1)


def _to_neighbour(session: Session, step: int) -> None:
    """Puts the caret into the note above or below; from the video it jumps there as well."""
    talk = session.talk
    if talk is None or not talk.notes:
        return
    caret = session.screen.caret()
    index = talk.index_of(caret.note_id) if caret.place == "notes" and caret.note_id else None
    if index is None:
        after_id = session.screen.blank_after() if caret.place == "notes" else None
        above = talk.index_of(after_id) if after_id else None
        index = _at_the_moment(session, talk) if after_id is None else (-1 if above is None else above)
        index += 1 if step < 0 else 0
    target = talk.notes[min(max(0, index + step), len(talk.notes) - 1)]
    if caret.place == "notes":
        session.screen.put_caret(Caret("notes", talk.id, target.id, len(target.text)))
    else:
        jump_to(session, target.id)


def _at_the_moment(session: Session, talk: Talk) -> int:
    """The index of the last note that stands at or before the present position, -1 where there is none."""
    position = session.player.position_at()
    at_ms = position.at_ms if position else 0
    earlier = [i for i, note in enumerate(talk.notes) if note.at_ms is not None and note.at_ms <= at_ms]
    return earlier[-1] if earlier else -1


# --- snapshots ---------------------------------------------------------------------------------------


def snapshot(session: Session) -> None:
    """Takes the picture on screen into the note under the caret; where it has one, into a new note.

    A note begun by a snapshot has the stamp of the frame on screen.
    """
    if session.talk is None:
        session.screen.tell("Add a talk first: File, Add Files…")
        return
    talk_id, note = session.talk_id, under_the_caret(session)
    moment_s = session.screen.key_moment_s()
    found = session.stamp(moment_s, react=False)
    blank_after = session.screen.blank_after()
    pictures_folder = session.pictures_folder
    scratch = TemporaryDirectory(prefix="desktopnotes-")

    def failed(error: Exception) -> None:
        scratch.cleanup()
        session.screen.tell_error(f"No snapshot was taken. {error}")

    def stored(name: str) -> None:
        scratch.cleanup()
        _keep_snapshot(session, talk_id, name, note.id if note else "", blank_after, found)

    def taken(path: Path) -> None:
        def store(_: object) -> str:
            from desktopnotes import pictures  # Pillow is heavy, and most sessions begin without a snapshot

            return pictures.store_snapshot(path, pictures_folder)

        session.background.run(store, stored, failed, lane="pictures")

    session.player.snapshot(Path(scratch.name) / "snapshot.png", taken, failed)


def _keep_snapshot(
    session: Session, talk_id: str, picture: str, note_id: str, blank_after: str | None, found: Stamp | None
) -> None:
    """Names the stored picture in a note; by now another talk may be open, and the note may be gone."""
    talk = session.notebook.talk(talk_id)
    if talk is None:
        return
    with_folder = session.notebook
    if not with_folder.pictures:
        with_folder = replace(with_folder, pictures=session.pictures_name)
    note = talk.note(note_id) if note_id else None
    if note is not None and not note.picture:
        after = edits.with_note(with_folder, talk_id, note.id, lambda old: replace(old, picture=picture))
        session.do("Snapshot", after)
        kept_id = note.id
    else:
        kept_id = new_id()
        new = Note(
            kept_id,
            at_ms=found.at_ms if found else None,
            approximate=found is not None and found.approximate,
            picture=picture,
            created=utc_now(),
        )
        session.do("Snapshot", edits.add_settled(with_folder, talk_id, new))
        if talk_id == session.talk_id:
            if blank_after is not None:
                session.screen.put_caret(Caret("notes", talk_id, kept_id, 0))
            if found:
                session.resolve_later(kept_id, found)
    session.history.end_step()
    session.save_now()
    session.trace("snapshot", note=kept_id)
