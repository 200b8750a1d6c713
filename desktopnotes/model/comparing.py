"""An earlier notebook compared with that of now: what would come back and what would go; and restoring it.

What the program found out (how far a talk was watched) is no difference, and stays as it is now.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from desktopnotes.model import edits, post_edits, talk_edits
from desktopnotes.model.notebook import Note, Notebook, Post, Talk, changed

FOUND_OUT = ("state", "position_ms", "duration_ms", "rate")
"""Of a talk; restoring leaves these alone."""

_TALK_FIELDS = tuple(field.name for field in fields(Talk) if field.name not in ("id", "notes", *FOUND_OUT))
_NOTEBOOK_FIELDS = ("title", "created", "unknown")

Thing = TypeVar("Thing", Note, Post)


class What(StrEnum):
    """What restoring would do to a thing."""

    BACK = "back"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


def _what(then: object | None, now: object | None, *, differs: bool) -> What:
    if now is None:
        return What.BACK
    if then is None:
        return What.GONE
    return What.CHANGED if differs else What.SAME


@dataclass(frozen=True, slots=True)
class NoteDifference:
    """A note then and now, in one talk.

    `elsewhere` is the talk where one that left it stands now, or where one that came to it stood then.
    """

    then: Note | None
    now: Note | None
    elsewhere: str = ""

    @property
    def what(self) -> What:
        return What.MOVED if self.elsewhere else _what(self.then, self.now, differs=True)


@dataclass(frozen=True, slots=True)
class TalkDifference:
    """A talk then and now: its notes that differ in the order of the page, and its fields by their names.

    "order" stands among the fields where the notes of both are the same in another order.
    """

    then: Talk | None
    now: Talk | None
    notes: tuple[NoteDifference, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def what(self) -> What:
        return _what(self.then, self.now, differs=bool(self.notes or self.fields))

    @property
    def talk(self) -> Talk:
        """As it was then, where it was there."""
        found = self.then or self.now
        assert found
        return found

    def count(self, what: What) -> int:
        """How many of its notes would come back, go, change, or have to do with another talk."""
        return sum(note.what is what for note in self.notes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All talks, in the order of then, with those that came since at the end; what differs besides."""

    talks: tuple[TalkDifference, ...]
    posts: Mapping[What, int]
    fields: tuple[str, ...]

    @property
    def differing(self) -> tuple[TalkDifference, ...]:
        return tuple(each for each in self.talks if each.what is not What.SAME)

    @property
    def is_same(self) -> bool:
        return not (self.differing or self.fields or any(self.posts.values()))

    def count(self, what: What) -> int:
        """How many notes would come back, go or change."""
        return sum(each.count(what) for each in self.talks)


def compare(then: Notebook, now: Notebook) -> Comparison:
    """What making `now` as it was `then` would do."""
    where = _Where(
        *({note.id: talk.id for talk in each.talks for note in talk.notes} for each in (then, now))
    )
    talks_now = {talk.id: talk for talk in now.talks}
    ids_then = {talk.id for talk in then.talks}
    talks = [_talk(talk, talks_now.get(talk.id), where) for talk in then.talks]
    talks += [_talk(None, talk, where) for talk in now.talks if talk.id not in ids_then]
    different = [name for name in _NOTEBOOK_FIELDS if getattr(then, name) != getattr(now, name)]
    if not _same_order([each.id for each in then.talks], [each.id for each in now.talks]):
        different.append("order")
    if not _same_order([each.id for each in then.posts], [each.id for each in now.posts]):
        different.append("order of posts")
    return Comparison(tuple(talks), _posts(then.posts, now.posts), tuple(different))


@dataclass(frozen=True, slots=True)
class _Where:
    """The talk of each note, then and now."""

    then: Mapping[str, str]
    now: Mapping[str, str]

    def left(self, note: Note) -> NoteDifference:
        return NoteDifference(note, None, self.now.get(note.id, ""))

    def came(self, note: Note) -> NoteDifference:
        return NoteDifference(None, note, self.then.get(note.id, ""))


