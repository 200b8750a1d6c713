"""The page of notes: one Text that holds the notes' text and nothing else, beside a gutter with their stamps.

Inside one note Tk edits the text and the page reports what it is now; whatever begins, ends, joins or cuts
notes is an edit of the model, after which the page redraws the rows that changed. Stamps, signs and snapshots
are drawn beside and over the text, never in it, so that the caret cannot enter them.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import ttk

from desktopnotes.actions import notes
from desktopnotes.model.edits import Span
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note
from desktopnotes.session import Session
from desktopnotes.ui import rows
from desktopnotes.ui.guarded_text import GuardedText, characters, columns
from desktopnotes.ui.gutter import Gutter
from desktopnotes.ui.rows import Lines, Row, id_of, text_of
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.thumbnails import HEIGHT, Thumbnails

_LIT_MS = 900
"""How long a note is lit that took its place somewhere else."""

_HINT = (
    "Type here while you watch:\neach note keeps the moment of its first key.\n"
    "Enter ends it. F1 shows all keys."
)


class NotesPage(ttk.Frame):
    """The view of the open talk's notes; `changed` tells of typing, for whoever follows the page."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session]) -> None:
        super().__init__(master, style="Page.TFrame")
        self._session = session
        self._theme = theme
        self._blank_after: str | None = None
        self._rows: list[Row] = [None]
        self._lines = Lines(self._rows)
        self._emptied_id = ""
        self._moment_id = ""
        self._flash_job = ""
        self.text = GuardedText(self, self, wrap="word", padx=0, highlightthickness=0, takefocus=True)
        self._bar = ttk.Scrollbar(self, orient="vertical", command=self.text.yview)
        self._thumbnails = Thumbnails(self.text, theme, self.visible_rows)
        self._gutter = Gutter(self, self.text, theme, self.visible_rows, self._jump, self.set_stamp)
        self._hint = ttk.Label(self.text, text=_HINT, style="Muted.TLabel", background=theme.palette.page)
        self.text.configure(yscrollcommand=self._scrolled)
        self._gutter.pack(side="left", fill="y")
        self._bar.pack(side="right", fill="y")
        self.text.pack(side="left", fill="both", expand=True)
        self.text.bind("<Return>", self._on_enter)
        self.text.bind("<KP_Enter>", self._on_enter)
        self.text.bind("<Shift-Return>", self._on_shift_enter)
        self.text.bind("<Configure>", lambda _: self.draw_beside(), add=True)
        theme.follow(self.text, self._dress)

    # --- drawing -------------------------------------------------------------------------------------

    def _dress(self) -> None:
        p, fonts, px = self._theme.palette, self._theme.fonts, self._theme.px
        text = self.text
        text.configure(spacing2=px(2))
        text.tag_configure("row", spacing1=px(5), spacing3=px(5))
        text.tag_configure("quote", font=fonts.page_italic)
        text.tag_configure("chapter", font=fonts.page_bold)
        text.tag_configure("private", font=fonts.page_italic, foreground=p.muted)
        text.tag_configure("used", foreground=p.muted)
        text.tag_configure("pictured", spacing3=px(HEIGHT) + px(18))
        text.tag_configure("lit", background=p.lit)
        text.tag_raise("sel")
        self._hint.configure(background=p.page)
        self.draw_beside()

    def show_talk(self) -> None:
        """Draws another talk, with the caret in the empty row at its end."""
        self._blank_after = None
        self._emptied_id = ""
        self._rows = rows.of_talk(self._session().talk, None)
        self._lines = Lines(self._rows)
        self.text.raw("delete", "1.0", "end")
        self._insert(1, self._rows[:-1])
        self._tag_last_row()
        self.text.raw("mark", "set", "insert", "end-1c")
        self.text.see("insert")
        self.light("")
        self._hint_when_empty()
        self.draw_beside()

    def draw(self) -> None:
        """Redraws the rows that differ from the session's notebook; the caret stays in its note."""
        new = rows.of_talk(self._session().talk, self._blank_after)
        change = rows.change(self._rows, new)
        if change is not None:
            place, offset = self._place_of_caret()
            first, last = self._lines.start(change.first), self._lines.start(change.last)
            if first < last:
                self.text.raw("delete", f"{first}.0", f"{last}.0")
            self._insert(first, change.rows)
        self._rows = new
        if change is not None:
            self._lines = Lines(new)
            self._tag_last_row()
            self._put_caret_in(place, offset)
            self.light(self._moment_id)
            self._hint_when_empty()
        self.draw_beside()

    def _insert(self, line: int, page: Sequence[Row]) -> None:
        """Inserts rows before a line, in one call: that is far quicker than one for each."""
        pieces = [piece for row in page for piece in (f"{text_of(row)}\n", rows.tags_of(row))]
        if pieces:
            self.text.raw("insert", f"{line}.0", *pieces)

    def _tag_last_row(self) -> None:
        """The empty row at the end has no line break of its own to carry the style."""
        self.text.raw("tag", "add", "row", "end-1c linestart", "end")

    def draw_beside(self) -> None:
        """Stamps, signs and snapshots, once Tk has laid the text out."""
        self._gutter.draw_soon()
        self._thumbnails.draw_soon()

    def _hint_when_empty(self) -> None:
        if self._rows == [None] and self._session().talk:
            self._hint.place(x=self._theme.px(6), y=self._theme.px(52))
        else:
            self._hint.place_forget()

    def _scrolled(self, first: str, last: str) -> None:
        self._bar.set(first, last)
        self.draw_beside()

    def visible_rows(self) -> list[tuple[Row, int]]:
        """The rows on screen with their first lines, from the top."""
        top, _ = self.text.column_and_line("@0,0")
        bottom, _ = self.text.column_and_line(f"@0,{self.text.winfo_height()}")
        first, last = self._lines.row_at(top), self._lines.row_at(bottom)
        return [(self._rows[i], self._lines.start(i)) for i in range(first, last + 1)]

    def light(self, note_id: str) -> None:
        """Lights the note of the moment, "" for none."""
        self._moment_id = note_id
        self.text.raw("tag", "remove", "lit", "1.0", "end")
        row = self._row_of(note_id) if note_id else None
        if row is not None:
            first, last = self._lines.start(row), self._lines.start(row + 1)
            self.text.raw("tag", "add", "lit", f"{first}.0", f"{last}.0")
        self._gutter.lit_id = note_id if row is not None else ""
        self._gutter.draw_soon()

    def follow_to(self, note_id: str) -> None:
        """Scrolls so that a note is on screen."""
        row = self._row_of(note_id)
        if row is not None:
            self.text.see(f"{self._lines.start(row)}.0")

    # --- the caret -----------------------------------------------------------------------------------

    @property
    def caret(self) -> Caret:
        row, offset = self._place_of_caret()
        return Caret("notes", self._session().talk_id, id_of(row), offset)

    @property
    def blank_after(self) -> str | None:
        """The id of the note above the empty row under the caret, "" at the top; None in a note."""
        index = self._row_index("insert")
        if self._rows[index]:
            return None
        return id_of(self._rows[index - 1]) if index else ""

    def put_caret(self, note_id: str, offset: int) -> None:
        row = self._row_of(note_id)
        if row is not None:
            self._put_caret_in(self._rows[row], offset)
            self.text.see("insert")
            self._left_note()

    def put_blank(self, after_id: str) -> None:
        self._blank_after = after_id
        self.draw()
        row = self._row_of(after_id) if after_id else -1
        blank = len(self._rows) - 1 if row is None else row + 1
        self.text.raw("mark", "set", "insert", f"{self._lines.start(blank)}.0")
        self.text.see("insert")

    def chosen_notes(self) -> tuple[str, ...]:
        """The notes that the selection touches, in their order."""
        ranges = self.text.tag_ranges("sel")
        if not ranges:
            return ()
        first, last = self._row_index(str(ranges[0])), self._row_index(f"{ranges[-1]}-1c")
        return tuple(row.id for row in self._rows[first : last + 1] if row)

    def select(self) -> None:
        """Chooses the note under the caret; where it is chosen already, all."""
        index = self._row_index("insert")
        first, last = f"{self._lines.start(index)}.0", f"{self._lines.start(index + 1)}.0-1c"
        ranges = [str(place) for place in self.text.tag_ranges("sel")]
        is_chosen = ranges == [str(self.text.index(first)), str(self.text.index(last))]
        if is_chosen or self._rows[index] is None:
            first, last = "1.0", "end-1c"
        self.text.tag_remove("sel", "1.0", "end")
        self.text.tag_add("sel", first, last)

    def _row_index(self, index: str) -> int:
        return self._lines.row_at(self.text.column_and_line(index)[0])

    def _row_of(self, note_id: str) -> int | None:
        return next((i for i, row in enumerate(self._rows) if row and row.id == note_id), None)

    def _place_of_caret(self) -> tuple[Row, int]:
        index = self._row_index("insert")
        return self._rows[index], self._offset("insert", index)

    def _offset(self, place: str, row: int) -> int:
        """How many characters of the row's text lie before an index."""
        line, column = self.text.column_and_line(place)
        before = text_of(self._rows[row]).split("\n")
        above = line - self._lines.start(row)
        return sum(len(part) + 1 for part in before[:above]) + characters(before[above], column)

    def _put_caret_in(self, row: Row, offset: int) -> None:
        """Puts the caret into the row of the same note; an empty row's caret goes to the empty row."""
        index = self._row_of(row.id) if row else None
        if index is None:
            above = self._row_of(self._blank_after) if self._blank_after else None
            wants_top = self._blank_after == "" and len(self._rows) > 1
            index = 0 if wants_top else (len(self._rows) - 1 if above is None else above + 1)
        before = text_of(self._rows[index])[:offset].split("\n")
        line = self._lines.start(index) + len(before) - 1
        self.text.raw("mark", "set", "insert", f"{line}.{columns(before[-1])}")

    # --- what the user does (the guard of the text) --------------------------------------------------

    def moved(self) -> None:
        """The caret was put somewhere: a note that it left has ended, an empty row between notes goes."""
        self._left_note()

    def _left_note(self) -> None:
        session = self._session()
        row = self._rows[self._row_index("insert")]
        if session.writing_id and id_of(row) != session.writing_id:
            notes.end(session)
        if self._blank_after is not None and row is not None and not self.text.tag_ranges("sel"):
            self._blank_after = None
            self.draw()

    def before_key(self) -> None:
        """A key is about to be handled: what the last one left empty is gone now."""
        emptied_id, self._emptied_id = self._emptied_id, ""
        row = self._row_of(emptied_id) if emptied_id else None
        if row is not None and not text_of(self._rows[row]):
            notes.emptied(self._session(), emptied_id)

    def insert(self, index: str, chars: str) -> None:
        session = self._session()
        chars = chars.replace("\r\n", "\n").replace("\r", "\n")
        if session.read_only or not chars:
            return
        row = self._row_index(index)
        note = self._rows[row]
        if "\n" in chars and notes.paste_lines(session, note.id if note else "", chars):
            return
        if note is None:
            above = id_of(self._rows[row - 1]) if row else ""
            self._blank_after = None
            notes.begin(session, chars, above)
            return
        self.text.raw("insert", index, chars.replace("\0", "\u2400"))
        self._report(row)

    def _report(self, row: int) -> None:
        """Tells the session what stands in a row now that Tk has edited it."""
        note = self._rows[row]
        assert note is not None  # empty rows become notes before anything is inserted
        first, below = self._lines.start(row), self._lines.start(row + 1)
        lines_below = self._lines.start(len(self._rows)) - below
        last, _ = self.text.column_and_line("end-1c")
        text = str(self.text.raw("get", f"{first}.0", f"{last - lines_below}.end"))
        now = replace(note, text=rows.typed(text, note.text))
        self._rows[row] = now
        if self._lines.start(len(self._rows)) != last + 1:
            self._lines = Lines(self._rows)
        for tag in rows.tags_of(now):
            self.text.raw("tag", "add", tag, f"{first}.0", f"{self._lines.start(row + 1)}.0")
        if note.id == self._moment_id:
            self.light(note.id)
        notes.typed(self._session(), note.id, now.text)

    def delete(self, first: str, last: str) -> None:
        session = self._session()
        if session.read_only:
            return
        start, end = self._row_index(first), self._row_index(last)
        if start == end:
            if self._rows[start] is not None:
                self.text.raw("delete", first, last)
                self._report(start)
                self._check_emptied(start)
            return
        self._delete_over_rows(start, self._offset(first, start), end, self._offset(last, end))

    def _check_emptied(self, row: int) -> None:
        """A note whose last letter went is gone, unless the same key puts something else in."""
        note = self._rows[row]
        if note is not None and not note.text and not note.picture:
            self._emptied_id = note.id
            self.text.after_idle(self.before_key)

    def _delete_over_rows(self, start: int, start_offset: int, end: int, end_offset: int) -> None:
        session = self._session()
        touched = [i for i in range(start, end + 1) if self._rows[i]]
        whole = end == start + 1 and start_offset == len(text_of(self._rows[start])) and end_offset == 0
        if whole and len(touched) == 2:
            notes.join_with_previous(session, id_of(self._rows[end]))
            return
        if whole:
            self._close_blank(start, end)
            return
        if not touched:
            return
        first, last = touched[0], touched[-1]
        offset = start_offset if first == start else 0
        last_offset = end_offset if last == end else len(text_of(self._rows[last]))
        above = id_of(self._rows[first - 1]) if first else ""
        if first == last:
            note = self._rows[first]
            assert note is not None
            text = note.text[:offset] + note.text[last_offset:]
            if text:
                notes.typed(session, note.id, text)
                self.put_caret(note.id, offset)
            else:
                notes.emptied(session, note.id)
            return
        span = Span(id_of(self._rows[first]), offset, id_of(self._rows[last]), last_offset)
        notes.cut_span(session, span)
        kept = next((i for i in (span.first_id, span.last_id) if self._row_of(i) is not None), "")
        if kept:
            self.put_caret(kept, offset)
        else:
            self.put_blank(above)

    def _close_blank(self, start: int, end: int) -> None:
        """Backspace in an empty row goes up to the note above; Delete at a note's end closes the row."""
        target, offset = (start, len(text_of(self._rows[start]))) if self._rows[start] else (end, 0)
        kept = self._rows[target]
        self._blank_after = None
        if kept:
            self._put_caret_in(kept, offset)
        self.draw()
        self.text.see("insert")

    # --- keys of the page itself ---------------------------------------------------------------------

    def _on_enter(self, _: tkinter.Event[tkinter.Misc]) -> str:
        """Ends the note; the caret goes to an empty row below where it settled."""
        session = self._session()
        note = self._rows[self._row_index("insert")]
        if note is not None and not session.read_only:
            before = self._row_of(note.id)
            session.writing_id = note.id
            notes.end(session)
            self.put_blank(note.id)
            if self._row_of(note.id) != before:
                self._flash(note.id)
        return "break"

    def _on_shift_enter(self, _: tkinter.Event[tkinter.Misc]) -> str:
        if self._rows[self._row_index("insert")] is not None:
            self.text.insert("insert", "\n")
            self.text.see("insert")
        return "break"

    def _flash(self, note_id: str) -> None:
        moment_id = self._moment_id
        self.light(note_id)
        self._moment_id = moment_id
        self.text.after(_LIT_MS, lambda: self.light(self._moment_id))

    def _jump(self, note_id: str) -> None:
        notes.jump_to(self._session(), note_id)

    def edit_stamp(self) -> None:
        """Opens the entry over the stamp of the note under the caret."""
        row = self._rows[self._row_index("insert")]
        if row is not None:
            self.text.see(f"{self._lines.start(self._row_index('insert'))}.0")
            self._gutter.edit(row)

    def set_stamp(self, note: Note, at_ms: int) -> None:
        if at_ms != note.at_ms:
            notes.set_stamp(self._session(), note.id, at_ms)

