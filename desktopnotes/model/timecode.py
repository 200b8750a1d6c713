"""Times of a recording as people write them: whole milliseconds in, `h:mm:ss.mmm` out, and back."""

from __future__ import annotations

import re

from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.words import _

Times = tuple[int | None, int | None]
"""From when to when: where the second is None it is a moment, where both are, no time at all."""

_LIMIT_MS = 1000 * 3600 * 1000
"""A thousand hours: longer than any recording, short enough that a typing slip is noticed."""

_DASH = "–"
_MINUS = "-−"
_UNCHANGED = _("Nothing was changed.")

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


def parse_change(text: str) -> int:
    """The ms by which `+2.5`, `-0:03` or `2.5` moves; a minus of any kind goes back.

    Raises `UserError` that says which forms are accepted.
    """
    words = text.strip()
    sign = -1 if words[:1] in _MINUS else 1
    amount = words[1:] if words[:1] in f"+{_MINUS}" else words
    try:
        return sign * parse(amount)
    except UserError:
        raise UserError(
            _("“{words}” is not a length of time, and nothing was changed.").format(
                words=to_letters(words, 40)
            ),
            _("Write it as +2.5, -0:03 or +1m30s."),
        ) from None


def shown(times: Times) -> str:
    """How times are edited, as `0:12:41.000` or `0:12:41.000–0:13:05.000`; "" where there are none."""
    at_ms, end_ms = times
    if at_ms is None:
        return ""
    return exact(at_ms) if end_ms is None else f"{exact(at_ms)}–{exact(end_ms)}"


def read(text: str, before: Times, length_ms: int = 0) -> Times:
    """The times that a user means who changed `shown(before)` to `text`.

    `12:41` alone moves the note, its end along; `12:41–13:05` and `–13:05` give it an end, `12:41–` takes it
    away; `+5` and `-1.5` move by seconds; an empty text takes the time off. Raises `UserError` that says
    what is accepted, also for what lies behind the recording's `length_ms` (0: not known).
    """
    words = text.strip()
    if not words:
        return None, None
    at_ms = before[0]
    if words[0] in f"+{_MINUS}" and not words.startswith(_DASH):
        return _moved(before, _moment_after(words, at_ms), length_ms)
    first, dash, last = words.partition(_DASH)
    if not dash:
        first, dash, last = words.partition("-")
    start_ms = parse(first) if first.strip() or not dash or at_ms is None else at_ms
    if not dash:
        return _moved(before, start_ms, length_ms)
    stop_ms = parse(last) if last.strip() else None
    if stop_ms is not None and stop_ms <= start_ms:
        raise UserError(
            _("A note cannot end at {end} that begins at {start}.").format(
                end=clock(stop_ms), start=clock(start_ms)
            ),
            _UNCHANGED,
        )
    return _inside(start_ms, length_ms), None if stop_ms is None else _inside(stop_ms, length_ms)


def _moment_after(change: str, at_ms: int | None) -> int:
    by_ms = parse_change(change)
    if at_ms is None:
        raise UserError(_("This note has no time yet that could be moved."), _("Write one, as 12:41."))
    if at_ms + by_ms < 0:
        raise UserError(
            _("That would be before 0:00: the note stands at {time}.").format(time=clock(at_ms)), _UNCHANGED
        )
    return at_ms + by_ms


def _moved(before: Times, to_ms: int, length_ms: int) -> Times:
    """The times from another moment on; what lasted lasts as long, at most to the recording's end."""
    at_ms, end_ms = before
    start_ms = _inside(to_ms, length_ms)
    if at_ms is None or end_ms is None:
        return start_ms, None
    stop_ms = start_ms + end_ms - at_ms
    return start_ms, min(stop_ms, length_ms) if length_ms > start_ms else stop_ms


def _inside(at_ms: int, length_ms: int) -> int:
    if 0 < length_ms < at_ms:
        raise UserError(
            _("The recording ends at {end}, so nothing stands at {time}.").format(
                end=clock(length_ms), time=clock(at_ms)
            ),
            _UNCHANGED,
        )
    return at_ms


def _not_a_time(text: str) -> UserError:
    shown = to_letters(text, 40)
    return UserError(
        _("“{shown}” is not a time, and nothing was changed.").format(shown=shown),
        _("Write it as 1:02:03.5, 62:03, 3723.5 or 1h2m3s."),
    )