def _talk(then: Talk | None, now: Talk | None, where: _Where) -> TalkDifference:
    if then is None or now is None:
        only = then or now
        assert only
        notes = tuple(map(where.left if then else where.came, only.notes))
        return TalkDifference(then, now, notes)
    different = [name for name in _TALK_FIELDS if getattr(then, name) != getattr(now, name)]
    if then.notes is now.notes:
        return TalkDifference(then, now, (), tuple(different))
    if not _same_order([note.id for note in then.notes], [note.id for note in now.notes]):
        different.append("order")
    return TalkDifference(then, now, tuple(_notes(then, now, where)), tuple(different))


def _notes(then: Talk, now: Talk, where: _Where) -> Iterable[NoteDifference]:
    """The notes that differ, in the order of the page."""
    notes_now = {note.id: note for note in now.notes}
    ids_then = {note.id for note in then.notes}
    behind: dict[str, list[Note]] = {}
    above = ""
    for note in now.notes:
        if note.id in ids_then:
            above = note.id
        else:
            behind.setdefault(above, []).append(note)
    above, left = "", list[Note]()
    for note in then.notes:
        other = notes_now.get(note.id)
        if other is None:
            left.append(note)
            continue
        yield from _side_by_side(behind.get(above, ()), left, where)
        above, left = note.id, []
        if other is not note and other != note:
            yield NoteDifference(note, other)
    yield from _side_by_side(behind.get(above, ()), left, where)


def _side_by_side(came: Sequence[Note], left: Sequence[Note], where: _Where) -> Iterable[NoteDifference]:
    """What stands between the same two notes, by time; what has no stamp stays behind what it was behind."""
    sides = (_timed([where.came(note) for note in came]), _timed([where.left(note) for note in left]))
    return (difference for _, difference in heapq.merge(*sides, key=lambda each: each[0]))


def _timed(differences: Sequence[NoteDifference]) -> Iterable[tuple[int, NoteDifference]]:
    at_ms = 0
    for difference in differences:
        note = difference.then or difference.now
        at_ms = at_ms if note is None or note.at_ms is None else note.at_ms
        yield at_ms, difference


def _same_order(then: Sequence[str], now: Sequence[str]) -> bool:
    """Whether those that are in both stand in the same order."""
    both = set(then) & set(now)
    return [each for each in then if each in both] == [each for each in now if each in both]


def _posts(then: Sequence[Post], now: Sequence[Post]) -> Mapping[What, int]:
    was, is_now = ({post.id: post for post in posts} for posts in (then, now))
    return {
        What.BACK: len(was.keys() - is_now.keys()),
        What.GONE: len(is_now.keys() - was.keys()),
        What.CHANGED: sum(was[each] != is_now[each] for each in was.keys() & is_now.keys()),
    }


# --- restoring -----------------------------------------------------------------------------------------


def restore_all(now: Notebook, then: Notebook) -> Notebook:
    """The notebook as it was; the folder of its pictures and its id stay those of now."""
    talks_now = {talk.id: talk for talk in now.talks}
    made = replace(
        then,
        id=now.id,
        pictures=now.pictures or then.pictures,
        talks=tuple(_as_it_was(talk, talks_now.get(talk.id)) for talk in then.talks),
        posts=_shared(then.posts, now.posts),
    )
    return now if made == now else made


def restore_talks(now: Notebook, then: Notebook, talk_ids: Collection[str]) -> Notebook:
    """These talks as they were, in their posts that are there still; all others stay as they are.

    A talk that came since goes. A note that was moved to another talk since is back where it was.
    """
    after = now
    coming = {note.id for talk in then.talks if talk.id in talk_ids for note in talk.notes}
    after = changed(
        after, talks=tuple(talk if talk.id in talk_ids else _without(talk, coming) for talk in now.talks)
    )
    for talk_id in [talk.id for talk in now.talks if talk.id in talk_ids and not then.talk(talk.id)]:
        after = talk_edits.remove_talk(after, talk_id)
    for talk in then.talks:
        if talk.id in talk_ids:
            after = talk_edits.put_back(after, then, talk.id)
            after = edits.with_talk(after, talk.id, lambda here, talk=talk: _as_it_was(talk, here))  # type: ignore[misc]
    return _with_pictures(after, now, then)


