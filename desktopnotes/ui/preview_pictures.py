"""Snapshots in the preview: each has its room from the start, and gets its picture when it comes in sight."""

from __future__ import annotations

import itertools
import tkinter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.ui.theme import Theme

if TYPE_CHECKING:
    from PIL import Image, ImageTk

    from desktopnotes.media.background import Progress
    from desktopnotes.ui.preview_text import PreviewText

_WIDEST = 560
"""As wide as a picture is shown, in pixels of the design; the page has room for less where it is narrow."""

_STEP = 40
"""A page that is made narrower asks for few new pictures."""

_HEIGHT_OF_WIDTH = 9 / 16
"""The room that is kept: nearly all recordings have this shape."""

_LATER_MS = 30
"""Words first."""

_KEPT = 24
"""So many pictures are held: some screens full. Those not seen for the longest give way."""

_numbers = itertools.count(1)


class PreviewPictures:
    """Puts room for pictures into the text, and fills what is visible, loaded by a worker.

    `files` are those of the post by their names; `failed` those that cannot be shown.
    """

    def __init__(self, text: PreviewText, theme: Theme, session: Callable[[], Session]) -> None:
        self._text = text
        self._theme = theme
        self._session = session
        self._job = ""
        self._wide = 0
        self._rooms: dict[int, tkinter.PhotoImage] = {}
        self._names: dict[str, str] = {}
        """What is shown where, by the names of the images in the text."""
        self._photos: dict[tuple[Path, int], ImageTk.PhotoImage] = {}
        self._loading: set[tuple[Path, int]] = set()
        self.failed: set[Path] = set()
        self.files: Mapping[str, Path] = {}

    def put(self, index: str, address: str, tags: tuple[str, ...]) -> None:
        """Puts the room for a picture to an index of the text."""
        name = f"picture{next(_numbers)}"
        self._names[name] = address
        options = ("-name", name, "-image", self._room(self._width()), "-align", "top")
        self._text.raw("image", "create", index, *options)
        for tag in tags:
            self._text.raw("tag", "add", tag, index)
        self.draw_soon()

    def draw_soon(self) -> None:
        if not self._job and self._names:
            self._job = self._text.after(_LATER_MS, self._draw)

    def file_of(self, address: str) -> Path | None:
        """The notebook's picture that an address in the post means."""
        return self.files.get(PurePosixPath(unquote(address)).name)

    @property
    def shown(self) -> frozenset[str]:
        """The addresses of the pictures that are on screen and drawn."""
        photos = set(map(str, self._photos.values()))
        return frozenset(
            address
            for name, address in self._in_sight().items()
            if str(self._text.raw("image", "cget", name, "-image")) in photos
        )

    def _in_sight(self) -> dict[str, str]:
        """Names and addresses of what the part of the text holds that is visible now."""
        last = f"@0,{self._text.winfo_height()}"
        dump = self._text.raw("dump", "-image", "@0,0", f"{last} lineend")
        names = map(str, self._text.tk.splitlist(dump)[1::3])
        return {name: self._names[name] for name in names if name in self._names}

    def _width(self) -> int:
        px, step = self._theme.px, self._theme.px(_STEP)
        inside = self._text.winfo_width() - 2 * px(26)
        return step * max(2, min(px(_WIDEST), inside) // step)

    def _room(self, width: int) -> tkinter.PhotoImage:
        """One empty picture serves for all that are still to come."""
        if width not in self._rooms:
            height = round(width * _HEIGHT_OF_WIDTH)
            self._rooms[width] = tkinter.PhotoImage(master=self._text, width=width, height=height)
        return self._rooms[width]

    def _draw(self) -> None:
        self._job = ""
        width = self._width()
        if width != self._wide:  # all get other room at once, not each when it comes in sight
            self._wide = width
            for name in self._still_there():
                self._show(name, self._room(width))
        for name, address in self._in_sight().items():
            file = self.file_of(address)
            if file is None or file in self.failed:
                self._show(name, "")
                continue
            key = (file, width)
            if key in self._photos:
                self._photos[key] = self._photos.pop(key)  # seen last
                self._show(name, self._photos[key])
            elif key not in self._loading:
                self._load(key)

    def _show(self, name: str, image: object) -> None:
        if str(self._text.raw("image", "cget", name, "-image")) != str(image):
            self._text.raw("image", "configure", name, "-image", image)

    def _load(self, key: tuple[Path, int]) -> None:
        self._loading.add(key)
        came, failed = partial(self._came, key), partial(self._failed, key)
        self._session().background.run(partial(_loaded, *key), came, failed, lane="preview pictures")

    def _came(self, key: tuple[Path, int], picture: Image.Image) -> None:
        from PIL import ImageTk  # heavy, and most posts have no picture

        self._loading.discard(key)
        if self._text.winfo_exists():
            self._photos[key] = ImageTk.PhotoImage(picture, master=self._text)
            while len(self._photos) > _KEPT:
                self._give_up(next(iter(self._photos)))
            self._draw()

    def _give_up(self, key: tuple[Path, int]) -> None:
        """The room stays as large as it is, so that nothing moves."""
        photo = str(self._photos.pop(key))
        for name in self._still_there():
            if str(self._text.raw("image", "cget", name, "-image")) == photo:
                self._show(name, self._room(self._wide))

    def _still_there(self) -> list[str]:
        """The names of the pictures in the text; those that went with their words are forgotten."""
        names = set(map(str, self._text.tk.splitlist(self._text.raw("image", "names"))))
        self._names = {name: address for name, address in self._names.items() if name in names}
        return list(self._names)

    def _failed(self, key: tuple[Path, int], error: Exception) -> None:
        self._loading.discard(key)
        if not isinstance(error, UserError):
            raise error
        self.failed.add(key[0])
        self.draw_soon()


def _loaded(file: Path, width: int, _: Progress) -> Image.Image:
    from desktopnotes import pictures  # see above

    return pictures.thumbnail(file.parent, file.name, width, width)
