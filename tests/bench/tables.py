"""The tables of `true_time` as text; who could not be measured has dashes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tests.bench.captures import Taken, judged
from tests.bench.jumps import Jump, Stretch
from tests.bench.numbered_clips import Clip
from tests.bench.running import percentile

FROZEN_S = 0.5
_LABEL = 28
_CELL = " exact    ±1   p50   p99   max"
_COLUMNS = (("naive", "naive get_time()"), ("mpv", "mpv time-pos"), ("ours", "ours, live"))


def rows_head() -> str:
    titles = [*(title for _, title in _COLUMNS), "ours, resolved"]
    above = " |".join(f"{title:^{len(_CELL)}}" for title in titles)
    below = " |".join(_CELL for _ in titles)
    counts = "naive, mpv, ours: captures-dropped-failed"
    return f"{'':{_LABEL}}{above} |\n{'in %, and in ms':{_LABEL}}{below} | {counts}"


def rows_line(name: str, clip: Clip, found: Mapping[str, Taken]) -> str:
    """`found` by the contestant's name; one that is not there was not measured."""
    cells = []
    for contestant, _ in _COLUMNS:
        taken = found.get(contestant)
        cells.append(_cell(clip, taken, is_resolved=False))
    cells.append(_cell(clip, found.get("ours"), is_resolved=True))
    counts = "  ".join(_counts(found.get(contestant)) for contestant, _ in _COLUMNS)
    return f"{name:{_LABEL}}{' |'.join(cells)} | {counts}"


def _cell(clip: Clip, taken: Taken | None, *, is_resolved: bool) -> str:
    if taken is None or not taken.captures:
        return f"{'–':>6}{'–':>6}{'–':>6}{'–':>6}{'–':>6}"
    share = judged(clip, taken.captures, is_resolved=is_resolved)
    errors = "".join(_figure(share.error_ms(part), 6) for part in (0.5, 0.99, 1.0))
    return f"{share.exact * 100:6.1f}{share.within_one * 100:6.1f}{errors}"


def _figure(figure: float, width: int) -> str:
    return f"{'–':>{width}}" if math.isnan(figure) else f"{figure:{width}.0f}"


def _counts(taken: Taken | None) -> str:
    return "–" if taken is None else f"{len(taken.captures)}-{taken.dropped}-{taken.failed}"


def jumps_head() -> str:
    return (
        f"{'in %, and in ms':{_LABEL}}jumps  very frame (at start, within)  ±1 frame  first new  flashed"
        "  black  picture p50    p99  never"
    )


def jumps_line(name: str, found: Sequence[Jump]) -> str:
    """`very frame`: that which lands is the target; in brackets for moments at its start and within it.

    `first new`: nothing else was seen before it.
    """
    times_ms = [jump.picture_ms for jump in found if jump.picture_ms is not None]
    near = [jump.landed >= 0 and abs(jump.landed - jump.target) <= 1 for jump in found]
    return (
        f"{name:{_LABEL}}{len(found):5}{_exact(found):12.1f}"
        f"{_exact([jump for jump in found if jump.at_start]):11.1f}"
        f"{_exact([jump for jump in found if not jump.at_start]):9.1f}"
        f"{_share(near):10.1f}"
        f"{_share([jump.first == jump.target for jump in found]):11.1f}"
        f"{_share([bool(jump.flashed) for jump in found]):9.1f}"
        f"{_share([jump.black for jump in found]):7.1f}"
        f"{_figure(percentile(times_ms, 0.5), 13)}{_figure(percentile(times_ms, 0.99), 7)}"
        f"{len(found) - len(times_ms):7}"
    )


def _exact(jumps: Sequence[Jump]) -> float:
    return _share([jump.landed == jump.target for jump in jumps])


def _share(parts: Sequence[bool]) -> float:
    """In %; 0 of none."""
    return 100 * sum(parts) / max(1, len(parts))


def random_jumps_head() -> str:
    return f"{'in s':{_LABEL}}jumps  longest frozen  at rate  longest black  over {FROZEN_S:g} s  in all"


def random_jumps_line(name: str, jumps: int, found: Sequence[Stretch]) -> str:
    """Black is whatever is no frame of the clip."""
    nothing = Stretch(0.0, 0, 1.0)
    frozen = max((each for each in found if each.frame >= 0), key=_seconds, default=nothing)
    black = max((each for each in found if each.frame < 0), key=_seconds, default=nothing)
    long = [each.seconds for each in found if each.seconds > FROZEN_S]
    return (
        f"{name:{_LABEL}}{jumps:5}{frozen.seconds:16.2f}{frozen.rate:9g}{black.seconds:15.2f}"
        f"{len(long):12}{sum(long):8.1f}"
    )


def _seconds(stretch: Stretch) -> float:
    return stretch.seconds
