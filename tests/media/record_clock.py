"""Records what the clock is told by real libVLC, with the frames that were on screen meanwhile.

`python -m tests.media.record_clock FILE`: plays a numbered clip for half a minute, with pauses, jumps and
changes of rate, and writes a JSON object a line: what the clock was told, and which frame was seen when.
`test_recorded_clock.py` replays such files.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
import tkinter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktopnotes.media.clock import Clock
from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.player import Seeked
from tests.media.clips import HEIGHT, WIDTH, frame_on_screen, make_clip
from tests.media.stage import VlcStage
from tests.virtual_screen import virtual_screen

_TOLD = (
    "open",
    "seek",
    "arrive",
    "land",
    "pause",
    "resume",
    "change_rate",
    "step",
    "end",
    "feed",
    "feed_pause",
)


class RecordedClock:
    """Passes everything on to a clock, and keeps what it was told in `lines`."""

    def __init__(self, clock: Clock) -> None:
        self.__dict__.update(clock=clock, lines=[])

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.clock, name)
        if name not in _TOLD:
            return value

        def told(*words: Any, **more: Any) -> None:
            self.lines.append({"told": name, "words": words, **({"more": more} if more else {})})
            value(*words, **more)

        return told

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, FrameGrid):
            self.lines.append({"grid": asdict(value)})
        elif name == "ready":
            self.lines.append({"ready": value})
        setattr(self.clock, name, value)


def record(stage: VlcStage, display: str, clip: Path) -> list[dict[str, Any]]:
    clock = RecordedClock(Clock())
    stage.player._clock = stage.player._pace.clock = clock  # type: ignore[assignment]
    chance = random.Random(11)

    def watch(seconds: float) -> None:
        until_s = time.monotonic() + seconds
        while (moment_s := time.monotonic()) < until_s:
            before = frame_on_screen(display)
            seen_s = time.monotonic()
            # Only a frame that was there before and after a moment was surely there at it.
            if before is not None and frame_on_screen(display) == before:
                clock.lines.append({"seen": before, "at_s": round((moment_s + seen_s) / 2, 5)})
            for _ in range(chance.randint(3, 9)):
                stage.pump()

    player = stage.player
    player.open(clip, paused=False)
    stage.until_open()
    watch(2)
    for rate in (1.5, 0.75, 1.0):
        player.pause()
        watch(0.4)
        player.play()
        watch(1.2)
        player.set_rate(rate)
        watch(3)
        player.seek(chance.randint(1000, 30_000))
        stage.until_reported(Seeked)
        watch(1.5)
    player.pause()
    player.seek(12_345)
    stage.until_reported(Seeked)
    watch(0.5)
    return clock.lines


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, virtual_screen("400x240x24") as display:
        os.environ["DISPLAY"] = display
        clip = make_clip(Path(folder) / "talk.mp4", seconds=60)
        root = tkinter.Tk()
        root.geometry(f"{WIDTH}x{HEIGHT}+0+0")
        stage = VlcStage(root)
        lines = record(stage, display, clip)
        Path(sys.argv[1]).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        stage.close()
        root.destroy()


if __name__ == "__main__":
    main()
