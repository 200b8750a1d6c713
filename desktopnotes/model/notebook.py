"""The notebook as frozen values: what the user owns, in memory; the file format mirrors it key by key.

Everything is a tuple or a frozen dataclass, so that an edit shares all that it does not touch, an earlier
state can be kept for undo, another thread can save a value that cannot change, and a redraw compares by `is`.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import SystemRandom
from types import MappingProxyType
from typing import Any, TypeVar

Unknown = Mapping[str, Any]
"""Keys of the file that this version does not know: kept, and written back at the end of their object."""

NOTHING_UNKNOWN: Unknown = MappingProxyType({})


def nothing_unknown() -> Unknown:
    """The default of `unknown`, given by a function since Python 3.11 takes no mapping as a default."""
    return NOTHING_UNKNOWN


_ID_LENGTH = 12
_ID_LETTERS = (string.ascii_lowercase + string.digits).encode()
_USED_BYTES = 256 // len(_ID_LETTERS) * len(_ID_LETTERS)
_TO_LETTERS = (_ID_LETTERS * 8)[:256]
_NOT_USED = bytes(range(_USED_BYTES, 256))
"""Bytes that stand for no letter, so that all letters are equally likely."""


_CHANCE = SystemRandom()


def new_id() -> str:
    """A fresh id: 12 characters of `[a-z0-9]` (62 bits, so unique without looking)."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """So many fresh ids, for a paste of a hundred thousand notes in one go.

    By the system's chance, as `secrets` has it, but without loading OpenSSL at every start.
    """
    wanted, letters = count * _ID_LENGTH, ""
    while len(letters) < wanted:
        chance = _CHANCE.randbytes((wanted - len(letters)) * 17 // 16 + 4)
        letters += chance.translate(_TO_LETTERS, _NOT_USED).decode("ascii")
    return [letters[place : place + _ID_LENGTH] for place in range(0, wanted, _ID_LENGTH)]


def derived_id(*parts: str) -> str:
    """An id like any other that always follows from the same words."""
    import hashlib  # loads OpenSSL, which a start does without

    content = "\0".join(parts).encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.sha256(content).digest(), "big")
    letters = []
    for _ in range(_ID_LENGTH):
        number, place = divmod(number, len(_ID_LETTERS))
        letters.append(chr(_ID_LETTERS[place]))
    return "".join(letters)


class Kind(StrEnum):
    """What a note is, which decides how the note appears in the post; a file's other words are kept."""

    THOUGHT = "thought"
    QUOTE = "quote"
    QUESTION = "question"
    LINK = "link"
    CHAPTER = "chapter"
    PRIVATE = "private"


class State(StrEnum):
    """How far a talk has been watched."""

    TO_WATCH = "to_watch"
    WATCHING = "watching"
    WATCHED = "watched"


class Style(StrEnum):
    """The built-in styles of a post; a user's own goes by its name."""

    LIST = "list"
    TIMELINE = "timeline"
    OUTLINE = "outline"


class Site(StrEnum):
    """What builds the author's site; a page is built already."""

    PLAIN = "plain"
    HUGO = "hugo"
    JEKYLL = "jekyll"
    ASTRO = "astro"
    OBSIDIAN = "obsidian"
    PAGE = "page"


class Times(StrEnum):
    """How a note's time shows in a post."""

    NONE = "none"
    INLINE = "inline"
    SUPERSCRIPT = "superscript"


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of Markdown text, usually stamped. `at_ms` is None for a note about the talk as a whole."""

    id: str
    at_ms: int | None = None
    end_ms: int | None = None
    kind: str = Kind.THOUGHT
    text: str = ""
    picture: str = ""
    alt: str = ""
    caption: str = ""
    used: bool = False
    approximate: bool = False
    conflict: bool = False
    created: str = ""
    edited: str = ""
    unknown: Unknown = field(default_factory=nothing_unknown)

    @property
    def is_empty(self) -> bool:
        """A note with neither words nor a snapshot: a bookmark, never exported."""
        return not self.text.strip() and not self.picture


@dataclass(frozen=True, slots=True)
class Chapter:
    at_ms: int
    title: str
    unknown: Unknown = field(default_factory=nothing_unknown)


@dataclass(frozen=True, slots=True)
class Talk:
    """One recording: where it plays from, how far it was watched, its notes in the order of the page.

    `file` is relative to the notebook where that is possible; `url` is the page that readers open;
    `offset_ms` is added when a link into `url` is made.
    """

    id: str
    title: str = ""
    original_title: str = ""
    speakers: tuple[str, ...] = ()
    url: str = ""
    file: str = ""
    duration_ms: int = 0
    state: str = State.TO_WATCH
    position_ms: int = 0
    rate: float = 1.0
    offset_ms: int = 0
    tags: tuple[str, ...] = ()
    captions: str = ""
    chapters: tuple[Chapter, ...] = ()
    write_up: str = ""
    notes: tuple[Note, ...] = ()
    unknown: Unknown = field(default_factory=nothing_unknown)

    @property
    def has_page(self) -> bool:
        """Whether `url` is an address of the web, and not empty, a file's or of a program's own kind."""
        return self.url.lower().startswith(("http://", "https://"))

    def note(self, note_id: str) -> Note | None:
        return next((note for note in self.notes if note.id == note_id), None)

    def index_of(self, note_id: str) -> int | None:
        return next((i for i, note in enumerate(self.notes) if note.id == note_id), None)


@dataclass(frozen=True, slots=True)
class Published:
    date: str = ""
    url: str = ""
    unknown: Unknown = field(default_factory=nothing_unknown)


@dataclass(frozen=True, slots=True)
class Exported:
    """Where a post was written to; `path` is relative to the notebook where that is possible."""

    path: str
    site: str = Site.PLAIN
    unknown: Unknown = field(default_factory=nothing_unknown)


@dataclass(frozen=True, slots=True)
class Post:
    """What is published: `talks` are ids of talks in the order of the post; `date` is a date without time."""

    id: str
    title: str = ""
    date: str = ""
    slug: str = ""
    lang: str = "en"
    tags: tuple[str, ...] = ()
    description: str = ""
    draft: bool = False
    intro: str = ""
    closing: str = ""
    talks: tuple[str, ...] = ()
    style: str = Style.LIST
    site: str = Site.PLAIN
    times: str = Times.NONE
    published: Published | None = None
    exported: tuple[Exported, ...] = ()
    unknown: Unknown = field(default_factory=nothing_unknown)


@dataclass(frozen=True, slots=True)
class Notebook:
    """One file, usually one event. `pictures` names the folder beside the file; empty until there is one."""

    id: str
    title: str = ""
    created: str = ""
    pictures: str = ""
    talks: tuple[Talk, ...] = ()
    posts: tuple[Post, ...] = ()
    unknown: Unknown = field(default_factory=nothing_unknown)

    def talk(self, talk_id: str) -> Talk | None:
        return next((talk for talk in self.talks if talk.id == talk_id), None)

    def post(self, post_id: str) -> Post | None:
        return next((post for post in self.posts if post.id == post_id), None)

    def post_of(self, talk_id: str) -> Post | None:
        """The newest post that the talk stands in."""
        return next((post for post in reversed(self.posts) if talk_id in post.talks), None)


Thing = TypeVar("Thing", Note, Talk, Post, Notebook)


def changed(thing: Thing, **fields: Any) -> Thing:
    """The thing with other values in `fields`; the very same one where they are what it has already."""
    if all(getattr(thing, name) == value for name, value in fields.items()):
        return thing
    return replace(thing, **fields)
