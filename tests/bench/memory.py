"""Memory while the sample plays again and again: `python -m tests.bench.memory [MINUTES]`.

Beside it runs a bare Tk+VLC script that plays the same; each has a virtual screen of its own. At the end of
the talk Ctrl+Space is pressed, and it starts over. A row is printed each minute; what grows in the first
minutes (buffers, caches) is not counted as growth.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from desktopnotes.media.vlc_instance import OPTIONS, VIRTUAL_SCREEN_OPTIONS
from tests.bench.running import BARE_PLAYER, CLIP, PROGRAM, Run, running, screen

MINUTES = 60
FIRST_MINUTES = 5
CLIP_S = 98.2
AFTER_END_S = 3.0


def resident_mb(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def slope(figures: Sequence[float]) -> float:
    """How much they grow from one to the next, on the average."""
    minutes = range(len(figures))
    return statistics.linear_regression(minutes, figures).slope if len(figures) > 1 else 0.0


def watch(program: Run, bare: Run, minutes: int) -> list[tuple[float, float]]:
    """MB of both for each minute. RuntimeError where one ends, or does not start over."""
    found = []
    plays, again_s = 1, program.await_event("first_frame") + CLIP_S + AFTER_END_S
    begun_s = time.monotonic()
    for minute in range(minutes + 1):
        while (now_s := time.monotonic()) < begun_s + 60 * minute:
            if now_s > again_s:
                program.xdotool("key", "ctrl+space")
                plays += 1
                again_s = program.await_event("first_frame", plays) + CLIP_S + AFTER_END_S
            time.sleep(0.5)
        found.append((resident_mb(program.process.pid), resident_mb(bare.process.pid)))
        bare_plays = 1 + len(bare.events("again"))
        row = f"{minute:6} {found[-1][0]:8.1f} {plays:6} {found[-1][1]:15.1f} {bare_plays:6}"
        print(row, flush=True)
    return found


def main() -> None:
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="memory-")))
        homes = folder / "ours", folder / "bare"
        for home in homes:
            home.mkdir()
        screens = [stack.enter_context(screen(home)) for home in homes]
        traces = [home / "trace.jsonl" for home in homes]
        commands = (
            [*PROGRAM, "--trace", str(traces[0])],
            [*BARE_PLAYER, str(CLIP), str(traces[1]), *OPTIONS, *VIRTUAL_SCREEN_OPTIONS],
        )
        program, bare = (
            stack.enter_context(running(*each)) for each in zip(commands, homes, screens, traces, strict=True)
        )
        print("minute  ours MB  plays  bare Tk+VLC MB  plays")
        found = watch(program, bare, minutes)
    later = found[FIRST_MINUTES:]
    for name, figures in zip(("ours", "bare Tk+VLC"), zip(*later, strict=True), strict=False):
        print(
            f"{name}: {figures[0]:.1f} MB after {FIRST_MINUTES} minutes, {figures[-1]:.1f} at the end, "
            f"at most {max(figures):.1f}; {60 * slope(figures):+.2f} MB an hour"
        )


if __name__ == "__main__":
    main()
