"""What the lines and words of the preview look like, as tags of its text, made when they are first needed."""

from __future__ import annotations

import tkinter
from tkinter.font import Font
from typing import Any

from desktopnotes.export import blocks
from desktopnotes.ui.preview_lines import GAP, Line, Look
from desktopnotes.ui.theme import Theme

_QUOTE, _ITEM = 20, 26
"""How far quotes and items are indented, in pixels of the design."""

_SIGN = 17
"""How far before its item the sign of it stands."""

_DEEPEST = 8
"""What lies deeper is indented as far as this: the words need room."""

_POINTS_MORE = {0: 1, 1: 10, 2: 5, 3: 3}
"""Larger than the window's text, by the level of the heading; those below are as large as what is read."""

_PAD = 6
"""Above and below code, within its colour."""


class Looks:
    """Names of tags; `dress` gives those that are in use their look, and again when the theme changes."""

    def __init__(self, text: tkinter.Text, theme: Theme) -> None:
        self._text = text
        self._theme = theme
        self._lines: dict[Line, str] = {}
        self._words: dict[Look, str] = {}
        self._fonts: dict[tuple[int, bool, bool, bool], Font] = {}
        self._alt = theme.fonts.small
        self._line = Font(text, size=-1)
        """So small that a line of it is as thin as a line."""

    def tags(self, line: Line, look: Look) -> tuple[str, str]:
        """The tags of words that stand so and look so."""
        if line not in self._lines:
            self._lines[line] = f"line{len(self._lines)}"
            self._dress_line(line)
            self._order()
        if look not in self._words:
            self._words[look] = f"words{len(self._words)}"
            self._dress_words(look)
            self._order()
        return self._lines[line], self._words[look]

    def dress(self) -> None:
        for line in self._lines:
            self._dress_line(line)
        for look in self._words:
            self._dress_words(look)
        self._order()

    def _order(self) -> None:
        """What words look like counts more than what their line does."""
        for name in self._words.values():
            self._text.tag_raise(name)
        self._text.tag_raise("sel")

    # --- lines ---------------------------------------------------------------------------------------

    def _dress_line(self, line: Line) -> None:
        px, p = self._theme.px, self._theme.palette
        left = px(_QUOTE * min(line.quotes, _DEEPEST) + _ITEM * min(line.items, _DEEPEST))
        first = left - self._before(line.marker) if line.marker else left
        options: dict[str, Any] = {
            "lmargin1": max(0, first),
            "lmargin2": left,
            "tabs": (max(1, left),),
            "spacing1": px(3),
            "spacing2": px(3),
            "spacing3": 0 if line.is_last else px(3),
            "foreground": p.muted if line.kind == blocks.DATE or line.quotes else p.text,
            "background": "",
            # The margin has the colour of the words it stands before, unless it has one of its own.
            "lmargincolor": str(self._text.cget("background")),
        }
        if line.kind == blocks.FENCED:
            pad = px(10)
            start = left or pad
            options |= {"lmargin1": start, "lmargin2": start, "rmargin": pad, "spacing2": 0}
            options["background"] = p.code_background
            if not left:  # else its colour begins with its words: a margin has one colour, and is the item's
                options["lmargincolor"] = p.code_background
            options |= {
                "spacing1": px(_PAD) if line.is_first else 0,
                "spacing3": px(_PAD) if line.is_last else 0,
            }
        elif line.kind == GAP:
            options |= {"spacing1": max(0, px(line.room) - 5), "spacing3": 0}
        elif line.kind == blocks.TITLE:
            options |= {"spacing3": px(6)}
        elif line.kind == blocks.DATE:
            options |= {"spacing3": px(14)}
        elif line.kind == blocks.RULE:
            options |= {"background": p.border, "spacing1": 0, "spacing2": 0, "spacing3": 0}
        self._text.tag_configure(self._lines[line], **options)

    def _before(self, letters: int) -> int:
        """The room of an item's sign, and of the gap behind it."""
        font = self._font(0, False, False, False)
        return max(self._theme.px(_SIGN), font.measure("0" * (letters - 1) + ". ") if letters > 1 else 0)

    # --- words ---------------------------------------------------------------------------------------

    def _dress_words(self, look: Look) -> None:
        p = self._theme.palette
        is_code = look.is_cell or blocks.CODE in look.styles
        is_bold = blocks.STRONG in look.styles or look.size > 0
        font = self._font(look.size, is_bold, blocks.EMPHASIS in look.styles, is_code)
        if look.is_line:
            font = self._line
        options: dict[str, Any] = {"font": self._alt if look.is_alt else font}
        options["overstrike"] = blocks.STRUCK in look.styles
        options["foreground"] = p.link if look.is_link else p.muted if look.is_alt else ""
        options["background"] = p.code_background if is_code and not (look.is_cell or look.size) else ""
        self._text.tag_configure(self._words[look], **options)

    def _font(self, level: int, is_bold: bool, is_slanted: bool, is_code: bool) -> Font:
        key = (level, is_bold, is_slanted, is_code)
        if key not in self._fonts:
            points = _POINTS_MORE.get(level, _POINTS_MORE[0]) - is_code
            self._fonts[key] = self._theme.fonts.another(
                points,
                mono=is_code,
                weight="bold" if is_bold else "normal",
                slant="italic" if is_slanted else "roman",
            )
        return self._fonts[key]
