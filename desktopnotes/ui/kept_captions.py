"""The captions that notes keep: one muted line below the note's text, whole when the pointer rests on it."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from desktopnotes.model.shortening import to_width
from desktopnotes.ui import rows
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.rows import Row, height
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip

_LATER_MS = 30
"""Text first, as with snapshots."""


def room_px(theme: Theme) -> int:
    """How much room below its text a note needs for the line."""
    return theme.fonts.small.metrics("linespace") + theme.px(3)


class KeptCaptions:
    """Places a label for each visible row whose caption says more than its text, right below that."""

    def __init__(
        self,
        text: GuardedText,
        theme: Theme,
        visible_rows: Callable[[], list[tuple[Row, int]]],
    ) -> None:
        self._text = text
        self._theme = theme
        self._visible_rows = visible_rows
        self._labels: dict[str, tkinter.Label] = {}
        self._whole: dict[str, str] = {}
        self._job = ""
        self.lit_id = ""

    @property
    def shown(self) -> dict[str, str]:
        """The lines on the page now, by the ids of their notes."""
        return {note_id: str(label.cget("text")) for note_id, label in self._labels.items()}

    def draw_soon(self) -> None:
        if not self._job:
            self._job = self._text.after(_LATER_MS, self._draw)

    def _draw(self) -> None:
        self._job = ""
        shown = set()
        for row, line in self._visible_rows():
            said = rows.caption_beside(row)
            foot = self._text.foot(f"{line + height(row) - 1}.end") if row and said else None
            if row is not None and foot is not None:
                shown.add(row.id)
                self._label(row.id, said).place(x=0, y=foot)
        for note_id in set(self._labels) - shown:
            self._labels.pop(note_id).destroy()
            del self._whole[note_id]

    def _label(self, note_id: str, said: str) -> tkinter.Label:
        label = self._labels.get(note_id)
        if label is None:
            label = tkinter.Label(self._text, borderwidth=0, padx=0, pady=0, anchor="w")
            for wheel, step in (("<Button-4>", -3), ("<Button-5>", 3)):
                label.bind(wheel, lambda _, by=step: self._text.yview_scroll(by, "units"))  # type: ignore[misc]
            add_tooltip(label, self._theme, lambda: self._whole.get(note_id, ""))
            self._labels[note_id] = label
        self._whole[note_id] = said
        p, fonts = self._theme.palette, self._theme.fonts
        background = p.lit if note_id == self.lit_id else p.page
        words = to_width(f"“{said}”", self._text.winfo_width(), fonts.small.measure)
        label.configure(text=words, font=fonts.small, foreground=p.muted, background=background)
        return label
