"""What must hold between the parts of a notebook file: mended where it does not, and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Note, Notebook, Post, Talk, derived_id
from desktopnotes.storage.problems import At, Problems, shown
from desktopnotes.words import _

_Named = TypeVar("_Named", Note, Talk, Post)

_TELLING = ("title", "original_title", "url", "file", "date", "slug", "at_ms", "text", "picture")
"""What an id follows from, as far as a thing has that: what is rarely changed, or says what it is."""


def mended(notebook: Notebook, found: Problems) -> Notebook:
    """The notebook with an id for everything, and each once: of two that are alike the later gets a new one.

    An id that is given here follows from what the thing says and which talk it stands in, so that two
    programs that read the same file, or a Git merge of it, know the same things by the same ids.
    Tells of what is odd besides: nothing of that keeps a notebook from being opened.
    """
    pictures = notebook.pictures
    if pictures and not is_plain_name(pictures):
        found.add(
            (None, "pictures"), _("must name a folder beside the notebook; it is not used"), fatal=False
        )
        pictures = ""
    of_notes = _Ids(note.id for talk in notebook.talks for note in talk.notes)
    talks = _Ids(talk.id for talk in notebook.talks).unique(notebook.talks, (None, "talks"), "", found)
    for i, talk in enumerate(talks):
        at = ((None, "talks"), i)
        _tell_odd_notes(talk, at, found)
        notes = of_notes.unique(talk.notes, (at, "notes"), talk.id, found)
        if notes is not talk.notes:
            talks = (*talks[:i], replace(talk, notes=notes), *talks[i + 1 :])
    posts = _Ids(post.id for post in notebook.posts).unique(notebook.posts, (None, "posts"), "", found)
    _tell_missing_talks(posts, {talk.id for talk in talks}, found)
    own_id = notebook.id or derived_id("notebook", notebook.created, notebook.title)
    return replace(notebook, id=own_id, pictures=pictures, talks=talks, posts=posts)


class _Ids:
    """The ids of all things of one kind, and those that were given besides."""

    def __init__(self, in_file: Iterable[str]) -> None:
        self._in_file = in_file
        """Looked at only where an id must be given: mostly never."""
        self._taken: set[str] = set()
        self._seen: set[str] = set()
        self._last: dict[tuple[str, ...], str] = {}

    def unique(self, items: tuple[_Named, ...], at: At, place: str, found: Problems) -> tuple[_Named, ...]:
        """The same tuple where each has an id that no other has; `place` is the id of what they stand in."""
        ids = {item.id for item in items}
        if len(ids) == len(items) and "" not in ids and self._seen.isdisjoint(ids):
            self._seen |= ids
            return items
        kept = []
        for i, item in enumerate(items):
            if not item.id or item.id in self._seen:
                if item.id:
                    found.add(
                        ((at, i), "id"), _("is the id of another one too; it gets a new one"), fatal=False
                    )
                item = replace(item, id=self._free(item, place))
            self._seen.add(item.id)
            kept.append(item)
        return tuple(kept)

    def _free(self, item: Note | Talk | Post, place: str) -> str:
        """An id that nothing in the file has; the second of two that say the same gets the next one."""
        self._taken.update(self._in_file)  # which gives all of them the first time, and nothing later
        told = (type(item).__name__, item.id, place, *(str(getattr(item, name, "")) for name in _TELLING))
        made = derived_id(self._last.get(told, ""), *told)
        while made in self._taken:
            made = derived_id(made, *told)
        self._taken.add(made)
        self._last[told] = made
        return made


def _tell_odd_notes(talk: Talk, at: At, found: Problems) -> None:
    for i, note in enumerate(talk.notes):
        if note.picture and not is_plain_name(note.picture):
            where = (((at, "notes"), i), "picture")
            found.add(where, _("must name a file in the folder of pictures; it is not shown"), fatal=False)
        if note.at_ms is not None and note.end_ms is not None and note.end_ms < note.at_ms:
            found.add((((at, "notes"), i), "end_ms"), _("lies before at_ms"), fatal=False)


def _tell_missing_talks(posts: tuple[Post, ...], talk_ids: set[str], found: Problems) -> None:
    for i, post in enumerate(posts):
        for j, talk_id in enumerate(post.talks):
            if talk_id not in talk_ids:
                at = ((((None, "posts"), i), "talks"), j)
                found.add(at, _("no talk has the id “{id}”").format(id=shown(talk_id)), fatal=False)
