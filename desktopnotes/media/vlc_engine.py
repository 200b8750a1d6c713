"""libVLC itself: its calls and its traps; what the user wishes is the business of the player."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from desktopnotes.media.background import Progress
from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.frames import Frames, read_frames
from desktopnotes.media.landing import Landed
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import END_MARGIN_MS
from desktopnotes.media.ready_ahead import frames_ready_ahead
from desktopnotes.media.source import check_source
from desktopnotes.media.vlc_instance import start_vlc
from desktopnotes.media.vlc_jumps import VlcJumps
from desktopnotes.media.vlc_signals import Told, VlcSignals
from desktopnotes.media.vlc_tracks import VlcTracks
from desktopnotes.media.vlc_words import VlcWords
from desktopnotes.model.errors import ReadError, UserError

_BEGINNING_MOST_S = 20.0


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
        self.about = f"libVLC {vlc.libvlc_get_version().decode()}"
        self._instance = start_vlc(vlc, options)
        self._player = self._instance.media_player_new()
        self._player.video_set_mouse_input(False)
        self._player.video_set_key_input(False)
        self.words = VlcWords(vlc, self._instance)
        self.signals = VlcSignals(self._player.event_manager(), vlc.EventType, mailbox, hear)
        self.tracks = VlcTracks(self._player)
        self.rate = 1.0
        self.paused = False
        self.stepped = False
        self.hurry = threading.Event()
        self.frames: Frames | None = None
        self.grid: FrameGrid | None = None
        self._is_muted = False
        self._jumps = VlcJumps(self)

    @property
    def segment(self) -> int:
        return self.signals.segment

    @segment.setter
    def segment(self, segment: int) -> None:
        self.signals.segment = segment

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
        with self.words, self.silence(wants_paused()):
            while (instead_ms := self._begin(source, from_ms, number, progress)) is not None:
                from_ms = instead_ms
        frames, has_video = self.frames, self._has_video()
        self.grid = (frames.grid if frames else self._grid_of_vlc()) if has_video else None
        landed = self.jump(from_ms, 0, progress, paused=True) if wants_paused() else None
        return Beginning(from_ms, has_video, self.grid, frames is not None and frames.varies, landed)

    def _grid_of_vlc(self) -> FrameGrid | None:
        rate = self._player.get_fps()  # `Media.tracks_get` would crash: player.md
        return FrameGrid(float(Fraction(rate).limit_denominator(1001))) if rate else None

    @property
    def ready_ahead(self) -> int | None:
        """How many frames libVLC has decoded ahead while it plays; None where that is not known."""
        in_software = self.frames is not None and not self.words.in_hardware
        return frames_ready_ahead(self.frames.codec) if self.frames and in_software else None

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
        signals = self.signals.begin(number)
        self.words.in_hardware = False
        progress.check()
        self._player.play()
        self.frames = None if is_address else read_frames(Path(source))
        has_begun = self._wait_for_beginning(Path(source).name, signals, progress)
        last_ms = max(0, self.signals.length_ms - END_MARGIN_MS)
        is_past_end = from_ms > last_ms and (self.signals.length_ms > 0 or not has_begun)
        if has_begun and not is_past_end:
            self.signals.beginning = None
            if "ended" in [signals.get() for _ in range(signals.qsize())]:
                self.signals.tell(time.monotonic(), "ended")
            return None
        self._player.stop()
        if from_ms == 0:
            message = f"“{Path(source).name}” cannot be played: it is damaged, cut off, or no recording."
            raise ReadError(f"{message} The notes are safe.", "Copy or download it again.")
        return last_ms if is_past_end else 0

    def _wait_for_beginning(self, name: str, signals: SimpleQueue[str], progress: Progress) -> bool:
        """Whether a picture or sound comes, and not the end."""
        stop_s = time.monotonic() + _BEGINNING_MOST_S
        while not (self.signals.buffered and self._is_sound_alone()):
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
        """See `VlcJumps.jump`."""
        return self._jumps.jump(at_ms, segment, progress, paused=paused)

    def set_time(self, at_ms: float) -> None:
        """libVLC's own jump, to ms as the clock counts them."""
        offset_ms = self.frames.seek_offset_ms if self.frames else 0.0
        self._player.set_time(max(0, round(at_ms + offset_ms)))

    @contextmanager
    def silence(self, wished: bool) -> Iterator[None]:
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
        if signals := self.signals.beginning:
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
