"""A player of plain attributes for tests: no libVLC, no threads, and a clock that the test sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktopnotes.media.clock import Position
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import (
    END_MARGIN_MS,
    NO_TRACK,
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
from desktopnotes.media.source import check_source
from desktopnotes.model.errors import UserError
from desktopnotes.words import _

_SNAPSHOT_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000100000000908000000001e41f3ee00000011494441"
    "5478da638c6240054c0c834300003b6a006caad200b20000000049454e44ae426082"
)
"""A grey picture of 16 by 9."""


class FakePlayer:
    """A `Player` whose recordings are all alike and whose positions are exact.

    Time passes by `advance`, or by the function `now` where one is given (`time.monotonic` for a window that
    runs). The `recording_` attributes say what the next `open` finds, `refuses` with what error it fails; a
    file that `check_source` refuses fails as well when `checks_files` is set. `opened` keeps every source.
    `approximate` is what the positions say of themselves. `lose_network` and `network_is_back` let what plays
    from an address stand and go on.
    """

    def __init__(self, mailbox: Mailbox, now: Callable[[], float] | None = None) -> None:
        self._mailbox = mailbox
        self._now = now
        self.now_s = 1000.0
        self.recording_ms = 60_000
        self.recording_has_video = True
        self.recording_frame_rate: float | None = 25.0
        self.recording_audio = ("English", "Deutsch")
        self.recording_subtitles = ("English",)
        self.refuses: UserError | None = None
        self.checks_files = False
        self.approximate = False
        self.opened: list[Path | str] = []
        self.window_id: int | None = None

        self.about = "a fake player"
        self.state = PlayerState.NOTHING
        self.load = 0
        self.waiting = False
        self.length_ms: int | None = None
        self.has_video = False
        self.frame_rate: float | None = None
        self.rate = 1.0
        self.volume = VOLUME_MAX
        self.muted = False
        self._audio_id, self._subtitle_id = 0, NO_TRACK
        self._listener: Callable[[Report], None] = lambda report: None
        self._wants_paused = True
        self._anchors: list[_Anchor] = []
        self._jumped_to_ms = 0.0
        self._seeks = 0
        self._jumps_when_back = False

    @property
    def will_play(self) -> bool:
        opens_to_play = self.state is PlayerState.OPENING and not self._wants_paused
        return self.state is PlayerState.PLAYING or opens_to_play

    def advance(self, by_ms: float) -> None:
        """Let that much time pass; the recording ends when it comes to its end."""
        self.now_s += by_ms / 1000
        self._notice_end()

    def lose_network(self, error: UserError) -> None:
        """What is open comes from an address, and nothing comes any more."""
        if self.state in (PlayerState.PLAYING, PlayerState.PAUSED) and not self.waiting:
            at_ms = self._at_ms()
            self.waiting = True
            self._go_on(self.state, at_ms)
            self._report(Waiting(self.load, error))

    def network_is_back(self) -> None:
        if self.waiting:
            self.waiting = False
            self._go_on(self.state, self._at_ms())
            self._report(GoesOn(self.load))
            if self._jumps_when_back:
                self._jumps_when_back = False
                self._report(Seeked(self.load, int(self._jumped_to_ms)))

    def listen(self, listener: Callable[[Report], None]) -> None:
        self._listener = listener

    def attach(self, window_id: int) -> None:
        self.window_id = window_id

    def open(self, source: Path | str, *, at_ms: int = 0, rate: float = 1.0, paused: bool = True) -> int:
        self.load += 1
        self.opened.append(source)
        self.rate = within(rate, RATE_MIN, RATE_MAX)
        self._audio_id, self._subtitle_id = 0, NO_TRACK
        self._begin(source, at_ms, paused=paused)
        return self.load

    def unload(self) -> None:
        self.state = PlayerState.NOTHING
        self.length_ms = self.frame_rate = None
        self.has_video = self.waiting = self._jumps_when_back = False
        self._anchors.clear()

    def play(self) -> None:
        self._wants_paused = False
        if self.state is PlayerState.ENDED:
            self._begin(self.opened[-1], 0, paused=False)
        elif self.state is PlayerState.PAUSED:
            self._go_on(PlayerState.PLAYING, self._at_ms())
            self._report(Playing(self.load))

    def pause(self) -> None:
        self._wants_paused = True
        if self.state is PlayerState.PLAYING:
            self._go_on(PlayerState.PAUSED, self._at_ms())
            self._report(Paused(self.load))

    def toggle(self) -> None:
        if self.will_play:
            self.pause()
        else:
            self.play()

    def seek(self, at_ms: int) -> None:
        if self.state is PlayerState.ENDED:
            self._begin(self.opened[-1], at_ms, paused=True)
        elif self.state in (PlayerState.OPENING, PlayerState.PLAYING, PlayerState.PAUSED):
            self._jumped_to_ms = within(at_ms, 0, self.recording_ms - END_MARGIN_MS)
            self._go_on(self.state, self._jumped_to_ms)
            if self.waiting:
                self._jumps_when_back = True
            elif self.state is not PlayerState.OPENING:
                self._seeks += 1
                self._mailbox.post(partial(self._settled, self._seeks, int(self._jumped_to_ms)))

    def skip(self, by_ms: int) -> None:
        if position := self.position_at():
            self.seek(position.at_ms + by_ms)

    def set_rate(self, rate: float) -> None:
        at_ms = self._at_ms()
        self.rate = within(rate, RATE_MIN, RATE_MAX)
        if self._anchors:
            self._go_on(self.state, at_ms)

    def set_volume(self, volume: int) -> None:
        self.volume = int(within(volume, 0, VOLUME_MAX))

    def set_muted(self, muted: bool) -> None:
        self.muted = muted

    def next_frame(self) -> None:
        self.pause()
        if self.state is PlayerState.PAUSED and self.has_video:
            self._go_on(PlayerState.PAUSED, min(self._at_ms() + self._frame_ms, self.recording_ms))

    def previous_frame(self) -> None:
        self.pause()
        if self.state is PlayerState.PAUSED and self.has_video:
            self.seek(round(self._at_ms() - self._frame_ms))

    @property
    def _frame_ms(self) -> float:
        return 1000 / self.frame_rate if self.frame_rate else 40.0

    def snapshot(self, path: Path, then: Callable[[Path], None], failed: Callable[[Exception], None]) -> None:
        no_picture = UserError(
            _("There is no picture to keep just now."), _("Try again while the picture shows.")
        )
        if not self.has_video or self.state not in (PlayerState.PLAYING, PlayerState.PAUSED):
            self._mailbox.post(partial(failed, no_picture))
            return
        try:
            path.write_bytes(_SNAPSHOT_PNG)
        except OSError:
            self._mailbox.post(partial(failed, no_picture))
        else:
            self._mailbox.post(partial(then, path))

    def position_at(self, moment_s: float | None = None) -> Position | None:
        self._notice_end()
        if not self._anchors:
            return None
        anchor = self._anchor(moment_s)
        return Position(round(self._at_ms(moment_s)), self.approximate, anchor.speed == 0)

    def played_since_seek_ms(self, moment_s: float | None = None) -> int:
        return round(max(0.0, self._at_ms(moment_s) - self._jumped_to_ms))

    def close(self, timeout_s: float = 2.0) -> None:
        self.unload()

    def audio_tracks(self) -> tuple[Track, ...]:
        return self._tracks(self.recording_audio, self._audio_id)

    def subtitle_tracks(self) -> tuple[Track, ...]:
        return self._tracks(self.recording_subtitles, self._subtitle_id)

    def _tracks(self, names: tuple[str, ...], chosen: int) -> tuple[Track, ...]:
        is_open = self.state in (PlayerState.PLAYING, PlayerState.PAUSED)
        return tuple(Track(i, name, i == chosen) for i, name in enumerate(names)) if is_open else ()

    def choose_audio(self, track_id: int) -> None:
        self._audio_id = track_id

    def choose_subtitle(self, track_id: int) -> None:
        self._subtitle_id = track_id

    def _begin(self, source: Path | str, at_ms: int, *, paused: bool) -> None:
        self.unload()
        self.state = PlayerState.OPENING
        self._wants_paused = paused
        self._jumped_to_ms = within(at_ms, 0, self.recording_ms - END_MARGIN_MS)
        self._go_on(PlayerState.OPENING, self._jumped_to_ms)
        self._mailbox.post(partial(self._begun, self.load, source))

    def _begun(self, load: int, source: Path | str) -> None:
        if load != self.load or self.state is not PlayerState.OPENING:
            return
        try:
            if self.refuses:
                raise self.refuses
            if self.checks_files:
                check_source(source)
        except UserError as error:
            self.unload()
            self.state = PlayerState.FAILED
            self._report(Failed(load, error))
            return
        self.length_ms = self.recording_ms
        self.has_video = self.recording_has_video
        self.frame_rate = self.recording_frame_rate if self.has_video else None
        self._report(LengthKnown(load, self.recording_ms))
        self._report(Opened(load))
        state = PlayerState.PAUSED if self._wants_paused else PlayerState.PLAYING
        self._go_on(state, self._at_ms())
        self._report(Paused(load) if self._wants_paused else Playing(load))

    def _go_on(self, state: PlayerState, at_ms: float) -> None:
        self.state = state
        speed = self.rate if state is PlayerState.PLAYING and not self.waiting else 0.0
        self._anchors.append(_Anchor(self._moment(), at_ms, speed))

    def _moment(self) -> float:
        return self._now() if self._now else self.now_s

    def _anchor(self, moment_s: float | None) -> _Anchor:
        asked_s = self._moment() if moment_s is None else moment_s
        begun = [anchor for anchor in self._anchors if anchor.moment_s <= asked_s]
        return begun[-1] if begun else self._anchors[0]

    def _at_ms(self, moment_s: float | None = None) -> float:
        if not self._anchors:
            return 0.0
        asked_s = self._moment() if moment_s is None else moment_s
        anchor = self._anchor(asked_s)
        passed_ms = 1000 * max(0.0, asked_s - anchor.moment_s)
        return min(anchor.at_ms + anchor.speed * passed_ms, self.recording_ms)

    def _notice_end(self) -> None:
        if self.state is PlayerState.PLAYING and self._at_ms() >= self.recording_ms:
            self._go_on(PlayerState.ENDED, self.recording_ms)
            self._report(Ended(self.load))

    def _settled(self, seek: int, at_ms: int) -> None:
        if seek == self._seeks:
            self._report(Seeked(self.load, at_ms))

    def _report(self, report: Report) -> None:
        self._mailbox.post(partial(self._deliver, report))

    def _deliver(self, report: Report) -> None:
        if report.load == self.load and self.state is not PlayerState.NOTHING:
            self._listener(report)


@dataclass(frozen=True)
class _Anchor:
    """From that moment on the recording went from `at_ms` at `speed` (0 stands still)."""

    moment_s: float
    at_ms: float
    speed: float
