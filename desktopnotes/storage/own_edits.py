"""What this window has lately put on the disk, so that who writes an older state takes none of it away.

An editor or a sync program may write what it read before our last save. Its version lacks what that save
brought, which then looks as if it had been deleted or changed back. Only what this window itself has brought
is looked after, and for a minute from its edit: putting it back is no new edit. So two windows that cannot
know of each other (on two machines, or without a state folder) may go to and fro, but come to rest then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage.shared_ends import shared_ends

_FOR_S = 60.0
"""So long after an edit an older state may come back: sync programs take some 10 s, and who writes all the
time reads what it wrote itself. (Where an old state was put right for 1 s, 10 s or five times only, half a
minute of 50 edits a second lost notes.) After that theirs is taken at its word, so that windows that cannot
know of each other, on two machines, come to rest."""

_HEAD = ("title", "original_title", "speakers", "url", "file", "tags", "write_up", "captions", "offset_ms")
"""The fields of a talk that a person writes; how far it was watched does not count."""

_Key = tuple[str, str]
_Pieces = dict[_Key, object]
_Dated = dict[_Key, list[tuple[object, float]]]
"""Values of a piece, each with the moment until when it counts."""


class OwnEdits:
    """What each piece (a note, a talk's head, a post) was before this window changed it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._before: _Dated = {}
        self._spent: _Dated = {}
        """What has been called old already: putting it right is no edit of this window's."""

    def made(self, before: Notebook, after: Notebook) -> None:
        """`before` lies on the disk, `after` is being put there."""
        if before is after:
            return
        now_s = self._now()
        self._before, self._spent = _at(self._before, now_s), _at(self._spent, now_s)
        old, new = _apart(before, after)
        for key in old.keys() | new.keys():
            was = old.get(key)
            # What merely puts back what was called old is no new edit: it would be looked after for ever.
            if was != new.get(key) and not _has(self._spent, key, was):
                self._before.setdefault(key, []).append((was, now_s + _FOR_S))

    def base_of(self, last: Notebook, theirs: Notebook) -> Notebook:
        """What `theirs` goes back to: `last`, but for what is in theirs as it was before this window."""
        if not self._before:
            return last
        now_s = self._now()
        before = _at(self._before, now_s)
        known, found = _apart(last, theirs)
        stale = {
            key
            for key in before.keys() & (known.keys() | found.keys())
            if known.get(key) != found.get(key) and _has(before, key, found.get(key))
        }
        for key in stale:
            self._spent.setdefault(key, []).append((found.get(key), now_s + _FOR_S))
        return _as_in(last, theirs, stale) if stale else last


def _at(dated: _Dated, now_s: float) -> _Dated:
    """Without what counts no more."""
    young = {key: [each for each in values if each[1] >= now_s] for key, values in dated.items()}
    return {key: values for key, values in young.items() if values}


def _has(dated: _Dated, key: _Key, wanted: object) -> bool:
    return any(value == wanted for value, _ in dated.get(key, ()))


def _pieces(notebook: Notebook) -> _Pieces:
    pieces: _Pieces = {("post", post.id): post for post in notebook.posts}
    for talk in notebook.talks:
        pieces.update(_of_talk(talk))
    return pieces


def _of_talk(talk: Talk) -> Iterator[tuple[_Key, object]]:
    yield ("talk", talk.id), tuple(getattr(talk, name) for name in _HEAD)
    yield from ((("note", note.id), (talk.id, note)) for note in talk.notes)


def _apart(one: Notebook, other: Notebook) -> tuple[_Pieces, _Pieces]:
    """The pieces of both, without talks and notes that they share."""
    shared = set(map(id, one.talks)) & set(map(id, other.talks))
    first = [talk for talk in one.talks if id(talk) not in shared]
    second = {talk.id: talk for talk in other.talks if id(talk) not in shared}
    for at, talk in enumerate(first):
        if (there := second.get(talk.id)) is not None:
            head, tail = shared_ends(talk.notes, there.notes)
            first[at], second[talk.id] = (
                replace(each, notes=each.notes[head : len(each.notes) - tail]) for each in (talk, there)
            )
    return _pieces(replace(one, talks=tuple(first))), _pieces(replace(other, talks=tuple(second.values())))


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
