"""The talks of the notebook on the left, in groups: how far each is watched, how many notes it has."""

from __future__ import annotations

import contextlib
import tkinter
from collections.abc import Iterable
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes import commands
from desktopnotes.model import grouping
from desktopnotes.ui.cutting import Cutter, when_fitted
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.talk_filter import TalkFilter
from desktopnotes.ui.talk_rows import Heading, Line, TalkRows, heading_item, shows_same
from desktopnotes.ui.talks_deeds import Deeds
from desktopnotes.ui.talks_drag import TalksDrag
from desktopnotes.ui.talks_head import AddTalks, TalksHead
from desktopnotes.ui.talks_tip import TalksTip
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.model.notebook import Notebook

_NOTHING = _("No talk here has these words. Enter looks everywhere, Esc shows all talks again.")

_FOLDED_KEPT = 500
"""More groups than anybody folds; of the oldest it is forgotten."""


class TalksPane(ttk.Frame):
    """A click or Enter opens a talk; the arrow keys go through the list without opening any."""

    def __init__(self, master: tkinter.Misc, theme: Theme, icons: Icons, deeds: Deeds) -> None:
        super().__init__(master)
        self._theme = theme
        self._icons = icons
        self._deeds = deeds
        self._rows = TalkRows()
        self._lines: dict[str, Line] = {}
        self._headings: tuple[Heading, ...] = ()
        self._drawn: dict[str, tuple[str, str, str]] = {}
        self._cutter = Cutter(theme.fonts.text)
        self._notebook: Notebook | None = None
        self._talk_id = ""
        self._by = ""
        self.folded: tuple[str, ...] = ()
        """The groups that are folded, also those of other notebooks and groupings."""
        switch = partial(deeds.run, commands.by_id("file.switch"))
        self._filter = TalkFilter(self, self._draw_again)
        self.head = TalksHead(self, theme, switch, self._typed, self._into_list)
        self.head.pack(fill="x")
        self.name, self.search = self.head.name, self.head.search
        self.search.bind("<Return>", lambda _: deeds.run(commands.by_id("edit.find_everywhere")))
        self._add = AddTalks(self, theme, icons, deeds.run)
        self._add.pack(side="bottom", fill="x", pady=(theme.px(6), 0))
        self.ways_to_add = self._add.ways
        self._build_list()
        theme.follow(self.tree, self._dress)

    def _build_list(self) -> None:
        theme = self._theme
        self.tree = tree = ttk.Treeview(
            self, style="Talks.Treeview", columns=("count",), show="tree", selectmode="browse", height=5
        )
        tree.column("#0", width=theme.px(60), minwidth=theme.px(60), stretch=True)
        tree.column("count", width=theme.px(34), minwidth=theme.px(34), stretch=False, anchor="e")
        tree.pack(side="left", fill="both", expand=True)
        Scrollbar(tree)
        self._empty = ttk.Label(tree, text=_NOTHING, style="Empty.TLabel", justify="left")
        self._tip = TalksTip(tree, theme, lambda item: self._lines[item].tip if item in self._lines else "")
        self.drag = TalksDrag(tree, theme, self._group_of, self._can_drop, self._drop)
        tree.bind("<ButtonPress-1>", self._on_press)
        tree.bind("<Double-Button-1>", self._on_double)
        tree.bind("<B1-Motion>", self._on_motion)
        tree.bind("<ButtonRelease-1>", self._on_release)
        tree.bind("<ButtonPress-3>", self._on_right)
        tree.bind("<Return>", self._on_enter)
        tree.bind("<KP_Enter>", self._on_enter)
        tree.bind("<Delete>", self._on_delete)
        tree.bind("<Up>", self._on_up)
        for keys in ("<Menu>", "<Shift-F10>"):
            with contextlib.suppress(tkinter.TclError):  # a keyboard without that key
                tree.bind(keys, self._on_menu_key)
        tree.bind("<<TreeviewOpen>>", lambda _: self._keep_folded(folded=False))
        tree.bind("<<TreeviewClose>>", lambda _: self._keep_folded(folded=True))
        tree.bind("<FocusOut>", lambda _: self._choose_open_talk(), add=True)
        when_fitted(tree, self._draw_lines)
        tree.bind("<Map>", lambda _: self.after_idle(self._see_open_talk), add=True)

    # --- drawing -------------------------------------------------------------------------------------

    def _dress(self) -> None:
        self.tree.tag_configure("group", foreground=self._theme.palette.muted)
        self._cutter.forget()
        self._drawn.clear()
        self._draw_lines()

    def show(self, notebook: Notebook, talk_id: str, by: str) -> None:
        """Draws the rows that say something else than before."""
        is_other = talk_id != self._talk_id
        self._talk_id = talk_id
        if notebook is not self._notebook or by != self._by:
            before, was_by = self._notebook, self._by
            self._notebook, self._by = notebook, by
            if before is None or by != was_by or self.head.words or not shows_same(before, notebook):
                self.head.show_name(notebook.title)
                self._filter.look(self.head.words, notebook)
                self._draw_again()
        if is_other:
            self._choose_open_talk()
            self._see_open_talk()

    def _see_open_talk(self) -> None:
        """Scrolls to it; a list that is not on the screen yet has no height, and would scroll past it."""
        line = self._lines.get(self._talk_id)
        if line is not None and self.tree.winfo_viewable() and not self._is_folded(line.group):
            self.tree.see(line.item)

    def _typed(self) -> None:
        if self._notebook is not None and self._filter.look(self.head.words, self._notebook):
            self._draw_again()

    @property
    def is_looking(self) -> bool:
        """Whether not all talks are looked through yet for what is typed."""
        return self._filter.is_looking

    def _draw_again(self) -> None:
        if self._notebook is None:
            return
        headings, lines = self._rows.draw(self._notebook, self._by, self._filter.only)
        places = [(line.item, line.group) for line in lines]
        same_places = headings == self._headings and places == [
            (line.item, line.group) for line in self._lines.values()
        ]
        self._headings, self._lines = headings, {line.item: line for line in lines}
        if not same_places:
            self._rebuild()
        self._draw_lines()
        self._say_where_empty()

    def _say_where_empty(self) -> None:
        """A list that is empty because of what is looked for says so, and what to do."""
        if self._lines or not self.head.words:
            self._empty.place_forget()
        else:
            gap = self._theme.px(12)
            self._empty.configure(wraplength=max(1, self.tree.winfo_width() - 2 * gap))
            self._empty.place(x=gap, y=gap)

    def _rebuild(self) -> None:
        tree = self.tree
        top = tree.yview()[0]
        chosen, at = tree.selection(), tree.focus()
        tree.delete(*tree.get_children())
        self._drawn.clear()
        for heading in self._headings:
            if heading.title:
                shown = not self._is_folded(heading.id)
                tree.insert("", "end", heading.item, text=heading.title, open=shown, tags=("group",))
        titled = {heading.id for heading in self._headings if heading.title}
        for line in self._lines.values():
            tree.insert(heading_item(line.group) if line.group in titled else "", "end", line.item)
        if chosen and tree.exists(chosen[0]):
            tree.selection_set(chosen)
            tree.focus(at if tree.exists(at) else chosen[0])  # the keys go on where they were
        else:
            self._choose_open_talk()
        tree.yview_moveto(top)

    def _draw_lines(self) -> None:
        """Draws what rows say, as far as it differs from what they said."""
        self._widen_counts()
        width = self.tree.column("#0", "width")
        for line in self._lines.values():
            room = self._room(line, width)
            words = f" {self._cutter.cut(line.title, room)}\n {self._cutter.cut(line.below, room)}"
            said = (words, line.count, line.icon)
            if self._drawn.get(line.item) == said:
                continue
            self._drawn[line.item] = said
            self.tree.item(line.item, text=said[0], values=(line.count,))
            with contextlib.suppress(LookupError):  # the words say the state as well
                self.tree.item(line.item, image=self._icons.get(line.icon, colour="muted"))

    def _widen_counts(self) -> None:
        """The column of numbers has room for the longest of them."""
        font, px = self._theme.fonts.text, self._theme.px
        longest = max((line.count for line in self._lines.values()), key=len, default="")
        wide = max(px(34), font.measure(longest) + px(20))
        if wide != self.tree.column("count", "width"):
            self.tree.column("count", width=wide, minwidth=wide)
            self.tree.column("#0", width=max(px(60), self.tree.winfo_width() - wide - px(4)))

    def _room(self, line: Line, width: int) -> int:
        """What is left of the first column for a title, in pixels."""
        is_deep = bool(self._headings) and any(heading.title for heading in self._headings)
        return width - self._theme.px(62 if is_deep else 52)

    def _choose_open_talk(self) -> None:
        """The row of the open talk is the chosen one, unless the user goes through the list by keys."""
        if self._talk_id in self._lines:
            self.tree.selection_set((self._talk_id,))
            self.tree.focus(self._talk_id)
        else:
            self.tree.selection_set(())

    # --- folding -------------------------------------------------------------------------------------

    def _fold_name(self, group_id: str) -> str:
        return (
            f"{self._by} {group_id}"
            if group_id or self._notebook is None
            else f"{self._by} {self._notebook.id}"
        )

    def _is_folded(self, group_id: str) -> bool:
        return self._fold_name(group_id) in self.folded

    def _keep_folded(self, *, folded: bool) -> None:
        item = self.tree.focus()
        heading = next((heading for heading in self._headings if heading.item == item), None)
        if heading is None:
            return
        name = self._fold_name(heading.id)
        others = tuple(each for each in self.folded if each != name)
        self.folded = (*others, name)[-_FOLDED_KEPT:] if folded else others

    # --- keys and the pointer ------------------------------------------------------------------------

    def _into_list(self) -> None:
        first = next(iter(self._lines), "")
        if first:
            self.tree.focus_set()
            self.tree.selection_set((first,))
            self.tree.focus(first)
            self.tree.see(first)

    def _on_up(self, _: object) -> str | None:
        """From the first row back into the search."""
        rows = self._all_items()
        if self.tree.focus() and rows and self.tree.focus() == rows[0]:
            self.search.focus_set()
            return "break"
        return None

    def _all_items(self) -> list[str]:
        return [item for top in self.tree.get_children() for item in (top, *self.tree.get_children(top))]

    def _on_enter(self, _: object) -> str | None:
        line = self._lines.get(self.tree.focus())
        if line is None:
            return None
        self._deeds.open_talk(line.talk.id)
        return "break"

    def _on_delete(self, _: object) -> str:
        line = self._lines.get(self.tree.focus())
        if line is not None:
            self._deeds.remove(line.talk.id)
        return "break"

    def _on_press(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        self._tip.hide()
        item = self.tree.identify_row(event.y)
        if item not in self._lines:
            return None
        self.drag.press(item, event.y)
        return "break"

    def _on_double(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        if self.tree.identify_row(event.y) not in self._lines:
            return None
        self._deeds.run(commands.by_id("talk.data"))
        return "break"

    def _on_motion(self, event: tkinter.Event[tkinter.Misc]) -> str:
        self.drag.motion(event.y)
        return "break"

    def _on_release(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if self.drag.release():
            return
        line = self._lines.get(self.tree.identify_row(event.y))
        if line is not None and line.talk.id != self._talk_id:
            self._deeds.open_talk(line.talk.id)
        elif line is not None:
            self.tree.focus_set()
            self.tree.selection_set((line.item,))
            self.tree.focus(line.item)

    def _on_right(self, event: tkinter.Event[tkinter.Misc]) -> str:
        self._tip.hide()
        self._pop_up(self.tree.identify_row(event.y), event.x_root, event.y_root)
        return "break"

    def _on_menu_key(self, _: object) -> str:
        item = self.tree.focus()
        box = self.tree.bbox(item) if item else ""
        x, y = (box[0] + self._theme.px(40), box[1] + box[3] // 2) if box else (0, 0)
        self._pop_up(item, self.tree.winfo_rootx() + x, self.tree.winfo_rooty() + y)
        return "break"

    def _pop_up(self, item: str, x: int, y: int) -> None:
        """The menu is that of the open talk, so the talk is opened first."""
        line = self._lines.get(item)
        if line is not None and line.talk.id != self._talk_id:
            self._deeds.open_talk(line.talk.id)
        self._deeds.pop_up(line is not None, x, y)

    # --- dragging ------------------------------------------------------------------------------------

    def _group_of(self, item: str) -> str:
        line = self._lines.get(item)
        if line is not None:
            return line.group
        return next((heading.id for heading in self._headings if heading.item == item), "")

    def _can_drop(self, item: str, group: str) -> bool:
        return grouping.can_take(self._by, group, self._group_of(item))

    def _drop(self, item: str, group: str, before: str) -> None:
        line, other = self._lines.get(item), self._lines.get(before)
        if line is not None:
            self._deeds.drop(line.talk.id, line.group, group, other.talk.id if other else "")

    def widgets(self) -> Iterable[tkinter.Misc]:
        """Those that the keyboard goes to, from top to bottom."""
        return (self.name, self.search, self.tree)
