"""What is known of a talk, as its dialog shows it: read from the talk, checked as it is typed, taken over."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from desktopnotes.actions import notes, sources
from desktopnotes.media.source import check_source
from desktopnotes.model import talk_edits, timecode
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from desktopnotes.model.shortening import to_letters
from desktopnotes.session import Session
from desktopnotes.words import _

TITLE, LINK = "talk's title", "talk's link"
"""The parts of the window that `show` opens at a field."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, as typed: speakers a line each or with commas, tags with commas."""

    title: str = ""
    speakers: str = ""
    url: str = ""
    file: str = ""
    captions: str = ""
    offset: str = ""
    tags: str = ""


FIELDS = tuple(each.name for each in fields(Typed))


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence below a field; with `is_wrong` it cannot be taken over so."""

    text: str
    is_wrong: bool = False


def show(session: Session) -> None:
    session.screen.show("talk")


def show_title(session: Session) -> None:
    session.refuse_if_read_only()
    session.screen.show(TITLE)


def show_link(session: Session) -> None:
    session.refuse_if_read_only()
    session.screen.show(LINK)


def of_talk(talk: Talk) -> Typed:
    return Typed(
        talk.title,
        "\n".join(talk.speakers),
        talk.url,
        talk.file,
        talk.captions,
        offset_shown(talk.offset_ms),
        ", ".join(talk.tags),
    )


def offset_shown(offset_ms: int) -> str:
    """A time as it is typed, with "-" where it is below 0; "0" for none."""
    sign = "-" if offset_ms < 0 else ""
    digits = 3 if offset_ms % 1000 else 0
    return f"{sign}{timecode.clock(abs(offset_ms), digits=digits)}" if offset_ms else "0"


def read_offset(text: str) -> int:
    """The ms of a time that may be below 0, none where nothing is typed. Raises `UserError`."""
    words = text.strip()
    if not words:
        return 0
    unsigned = words.lstrip("-−–+")
    if len(words) - len(unsigned) > 1:
        timecode.parse(words)  # says what is accepted
    return timecode.parse(unsigned) * (-1 if words[0] in "-−–" else 1)


def read_speakers(text: str) -> tuple[str, ...]:
    """Names of a line each or with commas between them, each once."""
    return _each_once(text.replace("\n", ",").split(","))


def read_tags(text: str) -> tuple[str, ...]:
    """Tags with commas between them, or words that all begin with "#"; the sign is no part of a tag."""
    parts = text.replace("\n", ",").split(",")
    if len(parts) == 1 and all(word.startswith("#") for word in text.split()):
        parts = text.split()
    return _each_once([part.strip().lstrip("#") for part in parts])


def _each_once(words: list[str]) -> tuple[str, ...]:
    cleaned = (" ".join(word.split()) for word in words)
    return tuple(dict.fromkeys(word for word in cleaned if word))


def remark(field: str, typed: Typed) -> Remark | None:
    """What is to be said of a field as it stands, without looking at the disk."""
    if field == "title" and not typed.title.strip():
        return Remark(_("Without a title the talk is shown as “Untitled talk”."))
    if field == "url":
        return _about_url(typed.url)
    if field == "offset":
        return _about_offset(typed)
    return None


def _about_url(url: str) -> Remark | None:
    from desktopnotes.export import links  # a start does without it

    words = url.strip()
    if not words or (links.is_public(words) and len(words.split()) == 1):
        return None
    if "://" not in words:
        return Remark(_("That is not an address of a page. It begins with https://."), is_wrong=True)
    return Remark(_("Readers cannot open that: an address of a page begins with https:// or http://."), True)


def _about_offset(typed: Typed) -> Remark | None:
    try:
        offset_ms = read_offset(typed.offset)
    except UserError:
        shown = to_letters(typed.offset, 40)
        told = _("“{typed}” is not a time. Write it as 1:02:03.5, 90 or 1m30s, with - where it is below 0.")
        return Remark(told.format(typed=shown), is_wrong=True)
    if not (typed.file.strip() and typed.url.strip()):
        return None
    return Remark(sources.offset_words(offset_ms))


def place_of(session: Session, text: str) -> Path | None:
    """The file that is meant: from the notebook's folder on, "~" for home; None where nothing is typed."""
    words = text.strip()
    if not words:
        return None
    return session.store.absolute(os.path.expanduser(words.replace("\0", "")))


def look_at_file(place: Path, *, is_recording: bool) -> Remark | None:
    """What is to be said of a file (kept anyway). It looks at the disk: not on the window's thread."""
    try:
        if is_recording:
            check_source(place)
        elif not os.path.isfile(place):
            return Remark(_("The captions are not there now."))
    except UserError as error:
        if os.path.exists(place):
            return Remark(error.message.replace(" " + _("The notes are safe."), ""))
        return Remark(_("It is not there now. It is kept, and looked for when the talk is opened."))
    except (OSError, ValueError):
        return Remark(_("That is no name of a file."))
    return None


def take(session: Session, talk_id: str, typed: Typed) -> None:
    """Takes the fields over as one step. Raises `UserError` where one of them cannot be."""
    for field in FIELDS:
        if (said := remark(field, typed)) and said.is_wrong:
            raise UserError(said.text, _("Nothing was changed."))
    notes.end(session)
    before = session.notebook.talk(talk_id)
    if before is None:
        raise UserError(_("The talk is not in the notebook any more. Nothing was changed."))
    was = of_talk(before)
    changes: dict[str, object] = {}
    readers: dict[str, Callable[[str], object]] = {
        "title": lambda text: " ".join(text.split()),
        "speakers": read_speakers,
        "url": str.strip,
        "file": partial(_named, session),
        "captions": partial(_named, session),
        "offset": read_offset,
        "tags": read_tags,
    }
    for field, read in readers.items():
        text = getattr(typed, field)
        if text != getattr(was, field):  # what was not touched stays as it is, to the letter
            changes["offset_ms" if field == "offset" else field] = read(text)
    session.do(_("Change Talk"), talk_edits.set_data(session.notebook, talk_id, **changes))
    if talk_id == session.talk_id:
        session.play_as_it_is_now(before, asks=True)
    session.save_now()


def _named(session: Session, text: str) -> str:
    """A file as the notebook names it."""
    place = place_of(session, text)
    return session.store.relative(place) if place else ""
