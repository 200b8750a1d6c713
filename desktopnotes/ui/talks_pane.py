"""The talks of the notebook on the left, grouped by post: state, how far, how many notes."""

from __future__ import annotations

import contextlib
import tkinter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from desktopnotes import commands
from desktopnotes.commands import Command
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Notebook, Post, State, Talk
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with

_STATE_ICONS = {State.TO_WATCH: "circle", State.WATCHING: "circle-dot", State.WATCHED: "circle-check"}
_LOOSE = "loose"
_SEARCH_HINT = "Find in all talks"
_WAYS_TO_ADD = ("talk.add_web", "talk.add_files", "talk.add_folder")


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row of the list says."""

    talk_id: str
    group: str
    text: str
    count: str
    icon: str


class TalksPane(ttk.Frame):
    """`open_talk` gets the id of the row that the user goes to; `notebook_menu` fills the name's menu."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        icons: Icons,
        open_talk: Callable[[str], None],
        notebook_menu: Callable[[tkinter.Menu], None],
        run: Callable[[Command], None],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._icons = icons
        self._open_talk = open_talk
        self._lines: tuple[_Line, ...] = ()
        self._groups: tuple[tuple[str, str], ...] = ()
        self._notebook: Notebook | None = None
        self._talk_id = ""
        self.name = ttk.Menubutton(self, style="Title.TMenubutton")
        menu = tkinter.Menu(self.name, tearoff=False, postcommand=lambda: notebook_menu(menu))
        self.name.configure(menu=menu)
        self.name.pack(anchor="w")
        self._search_words = tkinter.StringVar(self)
        end_with(self, self._search_words)
        self.search = ttk.Entry(self, textvariable=self._search_words)
        self.search.pack(fill="x", pady=theme.px(6))
        self._search_hint = ttk.Label(self.search, text=_SEARCH_HINT, style="Muted.TLabel", cursor="xterm")
        self._search_hint.bind("<Button-1>", lambda _: self.search.focus_set())
        self._search_words.trace_add("write", lambda *_: self._draw_again())
        self.search.bind("<Return>", lambda _: run(commands.by_id("edit.find_everywhere")))
        self.search.bind("<Escape>", lambda _: self._search_words.set(""))
        self.ways_to_add = tkinter.Menu(self, tearoff=False)
        for command in map(commands.by_id, _WAYS_TO_ADD):
            self.ways_to_add.add_command(label=command.label, command=partial(run, command))
        self._add = ttk.Button(self, text="Add talks…", command=self._show_ways_to_add, compound="left")
        icons.put(self._add, "plus", "+")
        self._add.configure(text=" Add talks…")
        self._add.pack(side="bottom", fill="x", pady=(theme.px(6), 0))
        self.tree = ttk.Treeview(
            self, style="Talks.Treeview", columns=("count",), show="tree", selectmode="browse", height=5
        )
        self.tree.column("#0", width=theme.px(190), minwidth=theme.px(60), stretch=True)
        self.tree.column("count", width=theme.px(34), minwidth=theme.px(34), stretch=False, anchor="e")
        self.tree.pack(side="left", fill="both", expand=True)
        Scrollbar(self.tree)
        self.tree.bind("<<TreeviewSelect>>", self._on_select)
        theme.follow(self.tree, self._dress)

    def _show_ways_to_add(self) -> None:
        menu, above = self.ways_to_add, self._add.winfo_rooty() - self.ways_to_add.winfo_reqheight()
        menu.tk_popup(self._add.winfo_rootx(), above)

    def _dress(self) -> None:
        self._search_hint.configure(background=self._theme.palette.field)
        self.tree.tag_configure("group", foreground=self._theme.palette.muted)
        self._lines = ()
        self._draw_again()

    def show(self, notebook: Notebook, talk_id: str) -> None:
        """Draws the rows that say something else than before."""
        self._talk_id = talk_id
        if notebook is not self._notebook:
            self.name.configure(text=notebook.title or "Untitled")
            self._notebook = notebook
            self._draw_again()
        if self.tree.exists(talk_id) and self.tree.selection() != (talk_id,):
            self.tree.selection_set(talk_id)
            self.tree.see(talk_id)

    def _draw_again(self) -> None:
        words = self._search_words.get().strip().lower()
        self._search_hint.place_forget()
        if not words:
            self._search_hint.place(x=self._theme.px(8), rely=0.5, anchor="w")
        if self._notebook is None:
            return
        talks = [talk for talk in self._notebook.talks if not words or _has(talk, words)]
        grouped = _grouped(self._notebook, talks)
        lines = tuple(_line(talk, group) for group, _, members in grouped for talk in members)
        groups = tuple((group, title) for group, title, members in grouped if members)
        same_places = groups == self._groups and _places(lines) == _places(self._lines)
        if not same_places:
            self._rebuild(groups, lines)
        else:
            for old, new in zip(self._lines, lines, strict=True):
                if old != new:
                    self._draw_line(new)
        self._groups, self._lines = groups, lines

    def _rebuild(self, groups: tuple[tuple[str, str], ...], lines: tuple[_Line, ...]) -> None:
        self.tree.delete(*self.tree.get_children())
        for group, title in groups:
            self.tree.insert("", "end", f"group {group}", text=title, open=True, tags=("group",))
        for line in lines:
            self.tree.insert(f"group {line.group}", "end", line.talk_id)
            self._draw_line(line)
        if self.tree.exists(self._talk_id):
            self.tree.selection_set(self._talk_id)

    def _draw_line(self, line: _Line) -> None:
        self.tree.item(line.talk_id, text=line.text, values=(line.count,))
        with contextlib.suppress(LookupError):  # the words say the state as well
            self.tree.item(line.talk_id, image=self._icons.get(line.icon, colour="muted"))

    def _on_select(self, _: tkinter.Event[tkinter.Misc]) -> None:
        chosen = self.tree.selection()
        if chosen and not chosen[0].startswith("group ") and chosen[0] != self._talk_id:
            self._open_talk(chosen[0])


