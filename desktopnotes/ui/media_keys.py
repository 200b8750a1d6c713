"""The desktop's media keys and controls (MPRIS): what they are told of the window, and what they do in it.

The other side is `media/mpris.py`, a thread of its own: what is wished comes through the mailbox, and errors
go through the gate. Loaded some time after the window is there.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from desktopnotes.actions import notes, playback
from desktopnotes.handing_over.message import Message
from desktopnotes.media import mpris_facts, session_bus
from desktopnotes.media.mpris import Done, Refused, Remote, Wish
from desktopnotes.media.mpris_facts import PAUSED, PLAYING, SCHEMES, STOPPED, Facts, Track
from desktopnotes.media.player import VOLUME_MAX, PlayerState
from desktopnotes.model.notebook import Note, Talk
from desktopnotes.storage import paths, recordings
from desktopnotes.ui.called import Called
from desktopnotes.ui.front import bring_to_front
from desktopnotes.ui.window import Window

_MOST_US = 1000 * 3600 * 1_000_000
_KEEP_VOLUME_MS = 500
"""Who drags a slider asks for many; the last of them is kept in the settings."""

_log = logging.getLogger(__name__)


class MediaKeys:
    """What the bus sees of the window, from `begin` to `close`; without a bus, nothing."""

    def __init__(self, window: Window, called: Called) -> None:
        self._window = window
        self._called = called
        self._remote: Remote | None = None
        self._stopped = (-1, "")
        self._stamps: tuple[tuple[Note, ...], list[int]] = ((), [])
        self._track: tuple[tuple[object, ...], Track | None] = ((), None)
        self._volume_job = ""
        self._do: dict[str, Callable[..., None]] = {
            "Raise": lambda: bring_to_front(window.root),
            "Next": self._runs(notes.jump_to_next),
            "Previous": self._runs(notes.jump_to_previous),
            "Play": self._runs(playback.play),
            "Pause": self._runs(playback.pause),
            "PlayPause": self._runs(playback.toggle),
            "Stop": self._stop,
            "Seek": self._seek,
            "SetPosition": self._set_position,
            "Rate": self._set_rate,
            "Volume": self._set_volume,
        }

    def begin(self) -> None:
        """Goes on the bus, where there is one; who asks for something is heard from now on."""
        where = session_bus.address(os.environ)
        if not where:
            _log.info("the media keys do nothing here: no session bus is known")
            return
        self._remote = Remote(where, self._take, self._facts())
        self._window.on_moment = self.look

    @property
    def name(self) -> str:
        """The name on the bus, "" while there is none."""
        return self._remote.name if self._remote else ""

    def close(self) -> None:
        if self._remote is not None:
            self._window.on_moment = lambda: None
            self._remote.close()

    def look(self) -> None:
        """Tells the bus what is so now; called some eight times a second, and after each wish."""
        if self._remote is not None and self._remote.is_there:
            self._remote.show(self._facts())

    # --- what is so ----------------------------------------------------------------------------------

    def _facts(self) -> Facts:
        session = self._window.session
        player, now_s = session.player, time.monotonic()
        position = player.position_at(now_s)
        at_ms = position.at_ms if position else 0
        plays = player.state is PlayerState.PLAYING and not player.waiting
        status = self._status(at_ms)
        track = self._track_now()
        can_go_previous, can_go_next = notes.around(session, self._stamps_now())
        return Facts(
            moment_s=now_s,
            at_ms=at_ms,
            speed=player.rate if plays else 0.0,
            status=status,
            rate=player.rate,
            volume=player.volume / VOLUME_MAX,
            track=track,
            can_go_next=can_go_next,
            can_go_previous=can_go_previous,
            can_play=playback.can_toggle(session),
            can_seek=playback.one_is_loaded(session),
        )

    def _status(self, at_ms: int) -> str:
        player = self._window.session.player
        if player.will_play:
            self._stopped = (-1, "")
            return PLAYING
        if player.state not in (PlayerState.OPENING, PlayerState.PAUSED):
            return STOPPED
        is_stopped = at_ms == 0 and self._stopped == (player.load, self._window.session.talk_id)
        return STOPPED if is_stopped else PAUSED

    def _track_now(self) -> Track | None:
        """Made anew only where something in it is another: it is asked for eight times a second."""
        session = self._window.session
        talk = session.talk
        told = (talk, session.notebook.title, session.path, session.player.length_ms)
        if len(told) != len(self._track[0]) or any(
            a is not b for a, b in zip(told, self._track[0], strict=True)
        ):
            self._track = told, None if talk is None else self._track_of(talk)
        return self._track[1]

    def _track_of(self, talk: Talk) -> Track:
        session = self._window.session
        source = session.source(talk)
        title = talk.title or (source.stem if isinstance(source, Path) else talk.url)
        url = source.as_uri() if isinstance(source, Path) and source.is_absolute() else _public(talk.url)
        length_ms = session.player.length_ms or talk.duration_ms
        album = session.notebook.title or session.path.name
        return Track(talk.id, title, talk.speakers, album, url, length_ms)

    def _stamps_now(self) -> list[int]:
        talk = self._window.session.talk
        its_notes = talk.notes if talk else ()
        if its_notes is not self._stamps[0]:
            self._stamps = its_notes, sorted(note.at_ms for note in its_notes if note.at_ms is not None)
        return self._stamps[1]

    # --- what is wished ------------------------------------------------------------------------------

    def _take(self, wish: Wish, done: Done) -> None:
        """On the thread of the bus."""
        self._window.mailbox.post(partial(self._meet, wish, done))

    def _meet(self, wish: Wish, done: Done) -> None:
        if wish.name == "OpenUri":
            self._open(wish.values[0], done)
        elif wish.name == "PlayPause" and not playback.can_toggle(self._window.session):
            done(Refused("Failed", "Nothing is open that could be played."))
        elif wish.name == "Quit":
            done(None)  # before it: a question may follow, and then there is nobody to answer
            self._window.root.after_idle(self._window.close)
        else:
            met = self._window.gate.did(self._do[wish.name], *wish.values)
            self.look()
            done(None if met else Refused("Failed", "It could not be done; the window says why."))

    def _runs(self, action: Callable[[Any], None]) -> Callable[[], None]:
        return lambda: action(self._window.session)

    def _stop(self) -> None:
        session = self._window.session
        playback.stop(session)
        self._stopped = (session.player.load, session.talk_id)

    def _seek(self, by_us: int) -> None:
        if playback.one_is_loaded(self._window.session):
            self._window.session.player.skip(_ms(by_us))

    def _set_position(self, track: str, at_us: int) -> None:
        """What was asked of another talk, or of a place that there is not, is no longer meant."""
        session = self._window.session
        now = self._track_now()
        length_ms = session.player.length_ms
        is_meant = now is not None and track == mpris_facts.track_path(now.id)
        if is_meant and at_us >= 0 and (length_ms is None or _ms(at_us) <= length_ms):
            session.player.seek(_ms(at_us))

    def _set_rate(self, rate: float) -> None:
        session = self._window.session
        if rate == 0:
            playback.pause(session)
        elif playback.one_is_loaded(session) and not math.isclose(rate, session.player.rate):
            playback.set_rate(session, round(rate, 2))

    def _set_volume(self, volume: float) -> None:
        window = self._window
        window.session.player.set_volume(round(volume * VOLUME_MAX))
        if not self._volume_job:
            self._volume_job = window.root.after(_KEEP_VOLUME_MS, self._keep_volume)

    def _keep_volume(self) -> None:
        self._volume_job = ""
        session = self._window.session
        self._window.gate.run(lambda: session.set(volume=session.player.volume))

    def _open(self, uri: str, done: Done) -> None:
        """As if a later call of the program had named it; what none could name does nothing."""
        refused = _why_not(uri)
        if refused is not None:
            done(refused)
        else:
            self._called.come(Message((uri,), "/"), _Answer(done))


class _Answer:
    """Tells the bus what became of an address."""

    def __init__(self, done: Done) -> None:
        self._done = done

    def take(self) -> bool:
        return True

    def done(self) -> None:
        self._done(None)

    def later(self) -> None:
        self._done(None)

    def refuse(self, sentence: str) -> None:
        self._done(Refused("Failed", sentence))


def _why_not(uri: str) -> Refused | None:
    """Why an address cannot be one of a thing that the program opens."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return Refused("InvalidArgs", "That is no address.")
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        return Refused(
            "NotSupported", f"Addresses of files and of the web can be opened, none of “{scheme}”."
        )
    if scheme == "file" and (parts.netloc not in ("", "localhost") or not parts.path.startswith("/")):
        return Refused("NotSupported", "That is no file of this computer.")
    if "\0" in unquote(uri):
        return Refused("InvalidArgs", "No file can have that name.")
    name = unquote(parts.path).lower()
    if scheme == "file" and not name.endswith((paths.NOTEBOOK_SUFFIX, *recordings.MEDIA_SUFFIXES)):
        return Refused("NotSupported", "That is neither a notebook nor a recording.")
    return None


def _public(address: str) -> str:
    """The address without name and password; empty where it is none of the web."""
    if not address:
        return ""
    from desktopnotes.export import links  # talks of files do without it

    return links.public(address)


def _ms(us: int) -> int:
    """Held within what any recording has: a bus bears far greater numbers."""
    return round(max(-_MOST_US, min(_MOST_US, us)) / 1000)
