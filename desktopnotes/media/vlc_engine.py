"""libVLC itself: its calls and its traps; what the user wishes is the business of the player."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from desktopnotes.media.background import Progress
from desktopnotes.media.frame_grid import FrameGrid, grid_of_told
from desktopnotes.media.frames import Frames, read_frames, read_stream_frames
from desktopnotes.media.landing import Landed
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.not_played import unplayable, without_beginning
from desktopnotes.media.player import END_MARGIN_MS
from desktopnotes.media.ready_ahead import frames_ready_ahead
from desktopnotes.media.source import check_source
from desktopnotes.media.vlc_instance import start_vlc
from desktopnotes.media.vlc_jumps import VlcJumps
from desktopnotes.media.vlc_signals import Told, VlcSignals
from desktopnotes.media.vlc_tracks import VlcTracks
from desktopnotes.media.vlc_words import VlcWords
from desktopnotes.media.web_places import is_for_the_web
from desktopnotes.media.web_way import Patience, Way, one_line
from desktopnotes.model.errors import UserError
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.web_page import Stream

_BEGINNING_MOST_S = 20.0
_BUFFERING_MOST_S = 1.0
_DECODING_MOST_S = 4.0
_SNAPSHOT_MOST_S, _SNAPSHOT_AGAIN_S = 1.5, 0.05
_AT_THE_END_MS = 3000
"""So near the end nothing tells that it has buffered."""
_DEMUX = ":demux=avformat,any"
"""What takes plain .mp4 files of the web apart.

