"""Watches that what comes from the web goes on: of a connection that falls silent libVLC says nothing.

Seen with libVLC 3.0.24 on a server of one's own, at 6 Mbit/s, once each and with its own demuxer:
- dropped or refused in the middle: it connects once more at once; where that fails it plays what it has read
  (16 MB are read ahead, and a second is in the decoders) and says "ended", far from the end;
- refused, or answered with 403, at a jump: "ended" within 10 ms;
- silent: events of time stop 1.5 s before the picture does, and nothing is said for ever. Once bytes come it
  goes on by itself, and says that it buffered. `stop` ends it within 10 ms in each case.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from desktopnotes.media.background import Progress
from desktopnotes.media.vlc_signals import VlcSignals

_LOOKS_EVERY_S = 0.1


def watch(signals: VlcSignals, runs: Callable[[], bool], stall_s: float, progress: Progress) -> None:
    """Tells "stalled" once nothing came for `stall_s` although it `runs`; then ends. Else until cancelled."""
    while True:
        progress.check()
        now_s = time.monotonic()
        if not runs():
            signals.heard_s = now_s
        elif now_s - signals.heard_s > stall_s:
            signals.tell(now_s, "stalled")
            return
        time.sleep(min(_LOOKS_EVERY_S, stall_s / 10))
