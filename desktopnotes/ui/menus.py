"""The menu bar, drawn from the table of commands; what is not possible now is grey."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktopnotes.actions.choice import Choice
from desktopnotes.commands import COMMANDS, LETTERS, MENUS, Command, by_id, choosing, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys, menu_room

_OF_TALK = (
    *("talk.data", "talk.open_link", "talk.find_file", "talk.download", ""),
    *("talk.mark_watched", "talk.mark_to_watch", "talk.up", "talk.down", "", "talk.remove"),
)
_OF_LIST = ("talk.group", "", "talk.add_web", "talk.add_files", "talk.add_folder")
"""The commands of the menus that the list of talks has under the pointer; "" is a line."""


class Menus:
    """`run` runs a command. Menus are filled when they open, so that labels and keys are always true."""

    def __init__(
        self, root: tkinter.Tk, session: Callable[[], Session], run: Callable[[Command], None]
    ) -> None:
        self._root = root
        self._session = session
        self._run = run
        bar = tkinter.Menu(root, tearoff=False)
        self.menus: dict[str, tkinter.Menu] = {}
        self._below: dict[str, list[tkinter.Menu]] = {}
        for name, label in MENUS.items():
            menu = tkinter.Menu(bar, tearoff=False)
            menu.configure(postcommand=lambda name=name: self.fill(name))  # type: ignore[misc]
            bar.add_cascade(label=label, menu=menu, underline=LETTERS[name])
            self.menus[name] = menu
        root.configure(menu=bar)
        menu_room.Releases(root)

    def pop_up(
        self, command: Command, x: int, y: int, *, more: Sequence[Command | None] = ()
    ) -> tkinter.Menu:
        """What a command chooses from, at a place of the screen; `more` commands below, None is a line."""
        for before in self._below.pop("", []):
            before.destroy()
        menu = self._choices(self._root, command)
        for other in more:
            if other is not None:
                self._add(menu, other)
            elif menu.index("end") is not None:
                menu.add_separator()
        self._below[""] = [menu]
        menu.configure(relief="raised")  # nothing else would show where it ends
        menu_room.fit(menu, self._root.winfo_screenheight())
        menu.tk_popup(x, y)
        return menu

    def pop_up_for_talks(self, of_talk: bool, x: int, y: int) -> tkinter.Menu:
        """What can be done with the open talk, else with the list of talks, at a place of the screen."""
        ids = _OF_TALK if of_talk else _OF_LIST
        return self.pop_up_these([by_id(command_id) if command_id else None for command_id in ids], x, y)

    def pop_up_these(self, commands: Sequence[Command | None], x: int, y: int) -> tkinter.Menu:
        """A menu of these commands at a place of the screen; None is a line between them."""
        for before in self._below.pop("", []):
            before.destroy()
        menu = tkinter.Menu(self._root, tearoff=False, relief="raised")
        self._below[""] = [menu]
        for command in commands:
            if command is None:
                menu.add_separator()
            else:
                self._add(menu, command)
        menu_room.fit(menu, self._root.winfo_screenheight())
        menu.tk_popup(x, y)
        return menu

    def fill(self, name: str) -> None:
        menu = self.menus[name]
        menu.delete(0, "end")
        for below in self._below.pop(name, []):
            below.destroy()
        for command in COMMANDS:
            if command.menu == name and not command.within:
                if command.opens_group and menu.index("end") is not None:
                    menu.add_separator()
                self._add(menu, command)
        menu_room.fit(menu, menu_room.below_the_bar(self._root))

    def _add(self, menu: tkinter.Menu, command: Command) -> None:
        session = self._session()
        first_key = next(iter(keys_of(command, session.settings.keys)), "")
        looks: dict[str, Any] = {
            "label": command.label_in(session),
            "state": "normal" if command.enabled(session) else "disabled",
        }
        if command.choices:
            choices = self._choices(menu, command)
            self._below.setdefault(command.menu, []).append(choices)
            menu.add_cascade(menu=choices, **looks)
            return
        looks["accelerator"] = f"{keys.shown(first_key)}  " if first_key else ""  # else it touches the edge
        looks["command"] = lambda: self._run(command)
        if command.checked:
            _add_checked(menu, command.id, command.checked(session), **looks)
        else:
            menu.add_command(**looks)

    def _choices(self, menu: tkinter.Misc, command: Command) -> tkinter.Menu:
        """What a command chooses from, and the commands that stand below it."""
        below = tkinter.Menu(menu, tearoff=False)
        for i, choice in enumerate(command.choices(self._session()) if command.choices else ()):
            choose = partial(self._choose, command, choice)
            _add_checked(below, f"{command.id} {i}", choice.chosen, label=choice.label, command=choose)
        others = [other for other in COMMANDS if other.within == command.id]
        if others and below.index("end") is not None:
            below.add_separator()
        for other in others:
            self._add(below, other)
        menu_room.fit(below, self._root.winfo_screenheight())
        return below

    def _choose(self, command: Command, choice: Choice) -> None:
        """By the road of all commands, so that errors are told as always."""
        self._run(choosing(command, choice))


def _add_checked(menu: tkinter.Menu, name: str, is_so: bool, **looks: Any) -> None:
    """An entry with a mark where it is so; `name` is that of the variable by which Tk knows."""
    variable = f"::checked {name}"
    menu.tk.call("set", variable, is_so)
    menu.add("checkbutton", {"variable": variable, **looks})  # type: ignore[no-untyped-call]
