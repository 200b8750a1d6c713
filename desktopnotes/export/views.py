"""What a style's template sees of talks and notes: ready Markdown, made when it asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from desktopnotes.export import compose, links, markdown, passages, sites
from desktopnotes.export.languages import Language
from desktopnotes.export.result import PictureToCopy
from desktopnotes.model import timecode
from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Kind, Note, Talk


@dataclass(slots=True)
class Album:
    """The pictures that a post really shows; they get their names in the order in which it shows them.

    `source` is the notebook's folder of pictures; without one no picture is shown.
    """

    source: Path | None
    folder: str
    shown: list[PictureToCopy] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def show(self, talk: Talk, note: Note) -> str:
        """The Markdown of the note's picture; empty where it has none or it cannot be found."""
        if not note.picture or self.source is None:
            return ""
        if not _is_in(self.source, note.picture):
            self.missing.append(note.picture)
            return ""
        name = sites.picture_name(talk, note, self._taken)
        self._taken.add(name)
        path = str(PurePosixPath(self.folder, name))
        self.shown.append(PictureToCopy(self.source / note.picture, path))
        return f"!{markdown.link(markdown.plain(note.alt) or _described(talk, note), path)}"


def _is_in(folder: Path, name: str) -> bool:
    """Whether a picture of that name lies in the folder itself; a link may not lead elsewhere."""
    if not is_plain_name(name):
        return False
    file = os.path.realpath(folder / name)
    return os.path.isfile(file) and os.path.dirname(file) == os.path.realpath(folder)


def _described(talk: Talk, note: Note) -> str:
    """What stands for a picture that nobody described: where it is from."""
    at = f", {timecode.clock(note.at_ms)}" if note.at_ms is not None else ""
    return markdown.plain(title(talk) + at)


@dataclass(frozen=True)
class NoteView:
    """A note by itself. `blocks` is all of it: its time before its first words, its picture last."""

    note: Note
    talk: Talk
    words: Language
    album: Album

    @property
    def time(self) -> str:
        return compose.time_link(self.talk, self.note)

    @cached_property
    def picture(self) -> str:
        return self.album.show(self.talk, self.note)

    @property
    def blocks(self) -> list[str]:
        said = compose.by_itself(self.note, self.talk, self.words) if compose.appears(self.note) else ()
        blocks = [block.text for block in said]
        picture = self.picture if self.note.picture else ""
        time = self.time if blocks or picture else ""
        if time and said and not said[0].is_code:
            blocks[0] = f"{time} {blocks[0]}"
        elif time:
            blocks.insert(0, time)
        return [*blocks, picture] if picture else blocks


@dataclass(frozen=True)
class TalkView:
    """A talk in a post: `text` is its write-up, else the prose of its notes; `notes` those that may leave."""

    talk: Talk
    words: Language
    times: str
    album: Album

    @property
    def plain(self) -> str:
        return markdown.plain(title(self.talk))

    @property
    def plain_line(self) -> str:
        return markdown.plain_line(title(self.talk))

    @property
    def link(self) -> str:
        """The title as a link to the recording; empty where there is no public one."""
        return markdown.link(self.plain, self.talk.url) if links.is_public(self.talk.url) else ""

    @cached_property
    def _write_up(self) -> passages.Passage:
        return passages.passage(self.talk.write_up) if self.talk.write_up.strip() else passages.Passage()

    @property
    def write_up(self) -> str:
        return self._write_up.text

    @cached_property
    def prose(self) -> str:
        return compose.prose(self.talk, self.talk.notes, times=self.times, words=self.words)

    @property
    def text(self) -> str:
        return self.write_up or self.prose

    @property
    def flows(self) -> bool:
        """Whether the title may stand before the text in its first line."""
        return self._write_up.flows if self.write_up else not self.prose.startswith(("```", "~~~"))

    @cached_property
    def notes(self) -> tuple[NoteView, ...]:
        return tuple(NoteView(note, self.talk, self.words, self.album) for note in shown(self.talk.notes))


def shown(notes: Iterable[Note]) -> Iterable[Note]:
    """The notes with words or a snapshot for the post."""
    return (note for note in notes if compose.appears(note) or (note.picture and note.kind != Kind.PRIVATE))


def is_left_out(talk: Talk) -> bool:
    return not talk.write_up.strip() and not any(True for _ in shown(talk.notes))


def title(talk: Talk) -> str:
    """The talk's title, else what comes next to one: readers need something to click on."""
    names = (talk.title, talk.original_title, PurePosixPath(talk.file).stem, talk.url)
    return next((name.strip() for name in names if name.strip()), "A talk")
