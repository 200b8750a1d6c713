"""What a user does to talks, write-ups and posts, as pure functions (see `edits` for notes)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import is_
from typing import Any

from desktopnotes.model.edits import shift_stamps, with_talk
from desktopnotes.model.notebook import Notebook, Post, Talk, changed


def add_talks(notebook: Notebook, talks: Sequence[Talk]) -> Notebook:
    """Adds talks at the end, in their order."""
    return replace(notebook, talks=(*notebook.talks, *talks)) if talks else notebook


def remove_talk(notebook: Notebook, talk_id: str) -> Notebook:
    """Takes a talk out of the notebook and of every post that lists it."""
    if notebook.talk(talk_id) is None:
        return notebook
    posts = tuple(
        replace(post, talks=tuple(other for other in post.talks if other != talk_id))
        if talk_id in post.talks
        else post
        for post in notebook.posts
    )
    talks = tuple(talk for talk in notebook.talks if talk.id != talk_id)
    return replace(notebook, talks=talks, posts=posts)


def put_back(notebook: Notebook, before: Notebook, talk_id: str) -> Notebook:
    """Puts a talk that was taken out of `before` in again as it was there: its place, its posts.

    Where what stood above it has gone as well, it comes behind the next above that. Of posts only those
    that are there still.
    """
    talk = before.talk(talk_id)
    if talk is None or notebook.talk(talk_id) is not None:
        return notebook
    posts = []
    for post in notebook.posts:
        was = before.post(post.id)
        if was is not None and talk_id in was.talks and talk_id not in post.talks:
            index = _index_in(post.talks, was.talks, talk_id)
            post = replace(post, talks=(*post.talks[:index], talk_id, *post.talks[index:]))
        posts.append(post)
    talks = notebook.talks
    index = _index_in([each.id for each in talks], [each.id for each in before.talks], talk_id)
    return replace(notebook, talks=(*talks[:index], talk, *talks[index:]), posts=tuple(posts))


def _index_in(now: Sequence[str], before: Sequence[str], name: str) -> int:
    """Where a name belongs that is in `before`: behind the nearest one above it there that is left."""
    above = reversed(before[: before.index(name)])
    return next((now.index(other) + 1 for other in above if other in now), 0)


def move_talk(notebook: Notebook, talk_id: str, by: int) -> Notebook:
    """Moves a talk `by` places down (up where negative), stopping at the ends."""
    ids = [talk.id for talk in notebook.talks]
    if talk_id not in ids:
        return notebook
    index = ids.index(talk_id)
    place = min(max(0, index + by), len(ids) - 1)
    if place == index:
        return notebook
    talks = list(notebook.talks)
    talks.insert(place, talks.pop(index))
    return replace(notebook, talks=tuple(talks))


def set_write_up(notebook: Notebook, talk_id: str, text: str) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, write_up=text))


def set_url(notebook: Notebook, talk_id: str, url: str) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, url=url))


def set_file(notebook: Notebook, talk_id: str, file: str) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, file=file))


def set_files(notebook: Notebook, files: Mapping[str, str]) -> Notebook:
    """Where the recordings of several talks lie now, by the talks' ids."""
    talks = tuple(changed(talk, file=files.get(talk.id, talk.file)) for talk in notebook.talks)
    return notebook if all(map(is_, talks, notebook.talks)) else replace(notebook, talks=talks)


def set_data(notebook: Notebook, talk_id: str, **fields: Any) -> Notebook:
    """What a talk's dialog says of it: fields of `Talk` by their names."""
    return with_talk(notebook, talk_id, lambda talk: changed(talk, **fields))


def set_offset(notebook: Notebook, talk_id: str, offset_ms: int, *, moves_stamps: bool = False) -> Notebook:
    """Says by how much the page's times are ahead of the file's.

    With `moves_stamps` the notes were taken at the page's times, as the old offset has them: they are moved
    to the same moments of the file; none goes below 0.
    """
    talk = notebook.talk(talk_id)
    if talk is None:
        return notebook
    by_ms = talk.offset_ms - offset_ms if moves_stamps else 0
    moved = shift_stamps(notebook, talk_id, [note.id for note in talk.notes], by_ms) if by_ms else notebook
    return with_talk(moved, talk_id, lambda now: changed(now, offset_ms=offset_ms))


def stamps_before_zero(talk: Talk, by_ms: int) -> int:
    """How many notes would be about a moment before the beginning if they were moved by `by_ms`."""
    return sum(1 for note in talk.notes if note.at_ms is not None and note.at_ms + by_ms < 0)


def without_file(notebook: Notebook, talk_id: str) -> Notebook:
    """Lets a talk play from its page again: its notes stand at the page's times then."""
    at_page = set_offset(notebook, talk_id, 0, moves_stamps=True)
    return set_file(at_page, talk_id, "")


def set_captions(notebook: Notebook, talk_id: str, captions: str) -> Notebook:
    return with_talk(notebook, talk_id, lambda talk: changed(talk, captions=captions))


def set_post(notebook: Notebook, post: Post) -> Notebook:
    """Puts `post` in the place of the one with its id."""
    return changed(notebook, posts=tuple(post if old.id == post.id else old for old in notebook.posts))


def put_in_post(notebook: Notebook, talk_id: str, new_post: Post) -> Notebook:
    """Puts a talk that stands in no post at the end of the newest unpublished one, else of `new_post`."""
    if notebook.talk(talk_id) is None or notebook.post_of(talk_id) is not None:
        return notebook
    for index in range(len(notebook.posts) - 1, -1, -1):
        post = notebook.posts[index]
        if post.published is None:
            longer = replace(post, talks=(*post.talks, talk_id))
            return replace(notebook, posts=(*notebook.posts[:index], longer, *notebook.posts[index + 1 :]))
    return replace(notebook, posts=(*notebook.posts, replace(new_post, talks=(talk_id,))))
