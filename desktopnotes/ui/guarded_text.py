"""A Tk Text that asks before it changes: every insert, delete and move of the caret passes a guard first.

Typing, paste, drop, input methods and Tk's class bindings all end in the widget's own `insert`, `delete`
and `mark set insert`, so that is where they are met; the wrapper is Tcl, so that all else costs nothing.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

_WRAPPER = """
proc {path} {{command args}} {{
    switch -- $command {{
        insert - delete - replace {{ return [{hook} $command {{*}}$args] }}
        mark {{
            set answer [uplevel 1 [list {real} mark {{*}}$args]]
            if {{[lrange $args 0 1] eq "set insert"}} {{ {hook} moved }}
            return $answer
        }}
    }}
    uplevel 1 [list {real} $command {{*}}$args]
}}
"""


class Guard(Protocol):
    """Decides what a change that the user makes becomes; indexes are Tk's "line.column"."""

    def insert(self, index: str, chars: str) -> None: ...

    def delete(self, first: str, last: str) -> None: ...

    def moved(self) -> None:
        """The caret was put somewhere by the user."""

    def replacing(self) -> AbstractContextManager[None]:
        """Holds what a letter typed over a selection does: a delete and an insert."""


class GuardedText(tkinter.Text):
    """The widget; the program itself changes it by `raw`, which asks nobody."""

    def __init__(self, master: tkinter.Misc, guard: Guard, **options: Any) -> None:
        super().__init__(master, undo=False, **options)
        self._guard = guard
        self._real = f"{self._w}__real"  # type: ignore[attr-defined]
        self._hook = self.register(self._asked)
        self.tk.call("rename", self._w, self._real)  # type: ignore[attr-defined]
        self.tk.eval(_WRAPPER.format(path=self._w, hook=self._hook, real=self._real))  # type: ignore[attr-defined]

    def raw(self, *command: Any) -> Any:
        """Calls the real widget."""
        return self.tk.call(self._real, *command)

    def column_and_line(self, index: str) -> tuple[int, int]:
        """(line, column) of an index, both as Tk counts them."""
        line, column = str(self.raw("index", index)).split(".")
        return int(line), int(column)

    def put_in(self, text: str) -> None:
        """Puts text in place of what is selected, or at the caret, as if the user typed it.

        What is selected somewhere else than at the caret stays, as Tk has it with letters that are typed.
        """
        if (ranges := self.tag_ranges("sel")) and self._caret_is_within(ranges[0], ranges[-1]):
            self.delete(str(ranges[0]), str(ranges[-1]))
        if text:
            self.insert("insert", text)
        self.see("insert")

    def _caret_is_within(self, first: object, last: object) -> bool:
        return bool(self.raw("compare", first, "<=", "insert") and self.raw("compare", "insert", "<=", last))

    def foot(self, index: str) -> int | None:
        """Where the letters of the line shown there end, in px from the top; None where it is out of sight.

        Of a line that is cut off below, with the room under it, Tk tells only as much height as is in sight.
        """
        box = self.raw("dlineinfo", index)
        below = int(self.tk.call("font", "metrics", self.cget("font"), "-descent"))
        return int(box[1]) + int(box[4]) + below if box else None

    @property
    def scrolled(self) -> str:
        """How far it is scrolled: the line at the top and the pixels of it that are hidden."""
        top = str(self.raw("index", "@0,0"))
        box = self.raw("dlineinfo", top)
        return f"{top} {-int(box[1]) if box else 0}"

    def scroll_to(self, scrolled: str) -> None:
        """Scrolls as it was when `scrolled` was asked; the caret is on screen all the same."""
        if scrolled:
            top, hidden_px = scrolled.split()
            self.raw("yview", top)
            if int(hidden_px) > 0:
                self.raw("yview", "scroll", hidden_px, "pixels")
            self.raw("see", "insert")

    def _asked(self, command: str, *arguments: str) -> None:
        if command == "moved":
            self._guard.moved()
        elif command == "insert":
            self._guard.insert(str(self.raw("index", arguments[0])), "".join(arguments[1::2]))
        elif command == "delete":
            last = arguments[1] if len(arguments) > 1 else f"{arguments[0]}+1c"
            self._delete(arguments[0], last)
        else:  # what is selected at the caret, see `text_keys.repair`
            with self._guard.replacing():
                self._delete(arguments[0], arguments[1])
                self._guard.insert(str(self.raw("index", "insert")), "".join(arguments[2::2]))

    def _delete(self, first: str, last: str) -> None:
        first, last = str(self.raw("index", first)), str(self.raw("index", last))
        if self.raw("compare", last, ">", "end-1c"):  # the line break that Tk puts behind all of it
            last = str(self.raw("index", "end-1c"))
        if self.raw("compare", first, "<", last):
            self._guard.delete(first, last)


def columns(text: str) -> int:
    """How many columns Tk 8.6 counts for `text` (no line breaks in it): an emoji is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def characters(text: str, column: int) -> int:
    """How many characters of `text` lie before Tk's `column`."""
    if text.isascii():
        return min(column, len(text))
    count = 0
    for index, char in enumerate(text):
        if count >= column:
            return index
        count += 2 if char > "\uffff" else 1
    return len(text)


def bind_all_below(
    widget: tkinter.Misc, sequence: str, job: Callable[[tkinter.Event[tkinter.Misc]], Any]
) -> None:
    """Binds `job` on a widget and all below it."""
    widget.bind(sequence, job, add=True)
    for child in widget.winfo_children():
        bind_all_below(child, sequence, job)
