"""The places that finding in a talk goes to, one after the other; without a widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from desktopnotes.model.folding import Span
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Talk
from desktopnotes.model.search import Place, Query, Text, hit_of

MOST_ONE_BY_ONE = 1000
"""In more texts than these the places are not counted one by one."""

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


def numbers_of(talk: Talk | None) -> Mapping[str, int]:
    """The number of each note on the page, by its id."""
    return {note.id: number for number, note in enumerate(talk.notes)} if talk else {}


class Stops(Sequence[Stop]):
    """The stops of what was found in a talk, in their order.

    They are every place of the words; in more than `MOST_ONE_BY_ONE` texts, the first of each note.
    """

    def __init__(self, query: Query, found: Sequence[Text], numbers: Mapping[str, int]) -> None:
        self._query = query
        self._numbers = numbers
        self._found = found
        self.is_by_note = len(found) > MOST_ONE_BY_ONE
        self._each = () if self.is_by_note else tuple(_each(query, found))

    def __len__(self) -> int:
        return len(self._found if self.is_by_note else self._each)

    @overload
    def __getitem__(self, number: int) -> Stop: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Stop]: ...
    def __getitem__(self, number: int | slice) -> Stop | Sequence[Stop]:
        if isinstance(number, slice):
            return [self[one] for one in range(len(self))[number]]
        if not self.is_by_note:
            return self._each[number]
        return next(_each(self._query, (self._found[number],)))

    def _position(self, number: int) -> _Position:
        stop = self[number]
        return self._of(stop.note_id, stop.start)

    def _of(self, note_id: str, offset: int) -> _Position:
        return (self._numbers.get(note_id, 0) if note_id else len(self._numbers)), offset

    def _of_caret(self, caret: Caret, blank_after: str | None) -> _Position:
        """`blank_after` is the note above the empty row with the caret, "" at the top."""
        if caret.place == "write_up" or caret.note_id:
            return self._of(caret.note_id, caret.offset)
        return (self._numbers.get(blank_after, -1) + 1 if blank_after else 0), -1

    def number_of(self, stop: Stop) -> int | None:
        """The number of a stop that was among others before; None where it is no more."""
        number = bisect_left(range(len(self)), self._of(stop.note_id, stop.start), key=self._position)
        return number if number < len(self) and self[number] == stop else None

    def first_from(self, caret: Caret, blank_after: str | None) -> int:
        """The number of the first stop at or behind the caret, else of the first of all; -1 without stops."""
        here = self._of_caret(caret, blank_after)
        number = bisect_left(range(len(self)), here, key=self._position)
        return number if number < len(self) else 0 if len(self) else -1

    def beside(self, caret: Caret, blank_after: str | None, by: int) -> int:
        """The number of the stop after the caret (`by` 1) or before it (-1).

        Past the ends it is -1 or the count of all.
        """
        here, numbers = self._of_caret(caret, blank_after), range(len(self))
        if by > 0:
            return bisect_right(numbers, here, key=self._position)
        return bisect_left(numbers, here, key=self._position) - 1


def _each(query: Query, found: Iterable[Text]) -> Iterator[Stop]:
    for text in found:
        note_id = text.note.id if text.note else ""
        hit = hit_of(query, text)
        if hit.spans and hit.place in (Place.NOTE, Place.WRITE_UP):
            yield from (Stop(note_id, span) for span in hit.spans)
        else:
            yield Stop(note_id, None)
