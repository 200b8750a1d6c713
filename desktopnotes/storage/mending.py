"""What must hold between the parts of a notebook file: mended where it does not, and told."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Note, Notebook, Post, Talk, new_id
from desktopnotes.storage.problems import At, Problems, shown

_Named = TypeVar("_Named", Note, Talk, Post)


def mended(notebook: Notebook, found: Problems) -> Notebook:
    """The notebook with unique ids: of two that are alike the later one gets a new id, and both are kept.

    Tells of what is odd besides: nothing of that keeps a notebook from being opened.
    """
    pictures = notebook.pictures
    if pictures and not is_plain_name(pictures):
        found.add((None, "pictures"), "must name a folder beside the notebook; it is not used", fatal=False)
        pictures = ""
    seen: set[str] = set()
    talks = _unique(notebook.talks, (None, "talks"), set(), found)
    for i, talk in enumerate(talks):
        at = ((None, "talks"), i)
        _tell_odd_notes(talk, at, found)
        notes = _unique(talk.notes, (at, "notes"), seen, found)
        if notes is not talk.notes:
            talks = (*talks[:i], replace(talk, notes=notes), *talks[i + 1 :])
    posts = _unique(notebook.posts, (None, "posts"), set(), found)
    _tell_missing_talks(posts, {talk.id for talk in talks}, found)
    return replace(notebook, pictures=pictures, talks=talks, posts=posts)


def _unique(items: tuple[_Named, ...], at: At, seen: set[str], found: Problems) -> tuple[_Named, ...]:
    """The same tuple where nothing is alike; `seen` holds the ids of its like so far and grows."""
    ids = {item.id for item in items}
    if len(ids) == len(items) and seen.isdisjoint(ids):
        seen |= ids
        return items
    kept = []
    for i, item in enumerate(items):
        if item.id in seen:
            found.add(((at, i), "id"), "is the id of another one too; it gets a new one", fatal=False)
            item = replace(item, id=new_id())
        seen.add(item.id)
        kept.append(item)
    return tuple(kept)


def _tell_odd_notes(talk: Talk, at: At, found: Problems) -> None:
    for i, note in enumerate(talk.notes):
        if note.picture and not is_plain_name(note.picture):
            where = (((at, "notes"), i), "picture")
            found.add(where, "must name a file in the folder of pictures; it is not shown", fatal=False)
        if note.at_ms is not None and note.end_ms is not None and note.end_ms < note.at_ms:
            found.add((((at, "notes"), i), "end_ms"), "lies before at_ms", fatal=False)


def _tell_missing_talks(posts: tuple[Post, ...], talk_ids: set[str], found: Problems) -> None:
    for i, post in enumerate(posts):
        for j, talk_id in enumerate(post.talks):
            if talk_id not in talk_ids:
                at = ((((None, "posts"), i), "talks"), j)
                found.add(at, f"no talk has the id “{shown(talk_id)}”", fatal=False)
