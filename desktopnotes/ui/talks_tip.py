"""The whole title of a talk, which its row cuts, when the pointer rests on it."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import Tip

_DELAY_MS = 600


class TalksTip:
    """`text_of` answers what is said of a row, "" for nothing."""

    def __init__(self, tree: ttk.Treeview, theme: Theme, text_of: Callable[[str], str]) -> None:
        self._tree = tree
        self._theme = theme
        self._text_of = text_of
        self._item = ""
        self._waiting = ""
        self.tip = Tip(tree, theme)
        tree.bind("<Motion>", self._on_motion, add=True)
        for event in ("<Leave>", "<KeyPress>", "<MouseWheel>", "<Button-4>", "<Button-5>", "<Destroy>"):
            tree.bind(event, lambda _: self.hide(), add=True)

    def _on_motion(self, event: tkinter.Event[tkinter.Misc]) -> None:
        item = self._tree.identify_row(event.y)
        if item == self._item:
            return
        self.hide()
        self._item = item
        if item and self._text_of(item):
            self._waiting = self._tree.after(_DELAY_MS, self._show)

    def _show(self) -> None:
        self._waiting = ""
        box = self._tree.bbox(self._item) if self._tree.exists(self._item) else ""
        if box:
            left, top = self._tree.winfo_rootx(), self._tree.winfo_rooty() + box[1]
            gap = self._theme.px(2)
            middle = left + self._tree.winfo_width() // 2
            self.tip.show(self._text_of(self._item), middle, top + box[3] + gap, else_above=top - gap)

    def hide(self) -> None:
        self._item = ""
        if self._waiting:
            self._tree.after_cancel(self._waiting)
            self._waiting = ""
        self.tip.hide()
