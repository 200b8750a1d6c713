"""A talk dragged in the list: a line shows where it will land, the edges scroll, Esc gives it up."""

from __future__ import annotations

import contextlib
import tkinter
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from desktopnotes.ui.theme import Theme

_SCROLL_EVERY_MS = 70


@dataclass(frozen=True, slots=True)
class Target:
    """Before the row `before`, or at the end of the group `group` where that is empty; `y` is the line's."""

    group: str
    before: str
    y: int


class TalksDrag:
    """`group_of` answers the group that a row or a heading belongs to, `can_drop` whether one may go there.

    `drop` gets the dragged row, the group and the row before which it was let go ("" for the end).
    """

    def __init__(
        self,
        tree: ttk.Treeview,
        theme: Theme,
        group_of: Callable[[str], str],
        can_drop: Callable[[str, str], bool],
        drop: Callable[[str, str, str], None],
    ) -> None:
        self._tree = tree
        self._theme = theme
        self._group_of = group_of
        self._can_drop = can_drop
        self._drop = drop
        self._line = tkinter.Frame(tree, height=theme.px(2))
        self._pressed: tuple[str, int] | None = None
        self._y = 0
        self._scrolling = ""
        self.item = ""
        """The row that is dragged now, "" where none is."""
        self.target: Target | None = None

    def press(self, item: str, y: int) -> None:
        self._pressed = (item, y)

    def motion(self, y: int) -> None:
        if self._pressed is None:
            return
        item, pressed_y = self._pressed
        if not self.item and abs(y - pressed_y) < self._theme.px(5):
            return
        if not self.item:
            self.item = item
            self._line.configure(background=self._theme.palette.accent, height=self._theme.px(2))
        self._y = y
        self._show()
        if not self._scrolling:
            self._scroll()

    def release(self) -> bool:
        """Lets go: drops what was dragged; False where nothing was."""
        item, target = self.item, self.target
        was_pressed = self._pressed is not None
        self.give_up()
        if not item:
            return not was_pressed
        if target is not None:
            self._drop(item, target.group, target.before)
        return True

    def give_up(self) -> bool:
        """Nothing is dropped; False where nothing is dragged."""
        was_dragging = bool(self.item)
        self._pressed, self.item, self.target = None, "", None
        self._line.place_forget()
        self._tree.configure(cursor="")
        if self._scrolling:
            with contextlib.suppress(tkinter.TclError):
                self._tree.after_cancel(self._scrolling)
            self._scrolling = ""
        return was_dragging

    def _show(self) -> None:
        target = self._at(self._y)
        if target is not None and not self._can_drop(self.item, target.group):
            target = None
        self.target = target
        if target is None:
            self._line.place_forget()
            self._tree.configure(cursor="circle")
            return
        self._tree.configure(cursor="sb_v_double_arrow")
        inset = self._theme.px(8)
        self._line.place(x=inset, y=target.y - 1, width=max(1, self._tree.winfo_width() - 2 * inset))
        self._line.lift()

    def _at(self, y: int) -> Target | None:
        """Where a row let go at `y` lands: between two rows, whichever is nearer."""
        tree = self._tree
        item = tree.identify_row(min(max(y, 1), tree.winfo_height() - 2))
        if not item:
            return self._at_the_end()
        box = tree.bbox(item)
        if not box:
            return None
        _, top, _, height = box
        lower = y >= top + height // 2
        if tree.get_children(item) or self._is_heading(item):
            members = tree.get_children(item) if tree.item(item, "open") else ()
            before = members[0] if members else ""
            return Target(self._group_of(item), before, top + height)
        if not lower:
            return Target(self._group_of(item), item, top)
        following = tree.next(item)
        is_row = bool(following) and not self._is_heading(following)
        return Target(self._group_of(item), following if is_row else "", top + height)

    def _at_the_end(self) -> Target | None:
        tree = self._tree
        last = next(iter(reversed(tree.get_children())), "")
        if not last:
            return None
        below = tree.get_children(last) if tree.item(last, "open") else ()
        box = tree.bbox(below[-1] if below else last)
        return Target(self._group_of(last), "", box[1] + box[3]) if box else None

    def _is_heading(self, item: str) -> bool:
        return item.startswith("group ")

    def _scroll(self) -> None:
        """Scrolls while the pointer is held at an edge."""
        edge = self._theme.px(14)
        by = -1 if self._y < edge else 1 if self._y > self._tree.winfo_height() - edge else 0
        if by:
            self._tree.yview_scroll(by, "units")
            self._tree.after_idle(self._show_again)
        self._scrolling = self._tree.after(_SCROLL_EVERY_MS, self._scroll)

    def _show_again(self) -> None:
        if self.item:
            self._show()
