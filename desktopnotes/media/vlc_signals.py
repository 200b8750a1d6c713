"""What libVLC tells by its events: they come on its threads, or on ours in the middle of a call.

A callback reads the moment, posts what it was told together with what held at that instant, and returns. It
never calls libVLC, which hangs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import Any

from desktopnotes.media.mailbox import Mailbox


@dataclass(frozen=True)
class Told:
    """What libVLC told us: `what` at `moment_s`, and the start and segment that it belongs to.

    `what` is "time", "arrived" or "length" (`value` in ms), "paused", "buffered", "picture", "stalled"
    (nothing comes any more), "ended" or "failed".
    """

    start: int
    segment: int
    moment_s: float
    what: str
    value: int


class VlcSignals:
    """Posts what is told to the mailbox; while `beginning` is a queue, whoever waits for it hears instead.

    `segment` is the stretch of the clock that a time belongs to. `buffered_again` and `pause_holds` are set
    when that has happened, `pause_asked_s` is when the latest pause was asked for and `paused_s` when it took
    hold, `heard_s` is the moment of the latest sign of life.
    """

    def __init__(self, events: Any, types: Any, mailbox: Mailbox, hear: Callable[[Told], None]) -> None:
        self._mailbox = mailbox
        self._hear = hear
        self.start = 0
        self.segment = 0
        self.length_ms = 0
        self.buffered = False
        self.buffered_again = threading.Event()
        self.pause_holds = threading.Event()
        self.paused_s = self.pause_asked_s = 0.0
        self.heard_s = 0.0
        self.beginning: SimpleQueue[str] | None = None
        for kind, callback in (
            (types.MediaPlayerTimeChanged, self._on_time),
            (types.MediaPlayerBuffering, self._on_buffering),
            (types.MediaPlayerLengthChanged, self._on_length),
            (types.MediaPlayerPaused, self._on_paused),
            (types.MediaPlayerVout, self._on_picture),
            (types.MediaPlayerEndReached, lambda _: self._signal("ended")),
            (types.MediaPlayerEncounteredError, lambda _: self._signal("failed")),
        ):
            events.event_attach(kind, callback)

    def begin(self, start: int) -> SimpleQueue[str]:
        """Another start: what comes of the one before is dropped, what comes now goes to the queue."""
        self.start, self.segment, self.buffered, self.length_ms = start, 0, False, 0
        self.heard_s = time.monotonic()
        self.beginning = SimpleQueue()
        return self.beginning

    def expect_buffer(self) -> None:
        """A jump begins: until it has buffered no time counts; its target is told back as if it were true."""
        self.buffered = False
        self.heard_s = time.monotonic()
        self.buffered_again.clear()

    def expect_pause(self) -> None:
        """It is asked for; libVLC answers when all in it that plays has been told."""
        self.pause_asked_s = time.monotonic()
        self.pause_holds.clear()

    def tell(self, moment_s: float, what: str, value: int = 0) -> None:
        self._mailbox.post(partial(self._hear, Told(self.start, self.segment, moment_s, what, value)))

    def _on_time(self, event: Any) -> None:
        self.heard_s = moment_s = time.monotonic()
        if self.buffered:
            self.tell(moment_s, "time", event.u.new_time)

    def _on_buffering(self, event: Any) -> None:
        self.heard_s = time.monotonic()
        self.buffered = event.u.new_cache >= 100
        if self.buffered:
            self.buffered_again.set()
            self._signal("buffered")

    def _on_length(self, event: Any) -> None:
        self.length_ms = event.u.new_length
        self.tell(time.monotonic(), "length", event.u.new_length)

    def _on_paused(self, _: Any) -> None:
        self.paused_s = time.monotonic()
        self.pause_holds.set()
        self.tell(self.paused_s, "paused")

    def _on_picture(self, event: Any) -> None:
        if event.u.new_count > 0:
            self._signal("picture")

    def _signal(self, what: str) -> None:
        """To the lane while it waits for a beginning, else to the player."""
        if beginning := self.beginning:
            beginning.put(what)
        else:
            self.tell(time.monotonic(), what)
