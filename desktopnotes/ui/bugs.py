"""After a bug: all is saved at once, and one sentence offers what a report of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktopnotes.screen import Offer
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window


def save(window: Window) -> bool:
    """Begins a save of all; where what leads there is broken, of what was written alone.

    False where there is nothing to save.
    """
    session = getattr(window, "session", None)
    if session is None or session.read_only:
        return False  # an error of the start: nothing was written yet
    try:
        session.save_all()
    except Exception as error:
        window.gate(error)
        session.saver.save_now(session.notebook)
    return True


def tell(window: Window, sentence: str) -> None:
    window.tell_error(sentence, Offer(_("Copy Details"), lambda: copy_details(window)))


def copy_details(window: Window) -> None:
    """Puts what helps to find a fault on the clipboard."""
    crashes = window.gate.crashes
    window.copy(crashes.report())
    known = _("Copied: the versions and what is known of the fault. No text of your notes is in it.")
    unknown = _("Copied: versions; no errors were logged. No text of your notes is in it.")
    path = crashes.log.path
    offers = (
        (Offer(_("Open the Log’s Folder"), lambda: window.open_outside(str(path.parent))),) if path else ()
    )
    window.tell(known if crashes.any else unknown, *offers)
