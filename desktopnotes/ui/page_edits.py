"""What typing, deleting and pasting in the page become: text inside a note, or edits of the model.

It guards the page's text: whatever a key, the mouse or an input method wants to change comes here first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from desktopnotes.actions import arranging, clipboard, notes, writing
from desktopnotes.model.edits import Span
from desktopnotes.model.history import TYPING, Caret
from desktopnotes.model.notebook import Note
from desktopnotes.ui import markdown_tags, rows
from desktopnotes.ui.rows import id_of, length_of, text_of
from desktopnotes.ui.shown_text import LINE_LIMIT, shown, taken_in

if TYPE_CHECKING:
    from desktopnotes.ui.notes_page import NotesPage


class PageEdits:
    """The guard of a page. Indexes are Tk's "line.column", resolved."""

    def __init__(self, page: NotesPage) -> None:
        self._page = page
        self._emptied_id = ""
        self.caret_before: Caret | None = None

    def forget(self) -> None:
        """Another talk is shown: nothing of the last one waits any more."""
        self._emptied_id = ""

    def moved(self) -> None:
        """The caret was put somewhere: a note that it left has ended, an empty row between notes goes."""
        self._page.selection.forget_apart()
        self.leave_note()

    def leave_note(self) -> None:
        """Ends the note being written, if the caret is elsewhere by now."""
        page, session = self._page, self._page.session
        row = page.rows[page.row_index("insert")]
        if session.writing_id and id_of(row) != session.writing_id:
            notes.end(session)
        if page.wants_blank_after is not None and row is not None and not page.text.tag_ranges("sel"):
            page.wants_blank_after = None
            page.draw()

    def before_key(self) -> None:
        """A key is about to be handled: what the last one left empty is gone now."""
        page = self._page
        emptied_id, self._emptied_id = self._emptied_id, ""
        row = page.row_of(emptied_id) if emptied_id else None
        if row is not None and not text_of(page.rows[row]):
            notes.emptied(page.session, emptied_id)

    def insert(self, index: str, chars: str) -> None:
        self._page.selection.forget_apart()
        with self._remembering():
            self._insert(index, chars)

    def replacing(self) -> AbstractContextManager[None]:
        """See `Guard`: one step, which the letters typed next belong to as well."""
        return self._page.session.history.one_step(TYPING, goes_on=True)

    @contextmanager
    def _remembering(self) -> Iterator[None]:
        """Undo puts the caret where it was before Tk edited the text."""
        page = self._page
        caret = page.caret
        self.caret_before = caret if caret.note_id else replace(caret, below=page.blank_after)
        try:
            yield
        finally:
            self.caret_before = None

    def _insert(self, index: str, chars: str) -> None:
        page, session = self._page, self._page.session
        chars = taken_in(chars)
        session.refuse_if_read_only()
        row = page.row_index(index)
        note = page.rows[row]
        if len(chars) > 1 and self._makes_notes(index, row, chars):
            return
        if note is None:
            above = id_of(page.rows[row - 1]) if row else ""
            page.wants_blank_after = None
            notes.begin(session, chars, above)
            return
        if self._has_long_line(note, index, index, len(chars)):
            offset = page.offset(index, row)
            self._put(note, offset, offset, chars)
            return
        page.text.raw("insert", index, chars)
        self._report(row)

    def _has_long_line(self, note: Note, first: str, last: str, added: int = 0) -> bool:
        """Whether the note has a line longer than Tk bears, or gets one by a change."""
        if len(note.text) + added <= LINE_LIMIT:
            return False
        places = (first, last, f"{last} lineend")
        before, column, end = (self._page.text.column_and_line(place)[1] for place in places)
        return shown(note.text).is_broken or before + added + end - column > LINE_LIMIT

    def _put(self, note: Note, first: int, last: int, chars: str) -> None:
        """Puts letters in place of others in the note itself, of which Tk does not hold the very text."""
        text = note.text[:first] + chars + note.text[last:]
        notes.typed(self._page.session, note.id, text)
        self._page.put_caret(note.id, first + len(chars))

    def _makes_notes(self, index: str, row: int, chars: str) -> bool:
        """Whether notes were made of pasted lines that start with a time."""
        page = self._page
        note_id, offset = id_of(page.rows[row]), page.offset(index, row)
        return clipboard.paste_lines(page.session, note_id, offset, chars)

    def _report(self, row: int) -> None:
        """Tells the session what stands in a row now that Tk has edited it."""
        page = self._page
        note = page.rows[row]
        assert note is not None  # empty rows become notes before anything is inserted
        first, below = page.lines.start(row), page.lines.start(row + 1)
        lines_below = page.lines.start(len(page.rows)) - below
        last, _ = page.text.column_and_line("end-1c")
        text = str(page.text.raw("get", f"{first}.0", f"{last - lines_below}.end"))
        now = replace(note, text=rows.typed(text, note.text))
        page.rows[row] = now
        if page.lines.start(len(page.rows)) != last + 1:
            page.lines = page.lines.changed(rows.Change(row, row + 1, (now,)))
        self._tag_again(row, note)
        if note.id == page.moment_id:
            page.light(note.id)
        notes.typed(page.session, note.id, now.text)

    def _tag_again(self, row: int, before: Note) -> None:
        """Styles a row that Tk has edited: at an edge new letters have no tags, new lines the wrong ones."""
        page = self._page
        first, below = page.lines.start(row), page.lines.start(row + 1)
        now, whole = page.rows[row], (f"{first}.0", f"{below}.0")
        if below - first > 1:
            for tag in ("head", rows.tail_of(now)):
                page.text.raw("tag", "remove", tag, *whole)
        page.text.raw("tag", "add", "head", f"{first}.0", f"{first + 1}.0")
        page.text.raw("tag", "add", rows.tail_of(now), f"{below - 1}.0", f"{below}.0")
        for tag in rows.tags_of(now):
            page.text.raw("tag", "add", tag, *whole)
        markdown_tags.tag(page.text, first, text_of(before), text_of(now), rows.around(now))

    def delete(self, first: str, last: str) -> None:
        if self.delete_apart():
            return
        with self._remembering():
            self._delete(first, last)

    def delete_apart(self) -> bool:
        """Deletes the notes that are chosen though others stand between them; False where there are none."""
        if self._page.selection.apart:
            arranging.delete(self._page.session)
            return True
        return False

    def _delete(self, first: str, last: str) -> None:
        page, session = self._page, self._page.session
        session.refuse_if_read_only()
        start, end = page.row_index(first), page.row_index(last)
        if start == end:
            note = page.rows[start]
            if note is not None and self._has_long_line(note, first, last):
                self._put(note, page.offset(first, start), page.offset(last, start), "")
                self._check_emptied(start)
            elif note is not None:
                page.text.raw("delete", first, last)
                self._report(start)
                self._check_emptied(start)
            return
        self._delete_over_rows(start, page.offset(first, start), end, page.offset(last, end))

    def _check_emptied(self, row: int) -> None:
        """A note whose last letter went is gone, unless the same key puts something else in."""
        page = self._page
        note = page.rows[row]
        if note is not None and not note.text and not note.picture:
            self._emptied_id = note.id
            page.text.after_idle(self.before_key)

    def _delete_over_rows(self, start: int, start_offset: int, end: int, end_offset: int) -> None:
        page, session = self._page, self._page.session
        touched = [i for i in range(start, end + 1) if page.rows[i]]
        whole = end == start + 1 and start_offset == length_of(page.rows[start]) and end_offset == 0
        if whole and len(touched) == 2:
            notes.join_with_previous(session, id_of(page.rows[end]))
            return
        if whole:
            self._close_blank(start, end)
            return
        if not touched:
            return
        first, last = touched[0], touched[-1]
        offset = start_offset if first == start else 0
        last_offset = end_offset if last == end else length_of(page.rows[last])
        above = id_of(page.rows[first - 1]) if first else ""
        if first == last:
            note = page.rows[first]
            assert note is not None
            text = note.text[:offset] + note.text[last_offset:]
            if text:
                notes.typed(session, note.id, text)
                page.put_caret(note.id, offset)
            else:
                notes.emptied(session, note.id)
            return
        span = Span(id_of(page.rows[first]), offset, id_of(page.rows[last]), last_offset)
        notes.cut_span(session, span)
        kept = next((i for i in (span.first_id, span.last_id) if page.row_of(i) is not None), "")
        if kept:
            page.put_caret(kept, offset)
        else:
            page.put_blank(above)

    def _close_blank(self, start: int, end: int) -> None:
        """Backspace in an empty row goes up to the note above; Delete at a note's end closes the row."""
        page = self._page
        target, offset = (start, length_of(page.rows[start])) if page.rows[start] else (end, 0)
        kept = page.rows[target]
        page.wants_blank_after = None
        if kept:
            page.put_caret_in(kept, offset)
        page.draw()
        page.text.see("insert")

    def enter(self) -> None:
        """Ends the note; the caret goes to an empty row below where it settled."""
        page, session = self._page, self._page.session
        note = page.rows[page.row_index("insert")]
        if note is not None and not session.read_only:
            before = page.row_of(note.id)
            notes.end(session)
            writing.put_in_place(session, note.id)
            page.put_blank(note.id)
            if page.row_of(note.id) != before:
                page.flash(note.id)
        elif note is None:
            page.selection.clear()

    def break_line(self) -> None:
        """A new line inside the note, in place of what is selected."""
        page = self._page
        with self.replacing() if page.text.tag_ranges("sel") else nullcontext():
            page.text.put_in("")
            if page.rows[page.row_index("insert")] is not None:
                page.text.put_in("\n")
