"""libVLC itself: its calls, its callbacks and its traps; what the user wishes is the business of the player.

A callback comes on a thread of libVLC, or on ours in the middle of a call: it reads the moment, posts what it
was told together with what held at that instant, and returns. It never calls libVLC, which hangs.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from desktopnotes.media.background import Progress
from desktopnotes.media.clock import jump_target_ms
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import END_MARGIN_MS
from desktopnotes.media.source import check_source
from desktopnotes.media.vlc_instance import start_vlc
from desktopnotes.model.errors import ReadError, UserError

_BEGINNING_MOST_S = 20.0
_BUFFERING_MOST_S = 1.0
_HURRIED_MOST_S = 0.3
"""Right before the end of a recording nothing tells that it has buffered; a picture comes all the same."""
_JUMPS_MOST = 4
_PAUSE_SETTLES_S = 0.1
"""A jump sooner after a pause keeps the old picture (0 of 16 right at once, 16 of 16 after 0.05 s)."""
_PICTURE_COMES_S = 0.1
"""From buffered to the picture; a pause before it keeps the old (11 of 24 right at 0.03 s, 24 at 0.06)."""


@dataclass(frozen=True)
class Told:
    """What libVLC told us: `what` at `moment_s`, and the start and segment that it belongs to.

    `what` is "time" or "length" (`value` in ms), "paused", "buffered", "picture", "ended" or "failed".
    """

    start: int
    segment: int
    moment_s: float
    what: str
    value: int


@dataclass(frozen=True)
class Beginning:
    """What is known of a recording once it has begun."""

    at_ms: int
    has_video: bool
    frame_rate: float | None


class VlcEngine:
    """One libVLC media player.

    `start`, `jump`, `stop`, `take_snapshot` and `release` wait: they are never called on the window's thread.
    `segment` is written by the player, before the call that begins it, and comes back with what is told.
    `hurry` it sets when a jump under way need not show its picture, since it is not the last.
    """

    def __init__(
        self, vlc: Any, options: Sequence[str], mailbox: Mailbox, hear: Callable[[Told], None]
    ) -> None:
        """`vlc` is the module. `hear` is called by the mailbox. `UserError` when libVLC does not start."""
        self._mailbox = mailbox
        self._hear = hear
        self.about = f"libVLC {vlc.libvlc_get_version().decode()}"
        self._instance = start_vlc(vlc, options)
        self._player = self._instance.media_player_new()
        self._player.video_set_mouse_input(False)
        self._player.video_set_key_input(False)
        self.segment = 0
        self.rate = 1.0
        self.paused = False
        self.stepped = False
        self.hurry = threading.Event()
        self._paused_s = 0.0
        self._start = 0
        self._length_ms = 0
        self._buffered = False
        self._buffered_again = threading.Event()
        self._beginning: SimpleQueue[str] | None = None
        self._attach_events(vlc.EventType)

    def attach(self, window_id: int) -> None:
        if sys.platform == "win32":
            self._player.set_hwnd(window_id)
        elif sys.platform == "darwin":
            self._player.set_nsobject(window_id)
        else:
            self._player.set_xwindow(window_id)

    def start(
        self,
        source: Path | str,
        at_ms: int,
        number: int,
        wants_paused: Callable[[], bool],
        progress: Progress,
    ) -> Beginning:
        """Play `source` from `at_ms` at the rate 1 until its first picture (or sound); pause it if wanted.

        A pause before the picture is under way would leave the screen black. What is told meanwhile belongs
        to the start `number`, and to no segment. At or past the end it starts shortly before it. `ReadError`
        when it cannot be played.
        """
        self._player.stop()
        check_source(source)
        from_ms = at_ms
        while (instead_ms := self._begin(source, from_ms, number, progress)) is not None:
            from_ms = instead_ms
        frame_rate = float(Fraction(self._player.get_fps()).limit_denominator(1001)) or None
        if wants_paused():
            self.set_paused(True)
            if self._has_video():
                self.jump(jump_target_ms(from_ms, frame_rate), 0, progress)
        return Beginning(from_ms, self._has_video(), frame_rate)

    def _begin(self, source: Path | str, from_ms: int, number: int, progress: Progress) -> int | None:
        """None once a picture (or sound) comes; else from where to try instead, since that was at the end."""
        is_address = isinstance(source, str) and "://" in source
        media = self._instance.media_new(source) if is_address else self._instance.media_new_path(str(source))
        if from_ms:
            media.add_option(f":start-time={from_ms / 1000:.3f}")
        self._player.set_media(media)
        media.release()
        self._player.set_rate(1.0)
        self.rate, self.paused, self.stepped = 1.0, False, False
        self._start, self.segment, self._buffered, self._length_ms = number, 0, False, 0
        signals: SimpleQueue[str] = SimpleQueue()
        self._beginning = signals
        progress.check()
        self._player.play()
        has_begun = self._wait_for_beginning(Path(source).name, signals, progress)
        last_ms = max(0, self._length_ms - END_MARGIN_MS)
        is_past_end = from_ms > last_ms and (self._length_ms > 0 or not has_begun)
        if has_begun and not is_past_end:
            self._beginning = None
            if "ended" in [signals.get() for _ in range(signals.qsize())]:
                self._tell(time.monotonic(), "ended")
            return None
        self._player.stop()
        if from_ms == 0:
            message = f"“{Path(source).name}” cannot be played: it is damaged, cut off, or no recording."
            raise ReadError(f"{message} The notes are safe.", "Copy or download it again.")
        return last_ms if is_past_end else 0

    def _wait_for_beginning(self, name: str, signals: SimpleQueue[str], progress: Progress) -> bool:
        """Whether a picture or sound comes, and not the end."""
        stop_s = time.monotonic() + _BEGINNING_MOST_S
        while not (self._buffered and self._is_sound_alone()):
            progress.check()
            if time.monotonic() > stop_s:
                raise ReadError(f"“{name}” does not begin to play. The notes are safe.", "Try again.")
            with suppress(Empty):
                match signals.get(timeout=0.1):
                    case "picture":
                        return True
                    case "ended" | "failed":
                        return False
        return True

    def jump(self, at_ms: int, segment: int, progress: Progress) -> None:
        """Show the picture of `at_ms`, and wait until it is there; afterwards the rate is 1.

        What is paused stays so, but for a stepped picture, from where a jump would lead to 0: it plays on.
        libVLC tells the target back at once as if it were true: nothing counts until it has buffered. At any
        rate but 1 a jump leaves the picture black or frozen.
        """
        self.hurry.clear()
        for _ in range(_JUMPS_MOST):
            self._jump_once(at_ms, segment, progress)
            if self.hurry.is_set() or not self.paused or self._shows_picture():
                return

    def _jump_once(self, at_ms: int, segment: int, progress: Progress) -> None:
        while self.paused and not self.stepped and time.monotonic() < self._paused_s + _PAUSE_SETTLES_S:
            time.sleep(0.01)
        progress.check()
        self.segment = segment
        self._buffered = False
        self._buffered_again.clear()
        if self.stepped:
            self.set_paused(False)
        if self.rate != 1.0:
            self.set_rate(1.0)
        self._player.set_time(at_ms)
        begun_s = time.monotonic()
        while not self._buffered_again.wait(0.05):
            progress.check()
            if time.monotonic() - begun_s > (_HURRIED_MOST_S if self.hurry.is_set() else _BUFFERING_MOST_S):
                break
        if not self.paused:
            self.hurry.wait(_PICTURE_COMES_S)

    def _shows_picture(self) -> bool:
        """Whether the paused recording has a picture to show; on a busy machine a jump may leave none.

        No event tells it. A snapshot does: with a picture it takes some 50 ms, without it fails after 500.
        """
        if not self._has_video():
            return True
        with tempfile.TemporaryDirectory(prefix="desktopnotes-") as folder:
            probe = Path(folder) / "probe.png"
            self._player.video_take_snapshot(0, str(probe), 64, 0)
            return probe.exists()

    def leave(self) -> None:
        """What waits in the lane looks at once whether it was cancelled."""
        self.hurry.set()
        if signals := self._beginning:
            signals.put("left")

    def _has_video(self) -> bool:
        return bool(self._player.video_get_track_count() > 0)

    def _is_sound_alone(self) -> bool:
        return bool(self._player.audio_get_track_count() > 0) and not self._has_video()

    def stop(self) -> None:
        self._player.stop()

    def set_paused(self, paused: bool) -> None:
        self._paused_s = time.monotonic()
        self._player.set_pause(int(paused))
        self.paused, self.stepped = paused, False

    def set_rate(self, rate: float) -> None:
        self._player.set_rate(rate)
        self.rate = rate

    def next_frame(self) -> None:
        self._player.next_frame()
        self.stepped = True

    def set_volume(self, volume: int) -> None:
        self._player.audio_set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        self._player.audio_set_mute(muted)

    def take_snapshot(self, path: Path) -> None:
        """As PNG, to a path not used yet. `UserError` when there is no picture, or no room for it."""
        if self._player.video_take_snapshot(0, str(path), 0, 0) != 0 or not path.exists():
            raise UserError("There is no picture to keep just now.", "Try again while the picture shows.")

    def release(self) -> None:
        self._player.stop()
        self._player.release()
        self._instance.release()

    def _attach_events(self, types: Any) -> None:
        events = self._player.event_manager()
        events.event_attach(types.MediaPlayerTimeChanged, self._on_time)
        events.event_attach(types.MediaPlayerBuffering, self._on_buffering)
        events.event_attach(types.MediaPlayerLengthChanged, self._on_length)
        events.event_attach(types.MediaPlayerPaused, self._on_paused)
        events.event_attach(types.MediaPlayerVout, self._on_picture)
        events.event_attach(types.MediaPlayerEndReached, self._on_ended)
        events.event_attach(types.MediaPlayerEncounteredError, self._on_failed)

    def _on_time(self, event: Any) -> None:
        moment_s = time.monotonic()
        if self._buffered:
            self._tell(moment_s, "time", event.u.new_time)

    def _on_buffering(self, event: Any) -> None:
        self._buffered = event.u.new_cache >= 100
        if self._buffered:
            self._buffered_again.set()
            self._signal("buffered")

    def _on_length(self, event: Any) -> None:
        self._length_ms = event.u.new_length
        self._tell(time.monotonic(), "length", event.u.new_length)

    def _on_paused(self, _: Any) -> None:
        self._paused_s = time.monotonic()
        self._tell(self._paused_s, "paused")

    def _on_picture(self, event: Any) -> None:
        if event.u.new_count > 0:
            self._signal("picture")

    def _on_ended(self, _: Any) -> None:
        self._signal("ended")

    def _on_failed(self, _: Any) -> None:
        self._signal("failed")

    def _tell(self, moment_s: float, what: str, value: int = 0) -> None:
        self._mailbox.post(partial(self._hear, Told(self._start, self.segment, moment_s, what, value)))

    def _signal(self, what: str) -> None:
        """To the lane while it waits for a beginning, else to the player."""
        if signals := self._beginning:
            signals.put(what)
        else:
            self._tell(time.monotonic(), what)
