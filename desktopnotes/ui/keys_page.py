"""The page of keys (F1, and in the preferences): what each does, drawn from the table; how to change them.

Wholly by keyboard: in the list Enter takes another key, A one more, V one on the video, Delete takes them
away and Backspace gives the first ones back; / goes to the filter, and the keys of Undo and Redo take back
what was changed here. While a key is waited for, every press is that key.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.commands import COMMANDS, MENUS, Command, by_id
from desktopnotes.commands.chosen_keys import (
    Own,
    Where,
    as_at_first,
    clash,
    given,
    held,
    with_keys,
)
from desktopnotes.session import Session
from desktopnotes.ui import keys
from desktopnotes.ui.cutting import Cutter, when_fitted
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.focus import focused
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.ui.waiting_key import WaitingKey
from desktopnotes.words import _

_COLUMNS = (
    ("#0", _("Command"), 250),
    ("keys", _("In the text"), 190),
    ("video", _("On the video"), 124),
    ("help", _("What it does"), 430),
)


def open_keys_page(master: tkinter.Misc, theme: Theme, session: Session) -> None:
    """Opens the page; a changed key works at once and is kept in the settings."""
    KeysPage(master, theme, session)


class KeysPage(Dialog):
    """The list of keys in a window of its own."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session) -> None:
        super().__init__(master, theme, _("Keys"))
        self.list = KeysList(self.body, theme, session)
        self.list.pack(fill="both", expand=True)
        self.tree, self.said = self.list.tree, self.list.said
        self.show(self.tree)


