"""How tall a picture is asked of the web: chosen in the Playback menu, for all talks."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import web
from desktopnotes.actions.choice import Choice, take_next
from desktopnotes.session import Session
from desktopnotes.words import _

_HEIGHTS = (2160, 1440, 1080, 720, 480, 360)


def choices(session: Session) -> tuple[Choice, ...]:
    """Usual ones, the one that holds now, and sound alone."""
    now = session.settings.quality
    heights = sorted({*_HEIGHTS, now} - {0}, reverse=True)
    return tuple(Choice(_label(one), partial(choose, session, one), one == now) for one in (*heights, 0))


def _label(height: int) -> str:
    return _("Up to {height}p").format(height=height) if height else _("Sound Alone")


def choose(session: Session, height: int) -> None:
    """From now on, and at once where a page plays: at the same moment, playing on if it did or was to."""
    if height == session.settings.quality:
        return
    session.set(quality=height)
    if address := web.address(session):
        plays = session.player.will_play
        session.web.forget(address)
        session.reload(play=plays)


def take_next_one(session: Session) -> None:
    if chosen := take_next(choices(session)):
        session.screen.tell(_("Quality: {quality}").format(quality=chosen.label))
