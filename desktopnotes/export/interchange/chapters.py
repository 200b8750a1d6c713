"""A recording's chapters, from its notes of that kind: in order, at the times of the public recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktopnotes.export.interchange import wording
from desktopnotes.export.interchange.talks import length_ms, offset_ms
from desktopnotes.export.languages import Language
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Kind, Note, Talk
from desktopnotes.words import _


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a chapter begins, its title in one line, and a page and a picture of the web if it names some."""

    at_ms: int
    title: str
    page: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Chapters:
    """`notices` say what was done with them and what is amiss, one sentence each."""

    marks: tuple[Mark, ...]
    notices: tuple[str, ...] = ()


def of_talk(talk: Talk, words: Language) -> Chapters:
    """Those that the notes of kind chapter begin, else the recording's own; none where there are neither."""
    notices: list[str] = []
    marks = _of_notes(talk, words, notices)
    if not marks and talk.chapters:
        notices.append(_("No note is a chapter, so these are the recording’s own."))
        marks = _own(talk)
    marks = _from_the_start(_in_order(marks, notices), notices)
    end_ms = length_ms(talk)
    if end_ms:
        late = (mark for mark in marks if mark.at_ms >= end_ms)
        notices += (
            _("“{title}” at {time} is not within the recording, which ends at {end}.").format(
                title=mark.title, time=_clock(mark.at_ms), end=_clock(end_ms)
            )
            for mark in late
        )
    return Chapters(tuple(marks), tuple(notices))


def _clock(at_ms: int) -> str:
    return timecode.clock(at_ms)


def _of_notes(talk: Talk, words: Language, notices: list[str]) -> list[Mark]:
    marks = []
    for note in talk.notes:
        if note.kind != Kind.CHAPTER:
            continue
        title = wording.in_one_line(note, talk, words)
        if title and note.at_ms is not None:
            marks.append(Mark(note.at_ms + offset_ms(talk), title, *_links(note, talk, words)))
        elif title:
            notices.append(_("“{title}” was left out: it has no time.").format(title=title))
        elif note.at_ms is not None:
            notices.append(
                _("The chapter at {time} was left out: it has no title.").format(time=_clock(note.at_ms))
            )
    return marks


def _links(note: Note, talk: Talk, words: Language) -> tuple[str, str]:
    return wording.addresses(note, talk, words) if "://" in note.text else ("", "")


def _own(talk: Talk) -> list[Mark]:
    """They came from the recording's page and have its times; without it, those of the file are meant."""
    by_ms = offset_ms(talk) - talk.offset_ms
    titles = (wording.one_line(one.title) or f"Chapter {at}" for at, one in enumerate(talk.chapters, 1))
    return [Mark(one.at_ms + by_ms, title) for one, title in zip(talk.chapters, titles, strict=True)]


def _in_order(marks: Sequence[Mark], notices: list[str]) -> list[Mark]:
    latest_ms = min((mark.at_ms for mark in marks), default=0)
    for mark in marks:
        if mark.at_ms < latest_ms:
            notices.append(
                _("“{title}” at {time} stood behind a later one, and was put in order of time.").format(
                    title=mark.title, time=_clock(mark.at_ms)
                )
            )
        latest_ms = max(latest_ms, mark.at_ms)
    return sorted(marks, key=lambda mark: mark.at_ms)


def _from_the_start(marks: Sequence[Mark], notices: list[str]) -> list[Mark]:
    """Of those that begin before the public recording only the last is seen, from its beginning on."""
    early = [mark for mark in marks if mark.at_ms < 0]
    within = [mark for mark in marks if mark.at_ms >= 0]
    if early and not (within and within[0].at_ms == 0):
        within.insert(0, replace(early.pop(), at_ms=0))
    notices += (
        _("“{title}” was left out: it is over before the recording begins.").format(title=mark.title)
        for mark in early
    )
    return within
