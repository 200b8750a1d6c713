"""The Help menu."""

from __future__ import annotations

from desktopnotes.session import Session


def guide(session: Session) -> None:
    session.screen.show("guide")


def news(session: Session) -> None:
    session.screen.show("news")


def keys(session: Session) -> None:
    session.screen.show("keys")


def messages(session: Session) -> None:
    session.screen.show("messages")


def report(session: Session) -> None:
    session.screen.show("report")


def about(session: Session) -> None:
    session.screen.show("about")


def update_yt_dlp(session: Session) -> None:
    session.screen.show("update yt-dlp")
