"""A damaged notebook: what can be read of it is offered, and its backups; the file is left as it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktopnotes.actions import file
from desktopnotes.media.background import Progress
from desktopnotes.model.errors import DamagedError, ReadError
from desktopnotes.model.history import Caret
from desktopnotes.screen import Offer, Waits
from desktopnotes.session import Session
from desktopnotes.storage import backups
from desktopnotes.storage.recovered import salvage_file, write_beside
from desktopnotes.storage.salvage import Salvaged
from desktopnotes.words import _, ngettext, number

_TOLD = 2
"""So many of the losses a message names; “desktopnotes check” lists all."""


def tell(session: Session, error: DamagedError) -> None:
    """Says that a notebook is damaged, and offers what there is: its backups, and what can be read of it.

    Looking what that is takes a while for a large file, so the offer comes when it is known.
    """
    path = Path(error.path)
    session.screen.tell(error.message, *_backups(session, path), waits=Waits.DAMAGED)

    def work(progress: Progress) -> Salvaged | None:
        try:
            return salvage_file(path, progress.check)
        except ReadError:
            return None

    session.background.run(work, partial(_offer, session, error), newest="damaged")


def _offer(session: Session, error: DamagedError, salvaged: Salvaged | None) -> None:
    path = Path(error.path)
    others = _backups(session, path)
    if salvaged is None:
        hint = _("Nothing of it can be read, and there is no backup here.")
        told = error.message if others else f"{error.message} {hint}"
        session.screen.tell(told, *others, waits=Waits.DAMAGED)
        return
    offer = Offer(
        _("Open What Can Be Read"), partial(open_what_can_be_read, session, path, salvaged), stays=True
    )
    count = ngettext("{n} note can be read.", "{n} notes can be read.", salvaged.note_count)
    count = count.format(n=number(salvaged.note_count))
    session.screen.tell(f"{error.message} {count}", offer, *others, waits=Waits.DAMAGED)


def _backups(session: Session, path: Path) -> tuple[Offer, ...]:
    if not backups.of(path):
        return ()
    return (Offer(_("Backups"), lambda: session.screen.show("backups", of=str(path)), stays=True),)


def open_what_can_be_read(session: Session, path: Path, salvaged: Salvaged) -> None:
    """Writes what came back as a new notebook and opens it; a lasting message says what is lost."""

    def work(progress: Progress) -> Path:
        return write_beside(path, salvaged.notebook)

    session.background.run(work, partial(_opened, session, path, salvaged))


def _opened(session: Session, path: Path, salvaged: Salvaged, made: Path) -> None:
    file.open_path(session, made)
    first = session.talk.notes[0].id if session.talk and session.talk.notes else ""
    session.screen.put_caret(
        Caret("notes", session.talk_id, first)
    )  # the button that had the keyboard is gone
    session.screen.tell(report(path, salvaged, made), waits=Waits.DAMAGED)


def report(path: Path, salvaged: Salvaged, made: Path) -> str:
    """What came back and what is lost, in a few sentences."""
    notes, talks = salvaged.note_count, len(salvaged.notebook.talks)
    back = _("{notes} in {talks} came back, here in “{copy}”. “{name}” was left as it is.").format(
        notes=ngettext("{n} note", "{n} notes", notes).format(n=number(notes)),
        talks=ngettext("{n} talk", "{n} talks", talks).format(n=number(talks)),
        copy=made.name,
        name=path.name,
    )
    if not salvaged.lost:
        lost = _("Nothing of it is known to be lost.")
    else:
        named = "; ".join(map(str, salvaged.lost[:_TOLD]))
        others = len(salvaged.lost) - _TOLD
        lost = _("Not whole: {losses}.").format(losses=named)
        if others > 0:
            lost = ngettext(
                "Not whole: {losses}; and {n} more (“desktopnotes check” lists them).",
                "Not whole: {losses}; and {n} more (“desktopnotes check” lists them).",
                others,
            ).format(losses=named, n=others)
    return f"{back} {lost}"
