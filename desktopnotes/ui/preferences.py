"""The preferences: every setting in one window, drawn from the table of rows; each change works at once."""

from __future__ import annotations

import os
import tkinter
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import Any

from desktopnotes.actions import learning
from desktopnotes.model.errors import UserError
from desktopnotes.model.settings import Settings, valid
from desktopnotes.session import Session
from desktopnotes.ui import dialogs
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.keys_page import KeysList
from desktopnotes.ui.post_column import Column
from desktopnotes.ui.preference_rows import GROUPS, ROWS, Kind, Row, parsed, shown, stepped
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _

TITLE = _("Preferences")

_REST_MS = 600
"""How long after the last key what was typed is taken: nobody wants text of 1 point on the way to 12."""

_FIRST = Settings()


def open_preferences(master: tkinter.Misc, theme: Theme, session: Session) -> None:
    Preferences(master, theme, session)


class Preferences(Dialog):
    """A page of rows for each group. Esc, or closing the window, takes what is still being typed."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session) -> None:
        super().__init__(master, theme, TITLE)
        self.body.configure(padding=theme.px(12))
        self.fields: dict[str, Field] = {}
        close = ttk.Button(self.body, text=_("Close"), command=self.leave)
        close.bind("<Return>", lambda _: self.leave())
        self.book = ttk.Notebook(self.body)
        self.book.enable_traversal()
        close.pack(side="bottom", anchor="e", pady=(theme.px(10), 0))  # first, so that it keeps its room
        self.book.pack(fill="both", expand=True)
        close.lift()  # and comes last by Tab
        for group in GROUPS:
            rows = [row for row in ROWS if row.group == group]
            if rows[0].kind == Kind.KEYS:
                page = ttk.Frame(self.book, padding=theme.px(16))
                self.book.add(page, text=group)
                self.key_list = KeysList(page, theme, session, rows=12)
                self.key_list.pack(fill="both", expand=True)
            else:
                column = Column(self.book, theme)
                self.book.add(column, text=group)
                column.inside.configure(padding=theme.px(16))
                self._fill(column.inside, theme, session, rows)
                column.watch()
                column.ask_for_room()
        self.protocol("WM_DELETE_WINDOW", self.leave)
        self.bind("<Escape>", lambda _: self.leave())
        self.show(self.book)

    def _fill(self, page: ttk.Frame, theme: Theme, session: Session, rows: list[Row]) -> None:
        page.columnconfigure(1, weight=1)
        for index, row in enumerate(rows):
            self.fields[row.setting] = Field(page, theme, session, row, index)

    def leave(self) -> None:
        for field in self.fields.values():
            field.take_now()
        self.destroy()


class Field:
    """One row: its label, what shows and changes the value, and a sentence below."""

    def __init__(self, page: ttk.Frame, theme: Theme, session: Session, row: Row, index: int) -> None:
        self.row = row
        self._session = session
        self._job = ""
        gap = theme.px(8)
        label = "" if row.kind == Kind.SWITCH else row.label
        ttk.Label(page, text=label).grid(row=2 * index, column=0, sticky="w", padx=(0, 2 * gap))
        holder = ttk.Frame(page)
        holder.grid(row=2 * index, column=1, sticky="we")
        self._value = tkinter.StringVar(page, shown(row, self._now))
        end_with(page, self._value)
        self.widget = self._make(holder, theme)
        self.first = ttk.Button(page, text=_("As at First"), style="Quiet.TButton", command=self.reset)
        self.first.bind("<Return>", lambda _: self.reset())
        self.first.grid(row=2 * index, column=2, padx=(gap, 0))
        self.said = ttk.Label(page, style="Muted.TLabel", wraplength=theme.px(520))
        self.said.grid(row=2 * index + 1, column=1, columnspan=2, sticky="w", pady=(theme.px(2), 2 * gap))
        self._say()

    @property
    def _now(self) -> Any:
        return getattr(self._session.settings, self.row.setting)

    # --- how it is built -----------------------------------------------------------------------------

    def _make(self, holder: ttk.Frame, theme: Theme) -> ttk.Widget:
        makers = {Kind.SWITCH: self._switch, Kind.CHOICE: self._choice, Kind.LEARNED: self._learned}
        return makers.get(self.row.kind, self._typed)(holder, theme)

    def _switch(self, holder: ttk.Frame, _: Theme) -> ttk.Widget:
        ticked = ttk.Checkbutton(holder, text=self.row.label, onvalue="True", offvalue="False")
        ticked.configure(variable=self._value, command=lambda: self._set(self._value.get() == "True"))
        ticked.pack(side="left")
        return ticked

    def _choice(self, holder: ttk.Frame, _: Theme) -> ttk.Widget:
        words_of = [words for _, words in self.row.choices]
        box = ttk.Combobox(holder, textvariable=self._value, values=words_of, state="readonly", width=22)
        box.bind("<<ComboboxSelected>>", lambda _: self.take_now())
        box.pack(side="left")
        return box

    def _learned(self, holder: ttk.Frame, theme: Theme) -> ttk.Widget:
        learn = ttk.Button(holder, text=_("Learn…"), command=lambda: self._learn(learn))
        learn.bind("<Return>", lambda _: self._learn(learn))
        learn.pack(side="right", padx=(theme.px(6), 0))
        words_shown = ttk.Label(holder, textvariable=self._value, wraplength=theme.px(340))
        words_shown.pack(side="left", fill="x", expand=True)
        return learn

    def _typed(self, holder: ttk.Frame, theme: Theme) -> ttk.Widget:
        row, kind = self.row, self.row.kind
        width = 12 if kind in (Kind.SECONDS, Kind.NUMBER) else 40
        entry = ttk.Entry(holder, textvariable=self._value, width=width)
        entry.bind("<KeyRelease>", self._on_key)
        entry.bind("<Return>", lambda _: self.take_now())
        entry.bind("<FocusOut>", lambda _: self.take_now())
        if kind in (Kind.SECONDS, Kind.NUMBER):
            entry.pack(side="left")
            entry.bind("<Up>", lambda _: self._step(1))
            entry.bind("<Down>", lambda _: self._step(-1))
            unit = _("seconds") if kind == Kind.SECONDS else row.unit
            for sign, by in (("−", -1), ("+", 1)):
                button = ttk.Button(
                    holder,
                    text=sign,
                    style="Quiet.TButton",
                    width=2,
                    takefocus=False,
                    command=self._steps(by),
                )
                button.pack(side="left", padx=(theme.px(4), 0))
            ttk.Label(holder, text=unit, style="Muted.TLabel").pack(side="left", padx=theme.px(6))
            return entry
        if kind == Kind.FOLDER:
            browse = ttk.Button(holder, text=_("Choose…"), command=lambda: self._browse(browse))
            browse.bind("<Return>", lambda _: self._browse(browse))
            browse.pack(side="right", padx=(theme.px(6), 0))
        entry.pack(side="left", fill="x", expand=True)
        return entry

    def _steps(self, by: int) -> Callable[[], object]:
        return lambda: self._step(by)

    # --- what happens --------------------------------------------------------------------------------

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.keysym in ("Return", "Tab", "Up", "Down", "Escape"):
            return
        self._put_off()
        self._job = self.widget.after(_REST_MS, self.take_now)
        self._say(example_only=True)

    def _put_off(self) -> None:
        if self._job:
            self.widget.after_cancel(self._job)
            self._job = ""

    def take_now(self) -> None:
        """Takes what stands in the field; where it cannot be, that is said and nothing changes."""
        self._put_off()
        text = self._value.get()
        if self.row.kind == Kind.LEARNED or text == shown(self.row, self._now):
            self._mark(wrong=False)
            self._say()
            return
        try:
            value = True if text == "True" else False if text == "False" else parsed(self.row, text)
        except UserError as error:
            self._mark(wrong=True)
            self.said.configure(text=f"{error.message} " + _("Nothing was changed."), style="Error.TLabel")
            return
        self._set(value)

    def _set(self, value: Any) -> None:
        if valid(self.row.setting, value):
            self.row.take(self._session, self.row.setting, value)
        self._value.set(shown(self.row, self._now))
        self._mark(wrong=False)
        self._say()

    def _step(self, by: int) -> str:
        self.take_now()
        self._set(stepped(self.row, self._now, by))
        return "break"

    def reset(self) -> None:
        self._put_off()
        self.widget.focus_set()  # the button goes
        self._set(getattr(_FIRST, self.row.setting))

    def _browse(self, button: ttk.Button) -> None:
        folder = Path(self._value.get() or str(Path.home())).expanduser()
        start = folder if os.path.isdir(folder) else Path.home()
        if chosen := dialogs.ask_folder(button.winfo_toplevel(), self.row.label, start):
            self._set(str(chosen))

    def _learn(self, button: ttk.Button) -> None:
        """Asks for the site's folder; the preferences go, as what is found there has a window of its own."""
        folder = dialogs.ask_folder(button.winfo_toplevel(), self.row.label, self._usual())
        if folder is not None:
            button.winfo_toplevel().destroy()
            learning.begin(self._session, folder)

    def _usual(self) -> Path:
        folder = Path(self._session.settings.site_folder or Path.home())
        return folder if os.path.isdir(folder) else Path.home()

    def _mark(self, *, wrong: bool) -> None:
        self.widget.state(["invalid" if wrong else "!invalid"])

    def _say(self, *, example_only: bool = False) -> None:
        row = self.row
        if example_only and row.example is None:
            return
        example = f"  {row.example(self._value.get())}." if row.example else ""
        self.said.configure(text=f"{row.help}{example}".replace("..", "."), style="Muted.TLabel")
        if self._now == getattr(_FIRST, row.setting):
            self.first.grid_remove()
        else:
            self.first.grid()
