"""How a jump comes to stand on one frame: libVLC plays up to it and is paused just before.

A jump made while paused shows a frame up to four early, where frames are stored in another order than shown.
One made while playing is exact, and libVLC says when it is ready: from then on it is known to a ms where it
stands. Paused shortly before a frame begins, it still shows that frame, which it has prepared, and stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.stretch import PREPARED_S

READY_MS = 10.5
"""So long after libVLC is ready the picture that it was sent to is due.

10 of it are "i_wakeup_delay" in es_out.c, which sets its clock so at that moment.
"""
_RUN_UP_MS = 100.0
"""So much is played before: until then decoding has not yet come far enough for the rule to hold.

Measured on 2 busy cores at 720p, 40 jumps each: 60 ms 31 and 39 right, 100 ms 40 and 40.
"""
_HALF_A_FRAME_MOST_MS = 20.0
_BEFORE_MOST_MS = 28.0
_BEFORE_PART = 0.7
"""So long before the frame it is paused: this part of the frame before, and no more than that."""
_TOO_SOON_PART, _TOO_LATE_PART = 0.95, 0.35


@dataclass(frozen=True, slots=True)
class Landed:
    """On which frame a jump came to stand: its start, and where the player's own clock stands now, in ms."""

    at_ms: int
    player_ms: float
    is_right: bool


class Landing:
    """The jump to the frame of `at_ms`, which is not the first: from where to play, and when to pause."""

    def __init__(self, grid: FrameGrid, at_ms: int) -> None:
        self._grid = grid
        self._at_ms = at_ms
        self._number = grid.number_at(at_ms)
        self._start_ms = grid.start_ms(self._number)
        self._length_ms = length_ms = self._start_ms - grid.start_ms(self._number - 1)
        self._before_ms = min(_BEFORE_PART * length_ms, _BEFORE_MOST_MS)
        self.from_ms = max(0, int(self._start_ms - min(length_ms / 2, _HALF_A_FRAME_MOST_MS) - _RUN_UP_MS))

    @property
    def pause_after_s(self) -> float:
        """So long after libVLC is ready."""
        return max(0.0, self._start_ms - self._before_ms - self.from_ms + READY_MS) / 1000

    def after(self, paused_after_s: float) -> Landed:
        """Where it stands when the pause took hold so long after libVLC was ready."""
        player_ms = self.from_ms - READY_MS + 1000 * paused_after_s
        before_ms = self._start_ms - player_ms
        soon_ms, late_ms = _TOO_SOON_PART * self._length_ms, min(_TOO_LATE_PART * self._length_ms, 10.0)
        if late_ms <= before_ms <= soon_ms:
            return Landed(self._at_ms, player_ms, True)
        shown = self._grid.number_at(max(0.0, player_ms + 1000 * PREPARED_S)) + 1
        return Landed(self._grid.whole_start_ms(shown), player_ms, shown == self._number)
