"""The palette: any command by a part of its name, over the window, by keys alone."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk

from desktopnotes.commands import COMMANDS, MENUS, Command, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with


def matching(words: str, commands: tuple[Command, ...]) -> list[Command]:
    """The commands that have every word in their menu, name or help; those with it in the name come first."""
    wanted = words.lower().split()

    def has(command: Command, *, name_only: bool) -> bool:
        name = f"{MENUS[command.menu]} {command.label}"
        text = name if name_only else f"{name} {command.help}"
        return all(word in text.lower() for word in wanted)

    found = [command for command in commands if has(command, name_only=False)]
    return sorted(found, key=lambda command: not has(command, name_only=True))


def open_palette(
    master: tkinter.Misc,
    theme: Theme,
    session: Session,
    run: Callable[[Command], None],
) -> None:
    """Opens it; Enter or a click runs the chosen command after it is closed."""
    dialog = Dialog(master, theme, "Find a Command")
    possible = tuple(
        replace(command, label=command.label_in(session)) for command in COMMANDS if command.enabled(session)
    )
    words = tkinter.StringVar(dialog)
    end_with(dialog, words)
    entry = ttk.Entry(dialog.body, width=58, textvariable=words)
    entry.pack(fill="x")
    tree = ttk.Treeview(dialog.body, columns=("keys",), show="tree", height=12, selectmode="browse")
    tree.column("#0", width=theme.px(330))
    tree.column("keys", width=theme.px(150), anchor="e")
    tree.pack(fill="both", expand=True, pady=(theme.px(8), 0))
    said = ttk.Label(dialog.body, style="Muted.TLabel")
    said.pack(anchor="w", pady=(theme.px(6), 0))

    def fill(*_: object) -> None:
        tree.delete(*tree.get_children())
        for command in matching(words.get(), possible):
            shown = "  ".join(keys.shown(key) for key in keys_of(command, session.settings.keys))
            tree.insert(
                "", "end", command.id, text=f"{MENUS[command.menu]}: {command.label}", values=(shown,)
            )
        first = next(iter(tree.get_children()), None)
        if first:
            tree.selection_set(first)

    def explain(_: object = None) -> None:
        chosen = tree.selection()
        command = next((command for command in possible if chosen and command.id == chosen[0]), None)
        said.configure(text=command.help if command else "No command has these words.")

    def move(by: int) -> str:
        items = tree.get_children()
        if items:
            index = items.index(tree.selection()[0]) if tree.selection() else 0
            item = items[min(max(0, index + by), len(items) - 1)]
            tree.selection_set(item)
            tree.see(item)
        return "break"

    def take(_: object = None) -> None:
        chosen = tree.selection()
        if chosen:
            dialog.destroy()
            command = next(command for command in possible if command.id == chosen[0])
            master.after_idle(lambda: run(command))

    words.trace_add("write", fill)
    entry.bind("<Down>", lambda _: move(1))
    entry.bind("<Up>", lambda _: move(-1))
    entry.bind("<Return>", take)
    tree.bind("<Double-Button-1>", take)
    tree.bind("<Return>", take)
    tree.bind("<<TreeviewSelect>>", explain)
    fill()
    dialog.show(entry)
