"""Reads a description as YouTube says it does, to see whether it would show the chapters.

Written from https://support.google.com/youtube/answer/9884579 alone: a line that begins with a time is one;
the first is 00:00; at least three, in ascending order; none shorter than 10 s.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2}) (\S.*)")


def read(description: str) -> list[tuple[int, str]]:
    """The seconds and titles of the lines, all of which must be chapters."""
    found = []
    for line in description.removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(line)
        assert match, f"no chapter: {line!r}"
        hours, minutes, seconds, title = match.groups()
        assert int(seconds) < 60
        assert int(minutes) < 60
        found.append((int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds), title))
    return found


def shows_chapters(description: str, length_s: int = 0) -> bool:
    """Whether no rule is broken; `length_s` is that of the recording, 0 where it is not known."""
    starts = [start_s for start_s, _ in read(description)]
    ends = [*starts[1:], length_s or starts[-1] + 10]
    return (
        starts[0] == 0
        and len(starts) >= 3
        and all(end_s - start_s >= 10 for start_s, end_s in zip(starts, ends, strict=True))
        and len(description) <= 5000
        and not set(description) & set("<>")
    )
