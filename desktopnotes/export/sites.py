"""Where a post goes: file names, picture names, and what stands above the text. A new site is a value here.

File names are such that every system and every site takes them, whatever was typed as a title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from desktopnotes.export import markdown
from desktopnotes.model import timecode
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Note, Site, Talk

_LONGEST_SLUG = 80
_LONGEST_SLUG_BYTES = 160
"""A file name has 255 bytes at most; a date, a number and a suffix must fit as well."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index|_index)")
"""Names that Windows keeps for devices, and that sites keep for a folder's own page."""

_LATIN_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")

_PICTURE_SUFFIXES = {".png": ".png", ".jpg": ".jpg", ".jpeg": ".jpg", ".webp": ".webp"}

_TO_LATIN = str.maketrans(
    {
        **dict(zip("ßæœøđðþłı", ("ss", "ae", "oe", "o", "d", "d", "th", "l", "i"), strict=True)),
        **dict.fromkeys("'’‘ʼ", ""),
    }
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a site is told of a post; `title` and `date_line` are words as typed, no Markdown yet."""

    title: str
    date: str
    date_line: str
    slug: str


@dataclass(frozen=True, slots=True)
class SiteForm:
    """How a site wants a post. Both paths are relative to the folder that is exported to, with `/`."""

    name: str
    suffix: str
    file_name: Callable[[Head], str]
    pictures_folder: Callable[[Head], str]
    opening: Callable[[Head], str]


def _plain_opening(head: Head) -> str:
    title = f"# {markdown.plain(head.title)}"
    return f"{title}\n\n{markdown.plain_line(head.date_line)}" if head.date_line else title


PLAIN = SiteForm(
    Site.PLAIN,
    suffix=".md",
    file_name=lambda head: f"{head.slug}.md",
    pictures_folder=lambda head: f"{head.slug}-pictures",
    opening=_plain_opening,
)

SITES = (PLAIN,)


def site_names() -> tuple[str, ...]:
    return tuple(site.name for site in SITES)


def site(name: str) -> SiteForm:
    """Raises `UserError` for a site that this version does not know."""
    for form in SITES:
        if form.name == name:
            return form
    raise UserError(f"“{name}” is no site that posts can be exported for.", f"There is {_and(site_names())}.")


def _and(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def slug(title: str, *, otherwise: str = "notes", longest: int = _LONGEST_SLUG) -> str:
    """The title as a file name and part of an address: small letters, digits and hyphens.

    Latin letters lose their accents; other scripts stay, as nobody can read them spelled out by a program.
    """
    spelled = unicodedata.normalize("NFKD", title).lower().translate(_TO_LATIN)
    spelled = unicodedata.normalize("NFC", _LATIN_ACCENT.sub("", spelled))
    words = re.sub("-+", "-", "".join(sign if _is_of_a_word(sign) else "-" for sign in spelled))
    words = _shortened(words.strip("-"), longest) or otherwise
    return f"{words}-notes" if _RESERVED.fullmatch(words) else words


def _is_of_a_word(sign: str) -> bool:
    """Letters, digits, and the marks that are vowels in some scripts (but not those that colour an emoji)."""
    return sign.isalnum() or (unicodedata.category(sign) in ("Mn", "Mc") and not "\ufe00" <= sign <= "\ufe0f")


def _shortened(words: str, longest: int) -> str:
    short = words[:longest].encode()[:_LONGEST_SLUG_BYTES].decode(errors="ignore")
    if short != words and "-" in short:
        short = short.rpartition("-")[0]
    return short.strip("-")


def picture_name(talk: Talk, note: Note, taken: Iterable[str]) -> str:
    """A name that tells talk and moment, such as `weaving-the-mesh-09m31s.png`, and is none of `taken`."""
    suffix = _PICTURE_SUFFIXES.get(PurePosixPath(note.picture).suffix.lower(), ".png")
    name = slug(talk.title, otherwise="talk", longest=50)
    if note.at_ms is not None:
        name = f"{name}-{_moment(note.at_ms)}"
    number = 1
    unique = name + suffix
    while unique in taken:
        number += 1
        unique = f"{name}-{number}{suffix}"
    return unique


def _moment(at_ms: int) -> str:
    *hours, minutes, seconds = timecode.clock(at_ms).split(":")
    return "".join(f"{hour}h" for hour in hours) + f"{minutes}m{seconds}s"
