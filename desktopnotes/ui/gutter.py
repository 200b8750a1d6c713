"""The column left of the page's text: each note's stamp and the sign of its kind, for what is visible."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter.font import Font
from typing import Literal

from desktopnotes.model import timecode
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.gutter_tips import GutterTips
from desktopnotes.ui.rows import Row, height
from desktopnotes.ui.stamp_entry import StampEntry
from desktopnotes.ui.theme import Theme

_HOUR_MS = 3_600_000

SIGNS = {
    Kind.QUOTE: "“",
    Kind.QUESTION: "?",
    Kind.LINK: "↗",
    Kind.CHAPTER: "§",
    Kind.PRIVATE: "×",
}
"""What shows a note's kind besides its style; the same signs stand in menus and in the README."""

CONFLICT = "⇄"
"""Stands before the stamp of a note of which a merge kept both versions."""

MARK = "differs"
"""The tag of the mark beside a quote of other words than the captions'."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What the stamps of a page need room for: hours, an end, the sign of a conflict."""

    is_long: bool = False
    has_end: bool = False
    has_conflict: bool = False


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something written beside a row, at its first line."""

    x: int
    words: str
    anchor: Literal["n", "ne", "nw"]
    colour: str
    font: Font
    tag: str


def _room_for(page: Sequence[Row], least: _Room) -> _Room:
    latest_ms, has_end, has_conflict = 0, least.has_end, least.has_conflict
    for row in page:
        if row is not None:
            latest_ms = max(latest_ms, row.at_ms or 0, row.end_ms or 0)
            has_end = has_end or row.end_ms is not None
            has_conflict = has_conflict or row.conflict
    return _Room(least.is_long or latest_ms >= _HOUR_MS, has_end, has_conflict)


class Gutter(tkinter.Canvas):
    """Draws stamps beside the rows; a click jumps, a double click edits. Rows scrolled off are not drawn."""

    def __init__(
        self,
        master: tkinter.Misc,
        text: GuardedText,
        theme: Theme,
        visible_rows: Callable[[], list[tuple[Row, int]]],
        jump: Callable[[str], None],
        enter_times: Callable[[str, str], None],
    ) -> None:
        """`enter_times` gets a note's id and what was typed over its stamp: see `StampEntry`."""
        super().__init__(master, borderwidth=0, highlightthickness=0, takefocus=False)
        self._text = text
        self._theme = theme
        self._visible_rows = visible_rows
        self._jump = jump
        self._entry = StampEntry(master, text, theme, enter_times)
        self._job = ""
        self._places: dict[int, Note] = {}
        self._items: list[int] = []
        self._drawn: object = None
        self._room = _Room()
        self.lit_id = ""
        self.differs: Callable[[Note], bool] = lambda _: False
        self.tag_bind("stamp", "<Button-1>", self._on_click)
        self.bind("<Double-Button-1>", self._on_double_click)
        self.tag_bind("stamp", "<Enter>", lambda _: self.configure(cursor="hand2"))
        self.tag_bind("stamp", "<Leave>", lambda _: self.configure(cursor=""))
        self.tips = GutterTips(self, theme)
        self.bind("<Motion>", self._on_motion)
        for wheel in ("<Button-4>", "<Button-5>", "<MouseWheel>"):
            self.bind(wheel, self._on_wheel)
        theme.follow(self, self._dress)

    def _dress(self) -> None:
        fonts = self._theme.fonts
        written = (fonts.mono, fonts.mono_small, fonts.small, fonts.page_bold)
        self._ascents = {str(font): font.metrics("ascent") for font in written}
        self.configure(background=self._theme.palette.page)
        self._drawn = None
        self._set_width()

    def fit(self, page: Sequence[Row]) -> None:
        """Makes room for what the stamps of the page need."""
        self._make_room(_room_for(page, _Room()))

    @property
    def needs_more_than_usual(self) -> bool:
        """Whether there is room for ends or the like, which may not be needed any more."""
        return self._room != _Room()

    def _make_room(self, room: _Room) -> None:
        if room != self._room:
            self._room = room
            self._set_width()

    def _set_width(self) -> None:
        px, fonts, room = self._theme.px, self._theme.fonts, self._room
        longest = "0:00:00" if room.is_long else "00:00"
        self._right = px(6) + fonts.mono.measure(f"{CONFLICT if room.has_conflict else ''}~{longest}")
        self._end_right = self._right + (fonts.mono_small.measure(f"–{longest}") if room.has_end else 0)
        self._sign_x = self._end_right + px(14)
        self.configure(width=self._sign_x + px(14))
        self.draw_soon()

    def draw_soon(self) -> None:
        if not self._job:
            self._job = self.after_idle(self._draw)

    def _draw(self) -> None:
        """Draws what is beside the visible rows; where a key has moved nothing, all stays as it is."""
        self._job = ""
        visible = self._visible_rows()
        self._make_room(_room_for([row for row, _ in visible], self._room))
        notes: list[Note] = []
        wanted: list[tuple[int, _Sign]] = []
        lit: tuple[int, int, int] | None = None
        top = self._theme.px(8)
        for row, line in visible:
            box = self._text.dlineinfo(f"{line}.0")
            if row is None or box is None:
                continue
            if row.id == self.lit_id:
                lit = (box[1], self._bottom_of(row, line), self.winfo_width())
            if box[1] + box[3] // 2 < top:  # the text is cut at its edge, and its stamp goes with it
                continue
            for sign in self._signs_of(row):
                notes.append(row)
                wanted.append((box[1] + box[4] - self._ascents[str(sign.font)], sign))
        if (wanted, lit) != self._drawn:
            self._drawn = (wanted, lit)
            self.delete("drawn")
            if lit:
                self._draw_lit(*lit)
            self._items = [self._write(y, sign) for y, sign in wanted]
        self._places = dict(zip(self._items, notes, strict=True))

    def _write(self, y: int, sign: _Sign) -> int:
        return self.create_text(
            *(sign.x, y),
            text=sign.words,
            anchor=sign.anchor,
            fill=sign.colour,
            font=sign.font,
            tags=("drawn", sign.tag),
        )

    def _signs_of(self, note: Note) -> list[_Sign]:
        """The stamp, smaller behind it where the note ends, the kind, and that a quote differs."""
        p, fonts, aside = self._theme.palette, self._theme.fonts, 0
        signs = []
        marks = (CONFLICT if note.conflict else "") + ("~" if note.approximate else "")
        if note.at_ms is not None:
            colour = p.muted if note.used or note.kind == Kind.PRIVATE else p.accent
            words = f"{marks}{timecode.clock(note.at_ms)}"
            signs.append(_Sign(self._right, words, "ne", colour, fonts.mono, "stamp"))
        elif marks:
            signs.append(_Sign(self._right, marks, "ne", p.muted, fonts.mono, "mark"))
        if note.at_ms is not None and note.end_ms is not None:
            words = f"–{timecode.clock(note.end_ms)}"
            signs.append(_Sign(self._right, words, "nw", p.muted, fonts.mono_small, "end"))
        if self.differs(note):
            aside = self._theme.px(6)
            signs.append(
                _Sign(self._sign_x + aside - self._theme.px(1), "≠", "n", p.error, fonts.small, MARK)
            )
        if sign := SIGNS.get(note.kind):  # type: ignore[call-overload]
            signs.append(_Sign(self._sign_x - aside, sign, "n", p.sign, fonts.page_bold, "kind"))
        return signs

    def _bottom_of(self, row: Note, line: int) -> int:
        """Where a row that begins in `line` ends, or the gutter."""
        last = self._text.dlineinfo(f"{line + height(row) - 1}.end")
        return last[1] + last[3] if last else self.winfo_height()

    def _draw_lit(self, top: int, bottom: int, width: int) -> None:
        """The light of the note of the moment, which goes on under its text."""
        self.create_rectangle(0, top, width, bottom, fill=self._theme.palette.lit, width=0, tags="drawn")

    def _note_at_pointer(self) -> Note | None:
        items = self.find_withtag("current")
        return self._places.get(items[0]) if items else None

    def marked_at_pointer(self) -> Note | None:
        """The note whose mark the pointer is on."""
        return self._note_at_pointer()

    def _on_click(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if note := self._note_at_pointer():
            self._jump(note.id)

    def _on_double_click(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """Also beside a note that has no stamp yet."""
        note = self._note_at_pointer() or self._note_at_y(event.y)
        if note:
            self.edit(note)

    def _note_at_y(self, y: int) -> Note | None:
        boxes = ((row, self._text.dlineinfo(f"{line}.0")) for row, line in self._visible_rows())
        return next((row for row, box in boxes if row and box and box[1] <= y <= box[1] + box[3]), None)

    def _on_motion(self, event: tkinter.Event[tkinter.Misc]) -> None:
        items = self.find_closest(event.x, event.y)
        is_on_it = items and items[0] in self.find_overlapping(event.x, event.y, event.x, event.y)
        if is_on_it and MARK in self.gettags(items[0]):  # who marked it says why
            is_on_it = False
        self.tips.over(self._places.get(items[0]) if is_on_it else None, event.x_root, event.y_root)

    def _on_wheel(self, event: tkinter.Event[tkinter.Misc]) -> None:
        down = event.num == 5 or (event.num not in (4, 5) and event.delta < 0)
        self._text.yview_scroll(3 if down else -3, "units")

    def edit(self, note: Note) -> None:
        """Opens the entry over a note's stamp."""
        self.update_idletasks()
        line = next((line for row, line in self._visible_rows() if row and row.id == note.id), None)
        box = self._text.dlineinfo(f"{line}.0") if line else None
        if box is not None:
            self._entry.open(note, box[1])
