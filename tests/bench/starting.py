"""How long a start takes, beside a bare Tk+VLC script and mpv: `python -m tests.bench.starting [ROUNDS]`.

From the start of the process until the window can be used, and until the first picture of the sample. All
take turns, on one virtual screen, with all files in memory; the first round is thrown away. `--imports` names
instead the modules that cost most, as `python -X importtime` tells.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktopnotes.media.vlc_instance import OPTIONS, VIRTUAL_SCREEN_OPTIONS
from tests.bench.running import BARE_PLAYER, CLIP, PROGRAM, REPO, percentile, running, screen

ROUNDS = 15
MODULES = 10

Times = tuple[float | None, float]
"""ms until the window can be used (None where that is not told), and until the first picture."""


def ours(home: Path, display: str) -> Times:
    trace = home / "trace.jsonl"
    with running([*PROGRAM, "--trace", str(trace)], home, display, trace) as run:
        picture_s = run.await_event("first_frame")
        return (run.await_event("started") - run.began_s) * 1000, (picture_s - run.began_s) * 1000


def ours_at_first(folder: Path, display: str) -> Times:
    """An empty home: the sample is copied there, opens and plays."""
    with tempfile.TemporaryDirectory(dir=folder) as home:
        return ours(Path(home), display)


def ours_again(folder: Path, display: str) -> Times:
    """The sample is found where it was left, paused."""
    home = folder / "again"
    home.mkdir(exist_ok=True)
    return ours(home, display)


def bare(folder: Path, display: str) -> Times:
    trace = folder / "bare.jsonl"
    options = (*OPTIONS, *VIRTUAL_SCREEN_OPTIONS)
    command = [*BARE_PLAYER, str(CLIP), str(trace), *options]
    with running(command, folder, display, trace) as run:
        picture_s = run.await_event("first_frame")
        return (run.await_event("started") - run.began_s) * 1000, (picture_s - run.began_s) * 1000


def mpv(_: Path, display: str) -> Times:
    options = ["--no-config", "--vo=x11", "--ao=null", "--hwdec=no", "--geometry=1280x720", "-v"]
    began_s = time.monotonic()
    process = subprocess.Popen(
        ["mpv", *options, str(CLIP)],
        env={"DISPLAY": display, "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if b"first video frame after restart shown" in line:
                return None, (time.monotonic() - began_s) * 1000
        raise RuntimeError("mpv showed no picture.")
    finally:
        process.terminate()
        process.communicate()


CONTESTANTS: dict[str, Callable[[Path, str], Times]] = {
    "bare Tk + VLC": bare,
    "ours, first start": ours_at_first,
    "ours, later starts": ours_again,
    "mpv": mpv,
}


def take_turns(rounds: int) -> dict[str, list[Times]]:
    found: dict[str, list[Times]] = {name: [] for name in CONTESTANTS}
    with tempfile.TemporaryDirectory(prefix="starting-") as name, screen(Path(name)) as display:
        for turn in range(rounds + 1):
            for contestant, start in CONTESTANTS.items():
                times = start(Path(name), display)
                if turn:
                    found[contestant].append(times)
    return found


def cells(figures: list[float], beside: float) -> str:
    median = statistics.median(figures)
    return f"{median:8.0f} {percentile(figures, 0.99):6.0f} {median / beside:6.2f}x"


def show_starts(rounds: int) -> None:
    found = take_turns(rounds)
    bare_window_ms = statistics.median(window for window, _ in found["bare Tk + VLC"] if window is not None)
    bare_picture_ms = statistics.median(picture for _, picture in found["bare Tk + VLC"])
    print(f"{rounds} rounds, ms    window usable   p99  ratio   first picture   p99  ratio")
    for contestant, times in found.items():
        windows = [window for window, _ in times if window is not None]
        window_cells = cells(windows, bare_window_ms) if windows else f"{'–':>8} {'–':>6} {'–':>7}"
        picture_cells = cells([picture for _, picture in times], bare_picture_ms)
        print(f"{contestant:<20} {window_cells:>26} {picture_cells:>28}")


def show_imports() -> None:
    """The modules that the window's program loads before it shows, by their own cost."""
    call = [sys.executable, "-X", "importtime", "-c", "import desktopnotes.__main__, desktopnotes.ui.app"]
    told = subprocess.run(call, cwd=REPO, capture_output=True, text=True, check=True).stderr
    rows = [line.removeprefix("import time:").split("|") for line in told.splitlines() if "us]" not in line]
    costs = sorted(((int(own), int(whole), name.strip()) for own, whole, name in rows), reverse=True)
    print(f"{len(costs)} modules, {sum(own for own, _, _ in costs) / 1000:.0f} ms by their own count")
    print("own ms  with what it loads  module")
    for own, whole, name in costs[:MODULES]:
        print(f"{own / 1000:6.1f} {whole / 1000:19.1f}  {name}")


def main() -> None:
    words = sys.argv[1:]
    if "--imports" in words:
        show_imports()
    else:
        show_starts(int(words[0]) if words else ROUNDS)


if __name__ == "__main__":
    main()