def bring_back(now: Notebook, then: Notebook, talk_ids: Collection[str] | None = None) -> Notebook:
    """What went since then, of these talks or of all; everything that is there now stays as it is.

    Notes come back where they stood, talks into their posts; a write-up, an introduction and a closing where
    there is none now. Posts come back only where all is asked for.
    """
    there = {note.id for talk in now.talks for note in talk.notes}
    after = now
    for talk in then.talks:
        if talk_ids is None or talk.id in talk_ids:
            went = tuple(note for note in talk.notes if note.id not in there)
            if after.talk(talk.id) is None:
                after = talk_edits.put_back(after, then, talk.id)
                after = edits.with_talk(
                    after,
                    talk.id,
                    lambda here, went=went: replace(here, notes=went),  # type: ignore[misc]
                )
            else:
                after = edits.with_talk(after, talk.id, lambda here, talk=talk: _filled(here, talk, there))  # type: ignore[misc]
    if talk_ids is None:
        for post in then.posts:
            after = post_edits.put_back(after, then, post.id)
            after = post_edits.with_post(after, post.id, lambda here, post=post: _filled_post(here, post))  # type: ignore[misc]
    return _with_pictures(after, now, then)


def pictures_of(difference: Iterable[TalkDifference]) -> tuple[str, ...]:
    """The pictures of the notes that would come back or be as they were."""
    notes = (note.then for talk in difference for note in talk.notes)
    return tuple(dict.fromkeys(note.picture for note in notes if note is not None and note.picture))


def _as_it_was(then: Talk, now: Talk | None) -> Talk:
    if now is None:
        return then
    found_out = {name: getattr(now, name) for name in FOUND_OUT}
    made = replace(then, notes=_shared(then.notes, now.notes), **found_out)
    return now if made == now else made


def _shared(then: tuple[Thing, ...], now: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Those of then, with the very ones of now where they are equal: what is the same is not drawn again."""
    known = {each.id: each for each in now}
    made = tuple(known[each.id] if known.get(each.id) == each else each for each in then)
    return now if made == now else made


def _without(talk: Talk, note_ids: Collection[str]) -> Talk:
    notes = tuple(note for note in talk.notes if note.id not in note_ids)
    return talk if len(notes) == len(talk.notes) else replace(talk, notes=notes)


def _with_pictures(after: Notebook, now: Notebook, then: Notebook) -> Notebook:
    """Where there was no folder of pictures by now, what came back needs that of then."""
    return after if after is now else changed(after, pictures=after.pictures or then.pictures)


def _filled(now: Talk, then: Talk, there: Collection[str]) -> Talk:
    write_up = now.write_up if now.write_up.strip() else then.write_up
    return changed(_with_notes_of(now, then, there), write_up=write_up)


def _with_notes_of(now: Talk, then: Talk, there: Collection[str]) -> Talk:
    here = {note.id for note in now.notes}
    behind: dict[str, list[Note]] = {}
    above = ""
    for note in then.notes:
        if note.id in here:
            above = note.id
        elif note.id not in there:
            behind.setdefault(above, []).append(note)
    if not behind:
        return now
    notes = [*behind.get("", ())]
    for note in now.notes:
        notes += (note, *behind.get(note.id, ()))
    longer = replace(now, notes=tuple(notes))
    return longer if _is_by_time(longer) or not _is_by_time(now) else edits.by_time(longer)


def _is_by_time(talk: Talk) -> bool:
    stamps = [note.at_ms for note in talk.notes if note.at_ms is not None]
    return all(one <= other for one, other in pairwise(stamps))


def _filled_post(now: Post, then: Post) -> Post:
    texts = {
        name: getattr(now, name) if getattr(now, name).strip() else getattr(then, name)
        for name in ("intro", "closing")
    }
    return changed(now, **texts)
