"""What becomes of several notes that are made one: nothing of them is lost, and nothing private is shown."""

from __future__ import annotations

from collections.abc import Sequence

from desktopnotes.model.notebook import Kind, Note, changed


def joined(notes: Sequence[Note], gap: str = "") -> Note | None:
    """One note of all the text, in place of the first; None where two have a snapshot: one holds but one.

    It takes stamp and end from the first that has a stamp, and is private where one of them is. Else it is
    what the first one is; where that is a thought without a stamp, what the one with the stamp is. `gap`
    stands between two texts that no space parts. It is used only if all of them were.
    """
    first = notes[0]
    with_picture = [note for note in notes if note.picture]
    if len(with_picture) > 1:
        return None
    shown = with_picture[0] if with_picture else notes[-1]
    index = next((index for index, note in enumerate(notes) if note.at_ms is not None), 0)
    timed = notes[index]
    return changed(
        first,
        at_ms=timed.at_ms,
        end_ms=_end(notes[index:]),
        approximate=timed.approximate,
        kind=_kind(notes, timed),
        text=_text(notes, gap),
        picture=shown.picture,
        alt=shown.alt,
        caption=" ".join(note.caption for note in notes if note.caption),
        used=all(note.used for note in notes),
    )


def _kind(notes: Sequence[Note], timed: Note) -> str:
    if any(note.kind == Kind.PRIVATE for note in notes):
        return Kind.PRIVATE
    return timed.kind if notes[0].kind == Kind.THOUGHT and notes[0].at_ms is None else notes[0].kind


def _end(notes: Sequence[Note]) -> int | None:
    """Where a note ends that is about what all of these are about, from the first one's moment on."""
    if notes[0].at_ms is None:
        return notes[0].end_ms
    return max((note.end_ms for note in notes if note.end_ms is not None), default=None)


def _text(notes: Sequence[Note], gap: str) -> str:
    parts: list[str] = []
    for text in (note.text for note in notes if note.text):
        if parts and not parts[-1][-1].isspace() and not text[0].isspace():
            parts.append(gap)
        parts.append(text)
    return "".join(part for part in parts if part)
