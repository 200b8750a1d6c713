"""What a merge brought into a notebook, and how it is told in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What became of something of theirs in ours."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT_TWICE = "kept twice"
    JOINED = "joined"
    KEPT_OURS = "kept ours"
    """Both changed a value, and ours stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """What of theirs came into ours: of a "note", "talk", "post" or the "notebook", and which field.

    `other_id` is the id of the second version of a note that is kept twice.
    """

    kind: ChangeKind
    what: str
    talk_id: str = ""
    note_id: str = ""
    post_id: str = ""
    field: str = ""
    other_id: str = ""


FOUND_OUT = frozenset(
    {"position_ms", "state", "duration_ms", "rate", "exported", "edited", "created", "caption", "conflict"}
)
"""Fields that the program fills in; alone they are no edit, and not worth a word."""

CONFLICTS = (ChangeKind.KEPT_TWICE, ChangeKind.JOINED, ChangeKind.KEPT_OURS)

_WHATS = ("note", "talk", "post", "notebook")


def sentence(changes: Iterable[Change]) -> str:
    """“2 notes were added and 1 changed; 1 was changed on both sides and is kept twice.”

    Empty where nothing came that a person did.
    """
    told = [change for change in changes if change.field not in FOUND_OUT]
    clauses = [_done(told), _kept_twice(told), _joined(told), _ours(told)]
    words = "; ".join(clause for clause in clauses if clause)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _things(changes: Iterable[Change], kinds: Collection[ChangeKind], what: str) -> set[tuple[str, ...]]:
    """The things of this sort that one of these happened to, each once."""
    return {
        ("note", one.note_id) if what == "note" else (what, one.talk_id, one.post_id)
        for one in changes
        if one.what == what and one.kind in kinds
    }


def _done(changes: Sequence[Change]) -> str:
    """What was simply taken over: a thing that was added, or is kept twice, is not told as changed too."""
    seen: set[tuple[str, ...]] = set()
    for what in _WHATS:
        seen |= _things(changes, (ChangeKind.KEPT_TWICE,), what)
    clauses: list[str] = []
    nouns_before: list[str] = []
    for kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED):
        counts = []
        for what in _WHATS:
            things = _things(changes, (kind,), what) - seen
            seen |= things
            if things:
                counts.append((len(things), what))
        if counts:
            nouns = [what for _, what in counts]
            said = (
                f"{counts[0][0]:,}" if nouns == nouns_before == ["note"] else _listed(map(_counted, counts))
            )
            verb = "" if clauses else " was" if counts[0][0] == 1 and len(counts) == 1 else " were"
            clauses.append(f"{said}{verb} {kind}")
            nouns_before = nouns
    return _listed(clauses)


def _counted(count: tuple[int, str]) -> str:
    number, what = count
    return "the notebook’s data" if what == "notebook" else f"{number:,} {what}{'' if number == 1 else 's'}"


def _listed(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _kept_twice(changes: Sequence[Change]) -> str:
    count = len(_things(changes, (ChangeKind.KEPT_TWICE,), "note"))
    others = any(one.what == "note" and one.kind not in CONFLICTS for one in changes)
    noun = "" if others else " note" if count == 1 else " notes"
    if not count:
        return ""
    verbs = ("was", "is") if count == 1 else ("were", "are")
    return f"{count:,}{noun} {verbs[0]} changed on both sides and {verbs[1]} kept twice"


_TEXTS = {"write_up": "write-up", "intro": "introduction", "closing": "closing"}


def _joined(changes: Sequence[Change]) -> str:
    fields = [one.field for one in changes if one.kind == ChangeKind.JOINED]
    if not fields:
        return ""
    if len(fields) == 1:
        return f"a {_TEXTS[fields[0]]} was changed on both sides and holds both versions, marked".replace(
            "a introduction", "an introduction"
        )
    return f"{len(fields):,} longer texts were changed on both sides and hold both versions, marked"


def _ours(changes: Sequence[Change]) -> str:
    count = sum(one.kind == ChangeKind.KEPT_OURS for one in changes)
    if not count:
        return ""
    if count == 1:
        return "1 value that both sides changed stays as it was here"
    return f"{count:,} values that both sides changed stay as they were here"
