"""Sound and subtitle tracks of the recording, chosen from the Playback menu."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions.choice import Choice, take_next
from desktopnotes.media.player import NO_TRACK
from desktopnotes.session import Session
from desktopnotes.words import _


def there_is_audio(session: Session) -> bool:
    return bool(session.player.audio_tracks())


def there_are_subtitles(session: Session) -> bool:
    return bool(session.player.subtitle_tracks())


def audio(session: Session) -> tuple[Choice, ...]:
    return tuple(
        Choice(track.name, partial(session.player.choose_audio, track.id), track.chosen)
        for track in session.player.audio_tracks()
    )


def subtitles(session: Session) -> tuple[Choice, ...]:
    """None comes first."""
    tracks = session.player.subtitle_tracks()
    choose = session.player.choose_subtitle
    none = Choice(_("None"), partial(choose, NO_TRACK), not any(track.chosen for track in tracks))
    return (none, *(Choice(track.name, partial(choose, track.id), track.chosen) for track in tracks))


def next_audio(session: Session) -> None:
    if chosen := take_next(audio(session)):
        session.screen.tell(_("Sound: {track}").format(track=chosen.label))


def next_subtitle(session: Session) -> None:
    if chosen := take_next(subtitles(session)):
        session.screen.tell(_("Subtitles: {track}").format(track=chosen.label))
