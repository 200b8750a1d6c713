"""Two versions of a notebook made one by what both came from; no word of either is lost.

Talks, notes and posts are known by their ids, and merged field by field (`merge_fields` says what becomes of
a field that both changed):

- What one side alone changed, added or took out is as that side has it; edits to different notes never
  conflict.
- **An edit beats a deletion**: what one side took out and the other changed stands there, changed. A talk
  that gained or changed a note was changed, and comes back whole; one that was only watched was not.
- **A note whose words or picture both changed is kept twice**, marked by `conflict`: ours under its id, so
  that the caret stays in it, theirs right behind under an id that follows from both. Two machines that merge
  each other's versions so come to the same ids and the same words.
- A note that was moved to another talk stands once, there, with what the other side changed in it.
- Ours wins the order; theirs' additions stand by their neighbours, and stamped notes in order of time.

Done again with the same, it changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktopnotes.model.merge_changes import CONFLICTS, FOUND_OUT, Change, ChangeKind
from desktopnotes.model.merge_fields import merged_fields
from desktopnotes.model.merge_notes import WORDS, clash, is_stretch, second_id, words_of
from desktopnotes.model.merge_order import by_time, is_by_time, merged_order
from desktopnotes.model.merge_sentence import sentence
from desktopnotes.model.merge_sides import Side, same, shared, unique
from desktopnotes.model.notebook import Note, Notebook, Post, Talk, changed
from desktopnotes.model.versions import version_id

__all__ = ["Change", "ChangeKind", "Merged", "merge", "sentence"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged notebook, and what of theirs came into ours."""

    notebook: Notebook
    changes: tuple[Change, ...] = ()

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """What both changed: kept twice, joined, or left as ours has it."""
        return tuple(change for change in self.changes if change.kind in CONFLICTS)


def merge(base: Notebook | None, ours: Notebook, theirs: Notebook) -> Merged:
    """Ours with what theirs changed since `base`; without one, all that either has.

    The result shares with ours whatever theirs brings nothing to, and is ours where it brings nothing at all.
    """
    if theirs == ours or (base is not None and theirs == base):
        return Merged(ours)
    work = _Work(base or Notebook(ours.id), unique(ours), unique(theirs))
    merged = work.notebook(has_base=base is not None)
    if base is not None and ours == base:
        merged = shared(theirs, ours)
    elif merged == ours:
        merged = ours
    return Merged(merged, tuple(work.changes))


_NOTE, _TALK, _POST, _NOTEBOOK = (
    tuple(field.name for field in dataclasses.fields(of) if field.name not in apart)
    for of, apart in (
        (Note, ("id", "text", "picture", "alt")),
        (Talk, ("id", "notes")),
        (Post, ("id", "talks")),
        (Notebook, ("id", "talks", "posts")),
    )
)


