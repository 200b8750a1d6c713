"""Names as people and download tools write them: the title and speakers of a talk, names of files.

All of it is guessing from habits, so where a name could be read in two ways it is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A recording's title taken apart; `original` is the whole as it was given."""

    title: str
    speakers: tuple[str, ...]
    original: str


_DASH = re.compile(r"\s+[-–—]\s+")
_LEVEL = re.compile(
    r"\s*(?:\[(?:[A-Z]|Beginner|Intermediate|Advanced|Any)\]"
    r"|\((?:Beginner|Intermediate|Advanced|Any)(?: Skill Level)?\))(?=\s|$)"
)
_KEYNOTE = re.compile(r"^Keynote:\s*(?=\S)", re.IGNORECASE)
_BETWEEN_PEOPLE = re.compile(r"\s*(?:\s&\s|;|\s/\s|\band\b)\s*")
_PARTICLE = re.compile("al|ben|bin|da|das|de|del|den|der|di|dos|du|el|la|le|ten|van|von|zu")
_OF_NAMES_ONLY = re.compile(rf"\b(?:{_PARTICLE.pattern}|[A-Z]\.)(?=\s)")
_NOT_IN_NAMES = re.compile(
    "an?|and|demos?|for|from|how|in|introduction|is|keynotes?|live|of|on|overview|panel|parts?|session|"
    "summit|the|to|tutorial|using|via|what|when|why|with|workshop|your",
    re.IGNORECASE,
)
_EVENT = re.compile(r"[^A-Z]Con[f.]?$|Days$")


def title_and_speakers(text: str) -> TitleParts:
    """Takes "Title [I] - A & B, Company" apart: the last dash divides, if people stand behind it.

    Level marks and "Keynote:" are dropped, and so is the company; `original` keeps all.
    """
    whole = " ".join(text.split())
    title, speakers = whole, tuple[str, ...]()
    dashes = list(_DASH.finditer(whole))
    if dashes:
        head, tail = whole[: dashes[-1].start()], whole[dashes[-1].end() :]
        speakers = _people(_LEVEL.sub("", tail), _LEVEL.sub("", head))
        title = head if speakers else whole
    short = _KEYNOTE.sub("", _LEVEL.sub("", title)).strip()
    return TitleParts(short or title, speakers, text)


def _people(text: str, title: str) -> tuple[str, ...]:
    """The names in "A & B, Company" without the company; none where it may as well be a part of the title."""
    if not any(char.isalpha() for char in title):
        return ()
    pieces = [piece for piece in _BETWEEN_PEOPLE.split(text) if piece]
    names = tuple(re.sub(r"\s*\(.*?\)", "", piece.split(",")[0]).strip() for piece in pieces)
    alone = len(names) == 1 and not any(mark in text for mark in ",(")
    if not names or not all(_may_be_a_name(name, alone=alone) for name in names):
        return ()
    # "Rich Hickey - Simple Made Easy" is the other way round, and only the sense of the words tells it.
    if (
        alone
        and len(text.split()) > 2
        and not _OF_NAMES_ONLY.search(text)
        and _may_be_a_name(title, alone=True)
    ):
        return ()
    return names


def _may_be_a_name(text: str, *, alone: bool) -> bool:
    """`alone`: nothing around it says that it is one, so a single word is not enough."""
    words = text.split()
    few = 2 if alone and text.isascii() else 1
    return few <= len(words) <= 5 and all(map(_may_be_in_a_name, words))


def _may_be_in_a_name(word: str) -> bool:
    spelled = word[0].isalpha() and all(char in ".'’-" or category(char)[0] in "LM" for char in word)
    capital = not word[0].islower() or _PARTICLE.fullmatch(word)
    return bool(spelled and capital) and not _NOT_IN_NAMES.fullmatch(word) and not _EVENT.search(word)


_TYPED_FOR_FILES = str.maketrans("：⧸＂＊＜＞？｜⧹", ':/"*<>?|\\')
"""What yt-dlp writes in place of characters that file systems do not take, and these."""

_SUFFIX = re.compile(r"(?:\.(?:av1|h264|f\d+))?\.(?:[A-Za-z][A-Za-z0-9]{1,4}|3gp)$")
_ID = re.compile(r"\s*\[([\w-]{6,})\]$", re.ASCII)
_YOUTUBE_ID_LENGTH = 11
_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_CCC = re.compile(r"^[a-z0-9]+-\d+(?:-[a-z]{3})+-(?=.)")
"""The head of a name from media.ccc.de: "34c3-9195-eng-deu-"."""

_NUMBER = re.compile(r"^\d{1,3}(?:\s*[-–—.)]\s+|[._]+)(?=.*[^\W\d])")
_QUALITY = re.compile(
    r"(?:[\s.,-]*[\[(]?\b(?:\d{3,4}p\d*|4k|[uf]?hd|sd|[xh]\.?26[45])\b[\])]?)+$", re.IGNORECASE
)


def cleaned_file_name(name: str) -> str:
    """A title made of a file's name: without suffix, `[ID]`, number and quality; words apart."""
    stem = _SUFFIX.sub("", name)
    text = stem if _id_in(stem) is None else _ID.sub("", stem)
    text = _NUMBER.sub("", _CCC.sub("", text.translate(_TYPED_FOR_FILES))).replace("_", " ").strip()
    for mark in ".-":
        if " " not in text and text.count(mark) > 1:
            text = re.sub(rf"(?<!\d)\{mark}|\{mark}(?!\d)", " ", text)
    text = _QUALITY.sub("", " ".join(text.split()))
    return (text[:1].upper() + text[1:] if text.islower() else text) or stem


def title_of_address(address: str) -> str:
    """What a talk is called while only its web address is known: that, less what says nothing."""
    plain = re.sub(r"^https?://(?:www\.)?", "", address.strip(), flags=re.IGNORECASE)
    return plain.partition("#")[0].rstrip("/")[:200] or address


def youtube_id_in(name: str) -> str:
    """The id in a file's name that ends in `[ID]`, as yt-dlp writes it; empty where there is none."""
    found = _id_in(_SUFFIX.sub("", name))
    return found if found is not None and len(found) == _YOUTUBE_ID_LENGTH else ""


def _id_in(stem: str) -> str | None:
    """What stands in brackets at the end, unless it is a word."""
    found = _ID.search(stem)
    return None if found is None or _PLAIN_WORD.fullmatch(found[1]) else found[1]


def natural_key(name: str) -> tuple[list[str | int], str]:
    """Sorts names as people do: 9 before 10, capital and small letters alike."""
    parts = re.split(r"(\d+)", name.casefold())
    return [int(part) if i % 2 else part for i, part in enumerate(parts)], name


_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f/\\]|^[A-Za-z]:")


def is_plain_name(name: str) -> bool:
    """Whether `name` is that of something lying right in a folder, on every system: no path, no drive."""
    return name not in ("", ".", "..") and not _NOT_PLAIN.search(name)
