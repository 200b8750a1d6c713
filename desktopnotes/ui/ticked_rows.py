"""Rows with ticks for the recordings of a list: thousands can come while the user ticks and looks."""

from __future__ import annotations

import time
import tkinter
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from tkinter import ttk
from typing import Any

from PIL import ImageTk

from desktopnotes.actions.playlist import Choice
from desktopnotes.model import timecode
from desktopnotes.ui import shapes
from desktopnotes.ui.cutting import Cutter, when_fitted
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_PIECE_S = 0.008
"""So long at most rows are put in at a time; keys come between two pieces."""

_BETWEEN_MS = 12
_FREE, _TICKED, _THERE = "free", "ticked", "there"
_SHIFT = 0x1


class TickedRows(ttk.Frame):
    """`choices` are the recordings that came so far, `ticked` the numbers of the ticked ones among them.

    A row's item in `tree` is the number of its recording. Rows of recordings that are in the notebook
    already (`there`) take no tick.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        there: frozenset[str],
        *,
        ticks_new: bool,
        changed: Callable[[], None],
    ) -> None:
        """`ticks_new`: what comes is ticked. `changed` is called after anything here is other than before."""
        super().__init__(master)
        self._theme = theme
        self._there = there
        self._ticks_new = ticks_new
        self._changed = changed
        self.choices: list[Choice] = []
        self.ticked: set[int] = set()
        self._words: list[str] = []
        self._waiting: deque[Choice] = deque()
        self._job = ""
        self._anchor = ""
        self.tree = ttk.Treeview(
            self, columns=("length", "state"), show="tree headings", height=16, selectmode="browse"
        )
        columns: tuple[tuple[str, str, int, Any], ...] = (
            ("#0", _("Talk"), 540, "w"),
            ("length", _("Length"), 80, "e"),
            ("state", "", 130, "w"),
        )
        for column, title, width, anchor in columns:
            self.tree.heading(column, text=title, anchor=anchor)
            self.tree.column(column, width=theme.px(width), anchor=anchor, stretch=column == "#0")
        self.tree.pack(side="left", fill="both", expand=True)
        Scrollbar(self.tree)
        self.tree.bind("<space>", lambda _: self._toggle_chosen())
        self.tree.bind("<Button-1>", self._on_click)
        self.bind("<Destroy>", self._on_destroy, add=True)
        when_fitted(self.tree, self._draw_titles)
        self._cutter = Cutter(theme.fonts.text)
        self._room = 0
        theme.follow(self.tree, self._dress)

    def _dress(self) -> None:
        p, side = self._theme.palette, self._theme.px(16)
        pictures = {
            _FREE: shapes.check_box(side, fill=p.field, border=p.handle),
            _TICKED: shapes.check_box(side, fill=p.accent, border=p.accent, tick=p.accent_text),
            _THERE: shapes.check_box(side, fill=p.background, border=p.border),
        }
        self._pictures = {name: ImageTk.PhotoImage(one, master=self) for name, one in pictures.items()}
        for name, picture in self._pictures.items():
            self.tree.tag_configure(name, image=picture)
        self.tree.tag_configure(_THERE, foreground=p.muted)

    def _title(self, choice: Choice) -> str:
        return self._cutter.cut(choice.title, self._room)

    def _draw_titles(self) -> None:
        """Titles are cut where the column ends, which is elsewhere when the window is larger."""
        room = self.tree.column("#0", "width") - self._theme.px(46)
        if room != self._room:
            self._room = room
            for number, choice in enumerate(self.choices):
                self.tree.item(str(number), text=self._title(choice))

    @property
    def count(self) -> int:
        """How many came so far, those included that are about to be put in."""
        return len(self.choices) + len(self._waiting)

    @property
    def hidden(self) -> int:
        """How many of the ticked ones are not among the words that are looked for."""
        return sum(not self._is_wanted(self.choices[number]) for number in self.ticked) if self._words else 0

    def is_there(self, choice: Choice) -> bool:
        return choice.recording in self._there

    # --- what comes ----------------------------------------------------------------------------------

    def put_in(self, choices: Sequence[Choice]) -> None:
        """Adds rows at the end, as many at a time as the window can take without a pause."""
        self._waiting.extend(choices)
        if not self._job:
            self._put_in()

    def _put_in(self) -> None:
        stop_s = time.perf_counter() + _PIECE_S
        while self._waiting and time.perf_counter() < stop_s:
            self._add_row(self._waiting.popleft())
        self._job = self.after(_BETWEEN_MS, self._put_in) if self._waiting else ""
        if not self.tree.selection():
            self.choose(next(iter(self.tree.get_children()), ""))
        self._changed()

    def _add_row(self, choice: Choice) -> None:
        number = len(self.choices)
        self.choices.append(choice)
        is_there = self.is_there(choice)
        if self._ticks_new and not is_there:
            self.ticked.add(number)
        tag = _THERE if is_there else _TICKED if self._ticks_new else _FREE
        length = timecode.clock(choice.duration_ms) if choice.duration_ms else ""
        state = _("in the notebook") if is_there else ""
        self.tree.insert(
            "", "end", str(number), text=self._title(choice), values=(length, state), tags=(tag,)
        )
        if not self._is_wanted(choice):
            self.tree.detach(str(number))

    def _on_destroy(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self and self._job:
            self.after_cancel(self._job)
            self._job = ""

    # --- finding -------------------------------------------------------------------------------------

    def find(self, text: str) -> None:
        """Shows only the rows that have all the words of `text` in their titles."""
        self._words = text.lower().split()
        shown = [str(number) for number, one in enumerate(self.choices) if self._is_wanted(one)]
        self.tree.set_children("", *shown)
        chosen = next(iter(self.tree.selection()), "")
        if chosen in shown:
            self.tree.see(chosen)
        else:
            self.choose(shown[0] if shown else "")
        self._changed()

    def _is_wanted(self, choice: Choice) -> bool:
        return all(word in choice.title.lower() for word in self._words)

    def choose(self, item: str) -> None:
        """Puts the cursor on a row."""
        if item:
            self.tree.selection_set(item)
            self.tree.focus(item)
            self.tree.see(item)

    # --- ticks ---------------------------------------------------------------------------------------

    def tick_all(self) -> None:
        """Ticks what is shown and, unless something is looked for, what is still to come."""
        self._ticks_new = self._ticks_new or not self._words
        self._tick(self.tree.get_children(), is_ticked=True)

    def tick_none(self) -> None:
        """Takes the ticks away from what is shown; what is still to come gets none."""
        self._ticks_new = False
        self._tick(self.tree.get_children(), is_ticked=False)

    def _tick(self, items: Iterable[str], *, is_ticked: bool) -> None:
        free = [item for item in items if not self.is_there(self.choices[int(item)])]
        numbers = map(int, free)
        self.ticked = self.ticked.union(numbers) if is_ticked else self.ticked.difference(numbers)
        before, after = (_FREE, _TICKED) if is_ticked else (_TICKED, _FREE)
        self.tree.tk.call(self.tree, "tag", "remove", before, free)
        self.tree.tk.call(self.tree, "tag", "add", after, free)
        self._changed()

    def _toggle(self, item: str) -> None:
        self._tick([item], is_ticked=int(item) not in self.ticked)

    def _toggle_chosen(self) -> str:
        for item in self.tree.selection():
            self._anchor = item
            self._toggle(item)
        return "break"

    def _on_click(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        """Ticks the row or takes its tick away; with Shift, does to all rows from the last one as to that."""
        item = self.tree.identify_row(event.y)
        if not item or self.tree.identify_region(event.x, event.y) not in ("tree", "cell"):
            return None
        self.tree.focus_set()
        rows = self.tree.get_children()
        state = event.state if isinstance(event.state, int) else 0
        if state & _SHIFT and self._anchor in rows:
            first, last = sorted((rows.index(self._anchor), rows.index(item)))
            self._tick(rows[first : last + 1], is_ticked=int(self._anchor) in self.ticked)
        else:
            self._toggle(item)
        self._anchor = item
        self.choose(item)
        return "break"
