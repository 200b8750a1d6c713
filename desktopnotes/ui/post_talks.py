"""The talks of a post in its order, and below them those that are not in it; by keys, clicks and dragging."""

from __future__ import annotations

import contextlib
import tkinter
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.model import grouping
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, State, Talk
from desktopnotes.model.tags import TAG
from desktopnotes.ui.cutting import Cutter, when_fitted
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.talks_drag import TalksDrag
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from desktopnotes.ui.icons import Icons
    from desktopnotes.ui.theme import Theme

_ICONS = {State.TO_WATCH: "circle", State.WATCHING: "circle-dot", State.WATCHED: "circle-check"}
_LEAST_ROWS, _MOST_ROWS = 4, 12
_IN, _OUT = "in", "out"

LEFT_OUT = _("left out: no notes")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: how the talk comes into the post, and how many notes it has."""

    talk: Talk
    is_in: bool
    how: str

    @property
    def title(self) -> str:
        return " ".join(self.talk.title.split()) or _("Untitled talk")

    @property
    def count(self) -> str:
        return str(len(self.talk.notes)) if self.talk.notes else ""


def rows_of(notebook: Notebook, post: Post) -> tuple[Row, ...]:
    """First the post's talks in its order, then the others in the notebook's."""
    talks = {talk.id: talk for talk in notebook.talks}
    inside = [talks[talk_id] for talk_id in dict.fromkeys(post.talks) if talk_id in talks]
    elsewhere: dict[str, str] = {}
    for other in notebook.posts:
        for talk_id in other.talks:
            elsewhere.setdefault(talk_id, _("in {post}").format(post=grouping.short_title(other)))
    there = {talk.id for talk in inside}
    others = [talk for talk in notebook.talks if talk.id not in there]
    return (
        *(Row(talk, True, how(talk)) for talk in inside),
        *(Row(talk, False, elsewhere.get(talk.id, _("not in this post"))) for talk in others),
    )


def how(talk: Talk) -> str:
    """How a talk of the post comes into it."""
    if talk.write_up.strip():
        return _("written up")
    return _("from its notes") if any(map(_may_leave, talk.notes)) else LEFT_OUT


def _may_leave(note: Note) -> bool:
    """Whether the note has something for the post; what composes it says the same, and loads for long."""
    has_words = any(not TAG.fullmatch(word) for word in note.text.split())
    return note.kind != Kind.PRIVATE and (has_words or bool(note.picture))


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the list lets the user do; each gets the id of a talk.

    `drop` also gets the one before which it is put, "" for the end.
    """

    chosen: Callable[[str], None]
    open: Callable[[str], None]
    put_in: Callable[[str], None]
    take_out: Callable[[str], None]
    step: Callable[[str, int], None]
    drop: Callable[[str, str], None]


