"""What the posts of the author's site have in common: shown with an example, changed, left out, kept."""

from __future__ import annotations

import tkinter
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions import learning
from desktopnotes.actions.learning import Row
from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.focus import go_on
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.export.conventions import Conventions
    from desktopnotes.export.learning import Learned

TITLE = _("Learn from My Site")

_FRONTS = ("yaml", "toml")
_LETTERS = 70


def open_learn_window(
    master: tkinter.Tk, theme: Theme, session: Session, gate: Gate, learned: Learned
) -> None:
    LearnWindow(master, theme, session, gate, learned)


class LearnWindow(Dialog):
    """A row for each thing, ticked; the example below says what they come to. Enter keeps, Esc does not."""

    def __init__(
        self, master: tkinter.Tk, theme: Theme, session: Session, gate: Gate, learned: Learned
    ) -> None:
        super().__init__(master, theme, TITLE)
        self._session = session
        self._gate = gate
        self._learned = learned
        self.fields: dict[str, _Field] = {}
        px = theme.px
        heading = _("“{folder}” is built by {site}").format(
            folder=to_letters(learned.folder.name, 40), site=learning.title(learned.site)
        )
        if learned.site == "plain":
            heading = _("“{folder}” holds {site}").format(
                folder=to_letters(learned.folder.name, 40), site=learning.title(learned.site)
            )
        ttk.Label(self.body, text=heading, style="Heading.TLabel").pack(anchor="w")
        ttk.Label(self.body, text=self._from_what(), style="Muted.TLabel", wraplength=px(560)).pack(
            anchor="w", pady=(px(2), px(8))
        )
        self._foot()  # first, so that it keeps its room
        self._build_rows()
        ttk.Label(self.body, text=_("A new post"), style="Muted.TLabel").pack(anchor="w", pady=(px(8), px(2)))
        self.example = tkinter.Text(self.body, width=68, height=10, font=theme.fonts.mono, takefocus=True)
        self.example.bind("<Tab>", lambda _: go_on(self.example))
        self.example.tag_configure("file", foreground=theme.palette.accent, spacing3=px(4))
        self.example.pack(fill="both", expand=True)
        self.foot.lift()  # and comes last by Tab
        self.draw()
        first = next(iter(self.fields.values()), None)
        self.show(first.tick if first else self.example)

    def _from_what(self) -> str:
        if not self._learned.posts:
            return _("It has no posts yet, so new ones are as is usual there.")
        count, newest = self._learned.posts, to_letters(self._learned.newest, _LETTERS)
        return ngettext(
            "What its only post has; the newest is {newest}. Change it, or untick what new posts should "
            "not have.",
            "What its {count} newest posts have in common; the newest is {newest}. Change it, or untick "
            "what new posts should not have.",
            count,
        ).format(count=count, newest=newest)

    def _foot(self) -> None:
        foot = self.foot = ttk.Frame(self.body)
        foot.pack(side="bottom", fill="x")
        body, self.body = self.body, foot
        self.said = ttk.Label(foot, style="Error.TLabel", wraplength=self._theme.px(560))
        self.said.pack(anchor="w", pady=(self._theme.px(4), 0))
        self.add_answers(_("Use for New Posts"), self.take)
        self.body = body

    def _build_rows(self) -> None:
        px = self._theme.px
        table = ttk.Frame(self.body)
        table.pack(fill="x")
        table.columnconfigure(1, weight=1)
        for index, row in enumerate(learning.rows(self._learned.conventions)):
            field = self.fields[row.name] = _Field(table, row, self.draw)
            field.tick.grid(row=index, column=0, sticky="w", padx=(0, px(12)), pady=px(2))
            field.entry.grid(row=index, column=1, sticky="we", pady=px(2))

    # --- what it says ----------------------------------------------------------------------------------

    def _made(self) -> Conventions | None:
        """What the rows say; where no file could be called so, that is told."""
        texts = {name: field.text.get() for name, field in self.fields.items() if field.is_on.get()}
        try:
            made = learning.made(self._learned.conventions, texts)
        except UserError as error:
            self.said.configure(text=str(error))
            return None
        self.said.configure(text="")
        return made

    def draw(self) -> None:
        made = self._made()
        if made is None:
            return
        event = self._session.notebook.title
        name, head = learning.example(made, self._learned.site, event)
        self.example.configure(state="normal")
        self.example.delete("1.0", "end")
        self.example.insert("end", f"{name}\n", "file", head)
        self.example.configure(state="disabled", height=min(14, head.count("\n") + 3))

    def take(self) -> None:
        made = self._made()
        if made is not None:
            self.destroy()
            self._gate.run(learning.take, self._session, self._learned, made)


class _Field:
    """A row: whether it is to be, and what it says."""

    def __init__(self, master: tkinter.Misc, row: Row, changed: object) -> None:
        self.is_on = tkinter.BooleanVar(master, True)
        self.text = tkinter.StringVar(master, row.text)
        end_with(master, self.is_on)
        end_with(master, self.text)
        self._changed = changed
        self.tick = ttk.Checkbutton(master, text=row.label, variable=self.is_on, command=self._draw)
        if row.name == "front":
            self.entry: ttk.Entry = ttk.Combobox(
                master, textvariable=self.text, values=_FRONTS, state="readonly"
            )
        else:
            self.entry = ttk.Entry(master, textvariable=self.text)
        self.text.trace_add("write", lambda *_: self._draw())

    def _draw(self) -> None:
        usable = "readonly" if isinstance(self.entry, ttk.Combobox) else "!disabled"
        self.entry.state([usable] if self.is_on.get() else ["disabled"])
        if self.is_on.get():
            self.entry.state(["!disabled"])
        if callable(self._changed):
            self._changed()
