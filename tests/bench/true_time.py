"""How true stamps and jumps are, beside `get_time()` and mpv: `python -m tests.bench.true_time [options]`.

Clips are made that carry each frame's number in its pixels. The real program gets real presses of keys, the
screen is read before and after each; a stamp is exact when it lies within [PTS, next PTS) of that very frame,
by ffprobe less the container's start. Where the rate varies the figure to look at is "±1": within one frame.
Errors are how far a stamp lies outside of its frame, in ms, negative before it (the start of the next frame
is 1); p50, p99 and max by size.

Each row of each contestant is measured in a process and on a screen of its own. A full run takes about two
hours, ours alone a third of it; `--captures 20` tries it out. Under `chrt -r 1` what else runs on the machine
waits.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from types import FrameType
from typing import Any

from tests.bench import tables
from tests.bench.captures import Taken
from tests.bench.jumps import Jump, Stretch
from tests.bench.machine import about, busy, is_real_time
from tests.bench.numbered_clips import KINDS, Clip, make_clip
from tests.bench.rows import MAIN_ROWS, OTHER_ROWS
from tests.bench.running import REPO, end

CONTESTANTS = ("naive", "mpv", "ours")
MAIN_KIND = "25"
CAPTURES = 200
CLIP_S = 90.0
OTHERS_PER_CAPTURE, JUMPS_PER_CAPTURE, RANDOM_JUMPS_PER_CAPTURE = 0.25, 0.5, 2.5
_START_S, _EACH_S = 120.0, 8.0
"""A contestant that takes longer than that, and that for each capture or jump, hangs."""


@dataclass
class Measuring:
    """Runs what is asked for, and keeps all that was found for `--json`."""

    options: argparse.Namespace
    clips: Path
    found: list[dict[str, Any]] = field(default_factory=list)

    def wants(self, name: str) -> bool:
        pattern = self.options.rows
        return fnmatchcase(name, pattern) or pattern in name

    def clip(self, kind: str) -> Clip:
        return make_clip(KINDS[kind], self.clips, self.options.seconds)

    def ask(self, contestant: str, what: str, count: float, kind: str = MAIN_KIND, **more: Any) -> Any:
        """What one contestant did; None, and a line that says why, where it could not be measured."""
        request = {
            "contestant": contestant,
            "what": what,
            "count": max(1, round(count)),
            "kind": kind,
            "seconds": self.options.seconds,
            "folder": str(self.clips),
            "seed": self.options.seed,
            **more,
        }
        try:
            answer = json.loads(_measured(request))
        except RuntimeError as error:
            print(f"  {contestant}: {error}", flush=True)
            answer = None
        self.found.append(request | {"answer": answer})
        return answer


def _measured(request: dict[str, Any]) -> str:
    """The answer of a process of its own. RuntimeError where it has none."""
    command = [sys.executable, "-m", "tests.bench.measured", json.dumps(request)]
    with _session(command) as process:
        try:
            told, errors = process.communicate(timeout=_START_S + _EACH_S * request["count"])
        except subprocess.TimeoutExpired:
            raise RuntimeError("it hangs, and was ended.") from None
    if not told.endswith(b"\n"):
        reason = errors.decode(errors="replace").strip().rpartition("\n")[2]
        raise RuntimeError(f"it failed (exit {process.returncode}): {reason}")
    return told.decode()


@contextmanager
def _session(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that Ctrl+C does not reach by itself, so that it is ended once; with all that it started."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=REPO, stdout=pipe, stderr=pipe, start_new_session=True)
    try:
        yield process
    finally:
        end(process)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def show_rows(measuring: Measuring, kind: str) -> None:
    options = measuring.options
    for row in MAIN_ROWS if kind == MAIN_KIND else OTHER_ROWS:
        name = f"{kind} {row.name}"
        if not measuring.wants(name):
            continue
        clip = measuring.clip(kind)
        count = options.captures * (1 if kind == MAIN_KIND else OTHERS_PER_CAPTURE)
        answers = {
            contestant: measuring.ask(contestant, "row", count, kind, row=row.name)
            for contestant in options.contestants
        }
        found = {contestant: Taken.from_json(told) for contestant, told in answers.items() if told}
        print(tables.rows_line(name, clip, found), flush=True)


def show_jumps(measuring: Measuring) -> None:
    options = measuring.options
    for state in ("playing", "paused"):
        name, count = f"jumps {state}", options.captures * JUMPS_PER_CAPTURE
        for contestant in options.contestants if measuring.wants(name) else ():
            told = measuring.ask(contestant, "jumps", count, is_paused=state == "paused")
            if told is not None:
                print(tables.jumps_line(f"{name}, {contestant}", [Jump(**each) for each in told]), flush=True)


def show_random_jumps(measuring: Measuring) -> None:
    options = measuring.options
    name, count = "random jumps", round(options.captures * RANDOM_JUMPS_PER_CAPTURE)
    for contestant in options.contestants if measuring.wants(name) else ():
        told = measuring.ask(contestant, "random jumps", count)
        if told is not None:
            found = [Stretch(**each) for each in told]
            print(tables.random_jumps_line(f"{name}, {contestant}", count, found), flush=True)


def understood(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.true_time",
        description="How true stamps and jumps are, beside get_time() and mpv.",
    )
    parser.add_argument("--captures", type=int, default=CAPTURES, help="for each main row (%(default)s)")
    parser.add_argument("--rows", default="*", metavar="PATTERN", help='such as "25 *", paused, jumps')
    parser.add_argument(
        "--contestants", nargs="+", choices=CONTESTANTS, default=CONTESTANTS, help="all by default"
    )
    parser.add_argument("--load", action="store_true", help="the main rows, with a busy process on each core")
    parser.add_argument("--clips", type=Path, metavar="FOLDER", help="keeps the clips there for the next run")
    parser.add_argument("--seconds", type=float, default=CLIP_S, help="length of the clips (%(default)g)")
    parser.add_argument("--seed", type=int, default=3, help="of all chance (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes all that was found there")
    options = parser.parse_args(words)
    if options.captures < 1:
        parser.error("--captures wants at least 1.")
    if options.seconds < 40:
        parser.error("--seconds wants at least 40: the rows need room before the end.")
    if options.load and is_real_time():
        parser.error(
            "--load measures nothing under chrt: the busy processes would have to wait, or all hang."
        )
    return options


def measure(measuring: Measuring) -> None:
    options = measuring.options
    load = "\nbeside a process for each core that keeps it busy" if options.load else ""
    print(f"{about()}{load}\n\n{tables.rows_head()}", flush=True)
    show_rows(measuring, MAIN_KIND)
    if options.load:
        return
    for kind in KINDS:
        if kind != MAIN_KIND:
            show_rows(measuring, kind)
    if any(measuring.wants(name) for name in ("jumps playing", "jumps paused")):
        print(f"\n{tables.jumps_head()}", flush=True)
        show_jumps(measuring)
    if measuring.wants("random jumps"):
        print(f"\n{tables.random_jumps_head()}", flush=True)
        show_random_jumps(measuring)


def main() -> None:
    signal.signal(signal.SIGTERM, _leave)
    options = understood()
    with ExitStack() as stack:
        clips = options.clips or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="true-time-")))
        clips.mkdir(parents=True, exist_ok=True)
        if options.load:
            stack.enter_context(busy())
        measuring = Measuring(options, clips.resolve())
        try:
            measure(measuring)
        except KeyboardInterrupt:
            raise SystemExit("\nStopped; what was begun is ended.") from None
        finally:
            if options.json:
                options.json.write_text(json.dumps(measuring.found), encoding="utf-8")


def _leave(number: int, frame: FrameType | None) -> None:
    """Ends what was started on the way out."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
