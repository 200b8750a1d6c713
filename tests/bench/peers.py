"""The two others: the least that plays by python-vlc and asks `get_time()`, and mpv asked for `time-pos`."""

from __future__ import annotations

import locale
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktopnotes.media.vlc_instance import OPTIONS, VIRTUAL_SCREEN_OPTIONS
from tests.bench.contestants import PICTURE_WIDTH, Contestant, Start, await_picture
from tests.bench.frames_on_screen import FramesOnScreen, XScreen


class _Peer:
    """What both have alike: they are asked directly, and never correct what they said."""

    picture: FramesOnScreen

    def __init__(self, start: Start) -> None:
        self.clip = start.clip
        self._start = start
        self._target_ms = 0
        self._said: list[tuple[float | None, float | None]] = []

    def aim(self, target: int) -> None:
        self._target_ms = self._start.targets_ms[target]

    def skip(self, *, forward: bool) -> None:
        self._seek((self._time_ms() or 0.0) + (self._start.skip_ms if forward else -self._start.skip_ms))

    def jump(self) -> None:
        self._seek(self._target_ms)

    def ask(self) -> None:
        said_ms = self._time_ms()
        self._said.append((said_ms, said_ms))

    def answer(self) -> int:
        return len(self._said) - 1

    def answers(self) -> list[tuple[float | None, float | None]]:
        return self._said

    def _time_ms(self) -> float | None:
        raise NotImplementedError

    def _seek(self, at_ms: float) -> None:
        raise NotImplementedError


class Naive(_Peer):
    """A `Contestant`: libVLC as most scripts use it."""

    name = "naive"

    def __init__(self, start: Start, window: int) -> None:
        super().__init__(start)
        import vlc  # here, because it looks for libVLC at once

        instance = vlc.Instance([*OPTIONS, *VIRTUAL_SCREEN_OPTIONS])
        media = instance.media_new_path(str(start.clip.path))
        media.add_option(f":start-time={start.at_ms / 1000}")
        self._player = instance.media_player_new()
        self._player.set_media(media)
        self._player.set_xwindow(window)
        self._player.play()
        if start.rate != 1.0:
            self._player.set_rate(start.rate)

    def play(self) -> None:
        self._player.set_pause(0)

    def pause(self) -> None:
        self._player.set_pause(1)

    def set_rate(self, rate: float) -> None:
        self._player.set_rate(rate)

    def step(self, *, forward: bool) -> bool:
        if forward:
            self._player.next_frame()
        return forward

    def _time_ms(self) -> float | None:
        said_ms: int = self._player.get_time()
        return None if said_ms < 0 else float(said_ms)

    def _seek(self, at_ms: float) -> None:
        self._player.set_time(round(at_ms))

    def end(self) -> None:
        self._player.stop()
        self._player.release()


class Mpv(_Peer):
    """A `Contestant`: the player that is known to be exact."""

    name = "mpv"

    def __init__(self, start: Start, window: int) -> None:
        super().__init__(start)
        locale.setlocale(locale.LC_NUMERIC, "C")  # libmpv refuses any other
        import mpv  # here, because it looks for libmpv at once

        self._player: Any = mpv.MPV(
            wid=str(window),
            config=False,
            vo="x11",
            ao="null",
            hwdec="no",
            osd_level=0,
            keep_open="yes",
            start=str(start.at_ms / 1000),
            speed=start.rate,
        )
        self._player.play(str(start.clip.path))

    def play(self) -> None:
        self._player.pause = False

    def pause(self) -> None:
        self._player.pause = True

    def set_rate(self, rate: float) -> None:
        self._player.speed = rate

    def step(self, *, forward: bool) -> bool:
        self._player.command_async("frame-step" if forward else "frame-back-step")
        return True

    def _time_ms(self) -> float | None:
        said_s: float | None = self._player.time_pos
        # ffprobe's times are whole microseconds, and what is compared with them must be so too.
        return None if said_s is None else round(said_s * 1000, 3)

    def _seek(self, at_ms: float) -> None:
        self._player.command_async("seek", str(at_ms / 1000), "absolute", "exact")

    def end(self) -> None:
        self._player.terminate()


PEERS: dict[str, Callable[[Start, int], Naive | Mpv]] = {"naive": Naive, "mpv": Mpv}


@contextmanager
def peer(name: str, start: Start, folder: Path, display: str) -> Iterator[Contestant]:
    """Plays in a window of its own, from its first picture on, as far as `start` says."""
    del folder
    with XScreen(display) as screen:
        window = screen.new_window(PICTURE_WIDTH, PICTURE_WIDTH * 9 // 16)
        player = PEERS[name](start, window)
        try:
            player.picture = await_picture(screen)
            yield player
        finally:
            player.end()
