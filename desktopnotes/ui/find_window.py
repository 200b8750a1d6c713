"""The window that finds everywhere: words and filters above, hits by notebook and talk below, all by keys."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions import find
from desktopnotes.actions.find_all import Everywhere, Scope
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Notebook
from desktopnotes.model.search import Place, Query, Text, hit_of, read_query
from desktopnotes.storage.library import Found, shown_name
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.find_filters import FilterButton, tags_of
from desktopnotes.ui.finding import ALL, NOTEBOOK, TALK
from desktopnotes.ui.hit_list import HitList, Line, Piece, marked
from desktopnotes.ui.letters import with_letter
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _, number

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

TITLE = _("Find Everywhere")

_CAPTIONS, _LETTER = with_letter(_("&Captions"))

_KEYS = _(
    "↑ ↓ choose    Enter goes there    Ctrl+Enter shows its moment    Alt+1 2 3 where    "
    "Alt+{letter} captions"
).format(letter=_CAPTIONS[_LETTER].upper())
_HINT = _('Words in any order, a "phrase" in quotes, kind:question, #tag, has:snapshot')
_MOST_LISTED = 2000
"""Nobody goes through more; so many lines more for each letter would hold up the window."""

_WAIT_MS = 60
"""After the last key so long nothing is drawn anew, so that quick typing draws once."""

_SIGNS = {"quote": "“", "question": "?", "link": "↗", "chapter": "=", "private": "×"}
_PLACES = {
    Place.CAPTION: _("said"),
    Place.SAID: _("said"),
    Place.ALT: _("picture"),
    Place.TITLE: _("title"),
    Place.SPEAKERS: _("speakers"),
    Place.TAGS: _("tags"),
    Place.WRITE_UP: _("write-up"),
    Place.POST_TITLE: _("post"),
    Place.INTRODUCTION: _("intro"),
    Place.CLOSING: _("closing"),
}

Listed = tuple[Path, Text]
"""A text that was found, and the notebook it is in."""


def open_find_window(window: Window, words: str | None, scope: str) -> None:
    """Opens it, or goes to it where it is open already; `words` None, `scope` "": as last time."""
    for child in window.root.winfo_children():
        if isinstance(child, FindWindow):
            child.ask(words, scope)
            return
    FindWindow(window, words, scope)


class FindWindow(Dialog):
    """It stands beside the main window, and goes when a hit is gone to."""

    def __init__(self, window: Window, words: str | None, scope: str) -> None:
        super().__init__(window.root, window.theme, TITLE)
        self._window = window
        self._last = window.parts.finding.remembered
        self._everywhere = Everywhere(window.session, self._take, self._end)
        self._query = Query()
        self._group: tuple[object, ...] = ()
        self._job = ""
        self._is_looking = False
        self._count = 0
        self._wanted = self._last.chosen if words is None else 0
        self.words = tkinter.StringVar(self, self._last.words if words is None else words)
        self.scope = tkinter.StringVar(self, scope or self._last.scope)
        self.captions = tkinter.BooleanVar(self, self._last.captions)
        for variable in (self.words, self.scope, self.captions):
            end_with(self, variable)
            variable.trace_add("write", lambda *_: self._search_soon())
        self._build()
        self.bind("<Destroy>", self._on_destroy, add=True)
        self.minsize(window.theme.px(520), window.theme.px(320))
        self.show(self.entry)
        self.grab_release()  # it stands beside the main window
        self.entry.selection_range(0, "end")
        self.entry.icursor("end")
        self._search()

    def _build(self) -> None:
        px, session = self._window.theme.px, self._window.session
        self.said = ttk.Label(self.body, style="Muted.TLabel", text=_KEYS)
        self.said.pack(side="bottom", anchor="w", pady=(px(8), 0))
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        self.entry = ttk.Entry(row, textvariable=self.words, width=30)
        self.entry.pack(side="left", fill="x", expand=True)
        captions = ttk.Checkbutton(row, text=_CAPTIONS, variable=self.captions, underline=_LETTER)
        captions.pack(side="right", padx=(px(6), 0))
        names = (TALK, NOTEBOOK, ALL)
        scope = ttk.Menubutton(row, textvariable=self.scope, takefocus=True)
        menu = tkinter.Menu(scope, tearoff=False)
        for digit, name in enumerate(names, 1):
            menu.add_radiobutton(label=name, variable=self.scope, value=name, accelerator=f"Alt+{digit}")
            self.bind(f"<Alt-Key-{digit}>", lambda _, name=name: self._set_scope(name))  # type: ignore[misc]
        scope.configure(menu=menu)
        scope.pack(side="right")
        self.filters = FilterButton(row, self.words, lambda: tags_of(session.notebook), self._back)
        self.filters.pack(side="right", padx=(px(6), 0))
        self.bind(f"<Alt-{_CAPTIONS[_LETTER].lower()}>", lambda _: self.captions.set(not self.captions.get()))
        self.hits: HitList[Listed] = HitList(self.body, self._window.theme, height=20, width=92)
        self.hits.pack(fill="both", expand=True, pady=(px(8), 0))
        self.hits.on_open = self._go
        self.hits.bind_keys(self.entry)
        for widget in (self.entry, self.hits.text):
            widget.bind("<Return>", lambda _: self._go())
            widget.bind("<KP_Enter>", lambda _: self._go())
            widget.bind("<Control-Return>", lambda _: self._go(show_moment=True))
        self.count = ttk.Label(self.entry, style="Muted.TLabel")
        self._window.theme.follow(self.count, self._dress)

    def _dress(self) -> None:
        self.count.configure(background=self._window.theme.palette.field)

    def _back(self) -> None:
        self.entry.focus_set()
        self.entry.icursor("end")

    def _set_scope(self, name: str) -> str:
        self.scope.set(name)
        return "break"

    def ask(self, words: str | None, scope: str) -> None:  # type: ignore[override]
        """Looks for other words in the open window."""
        self.lift()
        self.entry.focus_force()
        if words is not None:
            self.words.set(words)
        if scope:
            self.scope.set(scope)
        self.entry.selection_range(0, "end")

    def _on_destroy(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self:
            self._everywhere.cancel()
            if self._job:
                self.after_cancel(self._job)

    # --- looking -------------------------------------------------------------------------------------

    def _search_soon(self) -> None:
        """What is looked for already is given up at once; the new words wait for the next letter a little."""
        self._everywhere.cancel()
        self._wanted = 0
        if self._job:
            self.after_cancel(self._job)
        self._job = self.after(_WAIT_MS, self._search)

    def _search(self) -> None:
        self._job = ""
        self._query = read_query(self.words.get())
        self._group, self._count = (), 0
        self.hits.clear()
        self._remember()
        self._say_count("" if self._query.is_empty else "…")
        self.said.configure(text=_HINT if self._query.is_empty else _KEYS)
        self._is_looking = True
        scope = self.scope.get()
        talk_id = self._window.session.talk_id if scope == TALK else ""
        wanted = Scope(talk_id, all_notebooks=scope == ALL, captions=self.captions.get())
        self._everywhere.begin(self._query, wanted)

    def _remember(self) -> None:
        last = self._last
        last.words, last.scope, last.captions = self.words.get(), self.scope.get(), self.captions.get()

    @property
    def is_looking(self) -> bool:
        """Whether not all is looked through yet."""
        return bool(self._job) or self._is_looking

    def _take(self, found: Found) -> None:
        lines = []
        self._count += len(found.texts)
        for text in found.texts[: max(0, _MOST_LISTED - len(self.hits.lines))]:
            group = (
                found.path,
                text.talk_id if not text.post_id else "",
                text.post_id,
                text.place == Place.SAID,
            )
            heading = "" if group == self._group else self._heading(found.path, found.notebook, text)
            self._group = group
            lines.append(Line((found.path, text), self._pieces, heading))
        self.hits.add(lines)
        if self._wanted and len(self.hits.lines) > self._wanted:
            self.hits.choose(self._wanted)
            self._wanted = 0
        self._say_count(number(self._count))

    def _heading(self, path: Path, notebook: Notebook, text: Text) -> str:
        talk, post = notebook.talk(text.talk_id), notebook.post(text.post_id)
        name = post.title if post else talk.title if talk else ""
        parts = [name or _("Untitled")]
        if text.place == Place.SAID:
            parts.append(_("captions"))
        if self.scope.get() == ALL:
            parts.insert(0, notebook.title or shown_name(path))
        return "  ·  ".join(parts)

    def _pieces(self, listed: Listed) -> Sequence[Piece]:
        hit = hit_of(self._query, listed[1])
        what = _PLACES.get(hit.place, "")
        stamp = timecode.clock(hit.at_ms) if hit.at_ms is not None else ""
        beside: list[Piece] = [(stamp, "stamp")] if stamp else [(what, "quiet")]
        if sign := _SIGNS.get(hit.kind, ""):
            beside.append((f" {sign}", "sign"))
        before: list[Piece] = []
        if stamp and what and hit.place != Place.SAID:
            before.append((f"{what}: ", "quiet"))
        words = marked(hit.text, hit.spans) or [
            (_("empty, with a snapshot") if hit.note_id else _("empty"), "quiet")
        ]
        return [*beside, ("\t", ""), *before, *words]

    def _end(self, unread: tuple[str, ...]) -> None:
        """All is looked through."""
        self._is_looking = False
        count = self._count
        if self._query.is_empty:
            self._say_count("")
            return
        self._say_count(number(count) if count else _("no hits"))
        if count > len(self.hits.lines):
            self.said.configure(
                text=_("The first {count} are listed: another word finds fewer.").format(
                    count=number(_MOST_LISTED)
                )
            )
        if unread:
            words = (
                _("Could not be read and were left out: {names} and others.")
                if len(unread) > 3
                else _("Could not be read and were left out: {names}.")
            )
            self.said.configure(text=words.format(names=", ".join(f"“{name}”" for name in unread[:3])))

    def _say_count(self, said: str) -> None:
        self.count.configure(text=said)
        if said:
            self.count.place(relx=1.0, x=-self._window.theme.px(8), rely=0.5, anchor="e")
        else:
            self.count.place_forget()

    # --- going ---------------------------------------------------------------------------------------

    def _go(self, *, show_moment: bool = False) -> str:
        if self._job:  # Enter is quicker than the last letters' search: it is for what they will find
            self.after_cancel(self._job)
            self._search()
        listed = self.hits.thing
        if listed is not None:
            self._last.chosen = self.hits.chosen
            window, (path, text) = self._window, listed
            hit = hit_of(self._query, text)
            self.destroy()
            window.gate.run(lambda: find.go_to(window.session, path, hit, show_moment=show_moment))
        return "break"
