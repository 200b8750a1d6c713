"""What a merge brought into a notebook, and how it is told in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktopnotes.model.notebook import Notebook


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


def sentence(changes: Iterable[Change], notebook: Notebook | None = None, *, has_base: bool = True) -> str:
    """“2 notes were added and 1 changed; 1 was changed on both sides and is kept twice.”

    Where the merged `notebook` is given, values that stay as they were are named. Without a base nobody knows
    which side changed what: then the sides differ. Empty where nothing came that a person did.
    """
    told = [change for change in changes if change.field not in FOUND_OUT]
    clauses = [
        _done(told),
        _kept_twice(told, has_base),
        _joined(told, has_base),
        _ours(told, notebook, has_base),
    ]
    words = "; ".join(clause for clause in clauses if clause)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def versions_of(changes: Iterable[Change]) -> list[list[str]]:
    """The ids of all versions of each note that is kept twice, or more often where several were merged."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.kind == ChangeKind.KEPT_TWICE:
            ids = found.setdefault(change.note_id, [change.note_id])
            if change.other_id not in ids:
                ids.append(change.other_id)
            found[change.other_id] = ids
    return list({id(ids): ids for ids in found.values()}.values())


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


def _kept_twice(changes: Sequence[Change], has_base: bool) -> str:
    versions = versions_of(change for change in changes if change.what == "note")
    if not versions:
        return ""
    count, most = len(versions), max(map(len, versions))
    others = any(one.what == "note" and one.kind not in CONFLICTS for one in changes)
    noun = "" if others else " note" if count == 1 else " notes"
    was, is_, differs = ("was", "is", "differs") if count == 1 else ("were", "are", "differ")
    often = "twice" if most == 2 else f"in {most:,} versions" if count == 1 else f"in up to {most:,} versions"
    both = f"{was} changed on both sides" if has_base else differs
    return f"{count:,}{noun} {both} and {is_} kept {often}"


_TEXTS = {"write_up": "write-up", "intro": "introduction", "closing": "closing"}


def _joined(changes: Sequence[Change], has_base: bool) -> str:
    fields = [one.field for one in changes if one.kind == ChangeKind.JOINED]
    if not fields:
        return ""
    if len(fields) == 1:
        article = "an" if fields[0] == "intro" else "a"
        both = "was changed on both sides" if has_base else "differs"
        return f"{article} {_TEXTS[fields[0]]} {both} and holds both versions, marked"
    both = "were changed on both sides" if has_base else "differ"
    return f"{len(fields):,} longer texts {both} and hold both versions, marked"


_NAMED = 3
"""So many of the values that differ are named."""

_FIELDS = {
    "at_ms": "time",
    "end_ms": "end",
    "url": "address",
    "offset_ms": "offset of the recording",
    "lang": "language",
    "unknown": "data of a newer version",
}
"""What a field is called where that is not its own name."""


def _ours(changes: Sequence[Change], notebook: Notebook | None, has_base: bool) -> str:
    kept = [one for one in changes if one.kind == ChangeKind.KEPT_OURS]
    if not kept:
        return ""
    count = len({(one.what, one.talk_id, one.post_id, one.note_id, one.field) for one in kept})
    if notebook is None:
        names = [f"{count:,} value{'' if count == 1 else 's'}"]
    else:
        names = list(dict.fromkeys(_named(one, notebook) for one in kept))
        if len(names) > _NAMED:
            names[_NAMED:] = [f"{len(names) - _NAMED:,} other value{'' if len(names) == _NAMED + 1 else 's'}"]
    one_only = count == 1
    if not has_base:
        verbs = ("differs and stays as it is" if one_only else "differ and stay as they are") + " here"
        return f"{_listed(names)} {verbs}"
    stays = "stays as it was here" if one_only else "stay as they were here"
    if notebook is None:
        return f"{names[0]} that both sides changed {stays}"
    return f"both sides changed {_listed(names)}, which {stays}"


def _named(change: Change, notebook: Notebook) -> str:
    """“the title of “A Talk””."""
    field = _FIELDS.get(change.field, change.field.replace("_", " "))
    thing = notebook.talk(change.talk_id) or notebook.post(change.post_id)
    of = f"“{thing.title}”" if thing and thing.title else f"a {change.what}"
    if change.what == "notebook":
        return f"the notebook’s {field}"
    return f"the {field} of a note in {of}" if change.what == "note" else f"the {field} of {of}"
