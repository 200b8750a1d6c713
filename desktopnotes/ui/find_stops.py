"""The places that finding in a talk goes to, one after the other; without a widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktopnotes.model.folding import Span
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Talk
from desktopnotes.model.search import Place, Query, Text, hit_of

MOST_ONE_BY_ONE = 2000
"""In more texts than these the places are not counted one by one: each text is one."""

_Position = tuple[int, int]
"""The number of a note and a place in it; the write-up stands behind the last note."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that is gone to: in a note, or in the write-up (no `note_id`).

    `span` is None where the note as a whole was found, or words that are drawn beside its text.
    """

    note_id: str
    span: Span | None

    @property
    def start(self) -> int:
        return self.span[0] if self.span else 0


def stops_of(query: Query, found: Sequence[Text]) -> Iterator[Stop]:
    """Every place of the words in what was found; every note where that is very much."""
    one_by_one = len(found) <= MOST_ONE_BY_ONE
    for text in found:
        note_id = text.note.id if text.note else ""
        hit = hit_of(query, text) if one_by_one or not note_id else None
        if hit and hit.spans and hit.place in (Place.NOTE, Place.WRITE_UP):
            yield from (Stop(note_id, span) for span in hit.spans)
        else:
            yield Stop(note_id, None)


class Stops:
    """The stops of a talk in their order, as seen from a caret."""

    def __init__(self, talk: Talk | None, stops: Sequence[Stop]) -> None:
        self.all = tuple(stops)
        notes = talk.notes if talk and stops else ()
        self._numbers = {note.id: number for number, note in enumerate(notes)}

    def __len__(self) -> int:
        return len(self.all)

    def _position(self, note_id: str, offset: int) -> _Position:
        return (self._numbers.get(note_id, 0) if note_id else len(self._numbers)), offset

    def _of_caret(self, caret: Caret, blank_after: str | None) -> _Position:
        """`blank_after` is the note above the empty row with the caret, "" at the top."""
        if caret.place == "write_up" or caret.note_id:
            return self._position(caret.note_id, caret.offset)
        return (self._numbers.get(blank_after, -1) + 1 if blank_after else 0), -1

    def first_from(self, caret: Caret, blank_after: str | None) -> int:
        """The number of the first stop at or behind the caret, else of the first of all; -1 without stops."""
        here = self._of_caret(caret, blank_after)
        behind = (i for i, stop in enumerate(self.all) if self._position(stop.note_id, stop.start) >= here)
        return next(behind, 0) if self.all else -1

    def beside(self, caret: Caret, blank_after: str | None, by: int) -> int:
        """The number of the stop after the caret (`by` 1) or before it (-1).

        Past the ends it is -1 or the count of all.
        """
        here = self._of_caret(caret, blank_after)
        places = [self._position(stop.note_id, stop.start) for stop in self.all]
        if by > 0:
            return next((i for i, place in enumerate(places) if place > here), len(places))
        return next((i for i in range(len(places) - 1, -1, -1) if places[i] < here), -1)
