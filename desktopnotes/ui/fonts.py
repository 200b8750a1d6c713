"""The named fonts of the window, and the scale that everything measured in pixels follows."""

from __future__ import annotations

import tkinter as tk
from tkinter.font import Font, nametofont

_FAMILIES = ("Inter", "Cantarell", "Noto Sans", "DejaVu Sans")
_MONO_FAMILIES = ("DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono")

_DESIGN_PX = 13.5
"""The text size, in pixels, at which the scale is 1: 10 points on a common screen of 96 to 100 dpi."""


class Fonts:
    """Fonts by their use. Changing the size changes every widget that uses one; nothing has to be redrawn.

    `page` is what is written (notes, write-up), `mono` shows times, `mono_large` the time being played.
    `size` is that of `text` in points; `scale` is what `px` multiplies by, in quarters for sharp lines.
    """

    def __init__(self, root: tk.Misc, size: int = 0) -> None:
        self._root = root
        family = _first_of(root, _FAMILIES, "TkDefaultFont")
        mono = _first_of(root, _MONO_FAMILIES, "TkFixedFont")

        def font(family: str, *, bold: bool = False, italic: bool = False) -> Font:
            weight, slant = "bold" if bold else "normal", "italic" if italic else "roman"
            return Font(root, family=family, weight=weight, slant=slant)  # type: ignore[arg-type]

        self.text = font(family)
        self.small = font(family)
        self.bold = font(family, bold=True)
        self.title = font(family, bold=True)
        self.page = font(family)
        self.page_bold = font(family, bold=True)
        self.page_italic = font(family, italic=True)
        self.mono = font(mono)
        self.mono_large = font(mono, bold=True)
        self.size = 0
        self.scale = 1.0
        self.resize(size)

    def resize(self, size: int) -> None:
        """Sets the size of `text` in points, 0 for the system's own; the others follow it."""
        points = size or abs(int(nametofont("TkDefaultFont", self._root).cget("size"))) or 10
        for font, more in (
            (self.text, 0),
            (self.small, -1),
            (self.bold, 0),
            (self.title, 4),
            (self.page, 1),
            (self.page_bold, 1),
            (self.page_italic, 1),
            (self.mono, 0),
            (self.mono_large, 2),
        ):
            font.configure(size=max(6, points + more))
        self.size = points
        self.scale = max(0.75, round(points * self._px_per_point() / _DESIGN_PX * 4) / 4)

    def _px_per_point(self) -> float:
        """How many pixels a point of text is; with Xft.dpi=192 `tk scaling` stays 1.33 and so cannot say."""
        family = self.text.actual("family")
        in_points, in_pixels = (
            Font(self._root, family=family, size=100),
            Font(self._root, family=family, size=-100),
        )
        return in_points.metrics("linespace") / in_pixels.metrics("linespace")

    def px(self, n: float) -> int:
        """A length of the design, drawn for text of 10 points on a common screen, in pixels of this one."""
        return max(1, round(n * self.scale)) if n else 0


def _first_of(root: tk.Misc, families: tuple[str, ...], otherwise: str) -> str:
    for family in families:
        if Font(root, family=family, size=10).actual("family") == family:
            return family
    return str(nametofont(otherwise, root).actual("family"))
