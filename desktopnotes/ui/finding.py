"""What finds: the bar over the notes, the window for all notebooks, replacing; made when first opened."""

from __future__ import annotations

import re
import tkinter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktopnotes.model.folding import fold
from desktopnotes.model.search import filters_of
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.find_bar import FindBar
    from desktopnotes.ui.window import Window


_QUOTES = re.compile('["“”]')

TALK, NOTEBOOK, ALL = _("This Talk"), _("This Notebook"), _("All Notebooks")
"""Where can be looked."""


class Remembered:
    """What was looked for everywhere last, for when that window opens again."""

    def __init__(self) -> None:
        self.words = ""
        self.scope = ALL
        self.captions = False
        self.chosen = 0


class Finding:
    """`jobs` are the parts that commands show, by their names (see `actions.find`)."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._bar: FindBar | None = None
        self.remembered = Remembered()
        self.jobs: Mapping[str, Callable[[], None]] = {
            "find": lambda: self.bar.open(),
            "find next": lambda: self.bar.step(1),
            "find previous": lambda: self.bar.step(-1),
            "find everywhere": self.everywhere,
            "replace": self.replace,
            "questions": lambda: self.everywhere("kind:question", scope=NOTEBOOK),
        }

    @property
    def bar(self) -> FindBar:
        if self._bar is None:
            from desktopnotes.ui.find_bar import FindBar

            self._bar = FindBar(self._window, self.everywhere)
        return self._bar

    @property
    def panes(self) -> tuple[tkinter.Misc, ...]:
        """What of the bar takes the keyboard, in the order of Tab."""
        return self._bar.panes if self._bar else ()

    def close(self) -> bool:
        """Closes the bar; False where it is not open."""
        return self._bar is not None and self._bar.close()

    def everywhere(self, words: str | None = None, *, scope: str = "") -> None:
        """Opens the window that looks through notebooks, with `words` in its entry."""
        from desktopnotes.ui.find_window import open_find_window

        talks = self._window.talks.search
        if words is None and self._window.focus() is talks and talks.get().strip():
            words = talks.get().strip()
        elif words is None and self._bar is not None and self._bar.is_open:
            words = self._bar.words.get()
        open_find_window(self._window, words, scope)

    def replace(self) -> None:
        """Opens the window that replaces, with the words that are looked for or selected."""
        from desktopnotes.ui.replace_window import ReplaceWindow

        window = self._window
        words = self._bar.words.get() if self._bar is not None and self._bar.is_open else ""
        ReplaceWindow(window, selected_words(window.focus()) or plain_words(words))


def selected_words(widget: tkinter.Misc | None) -> str:
    """What is selected in a text, where it is of one line; else nothing."""
    if isinstance(widget, tkinter.Text) and widget.tag_ranges("sel"):
        words = str(widget.get("sel.first", "sel.last"))
        return "" if "\n" in words else words
    return ""


def as_typed(words: str) -> str:
    """What finds just these words as they stand: a phrase in quotes, unless they mean the same without.

    The quotes in them become “”, which find the same and do not end the phrase.
    """
    inner = _QUOTES.sub("“", words)
    is_plain = not _QUOTES.search(words) and len(words.split()) == 1 and not filters_of(words)
    return words if is_plain else f'"{inner}"'


def plain_words(typed: str) -> str:
    """What was looked for as words to replace: without filters and the quotes of a phrase."""
    filters = filters_of(typed)
    words = " ".join(word for word in typed.split() if fold(word) not in filters)
    return words.strip('"“”')
