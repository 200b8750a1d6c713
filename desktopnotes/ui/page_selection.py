"""What is selected in the page of notes, told note by note, and selected again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktopnotes.screen import Stretch
from desktopnotes.ui import rows
from desktopnotes.ui.rows import id_of

if TYPE_CHECKING:
    from desktopnotes.ui.notes_page import NotesPage


class PageSelection:
    """The selection of a page.

    Notes that were chosen together and stand apart by now, since their stamps were changed, stay chosen:
    Tk's selection could not tell them from those between them, so `apart` names them, and a tag shows them.
    """

    def __init__(self, page: NotesPage) -> None:
        self._page = page
        self.apart: tuple[str, ...] = ()

    def _ends(self) -> tuple[str, str] | None:
        ranges = self._page.text.tag_ranges("sel")
        if not ranges:
            return None
        last = (
            self._page.text.index("end-1c")
            if self._page.text.compare(ranges[-1], ">", "end-1c")
            else ranges[-1]
        )
        return str(ranges[0]), str(last)

    def note_ids(self) -> tuple[str, ...]:
        """The notes that the selection touches, in their order."""
        page, ends = self._page, self._ends()
        if ends is None:
            return self.apart
        first, last = page.row_index(ends[0]), page.row_index(f"{ends[1]}-1c")
        return tuple(row.id for row in page.rows[first : last + 1] if row)

    def stretches(self) -> tuple[Stretch, ...]:
        """See `Screen.selected`."""
        page, ends = self._page, self._ends()
        if ends is None and self.apart:
            return tuple(self._whole(index) for index in self._places(self.apart))
        if ends is None:
            caret = page.caret
            return (Stretch(caret.note_id, caret.offset, caret.offset),) if caret.note_id else ()
        first, last = page.row_index(ends[0]), page.row_index(ends[1])
        made = []
        for index in range(first, last + 1):
            row = page.rows[index]
            if row is None:
                continue
            start = page.offset(ends[0], index) if index == first else 0
            end = page.offset(ends[1], index) if index == last else len(row.text)
            made.append(Stretch(row.id, start, end))
        return tuple(made)

    def clear(self) -> None:
        """Nothing is selected: what is typed where the caret goes must not replace anything."""
        self._page.text.tag_remove("sel", "1.0", "end")
        self.forget_apart()

    def forget_apart(self) -> None:
        """The caret was moved, or something typed."""
        if self.apart:
            self.apart = ()
            self._page.text.raw("tag", "remove", "apart", "1.0", "end")

    def show_apart(self) -> None:
        """Marks the notes that are chosen apart, once their rows were drawn anew."""
        page, places = self._page, self._places(self.apart) if self.apart else []
        self.apart = tuple(id_of(page.rows[index]) for index in places)
        for index in places:
            first, last = page.lines.start(index), page.lines.start(index + 1)
            page.text.raw("tag", "add", "apart", f"{first}.0", f"{last}.0")

    def _places(self, note_ids: Sequence[str]) -> list[int]:
        ids = frozenset(note_ids)
        return [index for index, row in enumerate(self._page.rows) if row and row.id in ids]

    def put(self, stretches: Sequence[Stretch]) -> None:
        """See `Screen.select`; the caret goes to the end."""
        if self.apart:
            self.choose([stretch.note_id for stretch in stretches])
            return
        self._select(stretches[0], stretches[-1])
        self._page.text.see("insert")

    def choose(self, note_ids: Sequence[str]) -> None:
        """Selects these notes whole, with the caret at the end of the last.

        Where others stand between them now they are chosen all the same, and those are not.
        """
        page, places = self._page, self._places(note_ids)
        if not places:
            return
        last = self._whole(places[-1])
        if places[-1] - places[0] >= len(places):
            page.put_caret(last.note_id, last.end)
            self.apart = tuple(note_ids)
            self.show_apart()
        else:
            self._select(self._whole(places[0]), last)
            page.text.see("insert")

    def _whole(self, index: int) -> Stretch:
        row = self._page.rows[index]
        return Stretch(id_of(row), 0, rows.length_of(row))

    def _select(self, first: Stretch, last: Stretch) -> None:
        """Selects from the start of one to the end of the other; Shift and an arrow go on from there.

        A note that is being written ends when the caret leaves it, as it does wherever else that goes.
        """
        page, text = self._page, self._page.text
        self.clear()
        index = page.row_of(last.note_id)
        if index is None:
            return
        text.raw("mark", "set", "insert", page.index_of(index, last.end))
        page.edits.leave_note()
        above, below = page.row_of(first.note_id), page.row_of(last.note_id)
        if above is None or below is None:
            return
        start, end = page.index_of(above, first.start), page.index_of(below, last.end)
        text.raw("mark", "set", "insert", end)
        text.raw("mark", "set", text.tk.call("tk::TextAnchor", text), start)
        if start != end:
            text.tag_add("sel", start, end)

    def widen(self) -> None:
        """Chooses the note under the caret; where it is chosen already all, unless these are not seen."""
        page, text = self._page, self._page.text
        index = page.row_index("insert")
        first, last = page.index_of(index, 0), page.index_of(index, rows.length_of(page.rows[index]))
        ends = self._ends()
        is_chosen = (
            ends is not None and text.compare(ends[0], "<=", first) and text.compare(last, "<=", ends[1])
        )
        if not is_chosen and first != last:
            self._select(self._whole(index), self._whole(index))
        elif page.is_line:
            return
        elif noted := [index for index, row in enumerate(page.rows) if row]:
            self._select(self._whole(noted[0]), self._whole(noted[-1]))
