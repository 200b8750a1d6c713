"""The icons of buttons and rows: Lucide's, kept as masks per size, tinted in a colour of the palette."""

from __future__ import annotations

import logging
import tkinter as tk
from pathlib import Path

from PIL import Image, ImageTk

from desktopnotes.storage.paths import assets
from desktopnotes.ui.shapes import tinted
from desktopnotes.ui.theme import Theme

_log = logging.getLogger(__name__)


class Icons:
    """Icons by name, made when first asked for and kept. `folder` holds `<px>/<name>.png`."""

    def __init__(self, theme: Theme, folder: Path | None = None) -> None:
        self._theme = theme
        self._folder = folder or assets() / "icons"
        self._sizes = sorted(int(sub.name) for sub in self._folder.glob("[0-9]*"))
        self._made: dict[tuple[str, int, str], ImageTk.PhotoImage] = {}

    def get(self, name: str, *, size: int = 18, colour: str = "text") -> ImageTk.PhotoImage:
        """The icon at `size` pixels of the design, in the colour of that role of the palette.

        Raises LookupError where there is no such icon.
        """
        side_px = self._theme.px(size)
        tint: str = getattr(self._theme.palette, colour)
        key = (name, side_px, tint)
        if key not in self._made:
            self._made[key] = ImageTk.PhotoImage(tinted(self._mask(name, side_px), tint))
        return self._made[key]

    def put(self, widget: tk.Misc, name: str, words: str, *, size: int = 18, colour: str = "text") -> None:
        """Shows the icon on a ttk button or label, in whatever theme; `words` where it is missing.

        Called again, it replaces the icon.
        """
        try:
            self.get(name, size=size, colour=colour)
        except LookupError as missing:
            _log.warning("%s", missing)
            widget.configure(image="", text=words)  # type: ignore[call-arg]
            return

        def dress() -> None:
            usual = self.get(name, size=size, colour=colour)
            widget.configure(image=(usual, "disabled", self.get(name, size=size, colour="disabled")))  # type: ignore[call-arg]

        self._theme.follow(widget, dress)

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
