"""What a player is: the contract that the real one, the fake one and the missing one all keep.

All of it is called from the window's thread and returns at once. What happens later is told to the one
listener as a `Report`, through the mailbox, so on the window's thread as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from desktopnotes.media.clock import Position
from desktopnotes.model.errors import UserError

RATE_MIN, RATE_MAX = 0.25, 4.0
VOLUME_MAX = 100
END_MARGIN_MS = 100
"""No jump leads nearer to the end than this: from there no picture might come."""


def within(value: float, least: float, most: float) -> float:
    """`value`, or the nearer bound."""
    return max(least, min(value, most))


class PlayerState(Enum):
    """What the player is doing; `FAILED` lasts until the next open."""

    NOTHING = "nothing"
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True)
class Opened:
    """The first picture comes to the screen (or, with sound alone, the recording begins).

    Told again when the recording begins anew after its end.
    """

    load: int


@dataclass(frozen=True)
class LengthKnown:
    """The recording's length is known, or better known than before."""

    load: int
    length_ms: int


@dataclass(frozen=True)
class Playing:
    """The recording plays now."""

    load: int


@dataclass(frozen=True)
class Paused:
    """The recording stands still now."""

    load: int


@dataclass(frozen=True)
class Seeked:
    """The jump to `at_ms` is done: its picture comes to the screen within a tenth of a second."""

    load: int
    at_ms: int


@dataclass(frozen=True)
class Ended:
    """The recording has played to its end."""

    load: int


@dataclass(frozen=True)
class Failed:
    """The recording cannot be played; `error` is a sentence for the user."""

    load: int
    error: UserError


@dataclass(frozen=True)
class Waiting:
    """What comes from the web was lost, and is tried for again until it is back; `error` says why.

    Told once. The picture stands, the state stays what the user wishes, and all wishes are kept. `GoesOn`,
    `Failed`, or another `open` or `unload` ends it.
    """

    load: int
    error: UserError


@dataclass(frozen=True)
class GoesOn:
    """What was waited for is back, as the user wishes: where it stood, or where it was sent since."""

    load: int


Report = Opened | LengthKnown | Playing | Paused | Seeked | Waiting | GoesOn | Ended | Failed


@dataclass(frozen=True)
class Track:
    """A sound or subtitle track of a recording: `id` is the player's own number, `name` is for the user."""

    id: int
    name: str
    chosen: bool


NO_TRACK = -1
"""The id that stands for no subtitles."""


class Player(Protocol):
    """One recording at a time: open it, play it, ask where it stands."""

    @property
    def about(self) -> str:
        """What plays, with its version, for the window that tells about the program."""

    @property
    def state(self) -> PlayerState: ...

    @property
    def will_play(self) -> bool:
        """Whether it plays, or will as soon as it is open."""

    @property
    def load(self) -> int:
        """The number of the latest `open`, counted from 1; 0 before the first."""

    @property
    def waiting(self) -> bool:
        """Whether the picture stands since the network was lost: from `Waiting` to `GoesOn`."""

    @property
    def length_ms(self) -> int | None:
        """The recording's length, None while it is not known."""

    @property
    def has_video(self) -> bool:
        """False for sound alone, and until `Opened`."""

    @property
    def frame_rate(self) -> float | None:
        """Frames a second; None when there is no picture or the recording does not say."""

    @property
    def rate(self) -> float:
        """The speed asked for last, 1.0 at first."""

    @property
    def volume(self) -> int:
        """0 to 100; stays as it is when another recording is opened."""

    @property
    def muted(self) -> bool:
        """Silent by wish; stays as it is when another recording is opened."""

    def listen(self, listener: Callable[[Report], None]) -> None:
        """From now on tell `listener` what happens; there is one listener, the newest.

        Reports of a recording that has since been replaced by another `open` are dropped.
        """

    def attach(self, window_id: int) -> None:
        """Draw into this native window (`winfo_id()` of a frame that is mapped) from the next `open` on."""

    def open(self, source: Path | str, *, at_ms: int = 0, rate: float = 1.0, paused: bool = True) -> int:
        """Open a file, or an http(s) address given as str, at `at_ms`; answers the number of this load.

        Replaces what was open. At or past the end it opens shortly before it. `Opened` or `Failed` follows.
        What is asked in between (play, pause, seek, rate) holds from the first picture on. A paused one
        makes no sound until it is played.

        For an address, a page's stream that has expired is asked for again, and a lost network waited for
        (`Waiting`), at the same place and under the same load number; only what cannot be mended is `Failed`.
        """

    def unload(self) -> None:
        """Let go of the recording; afterwards the state is `NOTHING`."""

    def play(self) -> None:
        """Play on; after the end, from the beginning."""

    def pause(self) -> None:
        """Stand still on the frame on screen."""

    def toggle(self) -> None:
        """Pause what plays, play what stands still."""

    def seek(self, at_ms: int) -> None:
        """Jump to `at_ms`, held within 0 and shortly before the end; paused stays paused, playing plays on.

        Several quick ones settle on the last, and that alone is reported as `Seeked`. After the end, the
        recording stands paused at `at_ms`.
        """

    def skip(self, by_ms: int) -> None:
        """Jump by `by_ms` (backwards when negative) from where the recording is, or is about to be."""

    def set_rate(self, rate: float) -> None:
        """Play at 0.25 to 4 times the speed (held within), from now on and until the next `open`.

        A much slower one is reached by steps, within some seconds, so that the picture never stands for long.
        """

    def set_volume(self, volume: int) -> None:
        """0 to 100 (held within)."""

    def set_muted(self, muted: bool) -> None: ...

    def next_frame(self) -> None:
        """Pause and show the frame after the one on screen."""

    def previous_frame(self) -> None:
        """Pause and show the frame before the one on screen; it is there within half a second."""

    def snapshot(self, path: Path, then: Callable[[Path], None], failed: Callable[[Exception], None]) -> None:
        """Write the picture on screen to `path` as PNG at the recording's own size, in the background.

        Then `then(path)`, or `failed(error)` with a `UserError` when there is no picture.
        """

    def position_at(self, moment_s: float | None = None) -> Position | None:
        """Where the recording stood at `moment_s` (of `time.monotonic()`; None is now).

        None when nothing is open. Asked again 0.6 s after the moment the answer can be better: what was
        learned since then counts. Never below 0 nor past the length.
        """

    def played_since_seek_ms(self, moment_s: float | None = None) -> int:
        """How much of the recording was played up to that moment since the last open or seek."""

    def close(self, timeout_s: float = 2.0) -> None:
        """Let go of everything; waits no longer than `timeout_s`. Nothing may be called afterwards."""

    def audio_tracks(self) -> tuple[Track, ...]:
        """The recording's sound tracks; none while nothing is open."""

    def subtitle_tracks(self) -> tuple[Track, ...]:
        """The subtitle tracks inside the recording; none is chosen until the user chooses one."""

    def choose_audio(self, track_id: int) -> None:
        """Let that sound track be heard, until the next `open`."""

    def choose_subtitle(self, track_id: int) -> None:
        """Draw that subtitle track into the picture, or none (`NO_TRACK`), until the next `open`."""
