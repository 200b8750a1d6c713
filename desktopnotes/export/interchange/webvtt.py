"""WebVTT, the form in which browsers read subtitles and chapters (https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from `start_ms` to `end_ms`; a blank line would end them, so they lose theirs."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def written(cues: Iterable[Cue]) -> str:
    """The file; cues stand by their start, as the form demands, and end after it."""
    blocks = ["WEBVTT"]
    for cue in sorted(cues, key=lambda cue: cue.start_ms):
        # `-->` within the words would be taken for times; escaping its last sign does for that too.
        words = [line.translate(_ESCAPED) for line in cue.lines if line.strip()]
        times = f"{_time(cue.start_ms)} --> {_time(max(cue.end_ms, cue.start_ms + 1))}"
        blocks.append("\n".join((times, *words)))
    return "\n\n".join(blocks) + "\n"


def _time(at_ms: int) -> str:
    whole_s, ms = divmod(max(0, at_ms), 1000)
    minutes, seconds = divmod(whole_s, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
