"""What keys and the mouse do in the texts of the notebook besides commands, where Tk on X11 would surprise.

Tk's Text has keys of Emacs there (Ctrl+H deletes, Ctrl+O splits a line, Alt+D deletes a word), and lacks what
everybody else has: Ctrl+Backspace, an arrow that leaves a selection at its end, Insert that does nothing.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from desktopnotes.model import clusters
from desktopnotes.ui.guarded_text import GuardedText, characters, columns

_NOT_WANTED = (
    *(f"<Control-{key}>" for key in ("d", "h", "i", "k", "o", "t", "v", "space", "Shift-space")),
    *(f"<Meta-{key}>" for key in ("b", "d", "f", "less", "greater", "BackSpace", "Delete")),
    *("<Insert>", "<Select>", "<Shift-Select>"),
    *("<<SelectAll>>", "<<SelectNone>>", "<<Undo>>", "<<Redo>>"),
)
"""Bindings of the class that go: with them gone, Tk's own "a key with Control types nothing" holds."""

_SHIFT = 0x1
_ANY_MODIFIER = _SHIFT | 0x4 | 0x8
"""Shift, Control, Alt: a binding without them is called with them too."""

_EMACS = {
    "PrevChar": "b",
    "NextChar": "f",
    "PrevLine": "p",
    "NextLine": "n",
    "LineStart": "a",
    "LineEnd": "e",
}


_TYPED_OVER = """
rename ::tk::TextInsert ::tk::TextInsertAtCaret
proc ::tk::TextInsert {w s} {
    if {$s ne "" && [$w cget -state] ne "disabled" && [::tk::TextCursorInSelection $w]} {
        $w replace sel.first sel.last $s
        $w see insert
    } else {
        ::tk::TextInsertAtCaret $w $s
    }
}
"""
"""A letter typed over a selection takes its place by one command; Tk deletes, and inserts as if unrelated."""


def repair(root: tkinter.Tk) -> None:
    """Takes Emacs out of all texts and fields of the program, once; Ctrl+A selects all in fields.

    In texts that can only be read, too; those that are written in have a command of their own for it.
    """
    root.tk.eval(_TYPED_OVER)
    for sequence in _NOT_WANTED:
        root.unbind_class("Text", sequence)
    for name, key in _EMACS.items():
        for prefix in ("", "Select"):
            for sequence in (f"<Control-{key}>", f"<Control-Lock-{key.upper()}>", f"<Control-{key.upper()}>"):
                root.event_delete(f"<<{prefix}{name}>>", sequence)
    root.event_add("<<SelectAll>>", "<Control-a>")
    root.bind_class("Text", "<<SelectAll>>", _select_to_read)


def _select_to_read(event: tkinter.Event[tkinter.Misc]) -> None:
    text = event.widget
    if isinstance(text, tkinter.Text) and str(text.cget("state")) == "disabled":
        text.tag_add("sel", "1.0", "end-1c")


