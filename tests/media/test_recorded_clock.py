"""The clock on recorded hours of real libVLC: what it was told, and which frame was on screen when."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.media.clock import Clock
from desktopnotes.media.frame_grid import FrameGrid

RECORDED = sorted((Path(__file__).parent / "recorded").glob("*.jsonl"))


def replayed(path: Path) -> Iterator[tuple[Clock, int, float]]:
    """The clock as it is in the end, with each frame and the moment at which it was seen."""
    clock, seen = Clock(), []
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if "told" in line:
            getattr(clock, line["told"])(*line["words"], **line.get("more", {}))
        elif "grid" in line:
            clock.grid = FrameGrid(**line["grid"])
        elif "ready" in line:
            clock.ready = line["ready"]
        else:
            seen.append((line["seen"], line["at_s"]))
    return ((clock, frame, moment_s) for frame, moment_s in seen)


def test_there_is_something_to_replay() -> None:
    assert RECORDED


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_what_it_says_in_the_end_is_the_frame_that_was_seen(path: Path) -> None:
    ahead: Counter[int] = Counter()
    for clock, frame, moment_s in replayed(path):
        position = clock.position_at(moment_s)
        assert position is not None
        assert clock.grid is not None
        ahead[clock.grid.number_at(position.at_ms) - frame] += 1
    assert ahead.total() > 300
    # Seen at a change of frames, and right after a pause, a frame can be the neighbour of the true one.
    assert ahead[0] / ahead.total() > 0.97, ahead
    assert set(ahead) <= {-1, 0, 1}, ahead
