"""The menu bar, drawn from the table of commands; what is not possible now is grey."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from desktopnotes.commands import COMMANDS, MENUS, Command, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys


class Menus:
    """`run` runs a command. Menus are filled when they open, so that labels and keys are always true."""

    def __init__(
        self, root: tkinter.Tk, session: Callable[[], Session], run: Callable[[Command], None]
    ) -> None:
        self._session = session
        self._run = run
        bar = tkinter.Menu(root, tearoff=False)
        self.menus: dict[str, tkinter.Menu] = {}
        for name, label in MENUS.items():
            menu = tkinter.Menu(bar, tearoff=False)
            menu.configure(postcommand=lambda name=name: self.fill(name))  # type: ignore[misc]
            bar.add_cascade(label=label, menu=menu, underline=0)
            self.menus[name] = menu
        root.configure(menu=bar)

    def fill(self, name: str) -> None:
        menu, session = self.menus[name], self._session()
        menu.delete(0, "end")
        for command in COMMANDS:
            if command.menu != name:
                continue
            if command.opens_group and menu.index("end") is not None:
                menu.add_separator()
            first_key = next(iter(keys_of(command, session.settings.keys)), "")
            menu.add_command(
                label=self._label(command, session),
                accelerator=keys.shown(first_key) if first_key else "",
                command=lambda command=command: self._run(command),  # type: ignore[misc]
                state="normal" if command.enabled(session) else "disabled",
            )

    @staticmethod
    def _label(command: Command, session: Session) -> str:
        """ "Undo Shift All Notes": what would be undone is said."""
        what = {"edit.undo": session.history.undo_label, "edit.redo": session.history.redo_label}
        return f"{command.label} {what.get(command.id, '')}".strip()
