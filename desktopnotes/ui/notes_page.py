"""The page of notes: one Text that holds the notes' text and nothing else, beside a gutter with their stamps.

Inside one note Tk edits the text and the page reports what it is now; whatever begins, ends, joins or cuts
notes is an edit of the model, after which the page redraws the rows that changed. Stamps, signs and snapshots
are drawn beside and over the text, never in it, so that the caret cannot enter them.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence

from desktopnotes.actions import formatting, notes, stamping
from desktopnotes.model.history import Caret
from desktopnotes.model.light_markdown import address_at
from desktopnotes.session import Session
from desktopnotes.ui import kept_captions, markdown_tags, rows
from desktopnotes.ui.focus import focused
from desktopnotes.ui.guarded_text import GuardedText, characters, columns
from desktopnotes.ui.gutter import Gutter
from desktopnotes.ui.kept_captions import KeptCaptions
from desktopnotes.ui.page_edits import PageEdits
from desktopnotes.ui.page_selection import PageSelection
from desktopnotes.ui.rows import Lines, Row, id_of, text_of
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.shown_text import shown
from desktopnotes.ui.text_keys import TextKeys
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.thumbnails import HEIGHT, Thumbnails

_LIT_MS = 900
"""How long a note is lit that took its place somewhere else."""


class NotesPage(tkinter.Frame):
    """The view of the open talk's notes.

    `rows` and `lines` are what is drawn now; `wants_blank_after` is the note behind which an empty row
    stands for the caret besides the one at the end ("" is the top), None for no such row. While it
    `holds_still` it does not follow the talk. `also_beside` is called whenever rows may have been drawn.
    """

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session]) -> None:
        super().__init__(master)
        self._session = session
        self._theme = theme
        self.wants_blank_after: str | None = None
        self.rows: list[Row] = [None]
        self.lines = Lines(self.rows)
        self.moment_id = ""
        self.edits = PageEdits(self)
        self.selection = PageSelection(self)
        self.text = GuardedText(self, self.edits, wrap="word", padx=0, highlightthickness=0, takefocus=True)
        self._thumbnails = Thumbnails(
            self.text,
            theme,
            self.visible_rows,
            self._room_below,
            self._open_outside,
            lambda: self.session.background,
        )
        self._kept_captions = KeptCaptions(self.text, theme, self.visible_rows)
        self.gutter = Gutter(self, self.text, theme, self.visible_rows, self._jump, self._enter_times)
        self.gutter.pack(side="left", fill="y")
        self.text.pack(side="left", fill="both", expand=True, padx=(0, theme.px(6)))
        self._bar = Scrollbar(self.text, also=self.draw_beside)
        self._when_drawn: Callable[[], None] | None = None
        self.holds_still = False
        self.also_beside: Callable[[], None] = lambda: None
        self._bind("<Return>", self.edits.enter)
        self._bind("<KP_Enter>", self.edits.enter)
        self._bind("<Shift-Return>", self.edits.break_line)
        self.text.bind("<Configure>", lambda _: self.draw_beside(), add=True)
        for change in ("<FocusIn>", "<FocusOut>"):
            self.text.bind(change, self._ring, add=True)
        TextKeys(self.text, self._open_link)
        theme.follow(self.text, self._dress)

    def _bind(self, sequence: str, job: Callable[[], None]) -> None:
        """Lets a key do this instead of what Tk's class binding would."""

        def run(_: object) -> str:
            job()
            return "break"

        self.text.bind(sequence, run)

    @property
    def session(self) -> Session:
        return self._session()

    # --- page or line --------------------------------------------------------------------------------

    def be_page(self) -> None:
        """Fills its pane."""
        self._when_drawn, self._bar.is_off, self._thumbnails.is_off = None, False, False
        self.configure(highlightthickness=1)

    @property
    def is_line(self) -> bool:
        return self._when_drawn is not None

    def be_line(self, when_drawn: Callable[[], None]) -> None:
        """The row with the caret alone, as full screen shows it, which is told when anything is drawn."""
        self._when_drawn, self._bar.is_off, self._thumbnails.is_off = when_drawn, True, True
        self.configure(highlightthickness=0)
        self._bar.pack_forget()

    # --- drawing -------------------------------------------------------------------------------------

    def _dress(self) -> None:
        p, fonts, px = self._theme.palette, self._theme.fonts, self._theme.px
        text = self.text
        text.configure(spacing2=px(2), padx=0, highlightthickness=0)
        text.tag_configure("head", spacing1=px(5))
        for tail in ("tail", "captioned", "pictured", "pictured and captioned"):
            text.tag_configure(tail, spacing3=self._tail_px(tail))
        text.tag_configure("quote", font=fonts.page_italic)
        text.tag_configure("chapter", font=fonts.page_bold)
        text.tag_configure("private", font=fonts.page_italic, foreground=p.muted)
        text.tag_configure("used", foreground=p.muted)
        text.tag_configure("lit", background=p.lit)
        markdown_tags.dress(text, self._theme)
        text.tag_configure("apart", background=p.selection, foreground=p.selection_text)
        text.tag_raise("apart")
        self._ring()
        self.draw_beside()

    def _tail_px(self, tail: str) -> int:
        """The room below the last line of a row of this tag."""
        px = self._theme.px
        picture = px(HEIGHT) + px(18) if "pictured" in tail else px(5)
        return picture + (kept_captions.room_px(self._theme) if "captioned" in tail else 0)

    def _room_below(self, row: Row) -> int:
        return self._tail_px(rows.tail_of(row))

    def _ring(self, _: object = None) -> None:
        """The line round the page, which shows that it has the focus."""
        p = self._theme.palette
        has_focus = focused(self) is self.text
        line = p.accent if has_focus else p.border
        self.configure(background=p.page, highlightbackground=line, highlightcolor=line)

    def show_talk(self) -> None:
        """Draws another talk, with the caret in the empty row at its end."""
        self.wants_blank_after = None
        self.edits.forget()
        self.selection.clear()
        self.rows = rows.of_talk(self.session.talk, None)
        self.lines = Lines(self.rows)
        self._thumbnails.folder = self.session.pictures_folder
        self.text.raw("delete", "1.0", "end")
        self._insert(1, self.rows[:-1])
        self._tag_last_row()
        self.text.raw("mark", "set", "insert", "end-1c")
        self.text.see("insert")
        self.light("")
        self.gutter.fit(self.rows)
        self.draw_beside()

    def draw(self) -> None:
        """Redraws the rows that differ from the session's notebook; the caret stays in its note."""
        new = rows.of_talk(self.session.talk, self.wants_blank_after)
        changes = rows.changes(self.rows, new)
        place, offset = self._place_of_caret() if changes else (None, 0)
        for change in changes:
            first, last = self.lines.start(change.first), self.lines.start(change.last)
            if first < last:
                self.text.raw("delete", f"{first}.0", f"{last}.0")
            self._insert(first, change.rows)
            self.lines = self.lines.changed(change)
        self.rows = new
        if changes:
            if self.gutter.needs_more_than_usual:
                self.gutter.fit(new)
            self._tag_last_row()
            self.put_caret_in(place, offset)
            self.selection.show_apart()
            self.light(self.moment_id)
        self.draw_beside()

    def _insert(self, line: int, page: Sequence[Row]) -> None:
        """Inserts rows before a line, in one call: that is far quicker than one for each."""
        if pieces := rows.all_pieces(page):
            self.text.raw("insert", f"{line}.0", *pieces)

    def _tag_last_row(self) -> None:
        """The empty row at the end has no line break of its own to carry the style."""
        for tag in ("head", "tail"):
            self.text.raw("tag", "add", tag, "end-1c linestart", "end")

    def draw_beside(self) -> None:
        """Stamps, signs and snapshots, once Tk has laid the text out."""
        self.gutter.draw_soon()
        self._thumbnails.draw_soon()
        if self._when_drawn:
            self._when_drawn()
        self._kept_captions.draw_soon()
        self.also_beside()

    def visible_rows(self) -> list[tuple[Row, int]]:
        """The rows on screen with their first lines, from the top."""
        top, _ = self.text.column_and_line("@0,0")
        bottom, _ = self.text.column_and_line(f"@0,{self.text.winfo_height()}")
        first, last = self.lines.row_at(top), self.lines.row_at(bottom)
        return [(self.rows[i], self.lines.start(i)) for i in range(first, last + 1)]

    def light(self, note_id: str) -> None:
        """Lights the note of the moment, "" for none."""
        self.moment_id = note_id
        self.text.raw("tag", "remove", "lit", "1.0", "end")
        row = self.row_of(note_id) if note_id else None
        if row is not None:
            first, last = self.lines.start(row), self.lines.start(row + 1)
            self.text.raw("tag", "add", "lit", f"{first}.0", f"{last}.0")
        self.gutter.lit_id = self._kept_captions.lit_id = note_id if row is not None else ""
        self.gutter.draw_soon()
        self._kept_captions.draw_soon()

    def follow_to(self, note_id: str) -> None:
        """Scrolls so that a note is on screen."""
        row = self.row_of(note_id)
        if row is not None and self._when_drawn is None and not self.holds_still:
            self.text.see(f"{self.lines.start(row)}.0")

    # --- the caret -----------------------------------------------------------------------------------

    @property
    def caret(self) -> Caret:
        row, offset = self._place_of_caret()
        return Caret("notes", self.session.talk_id, id_of(row), offset)

    @property
    def blank_after(self) -> str | None:
        """The id of the note above the empty row under the caret, "" at the top; None in a note."""
        index = self.row_index("insert")
        if self.rows[index]:
            return None
        return id_of(self.rows[index - 1]) if index else ""

    def put_caret(self, note_id: str, offset: int) -> None:
        row = self.row_of(note_id)
        if row is not None:
            self.selection.clear()
            self.put_caret_in(self.rows[row], offset)
            self.text.see("insert")
            self.edits.leave_note()

    def put_blank(self, after_id: str) -> None:
        self.selection.clear()
        self.wants_blank_after = after_id
        self.draw()
        row = self.row_of(after_id) if after_id else -1
        blank = len(self.rows) - 1 if row is None else row + 1
        self.text.raw("mark", "set", "insert", f"{self.lines.start(blank)}.0")
        self.text.see("insert")

    @property
    def last_id(self) -> str:
        """The id of the last note, "" where there is none."""
        return next((row.id for row in reversed(self.rows) if row), "")

    @property
    def shown_pictures(self) -> frozenset[str]:
        """The notes whose snapshots are on screen."""
        return self._thumbnails.shown

    @property
    def shown_captions(self) -> dict[str, str]:
        """The captions on screen below their notes, as they are drawn."""
        return self._kept_captions.shown

    def row_index(self, index: str) -> int:
        return self.lines.row_at(self.text.column_and_line(index)[0])

    def row_of(self, note_id: str) -> int | None:
        return next((i for i, row in enumerate(self.rows) if row and row.id == note_id), None)

    def _place_of_caret(self) -> tuple[Row, int]:
        index = self.row_index("insert")
        return self.rows[index], self.offset("insert", index)

    def offset(self, place: str, row: int) -> int:
        """How many characters of the row's text lie before an index."""
        line, column = self.text.column_and_line(place)
        text, line_start = text_of(self.rows[row]), 0
        for _ in range(line - self.lines.start(row)):
            line_start = text.index("\n", line_start) + 1
        line_end = text.find("\n", line_start)
        line_end = len(text) if line_end < 0 else line_end
        shown_at = line_start + characters(text[line_start:line_end], column)
        here = self.rows[row]
        return shown(here.text).offset(shown_at) if here else shown_at

    def put_caret_in(self, row: Row, offset: int) -> None:
        """Puts the caret into the row of the same note; an empty row's caret goes to the empty row."""
        index = self.row_of(row.id) if row else None
        if index is None:
            above = self.row_of(self.wants_blank_after) if self.wants_blank_after else None
            wants_top = self.wants_blank_after == "" and len(self.rows) > 1
            index = 0 if wants_top else (len(self.rows) - 1 if above is None else above + 1)
        self.text.raw("mark", "set", "insert", self.index_of(index, offset))

    def index_of(self, row: int, offset: int) -> str:
        """Tk's index of a character of a row's text."""
        here = shown(note.text if (note := self.rows[row]) else "")
        before = here.text[: here.place(offset)]
        line_start = before.rfind("\n") + 1
        return f"{self.lines.start(row) + before.count(chr(10))}.{columns(before[line_start:])}"

    # --- stamps ---------------------------------------------------------------------------------------

    def flash(self, note_id: str) -> None:
        moment_id = self.moment_id
        self.light(note_id)
        self.moment_id = moment_id
        self.text.after(_LIT_MS, lambda: self.light(self.moment_id))

    def _open_link(self, place: str) -> bool:
        """Opens the link at a place of the text; whether there was one."""
        index = self.row_index(place)
        note = self.rows[index]
        address = address_at(note.text, self.offset(place, index)) if note else ""
        if address:
            formatting.open_link(self.session, address)
        return bool(address)

    def _open_outside(self, address: str) -> None:
        self.session.screen.open_outside(address)

    def _jump(self, note_id: str) -> None:
        notes.jump_to(self.session, note_id)

    def edit_stamp(self) -> None:
        """Opens the entry over the stamp of the note under the caret."""
        row = self.rows[self.row_index("insert")]
        if row is not None:
            self.text.see(f"{self.lines.start(self.row_index('insert'))}.0")
            self.gutter.edit(row)

    def _enter_times(self, note_id: str, typed: str) -> None:
        stamping.enter_times(self.session, note_id, typed)
