"""What was read from a file taken into a notebook: all that it lacks, nothing twice, nothing overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktopnotes.model import edits
from desktopnotes.model.importing import Imported, ReadNote, ReadPost, ReadTalk, Unread, words_of
from desktopnotes.model.notebook import Chapter, Note, Notebook, Post, Talk
from desktopnotes.model.pasted import add_pasted
from desktopnotes.words import _


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a notebook's things show in a file, to know them again there.

    `identity` is the same for all addresses of one recording, `title` what a talk is called. `blocks` are
    the paragraphs that a note becomes in a post, `proses` what all of a talk's notes may be joined to.
    """

    identity: Callable[[str], str] = str.strip
    title: Callable[[Talk], str] = lambda talk: talk.title
    blocks: Callable[[Note, Talk], Sequence[str]] = lambda note, _: (note.text,)
    proses: Callable[[Talk], Iterable[str]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. `left` says what the file has that was not taken, as the notebook says otherwise."""

    notebook: Notebook
    new_notes: int = 0
    known_notes: int = 0
    new_talks: int = 0
    known_talks: int = 0
    new_write_ups: int = 0
    new_chapters: int = 0
    past_end: int = 0
    left: tuple[Unread, ...] = ()


ALIKE = Likeness()
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_PICTURE = "\0picture"
"""Stands for the words of a note that shows only a picture."""


def take_in(
    notebook: Notebook,
    found: Imported,
    talk_id: str,
    *,
    new_id: Callable[[], str],
    created: str = "",
    likeness: Likeness = ALIKE,
) -> Taken:
    """The notebook with what it lacks of `found`; notes of no talk in particular go into the talk `talk_id`.

    A note with the same second and the same words is known, and a talk with the same recording; a post by
    its title. What is known is left as it is. Done twice, the second time changes nothing.
    """
    work = _Work(notebook, new_id, created, likeness)
    ids = work.talks(found.talks)
    if notebook.talk(talk_id) is not None:
        work.notes(talk_id, found.notes)
        work.chapters(talk_id, found.chapters)
    if found.post is not None:
        work.post(found.post, ids)
    return replace(work.taken, notebook=work.notebook)


_Moment = tuple[bool, int | None]
"""A whole second, of the public recording or else of what is played; None for no time."""

_ABOUT: _Moment = (False, None)


def _blocks(text: str) -> list[str]:
    return [block for block in _BLANK_LINES.split(text) if block.strip()]


def _same_in_all(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one == other


def _same_recording(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return bool(one[1]) and one[1] == other[1]


def _same_title(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Where not both say which recording it is."""
    return one[0] == other[0] and not (one[1] and other[1])


@dataclass(slots=True)
class _Known:
    """The notes that a talk has, by second and words; each is found as often as it is there."""

    by_words: dict[tuple[_Moment, str], list[tuple[int, int]]] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def learn(self, index: int, moments: Iterable[_Moment], note: Note, blocks: Sequence[str]) -> None:
        """`(index, 0)` stands for the note as a whole and for its first paragraph."""
        first, *others = blocks or ("",)
        ways = {words_of(note.text), words_of(first)}
        if note.picture:
            ways.add(_PICTURE)
        for moment in moments:
            for words in ways:
                self.by_words.setdefault((moment, words), []).append((index, 0))
        for number, block in enumerate(others, 1):
            self.by_words.setdefault((_ABOUT, words_of(block)), []).append((index, number))

    def find(self, moment: _Moment, text: str) -> bool:
        """Whether it is there, once more than it was found so far."""
        for place in self.by_words.get((moment, text), ()):
            if place not in self.taken:
                self.taken.add(place)
                return True
        return False

    def find_all(self, blocks: Sequence[str]) -> bool:
        """Whether all of these stand there without a time."""
        before = set(self.taken)
        if all(self.find(_ABOUT, words_of(block)) for block in blocks):
            return True
        self.taken = before
        return False


def _moments(note: Note, talk: Talk) -> tuple[_Moment, ...]:
    """Times are written in whole seconds, cut: of the public recording in a link, else of what is played."""
    if note.at_ms is None:
        return (_ABOUT,)
    return (False, note.at_ms // 1000), (True, max(0, note.at_ms + talk.offset_ms) // 1000)


class _Work:
    """A notebook that grows by what is taken in, and the count of it."""

    def __init__(
        self, notebook: Notebook, new_id: Callable[[], str], created: str, likeness: Likeness
    ) -> None:
        self.notebook = notebook
        self.taken = Taken(notebook)
        self._new_id = new_id
        self._created = created
        self._like = likeness
        self._known: dict[str, _Known] = {}

    def _count(self, **more: int) -> None:
        now = {name: getattr(self.taken, name) + count for name, count in more.items()}
        self.taken = replace(self.taken, **now)

    def _leave(self, text: str, why: str) -> None:
        self.taken = replace(self.taken, left=(*self.taken.left, Unread(0, text, why)))

    def _talk(self, talk_id: str) -> Talk:
        talk = self.notebook.talk(talk_id)
        assert talk is not None
        return talk

    # --- talks ---------------------------------------------------------------------------------------

    def talks(self, found: Sequence[ReadTalk]) -> tuple[str, ...]:
        """Takes talks in; answers the ids that they have in the notebook."""
        ids = self._same_talks(found)
        new = [
            Talk(self._new_id(), title=one.title, url=one.url)
            for one, known in zip(found, ids, strict=True)
            if not known
        ]
        self.notebook = replace(self.notebook, talks=(*self.notebook.talks, *new)) if new else self.notebook
        self._count(new_talks=len(new), known_talks=len(found) - len(new))
        made = iter(new)
        ids = [talk_id or next(made).id for talk_id in ids]
        for one, talk_id in zip(found, ids, strict=True):
            self._link(talk_id, one.url)
            self._write_up(talk_id, one.write_up)
            self.notes(talk_id, one.notes)
        return tuple(ids)

    def _same_talks(self, found: Sequence[ReadTalk]) -> list[str]:
        """Which talk of the notebook each one is, "" where it is new; no talk is two of them.

        The ones that are surely the same are given away first.
        """
        there = [(talk.id, self._title(self._like.title(talk), talk.url)) for talk in self.notebook.talks]
        ids = [""] * len(found)
        for same in (_same_in_all, _same_recording, _same_title):
            for index, one in enumerate(found):
                if not ids[index]:
                    wanted = self._title(one.title, one.url)
                    free = (talk_id for talk_id, its in there if talk_id not in ids and same(wanted, its))
                    ids[index] = next(free, "")
        return ids

    def _title(self, title: str, url: str) -> tuple[str, str]:
        return words_of(title), self._like.identity(url) if url else ""

    def _link(self, talk_id: str, url: str) -> None:
        """A talk that has no address yet gets the one that the file has."""
        if url and not self._talk(talk_id).url:
            self.notebook = edits.with_talk(self.notebook, talk_id, lambda now: replace(now, url=url))

    def _write_up(self, talk_id: str, text: str) -> None:
        talk, words = self._talk(talk_id), words_of(text)
        same = [talk.write_up, *self._like.proses(talk)] if words else []
        if not words or words in map(words_of, same):
            return
        known = self._known_in(talk)
        if known.find_all(_blocks(text)) or known.find(_ABOUT, words):
            return
        if not talk.write_up.strip():
            self.notebook = edits.with_talk(self.notebook, talk_id, lambda now: replace(now, write_up=text))
            self._count(new_write_ups=1)
            return
        title = self._like.title(talk)
        self._leave(
            text,
            _("“{title}” has another write-up, which stays; the file’s became a note").format(title=title),
        )
        self.notes(talk_id, (ReadNote(text),))

    # --- notes ---------------------------------------------------------------------------------------

    def notes(self, talk_id: str, found: Sequence[ReadNote]) -> None:
        """Adds those that the talk does not have yet, in one pass however many there are."""
        if not found:
            return
        talk = self._talk(talk_id)
        known = self._known_in(talk)
        new = [note for note in found if not self._is_known(note, talk, known)]
        self._count(new_notes=len(new), known_notes=len(found) - len(new))
        added = [self._note(note, talk) for note in new]
        if talk.duration_ms:
            self._count(past_end=sum((note.at_ms or 0) > talk.duration_ms + 999 for note in added))
        last = talk.notes[-1].id if talk.notes else ""
        self.notebook = add_pasted(self.notebook, talk_id, added, last)

    def _note(self, found: ReadNote, talk: Talk) -> Note:
        by_ms = talk.offset_ms if found.of_page else 0
        at_ms = None if found.at_ms is None else max(0, found.at_ms - by_ms)
        end_ms = None if at_ms is None or found.end_ms is None else max(at_ms, found.end_ms - by_ms)
        text = "\n\n".join(filter(None, (found.text, found.picture)))
        return Note(self._new_id(), at_ms, end_ms, found.kind, text, created=self._created)

    @staticmethod
    def _is_known(note: ReadNote, talk: Talk, known: _Known) -> bool:
        at_ms, of_page = note.at_ms, note.of_page
        if at_ms is not None and of_page and at_ms < talk.offset_ms:
            at_ms, of_page = 0, False  # before the beginning of what is played, where it was put
        moment = _ABOUT if at_ms is None else (of_page, at_ms // 1000)
        if not note.picture or note.text:
            return known.find(moment, words_of(note.text))
        return known.find(moment, _PICTURE) or known.find(moment, words_of(note.picture))

    def _known_in(self, talk: Talk) -> _Known:
        """What the talk had before anything was taken in."""
        if talk.id not in self._known:
            known = self._known[talk.id] = _Known()
            for index, note in enumerate(talk.notes):
                known.learn(index, _moments(note, talk), note, self._like.blocks(note, talk))
        return self._known[talk.id]

    def chapters(self, talk_id: str, found: Sequence[Chapter]) -> None:
        """Adds chapters to those that the talk itself has, by time."""
        talk = self._talk(talk_id)
        there = {(chapter.at_ms, chapter.title) for chapter in talk.chapters}
        wanted = dict.fromkeys((chapter.at_ms, chapter.title) for chapter in found)
        new = [Chapter(at_ms, title) for at_ms, title in wanted if (at_ms, title) not in there]
        if new:
            chapters = (*talk.chapters, *new)
            in_order = tuple(sorted(chapters, key=lambda chapter: chapter.at_ms))
            self.notebook = edits.with_talk(
                self.notebook, talk_id, lambda now: replace(now, chapters=in_order)
            )
            self._count(new_chapters=len(new))

    # --- the post ------------------------------------------------------------------------------------

    def post(self, found: ReadPost, ids: Sequence[str]) -> None:
        """Puts the talks into the post of that title, and into it what it does not say yet."""
        closing = found.closing
        if ids and closing and self._known_in(self._talk(ids[-1])).find_all(_blocks(closing)):
            closing = ""  # the last words of the last talk look just like a closing
        said: dict[str, Any] = {
            "date": found.date,
            "tags": found.tags,
            "description": found.description,
            "intro": found.intro,
            "closing": closing,
        }
        ids = tuple(dict.fromkeys(ids))
        wanted = words_of(found.title)
        post = next((post for post in self.notebook.posts if words_of(post.title) == wanted), None)
        if post is None:
            fields = {
                "slug": found.slug,
                "lang": found.lang,
                "style": found.style,
                "site": found.site,
                **said,
            }
            new = Post(self._new_id(), found.title, talks=ids, draft=found.draft)
            new = replace(new, **{name: value for name, value in fields.items() if value})
            self.notebook = replace(self.notebook, posts=(*self.notebook.posts, new))
            return
        now = replace(post, **self._lacking(post, said))
        missing = tuple(talk_id for talk_id in ids if talk_id not in post.talks)
        now = replace(now, talks=(*now.talks, *missing))
        if now != post:
            posts = tuple(now if one is post else one for one in self.notebook.posts)
            self.notebook = replace(self.notebook, posts=posts)

    def _lacking(self, post: Post, said: dict[str, Any]) -> dict[str, Any]:
        """What the post does not say yet; what it says otherwise is left, and told."""
        new: dict[str, Any] = {}
        for name, value in said.items():
            before = getattr(post, name)
            if value and not before:
                new[name] = value
            elif value and not _same(before, value):
                shown = ", ".join(value) if isinstance(value, tuple) else value
                self._leave(shown, _HAS_ANOTHER[name].format(title=post.title))
        return new


_HAS_ANOTHER = {
    "date": _("“{title}” has another date, which stays"),
    "tags": _("“{title}” has another list of tags, which stays"),
    "description": _("“{title}” has another description, which stays"),
    "intro": _("“{title}” has another introduction, which stays"),
    "closing": _("“{title}” has another closing, which stays"),
}


def _same(before: Any, now: Any) -> bool:
    if isinstance(before, str) and isinstance(now, str):
        return words_of(before) == words_of(now)
    return bool(before == now)
