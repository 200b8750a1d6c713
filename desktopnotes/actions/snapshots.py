"""Snapshots: the picture on screen, stored beside the notebook and then named in a note."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktopnotes.model import edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, new_id
from desktopnotes.session import Session
from desktopnotes.stamps import Stamp
from desktopnotes.storage import paths
from desktopnotes.words import _


def take(session: Session, note: Note | None, created: str) -> None:
    """Takes the picture on screen into `note`; where there is none, or one with a picture, into a new one.

    A note begun by a snapshot has the stamp of the frame on screen; `created` is the time of day.
    """
    from tempfile import TemporaryDirectory  # a start does without it

    session.refuse_if_read_only()
    talk_id = session.talk_id
    new, found = _of_the_frame(session, created)
    pictures_folder = session.pictures_folder
    scratch = TemporaryDirectory(prefix="desktopnotes-")

    def failed(error: Exception) -> None:
        scratch.cleanup()
        if not isinstance(error, UserError):
            raise error
        session.screen.tell_error(_("No snapshot was taken. {error}").format(error=error))

    def stored(picture: str) -> None:
        scratch.cleanup()
        _keep_picture(session, talk_id, note.id if note else "", replace(new, picture=picture), found)
        _make_for_posts(session, pictures_folder / picture)

    def taken(path: Path) -> None:
        def store(_: object) -> str:
            from desktopnotes import pictures  # Pillow is heavy, and most sessions begin without a snapshot

            return pictures.store_snapshot(path, pictures_folder)

        session.background.run(store, stored, failed, lane="pictures")

    session.player.snapshot(Path(scratch.name) / "snapshot.png", taken, failed)


def _of_the_frame(session: Session, created: str) -> tuple[Note, Stamp | None]:
    """A new note with the stamp of the frame on screen, and that stamp."""
    found = session.stamp(session.screen.key_moment_s(), react=False)
    new = Note(new_id(), created=created)
    if found:
        new = replace(new, at_ms=found.at_ms, approximate=found.approximate)
    return new, found


def put_in(session: Session, file: Path, into: Callable[[], Note | None], created: str) -> None:
    """Copies a picture from `file` to the notebook's and names it in a note, as `take` does one on screen."""
    talk_id = session.talk_id
    new, found = _of_the_frame(session, created)
    folder = session.pictures_folder

    def store(_: object) -> str:
        from desktopnotes import pictures  # see above

        return pictures.store_snapshot(file, folder)

    def stored(picture: str) -> None:
        note = into()
        _keep_picture(
            session, talk_id, note.id if note else "", replace(new, picture=picture), found, _("Add Picture")
        )
        _make_for_posts(session, folder / picture)

    session.background.run(store, stored, lane="pictures")


def _make_for_posts(session: Session, picture: Path) -> None:
    """Makes it in the form in which it travels, so that an export of many need not wait for them."""
    kind, kept_in = session.settings.picture_format, paths.made_pictures_folder()

    def make(_: object) -> None:
        from desktopnotes import pictures  # see above

        with contextlib.suppress(UserError):  # the export will say what is wrong with it
            pictures.travelling(picture, kind, kept_in)

    if not session.background.is_closed:
        session.background.run(make, lane="pictures", gives_way=True)


def _keep_picture(
    session: Session, talk_id: str, note_id: str, new: Note, found: Stamp | None, label: str = _("Snapshot")
) -> None:
    """Names the stored picture in a note; by now another talk may be open, and the note may be gone."""
    notebook = session.notebook
    talk = notebook.talk(talk_id)
    if talk is None:
        return
    if not notebook.pictures:
        notebook = replace(notebook, pictures=session.pictures_name)
    note = talk.note(note_id)
    if note is not None and not note.picture:
        after = edits.with_note(notebook, talk_id, note_id, lambda old: replace(old, picture=new.picture))
        session.do(label, after)
    else:
        session.do(label, edits.add_settled(notebook, talk_id, new))
        _go_on_in(session, talk_id, new, found)
    session.history.end_step()
    session.save_now()
    session.trace("snapshot", note=note_id if note and not note.picture else new.id)


def _go_on_in(session: Session, talk_id: str, new: Note, found: Stamp | None) -> None:
    """The caret goes to a note begun by a snapshot, unless the user is somewhere else by now."""
    if talk_id != session.talk_id:
        return
    if found:
        session.late_stamps.resolve_later(session.talk_id, new.id, found)
    caret = session.screen.caret()
    if caret.place == "notes" and not caret.note_id:
        session.screen.put_caret(Caret("notes", talk_id, new.id))
