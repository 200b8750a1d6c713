"""The menu of filters beside an entry of words: what it switches is written into the entry as words too."""

from __future__ import annotations

import tkinter
from collections import Counter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.model.folding import fold
from desktopnotes.model.notebook import Notebook
from desktopnotes.model.search import KINDS, filters_of, toggled
from desktopnotes.model.tags import tags_in
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _

_MOST_TAGS = 15

_KINDS = {
    "thought": _("Thoughts"),
    "quote": _("Quotes"),
    "question": _("Questions"),
    "link": _("Links"),
    "chapter": _("Chapters"),
    "private": _("Private Notes"),
}


def tags_of(notebook: Notebook, talk_id: str = "") -> list[str]:
    """The tags of the notes of a notebook, or of one talk of it: the most used first."""
    count: Counter[str] = Counter()
    for talk in notebook.talks:
        if not talk_id or talk.id == talk_id:
            for note in talk.notes:
                if "#" in note.text:
                    count.update(f"#{tag.lower()}" for tag in tags_in(note.text))
    return [tag for tag, _ in count.most_common(_MOST_TAGS)]


class FilterButton(ttk.Menubutton):
    """`words` is the entry's variable; `tags` says which tags there are, when the menu opens."""

    def __init__(
        self,
        master: tkinter.Misc,
        words: tkinter.StringVar,
        tags: Callable[[], list[str]],
        chosen: Callable[[], None],
    ) -> None:
        """`chosen` is called after a filter went on or off, to give the keyboard back."""
        super().__init__(master, text=_("Filter"), takefocus=True)
        self._words = words
        self._tags = tags
        self._chosen = chosen
        self._marks: list[tkinter.BooleanVar] = []
        self.menu = tkinter.Menu(self, tearoff=False, postcommand=self.fill)
        self.configure(menu=self.menu)

    def fill(self) -> None:
        """Draws the menu as things are now."""
        self.menu.delete(0, "end")
        self._marks.clear()
        now = filters_of(self._words.get())
        for kind in KINDS:
            self._add(_KINDS[kind], f"kind:{kind}", now)
        self.menu.add_separator()
        self._add(_("With a Snapshot"), "has:snapshot", now)
        tags = self._tags()
        if tags:
            self.menu.add_separator()
        for tag in tags:
            self._add(tag, tag, now)

    def _add(self, label: str, filter_: str, now: frozenset[str]) -> None:
        mark = tkinter.BooleanVar(self, fold(filter_) in now)
        end_with(self, mark)
        self._marks.append(mark)
        self.menu.add_checkbutton(label=label, variable=mark, command=lambda: self._toggle(filter_))

    def _toggle(self, filter_: str) -> None:
        self._words.set(toggled(self._words.get(), filter_))
        self._chosen()
