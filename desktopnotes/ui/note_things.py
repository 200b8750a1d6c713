"""What the page offers beside typing: tags to complete, signs given back by Backspace, a menu on a note."""

from __future__ import annotations

import sys
import tkinter
from typing import TYPE_CHECKING

from desktopnotes import commands
from desktopnotes.actions import signs, stamping
from desktopnotes.model.tags import TagIndex
from desktopnotes.ui.tag_completion import TagCompletion

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

_MENU = (
    *("notes.jump", "notes.edit_stamp", "notes.restamp", "notes.end_here", "notes.unstamp", "", "edit.cut"),
    *("edit.copy", "edit.paste", "", "notes.kind_thought", "notes.kind_quote", "notes.kind_question"),
    *("notes.kind_link", "notes.kind_chapter", "notes.kind_private", "notes.add_tag", "notes.remove_tag"),
    *("", "notes.split", "notes.join", "notes.duplicate", "notes.write_up", "", "notes.keep_this"),
    *("notes.keep_all", "notes.delete"),
)
"""The commands of a note's own menu; "" is a line between them."""


_RIGHT_CLICKS = (
    ("<ButtonPress-2>", "<Control-ButtonPress-1>") if sys.platform == "darwin" else ("<ButtonPress-3>",)
)


class NoteThings:
    """Joins the page, the write-up and the table of commands."""

    def __init__(self, window: Window) -> None:
        self._window = window
        index = TagIndex()

        def known() -> dict[str, int]:
            return index.of(window.session.notebook)

        page, write_up = window.page.text, window.write_up.text
        self.tags = TagCompletion(page, window.theme, known, counts_itself=True)
        self.write_up_tags = TagCompletion(write_up, window.theme, known, counts_itself=False)
        window.timeline.drag.move = self._move_stamp
        window.timeline.drag.note_id = lambda: window.page.caret.note_id
        page.bind("<BackSpace>", self._give_back, add=True)
        for clicked in (page, window.page.gutter):
            for click in _RIGHT_CLICKS:
                clicked.bind(click, self._on_right_click, add=True)
        for keys in ("<Menu>", "<App>", "<Shift-F10>"):
            try:
                page.bind(keys, self._on_menu_key, add=True)
            except tkinter.TclError:  # a keysym of another system
                continue

    def _give_back(self, _: object) -> str | None:
        """Backspace right behind a sign that was read: it is text again."""
        caret, window = self._window.page.caret, self._window
        at_start = caret.note_id and caret.offset == 0 and not window.page.text.tag_ranges("sel")
        if at_start and signs.give_back(window.session, caret.note_id):
            return "break"
        return None

    def _move_stamp(self, note_id: str, at_ms: int) -> None:
        self._window.gate.run(stamping.drag, self._window.session, note_id, at_ms)

    # --- the menu on a note --------------------------------------------------------------------------

    def _on_right_click(self, event: tkinter.Event[tkinter.Misc]) -> str:
        """The caret goes to the note that was clicked, unless it is among the chosen ones."""
        page = self._window.page
        place = str(
            page.text.index(f"@0,{event.y}" if event.widget is page.gutter else f"@{event.x},{event.y}")
        )
        row = page.rows[page.row_index(place)]
        page.text.focus_set()
        if row is None or row.id not in page.selection.note_ids():
            page.text.tag_remove("sel", "1.0", "end")
            page.text.mark_set("insert", place)
        self.pop_up(event.x_root, event.y_root)
        return "break"

    def _on_menu_key(self, _: object) -> str:
        text = self._window.page.text
        text.see("insert")
        box = text.bbox("insert") or (0, 0, 0, 0)
        self.pop_up(text.winfo_rootx() + box[0], text.winfo_rooty() + box[1] + box[3])
        return "break"

    def pop_up(self, x: int, y: int) -> tkinter.Menu:
        """The menu of the note under the caret, at a place of the screen."""
        shown = [commands.by_id(command_id) if command_id else None for command_id in _MENU]
        return self._window.menus.pop_up_these(shown, x, y)
