"""The reaction time: how long before its first key a note is stamped."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions.choice import Choice, seconds, take_next
from desktopnotes.session import Session
from desktopnotes.words import _, number

STEP_MS = 500
MOST_MS = 60_000
_CHOICES_MS = (500, 1000, 1500, 2000, 3000, 4000, 5000)


def less(session: Session) -> None:
    _set(session, session.settings.stamp_back_ms - STEP_MS)


def more(session: Session) -> None:
    _set(session, session.settings.stamp_back_ms + STEP_MS)


def off(session: Session) -> None:
    _set(session, 0)


def is_off(session: Session) -> bool:
    return session.settings.stamp_back_ms == 0


def _set(session: Session, back_ms: int) -> None:
    session.set(stamp_back_ms=min(max(0, back_ms), MOST_MS))
    told = words(session)
    session.screen.tell(told[:1].upper() + told[1:])


def words(session: Session) -> str:
    """ "stamps 2 s back", "stamps at the key"."""
    back_s = session.settings.stamp_back_ms / 1000
    return _("stamps {seconds} s back").format(seconds=number(back_s)) if back_s else _("stamps at the key")


def choices(session: Session) -> tuple[Choice, ...]:
    """Usual ones, and the one that holds now; none at all is a command of its own."""
    now_ms = session.settings.stamp_back_ms
    return tuple(
        Choice(seconds(ms), partial(_set, session, ms), ms == now_ms)
        for ms in sorted({*_CHOICES_MS, now_ms or _CHOICES_MS[0]})
    )


def choose_next(session: Session) -> None:
    take_next(choices(session))
