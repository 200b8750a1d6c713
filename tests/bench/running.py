"""Programs under way on a screen that nobody sees, and what they tell in their traces: for all benchmarks.

On a busy machine run a benchmark as `chrt -r 1 python -m tests.bench.NAME`: what else runs then waits.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from tests.virtual_screen import virtual_screen

REPO = Path(__file__).resolve().parents[2]
CLIP = REPO / "assets" / "sample" / "notes-that-outlive-the-talk.mp4"
"""1280x720, 25 pictures a second, 98 s."""

PROGRAM = (sys.executable, "-m", "desktopnotes")
BARE_PLAYER = (sys.executable, "-m", "tests.bench.bare_player")
_WITHIN_S = 30.0


class Run:
    """A program under way. `began_s` is the moment (of `time.monotonic()`) just before it was started."""

    def __init__(self, process: subprocess.Popen[bytes], began_s: float, trace: Path, display: str) -> None:
        self.process = process
        self.began_s = began_s
        self._trace = trace
        self._display = display
        self._read_to = 0
        self._events: list[dict[str, Any]] = []

    def events(self, name: str) -> list[dict[str, Any]]:
        """What was told under that name until now."""
        with self._trace.open("rb") as file:
            file.seek(self._read_to)
            whole_lines, line_break, _ = file.read().rpartition(b"\n")
        self._read_to += len(whole_lines) + len(line_break)
        self._events += [json.loads(line) for line in whole_lines.splitlines()]
        return [event for event in self._events if event["event"] == name]

    def await_event(self, name: str, number: int = 1) -> float:
        """The moment of event `number` (from 1) of that name. RuntimeError if it does not come."""
        stop_s = time.monotonic() + _WITHIN_S
        while len(told := self.events(name)) < number:
            if time.monotonic() > stop_s or self.process.poll() is not None:
                raise RuntimeError(f"“{name}” number {number} did not come (exit: {self.process.poll()}).")
            time.sleep(0.02)
        return float(told[number - 1]["t"])

    def xdotool(self, *words: str) -> None:
        """Presses keys in the window that has the keyboard."""
        subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self._display}, check=True)


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """The name of a virtual screen with a window manager, as every desktop has one."""
    with virtual_screen() as display, window_manager(folder, display):
        yield display


@contextmanager
def window_manager(folder: Path, display: str) -> Iterator[None]:
    """Openbox on that screen; its words go to a file in `folder`."""
    with (folder / "openbox.log").open("wb") as log:
        environment = {**os.environ, "DISPLAY": display}
        manager = subprocess.Popen(["openbox"], env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            end(manager)


@contextmanager
def running(command: Sequence[str], home: Path, display: str, trace: Path) -> Iterator[Run]:
    """Starts a program that writes to `trace`, with `home` as the user's; ends it as a desktop does."""
    trace.write_bytes(b"")
    # Python keeps what it has compiled, as it does for users: else every start takes half a second more.
    not_users = ("XDG_", "WAYLAND_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(not_users)}
    environment = kept | {
        "DISPLAY": display,
        "HOME": str(home),
        "DESKTOPNOTES_VLC_OPTIONS": " ".join(VIRTUAL_SCREEN_OPTIONS),
    }
    with (home / "output.log").open("ab") as log:
        began_s = time.monotonic()
        process = subprocess.Popen(
            command, cwd=REPO, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield Run(process, began_s, trace, display)
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks it to end, and ends it where it does not within 10 s."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def percentile(figures: Sequence[float], part: float) -> float:
    """The figure that `part` (0 to 1) of all do not exceed; of many, the nearest one. NaN for none."""
    if not figures:
        return math.nan
    return sorted(figures)[max(0, math.ceil(part * len(figures)) - 1)]
