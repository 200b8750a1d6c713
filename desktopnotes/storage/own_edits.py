"""What this window has lately put on the disk, so that who writes an older state takes none of it away.

An editor or a sync program may write what it read before our last save. Its version lacks what that save
brought, which then looks as if it had been deleted or changed back. Only what this window itself has brought
is looked after: of two windows one always gives way, so they never go to and fro.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from desktopnotes.model.notebook import Note, Notebook, Talk

_FOR_S = 60.0
"""So long an older state may come back: sync programs take some 10 s."""

_HEAD = ("title", "original_title", "speakers", "url", "file", "tags", "write_up", "captions", "offset_ms")
"""The fields of a talk that a person writes; how far it was watched does not count."""

_Key = tuple[str, str]
_Pieces = dict[_Key, object]


class OwnEdits:
    """What each piece (a note, a talk's head, a post) was before this window changed it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._before: dict[_Key, list[tuple[object, float]]] = {}

    def made(self, before: Notebook, after: Notebook) -> None:
        """`before` lies on the disk, `after` is being put there."""
        if before is after:
            return
        now_s = self._now()
        old, new = _apart(before, after)
        for key in old.keys() | new.keys():
            if old.get(key) != new.get(key):
                self._before.setdefault(key, []).append((old.get(key), now_s))
        for key, values in list(self._before.items()):
            self._before[key] = [value for value in values if value[1] >= now_s - _FOR_S]
            if not self._before[key]:
                del self._before[key]

    def base_of(self, last: Notebook, theirs: Notebook) -> Notebook:
        """What `theirs` goes back to: `last`, but for what is in theirs as it was before this window."""
        if not self._before:
            return last
        known, found = _pieces(last), _pieces(theirs)
        since_s = self._now() - _FOR_S
        stale = {
            key
            for key, values in self._before.items()
            if known.get(key) != found.get(key)
            and any(at_s >= since_s and value == found.get(key) for value, at_s in values)
        }
        return _as_in(last, theirs, stale) if stale else last


def _pieces(notebook: Notebook) -> _Pieces:
    pieces: _Pieces = {("post", post.id): post for post in notebook.posts}
    for talk in notebook.talks:
        pieces.update(_of_talk(talk))
    return pieces


def _of_talk(talk: Talk) -> Iterator[tuple[_Key, object]]:
    yield ("talk", talk.id), tuple(getattr(talk, name) for name in _HEAD)
    yield from ((("note", note.id), (talk.id, note)) for note in talk.notes)


def _apart(one: Notebook, other: Notebook) -> tuple[_Pieces, _Pieces]:
    """The pieces of both, without the talks that they share."""
    shared = set(map(id, one.talks)) & set(map(id, other.talks))
    first, second = (
        _pieces(replace(each, talks=tuple(talk for talk in each.talks if id(talk) not in shared)))
        for each in (one, other)
    )
    return first, second


def _as_in(last: Notebook, theirs: Notebook, stale: set[_Key]) -> Notebook:
    """`last` with these pieces as theirs has them."""
    there = {talk.id: talk for talk in theirs.talks}
    talks = [
        _talk_as_in(talk, there.get(talk.id), stale)
        for talk in last.talks
        if ("talk", talk.id) not in stale or talk.id in there
    ]
    known = {talk.id for talk in last.talks}
    talks += [talk for talk in theirs.talks if ("talk", talk.id) in stale and talk.id not in known]
    posts = {post.id: post for post in theirs.posts}
    kept = [posts.get(post.id) if ("post", post.id) in stale else post for post in last.posts]
    here = {post.id for post in last.posts}
    kept += [post for post in theirs.posts if ("post", post.id) in stale and post.id not in here]
    return replace(last, talks=tuple(talks), posts=tuple(post for post in kept if post is not None))


def _talk_as_in(talk: Talk, there: Talk | None, stale: set[_Key]) -> Talk:
    if there is not None and ("talk", talk.id) in stale:
        talk = replace(talk, **{name: getattr(there, name) for name in _HEAD})
    theirs = {note.id: note for note in there.notes if ("note", note.id) in stale} if there else {}
    if not theirs and not any(("note", note.id) in stale for note in talk.notes):
        return talk
    notes: list[Note] = []
    for note in talk.notes:
        if ("note", note.id) not in stale:
            notes.append(note)
        elif note.id in theirs:
            notes.append(theirs.pop(note.id))
    return replace(talk, notes=(*notes, *theirs.values()))
