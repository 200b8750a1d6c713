"""Snapshots shown small in the page: labels over the room that their rows leave, for what is visible."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.rows import Row, height
from desktopnotes.ui.theme import Theme

if TYPE_CHECKING:
    from PIL import ImageTk

WIDTH, HEIGHT = 240, 135
"""The room of a snapshot in the page, in pixels of the design (16:9)."""

_ALT_SHOWN = 200
"""So much is shown of the words for a missing picture; X knows no picture of a megabyte of them."""

_LATER_MS = 30
"""Text first: the pictures follow when it is drawn."""

_KEPT = 60
"""How many small pictures stay in memory: some screens full."""


class Thumbnails:
    """Places a label for each visible row that has a snapshot, unless `is_off`."""

    def __init__(
        self,
        text: GuardedText,
        theme: Theme,
        visible_rows: Callable[[], list[tuple[Row, int]]],
        open_outside: Callable[[str], None],
    ) -> None:
        self._text = text
        self._theme = theme
        self._visible_rows = visible_rows
        self._open_outside = open_outside
        self._labels: dict[str, tkinter.Label] = {}
        self._pictures: dict[tuple[str, int], ImageTk.PhotoImage | None] = {}
        self._job = ""
        self.folder: Path | None = None
        self.is_off = False

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the notes whose snapshots are placed on the page now."""
        return frozenset(self._labels)

    def draw_soon(self) -> None:
        if not self._job:
            self._job = self._text.after(_LATER_MS, self._draw)

    def _draw(self) -> None:
        self._job = ""
        shown = set()
        for row, line in self._visible_rows():
            if row is None or not row.picture or self.is_off:
                continue
            box = self._text.dlineinfo(f"{line + height(row) - 1}.end")
            if box is not None:
                shown.add(row.id)
                y = box[1] + box[3] - self._theme.px(HEIGHT) - self._theme.px(10)
                self._label(row.id, row.picture, row.alt).place(x=self._theme.px(1), y=y)
        for note_id in set(self._labels) - shown:
            self._labels.pop(note_id).destroy()

    def _label(self, note_id: str, name: str, alt: str) -> tkinter.Label:
        label = self._labels.get(note_id)
        picture = self._picture(name)
        if label is None:
            label = tkinter.Label(self._text, borderwidth=0, cursor="hand2")
            for wheel, step in (("<Button-4>", -3), ("<Button-5>", 3)):
                label.bind(wheel, lambda _, by=step: self._text.yview_scroll(by, "units"))  # type: ignore[misc]
            label.bind("<Button-1>", lambda _: self._open(name))
            self._labels[note_id] = label
        if picture is None:
            words = f"The picture {to_letters(name, 13)} is missing.\n{to_letters(alt, _ALT_SHOWN)}".strip()
            room = max(1, self._text.winfo_width() - self._theme.px(30))
            label.configure(justify="left", wraplength=room, font=self._theme.fonts.small)
            label.configure(text=words, image="", fg=self._theme.palette.muted, bg=self._theme.palette.page)
        else:
            label.configure(image=picture, text="")
        return label

    def _open(self, name: str) -> None:
        from desktopnotes.ui.outside import PICTURES  # a start does without it

        is_one = Path(name).suffix.lower() in PICTURES  # else a desktop might take it for a page or a program
        if self.folder is not None and is_one and self._picture(name) is not None:
            self._open_outside(str(self.folder.absolute() / name))

    def _room(self) -> int:
        """How wide a picture may be, by steps: a page that is made narrower asks for few new ones."""
        step = self._theme.px(WIDTH) // 6
        inside = self._text.winfo_width() - self._theme.px(20)
        return step * min(6, max(2, inside // step))

    def _picture(self, name: str) -> ImageTk.PhotoImage | None:
        """The small picture, or None where it is missing or cannot be shown."""
        width, height = self._room(), self._theme.px(HEIGHT)
        key = (name, width)
        if key not in self._pictures:
            from PIL import ImageTk  # heavy, and most pages have no picture

            from desktopnotes import pictures

            try:
                folder = self.folder or Path()
                small = pictures.thumbnail(folder, name, width, height)
                self._pictures[key] = ImageTk.PhotoImage(small, master=self._text)
            except UserError:
                self._pictures[key] = None
            while len(self._pictures) > _KEPT:
                self._pictures.pop(next(iter(self._pictures)))
        return self._pictures[key]
