"""The moment that a note is about: taken at a key, and asked for again when more is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from desktopnotes.media.player import Player, PlayerState
from desktopnotes.model import edits, findings
from desktopnotes.model.notebook import Notebook
from desktopnotes.screen import Screen
from desktopnotes.trace import Trace

RESOLVE_AFTER_MS = 600
"""How long after a key the true position is asked for again: later events repair it (player.md, point 5)."""
_RESOLVED_MOST = 5
"""So often it is asked for as long as it stays approximate."""

_IN_THE_TALK = (PlayerState.OPENING, PlayerState.PLAYING, PlayerState.PAUSED)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the player knew of the moment of a key: `back_ms` is the reaction time already taken off."""

    moment_s: float
    at_ms: int
    back_ms: int
    approximate: bool


def stamp_at(player: Player, moment_s: float, reaction_ms: int, *, was_played: bool) -> Stamp | None:
    """The moment of the recording at `moment_s`; None where nothing is open, or it has ended.

    While playing, the reaction time is taken off: the viewer's ms times the rate, never more than was played
    since the last open or seek. What was never played has no moment yet at its beginning.
    """
    position = player.position_at(moment_s)
    if position is None or player.state not in _IN_THE_TALK or (not was_played and position.at_ms == 0):
        return None
    back_ms = 0
    if reaction_ms and not position.paused:
        back_ms = min(round(reaction_ms * player.rate), player.played_since_seek_ms(moment_s))
    return Stamp(moment_s, max(0, position.at_ms - back_ms), back_ms, position.approximate)


class Surroundings(Protocol):
    """What late stamps need of the session."""

    screen: Screen
    player: Player
    trace: Trace

    @property
    def writing_id(self) -> str:
        """The note that is being written, "" where none is."""

    def find_out(self, change: Callable[[Notebook], Notebook], *, save: bool = False) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Late:
    talk_id: str
    note_id: str
    stamp: Stamp
    tries: int


class LateStamps:
    """Asks again for the moments of keys, and puts what is known by then where the guess still stands."""

    def __init__(self, session: Surroundings) -> None:
        self._session = session
        self._unresolved: list[_Late] = []

    def resolve_later(self, talk_id: str, note_id: str, stamp: Stamp) -> None:
        self._session.trace("stamped", note=note_id, at_ms=stamp.at_ms, key_t=stamp.moment_s, resolved=False)
        self._ask_later(_Late(talk_id, note_id, stamp, _RESOLVED_MOST))

    def resolve_now(self) -> None:
        """The recording is left: what is not asked for again by now never can be."""
        for late in tuple(self._unresolved):
            self._resolve(late, is_last=True)

    def _ask_later(self, late: _Late) -> None:
        self._unresolved.append(late)
        self._session.screen.later(RESOLVE_AFTER_MS, lambda: self._resolve(late, is_last=False))

    def _resolve(self, late: _Late, *, is_last: bool) -> None:
        if late not in self._unresolved:
            return
        self._unresolved.remove(late)
        session, stamp = self._session, late.stamp
        position = session.player.position_at(stamp.moment_s)
        if position is None:
            return
        at_ms = max(0, position.at_ms - stamp.back_ms)
        session.find_out(self._change(late, at_ms, approximate=position.approximate), save=True)
        if position.approximate and late.tries > 1 and not is_last:
            self._ask_later(replace(late, stamp=replace(stamp, at_ms=at_ms), tries=late.tries - 1))
        else:
            session.trace("stamped", note=late.note_id, at_ms=at_ms, key_t=stamp.moment_s, resolved=True)

    def _change(self, late: _Late, at_ms: int, *, approximate: bool) -> Callable[[Notebook], Notebook]:
        """A note that is being written, or was stamped just before another, stays where it is for now."""
        talk_id, note_id, guess_ms = late.talk_id, late.note_id, late.stamp.at_ms
        settles = note_id != self._session.writing_id and not self._unresolved

        def change(notebook: Notebook) -> Notebook:
            after = findings.found_stamp(notebook, talk_id, note_id, guess_ms, at_ms, approximate=approximate)
            return edits.settle(after, talk_id, note_id) if settles and after is not notebook else after

        return change
