"""The versions of a notebook that are merged: their things by ids, ids made unique, values shared."""

from __future__ import annotations

from dataclasses import replace
from operator import is_
from typing import Any, TypeVar

from desktopnotes.model.notebook import Note, Notebook, Post, Talk, changed, derived_id

_Thing = TypeVar("_Thing", Note, Talk, Post)


class Side:
    """A notebook with its things by their ids; `notes` says in which talk each stands."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.talks = {talk.id: talk for talk in notebook.talks}
        self.posts = {post.id: post for post in notebook.posts}
        self.notes = {note.id: (talk.id, note) for talk in notebook.talks for note in talk.notes}

    def place(self, note_id: str) -> str:
        return self.notes[note_id][0] if note_id in self.notes else ""

    def note(self, note_id: str) -> Note | None:
        return self.notes[note_id][1] if note_id in self.notes else None

    def ids_in(self, talk_id: str) -> list[str]:
        talk = self.talks.get(talk_id)
        return [note.id for note in talk.notes] if talk else []


def same(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    """The tuple before, where the very same things stand in it."""
    is_same = len(before) == len(after) and all(map(is_, before, after))
    return before if is_same else after


def shared(new: Notebook, old: Notebook) -> Notebook:
    """The new notebook, with whatever is equal in the old one as it is there."""
    talks = {talk.id: talk for talk in old.talks}
    shared = tuple(_shared_talk(talk, talks.get(talk.id)) for talk in new.talks)
    return replace(new, talks=same(old.talks, shared), posts=_shared_things(new.posts, old.posts))


def _shared_talk(new: Talk, old: Talk | None) -> Talk:
    if old is None:
        return new
    shared = replace(new, notes=_shared_things(new.notes, old.notes))
    return old if shared == old else shared


def _shared_things(new: tuple[_Thing, ...], old: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
    known = {thing.id: thing for thing in old}
    shared = (there if (there := known.get(thing.id)) == thing else thing for thing in new)
    return same(old, tuple(thing for thing in shared if thing is not None))


def unique(notebook: Notebook) -> Notebook:
    """The notebook with each id once: reading a file sees to that, but nothing may be lost."""
    note_ids: set[str] = set()
    talks = _with_own_ids(notebook.talks, set())
    talks = tuple(changed(talk, notes=_with_own_ids(talk.notes, note_ids)) for talk in talks)
    return changed(notebook, talks=talks, posts=_with_own_ids(notebook.posts, set()))


def _with_own_ids(things: tuple[_Thing, ...], seen: set[str]) -> tuple[_Thing, ...]:
    ids = {thing.id for thing in things}
    if len(ids) == len(things) and seen.isdisjoint(ids):
        seen |= ids
        return things
    own: list[_Thing] = []
    for thing in things:
        thing_id = thing.id
        while thing_id in seen:
            thing_id = derived_id(thing_id)
        seen.add(thing_id)
        own.append(thing if thing_id == thing.id else replace(thing, id=thing_id))
    return tuple(own)
