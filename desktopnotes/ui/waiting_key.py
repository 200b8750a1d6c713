"""The strip in the list of keys that waits for a key, and asks where another command has it."""

from __future__ import annotations

import tkinter
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.commands import Command
from desktopnotes.commands.chosen_keys import Where, refusal
from desktopnotes.ui import keys
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.keys_page import KeysList

_ALTGR = 0x80


class WaitingKey(ttk.Frame):
    """A strip over the foot of the list that waits for a key, and asks where another command has it."""

    def __init__(self, owner: KeysList, theme: Theme) -> None:
        super().__init__(owner, style="Card.TFrame", padding=theme.px(10), takefocus=True)
        self._owner = owner
        self._gap = theme.px(8)
        self._for: tuple[Command, Where, bool] | None = None
        self._asked = ""
        self._before: tkinter.Misc | None = None
        self.said = ttk.Label(self, style="Card.TLabel", wraplength=theme.px(640))
        self.said.pack(side="left", fill="x", expand=True)
        self.leave_it = ttk.Button(self, text=_("Leave It"), command=self.end)
        self.give_it = ttk.Button(self, text=_("Give It"), style="Accent.TButton", command=self._give)
        for button in (self.leave_it, self.give_it):
            button.bind("<Return>", lambda _, button=button: self._press(button))  # type: ignore[misc]
            button.bind("<Escape>", lambda _: self._press(self.leave_it))
        self.bind("<KeyPress>", self._on_key)
        owner.winfo_toplevel().bind("<ButtonPress>", self._end_if_elsewhere, add=True)

    @staticmethod
    def _press(button: ttk.Button) -> str:
        button.invoke()
        return "break"

    def begin(self, words: str, command: Command, where: Where, *, beside: bool) -> None:
        self._before = self._owner.tree
        self._for = (command, where, beside)
        self._asked = ""
        self.said.configure(text=words)
        self._owner.line.pack_forget()
        self.pack(side="bottom", fill="x", pady=self._gap, before=self._owner.middle)
        self.update_idletasks()  # what is not there yet gets no keys
        self.focus_set()

    @property
    def is_on(self) -> bool:
        return self._for is not None

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> str:
        state = keys.state_of(event)
        pressed = keys.chord(event.keysym, event.keycode, state)
        if self._for is None or not pressed:
            return "break"
        if pressed == "Esc":
            self.end()
        elif state & _ALTGR:
            self.said.configure(text=_("AltGr types characters on many keyboards: press the key without it."))
        else:
            self._try(pressed)
        return "break"

    def _try(self, pressed: str) -> None:
        assert self._for is not None
        command, where, beside = self._for
        if why := refusal(pressed, where):
            self.said.configure(
                text=_("{pressed}: {why} Press another one.").format(pressed=keys.shown(pressed), why=why)
            )
            return
        taken = self._owner.clash(command, where, pressed)
        if taken is None:
            self.end(told=True)
            self._owner.give(command, where, pressed, beside=beside)
            return
        here, there = self._owner.label(command), self._owner.label(taken)
        other = "elsewhere" if taken is command else f"“{there}”"
        self.said.configure(
            text=_("{pressed} is {other}: give it to “{here}” instead?").format(
                pressed=keys.shown(pressed), other=other, here=here
            )
        )
        self._asked = pressed
        self.give_it.pack(side="right")
        self.leave_it.pack(side="right", padx=self._gap)
        self.update_idletasks()
        self.leave_it.focus_set()

    def _give(self) -> None:
        if self._for is not None and self._asked:
            command, where, beside = self._for
            self.end(told=True)
            self._owner.give(command, where, self._asked, beside=beside)

    def end(self, *, told: bool = False) -> None:
        """Nothing is waited for any more; `told`: what happened was said already."""
        if self._for is None:
            return
        self._for = None
        for widget in (self, self.give_it, self.leave_it):
            widget.pack_forget()
        self._owner.line.pack(side="bottom", fill="x", pady=self._gap, before=self._owner.middle)
        if not told:
            self._owner.explain()
        if self._before is not None:
            self._before.focus_set()

    def _end_if_elsewhere(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A click elsewhere leaves the key as it is."""
        if self.is_on and not str(event.widget).startswith(str(self)):
            self.end()
