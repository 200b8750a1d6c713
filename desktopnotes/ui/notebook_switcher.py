"""The notebooks that were open, to go to one by typing a part of its name; and what can be done with them."""

from __future__ import annotations

import tkinter
from functools import partial
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes import commands
from desktopnotes.actions import file
from desktopnotes.storage import paths
from desktopnotes.storage.state_file import Place
from desktopnotes.ui.cutting import Cutter
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.recent import is_there
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.background import Progress
    from desktopnotes.ui.window import Window

_LABELS = {
    "file.new": _("New…"),
    "file.open": _("Open…"),
    "file.rename": _("Rename…"),
    "file.duplicate": _("Duplicate…"),
    "file.show_folder": _("Show in Folder"),
}
"""What the buttons say: a word less than their commands, since all are of notebooks here."""
_FIRST_OF_OPEN = "file.rename"
_ABOUT = _("Enter opens it. Delete takes it off this list; its file stays.")


def open_notebook_switcher(window: Window) -> None:
    NotebookSwitcher(window)


class NotebookSwitcher(Dialog):
    """Rows by the paths of their notebooks; one whose file is gone is grey."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.root, window.theme, _("Notebooks"))
        self._window = window
        self._gone: set[str] = set()
        theme = window.theme
        self._cutter = Cutter(theme.fonts.text)
        self._words = tkinter.StringVar(self)
        end_with(self, self._words)
        self.entry = ttk.Entry(self.body, width=58, textvariable=self._words)
        self.entry.pack(fill="x")
        self.tree = ttk.Treeview(
            self.body, show="tree", style="Talks.Treeview", height=7, selectmode="browse"
        )
        self.tree.column("#0", width=theme.px(560))
        self.tree.tag_configure("gone", foreground=theme.palette.muted)
        self.tree.pack(fill="both", expand=True, pady=(theme.px(8), 0))
        self.said = ttk.Label(self.body, text=_ABOUT, style="Muted.TLabel")
        self.said.pack(anchor="w", pady=theme.px(6))
        self._add_buttons()
        self._words.trace_add("write", lambda *_: self._fill())
        for widget in (self.entry, self.tree):
            widget.bind("<Return>", lambda _: self._open())
            widget.bind("<KP_Enter>", lambda _: self._open())
        self.entry.bind("<Down>", lambda _: self._move(1))
        self.entry.bind("<Up>", lambda _: self._move(-1))
        self.entry.bind("<Delete>", self._on_delete)
        self.tree.bind("<Delete>", lambda _: self._take_off())
        self.tree.bind("<Double-Button-1>", lambda _: self._open())
        self.tree.bind("<<TreeviewSelect>>", lambda _: self._explain())
        self._fill()
        self._look()
        self.show(self.entry)

    def _add_buttons(self) -> None:
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        for command in map(commands.by_id, _LABELS):
            if command.id == _FIRST_OF_OPEN:
                ttk.Label(row, text=_("The open one:"), style="Muted.TLabel").pack(
                    side="left", padx=self._window.theme.px(10)
                )
            button = ttk.Button(row, text=_LABELS[command.id], command=partial(self._run, command))
            button.bind("<Return>", lambda _, command=command: self._run(command))  # type: ignore[misc]
            button.pack(side="left", padx=(0, self._window.theme.px(6)))

    def _run(self, command: commands.Command) -> str:
        self.destroy()
        self._window.root.after_idle(lambda: self._window.run(command))
        return "break"

    # --- the list ------------------------------------------------------------------------------------

    def _places(self) -> list[Place]:
        """Those that have every word typed in their name or path; the open one stands last."""
        wanted = self._words.get().lower().split()
        places = [
            place
            for place in self._window.recent.notebooks
            if all(word in f"{file.recent_name(place)} {place.notebook}".lower() for word in wanted)
        ]
        here = str(self._window.session.path)
        return sorted(places, key=lambda place: place.notebook == here)

    def _fill(self) -> None:
        room = self._window.theme.px(525)
        here = str(self._window.session.path)
        chosen = self.tree.selection()
        self.tree.delete(*self.tree.get_children())
        for place in self._places():
            folder = paths.shown_folder(Path(place.notebook).parent)
            state = _("not there now") if place.notebook in self._gone else ""
            state = _("open now") if place.notebook == here else state
            title, below = file.recent_name(place), f"{state} · {folder}" if state else folder
            text = f"{self._cutter.cut(title, room)}\n{self._cutter.cut(below, room)}"
            tags = ("gone",) if place.notebook in self._gone else ()
            self.tree.insert("", "end", place.notebook, text=text, tags=tags)
        rows = self.tree.get_children()
        if rows:
            self._choose(chosen[0] if chosen and chosen[0] in rows else rows[0])
        self._explain()

    def _choose(self, item: str) -> None:
        self.tree.selection_set((item,))
        self.tree.focus(item)
        self.tree.see(item)

    def _move(self, by: int) -> str:
        rows = self.tree.get_children()
        if rows:
            chosen = self.tree.selection()
            index = rows.index(chosen[0]) + by if chosen else 0
            self._choose(rows[min(max(0, index), len(rows) - 1)])
        return "break"

    def _explain(self) -> None:
        chosen = self.tree.selection()
        if not self.tree.get_children():
            words = (
                _("No notebook has these words.") if self._words.get() else _("No notebook was open before.")
            )
        elif chosen and chosen[0] in self._gone:
            words = _(
                "Its file is not there now: it was moved, or its disk is not connected. Delete takes it off."
            )
        else:
            words = _ABOUT
        self.said.configure(text=words)

    def _look(self) -> None:
        """Which of them are gone, asked on a thread: a network drive may take its time."""
        places = self._window.recent.notebooks

        def gone(_: Progress) -> set[str]:
            return {place.notebook for place in places if not is_there(place)}

        self._task = self._window.session.background.run(gone, self._found_gone)

    def _found_gone(self, gone: set[str]) -> None:
        if self.winfo_exists() and gone:
            self._gone = gone
            self._fill()

    # --- deeds ---------------------------------------------------------------------------------------

    def _open(self) -> str:
        chosen = self.tree.selection()
        if chosen:
            window = self._window
            self.destroy()
            window.gate.run(file.open_path, window.session, Path(chosen[0]))
        return "break"

    def _on_delete(self, _: object) -> str | None:
        """In the field the key belongs to what is typed there, as long as there is a letter for it."""
        if self.entry.selection_present() or self.entry.index("insert") < self.entry.index("end"):
            return None
        return self._take_off()

    def _take_off(self) -> str:
        chosen = self.tree.selection()
        if chosen and Path(chosen[0]) != self._window.session.path:
            rows = self.tree.get_children()
            index = rows.index(chosen[0])
            self._window.recent.take_off(Path(chosen[0]))
            self._fill()
            left = self.tree.get_children()
            if left:
                self._choose(left[min(index, len(left) - 1)])
        return "break"