libVLC's own for .mp4 takes one with picture or sound alone for ended once its last 16 MB are read ahead: a
second jump there shows nothing or tells the wrong time (in every run, 3.0.24); with a separate sound jumps
landed on a keyframe, up to 9 s early (2 of 2 with keyframes 10 s apart). This one did neither in 20 jumps.
But with a track of chapters it reads all of the file before it begins (0.6 MB at 60 kB/s: 10 s, not 0.9 s).
"""
_FRAMES_MOST_S = 1.5
"""So long after the first picture the frames of a stream are waited for."""


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
        self,
        vlc: Any,
        options: Sequence[str],
        mailbox: Mailbox,
        hear: Callable[[Told], None],
        patience: Patience,
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
        self.way: Way | None = None
        self._patience = patience
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
        source: Path | str | Way,
        at_ms: int,
        number: int,
        wants_paused: Callable[[], bool],
        progress: Progress,
    ) -> Beginning:
        """Play `source` from `at_ms` at the rate 1 until its first picture (or sound); pause it if wanted.

        A pause before the picture is under way would leave the screen black. What is told meanwhile belongs
        to the start `number`, and to no segment. At or past the end it starts shortly before it. `ReadError`
        when it cannot be played, `WebError` where it comes from the web.
        """
        self._player.stop()
        self.way = source if isinstance(source, Way) else None
        if not isinstance(source, Way):
            check_source(source)
        from_ms = at_ms
        with self.words, self.silence(wants_paused()):
            while (instead_ms := self._begin(source, from_ms, number, progress)) is not None:
                from_ms = instead_ms
        frames, has_video = self.frames, self._has_video()
        self.grid = (frames.grid if frames else self._grid_of_vlc()) if has_video else None
        varies = frames is not None and frames.varies and self.way is None
        landed = self.jump(from_ms, 0, progress, paused=True) if wants_paused() else None
        return Beginning(from_ms, has_video, self.grid, varies, landed)

    def _grid_of_vlc(self) -> FrameGrid | None:
        rate = self._player.get_fps()  # `Media.tracks_get` would crash: player.md
        rate = rate or (self.way.named.frame_rate if self.way else 0.0)
        return grid_of_told(rate) if rate else None

    @property
    def ready_ahead(self) -> int | None:
        """How many frames libVLC has decoded ahead while it plays; None where that is not known."""
        in_software = self.frames is not None and not self.words.in_hardware
        return frames_ready_ahead(self.frames.codec) if self.frames and in_software else None

    def _begin(self, source: Path | str | Way, from_ms: int, number: int, progress: Progress) -> int | None:
        """None once a picture (or sound) comes; else from where to try instead, since that was at the end."""
        media = self._media(source)
        if from_ms:
            media.add_option(f":start-time={from_ms / 1000:.3f}")
        self._player.set_media(media)
        media.release()
        self._player.set_rate(1.0)
        self.rate, self.paused, self.stepped = 1.0, False, False
        signals = self.signals.begin(number)
        self.words.forget()
        progress.check()
        self._player.play()
        reading = _Reading(source)
        has_begun = self._wait_for_beginning(source, signals, progress)
        if self.way and self.words.redirected:  # redirects were followed before: this one is for libVLC alone
            self._player.stop()
            raise unplayable(source)
        self.frames = reading.result(progress) if has_begun else None
        last_ms = max(0, self.signals.length_ms - END_MARGIN_MS)
        is_past_end = from_ms > last_ms and (self.signals.length_ms > 0 or not has_begun)
        if has_begun and not is_past_end:
            self.signals.beginning = None
            if "ended" in [signals.get() for _each in range(signals.qsize())]:
                self.signals.tell(time.monotonic(), "ended")
            return None
        self._player.stop()
        if from_ms == 0 or (self.way and not (is_past_end and last_ms)):
            raise unplayable(source, lacks_codec=self.words.lacks_codec)
        return last_ms if is_past_end else 0

    def _media(self, source: Path | str | Way) -> Any:
        """With no options but these: what a page says is the value of one, on one line, no other option."""
        if not isinstance(source, Way):
            is_address = isinstance(source, str) and "://" in source
            if is_address:
                return self._instance.media_new(str(source))
            return self._instance.media_new_path(os.fsencode(source))  # also a name that is no UTF-8
        stream = source.plays
        if not all(map(is_for_the_web, filter(None, (stream.video, stream.sound)))):
            raise unplayable(source)
        media = self._instance.media_new(stream.video)
        if source.is_plain_mp4:
            media.add_option(_DEMUX)
        elif source.is_list and stream.height:
            media.add_option(f":adaptive-maxheight={stream.height:d}")
        if stream.sound:  # "#" would part two of them; a server never gets what follows it
            media.add_option(f":input-slave={stream.sound.partition('#')[0]}")
        if user_agent := one_line(stream.user_agent):
            media.add_option(f":http-user-agent={user_agent}")
        if referrer := one_line(stream.referrer):
            media.add_option(f":http-referrer={referrer}")
        return media

    def _wait_for_beginning(
        self, source: Path | str | Way, signals: SimpleQueue[str], progress: Progress
    ) -> bool:
        """Whether a picture or sound comes, and not the end."""
        stop_s = time.monotonic() + (self._patience.begin_s if self.way else _BEGINNING_MOST_S)
        while not (self.signals.buffered and self._is_sound_alone()):
            progress.check()
            if time.monotonic() > stop_s:
                raise without_beginning(source)
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

    def buffering_most_s(self, at_ms: float) -> float:
        """How long a jump there may take until it has buffered."""
        is_at_the_end = at_ms > self.signals.length_ms - _AT_THE_END_MS
        return self._patience.stall_s if self.way and not is_at_the_end else _BUFFERING_MOST_S

    @property
    def decoding_most_s(self) -> float:
        return self._patience.stall_s if self.way else _DECODING_MOST_S

    @property
    def runs(self) -> bool:
        """Whether time should pass."""
        return not self.paused and not self.stepped

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
        self.signals.heard_s = time.monotonic()
        if paused and not self.paused:
            self.signals.expect_pause()
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
        """As PNG, to a path not used yet. `UserError` when there is no picture, or no room for it.

        Right after a jump libVLC may have none for a moment, so it is asked again for a while. Each time it
        takes half a second to say no.
        """
        stop_s = time.monotonic() + (_SNAPSHOT_MOST_S if self._has_video() else 0)
        while self._player.video_take_snapshot(0, str(path), 0, 0) != 0 or not path.exists():
            if time.monotonic() >= stop_s:
                raise UserError(
                    _("There is no picture to keep just now."), _("Try again while the picture shows.")
                )
            self._jumps.show_again()
            time.sleep(_SNAPSHOT_AGAIN_S)

    def release(self) -> None:
        self._player.stop()
        self._player.release()
        self._instance.release()


class _Reading:
    """How the frames are stored: of a file read at once, of a stream beside libVLC."""

    def __init__(self, source: Path | str | Way) -> None:
        self._frames: list[Frames | None] = []
        self._thread: threading.Thread | None = None
        if isinstance(source, Way):
            if source.is_list:
                self._frames.append(None)
                return
            self._thread = threading.Thread(
                target=self._read, args=[source.plays], name="frames", daemon=True
            )
            self._thread.start()
        else:
            is_address = isinstance(source, str) and "://" in source
            self._frames.append(None if is_address else read_frames(Path(source)))

    def _read(self, stream: Stream) -> None:
        self._frames.append(
            read_stream_frames(stream.video, one_line(stream.user_agent), one_line(stream.referrer))
        )

    def result(self, progress: Progress) -> Frames | None:
        """Waits, but not for long."""
        stop_s = time.monotonic() + _FRAMES_MOST_S
        while self._thread and not self._frames and time.monotonic() < stop_s:
            progress.check()
            self._thread.join(0.01)
        return self._frames[0] if self._frames else None
