"""The Playback menu: the player, from anywhere in the window and without leaving the text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desktopnotes.actions import web
from desktopnotes.actions.choice import Choice, seconds, take_next
from desktopnotes.media.player import PlayerState
from desktopnotes.model import findings, timecode
from desktopnotes.screen import Offer, Waits
from desktopnotes.session import Session
from desktopnotes.words import _, number

_STEPS_BACK_MS = (0, 1000, 2000, 3000, 5000)


_WORTH_A_WAY_BACK_MS = 5000


def one_is_loaded(session: Session) -> bool:
    return session.player.state not in (PlayerState.NOTHING, PlayerState.FAILED)


def can_toggle(session: Session) -> bool:
    return one_is_loaded(session) or web.waits_for_the_user(session)


def toggle(session: Session) -> None:
    """Plays or pauses; a page that was not asked yet is asked now."""
    session.writing = replace(session.writing, plays_on=False)
    if web.waits_for_the_user(session):
        web.try_again(session)
    elif session.player.state == PlayerState.PAUSED:
        resume(session)
    else:
        session.player.toggle()


def play(session: Session) -> None:
    """Plays, whatever stands still or was not asked yet; what plays goes on."""
    if not session.player.will_play and can_toggle(session):
        toggle(session)


def pause(session: Session) -> None:
    """Stands still where it is, or as soon as it is open."""
    session.writing = replace(session.writing, plays_on=False)
    session.player.pause()


def stop(session: Session) -> None:
    """Stands still at the beginning, as a key with a square on it says; the way back is offered.

    Until it plays again, the talk's place is the one that it had: who opens it later finds that.
    """
    player, position = session.player, session.player.position_at()
    pause(session)
    if position is None or player.state is PlayerState.ENDED:
        return
    session.leave()
    session.loader.stopped = player.load
    player.seek(0)
    if position.at_ms >= _WORTH_A_WAY_BACK_MS:
        at = timecode.clock(position.at_ms)
        back = Offer(
            _("Back to {time}").format(time=at),
            partial(_go_back, session, session.talk_id, position.at_ms),
        )
        told = _("Stopped, at the beginning; it was at {time}.").format(time=at)
        session.screen.tell(told, back, waits=Waits.PLACE)


def _go_back(session: Session, talk_id: str, at_ms: int) -> None:
    if session.talk_id == talk_id:
        session.player.seek(at_ms)


def resume(session: Session) -> None:
    """Plays on what was paused, from a little before where the settings say so.

    Never further back than it played since the last jump: who has gone to a place wants to begin there, and
    two pauses in a row do not go back twice.
    """
    back_ms = min(session.settings.step_back_on_resume_ms, session.player.played_since_seek_ms())
    if back_ms > 0:
        session.player.skip(-back_ms)
    session.player.play()


def step_back_choices(session: Session) -> tuple[Choice, ...]:
    """Usual ones, and the one that holds now."""
    now_ms = session.settings.step_back_on_resume_ms
    return tuple(
        Choice(seconds(ms) if ms else _("Off"), partial(session.set, step_back_on_resume_ms=ms), ms == now_ms)
        for ms in sorted({*_STEPS_BACK_MS, now_ms})
    )


def next_step_back(session: Session) -> None:
    if chosen := take_next(step_back_choices(session)):
        session.screen.tell(_("Step back on resume: {time}").format(time=chosen.label.lower()))


def back_label(session: Session) -> str:
    return _("Back {time}").format(time=seconds(session.settings.skip_ms))


def forward_label(session: Session) -> str:
    return _("Forward {time}").format(time=seconds(session.settings.skip_ms))


def back(session: Session) -> None:
    session.player.skip(-session.settings.skip_ms)


def forward(session: Session) -> None:
    session.player.skip(session.settings.skip_ms)


def previous_frame(session: Session) -> None:
    session.player.previous_frame()


def next_frame(session: Session) -> None:
    session.player.next_frame()


def slower(session: Session) -> None:
    _change_rate(session, -session.settings.rate_step)


def faster(session: Session) -> None:
    _change_rate(session, session.settings.rate_step)


def normal_speed(session: Session) -> None:
    _change_rate(session, 1.0 - session.player.rate)


def _change_rate(session: Session, by: float) -> None:
    set_rate(session, round(session.player.rate + by, 2))


def set_rate(session: Session, rate: float) -> None:
    """Plays at that speed from now on; the talk keeps it for its next opening."""
    session.player.set_rate(rate)
    talk_id, kept = session.talk_id, session.player.rate
    session.find_out(lambda notebook: findings.found_rate(notebook, talk_id, kept))
    session.screen.tell(_("Speed {rate}×").format(rate=number(session.player.rate)))


def louder(session: Session) -> None:
    _set_volume(session, session.player.volume + 5)


def softer(session: Session) -> None:
    _set_volume(session, session.player.volume - 5)


def _set_volume(session: Session, volume: int) -> None:
    session.player.set_volume(volume)
    session.set(volume=session.player.volume)
    session.screen.tell(_("Volume {percent} %").format(percent=session.player.volume))


def is_muted(session: Session) -> bool:
    return session.player.muted


def mute(session: Session) -> None:
    session.player.set_muted(not session.player.muted)
    session.set(muted=session.player.muted)
    session.screen.tell(_("Sound off") if session.player.muted else _("Sound on"))
