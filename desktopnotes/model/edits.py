"""What a user does to notes, as pure functions: a notebook in, a notebook out that shares all else.

An edit that has nothing to do returns the very notebook it was given. Ids that do not exist change nothing.
Offsets count characters of a note's text. New ids and times of day come from the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_

from desktopnotes.model.joining import joined
from desktopnotes.model.light_markdown import is_address
from desktopnotes.model.notebook import Kind, Note, Notebook, Talk, changed

SIGNS = {"> ": Kind.QUOTE, "? ": Kind.QUESTION, "= ": Kind.CHAPTER, "! ": Kind.PRIVATE}
"""What is typed first for a kind."""


def with_talk(notebook: Notebook, talk_id: str, change: Callable[[Talk], Talk]) -> Notebook:
    """The notebook with one talk passed through `change`."""
    for index, talk in enumerate(notebook.talks):
        if talk.id == talk_id:
            new = change(talk)
            if new is talk:
                return notebook
            return replace(notebook, talks=(*notebook.talks[:index], new, *notebook.talks[index + 1 :]))
    return notebook


def with_note(
    notebook: Notebook, talk_id: str, note_id: str, change: Callable[[Note], Note | None]
) -> Notebook:
    """The notebook with one note passed through `change`, or without it where that gives None."""

    def in_talk(talk: Talk) -> Talk:
        index = talk.index_of(note_id)
        if index is None:
            return talk
        note = talk.notes[index]
        new = change(note)
        if new is note:
            return talk
        middle = () if new is None else (new,)
        return replace(talk, notes=(*talk.notes[:index], *middle, *talk.notes[index + 1 :]))

    return with_talk(notebook, talk_id, in_talk)


def add_note(notebook: Notebook, talk_id: str, note: Note, after_id: str = "") -> Notebook:
    """Puts `note` right behind the note `after_id`, or first where that is empty."""

    def in_talk(talk: Talk) -> Talk:
        index = talk.index_of(after_id) if after_id else -1
        place = len(talk.notes) if index is None else index + 1
        return replace(talk, notes=(*talk.notes[:place], note, *talk.notes[place:]))

    return with_talk(notebook, talk_id, in_talk)


def add_settled(notebook: Notebook, talk_id: str, note: Note) -> Notebook:
    """Puts `note` where its stamp belongs, or last where it has none."""
    talk = notebook.talk(talk_id)
    last_id = talk.notes[-1].id if talk and talk.notes else ""
    return settle(add_note(notebook, talk_id, note, last_id), talk_id, note.id, followers=False)


def set_text(notebook: Notebook, talk_id: str, note_id: str, text: str, edited: str) -> Notebook:
    """What was typed in a note."""
    return with_note(
        notebook,
        talk_id,
        note_id,
        lambda note: note if note.text == text else replace(note, text=text, edited=edited),
    )


def set_texts(notebook: Notebook, talk_id: str, texts: Mapping[str, str], edited: str) -> Notebook:
    """The texts that notes have now, by their ids, in one pass however many there are."""

    def written(note: Note) -> Note:
        text = texts[note.id]
        return note if note.text == text else replace(note, text=text, edited=edited)

    return with_notes(notebook, talk_id, texts.keys(), written)


def read_sign(text: str) -> tuple[str, str]:
    """The kind that the first typed characters mean and the text without them: `> `, `? `, `= `, `! `.

    The kind is empty where they mean nothing; a bare address makes a link.
    """
    if kind := SIGNS.get(text[:2]):
        return kind, text[2:]
    if is_address(text):
        return Kind.LINK, text
    return "", text


def end_note(notebook: Notebook, talk_id: str, note_id: str) -> Notebook:
    """What happens when the caret leaves a note: a sign typed first becomes its kind, and it takes its place.

    Where it has to move, it moves alone: the unstamped notes behind it were written after the note above it.
    """

    return settle(sign(notebook, talk_id, note_id), talk_id, note_id, followers=False)


def sign(notebook: Notebook, talk_id: str, note_id: str) -> Notebook:
    """A sign typed first becomes the kind of a note that is a thought until then."""

    def signed(note: Note) -> Note:
        kind, text = read_sign(note.text)
        return changed(note, kind=kind, text=text) if kind and note.kind == Kind.THOUGHT else note

    return with_note(notebook, talk_id, note_id, signed)


def leave_note(notebook: Notebook, talk_id: str, note_id: str) -> Notebook:
    """As `end_note`, of one whose sign was read as it was typed: a sign that stands there now is meant so."""
    note = talk.note(note_id) if (talk := notebook.talk(talk_id)) else None
    if note and note.text[:2] not in SIGNS:
        return end_note(notebook, talk_id, note_id)
    return settle(notebook, talk_id, note_id, followers=False)


def settle(notebook: Notebook, talk_id: str, note_id: str, *, followers: bool = True) -> Notebook:
    """Moves a stamped note to where its stamp belongs; one that stands by time, or has no stamp, stays.

    `followers` takes the unstamped notes behind it along: they stay after the note they were written after.
    """

    def in_talk(talk: Talk) -> Talk:
        start = talk.index_of(note_id)
        if start is None or _stands_by_time(talk.notes, start):
            return talk
        end = start + 1
        if followers:
            while end < len(talk.notes) and talk.notes[end].at_ms is None:
                end += 1
        moved = talk.notes[start:end]
        rest = (*talk.notes[:start], *talk.notes[end:])
        place = _place(rest, talk.notes[start].at_ms or 0)
        return replace(talk, notes=(*rest[:place], *moved, *rest[place:]))

    return with_talk(notebook, talk_id, in_talk)


def _stands_by_time(notes: Sequence[Note], index: int) -> bool:
    """Whether the stamped notes next to this one, above and below, are no later and no earlier than it."""
    at_ms = notes[index].at_ms
    if at_ms is None:
        return True
    above_ms = next((note.at_ms for note in reversed(notes[:index]) if note.at_ms is not None), at_ms)
    below_ms = next((note.at_ms for note in notes[index + 1 :] if note.at_ms is not None), at_ms)
    return above_ms <= at_ms <= below_ms


def _place(notes: Sequence[Note], at_ms: int) -> int:
    """Where a note of `at_ms` belongs: before the first of the later ones that end the page."""
    place = len(notes)
    for index in range(len(notes) - 1, -1, -1):
        other_ms = notes[index].at_ms
        if other_ms is None:
            continue
        if other_ms <= at_ms:
            return place
        place = index
    return place


def restamp(
    notebook: Notebook, talk_id: str, note_id: str, at_ms: int | None, *, approximate: bool = False
) -> Notebook:
    """Gives a note another moment, and its place by it; None makes it a note about the talk."""

    def change(note: Note) -> Note:
        return changed(_moved_to(note, at_ms), approximate=approximate)

    return settle(with_note(notebook, talk_id, note_id, change), talk_id, note_id)


def shift_stamps(notebook: Notebook, talk_id: str, note_ids: Collection[str], by_ms: int) -> Notebook:
    """Moves stamps by `by_ms`, none below 0; the notes of the page stand by time afterwards."""

    def shifted(note: Note) -> Note:
        return note if note.at_ms is None else _moved_to(note, max(0, note.at_ms + by_ms))

    after = with_notes(notebook, talk_id, note_ids, shifted)
    return after if after is notebook else with_talk(after, talk_id, by_time)


def _moved_to(note: Note, at_ms: int | None) -> Note:
    """The note at another moment; what it is about lasts as long as before."""
    if note.end_ms is None or note.at_ms is None or at_ms is None:
        return changed(note, at_ms=at_ms, end_ms=None)
    return changed(note, at_ms=at_ms, end_ms=at_ms + note.end_ms - note.at_ms)


def by_time(talk: Talk) -> Talk:
    """The talk with its stamped notes by time, each followed by the unstamped ones that were behind it."""
    groups: list[list[Note]] = [[]]
    for note in talk.notes:
        if note.at_ms is not None:
            groups.append([])
        groups[-1].append(note)
    about_the_talk, *stamped = groups
    stamped.sort(key=lambda group: group[0].at_ms or 0)
    return replace(talk, notes=tuple(note for group in (about_the_talk, *stamped) for note in group))


def delete_notes(notebook: Notebook, talk_id: str, note_ids: Collection[str]) -> Notebook:
    ids = frozenset(note_ids)

    def in_talk(talk: Talk) -> Talk:
        notes = tuple(note for note in talk.notes if note.id not in ids)
        return talk if len(notes) == len(talk.notes) else replace(talk, notes=notes)

    return with_talk(notebook, talk_id, in_talk)


def split_note(notebook: Notebook, talk_id: str, note_id: str, offset: int, new_id: str) -> Notebook:
    """Cuts a note in two at `offset`; the second keeps stamp and kind, the picture stays with the first.

    The second begins with a word: the spaces before it stay with the first, so joining gives the text back.
    """

    def in_talk(talk: Talk) -> Talk:
        index = talk.index_of(note_id)
        if index is None:
            return talk
        note = talk.notes[index]
        second_text = note.text[offset:].lstrip()
        first = changed(note, text=note.text.removesuffix(second_text))
        second = replace(note, id=new_id, text=second_text, picture="", alt="", caption="", end_ms=None)
        return replace(talk, notes=(*talk.notes[:index], first, second, *talk.notes[index + 1 :]))

    return with_talk(notebook, talk_id, in_talk)


def join_with_previous(notebook: Notebook, talk_id: str, note_id: str, *, gap: str = "") -> Notebook:
    """Backspace at a note's start: it and the note above become one, see `joining.joined`.

    Where they stay two (both have a snapshot), and with the first note of the page, nothing is joined.
    """

    def in_talk(talk: Talk) -> Talk:
        index = talk.index_of(note_id)
        if not index:
            return talk
        one = joined(talk.notes[index - 1 : index + 1], gap)
        return replace(talk, notes=(*talk.notes[: index - 1], one, *talk.notes[index + 1 :])) if one else talk

    return with_talk(notebook, talk_id, in_talk)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the page from one place in a note to another, with the whole notes between them."""

    first_id: str
    first_offset: int
    last_id: str
    last_offset: int