class _Work:
    """One merge: what stands in which talk, and what is told of it."""

    def __init__(self, base: Notebook, ours: Notebook, theirs: Notebook) -> None:
        self.base, self.ours, self.theirs = Side(base), Side(ours), Side(theirs)
        self.changes: list[Change] = []
        self._notes: dict[str, dict[str, Note]] = {}
        """The notes of each talk as they will be, by id."""
        self._twins: dict[str, Note] = {}
        """The second version of a note that is kept twice, by the id of the first."""
        self._claimed: set[str] = set()
        """The ids of second versions."""
        self._swapped: set[str] = set()
        """Those of pairs that both have, of which one has first what the other has second."""

    def notebook(self, *, has_base: bool) -> Notebook:
        ours = self.ours.notebook
        talk_ids = [one for one in self._ids("talks") if self._stays(one)]
        staying = set(talk_ids)
        self._place_notes(staying)
        order = self._order("talks", staying)
        talks = tuple(self._talk(talk_id) for talk_id in order)
        self._tell_removed_talks(staying)
        posts = self._posts(staying)
        values = self._fields(
            self.base.notebook if has_base else Notebook(ours.id),
            ours,
            self.theirs.notebook,
            _NOTEBOOK,
            Change(ChangeKind.CHANGED, "notebook"),
        )
        return changed(ours, talks=same(ours.talks, talks), posts=same(ours.posts, posts), **values)

    def _ids(self, name: str) -> Iterable[str]:
        return dict.fromkeys((*getattr(self.ours, name), *getattr(self.theirs, name)))

    def _order(self, name: str, kept: set[str]) -> list[str]:
        return merged_order([list(getattr(side, name)) for side in self._sides()], kept)

    def _sides(self) -> tuple[Side, Side, Side]:
        return self.base, self.ours, self.theirs

    def _tell(self, kind: ChangeKind, what: str, **where: str) -> None:
        self.changes.append(Change(kind, what, **where))

    def _fields(
        self, base: Any, ours: Any, theirs: Any, names: Sequence[str], where: Change
    ) -> dict[str, Any]:
        def found(kind: ChangeKind, field: str) -> None:
            self.changes.append(replace(where, kind=kind, field=field))

        return merged_fields(base, ours, theirs, names, found)

    # --- which talks stay ----------------------------------------------------------------------------

    def _stays(self, talk_id: str) -> bool:
        """Whether both have it, one added it, or one took it out but the other changed it."""
        mine, other = self.ours.talks.get(talk_id), self.theirs.talks.get(talk_id)
        old = self.base.talks.get(talk_id)
        if old is None or (mine is not None and other is not None):
            return True
        left = mine or other
        return left is not None and self._was_edited(old, left)

    def _was_edited(self, old: Talk, new: Talk) -> bool:
        """Whether more was done to a talk than to watch it, or to take notes of it away."""
        if any(getattr(old, name) != getattr(new, name) for name in _TALK if name not in FOUND_OUT):
            return True
        before = {note.id: note for note in old.notes}
        return any(before.get(note.id) != note for note in new.notes)

    def _tell_removed_talks(self, staying: set[str]) -> None:
        for talk_id in self.ours.talks:
            if talk_id not in staying:
                self._tell(ChangeKind.REMOVED, "talk", talk_id=talk_id)

    # --- notes ---------------------------------------------------------------------------------------

    def _place_notes(self, talk_ids: set[str]) -> None:
        """Finds for each note whether it stays, where and how; those that both have come first."""
        self._notes = {talk_id: {} for talk_id in talk_ids}
        self._find_swapped()
        alone: list[str] = []
        for note_id, (talk_id, mine) in self.ours.notes.items():
            there = self.theirs.notes.get(note_id)
            if there is None:
                alone.append(note_id)
                continue
            place = self._place(note_id)
            self._notes[place][note_id] = self._note(place, mine, there[1])
            if place != talk_id:
                self._tell(ChangeKind.CHANGED, "note", talk_id=place, note_id=note_id, field="talk")
        alone += [note_id for note_id in self.theirs.notes if note_id not in self.ours.notes]
        for note_id in alone:
            self._place_alone(note_id)

    def _find_swapped(self) -> None:
        """Finds pairs that both have, of which one has first what the other has second."""
        for note_id, (_, mine) in self.ours.notes.items():
            there = self.theirs.notes.get(note_id)
            if there is None or mine.text == there[1].text:
                continue
            second = second_id(mine, there[1])
            first_there, second_here = self.theirs.note(second), self.ours.note(second)
            if first_there and second_here and words_of(first_there) == words_of(mine):
                self._swapped |= {note_id, second}

    def _place(self, note_id: str) -> str:
        """The talk of a note that both have: where it was moved to, or ours."""
        mine, other = self.ours.place(note_id), self.theirs.place(note_id)
        place = other if mine == self.base.place(note_id) else mine
        return place if place in self._notes else mine if mine in self._notes else other

    def _place_alone(self, note_id: str) -> None:
        """A note that one side has: added there, or taken out by the other, which a change outweighs."""
        is_ours = note_id in self.ours.notes
        place, note = (self.ours if is_ours else self.theirs).notes[note_id]
        if self._survives(note_id):
            self._notes[place][note_id] = note
            if not is_ours:
                self._tell(ChangeKind.ADDED, "note", talk_id=place, note_id=note_id)
        elif is_ours:
            self._tell(ChangeKind.REMOVED, "note", talk_id=place, note_id=note_id)

    def _survives(self, note_id: str) -> bool:
        """Whether a note stays: one that was taken out, where it was changed too or its talk comes back."""
        mine, other = self.ours.notes.get(note_id), self.theirs.notes.get(note_id)
        left = mine or other
        if left is None or (mine is not None and other is not None):
            return left is not None
        place = left[0]
        if place not in self._notes or note_id in self._claimed:
            return False
        if self.base.notes.get(note_id) != left:  # added, changed or moved
            return True
        return place not in self.ours.talks or place not in self.theirs.talks

    def _note(self, place: str, mine: Note, other: Note) -> Note:
        """A note that both sides have."""
        old = self.base.note(mine.id)
        if mine is other or mine == other or other == old:
            return mine
        old = old or Note(mine.id)
        where = Change(ChangeKind.CHANGED, "note", talk_id=place, note_id=mine.id)
        is_swapped = mine.id in self._swapped
        names = [name for name in _NOTE if not is_swapped or name not in ("created", "edited")]
        values = self._fields(old, mine, other, names, where)
        self._keep_together(old, mine, other, values, where)
        clashes = [name for name in WORDS if clash(old, mine, other, name)]
        for name in WORDS:
            before, here, there = (getattr(each, name) for each in (old, mine, other))
            if not clashes and there not in (here, before) and (here == before or not here):
                values[name] = there
                self.changes.append(replace(where, field=name))
        if clashes and not is_swapped and (second := self._second(mine, other)):
            self._twins[mine.id] = replace(other, id=second, conflict=True)
            values["conflict"] = True
            self.changes.append(replace(where, kind=ChangeKind.KEPT_TWICE, field=clashes[0], other_id=second))
        return changed(mine, **values)

    def _second(self, mine: Note, other: Note) -> str:
        """The id for the second version of a note; "" where ours has kept both before."""
        second = second_id(mine, other)
        while True:
            if second in self.ours.notes and self._survives(second):
                return ""
            there = self.theirs.note(second)
            if second not in self.ours.notes and (there is None or words_of(there) == words_of(mine)):
                # Where theirs has it, it is ours already, and made way for theirs.
                self._claimed.add(second)
                return second
            second = version_id(mine.id, second)

    def _keep_together(
        self, old: Note, mine: Note, other: Note, values: dict[str, Any], where: Change
    ) -> None:
        """Whether a stamp is true goes with the stamp, and an end never comes before it."""
        if "at_ms" in values:
            values["approximate"] = other.approximate
        elif mine.at_ms != old.at_ms:
            values.pop("approximate", None)
        if not ({"at_ms", "end_ms"} & values.keys()) or not is_stretch(mine.at_ms, mine.end_ms):
            return
        if not is_stretch(values.get("at_ms", mine.at_ms), values.get("end_ms", mine.end_ms)):
            for name in ("at_ms", "end_ms", "approximate"):
                values.pop(name, None)
            self.changes.append(replace(where, kind=ChangeKind.KEPT_OURS, field="end_ms"))

    # --- talks and posts -----------------------------------------------------------------------------

    def _talk(self, talk_id: str) -> Talk:
        mine, other = self.ours.talks.get(talk_id), self.theirs.talks.get(talk_id)
        notes = self._notes_of(talk_id)
        if mine is None:
            assert other is not None
            self._tell(ChangeKind.ADDED, "talk", talk_id=talk_id)
            return changed(other, notes=same(other.notes, notes))
        values: dict[str, Any] = {}
        if other is not None and mine is not other:
            old = self.base.talks.get(talk_id) or Talk(talk_id)
            where = Change(ChangeKind.CHANGED, "talk", talk_id=talk_id)
            values = self._fields(old, mine, other, _TALK, where)
        return changed(mine, notes=same(mine.notes, notes), **values)

    def _notes_of(self, talk_id: str) -> tuple[Note, ...]:
        """The notes of a talk in their order, each second version right behind the first."""
        kept = self._notes[talk_id]
        order = merged_order([side.ids_in(talk_id) for side in self._sides()], kept)
        notes = tuple(
            note
            for note_id in order
            for note in (kept[note_id], self._twins.get(note_id))
            if note is not None
        )
        if is_by_time(notes):
            return notes
        talks = (side.talks.get(talk_id) for side in (self.ours, self.theirs))
        return by_time(notes) if all(is_by_time(talk.notes) for talk in talks if talk) else notes

    def _posts(self, talk_ids: set[str]) -> tuple[Post, ...]:
        kept = {post_id for post_id in self._ids("posts") if self._post_stays(post_id)}
        for post_id in self.ours.posts:
            if post_id not in kept:
                self._tell(ChangeKind.REMOVED, "post", post_id=post_id)
        return tuple(self._post(post_id, talk_ids) for post_id in self._order("posts", kept))

    def _post_stays(self, post_id: str) -> bool:
        mine, other = self.ours.posts.get(post_id), self.theirs.posts.get(post_id)
        old, left = self.base.posts.get(post_id), mine or other
        if old is None or left is None or (mine is not None and other is not None):
            return True
        side = self.ours if mine else self.theirs
        if any(getattr(old, name) != getattr(left, name) for name in _POST if name not in FOUND_OUT):
            return True
        return left.talks != tuple(one for one in old.talks if one in side.talks or one in left.talks)

    def _post(self, post_id: str, talk_ids: set[str]) -> Post:
        mine, other = self.ours.posts.get(post_id), self.theirs.posts.get(post_id)
        old = self.base.posts.get(post_id) or Post(post_id)
        if mine is None:
            assert other is not None
            self._tell(ChangeKind.ADDED, "post", post_id=post_id)
            return changed(other, talks=self._talks_of(old, other, other, talk_ids))
        where = Change(ChangeKind.CHANGED, "post", post_id=post_id)
        values = self._fields(old, mine, other, _POST, where) if other else {}
        talks = self._talks_of(old, mine, other or mine, talk_ids)
        if talks != mine.talks:
            self.changes.append(replace(where, field="talks"))
        return changed(mine, talks=talks, **values)

    def _talks_of(self, old: Post, mine: Post, other: Post, talk_ids: set[str]) -> tuple[str, ...]:
        """The talks of a post: one that was taken out of the notebook was not taken out of the post."""

        def stays(talk_id: str) -> bool:
            if talk_id not in talk_ids and (talk_id in self.ours.talks or talk_id in self.theirs.talks):
                return False
            if talk_id not in old.talks:
                return True
            pairs = ((mine, self.ours), (other, self.theirs))
            return all(talk_id in post.talks or talk_id not in side.talks for post, side in pairs)

        lists = [tuple(dict.fromkeys(post.talks)) for post in (old, mine, other)]
        return tuple(merged_order(lists, {one for one in (*mine.talks, *other.talks) if stays(one)}))
