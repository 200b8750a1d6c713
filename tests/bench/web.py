"""From asking for a page to its picture, beside mpv on the same yt-dlp: `python -m tests.bench.web [ROUNDS]`.

Ours is the whole program, which runs already: from the key that goes to the talk until its first picture. mpv
is timed from its own start. The page is one on this machine, picture and sound apart, or both in one file.
All take turns; the first round is thrown away. Besides: the longest pause of the window meanwhile, as
it tells itself ("stalled", from 20 ms on). Not under `chrt`: in its turns of 100 ms yt-dlp would be a pause.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook, State, Talk
from desktopnotes.storage import state_file
from desktopnotes.storage.codec import encode
from tests.bench.running import PROGRAM, percentile, running, screen
from tests.site import Site

ROUNDS = 7
PAGES = {"apart": "/talk", "one file": "/video"}
ASKED_RATIO = 1.3
_TALK = "talk00000000"
_NEXT_TALK = "ctrl+Next"
_SETTLES_S = 1.0
"""What a program does after its start is not counted."""

Times = tuple[float, float]
"""ms until the first picture, and of the longest pause of the window's thread (0 for mpv)."""


def ours(url: str, folder: Path, display: str) -> Times:
    """Started on a notebook whose second talk is that page."""
    home = folder / f"home-{time.monotonic_ns()}"
    home.mkdir()
    notebook = home / "web.talknotes.json"
    first = Talk(_TALK, title="Nothing to Play")
    second = Talk("talk00000001", title="A Talk of the Web", url=url, state=State.WATCHING)
    notebook.write_bytes(encode(Notebook("web000000000", title="Web", talks=(first, second))))
    place = state_file.Place(str(notebook), _TALK, Caret("notes", _TALK))
    state = state_file.State(recent=(place,), sample_shown=True)
    state_file.write(state, home / ".local/state/desktopnotes/state.json")
    trace = home / "trace.jsonl"
    with running([*PROGRAM, "--trace", str(trace), str(notebook)], home, display, trace) as run:
        run.await_event("started")
        time.sleep(_SETTLES_S)
        asked_s = time.monotonic()
        run.xdotool("key", _NEXT_TALK)
        picture_s = run.await_event("first_frame")
        pauses = [float(event["ms"]) for event in run.events("stalled") if asked_s <= event["t"] <= picture_s]
        return (picture_s - asked_s) * 1000, max(pauses, default=0.0)


def mpv(url: str, folder: Path, display: str) -> Times:
    program = folder / "yt-dlp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m yt_dlp "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    options = ["--no-config", "--vo=x11", "--ao=null", "--hwdec=no", "--geometry=1280x720", "-v"]
    options += ["--ytdl=yes", f"--script-opts=ytdl_hook-ytdl_path={program}"]
    began_s = time.monotonic()
    process = subprocess.Popen(
        ["mpv", *options, url],
        env={"DISPLAY": display, "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if b"first video frame after restart shown" in line:
                return (time.monotonic() - began_s) * 1000, 0.0
        raise RuntimeError("mpv showed no picture.")
    finally:
        process.terminate()
        process.communicate()


CONTESTANTS: dict[str, Callable[[str, Path, str], Times]] = {"mpv": mpv, "ours": ours}


def take_turns(rounds: int) -> dict[tuple[str, str], list[Times]]:
    found: dict[tuple[str, str], list[Times]] = {(page, who): [] for page in PAGES for who in CONTESTANTS}
    with tempfile.TemporaryDirectory(prefix="web-") as name, screen(Path(name)) as display, Site() as site:
        for turn in range(rounds + 1):
            for page, who in found:
                times = CONTESTANTS[who](site.url(PAGES[page]), Path(name), display)
                if turn:
                    found[page, who].append(times)
    return found


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    found = take_turns(rounds)
    print(f"{rounds} rounds, ms     first picture    p99   ratio   longest pause of the window")
    for (page, who), times in found.items():
        pictures, pauses = [picture for picture, _ in times], max(pause for _, pause in times)
        beside = statistics.median(picture for picture, _ in found[page, "mpv"])
        median = statistics.median(pictures)
        cells = f"{median:13.0f} {percentile(pictures, 0.99):6.0f} {median / beside:6.2f}x"
        print(f"{page:<10} {who:<6} {cells:>30} {pauses if who == 'ours' else '–':>12}")
    print(f"Asked for: at most {ASKED_RATIO} times mpv.")


if __name__ == "__main__":
    main()
