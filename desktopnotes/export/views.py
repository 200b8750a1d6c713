"""What a style's template sees of a post: ready Markdown, made when it asks for it.

It sees what `SEEN` names and nothing else; docs/styles.md tells what each is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from desktopnotes.export import compose, links, markdown, passages
from desktopnotes.export.album import Album
from desktopnotes.export.kept import kept
from desktopnotes.export.languages import Language
from desktopnotes.model.notebook import Kind, Note, Talk

_time = kept(largest=16384)(compose.time_link)
_by_itself = kept(largest=16384)(compose.by_itself)


@kept(largest=512)
def _prose(talk: Talk, times: str, words: Language, raw_html: bool) -> str:
    return compose.prose(talk, talk.notes, times=times, words=words, raw_html=raw_html)


@dataclass(frozen=True)
class Manner:
    """What all talks of a post have in common. `around` are the signs of lists beside those of the talks."""

    words: Language
    times: str
    album: Album
    pictures_in_list: bool = False
    raw_html: bool = False
    around: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NoteView:
    """A note by itself. `blocks` is all of it: its time before its first words, its picture last."""

    note: Note
    talk: Talk
    manner: Manner

    @property
    def kind(self) -> str:
        return self.note.kind

    @property
    def time(self) -> str:
        return _time(self.talk, self.note)

    @cached_property
    def picture(self) -> str:
        return self.manner.album.show(self.talk, self.note, title(self.talk))

    def _said(self) -> tuple[markdown.Block, ...]:
        if not compose.appears(self.note):
            return ()
        return _by_itself(self.note, self.talk, self.manner.words, raw_html=self.manner.raw_html)

    @property
    def paragraphs(self) -> list[str]:
        return [block.text for block in self._said()]

    @property
    def blocks(self) -> list[str]:
        said = self._said()
        blocks = [block.text for block in said]
        picture = self.picture if self.note.picture else ""
        time = self.time if blocks or picture else ""
        if time and said and not said[0].is_code:
            blocks[0] = f"{time} {blocks[0]}"
        elif time:
            blocks.insert(0, time)
        return [*blocks, picture] if picture else blocks


@dataclass(frozen=True)
class SectionView:
    """Some notes of a talk: those of a chapter, or those before the first one, which have no `blocks`."""

    blocks: list[str]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True)
class TalkView:
    """A talk in a post: `text` is its write-up, else the prose of its notes; `notes` those that may leave."""

    talk: Talk
    manner: Manner

    @property
    def plain(self) -> str:
        return markdown.plain(title(self.talk))

    @property
    def plain_line(self) -> str:
        return markdown.plain_line(title(self.talk))

    @property
    def link(self) -> str:
        """The title as a link to the recording; empty where there is no public one."""
        address = links.public(self.talk.url)
        return markdown.link(self.plain, address) if address else ""

    @property
    def address(self) -> str:
        return markdown.destination(self.talk.url) if links.is_public(self.talk.url) else ""

    @property
    def speakers(self) -> list[str]:
        return [markdown.plain(name) for name in self.talk.speakers if name.strip()]

    @property
    def tags(self) -> list[str]:
        return [markdown.plain(tag) for tag in self.talk.tags]

    @cached_property
    def _write_up(self) -> passages.Passage:
        if not self.talk.write_up.strip():
            return passages.Passage()
        return passages.passage(self.talk.write_up, raw_html=self.manner.raw_html)

    @property
    def write_up(self) -> str:
        return self._write_up.text

    @cached_property
    def prose(self) -> str:
        return _prose(self.talk, self.manner.times, self.manner.words, self.manner.raw_html)

    @cached_property
    def illustrated_prose(self) -> str:
        pictures = {id(view.note): view.picture for view in self.notes if view.note.picture}
        if not pictures:
            return self.prose
        return compose.prose(
            self.talk,
            self.talk.notes,
            times=self.manner.times,
            words=self.manner.words,
            raw_html=self.manner.raw_html,
            picture=lambda note: pictures.get(id(note), ""),
        )

    @property
    def text(self) -> str:
        return self.write_up or (self.illustrated_prose if self.manner.pictures_in_list else self.prose)

    @property
    def flows(self) -> bool:
        """Whether the title may stand before the text in its first line."""
        return self._write_up.flows if self.write_up else not self.text.startswith(("```", "~~~", "!["))

    @cached_property
    def bullet(self) -> str:
        """A sign for a list below the write-up that makes it no part of the lists around it."""
        around = {self._write_up.last_bullet, *self.manner.around}
        return next(sign for sign in "-*+" if sign not in around)

    @cached_property
    def notes(self) -> tuple[NoteView, ...]:
        return tuple(NoteView(note, self.talk, self.manner) for note in shown(self.talk.notes))

    @cached_property
    def sections(self) -> tuple[SectionView, ...]:
        """The notes by their chapters: notes of that kind, else the recording's own that notes stand in."""
        if any(view.note.kind == Kind.CHAPTER for view in self.notes):
            parts = [
                (index, view.blocks) for index, view in enumerate(self.notes) if view.kind == Kind.CHAPTER
            ]
            bodies = [index + 1 for index, _ in parts]
        else:
            parts = self._own_chapters()
            bodies = [index for index, _ in parts]
        ends = [*(index for index, _ in parts[1:]), len(self.notes)]
        before = self.notes[: parts[0][0]] if parts else self.notes
        return (
            *((SectionView([], before),) if before else ()),
            *(
                SectionView(blocks, self.notes[start:end])
                for (_, blocks), start, end in zip(parts, bodies, ends, strict=False)
            ),
        )

    def _own_chapters(self) -> list[tuple[int, list[str]]]:
        """The first note of each chapter of the recording, and the chapter's time and title.

        Chapters have the times of the page, notes those of the file.
        """
        titled = (chapter for chapter in self.talk.chapters if chapter.title.strip())
        chapters = sorted(
            (replace(chapter, at_ms=chapter.at_ms - self.talk.offset_ms) for chapter in titled),
            key=lambda one: one.at_ms,
        )
        found: list[tuple[int, list[str]]] = []
        now = -1
        for index, view in enumerate(self.notes):
            if view.note.at_ms is None:
                continue
            at = bisect_right(chapters, view.note.at_ms, key=lambda one: one.at_ms) - 1
            if at > now:
                now = at
                time = compose.time_link(self.talk, Note("", chapters[at].at_ms))
                found.append((index, [f"{time} {markdown.plain(chapters[at].title)}"]))
        return found


