"""Which talks the list shows while words are typed over it: found in small pieces, with keys in between."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterator

from desktopnotes.actions.pieces import goes_on
from desktopnotes.model.notebook import Notebook
from desktopnotes.model.search import read_query
from desktopnotes.model.talk_search import TalkFinder


class TalkFilter:
    """`only` are the ids of the talks that have what is typed, None where nothing is asked for."""

    def __init__(self, widget: tkinter.Misc, found: Callable[[], object]) -> None:
        """`found` is called when `only` is another, later than in `look`."""
        self._widget = widget
        self._found = found
        self._finder = TalkFinder()
        self._under_way: Iterator[None] | None = None
        self._job = ""
        self.only: frozenset[str] | None = None

    def look(self, words: str, notebook: Notebook) -> bool:
        """Begins to look; True where all is found already. Until then `only` is what was found last."""
        if self._job:
            self._widget.after_cancel(self._job)
            self._job = ""
        query = read_query(words)
        if query.is_empty:
            self._under_way = self.only = None
            return True
        self._under_way = self._finder.look(query, notebook)
        return self._go_on()

    @property
    def is_looking(self) -> bool:
        return self._under_way is not None

    def _go_on(self) -> bool:
        if self._under_way is not None and goes_on(self._under_way):
            self._job = self._widget.after(1, self._later)
            return False
        self._under_way = None
        self.only = self._finder.found
        return True

    def _later(self) -> None:
        self._job = ""
        if self._go_on():
            self._found()
