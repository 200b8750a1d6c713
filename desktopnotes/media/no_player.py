"""The player where none can be had: every recording fails with the same plain sentence, all else goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktopnotes.media.clock import Position
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import VOLUME_MAX, Failed, PlayerState, Report, Track
from desktopnotes.model.errors import UserError


class NoPlayer:
    """A `Player` without libVLC. `reason` says why, and what to install."""

    def __init__(self, mailbox: Mailbox, reason: UserError) -> None:
        self._mailbox = mailbox
        self._reason = reason
        self._listener: Callable[[Report], None] = lambda report: None
        self.about = "no VLC"
        self.state = PlayerState.NOTHING
        self.will_play = False
        self.load = 0
        self.waiting = False
        self.length_ms: int | None = None
        self.has_video = False
        self.frame_rate: float | None = None
        self.rate = 1.0
        self.volume = VOLUME_MAX
        self.muted = False

    def listen(self, listener: Callable[[Report], None]) -> None:
        self._listener = listener

    def attach(self, window_id: int) -> None:
        pass

    def open(self, source: Path | str, *, at_ms: int = 0, rate: float = 1.0, paused: bool = True) -> int:
        self.load += 1
        self.rate = rate
        self.state = PlayerState.FAILED
        self._mailbox.post(partial(self._deliver, Failed(self.load, self._reason)))
        return self.load

    def _deliver(self, report: Report) -> None:
        if report.load == self.load and self.state is PlayerState.FAILED:
            self._listener(report)

    def unload(self) -> None:
        self.state = PlayerState.NOTHING

    def play(self) -> None:
        pass

    def pause(self) -> None:
        pass

    def toggle(self) -> None:
        pass

    def seek(self, at_ms: int) -> None:
        pass

    def skip(self, by_ms: int) -> None:
        pass

    def set_rate(self, rate: float) -> None:
        self.rate = rate

    def set_volume(self, volume: int) -> None:
        self.volume = volume

    def set_muted(self, muted: bool) -> None:
        self.muted = muted

    def next_frame(self) -> None:
        pass

    def previous_frame(self) -> None:
        pass

    def snapshot(self, path: Path, then: Callable[[Path], None], failed: Callable[[Exception], None]) -> None:
        self._mailbox.post(partial(failed, self._reason))

    def position_at(self, moment_s: float | None = None) -> Position | None:
        return None

    def played_since_seek_ms(self, moment_s: float | None = None) -> int:
        return 0

    def close(self, timeout_s: float = 2.0) -> None:
        pass

    def audio_tracks(self) -> tuple[Track, ...]:
        return ()

    def subtitle_tracks(self) -> tuple[Track, ...]:
        return ()

    def choose_audio(self, track_id: int) -> None:
        pass

    def choose_subtitle(self, track_id: int) -> None:
        pass