def _has(talk: Talk, words: str) -> bool:
    texts = (talk.title, *talk.speakers, talk.write_up, *(note.text for note in talk.notes))
    return any(words in text.lower() for text in texts)


def _grouped(notebook: Notebook, talks: list[Talk]) -> list[tuple[str, str, list[Talk]]]:
    """(group, its title, its talks): each post in order, then what stands in none; each talk once."""
    by_id = {talk.id: talk for talk in talks}
    groups = []
    for post in notebook.posts:
        members = [by_id.pop(talk_id) for talk_id in post.talks if talk_id in by_id]
        groups.append((post.id, _short_title(post), members))
    groups.append((_LOOSE, "Not in a post yet", list(by_id.values())))
    return groups


def _short_title(post: Post) -> str:
    """ "Part 2" of a title that ends so, else the whole title."""
    _, dash, end = post.title.rpartition(" - ")
    return end if dash and end.split(" ")[-1].isdigit() else post.title or "Untitled post"


def _places(lines: tuple[_Line, ...]) -> list[tuple[str, str]]:
    return [(line.talk_id, line.group) for line in lines]


def _line(talk: Talk, group: str) -> _Line:
    count = str(len(talk.notes)) if talk.notes else ""
    icon = _STATE_ICONS.get(talk.state, "circle")  # type: ignore[call-overload]
    return _Line(talk.id, group, f" {talk.title or 'Untitled talk'}\n {_how_far(talk)}", count, icon)


def _how_far(talk: Talk) -> str:
    length = timecode.clock(talk.duration_ms) if talk.duration_ms else ""
    if talk.state == State.WATCHED:
        return "written up" if talk.write_up else "from its notes" if talk.notes else "watched"
    if talk.state == State.WATCHING:
        at = timecode.clock(talk.position_ms)
        return f"{at} of {length}" if length else f"{at} watched"
    return f"to watch · {length}" if length else "to watch"
