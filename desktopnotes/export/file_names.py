"""Names of files such that every system and every site takes them, whatever was typed as a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from desktopnotes.export import markdown
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Note, Talk

_LONGEST_SLUG = 80
_LONGEST_SLUG_BYTES = 160
"""A file name has 255 bytes at most; a date, a number and a suffix must fit as well."""

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
_RESERVED = re.compile(rf"{_DEVICE.pattern}|index|_index")
"""Names that Windows keeps for devices, and that sites keep for a folder's own page."""

_LATIN_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]')
_NOT_IN_NOTE_NAMES = re.compile(r'[<>:"|?*\\/#^\[\]%]+')
_JOINERS = "\u200c\u200d"

_PICTURE_SUFFIXES = {"png": ".png", "jpeg": ".jpg", "webp": ".webp"}

_TO_LATIN = str.maketrans(
    {
        **dict(zip("ßæœøđðþłı", ("ss", "ae", "oe", "o", "d", "d", "th", "l", "i"), strict=True)),
        **dict.fromkeys("'’‘ʼ", ""),
    }
)


def path(folder: str, name: str, suffix: str, *, otherwise: str) -> str:
    """`name` in `folder`, both with `/` and of any origin, as a path that leads nowhere but down.

    `otherwise` is the file's name, less its suffix, where nothing is left of `name`.
    """
    parts = [part for part in map(_file_name, f"{folder}/{name}".split("/")) if part]
    last = parts.pop() if parts and name.strip("/") else otherwise
    if not last.lower().endswith((suffix, ".markdown") if suffix == ".md" else suffix):
        last = f"{re.sub(r'[.](?:mdx?|html?)$', '', last)}{suffix}"
    return "/".join((*parts, last))


def note_name(title: str) -> str:
    """The title as the name of a note: in Obsidian that is what stands above it."""
    words = " ".join(_NOT_IN_NOTE_NAMES.sub(" ", _visible(title)).split())
    return _shortened_at(words, " ", 120).strip(" .")


def _file_name(part: str) -> str:
    """The part of a path as one that is a name on every system; empty if nothing of it can be."""
    name = _NOT_IN_FILE_NAMES.sub("", _visible(part)).strip(" -").lstrip(".").rstrip(" .")
    name = name.encode()[:200].decode(errors="ignore") if len(name.encode()) > 200 else name
    return f"{name}-notes" if _DEVICE.fullmatch(name.partition(".")[0].lower()) else name


def _visible(text: str) -> str:
    """Without signs that nobody sees, such as those that turn the order of letters round.

    Those that join letters or keep them apart stay between letters, and between emoji: some scripts are
    spelled with them.
    """
    text = markdown.normalised(text)
    kinds = [unicodedata.category(sign) for sign in text]
    pairs = zip(kinds, [*kinds[1:], ""], ["", *kinds[:-1]], text, strict=False)
    return "".join(
        sign
        for kind, behind, before, sign in pairs
        if kind != "Cf" or (sign in _JOINERS and _can_be_joined(before) and _can_be_joined(behind))
    )


def _can_be_joined(category: str) -> bool:
    return category[:1] in ("L", "M") or category in ("So", "Sk")


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
    return _shortened_at(words, "-", longest).strip("-")


def _shortened_at(words: str, gap: str, longest: int) -> str:
    short = words[:longest].encode()[:_LONGEST_SLUG_BYTES].decode(errors="ignore")
    return short.rpartition(gap)[0] if short != words and gap in short else short


def picture_name(talk: Talk, note: Note, taken: Iterable[str], kind: str = "webp") -> str:
    """A name that tells talk and moment, such as `weaving-the-mesh-09m31s.webp`, and is none of `taken`.

    `kind` is "webp", "jpeg" or "png".
    """
    suffix = _PICTURE_SUFFIXES.get(kind, ".webp")
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
