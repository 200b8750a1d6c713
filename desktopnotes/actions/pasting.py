"""Pasted text taken apart: lines that start with a time become notes of that time."""

from __future__ import annotations

import re

from desktopnotes.model import timecode

_TIMED_LINE = re.compile(
    r"\s*[\[(]?((?:\d{1,3}:[0-5]?\d|\d{1,3}):[0-5]\d(?:[.,]\d{1,3})?)(?!:?\d)[\])]?[ \t]*[-–—:]?[ \t]*(.*)"
)


def timed_notes(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """What stands before the first time, and the moment (ms) and words of each line that starts with one.

    Lines without a time belong to the one above them.
    """
    head: list[str] = []
    timed: list[tuple[int, list[str]]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if match := _TIMED_LINE.fullmatch(line):
            timed.append((timecode.parse(match[1]), [match[2]]))
        else:
            (timed[-1][1] if timed else head).append(line)
    notes = tuple((at_ms, "\n".join(lines).rstrip()) for at_ms, lines in timed)
    return "\n".join(head).strip("\n"), notes