class PostTalks(ttk.Frame):
    """`rows` are what is shown, `talk_id` the chosen one's."""

    def __init__(self, master: tkinter.Misc, theme: Theme, icons: Icons, deeds: Deeds) -> None:
        super().__init__(master)
        self._theme = theme
        self._icons = icons
        self._deeds = deeds
        self._cutter = Cutter(theme.fonts.text)
        self.rows: tuple[Row, ...] = ()
        self._by_id: dict[str, Row] = {}
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._of: tuple[object, ...] = ()
        self._draws = False
        self.tree = tree = ttk.Treeview(
            self, columns=("how", "count"), show="tree", selectmode="browse", height=_LEAST_ROWS
        )
        tree.own_keys = frozenset(("Alt+Up", "Alt+Down"))  # type: ignore[attr-defined]
        tree.column("count", anchor="e", stretch=False)
        tree.column("how", stretch=False)
        tree.pack(side="left", fill="both", expand=True)
        Scrollbar(tree)
        self.drag = TalksDrag(tree, theme, self._group_of, self._can_drop, self._drop)
        self._empty = ttk.Label(tree, text=_("No talk in this notebook yet."), style="Empty.TLabel")
        self._bind_all()
        theme.follow(tree, self._dress)

    def _bind_all(self) -> None:
        tree = self.tree
        tree.bind("<<TreeviewSelect>>", lambda _: self._on_select())
        tree.bind("<Alt-Up>", lambda _: self._step(-1))
        tree.bind("<Alt-Down>", lambda _: self._step(1))
        tree.bind("<space>", lambda _: self._switch(self.talk_id))
        tree.bind("<Delete>", lambda _: self._take_out())
        for key in ("<Return>", "<KP_Enter>"):
            tree.bind(key, lambda _: self._open())
        tree.bind("<FocusIn>", lambda _: self._choose_first(), add=True)
        tree.bind("<ButtonPress-1>", self._on_press)
        tree.bind("<Double-Button-1>", lambda _: "break")
        tree.bind("<B1-Motion>", lambda event: self._on_motion(event.y))
        tree.bind("<ButtonRelease-1>", self._on_release)
        when_fitted(tree, self._draw_rows)

    def _dress(self) -> None:
        p, px = self._theme.palette, self._theme.px
        self.tree.tag_configure(_OUT, foreground=p.muted)
        self._cutter.forget()
        self._drawn.clear()
        self._empty.place_configure(x=px(12), y=px(10))
        self._draw_rows()
        self._say_where_empty()

    def _fit_columns(self) -> None:
        width, px = self._cutter.width, self._theme.px
        widest = {
            "how": max(map(width, {row.how for row in self.rows}), default=width(LEFT_OUT)),
            "count": max(map(width, {row.count for row in self.rows}), default=0),
        }
        most = {"how": max(px(60), self.tree.winfo_width() * 2 // 5), "count": px(80)}
        for name, words_px in widest.items():
            self._fit_column(name, wide := min(words_px + px(24), most[name]), wide)
        others = sum(int(self.tree.column(name, "width")) for name in widest)
        self._fit_column("#0", max(px(60), self.tree.winfo_width() - others - px(4)), px(60))

    def _fit_column(self, name: str, wide_px: int, least_px: int) -> None:
        if (wide_px, least_px) != (self.tree.column(name, "width"), self.tree.column(name, "minwidth")):
            self.tree.column(name, width=wide_px, minwidth=least_px)

    # --- drawing -------------------------------------------------------------------------------------

    def show(self, notebook: Notebook, post: Post | None) -> None:
        """Draws what says something else than before; the chosen row stays chosen."""
        others = ((each.talks, "" if each is post else grouping.short_title(each)) for each in notebook.posts)
        of = (notebook.talks, post and (post.id, post.talks), *others)
        if of == self._of:
            return
        self._of = of
        rows = rows_of(notebook, post) if post else ()
        if rows == self.rows:
            return
        before, self.rows = self.rows, rows
        self._by_id = {row.talk.id: row for row in rows}
        if [row.talk.id for row in before] != [row.talk.id for row in rows]:
            self._rebuild()
        self._draw_rows()
        height = min(max(_LEAST_ROWS, len(rows)), _MOST_ROWS)
        if height != int(str(self.tree.cget("height"))):
            self.tree.configure(height=height)
        self._say_where_empty()

    def _say_where_empty(self) -> None:
        if self.rows:
            self._empty.place_forget()
        else:
            self._empty.place(x=self._theme.px(12), y=self._theme.px(10))

    def _rebuild(self) -> None:
        tree, chosen = self.tree, self.talk_id
        self._draws = True
        try:
            for gone in set(tree.get_children()) - self._by_id.keys():
                tree.delete(gone)
                self._drawn.pop(gone, None)
            self._put_in_order([row.talk.id for row in self.rows])
            if chosen in self._by_id:
                tree.selection_set((chosen,))
                tree.focus(chosen)
                tree.see(chosen)
        finally:
            tree.after_idle(self._drawing_ends)  # Tk says that another is chosen a little later

    def _put_in_order(self, ids: list[str]) -> None:
        """Moves only what stands elsewhere, and inserts what is not there."""
        tree = self.tree
        now = list(tree.get_children())
        there, places = set(now), {talk_id: index for index, talk_id in enumerate(ids)}
        for index, talk_id in enumerate(ids):
            if talk_id not in there:
                tree.insert("", index, talk_id)
                now.insert(index, talk_id)
                continue
            while now[index] != talk_id:
                down = now[index + 1] == talk_id  # else each that follows would be moved up
                moved, to = (now[index], places[now[index]]) if down else (talk_id, index)
                now.remove(moved)
                to = min(to, len(now))
                tree.move(moved, "", to)
                now.insert(to, moved)

    def _drawing_ends(self) -> None:
        self._draws = False
        if self.winfo_exists():
            self._on_select()

    def _draw_rows(self) -> None:
        self._fit_columns()
        room = self.tree.column("#0", "width") - self._theme.px(46)
        how_room = self.tree.column("how", "width") - self._theme.px(22)
        for row in self.rows:
            said = (row, room, how_room)
            if self._drawn.get(row.talk.id) == said or not self.tree.exists(row.talk.id):
                continue
            self._drawn[row.talk.id] = said
            values = (self._cutter.cut(row.how, how_room), row.count)
            tags = () if row.is_in else (_OUT,)
            text = f" {self._cutter.cut(row.title, room)}"
            self.tree.item(row.talk.id, text=text, values=values, tags=tags)
            with contextlib.suppress(LookupError):
                icon = _ICONS[State(grouping.state_of(row.talk))]
                colour = "text" if row.is_in else "disabled"
                self.tree.item(row.talk.id, image=self._icons.get(icon, colour=colour))

    @property
    def counted(self) -> str:
        """ "4 talks": how many there are of which the post has something to say."""
        count = sum(row.is_in and row.how != LEFT_OUT for row in self.rows)
        return ngettext("{count} talk", "{count} talks", count).format(count=number(count))

    @property
    def talk_id(self) -> str:
        """The chosen talk's, "" for none."""
        chosen = self.tree.selection()
        return str(chosen[0]) if chosen else ""

    def choose(self, talk_id: str) -> None:
        """Chooses that row, or none."""
        if talk_id in self._by_id:
            self.tree.selection_set((talk_id,))
            self.tree.focus(talk_id)
            self.tree.see(talk_id)
        else:
            self.tree.selection_set(())

    # --- keys ----------------------------------------------------------------------------------------

    def _choose_first(self) -> None:
        """A list with the keyboard shows where it is."""
        if not self.talk_id and self.rows and not self.drag.item:
            self.choose(self.rows[0].talk.id)

    def _on_select(self) -> None:
        if not self._draws:
            self._deeds.chosen(self.talk_id)

    def _step(self, by: int) -> str:
        if self.talk_id:
            self._deeds.step(self.talk_id, by)
        return "break"

    def _switch(self, talk_id: str) -> str:
        row = self._by_id.get(talk_id)
        if row is not None:
            (self._deeds.take_out if row.is_in else self._deeds.put_in)(talk_id)
        return "break"

    def _take_out(self) -> str:
        row = self._by_id.get(self.talk_id)
        if row is not None and row.is_in:
            self._deeds.take_out(row.talk.id)
        return "break"

    def _open(self) -> str:
        if self.talk_id:
            self._deeds.open(self.talk_id)
        return "break"

    # --- the pointer ---------------------------------------------------------------------------------

    def _on_press(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        item = self.tree.identify_row(event.y)
        if not item:
            return None
        if "image" in str(self.tree.identify_element(event.x, event.y)):
            self._switch(item)
            return "break"
        self.drag.press(item, event.y)
        return None

    def _on_motion(self, y: int) -> str:
        self.drag.motion(y)
        return "break"

    def _on_release(self, _: object) -> None:
        self.drag.release()

    def _group_of(self, item: str) -> str:
        row = self._by_id.get(item)
        return _IN if row is not None and row.is_in else _OUT

    def _can_drop(self, item: str, group: str) -> bool:
        return group == _IN or self._group_of(item) == _IN

    def _drop(self, item: str, group: str, before: str) -> None:
        if group == _IN:
            self._deeds.drop(item, before)
        else:
            self._deeds.take_out(item)
