"""A notebook that is open in another window too: the second one says so, and offers the first.

Nothing depends on it: both may write, and what they write is merged.
"""

from __future__ import annotations

import logging
from pathlib import Path

from desktopnotes.handing_over import calling
from desktopnotes.handing_over.message import Message
from desktopnotes.media.background import Progress
from desktopnotes.model.errors import UserError
from desktopnotes.screen import Offer, Waits
from desktopnotes.session import Session
from desktopnotes.storage import held
from desktopnotes.storage.held import Hold
from desktopnotes.words import _

OPEN_TWICE = _(
    "This notebook is open in another window too. What is written in both is merged; nothing is lost."
)
ALONE = _("The other window has closed this notebook: it is open here alone now.")

_AGAIN_MS = 2000

_log = logging.getLogger(__name__)


class Holding:
    """Holds the open notebook for this window, or waits for the other one to let go of it."""

    def __init__(self, session: Session, address: Path | None = None, reachable: Path | None = None) -> None:
        """`address` is where this window is called; `reachable` where one on this screen would be."""
        self._session = session
        self._address = str(address or "")
        self._reachable = str(reachable or "")
        self._hold: Hold | None = None
        self._path: Path | None = None

    def notebook_opened(self) -> None:
        """Lets go of the notebook before, and takes this one; one that can only be read is not held."""
        self.close()
        if not self._session.read_only:
            self._path = self._session.path
            if not self._take(self._path):
                self._tell(self._path)
                self._look_again(self._path)

    def close(self) -> None:
        """Others may hold it now."""
        self._path = None
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def _take(self, path: Path) -> bool:
        """Whether nobody else holds it, as far as can be known."""
        try:
            self._hold = held.hold(path, self._address)
        except UserError as error:
            _log.info("it is not known whether the notebook is open elsewhere: %s", error)
            return True
        return self._hold is not None

    def _tell(self, path: Path) -> None:
        other = held.holder(path)
        can_come = bool(other) and other == self._reachable
        offers = (
            [Offer(_("Go to That Window"), lambda: self._go(path, other), stays=True)] if can_come else []
        )
        self._session.screen.tell(OPEN_TWICE, *offers, waits=Waits.OPEN_TWICE)

    def _look_again(self, path: Path) -> None:
        self._session.screen.later(_AGAIN_MS, lambda: self._look(path))

    def _look(self, path: Path) -> None:
        if path != self._path:  # another notebook is open here by now
            return
        if self._take(path):
            self._session.screen.tell_no_more(Waits.OPEN_TWICE)
            self._session.screen.tell(ALONE)
        else:
            self._look_again(path)

    def _go(self, path: Path, address: str) -> None:
        """That window comes to the front, with this notebook should it show another by now."""
        message = Message((str(path),), str(path.parent))

        def work(progress: Progress) -> calling.Told | calling.Alone | None:
            return calling.call(Path(address), message)

        self._session.save_all()
        self._session.background.run(work, self._went)

    def _went(self, answer: calling.Told | calling.Alone | None) -> None:
        if not isinstance(answer, calling.Told):
            self._session.screen.tell(_("The other window does not answer. What you write here is safe."))
