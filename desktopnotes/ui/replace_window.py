"""The window that replaces: every place is shown before and after, and only the ticked ones are changed."""

from __future__ import annotations

import tkinter
from collections.abc import Iterable, Iterator, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions import find
from desktopnotes.actions.pieces import goes_on
from desktopnotes.model import replacing, timecode
from desktopnotes.model.replacing import Replacement
from desktopnotes.model.search import Finder, Place, Text
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.finding import NOTEBOOK, TALK
from desktopnotes.ui.hit_list import HitList, Line, Piece, one_line
from desktopnotes.ui.letters import with_letter
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _, number

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

TITLE = _("Replace")

_WAIT_MS = 60
_AROUND = 26
"""So many letters are shown on either side of a place."""

_PLACES = {Place.WRITE_UP: _("write-up"), Place.INTRODUCTION: _("intro"), Place.CLOSING: _("closing")}
_KEYS = _("Space in the list takes a place out    Ctrl+A all or none    Enter replaces")


class ReplaceWindow(Dialog):
    """It has the keyboard until it is answered, so that what it shows is what it changes."""

    def __init__(self, window: Window, words: str) -> None:
        super().__init__(window.root, window.theme, TITLE)
        self._window = window
        self._finder = Finder()
        self._job = ""
        self._is_stale = False
        self._left_out: set[int] = set()
        self._group: tuple[str, str] = ("", "")
        self._under_way: Iterator[list[Text]] = iter(())
        self.wanted = tkinter.StringVar(self, words)
        self.new = tkinter.StringVar(self)
        self.scope = tkinter.StringVar(self, TALK)
        self.exact = tkinter.BooleanVar(self, False)
        for variable in (self.wanted, self.new, self.scope, self.exact):
            end_with(self, variable)
            variable.trace_add("write", lambda *_: self._look_soon())
        self._build()
        self.bind("<Destroy>", self._on_destroy, add=True)
        self.minsize(window.theme.px(560), window.theme.px(340))
        self.show(self.entry if not words else self.new_entry)
        self._look()

    def _build(self) -> None:
        theme, px = self._window.theme, self._window.theme.px
        foot = ttk.Frame(self.body)
        foot.pack(side="bottom", fill="x", pady=(px(10), 0))
        self.said = ttk.Label(foot, style="Muted.TLabel", text=_KEYS)
        self.said.pack(side="left")
        self.button = ttk.Button(foot, text=_("Replace"), style="Accent.TButton", command=self._replace)
        self.button.pack(side="right")
        cancel = ttk.Button(foot, text=_("Cancel"), command=self.destroy)
        cancel.pack(side="right", padx=px(8))
        cancel.lower(self.button)  # so Tab goes from left to right
        top = ttk.Frame(self.body)
        top.pack(fill="x")
        self.entry = self._row(top, 0, _("Find"), self.wanted)
        self.new_entry = self._row(top, 1, _("Replace by"), self.new)
        top.columnconfigure(1, weight=1)
        scope = ttk.Menubutton(top, textvariable=self.scope, takefocus=True)
        menu = tkinter.Menu(scope, tearoff=False)
        for digit, name in enumerate((TALK, NOTEBOOK), 1):
            menu.add_radiobutton(label=name, variable=self.scope, value=name, accelerator=f"Alt+{digit}")
            self.bind(f"<Alt-Key-{digit}>", lambda _, name=name: self._set_scope(name))  # type: ignore[misc]
        scope.configure(menu=menu)
        scope.grid(row=0, column=2, sticky="w", padx=(px(8), 0))
        label, letter = with_letter(_("&Exactly as written"))
        exact = ttk.Checkbutton(top, text=label, variable=self.exact, underline=letter)
        exact.grid(row=1, column=2, sticky="w", padx=(px(12), 0))
        self.bind(f"<Alt-{label[letter].lower()}>", lambda _: self.exact.set(not self.exact.get()))
        self.places: HitList[Replacement] = HitList(self.body, theme, height=16, width=92, boxes=True)
        self.places.pack(fill="both", expand=True, pady=(px(10), 0))
        self.places.on_tick = self._toggle
        self.places.on_open = self._replace
        self.places.text.bind("<Control-a>", lambda _: self._toggle_all())
        self.button.bind("<Return>", lambda _: self._replace())
        cancel.bind("<Return>", lambda _: self.destroy())

    def _row(self, top: ttk.Frame, row: int, label: str, variable: tkinter.StringVar) -> ttk.Entry:
        px = self._window.theme.px
        ttk.Label(top, text=label, style="Muted.TLabel").grid(row=row, column=0, sticky="w", padx=(0, px(10)))
        entry = ttk.Entry(top, textvariable=variable, width=40)
        entry.grid(row=row, column=1, sticky="we", pady=px(3))
        entry.bind("<Return>", lambda _: self._enter(entry))
        entry.bind("<KP_Enter>", lambda _: self._enter(entry))
        self.bind("<Alt-l>", lambda _: self.places.text.focus_set())
        entry.bind("<Down>", lambda _: self.places.text.focus_set())
        return entry

    def _enter(self, entry: ttk.Entry) -> None:
        """Enter goes on from the words to those in their place, and then replaces."""
        if entry is self.entry:
            self.new_entry.focus_set()
        else:
            self._replace()

    def _set_scope(self, name: str) -> str:
        self.scope.set(name)
        return "break"

    def _on_destroy(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self and self._job:
            self.after_cancel(self._job)

    # --- looking -------------------------------------------------------------------------------------

    def _look_soon(self) -> None:
        self._is_stale = True
        if self._job:
            self.after_cancel(self._job)
        self._job = self.after(_WAIT_MS, self._look)

    def _look(self) -> None:
        session = self._window.session
        if self._job:
            self.after_cancel(self._job)
        self._is_stale = False
        self._left_out.clear()
        self._group = ("", "")
        self.places.clear()
        query = replacing.query_of(self.wanted.get())
        talk_id = session.talk_id if self.scope.get() == TALK else ""
        self._under_way = iter(()) if query.is_empty else self._finder.find(query, session.notebook, talk_id)
        self._go_on()

    def _go_on(self) -> None:
        self._job = ""
        wanted, new, exact = self.wanted.get(), self.new.get(), self.exact.get()

        def add(texts: Iterable[Text]) -> None:
            for text in texts:
                for one in replacing.in_text(text, wanted, new, exact=exact):
                    self.places.add([self._line(one)])

        if goes_on(map(add, self._under_way)):
            self._job = self.after(1, self._go_on)
        self._say()

    def _line(self, one: Replacement) -> Line[Replacement]:
        notebook = self._window.session.notebook
        group = (
            (one.talk_id, "") if one.place not in (Place.INTRODUCTION, Place.CLOSING) else ("", one.owner_id)
        )
        heading = ""
        if group != self._group:
            self._group = group
            talk, post = notebook.talk(one.talk_id), notebook.post(group[1])
            heading = (post.title if post else talk.title if talk else "") or _("Untitled")
        number = len(self.places.lines)
        return Line(one, self._pieces, heading, lambda _: number not in self._left_out)

    @staticmethod
    def _pieces(one: Replacement) -> Sequence[Piece]:
        start, end = one.span
        before, behind = one.text[max(0, start - _AROUND) : start], one.text[end : end + _AROUND]
        around = (
            ("…" if start > _AROUND else "") + one_line(before),
            one_line(behind) + ("…" if len(one.text) > end + _AROUND else ""),
        )
        stamp = timecode.clock(one.at_ms) if one.at_ms is not None else _PLACES.get(one.place, "")
        after: list[Piece] = [(around[0], ""), (one_line(one.new), "new"), (around[1], "")]
        if not one.after.strip():
            after = [(_("nothing is left"), "quiet")]
        return [
            (stamp, "stamp" if one.at_ms is not None else "quiet"),
            ("\t", ""),
            (around[0], ""),
            (one_line(one.old), "hit"),
            (around[1], ""),
            ("   →   ", "quiet"),
            *after,
        ]

    def _say(self) -> None:
        """How many places there are, and what the button does."""
        count, chosen = len(self.places.lines), len(self.places.lines) - len(self._left_out)
        self.button.configure(
            text=_("Replace {count}").format(count=number(chosen)) if chosen else _("Replace")
        )
        self.button.state(["!disabled" if chosen else "disabled"])
        if not self.wanted.get().strip() or not count:
            self.said.configure(
                text=_("Nothing here has these words.") if self.wanted.get().strip() else _KEYS
            )
        elif self._left_out:
            self.said.configure(
                text=_("{chosen} of {count} places. The others stay as they are.").format(
                    chosen=number(chosen), count=number(count)
                )
            )
        else:
            self.said.configure(text=_KEYS)

    # --- ticks ---------------------------------------------------------------------------------------

    def _toggle(self, number: int) -> None:
        if self._is_stale:  # what is seen is not yet what the words find: looking anew would forget the tick
            chosen = self.places.chosen
            self._look()
            self.places.choose(chosen)
        if 0 <= number < len(self.places.lines):
            self._left_out ^= {number}
            self.places.draw_again(number)
            self._say()

    def _toggle_all(self) -> str:
        """Ticks all; where all are ticked, none."""
        every = set(range(len(self.places.lines)))
        self._left_out = set() if self._left_out else every
        for each in every:
            self.places.draw_again(each)
        self._say()
        return "break"

    def _replace(self) -> None:
        if self._is_stale:  # Enter is quicker than the last letters' search
            self._look()
        while self._job:
            self.after_cancel(self._job)
            self._go_on()
        chosen = [line.thing for i, line in enumerate(self.places.lines) if i not in self._left_out]
        if chosen:
            window = self._window
            self.destroy()
            window.gate.run(find.replace_these, window.session, chosen)
