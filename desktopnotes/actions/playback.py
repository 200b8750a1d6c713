"""The Playback menu: the player, from anywhere in the window and without leaving the text."""

from __future__ import annotations

from desktopnotes.media.player import PlayerState
from desktopnotes.session import Session


def one_is_loaded(session: Session) -> bool:
    return session.player.state not in (PlayerState.NOTHING, PlayerState.FAILED)


def toggle(session: Session) -> None:
    """Plays or pauses."""
    session.resume_after_writing = False
    if session.player.state == PlayerState.PAUSED:
        resume(session)
    else:
        session.player.toggle()


def resume(session: Session) -> None:
    """Plays on what was paused, from a little before where the settings say so."""
    if session.settings.step_back_on_resume_ms:
        session.player.skip(-session.settings.step_back_on_resume_ms)
    session.player.play()


def back(session: Session) -> None:
    session.player.skip(-session.settings.skip_ms)


def forward(session: Session) -> None:
    session.player.skip(session.settings.skip_ms)


def next_frame(session: Session) -> None:
    session.player.next_frame()


def slower(session: Session) -> None:
    _change_rate(session, -session.settings.rate_step)


def faster(session: Session) -> None:
    _change_rate(session, session.settings.rate_step)


def normal_speed(session: Session) -> None:
    _change_rate(session, 1.0 - session.player.rate)


def _change_rate(session: Session, by: float) -> None:
    session.player.set_rate(round(session.player.rate + by, 2))
    session.screen.tell(f"Speed {session.player.rate:g}×")


def louder(session: Session) -> None:
    _set_volume(session, session.player.volume + 5)


def softer(session: Session) -> None:
    _set_volume(session, session.player.volume - 5)


def _set_volume(session: Session, volume: int) -> None:
    session.player.set_volume(volume)
    session.set(volume=session.player.volume)
    session.screen.tell(f"Volume {session.player.volume} %")


def mute(session: Session) -> None:
    session.player.set_muted(not session.player.muted)
    session.set(muted=session.player.muted)
    session.screen.tell("Sound off" if session.player.muted else "Sound on")
