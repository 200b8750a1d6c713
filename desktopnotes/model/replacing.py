"""Replacing words in notes, write-ups and posts: the places are shown, and those that are chosen replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktopnotes.model import edits
from desktopnotes.model.folding import Span, fold, places
from desktopnotes.model.notebook import Note, Notebook, Talk, changed
from desktopnotes.model.search import Place, Query, Text

_FIELDS = {Place.INTRODUCTION: "intro", Place.CLOSING: "closing"}


@dataclass(frozen=True, slots=True)
class Replacement:
    """One place: what stands at `span` of `text` becomes `new`. `owner_id` is the note's or the post's id."""

    place: Place
    talk_id: str
    owner_id: str
    text: str
    span: Span
    new: str
    at_ms: int | None = None

    @property
    def old(self) -> str:
        return self.text[self.span[0] : self.span[1]]

    @property
    def after(self) -> str:
        """The text with this place alone replaced."""
        return self.text[: self.span[0]] + self.new + self.text[self.span[1] :]


def query_of(wanted: str) -> Query:
    """What finds the texts that have `wanted`; it asks nothing where that is empty or only spaces."""
    return Query((fold(wanted),)) if fold(wanted).strip() else Query()


def in_text(found: Text, wanted: str, new: str, *, exact: bool = False) -> list[Replacement]:
    """The places of `wanted` in a text that the user wrote (not in titles or captions) and that would change.

    Case and accents do not count unless `exact`.
    """
    if found.note is not None:
        owner_id, text = found.note.id, found.note.text
    elif found.place == Place.WRITE_UP or found.place in _FIELDS:
        owner_id, text = found.post_id, found.text
    else:
        return []
    spans = _exact(text, wanted) if exact else places(text, [fold(wanted)])
    return [
        Replacement(found.place, found.talk_id, owner_id, text, (start, end), new, found.at_ms)
        for start, end in spans
        if text[start:end] != new
    ]


def _exact(text: str, wanted: str) -> list[Span]:
    spans: list[Span] = []
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        spans.append((start, start + len(wanted)))
        start = text.find(wanted, start + len(wanted))
    return spans


def replaced(notebook: Notebook, chosen: Iterable[Replacement], edited: str) -> Notebook:
    """The notebook with all `chosen` places replaced; a text that is another by now stays as it is.

    A note of which nothing is left goes, as where its last letter is deleted; with a snapshot it stays.
    """
    by_text: dict[tuple[str, str, Place], list[Replacement]] = defaultdict(list)
    for one in chosen:
        by_text[one.talk_id if one.place not in _FIELDS else "", one.owner_id, one.place].append(one)
    talk_ids = {talk_id for talk_id, _, _ in by_text if talk_id}
    for talk_id in talk_ids:
        notebook = edits.with_talk(notebook, talk_id, partial(_in_talk, by_text=by_text, edited=edited))
    posts = tuple(
        changed(
            post,
            **{
                field: _text(getattr(post, field), by_text.get(("", post.id, place), ()))
                for place, field in _FIELDS.items()
            },
        )
        for post in notebook.posts
    )
    return notebook if posts == notebook.posts else replace(notebook, posts=posts)


def _in_talk(
    talk: Talk, by_text: Mapping[tuple[str, str, Place], Sequence[Replacement]], edited: str
) -> Talk:
    def in_note(note: Note) -> Note | None:
        text = _text(note.text, by_text.get((talk.id, note.id, Place.NOTE), ()))
        if text == note.text:
            return note
        after = replace(note, text=text, edited=edited)
        return None if after.is_empty else after

    notes = tuple(after for note in talk.notes if (after := in_note(note)) is not None)
    write_up = _text(talk.write_up, by_text.get((talk.id, "", Place.WRITE_UP), ()))
    return changed(talk, write_up=write_up, notes=talk.notes if notes == talk.notes else notes)


def _text(text: str, chosen: Sequence[Replacement]) -> str:
    """The text with its places replaced, from its end on so that the spans before keep their meaning."""
    if not chosen or any(one.text != text for one in chosen):
        return text
    for one in sorted(chosen, key=lambda one: one.span, reverse=True):
        text = text[: one.span[0]] + one.new + text[one.span[1] :]
    return text
