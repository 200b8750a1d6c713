"""Times of a recording as people write them: whole milliseconds in, `h:mm:ss.mmm` out, and back."""

from __future__ import annotations

import re

from desktopnotes.model.errors import UserError

_LIMIT_MS = 1000 * 3600 * 1000
"""A thousand hours: longer than any recording, short enough that a typing slip is noticed."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d)(?:[.,](\d{1,9}))?")
_SECONDS = re.compile(r"(\d{1,7})(?:[.,](\d{1,9}))?\s*s?")
_UNITS = re.compile(
    r"(?=\d)(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})\s*m(?:in)?)?\s*(?:(\d{1,5})(?:[.,](\d{1,9}))?\s*s)?"
)


def clock(at_ms: int, *, digits: int = 0, long: bool = False) -> str:
    """`12:46`, `1:02:10`, with `digits` of the second after a point (cut, not rounded: never ahead).

    `long` writes the hours even where they are 0, as `0:12:46`.
    """
    whole_s, ms = divmod(max(0, at_ms), 1000)
    minutes, seconds = divmod(whole_s, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours or long else f"{minutes:02}:{seconds:02}"
    return f"{text}.{ms:03}"[: len(text) + 1 + digits] if digits else text


def exact(at_ms: int) -> str:
    """`h:mm:ss.mmm`, the form in which a stamp is edited: reading it back gives the same ms."""
    return clock(at_ms, digits=3, long=True)


def parse(text: str) -> int:
    """The ms meant by `1:02:03.5`, `62:03`, `3723.5`, `1h2m3s` and their like.

    Raises `UserError` that says which forms are accepted.
    """
    words = text.strip()
    if match := _CLOCK.fullmatch(words):
        hours, minutes, seconds, fraction = match.groups()
        if hours is None or int(minutes) < 60:
            return _bounded(hours, minutes, seconds, fraction, text)
    if match := _SECONDS.fullmatch(words):
        return _bounded(None, None, match[1], match[2], text)
    if words and (match := _UNITS.fullmatch(words.lower())):
        return _bounded(match[1], match[2], match[3], match[4], text)
    raise _not_a_time(text)


def _bounded(
    hours: str | None, minutes: str | None, seconds: str | None, fraction: str | None, text: str
) -> int:
    whole_s = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    at_ms = whole_s * 1000 + int((fraction or "0").ljust(3, "0")[:3])
    if at_ms >= _LIMIT_MS:
        raise _not_a_time(text)
    return at_ms


def _not_a_time(text: str) -> UserError:
    shown = text.strip()[:40]
    return UserError(
        f"“{shown}” is not a time, and nothing was changed.",
        "Write it as 1:02:03.5, 62:03, 3723.5 or 1h2m3s.",
    )
