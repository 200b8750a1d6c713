"""The Help menu."""

from __future__ import annotations

from desktopnotes.session import Session


def keys(session: Session) -> None:
    session.screen.show("keys")


def messages(session: Session) -> None:
    session.screen.show("messages")


def copy_details(session: Session) -> None:
    session.screen.show("details")


def about(session: Session) -> None:
    session.screen.show("about")


def update_yt_dlp(session: Session) -> None:
    session.screen.show("update yt-dlp")