class KeysList(ttk.Frame):
    """All commands by their menus, a field that leaves those with its words, and what changes their keys."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session, rows: int = 20) -> None:
        super().__init__(master)
        self._session = session
        self._theme = theme
        self._cutter = Cutter(theme.fonts.text)
        self._had_height = False
        self._words = tkinter.StringVar(self)
        end_with(self, self._words)
        self._words.trace_add("write", lambda *_: self._fill())
        row = ttk.Frame(self)
        row.pack(fill="x", pady=(0, theme.px(8)))
        ttk.Label(row, text=_("Filter by a word or a key")).pack(side="left", padx=(0, theme.px(8)))
        self.filter = ttk.Entry(row, textvariable=self._words)
        self.filter.bind("<Down>", lambda _: self.tree.focus_set())
        self.filter.bind("<Return>", lambda _: self.tree.focus_set())
        self.filter.pack(side="left", fill="x", expand=True)
        self.middle = ttk.Frame(self)  # the order in which these are made is that of Tab
        self.tree: ttk.Treeview = self._make_tree(rows)
        self.waiting = WaitingKey(self, theme)
        self.line = ttk.Frame(self)
        self.said: ttk.Label = ttk.Label(
            self.line, wraplength=min(theme.px(760), self.winfo_screenwidth() - theme.px(200))
        )
        self._take_back = self._button(self.line, _("Undo"), self.undo)
        self._buttons = self._make_buttons()
        self._buttons.pack(side="bottom", fill="x")
        self.line.pack(side="bottom", fill="x", pady=theme.px(8))
        self.said.pack(side="left", fill="x", expand=True)
        self.middle.pack(fill="both", expand=True)
        self._fill()
        self._offer_undo()

    # --- how it is built -----------------------------------------------------------------------------

    def _make_tree(self, rows: int) -> ttk.Treeview:
        names = [name for name, *_ in _COLUMNS[1:]]
        tree = ttk.Treeview(
            self.middle, columns=names, selectmode="browse", height=rows, show="tree headings"
        )
        for name, title, width in _COLUMNS:
            tree.heading(name, text=title, anchor="w")
            tree.column(name, width=self._room(name, width), anchor="w", stretch=name == "help")
        bar = ttk.Scrollbar(self.middle, orient="vertical", command=tree.yview, takefocus=False)
        tree.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        tree.pack(side="left", fill="both", expand=True)
        when_fitted(tree, self._fit)
        tree.bind("<<TreeviewSelect>>", lambda _: self.explain())
        tree.bind("<KeyPress>", self._on_key)
        tree.bind("<Double-Button-1>", lambda _: self.wait(Where.TEXT))
        return tree

    def _room(self, name: str, width: int) -> int:
        """A column's px; on a screen that is small for its letters all are narrower, the last one most."""
        px = self._theme.px
        least, wished = px(0.8 * (sum(wide for *_, wide in _COLUMNS) - width)), px(width)
        spare = self.winfo_screenwidth() - px(110) - px(sum(wide for *_, wide in _COLUMNS))
        if spare >= 0:
            return wished
        return max(px(100), wished + spare + least // 4) if name == "help" else px(0.8 * width)

    def _make_buttons(self) -> ttk.Frame:
        row = ttk.Frame(self)
        jobs: tuple[tuple[str, Callable[[], None]], ...] = (
            (_("Change…"), lambda: self.wait(Where.TEXT)),
            (_("Add Another…"), lambda: self.wait(Where.TEXT, beside=True)),
            (_("On the Video…"), lambda: self.wait(Where.VIDEO)),
            (_("Remove"), self.remove),
            (_("As at First"), self.reset),
            (_("All as at First"), self.reset_all),
        )
        for label, job in jobs:
            button = self._button(row, label, job)
            side = "right" if job == self.reset_all else "left"
            button.pack(side=side, padx=(0, 0 if side == "right" else self._theme.px(6)))  # type: ignore[arg-type]
        return row

    def _button(self, master: ttk.Frame, label: str, job: Callable[[], None]) -> ttk.Button:
        button = ttk.Button(master, text=label, command=job)
        button.bind("<Return>", lambda _: job())
        button.bind("<KeyPress>", self._on_undo_key)
        return button

    # --- what is shown -------------------------------------------------------------------------------

    def _fill(self) -> None:
        wanted = self._words.get().lower().split()
        chosen = self.chosen
        self.tree.delete(*self.tree.get_children())
        for menu, title in MENUS.items():
            fitting = [one for one in COMMANDS if one.menu == menu and self._fits(one, title, wanted)]
            if fitting:
                self.tree.insert("", "end", f"menu {menu}", text=title, open=True)
            for command in fitting:
                self.tree.insert(f"menu {menu}", "end", command.id)
                self._draw(command)
        shown = [line for menu in self.tree.get_children() for line in self.tree.get_children(menu)]
        if shown:
            self._go_to(chosen.id if chosen and chosen.id in shown else shown[0])
        else:
            self.said.configure(text=_("No command has these words."), style="Muted.TLabel")

    def _fits(self, command: Command, title: str, wanted: list[str]) -> bool:
        line = f"{title} {self.label(command)} {command.help} {' '.join(self._shown(command))}"
        return all(word in line.lower() for word in wanted)

    def _shown(self, command: Command) -> tuple[str, str]:
        own = self._session.settings.keys
        text, video = (
            "  ".join(keys.shown(key) for key in held(command, where, own))
            for where in (Where.TEXT, Where.VIDEO)
        )
        return text, video

    def _draw(self, command: Command) -> None:
        if self.tree.exists(command.id):
            label, helped = self._cut(self.label(command), "#0", 44), self._cut(command.help, "help", 18)
            self.tree.item(command.id, text=label, values=(*self._shown(command), helped))

    def _cut(self, text: str, column: str, beside: int) -> str:
        return self._cutter.cut(text, self.tree.column(column, "width") - self._theme.px(beside))

    def _draw_all(self) -> None:
        for command in COMMANDS:
            self._draw(command)

    def _fit(self) -> None:
        """Cuts what is too long; a list that had no height before knew not what its chosen line is below."""
        self._draw_all()
        had_height, self._had_height = self._had_height, self.tree.winfo_viewable()
        if self.chosen and not had_height:
            self.after_idle(self._see_chosen)

    def _see_chosen(self) -> None:
        if self.winfo_exists() and self.chosen:
            self.tree.yview_moveto(0)
            self.update_idletasks()
            self.tree.see(self.chosen.id)

    def _go_to(self, line: str) -> None:
        self.tree.selection_set(line)
        self.tree.focus(line)
        if self.tree.index(line) == 0:  # the name of its menu as well
            self.tree.see(self.tree.parent(line))
        self.tree.see(line)

    @property
    def chosen(self) -> Command | None:
        line = next(iter(self.tree.selection()), "menu")
        return None if line.startswith("menu") else by_id(line)

    def explain(self) -> None:
        command = self.chosen
        words = command.help if command else _("Choose a command to change its keys.")
        self.said.configure(text=words, style="Muted.TLabel")

    # --- changes -------------------------------------------------------------------------------------

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        pressed = keys.chord(event.keysym, event.keycode, keys.state_of(event))
        jobs: dict[str, Callable[[], None]] = {
            "Enter": lambda: self.wait(Where.TEXT),
            "A": lambda: self.wait(Where.TEXT, beside=True),
            "V": lambda: self.wait(Where.VIDEO),
            "Delete": self.remove,
            "Mod+F": self.filter.focus_set,
            "/": self.filter.focus_set,
            "Backspace": self.reset,
        }
        if pressed not in jobs or self.chosen is None:
            return self._on_undo_key(event)
        jobs[pressed]()
        return "break"

    def _on_undo_key(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        pressed = keys.chord(event.keysym, event.keycode, keys.state_of(event))
        own = self._session.settings.keys
        for name, job in (("edit.undo", self.undo), ("edit.redo", self.redo)):
            if pressed in held(by_id(name), Where.TEXT, own):
                job()
                return "break"
        return None

    def wait(self, where: Where, *, beside: bool = False) -> None:
        """The next key pressed is the chosen command's, in place of those it has or `beside` them."""
        command = self.chosen
        if command is None:
            return
        self.tree.see(command.id)
        words = {
            (False, False): _("Press the new key for “{label}”. Esc leaves it as it is."),
            (False, True): _("Press the new key for “{label}” on the video. Esc leaves it as it is."),
            (True, False): _("Press another key for “{label}”. Esc leaves it as it is."),
            (True, True): _("Press another key for “{label}” on the video. Esc leaves it as it is."),
        }[beside, where == Where.VIDEO]
        label = self.label(command)
        self.waiting.begin(
            words.format(label=label),
            command,
            where,
            beside=beside,
        )

    def label(self, command: Command) -> str:
        return command.label_in(self._session)

    def clash(self, command: Command, where: Where, key: str) -> Command | None:
        """Who has this key already."""
        taken = clash(command, where, key, self._session.settings.keys)
        return taken[0] if taken else None

    def give(self, command: Command, where: Where, key: str, *, beside: bool) -> None:
        """Gives the key to the command, whoever had it."""
        own = given(self._session.settings.keys, command, where, key, beside=beside)
        self._set(own, self._keys_of(command))
        self._go_to(command.id)
        self._tell(_("{key} is “{label}” now.").format(key=keys.shown(key), label=self.label(command)))

    def remove(self) -> None:
        if command := self.chosen:
            own = with_keys(self._session.settings.keys, command, Where.TEXT, ())
            self._set(with_keys(own, command, Where.VIDEO, ()), self._keys_of(command))
            self._tell(
                _("“{label}” has no key now; Backspace gives it its own.").format(label=self.label(command))
            )

    def reset(self) -> None:
        """Gives the chosen command its first keys, from whoever has them now."""
        if command := self.chosen:
            own = as_at_first(self._session.settings.keys, command)
            for where in Where:
                for key in held(command, where, own):
                    own = given(own, command, where, key, beside=True)
            self._set(as_at_first(own, command), self._keys_of(command))
            self._tell(_("“{label}” has its own keys again.").format(label=self.label(command)))

    def reset_all(self) -> None:
        before = self._session.settings.keys
        self._set({}, _("All as at First"))
        if not before:
            self._tell(_("All keys are as at first."))
            return
        told = _("All commands have their own keys again; {undo} brings back those you chose.")
        self._tell(told.format(undo=self._session.screen.way_to("edit.undo")))

    def undo(self) -> None:
        """Takes back the last change of keys, also one that was made before this list was opened."""
        self._step(self._session.key_steps.undo, _("Undone: {step}"))

    def redo(self) -> None:
        self._step(self._session.key_steps.redo, _("Done again: {step}"))

    def _step(self, move: Callable[[Own], tuple[str, Own] | None], told: str) -> None:
        step = move(self._session.settings.keys)
        if step is None:
            return
        label, own = step
        self._use(own)
        self._tell(told.format(step=label))

    def _keys_of(self, command: Command) -> str:
        return _("Keys of “{label}”").format(label=self.label(command))

    def _set(self, own: Own, label: str) -> None:
        before = self._session.settings.keys
        if own != before:
            self._session.key_steps.did(label, before)
            self._use(own)

    def _use(self, own: Own) -> None:
        self._session.set(keys=dict(own))
        self._draw_all()
        self._offer_undo()

    def _offer_undo(self) -> None:
        """The button is there while there is something to take back; the focus does not go with it."""
        if self._session.key_steps.can_undo:
            self._take_back.pack(side="right", before=self.said)
        elif self._take_back.winfo_manager():
            if focused(self) is self._take_back:
                self.tree.focus_set()
            self._take_back.pack_forget()

    def _tell(self, words: str) -> None:
        self.update_idletasks()  # what the choice of a line explains comes first
        self.said.configure(text=words, style="TLabel")
