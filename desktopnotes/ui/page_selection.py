"""What is selected in the page of notes, told note by note, and selected again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktopnotes.screen import Stretch
from desktopnotes.ui.rows import text_of

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

    def put(self, stretches: Sequence[Stretch]) -> None:
        """See `Screen.select`; the caret goes to the end."""
        page, text = self._page, self._page.text
        first, last = page.row_of(stretches[0].note_id), page.row_of(stretches[-1].note_id)
        if first is None or last is None:
            return
        start, end = page.index_of(first, stretches[0].start), page.index_of(last, stretches[-1].end)
        text.tag_remove("sel", "1.0", "end")
        text.raw("mark", "set", "insert", end)
        if start != end:
            text.tag_add("sel", start, end)
            text.raw("mark", "set", text.tk.call("tk::TextAnchor", text), start)
        text.see("insert")

    def widen(self) -> None:
        """Chooses the note under the caret; where it is chosen already, all."""
        page, text = self._page, self._page.text
        index = page.row_index("insert")
        first, last = page.index_of(index, 0), page.index_of(index, len(text_of(page.rows[index])))
        ends = self._ends()
        is_chosen = (
            ends is not None and text.compare(ends[0], "<=", first) and text.compare(last, "<=", ends[1])
        )
        if is_chosen or first == last:
            first, last = "1.0", str(text.index("end-1c"))
        text.tag_remove("sel", "1.0", "end")
        text.tag_add("sel", first, last)
