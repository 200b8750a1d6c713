"""The icons of buttons and rows: Lucide's, kept as masks per size, tinted in a colour of the palette."""

from __future__ import annotations

import logging
import tkinter as tk
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from PIL import Image, ImageTk

from desktopnotes.storage.paths import assets
from desktopnotes.ui.shapes import tinted
from desktopnotes.ui.theme import Theme

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a widget was asked to show."""

    name: str
    words: str
    size: int
    colour: str


class Icons:
    """Icons by name, made when first asked for and kept. `folder` holds `<px>/<name>.png`."""

    def __init__(self, theme: Theme, folder: Path | None = None) -> None:
        self._theme = theme
        self._folder = folder or assets() / "icons"
        self._sizes = sorted(int(sub.name) for sub in self._folder.glob("[0-9]*"))
        self._made: dict[tuple[str, int, str], ImageTk.PhotoImage] = {}
        self._wanted: WeakKeyDictionary[tk.Misc, _Wanted] = WeakKeyDictionary()

    def get(self, name: str, *, size: int = 18, colour: str = "text") -> ImageTk.PhotoImage:
        """The icon at `size` pixels of the design, in the colour of that role of the palette.

        Raises LookupError where there is no such icon.
        """
        side_px = self._theme.px(size)
        tint: str = getattr(self._theme.palette, colour)
        key = (name, side_px, tint)
        if key not in self._made:
            icon = tinted(self._mask(name, side_px), tint)
            self._made[key] = ImageTk.PhotoImage(icon, master=self._theme.root)
        return self._made[key]

    def put(self, widget: tk.Misc, name: str, words: str, *, size: int = 18, colour: str = "text") -> None:
        """Shows the icon on a ttk button or label, in whatever theme; `words` where it is missing.

        Called again, it replaces the icon.
        """
        followed = widget in self._wanted
        self._wanted[widget] = _Wanted(name, words, size, colour)
        if followed:
            self._draw(widget)
        else:
            self._theme.follow(widget, lambda: self._draw(widget))

    def _draw(self, widget: tk.Misc) -> None:
        wanted = self._wanted[widget]
        try:
            usual = self.get(wanted.name, size=wanted.size, colour=wanted.colour)
            grey = self.get(wanted.name, size=wanted.size, colour="disabled")
        except LookupError as missing:
            _log.warning("%s", missing)
            widget.configure(image="", text=wanted.words)  # type: ignore[call-arg]
        else:
            widget.configure(image=(usual, "disabled", grey))  # type: ignore[call-arg]

    def _mask(self, name: str, side_px: int) -> Image.Image:
        """The mask at exactly that size: the file of that size, else the next larger one reduced."""
        stored = next(
            (size for size in self._sizes if size >= side_px), self._sizes[-1] if self._sizes else 0
        )
        path = self._folder / str(stored) / f"{name}.png"
        try:
            with Image.open(path) as file:
                mask = file.getchannel("A") if "A" in file.getbands() else file.convert("L")
        except OSError as error:
            raise LookupError(f"There is no icon {path}.") from error
        return mask if mask.width == side_px else mask.resize((side_px, side_px), Image.Resampling.LANCZOS)
