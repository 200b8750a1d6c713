"""What a merge brought into a notebook, told in a sentence.

Its clauses are whole templates, so that each language has its own order; the first one may begin the
sentence and begins small all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from desktopnotes.model.listing import listed
from desktopnotes.model.merge_changes import CONFLICTS, FOUND_OUT, Change, ChangeKind, versions_of
from desktopnotes.model.notebook import Notebook
from desktopnotes.words import _, ngettext, number

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


# --- what was taken over -------------------------------------------------------------------------------


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
            nouns = [what for _number, what in counts]
            is_same_noun = nouns == nouns_before == ["note"]
            said = number(counts[0][0]) if is_same_noun else listed(map(_counted, counts))
            amount = counts[0][0] if len(counts) == 1 else sum(amount for amount, _what in counts)
            clauses.append(_clause(kind, amount, is_first=not clauses).format(things=said))
            nouns_before = nouns
    return listed(clauses)


def _clause(kind: ChangeKind, amount: int, *, is_first: bool) -> str:
    """What happened to so many things; behind the first one English leaves its verb out."""
    if kind == ChangeKind.ADDED:
        first = ngettext("{things} was added", "{things} were added", amount)
        return first if is_first else ngettext("{things} added", "{things} added", amount)
    if kind == ChangeKind.REMOVED:
        first = ngettext("{things} was removed", "{things} were removed", amount)
        return first if is_first else ngettext("{things} removed", "{things} removed", amount)
    first = ngettext("{things} was changed", "{things} were changed", amount)
    return first if is_first else ngettext("{things} changed", "{things} changed", amount)


def _counted(counted: tuple[int, str]) -> str:
    amount, what = counted
    if what == "notebook":
        return _("the notebook’s data")
    if what == "note":
        words = ngettext("{count} note", "{count} notes", amount)
    elif what == "talk":
        words = ngettext("{count} talk", "{count} talks", amount)
    else:
        words = ngettext("{count} post", "{count} posts", amount)
    return words.format(count=number(amount))


# --- what both sides changed ---------------------------------------------------------------------------


def _kept_twice(changes: Sequence[Change], has_base: bool) -> str:
    versions = versions_of(change for change in changes if change.what == "note")
    if not versions:
        return ""
    count, most = len(versions), max(map(len, versions))
    others = any(one.what == "note" and one.kind not in CONFLICTS for one in changes)
    words = _twice(count, has_base, others) if most == 2 else _more_often(count, has_base, others)
    return words.format(count=number(count), most=number(most))


def _twice(count: int, has_base: bool, others: bool) -> str:
    """`others`: notes were told of right before, so that the word may be left out."""
    if has_base and others:
        return ngettext(
            "{count} was changed on both sides and is kept twice",
            "{count} were changed on both sides and are kept twice",
            count,
        )
    if has_base:
        return ngettext(
            "{count} note was changed on both sides and is kept twice",
            "{count} notes were changed on both sides and are kept twice",
            count,
        )
    if others:
        return ngettext("{count} differs and is kept twice", "{count} differ and are kept twice", count)
    return ngettext(
        "{count} note differs and is kept twice", "{count} notes differ and are kept twice", count
    )


def _more_often(count: int, has_base: bool, others: bool) -> str:
    if has_base and others:
        return ngettext(
            "{count} was changed on both sides and is kept in {most} versions",
            "{count} were changed on both sides and are kept in up to {most} versions",
            count,
        )
    if has_base:
        return ngettext(
            "{count} note was changed on both sides and is kept in {most} versions",
            "{count} notes were changed on both sides and are kept in up to {most} versions",
            count,
        )
    if others:
        return ngettext(
            "{count} differs and is kept in {most} versions",
            "{count} differ and are kept in up to {most} versions",
            count,
        )
    return ngettext(
        "{count} note differs and is kept in {most} versions",
        "{count} notes differ and are kept in up to {most} versions",
        count,
    )


_JOINED = {
    "write_up": _("a write-up was changed on both sides and holds both versions, marked"),
    "intro": _("an introduction was changed on both sides and holds both versions, marked"),
    "closing": _("a closing was changed on both sides and holds both versions, marked"),
}
_JOINED_WITHOUT_BASE = {
    "write_up": _("a write-up differs and holds both versions, marked"),
    "intro": _("an introduction differs and holds both versions, marked"),
    "closing": _("a closing differs and holds both versions, marked"),
}


def _joined(changes: Sequence[Change], has_base: bool) -> str:
    fields = [one.field for one in changes if one.kind == ChangeKind.JOINED]
    if not fields:
        return ""
    if len(fields) == 1:
        return (_JOINED if has_base else _JOINED_WITHOUT_BASE)[fields[0]]
    if has_base:
        words = _("{count} longer texts were changed on both sides and hold both versions, marked")
    else:
        words = _("{count} longer texts differ and hold both versions, marked")
    return words.format(count=number(len(fields)))


# --- what stays as it was ------------------------------------------------------------------------------

_NAMED = 3
"""So many of the values that differ are named."""

_FIELDS = {
    "at_ms": _("the time"),
    "end_ms": _("the end"),
    "kind": _("the kind"),
    "picture": _("the picture"),
    "alt": _("the alt"),
    "title": _("the title"),
    "original_title": _("the original title"),
    "url": _("the address"),
    "file": _("the file"),
    "captions": _("the captions"),
    "offset_ms": _("the offset of the recording"),
    "date": _("the date"),
    "slug": _("the slug"),
    "lang": _("the language"),
    "description": _("the description"),
    "draft": _("the draft"),
    "style": _("the style"),
    "site": _("the site"),
    "times": _("the times"),
    "published": _("the published"),
    "unknown": _("the data of a newer version"),
}
_OF_NOTEBOOK = {
    "title": _("the notebook’s title"),
    "pictures": _("the notebook’s pictures"),
    "unknown": _("the notebook’s data of a newer version"),
}


def field_name(field: str) -> str:
    """What a sentence calls a field of a note, talk or post: “the title”."""
    return _FIELDS.get(field) or _("the {field}").format(field=field.replace("_", " "))


def _ours(changes: Sequence[Change], notebook: Notebook | None, has_base: bool) -> str:
    kept = [one for one in changes if one.kind == ChangeKind.KEPT_OURS]
    if not kept:
        return ""
    count = len({(one.what, one.talk_id, one.post_id, one.note_id, one.field) for one in kept})
    if notebook is None and has_base:
        return ngettext(
            "{count} value that both sides changed stays as it was here",
            "{count} values that both sides changed stay as they were here",
            count,
        ).format(count=number(count))
    if notebook is None:
        values = ngettext("{count} value", "{count} values", count).format(count=number(count))
    else:
        values = _some([*dict.fromkeys(_named(one, notebook) for one in kept)])
    if has_base:
        words = ngettext(
            "both sides changed {values}, which stays as it was here",
            "both sides changed {values}, which stay as they were here",
            count,
        )
    else:
        words = ngettext(
            "{values} differs and stays as it is here", "{values} differ and stay as they are here", count
        )
    return words.format(values=values)


def _some(names: list[str]) -> str:
    """The first of them by name, the others by their number."""
    if (more := len(names) - _NAMED) > 0:
        others = ngettext("{count} other value", "{count} other values", more)
        names[_NAMED:] = [others.format(count=number(more))]
    return listed(names)


def _named(change: Change, notebook: Notebook) -> str:
    """“the title of “A Talk””."""
    if change.what == "notebook":
        raw = _("the notebook’s {field}").format(field=change.field.replace("_", " "))
        return _OF_NOTEBOOK.get(change.field, raw)
    thing = notebook.talk(change.talk_id) or notebook.post(change.post_id)
    if thing and thing.title:
        of = f"“{thing.title}”"
    else:
        of = _("a post") if change.what == "post" else _("a talk")
    words = _("{field} of a note in {thing}") if change.what == "note" else _("{field} of {thing}")
    return words.format(field=field_name(change.field), thing=of)
