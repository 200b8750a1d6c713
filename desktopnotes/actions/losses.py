"""Many notes went at once: the step that took them is taken back, also where the user went on since."""

from __future__ import annotations

from functools import partial
from itertools import islice

from desktopnotes.model.notebook import Notebook
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage.keeping import great_loss
from desktopnotes.words import _

LABEL = _("Bring Back What Went")
_AMONG_STEPS = 20
"""A save is at most some seconds after the step that it tells of."""


def undo_offers(session: Session) -> tuple[Offer, ...]:
    """Undo for the great loss that was told just now; none where no step is known that made it."""
    now = session.notebook
    for before in islice(session.history.earlier(), _AMONG_STEPS):
        if great_loss(before, now):
            return (Offer(_("Undo"), partial(_take_back, session, before)),)
    return ()


def _take_back(session: Session, before: Notebook) -> None:
    """Undoes the step where it is the last one; else what went comes back, and what was done since stays."""
    if next(session.history.earlier(), None) is before:
        session.undo()
        return
    from desktopnotes.model.comparing import bring_back  # rare

    session.do(LABEL, bring_back(session.notebook, before, None))
    session.screen.tell(_("What went is back; what you did since is there too."))
