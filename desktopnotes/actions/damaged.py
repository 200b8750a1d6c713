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
        hint = "" if others else " Nothing of it can be read, and there is no backup here."
        session.screen.tell(f"{error.message}{hint}", *others, waits=Waits.DAMAGED)
        return
    offer = Offer(
        "Open What Can Be Read", partial(open_what_can_be_read, session, path, salvaged), stays=True
    )
    count = f"{_counted(salvaged.note_count, 'note')} can be read."
    session.screen.tell(f"{error.message} {count}", offer, *others, waits=Waits.DAMAGED)


def _backups(session: Session, path: Path) -> tuple[Offer, ...]:
    if not backups.of(path):
        return ()
    return (Offer("Backups", lambda: session.screen.show("backups", of=str(path)), stays=True),)


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
    back = f"{_counted(salvaged.note_count, 'note')} in {_counted(len(salvaged.notebook.talks), 'talk')}"
    if not salvaged.lost:
        lost = "Nothing of it is known to be lost."
    else:
        named = "; ".join(map(str, salvaged.lost[:_TOLD]))
        others = len(salvaged.lost) - _TOLD
        more = f"; and {others} more (“desktopnotes check” lists them)" if others > 0 else ""
        lost = f"Not whole: {named}{more}."
    return f"{back} came back, here in “{made.name}”. “{path.name}” was left as it is. {lost}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
