"""libVLC itself: its calls, its callbacks and its traps; what the user wishes is the business of the player.

A callback comes on a thread of libVLC, or on ours in the middle of a call: it reads the moment, posts what it
was told together with what held at that instant, and returns. It never calls libVLC, which hangs.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from desktopnotes.media.background import Progress
from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.frames import Frames, read_frames
from desktopnotes.media.landing import READY_MS, Landed, Landing
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import END_MARGIN_MS
from desktopnotes.media.ready_ahead import frames_ready_ahead
from desktopnotes.media.source import check_source
from desktopnotes.media.vlc_instance import start_vlc
from desktopnotes.media.vlc_tracks import VlcTracks
from desktopnotes.media.vlc_words import VlcWords
from desktopnotes.model.errors import ReadError, UserError

_BEGINNING_MOST_S = 20.0
_BUFFERING_MOST_S = 1.0
_HURRIED_MOST_S = 0.3
"""Right before the end of a recording nothing tells that it has buffered; a picture comes all the same."""
_LANDINGS_MOST = 4
_PAUSES_WITHIN_S = 1.0
_PICTURE_COMES_S = 0.1
"""From buffered to the picture, where libVLC does not say when it is ready."""
_DECODING_MOST_S = 4.0
_NO_SEGMENT = -1
"""What is told while it only plays up to a frame is of no account."""
_PAST_START_MS = 5.0
"""Where to aim in a frame that has a decode time: the frame before is then over 20 ms late, and not shown."""


@dataclass(frozen=True)
class Told:
    """What libVLC told us: `what` at `moment_s`, and the start and segment that it belongs to.

    `what` is "time", "arrived" or "length" (`value` in ms), "paused", "buffered", "picture", "ended" or
    "failed".
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
    grid: FrameGrid | None
    varies: bool
    landed: Landed | None


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
        self._words = VlcWords(vlc, self._instance)
        self._player = self._instance.media_player_new()
        self._player.video_set_mouse_input(False)
        self._player.video_set_key_input(False)
        self.tracks = VlcTracks(self._player)
        self.segment = 0
        self.rate = 1.0
        self.paused = False
        self.stepped = False
        self.hurry = threading.Event()
        self.grid: FrameGrid | None = None
        self._frames: Frames | None = None
        self._is_muted = False
        self._pause_holds = threading.Event()
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
        with self._words, self._silence(wants_paused()):
            while (instead_ms := self._begin(source, from_ms, number, progress)) is not None:
                from_ms = instead_ms
        frames, has_video = self._frames, self._has_video()
        self.grid = (frames.grid if frames else self._grid_of_vlc()) if has_video else None
        landed = self.jump(from_ms, 0, progress, paused=True) if wants_paused() else None
        return Beginning(from_ms, has_video, self.grid, frames is not None and frames.varies, landed)

    def _grid_of_vlc(self) -> FrameGrid | None:
        rate = self._player.get_fps()  # `Media.tracks_get` would crash: player.md
        return FrameGrid(float(Fraction(rate).limit_denominator(1001))) if rate else None

    @property
    def ready_ahead(self) -> int | None:
        """How many frames libVLC has decoded ahead while it plays; None where that is not known."""
        in_software = self._frames is not None and not self._words.in_hardware
        return frames_ready_ahead(self._frames.codec) if self._frames and in_software else None

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
        self._frames = None if is_address else read_frames(Path(source))
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

    def jump(self, at_ms: int, segment: int, progress: Progress, *, paused: bool) -> Landed | None:
        """Show the frame of `at_ms`, and wait until it is there; afterwards the rate is 1.

        `paused` stands still there: answers on which frame, None where that is not known or was hurried.
        Otherwise it plays on from there, and what is told belongs to `segment`.
        """
        self.hurry.clear()
        with self._words:
            if not paused:
                self._jump_playing(at_ms, segment, progress)
                return None
            if self.grid is None:
                self._jump_silently(at_ms, progress)
                return None
            with self._silence(True):
                return self._land(Landing(self.grid, at_ms), progress)

    def _land(self, landing: Landing, progress: Progress) -> Landed | None:
        """Play up to the frame and pause there, again until it is that one."""
        landed = None
        for _ in range(_LANDINGS_MOST):
            ready_s = self._go(landing.from_ms, _NO_SEGMENT, progress)
            if ready_s is not None:
                _wait_until(ready_s + landing.pause_after_s)
            self._pause_holds.clear()
            self.set_paused(True)
            holds = self._pause_holds.wait(_PAUSES_WITHIN_S)
            if self.hurry.is_set():
                return None
            if ready_s is not None and holds:
                landed = landing.after(self._paused_s - ready_s)
                if landed.is_right:
                    return landed
        return landed

    def _jump_playing(self, at_ms: int, segment: int, progress: Progress) -> None:
        from_ms = at_ms
        if self.grid is not None:
            start_ms = self.grid.start_ms(self.grid.number_at(at_ms))
            late_ms = _PAST_START_MS if self._frames and self._frames.have_decode_times else 0.0
            from_ms = int(start_ms + late_ms)
        ready_s = self._go(from_ms, segment, progress)
        if ready_s is None:
            self.hurry.wait(_PICTURE_COMES_S)
            return
        shown_s = ready_s + READY_MS / 1000
        self._tell(shown_s, "arrived", from_ms)
        self.hurry.wait(max(0.0, shown_s - time.monotonic()))

    def _jump_silently(self, at_ms: int, progress: Progress) -> None:
        """Where there is no picture to show."""
        was_paused, self.segment = self.paused, _NO_SEGMENT
        if not was_paused:
            self.set_paused(True)
        self._begin_jump(at_ms)
        self._await_buffer(progress)

    def _go(self, at_ms: int, segment: int, progress: Progress) -> float | None:
        """Play on from `at_ms`: the moment when decoding has come there, None where that is not told.

        At any rate but 1 the picture would stay black or frozen; a jump while stepped would lead to 0.
        """
        progress.check()
        self.segment = segment
        self._words.ready.clear()
        if self.paused:
            self.set_paused(False)
        self._begin_jump(at_ms)
        if not self._await_buffer(progress):
            return None
        stop_s = time.monotonic() + _DECODING_MOST_S
        while not self._words.ready.wait(0.05):
            progress.check()
            if time.monotonic() > stop_s or self.hurry.is_set():
                return None
        return self._words.ready_s

    def _begin_jump(self, at_ms: int) -> None:
        """libVLC tells the target back at once as if it were true: nothing counts until it has buffered."""
        self._buffered = False
        self._buffered_again.clear()
        if self.rate != 1.0:
            self.set_rate(1.0)
        offset_ms = self._frames.seek_offset_ms if self._frames else 0.0
        self._player.set_time(max(0, round(at_ms + offset_ms)))

    def _await_buffer(self, progress: Progress) -> bool:
        begun_s = time.monotonic()
        while not self._buffered_again.wait(0.05):
            progress.check()
            if time.monotonic() - begun_s > (_HURRIED_MOST_S if self.hurry.is_set() else _BUFFERING_MOST_S):
                return False
        return True

    @contextmanager
    def _silence(self, wished: bool) -> Iterator[None]:
        """What plays only to be paused again is not heard."""
        if wished and not self._is_muted:
            self._player.audio_set_mute(True)
        try:
            yield
        finally:
            if wished and not self._is_muted:
                self._player.audio_set_mute(False)

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
        self._player.set_pause(int(paused))
        self.paused, self.stepped = paused, False

    def set_rate(self, rate: float) -> None:
        self._player.set_rate(rate)
        self.rate = rate

    def next_frame(self) -> None:
        self._player.next_frame()
        self.paused = self.stepped = True

    def set_volume(self, volume: int) -> None:
        self._player.audio_set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        self._is_muted = muted
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
        self._pause_holds.set()
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


def _wait_until(moment_s: float) -> None:
    """To some 0.1 ms: a sleep alone is late by up to 1 ms."""
    while (left_s := moment_s - time.monotonic()) > 0:
        time.sleep(left_s / 2 if left_s > 0.0005 else 0)
