"""What stands over and under the list of talks: the notebook's name, the filter, the ways to add talks."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from desktopnotes import commands
from desktopnotes.commands import Command
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.cutting import Cutter
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _

_HINT = _("Find in all talks")
_WAYS_TO_ADD = ("talk.add_web", "talk.add_files", "talk.add_folder")


class TalksHead(ttk.Frame):
    """`switch` shows the notebooks, `filtered` is called when other words are typed, `down` by the key."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        switch: Callable[[], object],
        filtered: Callable[[], object],
        down: Callable[[], object],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._title = ""
        self._cutter = Cutter(theme.fonts.bold)
        self.name = ttk.Menubutton(self, style="Title.TMenubutton")
        for event in ("<ButtonPress-1>", "<space>", "<Return>"):
            self.name.bind(event, lambda _: and_break(switch))
        self.name.pack(anchor="w")
        self._typed = tkinter.StringVar(self)
        end_with(self, self._typed)
        self.search = ttk.Entry(self, textvariable=self._typed)
        self.search.pack(fill="x", pady=theme.px(6))
        self._hint = ttk.Label(self.search, text=_HINT, style="Muted.TLabel", cursor="xterm")
        self._hint.bind("<Button-1>", lambda _: self.search.focus_set())
        self._typed.trace_add("write", lambda *_: self._on_typed(filtered))
        self.search.bind("<Escape>", lambda _: self._typed.set(""))
        self.search.bind("<Down>", lambda _: and_break(down))
        self.bind("<Configure>", lambda _: self._draw_name())
        theme.follow(self.search, self._dress)
        self._show_hint()

    @property
    def words(self) -> str:
        """What is typed."""
        return self._typed.get().strip()

    def filter(self, words: str) -> None:
        """As if that were typed."""
        self._typed.set(words)

    def show_name(self, title: str) -> None:
        self._title = " ".join(title.split()) or _("Untitled")
        self._draw_name()

    def _draw_name(self) -> None:
        room = self.winfo_width() - self._theme.px(48)
        self.name.configure(text=self._cutter.cut(self._title, room) if room > 0 else self._title)

    def _on_typed(self, filtered: Callable[[], object]) -> None:
        self._show_hint()
        filtered()

    def _show_hint(self) -> None:
        self._hint.place_forget()
        if not self.words:
            self._hint.place(x=self._theme.px(8), rely=0.5, anchor="w")

    def _dress(self) -> None:
        self._hint.configure(background=self._theme.palette.field)
        self._cutter.forget()
        self._draw_name()


class AddTalks(ttk.Button):
    """A button whose menu, above it, offers each way to add talks."""

    def __init__(
        self, master: tkinter.Misc, theme: Theme, icons: Icons, run: Callable[[Command], None]
    ) -> None:
        super().__init__(master, command=self._pop_up, compound="left")
        self.ways = tkinter.Menu(master, tearoff=False)
        for command in map(commands.by_id, _WAYS_TO_ADD):
            self.ways.add_command(label=command.label, command=partial(run, command))
        icons.put(self, "plus", "+")
        self.configure(text=" " + _("Add talks…"))

    def _pop_up(self) -> None:
        above = self.winfo_rooty() - self.ways.winfo_reqheight()
        self.ways.tk_popup(self.winfo_rootx(), above)
