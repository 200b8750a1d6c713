"""The F1 page: what each key does, drawn from the table of commands; a key is changed by pressing another."""

from __future__ import annotations

import tkinter
from collections.abc import Mapping
from tkinter import ttk

from desktopnotes.commands import COMMANDS, MENUS, Command, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.theme import Theme

_FOOT = "Enter on a line, then the new key. Delete takes a command's keys away, Backspace gives its own back."


def clash(command: Command, pressed: str, changed: Mapping[str, tuple[str, ...]]) -> Command | None:
    """Another command that has this key already."""
    return next(
        (other for other in COMMANDS if other.id != command.id and pressed in keys_of(other, changed)), None
    )


def open_keys_page(master: tkinter.Misc, theme: Theme, session: Session) -> None:
    """Opens the page; a changed key works at once and is kept in the settings."""
    KeysPage(master, theme, session)


class KeysPage(Dialog):
    """A list of commands with their keys."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session) -> None:
        super().__init__(master, theme, "Keys")
        self._session = session
        self._waiting: Command | None = None
        self.tree = ttk.Treeview(
            self.body, columns=("keys", "video", "help"), selectmode="browse", height=24, show="tree headings"
        )
        for column, title, width in (
            ("#0", "Command", 230),
            ("keys", "Key", 190),
            ("video", "On the video", 110),
            ("help", "What it does", 500),
        ):
            self.tree.heading(column, text=title, anchor="w")
            self.tree.column(column, width=theme.px(width), anchor="w")
        bar = ttk.Scrollbar(self.body, orient="vertical", command=self.tree.yview)
        self.tree.configure(yscrollcommand=bar.set)
        self.said = ttk.Label(self.body, text=_FOOT, style="Muted.TLabel", padding=(0, theme.px(8), 0, 0))
        self.said.pack(side="bottom", anchor="w")
        bar.pack(side="right", fill="y")
        self.tree.pack(side="left", fill="both", expand=True)
        for menu, title in MENUS.items():
            self.tree.insert("", "end", f"menu {menu}", text=title, open=True)
        for command in COMMANDS:
            self.tree.insert(f"menu {command.menu}", "end", command.id, text=command.label_in(session))
            self._draw(command)
        self.tree.bind("<KeyPress>", self._on_key)
        self.tree.bind("<Double-Button-1>", lambda _: self._wait_for_key())
        first = self.tree.get_children("menu file")[0]
        self.tree.selection_set(first)
        self.tree.focus(first)
        self.show(self.tree)

    def _draw(self, command: Command) -> None:
        now = "  ".join(keys.shown(key) for key in keys_of(command, self._session.settings.keys))
        video = "  ".join(keys.shown(key) for key in command.video_keys)
        self.tree.item(command.id, values=(now, video, command.help))

    def _chosen(self) -> Command | None:
        chosen = self.tree.selection()
        return next((command for command in COMMANDS if chosen and command.id == chosen[0]), None)

    def _wait_for_key(self) -> None:
        self._waiting = self._chosen()
        if self._waiting:
            label = self._waiting.label_in(self._session)
            self.said.configure(text=f"Press the new key for “{label}”; Esc leaves it as it is.")

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        state = event.state if isinstance(event.state, int) else 0
        pressed = keys.chord(event.keysym, event.keycode, state)
        command = self._waiting or self._chosen()
        if not pressed or command is None:
            return None
        if self._waiting:
            self._take(command, pressed)
            return "break"
        if pressed == "Enter":
            self._wait_for_key()
        elif pressed in ("Delete", "Backspace"):
            self._set(command, () if pressed == "Delete" else None)
        else:
            return None
        return "break"

    def _take(self, command: Command, pressed: str) -> None:
        self._waiting = None
        other = clash(command, pressed, self._session.settings.keys)
        bare = "+" not in pressed and len(pressed) == 1
        if pressed == "Esc":
            self.said.configure(text=_FOOT)
        elif other is not None:
            label = other.label_in(self._session)
            self.said.configure(text=f"{keys.shown(pressed)} is already “{label}”: nothing was changed.")
        elif bare:
            self.said.configure(text="A letter alone is for writing: press it with Ctrl or Alt.")
        else:
            self._set(command, (pressed,))

    def _set(self, command: Command, new: tuple[str, ...] | None) -> None:
        """`new` None gives the command's own keys back."""
        changed = {name: key for name, key in self._session.settings.keys.items() if name != command.id}
        if new is not None:
            changed[command.id] = new
        self._session.set(keys=changed)
        self._draw(command)
        self.said.configure(text=_FOOT)
