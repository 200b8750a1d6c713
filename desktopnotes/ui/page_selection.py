"""What is selected in the page of notes, told note by note, and selected again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktopnotes.screen import Stretch
from desktopnotes.ui.rows import id_of, text_of

if TYPE_CHECKING:
    from desktopnotes.ui.notes_page import NotesPage


class PageSelection:
    """The selection of a page."""

    def __init__(self, page: NotesPage) -> None:
        self._page = page

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
            return ()
        first, last = page.row_index(ends[0]), page.row_index(f"{ends[1]}-1c")
        return tuple(row.id for row in page.rows[first : last + 1] if row)

    def stretches(self) -> tuple[Stretch, ...]:
        """See `Screen.selected`."""
        page, ends = self._page, self._ends()
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

    def put(self, stretches: Sequence[Stretch]) -> None:
        """See `Screen.select`; the caret goes to the end."""
        self._select(stretches[0], stretches[-1])
        self._page.text.see("insert")

    def choose(self, note_ids: Sequence[str]) -> None:
        """Selects these notes whole, with the caret at the end of the last.

        Where others stand between them now nothing is selected, or the next command would change these too.
        """
        page, ids = self._page, frozenset(note_ids)
        places = [index for index, row in enumerate(page.rows) if row and row.id in ids]
        if not places:
            return
        if places[-1] - places[0] >= len(places):
            page.put_caret(id_of(page.rows[places[0]]), 0)
        else:
            self.put((self._whole(places[0]), self._whole(places[-1])))

    def _whole(self, index: int) -> Stretch:
        row = self._page.rows[index]
        return Stretch(id_of(row), 0, len(text_of(row)))

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
        first, last = page.index_of(index, 0), page.index_of(index, len(text_of(page.rows[index])))
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
