"""The player on libVLC 3.

Quick calls are made on the window's thread. Those that wait (opening, jumping, stopping, snapshots) are made
one after the other in a lane of the background; while it is opening or jumping, wishes are only kept.

The environment variable DESKTOPNOTES_VLC_OPTIONS adds options for libVLC, separated by spaces.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktopnotes.media.background import Background, Progress, Task
from desktopnotes.media.clock import Clock, Position
from desktopnotes.media.frames import read_starts
from desktopnotes.media.landing import Landed
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
from desktopnotes.media.ready_ahead import next_rate
from desktopnotes.media.vlc_engine import Beginning, VlcEngine
from desktopnotes.media.vlc_instance import load_vlc
from desktopnotes.media.vlc_signals import Told
from desktopnotes.media.vlc_watch import watch
from desktopnotes.media.web_errors import WebError
from desktopnotes.media.web_way import (
    PATIENCE,
    Patience,
    Resolve,
    Way,
    as_it_is,
    broken_off,
    find_way,
    find_way_again,
)
from desktopnotes.model.errors import ReadError, UserError

_LANE = "player"
_FRAME_GUESS_MS = 40
_AT_THE_END_MS = 1500
_AT_THE_END_PART = 0.01
"""What ends so near the end, of the whole, has ended and was not cut off: lengths are told roughly."""
_PROGRESS_MS = 1000
"""So much must have been played since the last way was found, or that way is none."""


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
        self._listener: Callable[[Report], None] | None = None
        self._source: Path | str = ""
        self._start = 0
        self._busy: Task | None = None
        self._reading: Task | None = None
        self._watching: Task | None = None
        self._comes_back = False
        self._has_waited = False
        self._last_way_ms: int | None = None
        self.waiting = False
        self._wants_paused = True
        self._ended_early = False
        self._target_ms: int | None = None
        self._jump_ms = 0
        self._seek_to_report = False
        self._heard_segment = 0

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
        self._background.run(lambda _: self._engine.stop(), lane=_LANE)

    def play(self) -> None:
        self._wants_paused = False
        if self.state is PlayerState.ENDED:
            self._begin(0, paused=False)
        elif self.state is PlayerState.PAUSED:
            self.state = PlayerState.PLAYING
            self._report(Playing(self.load))
            self._resume()

    def pause(self) -> None:
        self._wants_paused = True
        if self.state is PlayerState.PLAYING:
            self.state = PlayerState.PAUSED
            self._report(Paused(self.load))
            self._stand_still()

    def toggle(self) -> None:
        opens_to_play = self.state is PlayerState.OPENING and not self._wants_paused
        if self.state is PlayerState.PLAYING or opens_to_play:
            self.pause()
        else:
            self.play()

    def seek(self, at_ms: int) -> None:
        last_ms = at_ms if self.length_ms is None else self.length_ms - END_MARGIN_MS
        at_ms = max(0, min(at_ms, last_ms))
        if self.state is PlayerState.ENDED:
            self._begin(at_ms, paused=True)
        elif self.state in (PlayerState.OPENING, PlayerState.PLAYING, PlayerState.PAUSED):
            self._clock.seek(time.monotonic(), at_ms, paused=self._wants_paused or self._comes_back)
            self._target_ms = at_ms
            self._seek_to_report = True
            if self._busy:
                self._engine.hurry.set()
            else:
                self._jump()

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
        if self.state is PlayerState.PAUSED and self.has_video and not self._busy:
            self._clock.step(time.monotonic())
            self._engine.next_frame()

    def previous_frame(self) -> None:
        self.pause()
        stands = self.position_at()
        if self.state is PlayerState.PAUSED and self.has_video and stands:
            grid, at_ms = self._clock.grid, stands.at_ms
            self.seek(grid.whole_start_ms(grid.number_at(at_ms) - 1) if grid else at_ms - _FRAME_GUESS_MS)

    def snapshot(self, path: Path, then: Callable[[Path], None], failed: Callable[[Exception], None]) -> None:
        def take(_: Progress) -> Path:
            self._engine.take_snapshot(path)
            return path

        self._background.run(take, then, failed, lane=_LANE)

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

        self._background.run(release, lane=_LANE)
        released.wait(timeout_s)

    def _begin(self, at_ms: int, *, paused: bool) -> None:
        """Start the source: after `open`, and after the end, from where libVLC cannot go on."""
        self._let_go(PlayerState.OPENING)
        self._wants_paused = paused
        self._clock.open(time.monotonic(), at_ms, paused=paused)
        self._last_way_ms = None
        self._clock.starves = self._is_of_the_web
        start = partial(self._engine.start, self._source, at_ms, self._start, lambda: self._wants_paused)
        if self._is_of_the_web:
            start = partial(self._start_from_web, str(self._source), at_ms, self._start)
        self._busy = self._background.run(start, self._begun, self._fail, lane=_LANE)

    @property
    def _is_of_the_web(self) -> bool:
        return isinstance(self._source, str) and self._source.lower().startswith(("http://", "https://"))

    def _start_from_web(self, address: str, at_ms: int, number: int, progress: Progress) -> Beginning:
        self._engine.stop()
        way = find_way(address, self._resolve, self._patience, progress)
        return self._engine.start(way, at_ms, number, lambda: self._wants_paused, progress)

    def _let_go(self, state: PlayerState) -> None:
        """Leave what is open: whatever still comes of it is dropped."""
        self._start += 1
        if self._busy:
            self._busy.cancel()
        for task in (self._reading, self._watching):
            if task:
                task.cancel()
        self._busy = self._reading = self._watching = self._target_ms = None
        self._engine.leave()
        self._ended_early = self._seek_to_report = self.has_video = False
        self._comes_back = self.waiting = False
        self._clock.close()
        self.state = state

    def _begun(self, beginning: Beginning) -> None:
        self._busy = None
        self.has_video = beginning.has_video
        self._clock.grid, self._clock.ready = beginning.grid, self._engine.ready_ahead
        target_ms = beginning.at_ms if self._target_ms is None else self._target_ms
        now_s = time.monotonic()
        if beginning.landed is None or not self._wants_paused or self._target_ms is not None:
            self._clock.seek(now_s, target_ms, paused=self._wants_paused)
        else:
            self._clock.seek(now_s, target_ms, paused=True)
            self._clock.land(now_s, beginning.landed.at_ms, beginning.landed.player_ms)
        self._engine.segment = self._clock.segment
        if self._engine.paused != self._wants_paused:
            self._engine.set_paused(self._wants_paused)
        self.state = PlayerState.PAUSED if self._wants_paused else PlayerState.PLAYING
        self._apply_sound()
        self._engine.tracks.choose_again()
        if self._comes_back:
            self._came_back()
        else:
            self._report(Opened(self.load))
            self._report(Paused(self.load) if self._wants_paused else Playing(self.load))
        if beginning.varies:
            self._read_starts()
        if self._is_of_the_web:
            look = partial(watch, self._engine.signals, lambda: self._engine.runs, self._patience.stall_s)
            self._watching = self._background.run(look)
        if self._ended_early:
            self._ended_early = False
            self._break_off("ended")
        elif self._target_ms is not None:
            self._jump()

    def _came_back(self) -> None:
        self._comes_back = False
        if self.waiting:
            self.waiting = False
            self._report(GoesOn(self.load))
        if self._seek_to_report and self._target_ms is None:
            self._seek_to_report = False
            self._report(Seeked(self.load, self._jump_ms))

    def _break_off(self, what: str) -> None:
        """Nothing comes any more: that is the end, or what comes from the web was lost on the way."""
        at_ms = self._stands_at_ms()
        if self._is_of_the_web and at_ms is not None and (what != "ended" or self._is_early(at_ms)):
            self._lose(at_ms)
        elif what == "ended":
            self._end()
        elif what == "failed":
            message = "The recording cannot be played any further. The notes are safe."
            self._fail(ReadError(message, "Open it again."))

    def _stands_at_ms(self) -> int | None:
        if self._busy or self._target_ms is not None:
            return self._bound_for_ms()
        position = self._clock.position_at(time.monotonic())
        return position.at_ms if position else None

    def _is_early(self, at_ms: int) -> bool:
        length_ms = self.length_ms or 0
        return at_ms < length_ms - max(_AT_THE_END_MS, length_ms * _AT_THE_END_PART)

    def _lose(self, at_ms: int) -> None:
        """It stands there, all wishes are kept, and the way is looked for again."""
        self._start += 1
        for task in (self._busy, self._watching):
            if task:
                task.cancel()
        self._engine.leave()
        self._comes_back, self._has_waited, self._jump_ms = True, False, at_ms
        self._clock.seek(time.monotonic(), self._bound_for_ms(), paused=True)
        way = self._engine.way
        if way is None:
            return
        start = self._start

        def tell(error: WebError) -> None:
            self._mailbox.post(partial(self._wait, start, error))

        search = partial(find_way_again, str(self._source), way, self._resolve, self._patience, tell)
        self._busy = self._background.run(search, self._start_again, self._fail)

    def _wait(self, start: int, error: WebError) -> None:
        if start != self._start:
            return
        self._has_waited = True
        if not self.waiting:
            self.waiting = True
            self._report(Waiting(self.load, error))

    def _start_again(self, way: Way) -> None:
        at_ms, last_ms = self._bound_for_ms(), self._last_way_ms
        if not self._has_waited and last_ms is not None and abs(at_ms - last_ms) < _PROGRESS_MS:
            self._fail(broken_off(way.page))
            return
        self._jump_ms, self._target_ms, self._last_way_ms = at_ms, None, at_ms
        start = partial(self._engine.start, way, at_ms, self._start, lambda: self._wants_paused)
        self._busy = self._background.run(start, self._begun, self._start_failed, lane=_LANE)

    def _start_failed(self, error: Exception) -> None:
        if isinstance(error, WebError):
            self._lose(self._bound_for_ms())
        else:
            self._fail(error)

    def _read_starts(self) -> None:
        """Where frames last differently long, all their starts are read behind."""
        start, source = self._start, Path(self._source)

        def read(starts_ms: Sequence[float] | None) -> None:
            if start == self._start and starts_ms and self._clock.grid:
                grid = replace(self._clock.grid, starts_ms=starts_ms)
                self._clock.grid = self._engine.grid = grid

        self._reading = self._background.run(partial(read_starts, source), read)

    def _resume(self) -> None:
        moment_s = time.monotonic()
        stood = self._clock.position_at(moment_s)
        if self._busy:
            self._clock.seek(moment_s, self._bound_for_ms(), paused=self._comes_back)
            return
        if self._engine.stepped and stood:
            self._clock.seek(moment_s, stood.at_ms, paused=False)
            self._target_ms = stood.at_ms
            self._jump()
            return
        self._clock.resume(moment_s)
        self._engine.segment = self._clock.segment
        self._engine.set_paused(False)

    def _stand_still(self) -> None:
        if self._busy:
            self._clock.seek(time.monotonic(), self._bound_for_ms(), paused=True)
            return
        self._wait_until_sure()
        self._clock.pause(time.monotonic())
        self._engine.segment = self._clock.segment
        self._engine.set_paused(True)

    def _wait_until_sure(self) -> None:
        """For some ms, so that a pause or another rate begins well within a frame, and in which is known."""
        if (wait_s := self._clock.until_sure_s(time.monotonic())) > 0:
            time.sleep(wait_s)

    def _bound_for_ms(self) -> int:
        return self._jump_ms if self._target_ms is None else self._target_ms

    def _jump(self) -> None:
        """Go to the target. Others asked for on the way are collected, and only the last is gone to."""
        if self._target_ms is None:
            return
        self._jump_ms, self._target_ms = self._target_ms, None
        jump = partial(self._engine.jump, self._jump_ms, self._clock.segment, paused=self._wants_paused)
        self._busy = self._background.run(jump, self._jumped, self._fail, lane=_LANE)

    def _jumped(self, landed: Landed | None) -> None:
        self._busy = None
        if self._target_ms is not None:
            self._jump()
            return
        if landed is not None:
            now_s = time.monotonic()
            self._clock.land(now_s, landed.at_ms, landed.player_ms)
            if not self._wants_paused:
                self._clock.resume(now_s)
        self._engine.segment = self._clock.segment
        if self._engine.paused != self._wants_paused:
            if self._wants_paused:  # asked for on the way; to stand on the very frame it goes there again
                self._target_ms = self._jump_ms
                self._jump()
                return
            self._engine.set_paused(False)
        if self._seek_to_report:
            self._seek_to_report = False
            self._report(Seeked(self.load, self._jump_ms))

    def _apply_rate(self) -> None:
        """Only once libVLC has told a time since the last open or jump: before, it breaks the picture."""
        is_told = self._heard_segment == self._clock.segment and self.state is PlayerState.PLAYING
        rate = self._next_rate()
        if is_told and not self._busy and self._engine.rate != rate:
            self._wait_until_sure()
            self._clock.change_rate(time.monotonic(), rate)
            self._engine.segment = self._heard_segment = self._clock.segment
            self._engine.set_rate(rate)

    def _next_rate(self) -> float:
        now = self._engine.rate
        if self.rate < now and self._clock.is_catching_up(time.monotonic()):
            return now
        frame_ms = 1000 / self._clock.grid.rate if self._clock.grid else _FRAME_GUESS_MS
        return next_rate(now, self.rate, frame_ms, self._engine.ready_ahead)

    def _apply_sound(self) -> None:
        if self.state in (PlayerState.PLAYING, PlayerState.PAUSED):
            self._engine.set_volume(self.volume)
            self._engine.set_muted(self.muted)

    def _hear(self, told: Told) -> None:
        if told.start != self._start:
            return
        match told.what:
            case "arrived":
                self._clock.arrive(told.segment, told.moment_s, told.value)
            case "time":
                self._clock.feed(told.segment, told.moment_s, told.value)
                self._heard_segment = told.segment
                self._apply_rate()
            case "paused":
                self._clock.feed_pause(told.segment, told.moment_s)
            case "length" if told.value > 0 and told.value != self.length_ms:
                self._clock.length_ms = told.value
                self._report(LengthKnown(self.load, told.value))
            case "ended" | "failed" if self.state is PlayerState.OPENING or self._comes_back:
                self._ended_early = True
            case "picture":
                self.has_video = True
            case "ended" | "failed" | "stalled":
                self._break_off(told.what)

    def _end(self) -> None:
        for task in (self._busy, self._watching):
            if task:
                task.cancel()
        self._busy = self._watching = self._target_ms = None
        self._clock.end(time.monotonic())
        self.state = PlayerState.ENDED
        self._report(Ended(self.load))

    def _fail(self, error: Exception) -> None:
        self.unload()
        self.state = PlayerState.FAILED
        if not isinstance(error, UserError):
            self._report(Failed(self.load, UserError("The recording cannot be played. The notes are safe.")))
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
