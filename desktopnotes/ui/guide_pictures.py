"""The pictures of the guide: in the colours of the window, at the scale of the screen, within the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.ui.theme import Theme
from desktopnotes.words import LANGUAGE

if TYPE_CHECKING:
    from PIL import ImageTk

    from desktopnotes.ui.preview_text import PreviewText

PAD_PX = 26
"""On both sides of the page, in pixels of the design."""


def picture_file(folder: Path, name: str, theme: str, language: str = LANGUAGE) -> Path:
    """The window in that language, where there is such a picture; else in English."""
    own = own_file(folder, name, theme, language)
    return own if own.is_file() else own_file(folder, name, theme, "en")


def own_file(folder: Path, name: str, theme: str, language: str) -> Path:
    """Where the picture of that language lies, if it is there."""
    return folder / (f"{name}-{theme}.png" if language == "en" else f"{name}-{theme}.{language}.png")


class GuidePictures:
    """Puts pictures into the text at once: they are few and small, so that the page never moves."""

    def __init__(self, text: PreviewText, theme: Theme, folder: Path) -> None:
        self._text = text
        self._theme = theme
        self._folder = folder
        self._names: dict[str, str] = {}
        self._photos: dict[str, ImageTk.PhotoImage] = {}
        self._shown: tuple[str, int] = ("", 0)

    def put(self, index: str, address: str, tags: tuple[str, ...]) -> None:
        """Puts the picture of that name to an index of the text; its room alone where there is none."""
        name = f"picture{len(self._names)}"
        self._names[name] = address
        self._text.raw("image", "create", index, "-name", name, "-align", "top")
        for tag in tags:
            self._text.raw("tag", "add", tag, index)
        self._show(name, address)

    def draw_soon(self) -> None:
        """Takes other pictures where the page got other colours or another width."""
        if self._names and self._shown != (self._theme.palette.name, self._widest()):
            for name, address in self._names.items():
                self._show(name, address)

    def _widest(self) -> int:
        px = self._theme.px
        return max(px(160), self._text.winfo_width() - 2 * px(PAD_PX))

    def _show(self, name: str, address: str) -> None:
        from PIL import Image, ImageOps, ImageTk  # loaded beside the window

        widest = self._widest()
        self._shown = (self._theme.palette.name, widest)
        try:
            with Image.open(picture_file(self._folder, address, self._theme.palette.name)) as found:
                picture = found.convert("RGB")
        except OSError:  # the words are there without it
            self._text.raw("image", "configure", name, "-image", "")
            return
        width = min(widest, self._theme.px(picture.width))
        if width != picture.width:
            size = width, round(picture.height * width / picture.width)
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        picture = ImageOps.expand(picture.crop(_within(picture.size)), 1, self._theme.palette.border)
        self._photos[name] = ImageTk.PhotoImage(picture, master=self._text)
        self._text.raw("image", "configure", name, "-image", self._photos[name])


def _within(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """All of a picture but its outermost pixels, where the line round it is drawn."""
    return 1, 1, size[0] - 1, size[1] - 1
