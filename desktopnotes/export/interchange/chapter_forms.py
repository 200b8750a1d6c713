"""Chapters as YouTube, browsers (WebVTT) and podcast players (JSON) read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from desktopnotes.export.interchange import webvtt, wording
from desktopnotes.export.interchange.chapters import Chapters, Mark
from desktopnotes.export.interchange.talks import length_ms
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Talk
from desktopnotes.model.shortening import to_letters
from desktopnotes.words import _, ngettext

_FEWEST, _SHORTEST_S = 3, 10
"""https://support.google.com/youtube/answer/9884579: the first at 00:00, at least three, in ascending order,
none shorter than 10 s. Where one of these rules is broken YouTube shows no chapters at all."""

_LONGEST_DESCRIPTION = 5000
"""In characters, of which none is `<` or `>` (developers.google.com/youtube/v3/docs/videos, description)."""

_SHOWN_LETTERS = 40

_ANGLES = str.maketrans("<>", "‹›")

_LAST_MS = 600_000
"""How long the last chapter is taken to be where the recording's end is not known."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines for a description on YouTube. `done` says what was done so that it takes them, `broken` what
    makes it ignore all of them still; one sentence each, with the line where there is one.
    """

    lines: tuple[str, ...]
    done: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def youtube(marks: Sequence[Mark], talk: Talk) -> Listed:
    """A line `m:ss title` for each chapter, the hour in all where one needs it."""
    done: list[str] = []
    timed = _from_zero([(mark.at_ms // 1000, mark.title) for mark in marks], done)
    if any(title != title.translate(_ANGLES) for _at_s, title in timed):
        done.append(_("A description on YouTube takes no < and >, so they became ‹ and ›."))
    long = any(at_s >= 3600 for at_s, _title in timed)
    lines = tuple(f"{_time(at_s, long)} {title.translate(_ANGLES)}" for at_s, title in timed)
    starts = [at_s for at_s, _ in timed]
    return Listed(lines, tuple(done), tuple(_broken(lines, starts, length_ms(talk) // 1000)))


def _from_zero(timed: list[tuple[int, str]], done: list[str]) -> list[tuple[int, str]]:
    """The list must begin at 0:00, where there is room for a chapter or not."""
    if not timed or timed[0][0] == 0:
        return timed
    first_s, title = timed[0]
    if first_s >= _SHORTEST_S:
        added = "Start"  # stands in the list itself, so it is no word of the window's language
        line = f"{_time(0, False)} {added}"
        done.append(_("YouTube wants a chapter at 0:00, so “{line}” was added.").format(line=line))
        return [(0, added), *timed]
    done.append(
        _("YouTube wants a chapter at 0:00, so “{title}” stands there and not at {time}.").format(
            title=title, time=_time(first_s, False)
        )
    )
    return [(0, title), *timed[1:]]


def _broken(lines: Sequence[str], starts: Sequence[int], end_s: int) -> Iterator[str]:
    if len(lines) < _FEWEST:
        yield ngettext(
            "There is {count} chapter, and YouTube wants {fewest} at least.",
            "There are {count} chapters, and YouTube wants {fewest} at least.",
            len(lines),
        ).format(count=len(lines), fewest=_FEWEST)
    ends = [*starts[1:], end_s] if end_s and end_s >= starts[-1] else starts[1:]
    for number, (start_s, next_s) in enumerate(zip(starts, ends, strict=False), 1):
        if next_s - start_s < _SHORTEST_S:
            yield _("Line {number}, “{line}”, lasts {lasts_s} s, and YouTube wants {shortest_s}.").format(
                number=number,
                line=to_letters(lines[number - 1], _SHOWN_LETTERS),
                lasts_s=next_s - start_s,
                shortest_s=_SHORTEST_S,
            )
    letters = sum(map(len, lines)) + len(lines)
    if letters > _LONGEST_DESCRIPTION:
        yield _("The list has {count} characters, and a description takes {most} at most.").format(
            count=letters, most=_LONGEST_DESCRIPTION
        )


def _time(at_s: int, long: bool) -> str:
    minutes, seconds = divmod(at_s, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if long else f"{minutes}:{seconds:02}"


def vtt(chapters: Chapters, talk: Talk) -> tuple[str, tuple[str, ...]]:
    """The file and its notices; each chapter lasts until the next, the last one until the recording's end."""
    marks = chapters.marks
    end_ms = max(length_ms(talk), marks[-1].at_ms + 1) if length_ms(talk) else marks[-1].at_ms + _LAST_MS
    ends_ms = [*(mark.at_ms for mark in marks[1:]), end_ms]
    cues = (
        webvtt.Cue(mark.at_ms, end_ms, (mark.title,)) for mark, end_ms in zip(marks, ends_ms, strict=True)
    )
    unknown = (
        ()
        if length_ms(talk)
        else (_("The recording’s length is not known, so the last chapter was given 10 minutes."),)
    )
    return webvtt.written(cues), (*_together(marks), *unknown)


def podcast(chapters: Chapters, talk: Talk) -> tuple[str, tuple[str, ...]]:
    """JSON chapters 1.2.0 (the document “jsonChapters” of the podcast namespace) and notices."""
    about = {
        "title": wording.title(talk),
        "author": ", ".join(filter(None, map(wording.one_line, talk.speakers))),
    }
    document: dict[str, Any] = {
        "version": "1.2.0",
        **{key: text for key, text in about.items() if text},
        "chapters": [_chapter(mark) for mark in chapters.marks],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", tuple(_together(chapters.marks))


def _chapter(mark: Mark) -> dict[str, Any]:
    whole_s, ms = divmod(mark.at_ms, 1000)
    more = {"img": mark.picture, "url": mark.page}
    return {
        "startTime": mark.at_ms / 1000 if ms else whole_s,
        "title": mark.title,
        **{key: address for key, address in more.items() if address},
    }


def _together(marks: Sequence[Mark]) -> Iterator[str]:
    for one, other in pairwise(marks):
        if one.at_ms == other.at_ms:
            yield _("“{title}” at {time} and “{other}” begin at the same moment.").format(
                title=one.title, time=timecode.clock(one.at_ms), other=other.title
            )
