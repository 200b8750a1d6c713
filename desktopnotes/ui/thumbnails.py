"""Snapshots shown small in the page: labels over the room that their rows leave, for what is visible.

A worker loads them: one that is large, or lies on a disk that does not answer, delays no key.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import in_a_line, to_letters
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.rows import Row, height
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

if TYPE_CHECKING:
    from PIL import Image, ImageTk

    from desktopnotes.media.background import Background, Progress

WIDTH, HEIGHT = 240, 135
"""The room of a snapshot in the page, in pixels of the design (16:9)."""

_ALT_SHOWN = 200
"""So much is shown of the words for a missing picture; X knows no picture of a megabyte of them."""

_LATER_MS = 30
"""Text first: the pictures follow when it is drawn."""

_KEPT = 60
"""How many small pictures stay in memory: some screens full."""

_Key = tuple[Path, str, int]
"""The folder of a picture, its name, and the width of its room in px."""


class Thumbnails:
    """Places a label for each visible row that has a snapshot, unless `is_off`.

    `room_below` says how much room a row's style leaves below its text; the snapshot stands at its lower end.
    """

    def __init__(
        self,
        text: GuardedText,
        theme: Theme,
        visible_rows: Callable[[], list[tuple[Row, int]]],
        room_below: Callable[[Row], int],
        open_outside: Callable[[str], None],
        background: Callable[[], Background],
    ) -> None:
        self._text = text
        self._theme = theme
        self._visible_rows = visible_rows
        self._room_below = room_below
        self._open_outside = open_outside
        self._background = background
        self._labels: dict[str, tkinter.Label] = {}
        self._pictures: dict[_Key, ImageTk.PhotoImage | None] = {}
        """None where it is missing or cannot be shown."""
        self._loading: set[_Key] = set()
        self._job = ""
        self.folder: Path | None = None
        self.is_off = False

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the notes whose snapshots, or words for missing ones, are on the page now."""
        drawn = (id_ for id_, label in self._labels.items() if label.cget("image") or label.cget("text"))
        return frozenset(drawn)

    def draw_soon(self) -> None:
        if not self._job:
            self._job = self._text.after(_LATER_MS, self._draw)

    def _draw(self) -> None:
        self._job = ""
        shown = set()
        for row, line in self._visible_rows():
            if row is None or not row.picture or self.is_off:
                continue
            foot = self._text.foot(f"{line + height(row) - 1}.end")
            if foot is not None:
                shown.add(row.id)
                y = foot + self._room_below(row) - self._theme.px(HEIGHT) - self._theme.px(10)
                self._label(row.id, row.picture, row.alt).place(x=self._theme.px(1), y=y)
        for note_id in set(self._labels) - shown:
            self._labels.pop(note_id).destroy()

    def _label(self, note_id: str, name: str, alt: str) -> tkinter.Label:
        label = self._labels.get(note_id)
        key = self._key(name)
        if label is None:
            label = tkinter.Label(self._text, borderwidth=0, cursor="hand2")
            for wheel, step in (("<Button-4>", -3), ("<Button-5>", 3)):
                label.bind(wheel, lambda _, by=step: self._text.yview_scroll(by, "units"))  # type: ignore[misc]
            label.bind("<Button-1>", lambda _: self._open(name))
            self._labels[note_id] = label
        picture = self._pictures.get(key)
        if key not in self._pictures:
            self._load(key)
            label.configure(image="", text="", bg=self._theme.palette.page)
        elif picture is None:
            about = to_letters(in_a_line(alt), _ALT_SHOWN)
            words = (
                _("The picture {name} is missing.").format(name=to_letters(in_a_line(name), 13))
                + f"\n{about}".rstrip()
            )
            room = max(1, self._text.winfo_width() - self._theme.px(30))
            label.configure(justify="left", wraplength=room, font=self._theme.fonts.small)
            label.configure(text=words, image="", fg=self._theme.palette.muted, bg=self._theme.palette.page)
        else:
            label.configure(image=picture, text="")
        return label

    def _open(self, name: str) -> None:
        from desktopnotes.ui.outside import PICTURES  # a start does without it

        is_one = Path(name).suffix.lower() in PICTURES  # else a desktop might take it for a page or a program
        if self.folder is not None and is_one and self._pictures.get(self._key(name)) is not None:
            self._open_outside(str(self.folder.absolute() / name))

    def _room(self) -> int:
        """How wide a picture may be, by steps: a page that is made narrower asks for few new ones."""
        step = self._theme.px(WIDTH) // 6
        inside = self._text.winfo_width() - self._theme.px(20)
        return step * min(6, max(2, inside // step))

    def _key(self, name: str) -> _Key:
        return self.folder or Path(), name, self._room()

    def _load(self, key: _Key) -> None:
        if key not in self._loading:
            self._loading.add(key)
            work = partial(_loaded, *key, self._theme.px(HEIGHT))
            came, failed = partial(self._came, key), partial(self._failed, key)
            self._background().run(work, came, failed, lane="snapshots")

    def _came(self, key: _Key, small: Image.Image) -> None:
        from PIL import ImageTk  # heavy, and most pages have no picture

        self._take(key, ImageTk.PhotoImage(small, master=self._text) if self._text.winfo_exists() else None)

    def _failed(self, key: _Key, error: Exception) -> None:
        self._take(key, None)
        if not isinstance(error, UserError):
            raise error

    def _take(self, key: _Key, picture: ImageTk.PhotoImage | None) -> None:
        self._loading.discard(key)
        self._pictures[key] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        if self._text.winfo_exists():
            self.draw_soon()


def _loaded(folder: Path, name: str, width: int, height: int, _: Progress) -> Image.Image:
    from desktopnotes import pictures  # heavy, see above

    return pictures.thumbnail(folder, name, width, height)
