"""What could not be saved earlier and lies in an emergency copy: brought in, looked at, or put away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from desktopnotes import their_changes
from desktopnotes.files import read_regular
from desktopnotes.model.errors import UserError
from desktopnotes.model.merge import Merged, merge, sentence
from desktopnotes.model.months import MONTHS
from desktopnotes.model.notebook import Notebook
from desktopnotes.screen import Offer, Waits
from desktopnotes.session import Session
from desktopnotes.storage import backups, unsaved
from desktopnotes.storage.backups import Why
from desktopnotes.storage.codec import LIMIT_BYTES, decode
from desktopnotes.words import _

LABEL = _("Bring In What Was Not Saved")
_AGAIN_MS = 200


def offer(session: Session) -> None:
    """Offers the oldest copy of the open notebook that has something which is not in it; the others after it.

    A copy of which all is in the notebook already has had its day. Reading goes on in the background.
    """
    copies, here, now = session.store.copies, session.path, session.notebook
    if copies and not session.read_only:
        session.background.run(
            lambda _: _first_with_news(copies, now), lambda found: _tell(session, here, *found)
        )


def _first_with_news(copies: tuple[Path, ...], now: Notebook) -> tuple[tuple[Path, ...], str]:
    """The copies from the first one on that brings anything, and why that cannot be read, else ""."""
    for number, copy in enumerate(copies):
        try:
            brings = _brought(copy, now).notebook is not now
        except UserError as error:
            return copies[number:], str(error)
        if brings:
            return copies[number:], ""
        unsaved.remove(copy)
    return (), ""


def _brought(copy: Path, now: Notebook) -> Merged:
    # The copy is a later state of a version that is not known any more: nothing of either is taken away.
    return merge(None, now, decode(read_regular(copy, LIMIT_BYTES), copy.name))


def _tell(session: Session, here: Path, copies: tuple[Path, ...], problem: str) -> None:
    session.store.copies = copies
    if not copies or session.path != here:
        return
    copy = copies[0]
    look = Offer(_("Look"), partial(session.screen.open_outside, str(copy.parent)), stays=True)
    discard = Offer(_("Discard"), partial(_discard, session, copy))
    if problem:
        damaged = _("A copy of notes that could not be saved is damaged.")
        session.screen.tell(f"{damaged} {problem}", look, waits=Waits.UNSAVED)
        return
    bring = Offer(_("Bring Them In"), partial(_bring_in, session, copy))
    session.screen.tell(
        _kept(copy),
        bring,
        look,
        discard,
        waits=Waits.UNSAVED,
    )


def _kept(copy: Path) -> str:
    try:
        moment = datetime.fromtimestamp(copy.stat().st_mtime).astimezone()
    except OSError:
        return _("Notes that could not be saved earlier are kept in a copy.")
    told = _("Notes that could not be saved on {day} {month} at {time} are kept in a copy.")
    return told.format(day=moment.day, month=MONTHS[moment.month - 1], time=f"{moment:%H:%M}")


def _bring_in(session: Session, copy: Path) -> None:
    """One step; the copy goes when what it brought is on the disk."""
    before = session.notebook
    merged = _brought(copy, before)
    session.do(LABEL, merged.notebook)
    session.save_now()
    if merged.notebook is not before:
        words = sentence(merged.changes, merged.notebook, has_base=False)
        offers = their_changes.offers(session, LABEL, before, merged.notebook, merged.changes)
        told = " ".join(filter(None, (_("What was not saved is back in the notebook."), words)))
        session.screen.tell(told, *offers, waits=Waits.CAME_IN)
    _let_go_when_saved(session, session.path, copy)


def _let_go_when_saved(session: Session, here: Path, copy: Path) -> None:
    if session.path != here:
        return  # the copy is offered again with its notebook, and goes then
    if session.saver.all_is_saved:
        unsaved.remove(copy)
        _offer_next(session, copy)
    else:
        session.screen.later(_AGAIN_MS, partial(_let_go_when_saved, session, here, copy))


def _discard(session: Session, copy: Path) -> None:
    """It is a backup from now on: who changes their mind finds it there."""
    content = read_regular(copy, LIMIT_BYTES)
    backups.keep(session.path, Why.UNSAVED, content=content)
    unsaved.remove(copy)
    session.screen.tell(_("The copy was put away; it is among the backups."))
    _offer_next(session, copy)


def _offer_next(session: Session, copy: Path) -> None:
    session.store.copies = tuple(each for each in session.store.copies if each != copy)
    offer(session)
