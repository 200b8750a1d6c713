"""The named fonts of the window, and the scale that everything measured in pixels follows."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterable
from tkinter.font import Font, nametofont
from typing import Any

_FAMILIES = {"Inter": 1.21, "Cantarell": 1.2, "Noto Sans": 1.362, "DejaVu Sans": 1.164}
"""The height of a line in each family, in units of the text size, from its `hhea` table."""

_LINE_HEIGHT = 1.2
"""For any other family."""

_MONO_FAMILIES = ("DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono")

_DESIGN_PX = 13.5
"""The text size, in pixels, at which the scale is 1: 10 points on a common screen of 96 to 100 dpi."""


class Fonts:
    """Fonts by their use. Changing the size changes every widget that uses one; nothing has to be redrawn.

    `page` is what is written (notes, write-up), `mono` shows times, `mono_large` the time being played,
    `mono_huge` the same where there is no picture.
    `size` is that of `text` in points; `scale` is what `px` multiplies by, in quarters for sharp lines.
    """

    def __init__(self, root: tk.Misc, size: int = 0) -> None:
        self._root = root
        self._steps: list[tuple[Font, int]] = []
        family = _first_of(root, _FAMILIES, "TkDefaultFont")
        mono = _first_of(root, _MONO_FAMILIES, "TkFixedFont")

        self._family, self._mono = family, mono

        def font(family: str, points_more: int, **shape: Any) -> Font:
            made = Font(root, family=family, **shape)
            self._steps.append((made, points_more))
            return made

        self.text = font(family, 0)
        self.small = font(family, -1)
        self.small_underlined = font(family, -1, underline=True)
        self.bold = font(family, 0, weight="bold")
        self.title = font(family, 4, weight="bold")
        self.page = font(family, 1)
        self.page_bold = font(family, 1, weight="bold")
        self.page_italic = font(family, 1, slant="italic")
        self.page_bold_italic = font(family, 1, weight="bold", slant="italic")
        self.mono = font(mono, 0)
        self.mono_small = font(mono, -2)
        self.mono_large = font(mono, 2, weight="bold")
        self.mono_huge = font(mono, 22, weight="bold")
        self.resize(size)

    def another(self, points_more: int, *, mono: bool = False, **shape: Any) -> Font:
        """A font of one's own, so many points larger than `text`; it is resized with the others."""
        made = Font(self._root, family=self._mono if mono else self._family, **shape)
        made.configure(size=max(6, self.size + points_more))
        self._steps.append((made, points_more))
        return made

    def resize(self, size: int) -> None:
        """Sets the size of `text` in points, 0 for the system's own; the others follow it."""
        self.size = size or abs(int(nametofont("TkDefaultFont", self._root).cget("size"))) or 10
        for font, points_more in self._steps:
            font.configure(size=max(6, self.size + points_more))
        self.scale = max(0.75, round(self._text_px() / _DESIGN_PX * 4) / 4)

    def _text_px(self) -> float:
        """The size of `text` as it is drawn.

        Tk does not say: with `Xft.dpi` of 192 all fonts are doubled, those given in pixels too, while `tk
        scaling` stays 1.33. So it is told from the height of a line, of a size at which rounding is small.
        """
        family = str(self.text.actual("family"))
        line_px = Font(self._root, family=family, size=10 * self.size).metrics("linespace") / 10
        return line_px / _FAMILIES.get(family, _LINE_HEIGHT)

    def px(self, n: float) -> int:
        """A length of the design, drawn for text of 10 points on a common screen, in pixels of this one."""
        return max(1, round(n * self.scale)) if n else 0


def _first_of(root: tk.Misc, families: Iterable[str], otherwise: str) -> str:
    for family in families:
        if Font(root, family=family, size=10).actual("family") == family:
            return family
    return str(nametofont(otherwise, root).actual("family"))
