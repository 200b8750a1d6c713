"""Pause while writing: the talk stands still while a note is written, and plays on when it is ended."""

from __future__ import annotations

from dataclasses import replace

from desktopnotes.actions import playback
from desktopnotes.media.player import PlayerState
from desktopnotes.session import Session
from desktopnotes.words import _


def is_on(session: Session) -> bool:
    return session.settings.pause_while_writing


def switch(session: Session) -> None:
    session.set(pause_while_writing=not is_on(session))
    session.screen.tell(
        _("The talk pauses while you write") if is_on(session) else _("The talk plays on while you write")
    )


def begin(session: Session) -> None:
    """A note is written from now on."""
    if is_on(session) and session.player.state == PlayerState.PLAYING:
        session.player.pause()
        session.writing = replace(session.writing, plays_on=True)


def end(session: Session) -> None:
    """The note is ended, or gone: what was paused for it plays on."""
    if session.writing.plays_on:
        session.writing = replace(session.writing, plays_on=False)
        playback.resume(session)