class TextKeys:
    """The keys and clicks of one text.

    `open_link` is called with Tk's index of a Ctrl+click and answers whether there is a link.
    """

    def __init__(self, text: GuardedText, open_link: Callable[[str], bool]) -> None:
        self._text = text
        self._open_link = open_link
        self._bind("<Control-BackSpace>", lambda: self._delete_word(-1))
        self._bind("<Control-Delete>", lambda: self._delete_word(1))
        text.bind("<Left>", lambda event: self._leave_selection(event, 0) or self._move(event, -1))
        text.bind("<Right>", lambda event: self._leave_selection(event, -1) or self._move(event, 1))
        for key, select in (("<Shift-Left>", -1), ("<Shift-Right>", 1)):
            text.bind(key, lambda event, step=select: self._move(event, step))  # type: ignore[misc]
        self._bind("<BackSpace>", lambda: self._delete_sign(clusters.start_before))
        self._bind("<Delete>", lambda: self._delete_sign(clusters.end_behind))
        text.bind("<Control-Button-1>", self._on_control_click)
        text.bind("<ButtonRelease-1>", self._on_release, add=True)

    def _bind(self, sequence: str, job: Callable[[], bool]) -> None:
        """Lets a key do this first; where it does nothing, what Tk's class binding would."""
        self._text.bind(sequence, lambda _: "break" if job() else None)

    def _leave_selection(self, event: tkinter.Event[tkinter.Misc], end: int) -> str | None:
        """An arrow alone goes to that end of what is selected, as it does anywhere else."""
        ranges = self._text.tag_ranges("sel")
        if not ranges or int(event.state) & _ANY_MODIFIER:
            return None
        self._text.tk.call("tk::TextSetCursor", self._text, str(ranges[end]))
        return "break"

    def _move(self, event: tkinter.Event[tkinter.Misc], step: int) -> str | None:
        """An arrow goes past all of a sign made of several characters; past others Tk goes itself."""
        state = int(event.state) & _ANY_MODIFIER
        if state & ~_SHIFT:
            return None
        line, words, offset = self._line()
        other = clusters.sign_before(words, offset) if step < 0 else clusters.end_behind(words, offset)
        if abs(other - offset) < 2:
            return None
        move = "tk::TextKeySelect" if state else "tk::TextSetCursor"
        self._text.tk.call(move, self._text, f"{line}.{columns(words[:other])}")
        return "break"

    def _delete_sign(self, reach: Callable[[str, int], int]) -> bool:
        """Deletes as far as `reach` says where that is several characters; one is Tk's to delete."""
        line, words, offset = self._line()
        other = reach(words, offset)
        if self._text.tag_ranges("sel") or abs(other - offset) < 2:
            return False
        first, last = (f"{line}.{columns(words[:place])}" for place in sorted((offset, other)))
        self._text.delete(first, last)
        self._text.see("insert")
        return True

    def _line(self) -> tuple[int, str, int]:
        """The line of the caret: its number, what stands in it, and how much of that before the caret."""
        line, column = self._text.column_and_line("insert")
        words = str(self._text.raw("get", f"{line}.0", f"{line}.end"))
        return line, words, characters(words, column)

    def _delete_word(self, step: int) -> bool:
        """Deletes to the start or the end of a word; where the line ends before, its line break alone."""
        text = self._text
        if text.tag_ranges("sel"):
            text.put_in("")
            return True
        line, words, offset = self._line()
        other = word_start(words, offset) if step < 0 else word_end(words, offset)
        if other != offset:
            first, last = (f"{line}.{columns(words[:place])}" for place in sorted((offset, other)))
            text.delete(first, last)
        elif step < 0 and text.compare("insert", ">", "1.0"):
            text.delete("insert-1c", "insert")
        elif step > 0 and text.compare("insert", "<", "end-1c"):
            text.delete("insert", "insert+1c")
        text.see("insert")
        return True

    def _on_control_click(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        """Opens the link there; where there is none the caret goes there, as without Control."""
        if self._open_link(f"@{event.x},{event.y}"):
            return "break"
        self._text.tag_remove("sel", "1.0", "end")  # Tk's own binding leaves it behind
        return None

    def _on_release(self, _: object) -> None:
        """A triple click chooses the line, without the line break that Tk takes along."""
        text = self._text
        if not text.tag_ranges("sel") or str(text.tk.call("set", "tk::Priv(selectMode)")) != "line":
            return
        if text.compare("sel.last", "==", "sel.last linestart"):
            text.tag_remove("sel", "sel.last-1c", "sel.last")


def word_start(line: str, offset: int) -> int:
    """Where the word before `offset` begins, the spaces behind it counted in."""
    place = len(line[:offset].rstrip())
    if place:
        is_word = _is_word(line[place - 1])
        while place and not line[place - 1].isspace() and _is_word(line[place - 1]) == is_word:
            place -= 1
    return place


def word_end(line: str, offset: int) -> int:
    """Where the word behind `offset` ends, the spaces before it counted in."""
    return len(line) - word_start(line[::-1], len(line) - offset)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
