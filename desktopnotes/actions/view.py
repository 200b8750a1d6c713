"""The View menu: what of the window shows, and how."""

from __future__ import annotations

from desktopnotes.session import Session
from desktopnotes.words import _


def other_text(session: Session) -> None:
    """Goes between the notes and the write-up."""
    session.screen.show("other text")


def next_pane(session: Session) -> None:
    session.screen.show("next pane")


def previous_pane(session: Session) -> None:
    session.screen.show("previous pane")


def talks_pane(session: Session) -> None:
    session.screen.show("talks pane")


def write_up_pane(session: Session) -> None:
    session.screen.show("write-up pane")


def notes_pane(session: Session) -> None:
    session.screen.show("notes pane")


def transcript(session: Session) -> None:
    session.screen.show("transcript")


def transcript_place(session: Session) -> None:
    session.screen.show("transcript place")


def focus_mode(session: Session) -> None:
    session.screen.show("focus mode")


def full_screen(session: Session) -> None:
    session.screen.show("full screen")


def palette(session: Session) -> None:
    session.screen.show("palette")


def set_theme(session: Session, name: str) -> None:
    """ "light", "dark" or "system"."""
    session.set(theme=name)


def is_theme(session: Session, name: str) -> bool:
    return session.settings.theme == name


def larger_text(session: Session) -> None:
    _font_size(session, 1)


def smaller_text(session: Session) -> None:
    _font_size(session, -1)


def usual_text(session: Session) -> None:
    """As large as the desktop's own."""
    session.set(font_size=0)


def _font_size(session: Session, by: int) -> None:
    session.set(font_size=min(max(6, (session.settings.font_size or 11) + by), 40))


def follows(session: Session) -> bool:
    return session.settings.follow


def follow(session: Session) -> None:
    session.set(follow=not session.settings.follow)
    session.screen.tell(
        _("The page follows the talk") if session.settings.follow else _("The page stays where it is")
    )
