"""The player on libVLC 3.

Quick calls are made on the window's thread. Those that wait (opening, jumping, stopping, snapshots) are made
one after the other in a lane of the background; while it is opening or jumping, wishes are only kept.

The environment variable DESKTOPNOTES_VLC_OPTIONS adds options for libVLC, separated by spaces.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from desktopnotes.media.background import Background, Progress
from desktopnotes.media.clock import Clock, Position
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import (
    END_MARGIN_MS,
    RATE_MAX,
    RATE_MIN,
    VOLUME_MAX,
    Ended,
    Failed,
    GoesOn,
    LengthKnown,
    Opened,
    Paused,
    PlayerState,
    Playing,
    Report,
    Seeked,
    Track,
    Waiting,
    within,
)
from desktopnotes.media.vlc_course import LANE, Start, VlcCourse
from desktopnotes.media.vlc_engine import Beginning, VlcEngine
from desktopnotes.media.vlc_instance import load_vlc
from desktopnotes.media.vlc_pace import FRAME_GUESS_MS, VlcPace
from desktopnotes.media.vlc_signals import Told
from desktopnotes.media.vlc_web import WebRecording, is_of_the_web
from desktopnotes.media.web_way import PATIENCE, Patience, Resolve, as_it_is
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.words import _


class VlcPlayer:
    """A `Player`. `UserError` where libVLC is missing or does not start.

    `resolve` answers what plays for an address of the web; called on a thread of the background.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        background: Background,
        vlc_options: Sequence[str] = (),
        *,
        resolve: Resolve = as_it_is,
        patience: Patience = PATIENCE,
    ) -> None:
        self.state = PlayerState.NOTHING
        self.load = 0
        self.has_video = False
        self.rate = 1.0
        self.volume = VOLUME_MAX
        self.muted = False
        self._mailbox = mailbox
        self._background = background
        self._resolve = resolve
        self._patience = patience
        self._engine = VlcEngine(load_vlc(), vlc_options, mailbox, self._hear, patience)
        self.about = self._engine.about
        self._clock = Clock()
        self._pace = VlcPace(self._engine, self._clock)
        self._listener: Callable[[Report], None] | None = None
        self._course = VlcCourse(
            self._engine,
            self._pace,
            background,
            begun=self._begun,
            arrived=lambda at_ms: self._report(Seeked(self.load, at_ms)),
            failed=self._fail,
        )
        self._source: Path | str = ""
        self._web: WebRecording | None = None
        self._ended_early = False

    @property
    def will_play(self) -> bool:
        opens_to_play = self.state is PlayerState.OPENING and not self._course.wants_paused
        return self.state is PlayerState.PLAYING or opens_to_play

    @property
    def waiting(self) -> bool:
        return self._web is not None and self._web.is_waited_for

    @property
    def length_ms(self) -> int | None:
        return self._clock.length_ms

    @property
    def frame_rate(self) -> float | None:
        return self._clock.grid.rate if self._clock.grid else None

    def listen(self, listener: Callable[[Report], None]) -> None:
        self._listener = listener

    def attach(self, window_id: int) -> None:
        self._engine.attach(window_id)

    def open(self, source: Path | str, *, at_ms: int = 0, rate: float = 1.0, paused: bool = True) -> int:
        self.load += 1
        self.rate = within(rate, RATE_MIN, RATE_MAX)
        self._source = source
        self._engine.tracks.forget()
        self._begin(max(0, at_ms), paused=paused)
        return self.load

    def unload(self) -> None:
        self._let_go(PlayerState.NOTHING)
        self._background.run(lambda _: self._engine.stop(), lane=LANE)

    def play(self) -> None:
        self._course.wants_paused = False
        if self.state is PlayerState.ENDED:
            self._begin(0, paused=False)
        elif self.state is PlayerState.PAUSED:
            self.state = PlayerState.PLAYING
            self._report(Playing(self.load))
            self._course.go_on()

    def pause(self) -> None:
        self._course.wants_paused = True
        if self.state is PlayerState.PLAYING:
            self.state = PlayerState.PAUSED
            self._report(Paused(self.load))
            self._course.stand_still()

    def toggle(self) -> None:
        if self.will_play:
            self.pause()
        else:
            self.play()

    def seek(self, at_ms: int) -> None:
        last_ms = at_ms if self.length_ms is None else self.length_ms - END_MARGIN_MS
        at_ms = max(0, min(at_ms, last_ms))
        if self.state is PlayerState.ENDED:
            self._begin(at_ms, paused=True)
        elif self.state in (PlayerState.OPENING, PlayerState.PLAYING, PlayerState.PAUSED):
            self._course.seek(at_ms)

    def skip(self, by_ms: int) -> None:
        if position := self.position_at():
            self.seek(position.at_ms + by_ms)

    def set_rate(self, rate: float) -> None:
        self.rate = within(rate, RATE_MIN, RATE_MAX)
        self._apply_rate()

    def set_volume(self, volume: int) -> None:
        self.volume = int(within(volume, 0, VOLUME_MAX))
        self._apply_sound()

    def set_muted(self, muted: bool) -> None:
        self.muted = muted
        self._apply_sound()

    def next_frame(self) -> None:
        self.pause()
        if self.state is PlayerState.PAUSED and self.has_video and not self._course.is_busy:
            self._clock.step(time.monotonic())
            self._engine.next_frame()

    def previous_frame(self) -> None:
        self.pause()
        stands = self.position_at()
        if self.state is PlayerState.PAUSED and self.has_video and stands:
            grid, at_ms = self._clock.grid, stands.at_ms
            self.seek(grid.whole_start_ms(grid.number_at(at_ms) - 1) if grid else at_ms - FRAME_GUESS_MS)

    def snapshot(self, path: Path, then: Callable[[Path], None], failed: Callable[[Exception], None]) -> None:
        def take(_: Progress) -> Path:
            self._engine.take_snapshot(path)
            return path

        self._background.run(take, then, failed, lane=LANE)

    def position_at(self, moment_s: float | None = None) -> Position | None:
        return self._clock.position_at(time.monotonic() if moment_s is None else moment_s)

    def played_since_seek_ms(self, moment_s: float | None = None) -> int:
        return self._clock.played_since_seek_ms(time.monotonic() if moment_s is None else moment_s)

    def close(self, timeout_s: float = 2.0) -> None:
        self._let_go(PlayerState.NOTHING)
        released = threading.Event()

        def release(_: Progress) -> None:
            self._engine.release()
            released.set()

        self._background.run(release, lane=LANE)
        released.wait(timeout_s)

    def _begin(self, at_ms: int, *, paused: bool) -> None:
        """Start the source: after `open`, and after the end, from where libVLC cannot go on."""
        self._let_go(PlayerState.OPENING)
        self._course.wants_paused = paused
        self._clock.open(time.monotonic(), at_ms, paused=paused)
        self._clock.starves = is_of_the_web(self._source)
        start: Start = partial(self._engine.start, self._source)
        if is_of_the_web(self._source):
            self._web = WebRecording(
                str(self._source),
                self._course,
                self._engine,
                self._mailbox,
                self._background,
                resolve=self._resolve,
                patience=self._patience,
                waits=lambda error: self._report(Waiting(self.load, error)),
            )
            start = self._web.begin
        self._course.start(start, at_ms)

    def _let_go(self, state: PlayerState) -> None:
        """Leave what is open: whatever still comes of it is dropped."""
        if self._web:
            self._web.leave()
        self._web = None
        self._course.leave()
        self._clock.close()
        self._ended_early = self.has_video = False
        self.state = state

    def _begun(self, beginning: Beginning) -> None:
        opens = self.state is PlayerState.OPENING
        self._course.take(beginning)
        self.has_video = beginning.has_video
        self.state = PlayerState.PAUSED if self._course.wants_paused else PlayerState.PLAYING
        self._apply_sound()
        self._engine.tracks.choose_again()
        if self.waiting:
            self._report(GoesOn(self.load))
        if opens:
            self._report(Opened(self.load))
            self._report(Paused(self.load) if self._course.wants_paused else Playing(self.load))
        self._course.tell_arrival()
        if beginning.varies:
            self._course.read_starts(Path(self._source))
        if self._web:
            self._web.begun()
        if self._ended_early:
            self._ended_early = False
            self._break_off("ended")
        else:
            self._course.jump()

    def _break_off(self, what: str) -> None:
        """Nothing comes any more: that is the end, or what comes from the web was lost on the way."""
        at_ms = self._course.stands_at_ms
        if self._web and at_ms is not None and self._web.is_broken_off(what, at_ms, self.length_ms):
            self._web.find_again(at_ms)
        elif what == "ended":
            self._end()
        elif what == "failed":
            message = _("The recording cannot be played any further. The notes are safe.")
            self._fail(ReadError(message, _("Open it again.")))

    def _apply_rate(self) -> None:
        if self.state is PlayerState.PLAYING and not self._course.is_busy:
            self._pace.approach(self.rate)

    def _apply_sound(self) -> None:
        if self.state in (PlayerState.PLAYING, PlayerState.PAUSED):
            self._engine.set_volume(self.volume)
            self._engine.set_muted(self.muted)

    def _hear(self, told: Told) -> None:
        if told.start != self._course.number:
            return
        match told.what:
            case "arrived":
                self._clock.arrive(told.segment, told.moment_s, told.value)
            case "time":
                self._clock.feed(told.segment, told.moment_s, told.value)
                self._pace.hear_time(told.segment)
                self._apply_rate()
            case "paused":
                self._clock.feed_pause(told.segment, told.moment_s)
            case "length" if told.value > 0 and told.value != self.length_ms:
                self._clock.length_ms = told.value
                self._report(LengthKnown(self.load, told.value))
            case "ended" | "failed" if self.state is PlayerState.OPENING or self._course.is_lost:
                self._ended_early = True
            case "picture":
                self.has_video = True
            case "ended" | "failed" | "stalled":
                self._break_off(told.what)

    def _end(self) -> None:
        self._course.end()
        if self._web:
            self._web.leave()
        self._clock.end(time.monotonic())
        self.state = PlayerState.ENDED
        self._report(Ended(self.load))

    def _fail(self, error: Exception) -> None:
        self.unload()
        self.state = PlayerState.FAILED
        if not isinstance(error, UserError):
            self._report(
                Failed(self.load, UserError(_("The recording cannot be played. The notes are safe.")))
            )
            raise error
        self._report(Failed(self.load, error))

    def _report(self, report: Report) -> None:
        self._mailbox.post(partial(self._deliver, report))

    def _deliver(self, report: Report) -> None:
        if self._listener and report.load == self.load and self.state is not PlayerState.NOTHING:
            self._listener(report)

    def audio_tracks(self) -> tuple[Track, ...]:
        return self._engine.tracks.audio()

    def subtitle_tracks(self) -> tuple[Track, ...]:
        return self._engine.tracks.subtitles()

    def choose_audio(self, track_id: int) -> None:
        self._engine.tracks.choose_audio(track_id)

    def choose_subtitle(self, track_id: int) -> None:
        self._engine.tracks.choose_subtitle(track_id)