@dataclass(frozen=True)
class PostView:
    """All that a template begins with."""

    opening: str
    title: str
    date: str
    intro: passages.Passage
    talks: list[TalkView]
    closing: passages.Passage
    separator: str
    bullet: str


SEEN: Mapping[type, tuple[str, ...]] = {
    PostView: ("opening", "title", "date", "intro", "talks", "closing", "separator", "bullet"),
    passages.Passage: ("text", "flows", "first_bullet", "last_bullet"),
    TalkView: (
        *("link", "plain", "plain_line", "address", "speakers", "tags", "bullet"),
        *("text", "flows", "write_up", "prose", "illustrated_prose", "notes", "sections"),
    ),
    SectionView: ("blocks", "notes"),
    NoteView: ("kind", "time", "paragraphs", "picture", "blocks"),
}
"""What templates may ask of each thing. A model's own text is not among it: it may hold HTML."""


def shown(notes: Iterable[Note]) -> Iterable[Note]:
    """The notes with words or a snapshot for the post."""
    return (note for note in notes if compose.appears(note) or (note.picture and note.kind != Kind.PRIVATE))


def is_left_out(talk: Talk) -> bool:
    return not talk.write_up.strip() and not any(True for _ in shown(talk.notes))


def title(talk: Talk) -> str:
    """The talk's title, else what comes next to one: readers need something to click on."""
    names = (talk.title, talk.original_title, PurePosixPath(talk.file).stem, talk.url)
    return next((name.strip() for name in names if name.strip()), "A talk")
