"""The palette: any command or talk by a part of its name, over the window, by keys alone."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from desktopnotes.actions import talk
from desktopnotes.commands import COMMANDS, MENUS, Command, choosing, keys_of
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.ranking import Finding, ranked
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _

_TITLE = _("Find a Command")
_ROWS = 12


def open_palette(
    master: tkinter.Misc,
    theme: Theme,
    session: Session,
    run: Callable[[Command], None],
    recent: list[str],
) -> None:
    """Opens it; what is chosen runs after it is closed. `recent` are ids used before, the last one first."""
    Palette(master, theme, findings(session, run), recent)


def findings(session: Session, run: Callable[[Command], None]) -> list[Finding]:
    """All commands of the table, and the talks of the notebook."""
    own = session.settings.keys
    found = [
        Finding(
            command.id,
            f"{MENUS[command.menu]}: {command.label_in(session)}",
            "  ".join(keys.shown(key) for key in keys_of(command, own)),
            command.help,
            command.enabled(session),
            partial(run, command),
        )
        for command in COMMANDS
    ]
    for command in COMMANDS:
        if command.lists_choices and command.choices and command.enabled(session):
            found += _choices(command, session, run)
    for each in session.notebook.talks:
        go_to = Command("talk.go_to", each.title, "", partial(talk.go_to, talk_id=each.id))
        about = (
            _("Open this talk of {speakers}.").format(speakers=", ".join(each.speakers))
            if each.speakers
            else _("Open this talk.")
        )
        found.append(
            Finding(
                each.id, _("Go to: {title}").format(title=each.title), "", about, True, partial(run, go_to)
            )
        )
    return found


def _choices(command: Command, session: Session, run: Callable[[Command], None]) -> list[Finding]:
    """What a command chooses from, each as a row: "Post: Style: Outline"."""
    label = f"{MENUS[command.menu]}: {command.label_in(session)}"
    return [
        Finding(
            f"{command.id}: {choice.label}",
            f"{label}: {choice.label}",
            "",
            _("This is so now.") if choice.chosen else command.help,
            True,
            partial(run, choosing(command, choice)),
        )
        for choice in (command.choices(session) if command.choices else ())
    ]


class Palette(Dialog):
    """A field over a list; the keys stay in the field, and Up and Down choose in the list."""

    def __init__(self, master: tkinter.Misc, theme: Theme, offered: list[Finding], recent: list[str]) -> None:
        super().__init__(master, theme, _TITLE)
        self._offered = offered
        self._recent = recent
        self._shown: dict[str, Finding] = {}
        self.words = tkinter.StringVar(self)
        end_with(self, self.words)
        self.entry = ttk.Entry(self.body, width=58, textvariable=self.words)
        self.entry.pack(fill="x")
        self.tree = self._list(theme)
        self.said = ttk.Label(self.body, style="Muted.TLabel", wraplength=theme.px(480))
        self.said.pack(anchor="w", fill="x", pady=(theme.px(6), 0))
        self.words.trace_add("write", lambda *_: self._fill())
        for key, by in (("Down", 1), ("Up", -1), ("Next", _ROWS - 1), ("Prior", 1 - _ROWS)):
            self.entry.bind(f"<{key}>", lambda _, by=by: self._move(by))  # type: ignore[misc]
        for widget in (self.entry, self.tree):
            widget.bind("<Return>", lambda _: self._take())
            widget.bind("<KP_Enter>", lambda _: self._take())
        self._fill()
        self.show(self.entry)

    def _list(self, theme: Theme) -> ttk.Treeview:
        tree = ttk.Treeview(self.body, columns=("keys",), show="tree", height=_ROWS, selectmode="browse")
        tree.column("#0", width=theme.px(330))
        tree.column("keys", width=theme.px(170), anchor="e")
        tree.tag_configure("impossible", foreground=theme.palette.disabled)
        tree.bind("<<TreeviewSelect>>", lambda _: self._explain())
        tree.bind("<ButtonRelease-1>", self._on_click)
        tree.pack(fill="both", expand=True, pady=(theme.px(8), 0))
        return tree

    def _fill(self) -> None:
        found = ranked(self.words.get(), self._offered, self._recent)
        self._shown = {one.id: one for one in found}
        self.tree.delete(*self.tree.get_children())
        for one in found:
            tags = () if one.is_possible else ("impossible",)
            self.tree.insert("", "end", one.id, text=one.label, values=(one.keys,), tags=tags)
        if found:
            self.tree.selection_set(found[0].id)
        else:
            self._explain()

    @property
    def _chosen(self) -> Finding | None:
        return next((self._shown[name] for name in self.tree.selection()), None)

    def _explain(self) -> None:
        chosen = self._chosen
        words = chosen.help if chosen else _("No command and no talk has these words.")
        if chosen and not chosen.is_possible:
            words = _("Not possible now.") + f" {words}"
        self.said.configure(text=words)

    def _move(self, by: int) -> str:
        items = self.tree.get_children()
        if items:
            index = self.tree.index(self.tree.selection()[0]) if self.tree.selection() else 0
            item = items[min(max(0, index + by), len(items) - 1)]
            self.tree.selection_set(item)
            self.tree.see(item)
        return "break"

    def _on_click(self, event: tkinter.Event[ttk.Treeview]) -> None:
        if self.tree.identify_row(event.y):
            self._take()

    def _take(self) -> None:
        chosen = self._chosen
        if chosen is None or not chosen.is_possible:
            return
        if chosen.id in self._recent:
            self._recent.remove(chosen.id)
        self._recent.insert(0, chosen.id)
        master = self.master
        self.destroy()
        master.after_idle(chosen.run)
