"""A line of the notebook in a field: every letter that is typed in it is reported, undo is the notebook's."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk
from typing import Any

from desktopnotes.ui.shown_text import taken_in
from desktopnotes.ui.variables import end_with

_MOST_LETTERS = 10_000
"""Tk draws a line all at once: of a longer one only so much is shown, and it is not edited here."""


@dataclass(frozen=True, slots=True)
class Value:
    """`read` answers what the field holds now, None where there is nothing to hold it; `write` takes it.

    `shown` makes the text of it, `typed` makes it of a text.
    """

    read: Callable[[], Any]
    write: Callable[[Any], None]
    shown: Callable[[Any], str] = str
    typed: Callable[[str], Any] = lambda text: text


class PostEntry(ttk.Entry):
    """`name` is the field's, as carets have it; `offset_before` where the caret was while it is reported.

    Nothing is typed while `only_read` is set, and in a text that is too long to be shown whole.
    """

    is_in_notebook = True

    def __init__(self, master: tkinter.Misc, name: str, value: Value, **options: Any) -> None:
        self._text = tkinter.StringVar(master)
        super().__init__(master, textvariable=self._text, **options)
        end_with(self, self._text)
        self.name = name
        self._value = value
        self.only_read = False
        self._draws = False
        self._before = 0
        self._pressed_at: int | None = None
        self.offset_before: int | None = None
        self.configure(validate="key", validatecommand=(self.register(self._remember), "%i"))
        self.bind("<KeyPress>", lambda _: self._press(), add=True)
        self._text.trace_add("write", lambda *_: self._report())
        for sequence in ("<FocusOut>", "<Return>", "<KP_Enter>"):
            self.bind(sequence, lambda _: self.draw(tidy=True), add=True)

    @property
    def offset(self) -> int:
        """Where the caret is, in characters."""
        return int(self.index("insert"))

    def _press(self) -> None:
        """A letter over a selection first puts the caret at its start, so this comes before."""
        self._pressed_at = self.offset
        self.after_idle(self._forget_press)

    def _forget_press(self) -> None:
        self._pressed_at = None

    def _remember(self, _: str) -> bool:
        """Tk asks before it changes anything."""
        self._before = self.offset if self._pressed_at is None else self._pressed_at
        return True

    def _report(self) -> None:
        if self._draws:
            return
        self.offset_before = self._before
        try:
            self._value.write(self._value.typed(taken_in(self._text.get())))
        finally:
            self.offset_before = None
            self.draw()

    def draw(self, *, tidy: bool = False) -> None:
        """Shows what the field holds; what was typed stays as it was typed while it says the same."""
        now = self._value.read()
        text = "" if now is None else self._value.shown(now).replace("\0", "\u2400")
        is_long = len(text) > _MOST_LETTERS  # a mere look at it changes nothing
        typed = self._text.get()
        says_the_same = now is not None and self._value.typed(taken_in(typed)) == now
        if typed != text and (tidy or is_long or not says_the_same):
            offset = self.offset
            self._draws = True
            try:
                self._text.set(text[:_MOST_LETTERS])
            finally:
                self._draws = False
            self.icursor(min(offset, len(text)))
        locked = is_long or self.only_read
        if locked != self.instate(["readonly"]):
            self.state(["readonly" if locked else "!readonly"])

    def put_caret(self, offset: int) -> None:
        self.focus_set()
        self.selection_clear()
        self.icursor(offset)
        self.xview("insert")

    def select_all(self) -> None:
        self.focus_set()
        self.selection_range(0, "end")
        self.icursor("end")
