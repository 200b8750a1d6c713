"""One contestant in one row, in a process of its own: `python -m tests.bench.measured REQUEST`.

REQUEST is JSON: contestant, kind and seconds of the clip, folder of the clips, what ("row", "jumps" or
"random jumps"), row, count, seed, is_paused. The answer is one line of JSON. A contestant that hangs or dies
takes nothing with it but this process.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from types import FrameType
from typing import Any

from tests.bench import jumps
from tests.bench.captures import Taken
from tests.bench.contestants import Contestant, Start, questions
from tests.bench.numbered_clips import KINDS, Clip, make_clip
from tests.bench.peers import peer
from tests.bench.real_program import real_program
from tests.bench.rows import MAIN_ROWS
from tests.bench.running import screen

OURS = "ours"
_IN_VAIN = 3
"""So many runs of a row that take nothing end it."""


def opened(name: str, start: Start, folder: Path, display: str) -> AbstractContextManager[Contestant]:
    if name == OURS:
        return real_program(start, folder, display)
    return peer(name, start, folder, display)


def row(request: dict[str, Any], clip: Clip, folder: Path, display: str) -> dict[str, Any]:
    chosen = next(each for each in MAIN_ROWS if each.name == request["row"])
    chance = random.Random(request["seed"])
    wanted = min(request["count"], chosen.at_most or request["count"])
    taken, in_vain = Taken(wanted), 0
    while taken.wants_more and in_vain < _IN_VAIN:
        before = len(taken.captures)
        with (
            opened(request["contestant"], chosen.start(clip), folder, display) as contestant,
            questions(contestant, taken) as asked,
        ):
            chosen.play(contestant, asked, chance)
        in_vain = in_vain + 1 if len(taken.captures) == before else 0
    return taken.as_json()


def jumped(request: dict[str, Any], clip: Clip, folder: Path, display: str) -> list[dict[str, Any]]:
    chance = random.Random(request["seed"])
    targets = jumps.targets_ms(clip, chance)
    start = replace(Start(clip), targets_ms=targets)
    with opened(request["contestant"], start, folder, display) as contestant:
        if request["what"] == "random jumps":
            found: Any = jumps.random_jumps(contestant, targets, request["count"], chance)
        else:
            is_paused = request["is_paused"]
            found = jumps.jumps(contestant, targets, request["count"], chance, is_paused=is_paused)
    return [asdict(each) for each in found]


def main() -> None:
    signal.signal(signal.SIGTERM, _leave)
    request = json.loads(sys.argv[1])
    clip = make_clip(KINDS[request["kind"]], Path(request["folder"]), request["seconds"])
    with tempfile.TemporaryDirectory(prefix="true-time-") as name, screen(Path(name)) as display:
        os.environ["DISPLAY"] = display  # libVLC and libmpv look nowhere else
        measure = row if request["what"] == "row" else jumped
        print(json.dumps(measure(request, clip, Path(name), display)), flush=True)


def _leave(number: int, frame: FrameType | None) -> None:
    """Ends what was started on the way out."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
