"""Who is measured: a bare python-vlc script, mpv, and the real program, all played by the same hands."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from tests.bench.captures import NO_PICTURE, Capture, Taken
from tests.bench.frames_on_screen import BLACK, UNREADABLE, FramesOnScreen, XScreen, find_picture
from tests.bench.numbered_clips import Clip

PICTURE_WIDTH = 656
"""About the width of the picture in the program's window on a screen of 1440x900."""
LIMIT_S = 20.0
"""How long a picture may take after a start; on an idle machine it is some 0.3 s."""


@dataclass(frozen=True)
class Start:
    """How a contestant is to begin: it stands or plays at `at_ms`, with the whole of the clip ahead."""

    clip: Clip
    at_ms: int = 0
    rate: float = 1.0
    skip_ms: int = 7300
    targets_ms: tuple[int, ...] = ()


class Contestant(Protocol):
    """Plays one clip; `picture` is where its frames are read. Each deed returns at once."""

    picture: FramesOnScreen
    clip: Clip

    def play(self) -> None: ...

    def pause(self) -> None: ...

    def set_rate(self, rate: float) -> None:
        """0.5 to 3, in steps of a half."""

    def skip(self, *, forward: bool) -> None:
        """Jumps by the start's `skip_ms`."""

    def step(self, *, forward: bool) -> bool:
        """Shows the next frame, or the one before; False where that cannot be done."""

    def aim(self, target: int) -> None:
        """Makes ready for a jump to that one of the start's targets."""

    def jump(self) -> None:
        """Jumps to where was aimed."""

    def ask(self) -> None:
        """What decides the answer: a press, or the question itself."""

    def answer(self) -> int:
        """Makes room for another question; answers the number of the last, from 0."""

    def answers(self) -> list[tuple[float | None, float | None]]:
        """All answers until now: ms said at once, and the ms that this was corrected to, if it is."""


def wait(seconds: float) -> None:
    time.sleep(max(0.0, seconds))


def until(seen: Callable[[], bool], limit_s: float) -> bool:
    """Whether it was seen in time; looked for each millisecond."""
    stop_s = time.monotonic() + limit_s
    while not seen():
        if time.monotonic() > stop_s:
            return False
        time.sleep(0.001)
    return True


def await_picture(screen: XScreen) -> FramesOnScreen:
    """RuntimeError where none comes."""
    found: list[FramesOnScreen] = []

    def is_there() -> bool:
        picture = find_picture(screen)
        if picture is not None:
            found.append(picture)
        return bool(found)

    if not until(is_there, LIMIT_S):
        raise RuntimeError("No picture came to the screen.")
    return found[0]


def await_still(contestant: Contestant, still_s: float = 0.2, limit_s: float = 3.0) -> bool:
    """Waits until the picture has not changed for so long."""
    read = contestant.picture.read
    frame, since_s = read(), time.monotonic()

    def stands() -> bool:
        nonlocal frame, since_s
        if (now := read()) != frame:
            frame, since_s = now, time.monotonic()
        return time.monotonic() - since_s >= still_s

    return until(stands, limit_s)


class Questions:
    """Takes captures of a contestant into a row's `Taken`; the answers are put in at the end."""

    def __init__(self, contestant: Contestant, taken: Taken) -> None:
        self._contestant = contestant
        self._taken = taken
        self._asked: dict[int, tuple[int, float, bool]] = {}

    @property
    def wants_more(self) -> bool:
        """False also where nearly all fail: the row then says so."""
        taken = self._taken
        tries = taken.failed + taken.dropped
        return len(taken.captures) + len(self._asked) < taken.wanted and tries < 2 * taken.wanted + 20

    def lose(self) -> None:
        """What was to be asked about never came."""
        self._taken.lost += 1

    def take(self, *, has_ended: bool = False) -> None:
        """Reads the screen, asks, reads again. What cannot be read, or has changed meanwhile, is counted."""
        read = self._contestant.picture.read
        before, moment_s = read(), time.monotonic()
        self._contestant.ask()
        after = read()
        number = self._contestant.answer()
        if has_ended and before in (BLACK, UNREADABLE):
            self._asked[number] = NO_PICTURE, moment_s, has_ended
        elif UNREADABLE in (before, after):
            self._taken.unreadable += 1
        elif BLACK in (before, after):
            self._taken.black += 1
        elif before != after:
            self._taken.dropped += 1
        else:
            self._asked[number] = before, moment_s, has_ended

    def finish(self) -> None:
        answers = self._contestant.answers()
        self._taken.captures += [Capture(*asked, *answers[number]) for number, asked in self._asked.items()]
        self._asked.clear()


@contextmanager
def questions(contestant: Contestant, taken: Taken) -> Iterator[Questions]:
    asked = Questions(contestant, taken)
    yield asked
    asked.finish()