def cut_span(notebook: Notebook, talk_id: str, span: Span) -> Notebook:
    """Deletes what lies in `span`: what is left of its two ends becomes one note, see `joining.joined`.

    Where nothing is left of the first note's text, the note goes too, and the rest keeps its own stamp. A
    snapshot stays with the text that is left; where both ends have one, they stay two notes.
    """

    def in_talk(talk: Talk) -> Talk:
        first, last = talk.index_of(span.first_id), talk.index_of(span.last_id)
        if first is None or last is None or first >= last:
            return talk
        head = changed(talk.notes[first], text=talk.notes[first].text[: span.first_offset])
        tail = changed(talk.notes[last], text=talk.notes[last].text[span.last_offset :])
        left = tuple(end for end in (head, tail) if end.text)
        if len(left) == 2 and (one := joined(left)):
            left = (one,)
        return replace(talk, notes=(*talk.notes[:first], *left, *talk.notes[last + 1 :]))

    return with_talk(notebook, talk_id, in_talk)


def set_kind(notebook: Notebook, talk_id: str, note_ids: Collection[str], kind: str) -> Notebook:
    return with_notes(notebook, talk_id, note_ids, lambda note: changed(note, kind=kind))


def mark_used(notebook: Notebook, talk_id: str, note_ids: Collection[str]) -> Notebook:
    return with_notes(notebook, talk_id, note_ids, lambda note: changed(note, used=True))


def with_notes(
    notebook: Notebook, talk_id: str, note_ids: Collection[str], change: Callable[[Note], Note]
) -> Notebook:
    ids = frozenset(note_ids)

    def in_talk(talk: Talk) -> Talk:
        notes = tuple(change(note) if note.id in ids else note for note in talk.notes)
        return talk if all(map(is_, notes, talk.notes)) else replace(talk, notes=notes)

    return with_talk(notebook, talk_id, in_talk)
