"""What becomes of each field of a note, talk, post or notebook that was changed on two sides.

A field that one side alone changed is as that side has it. Where both did, a change beats an emptied field,
and else:

- **words and pictures of a note** (text, picture, alt): the note is kept twice, see `merge`;
- **write-up, introduction, closing**: joined paragraph by paragraph, marked where both changed the same;
- **tags, speakers, talks of a post, chapters, places of export**: what either side added, less what either
  took out;
- **unknown keys**: key by key, by these same rules;
- **what the program found out** (position, state, length, speed, captions shown at a note, moments of making
  and editing): the further, longer, earlier made, later edited; the speed and the shown captions are ours.
  No conflict: nobody wrote it;
- **kind**: private where either side made it so, for that must never come out; else as all others;
- **all others** (stamps and ends, titles, addresses, files, dates, style …): they are values, of which a
  thing can have but one and a second note for one would be a burden: ours is kept, and the conflict is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from desktopnotes.model import merge_texts
from desktopnotes.model.merge_changes import ChangeKind
from desktopnotes.model.merge_order import merged_order, merged_set
from desktopnotes.model.notebook import NOTHING_UNKNOWN, Chapter, Exported, Kind, State

Outcome = tuple[Any, ChangeKind | None]
"""The value, and what is told of it; None where theirs brings nothing that is told."""

Rule = Callable[[Any, Any, Any], Outcome]
"""Of base, ours and theirs, all three of which differ."""

_ABSENT = object()
_EMPTY: tuple[Any, ...] = ("", None, (), _ABSENT)


def ours_stands(_base: Any, ours: Any, theirs: Any) -> Outcome:
    """A change beats an emptied field; else ours is kept, which is a conflict."""
    if ours in _EMPTY:
        return theirs, ChangeKind.CHANGED
    return ours, None if theirs in _EMPTY else ChangeKind.KEPT_OURS


def ours_in_silence(_base: Any, ours: Any, theirs: Any) -> Outcome:
    return (theirs, ChangeKind.CHANGED) if ours in _EMPTY else (ours, None)


def greater(_base: Any, ours: Any, theirs: Any) -> Outcome:
    """The longer length, the later edit."""
    return (theirs, ChangeKind.CHANGED) if theirs > ours else (ours, None)


def earlier(_base: Any, ours: Any, theirs: Any) -> Outcome:
    return (theirs, ChangeKind.CHANGED) if (theirs and not ours) or "" < theirs < ours else (ours, None)


def either(_base: Any, ours: Any, theirs: Any) -> Outcome:
    return ours or theirs, None if ours else ChangeKind.CHANGED


def _kind(base: Any, ours: Any, theirs: Any) -> Outcome:
    if Kind.PRIVATE in (ours, theirs):
        return Kind.PRIVATE, None if ours == Kind.PRIVATE else ChangeKind.CHANGED
    return ours_stands(base, ours, theirs)


_FURTHER: Mapping[str, int] = {State.TO_WATCH: 0, State.WATCHING: 1, State.WATCHED: 2}


def _state(_base: Any, ours: Any, theirs: Any) -> Outcome:
    if _FURTHER.get(theirs, -1) > _FURTHER.get(ours, 3):
        return theirs, ChangeKind.CHANGED
    return ours, None


def _words(base: Any, ours: Any, theirs: Any) -> Outcome:
    merged = merged_set(base, ours, theirs)
    return (ours, None) if merged == ours else (merged, ChangeKind.CHANGED)


def _text(base: Any, ours: Any, theirs: Any) -> Outcome:
    text, marked = merge_texts.joined(base, ours, theirs)
    if text == ours:
        return ours, None
    return text, ChangeKind.JOINED if marked else ChangeKind.CHANGED


def _things(key: Callable[[Any], str], in_order: Callable[[Any], Any] | None = None) -> Rule:
    """Of a list of values that are known by a key: one under the same key on both sides is ours."""

    def rule(base: Any, ours: Any, theirs: Any) -> Outcome:
        lists = [{key(each): each for each in reversed(side)} for side in (base, ours, theirs)]
        old, mine, other = [dict(reversed(each.items())) for each in lists]
        gone = {name for name in old if name not in mine or name not in other}
        kept = {name for name in (*mine, *other) if name not in gone}
        both = {**other, **mine}
        both |= {name: other[name] for name in mine if name in other and old.get(name) == mine[name]}
        merged = [both[name] for name in merged_order([list(old), list(mine), list(other)], kept)]
        if in_order is not None:
            merged.sort(key=in_order)
        return (ours, None) if tuple(merged) == ours else (tuple(merged), ChangeKind.CHANGED)

    return rule


def _of_chapter(chapter: Chapter) -> str:
    return f"{chapter.at_ms} {chapter.title}"


def _start_of(chapter: Chapter) -> int:
    return chapter.at_ms


def _path_of(exported: Exported) -> str:
    return exported.path


def _unknown(base: Any, ours: Any, theirs: Any) -> Outcome:
    """Key by key; an absent one counts as an emptied field."""
    merged: dict[str, Any] = dict(ours)
    told: ChangeKind | None = None
    for name in dict.fromkeys((*ours, *theirs)):
        old, mine, other = (side.get(name, _ABSENT) for side in (base, ours, theirs))
        if other in (mine, old):
            continue
        value, kind = (other, ChangeKind.CHANGED) if mine == old else ours_stands(old, mine, other)
        told = ChangeKind.KEPT_OURS if ChangeKind.KEPT_OURS in (told, kind) else kind or told
        if value is _ABSENT:
            merged.pop(name, None)
        else:
            merged[name] = value
    if merged == ours:
        return ours, told
    return MappingProxyType(merged) if merged else NOTHING_UNKNOWN, told


RULES: Mapping[str, Rule] = {
    "kind": _kind,
    "caption": ours_in_silence,
    "created": earlier,
    "edited": greater,
    "used": either,
    "conflict": either,
    "approximate": either,
    "duration_ms": greater,
    "position_ms": greater,
    "state": _state,
    "rate": lambda _base, ours, _theirs: (ours, None),
    "speakers": _words,
    "tags": _words,
    "chapters": _things(_of_chapter, _start_of),
    "exported": _things(_path_of),
    "write_up": _text,
    "intro": _text,
    "closing": _text,
    "unknown": _unknown,
}
"""By the field's name, which means the same in all things; for all others `ours_stands`."""


def merged_fields(
    base: Any, ours: Any, theirs: Any, names: Iterable[str], found: Callable[[ChangeKind, str], None]
) -> dict[str, Any]:
    """The fields of `names` that must become others in `ours`; `found` is told of each, and of conflicts."""
    values: dict[str, Any] = {}
    for name in names:
        mine, other = getattr(ours, name), getattr(theirs, name)
        if mine == other:
            continue
        old = getattr(base, name)
        if other == old:
            continue
        rule = RULES.get(name, ours_stands)
        value, kind = (other, ChangeKind.CHANGED) if mine == old else rule(old, mine, other)
        if kind is not None:
            found(kind, name)
        if value is not mine:
            values[name] = value
    return values
