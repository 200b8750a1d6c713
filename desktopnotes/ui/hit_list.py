"""A list of lines with marked words under headings, drawn as far as it is looked at, gone through by keys."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk
from typing import Generic, TypeVar

from PIL import ImageTk

from desktopnotes.model.folding import Span
from desktopnotes.ui import shapes
from desktopnotes.ui.cut_marks import CutMarks
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme

T = TypeVar("T")

_DRAWN = 60
"""So many lines are drawn at first, and again when the end of them comes into sight."""

_BOX_ROOM = 28
_AHEAD, _LONGEST = 48, 260
"""How much of a text stands before its first hit, and how much of it is shown at all, in letters."""

Piece = tuple[str, str]
"""Words and the tag that styles them, "" for none."""


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """`thing` is what the line stands for, `pieces` make it anew each time that it is drawn.

    `tick` says whether the box before it is ticked; without it there is no box.
    """

    thing: T
    pieces: Callable[[T], Sequence[Piece]]
    heading: str = ""
    tick: Callable[[T], bool] | None = None


def marked(text: str, spans: Sequence[Span], tag: str = "hit") -> list[Piece]:
    """A text in one line with its hits marked; cut where it is long, so that the first hit is seen."""
    start = max(0, spans[0][0] - _AHEAD) if spans else 0
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or start
    end = min(len(text), start + _LONGEST)
    pieces: list[Piece] = [("…", "quiet")] if start else []
    at = start
    for first, last in spans:
        if first >= end:
            break
        pieces += [(text[at:first], ""), (text[first : min(last, end)], tag)]
        at = min(last, end)
    pieces += [(text[at:end], ""), ("…" if end < len(text) else "", "quiet")]
    return [(one_line(words), style) for words, style in pieces if words]


def one_line(words: str) -> str:
    return words.replace("\0", "\u2400").replace("\r", " ").replace("\n", " ⏎ ").replace("\t", " ")


class HitList(ttk.Frame, Generic[T]):
    """`chosen` is the number of the line that keys act on, -1 while there is none."""

    def __init__(
        self, master: tkinter.Misc, theme: Theme, *, height: int = 16, width: int = 78, boxes: bool = False
    ) -> None:
        """`boxes`: before its lines there are boxes to be ticked."""
        super().__init__(master)
        self._box_room = _BOX_ROOM if boxes else 0
        self._theme = theme
        self.lines: list[Line[T]] = []
        self.chosen = -1
        self.on_open: Callable[[], object] = lambda: None
        self.on_tick: Callable[[int], None] = lambda _: None
        self._drawn = 0
        self._rows: list[int] = []
        self.text = tkinter.Text(
            self,
            wrap="none",
            height=height,
            width=width,
            cursor="arrow",
            takefocus=True,
            undo=False,
            insertwidth=0,
        )
        self.text.bindtags((str(self.text), str(self.text.winfo_toplevel()), "all"))
        self.text.pack(side="left", fill="both", expand=True)
        Scrollbar(self.text, also=self._draw_if_seen)
        self._cut_marks = CutMarks(self.text, theme)
        theme.follow(self.text, self._dress)
        self._bind()

    def _bind(self) -> None:
        self.bind_keys(self.text)
        self.text.bind("<Return>", lambda _: self.on_open())
        self.text.bind("<space>", lambda _: self.on_tick(self.chosen))
        self.text.bind("<Button-1>", self._on_click)
        self.text.bind("<Double-Button-1>", lambda _: self.on_open())
        for event, by in (("<Button-4>", -3), ("<Button-5>", 3)):
            self.text.bind(event, lambda _, by=by: self.text.yview_scroll(by, "units"))  # type: ignore[misc]
        self.text.bind("<MouseWheel>", lambda event: self.text.yview_scroll(-event.delta // 40, "units"))

    def bind_keys(self, widget: tkinter.Misc) -> None:
        """Lets the arrows and PgUp and PgDn of a widget move through the list."""
        for keys, by in (("<Down>", 1), ("<Up>", -1), ("<Next>", 10), ("<Prior>", -10)):
            widget.bind(keys, lambda _, by=by: self.move(by))  # type: ignore[misc]

    def _dress(self) -> None:
        p, fonts, px = self._theme.palette, self._theme.fonts, self._theme.px
        text = self.text
        indent, side = px(88 + self._box_room), px(16)
        text.configure(font=fonts.text, spacing1=px(3), spacing3=px(3), tabs=(indent,))
        boxes = (
            shapes.check_box(side, fill=p.field, border=p.handle),
            shapes.check_box(side, fill=p.accent, border=p.accent, tick=p.accent_text),
        )
        self._boxes = [ImageTk.PhotoImage(box, master=self) for box in boxes]
        for number in range(self._drawn):
            if self.lines[number].tick is not None:
                self.draw_again(number)
        text.tag_configure("heading", font=fonts.bold, spacing1=px(10))
        text.tag_configure("quiet", foreground=p.muted)
        text.tag_configure("sign", foreground=p.sign)
        text.tag_configure("stamp", foreground=p.accent, font=fonts.mono)
        text.tag_configure("chosen", background=p.selection, foreground=p.selection_text)
        text.tag_configure("hit", background=p.hit, foreground=p.text)
        text.tag_configure("new", background=p.hit_now, foreground=p.hit_now_text)
        text.tag_configure("gone", foreground=p.muted, overstrike=True)
        for tag in ("chosen", "hit", "new"):
            text.tag_raise(tag)

    # --- lines ---------------------------------------------------------------------------------------

    def clear(self) -> None:
        self.lines.clear()
        self._rows.clear()
        self._drawn, self.chosen = 0, -1
        self.text.delete("1.0", "end")

    def add(self, lines: Sequence[Line[T]]) -> None:
        """Adds lines at the end; the first that comes is chosen."""
        self.lines += lines
        if self._drawn < _DRAWN:
            self._draw(_DRAWN)
        if self.chosen < 0 and self.lines:
            self.choose(0)

    def _draw(self, up_to: int) -> None:
        for number in range(self._drawn, min(up_to, len(self.lines))):
            self._draw_line(number)
        self._drawn = min(max(up_to, self._drawn), len(self.lines))

    def _draw_line(self, number: int) -> None:
        line = self.lines[number]
        if line.heading:
            self.text.insert("end", f"{one_line(line.heading)}\n", ("heading",))
        row = int(str(self.text.index("end-1c")).split(".")[0])
        self._rows.append(row)
        self._insert(row, line)

    def _insert(self, row: int, line: Line[T]) -> None:
        pieces = [part for words, tag in line.pieces(line.thing) for part in (words, (tag,) if tag else ())]
        self.text.insert(f"{row}.0", *pieces, "\n")  # type: ignore[arg-type]
        if line.tick is not None:
            box = self._boxes[line.tick(line.thing)]
            self.text.image_create(f"{row}.0", image=box, padx=self._theme.px(5), align="center")

    def draw_again(self, number: int) -> None:
        """Draws a line anew whose thing is another now, or whose pieces are."""
        if number < self._drawn:
            row = self._rows[number]
            self.text.delete(f"{row}.0", f"{row + 1}.0")
            self._insert(row, self.lines[number])
            if number == self.chosen:
                self.choose(number)

    def _draw_if_seen(self) -> None:
        """Draws more where the end of what is drawn comes into sight."""
        self._cut_marks.soon()
        if self._drawn < len(self.lines) and float(self.text.yview()[1]) > 0.9:
            self._draw(self._drawn + _DRAWN)

    # --- choosing ------------------------------------------------------------------------------------

    @property
    def thing(self) -> T | None:
        return self.lines[self.chosen].thing if 0 <= self.chosen < len(self.lines) else None

    def choose(self, number: int) -> None:
        """Puts the cursor on a line and the line into sight, with its heading where that stands above."""
        if not self.lines:
            return
        self.chosen = min(max(0, number), len(self.lines) - 1)
        if self.chosen >= self._drawn:
            self._draw(self.chosen + _DRAWN)
        row = self._rows[self.chosen]
        self._cut_marks.soon()
        self.text.tag_remove("chosen", "1.0", "end")
        self.text.tag_add("chosen", f"{row}.0", f"{row + 1}.0")
        if self.chosen == 0:  # to see it, a list without its size yet would scroll the heading away
            self.text.yview_moveto(0)
            return
        if self.lines[self.chosen].heading:
            self.text.see(f"{row - 1}.0")
        self.text.see(f"{row}.0")

    def move(self, by: int) -> str:
        self.choose(self.chosen + by)
        return "break"

    def _on_click(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self.text.focus_set()
        row = int(str(self.text.index(f"@{event.x},{event.y}")).split(".")[0])
        if row in self._rows:
            number = self._rows.index(row)
            self.choose(number)
            if event.x < self._theme.px(_BOX_ROOM + 10):
                self.on_tick(number)
