"""What was read from a file, as values: a post with its talks, or notes of no talk in particular."""

from __future__ import annotations

import html
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from desktopnotes.model.notebook import Chapter, Kind


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note as a file has it. `of_page`: its times are those of the public recording, which may begin
    later or earlier than what is played. `picture` is the Markdown of one that the file shows with it.
    """

    text: str
    at_ms: int | None = None
    end_ms: int | None = None
    kind: str = Kind.THOUGHT
    of_page: bool = False
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ReadTalk:
    """A talk as a file has it."""

    title: str = ""
    url: str = ""
    write_up: str = ""
    notes: tuple[ReadNote, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A post as a file has it; what is empty the file does not say."""

    title: str = ""
    date: str = ""
    slug: str = ""
    lang: str = ""
    tags: tuple[str, ...] = ()
    description: str = ""
    draft: bool = False
    intro: str = ""
    closing: str = ""
    style: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that means nothing to us; `line` counts from 1, 0 where it is about the file as a whole."""

    line: int
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """All that was found in a file: a post with its talks, or notes and chapters of no talk in particular."""

    talks: tuple[ReadTalk, ...] = ()
    post: ReadPost | None = None
    notes: tuple[ReadNote, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    unread: tuple[Unread, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.talks or self.notes or self.chapters)

    @property
    def may_be_chapters(self) -> bool:
        """Whether the notes are such as a video site takes for chapters: from 0:00 on, at least three, by
        time, 10 s apart (YouTube's rule), each a title of one line.
        """
        times = [note.at_ms for note in self.notes if note.at_ms is not None]
        return (
            len(times) == len(self.notes) >= 3
            and times[0] == 0
            and all(after - before >= 10_000 for before, after in pairwise(times))
            and all(0 < len(note.text) <= 100 and "\n" not in note.text for note in self.notes)
        )


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file by its name, and what was found in it."""

    name: str
    found: Imported


def as_chapter_notes(found: Imported) -> Imported:
    """The notes as such that begin a chapter."""
    return replace(found, notes=tuple(replace(note, kind=Kind.CHAPTER) for note in found.notes))


def as_chapters(found: Imported) -> Imported:
    """The notes as chapters of the recording itself."""
    titles = tuple(Chapter(note.at_ms or 0, note.text) for note in found.notes)
    return replace(found, notes=(), chapters=(*found.chapters, *titles))


def words_of(text: str) -> str:
    """What stays the same of a text however it is marked up: no spaces, quotes, stops or Markdown."""
    said = html.unescape(text)
    kept = "".join(sign for sign in said if _says_something(sign))
    return kept or "".join(said.split()).replace("\\", "")


def _says_something(sign: str) -> bool:
    return sign.isalnum() or (sign not in "<>`" and unicodedata.category(sign)[0] in "SM")
