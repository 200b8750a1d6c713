"""What stands over the two halves of the post view: the part and whether it is out, styles, sites, Export."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from datetime import date
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes import commands
from desktopnotes.actions.post import date_remark
from desktopnotes.model.grouping import short_title
from desktopnotes.model.shortening import to_letters, to_width
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.key_words import key_of
from desktopnotes.ui.shortened import Shortened
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.commands import Command
    from desktopnotes.model.notebook import Post
    from desktopnotes.session import Session
    from desktopnotes.ui.menus import Menus
    from desktopnotes.ui.theme import Theme

_MONTHS = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
_CHOSEN = ("post.style", "post.site")
_PARTS = ("post.new_part", "post.published")
"""What stands below the parts in their menu; to remove one is in it already, as in the menu Post."""


def out_words(post: Post, today: date) -> str:
    """ "published Jan 12": whether a post is out, and since when; the year where it is not this one."""
    if post.published is None:
        return _("not published yet")
    try:
        day = date.fromisoformat(post.published.date)
    except ValueError:
        return _("published")
    words = _("published {month} {day}") if day.year == today.year else _("published {month} {day}, {year}")
    return words.format(month=_MONTHS[day.month - 1], day=day.day, year=day.year)


class PostHead(ttk.Frame):
    """Over the left half: which part is shown, with a menu of the others, and whether it is published."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        choose: Callable[[int, int], object],
        publish: Callable[[], None],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._title = ""
        self.published = ttk.Button(self, style="Quiet.TButton", command=publish)
        self.published.pack(side="right")
        self.part = ttk.Button(self, style="Part.TButton", command=lambda: below(self.part, choose))
        self.part.pack(side="left")
        self.bind("<Configure>", lambda _: self._fit(), add=True)

    def show(self, post: Post | None) -> None:
        self._title = " ".join(short_title(post).split()) if post else _("No post yet")
        if post is None:
            self.published.pack_forget()
        elif not self.published.winfo_manager():
            self.published.pack(side="right", before=self.part)
        if post is not None:
            self.published.configure(text=out_words(post, date.today()))
        self._fit()

    def _fit(self) -> None:
        room = self.winfo_width() - self.published.winfo_reqwidth() - self._theme.px(40)
        measure = self._theme.fonts.title.measure
        text = to_width(self._title, room, measure) if room > 0 else self._title
        self.part.configure(text=f"{text} ▾")


class PreviewHead(ttk.Frame):
    """Over the right half: style and site with their menus, and Export as the one coloured button."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        session: Callable[[], Session],
        menus: Menus,
        run: Callable[[Command], None],
    ) -> None:
        super().__init__(master)
        self._session = session
        px = theme.px
        self._command = commands.by_id("post.export")
        self.export = ttk.Button(self, style="Accent.TButton", command=lambda: run(self._command))
        self.export.pack(side="right")
        self.choices: dict[str, ttk.Button] = {}
        there = {command.id: command for command in commands.COMMANDS}
        for name in reversed(_CHOSEN):
            if name in there:
                self._add(there[name], menus, px(8))
        self._words = Shortened(self, theme, style="Heading.TLabel")
        self._words.show(_("Preview"))
        self._words.pack(side="left", fill="x", expand=True)

    def _add(self, command: Command, menus: Menus, gap: int) -> None:
        def choose() -> None:
            below(button, lambda x, y: menus.pop_up(command, x, y))

        button = ttk.Button(self, command=choose)
        button.pack(side="right", padx=(0, gap))
        self.choices[command.id] = button

    def draw(self) -> None:
        """Says what is chosen now."""
        session = self._session()
        key = key_of("post.export", session.settings.keys)
        self.export.configure(text=_("Export") + (f"  {key}" if key else ""))
        self.export.state(["!disabled" if self._command.enabled(session) else "disabled"])
        for name, button in self.choices.items():
            command = commands.by_id(name)
            choices = command.choices(session) if command.choices else ()
            chosen = next((choice.label for choice in choices if choice.chosen), command.label)
            button.configure(text=f"{to_letters(chosen, 18)} ▾")


def below(button: ttk.Button, choose: Callable[[int, int], object]) -> None:
    """Calls `choose` with the place of the screen right below a button."""
    choose(button.winfo_rootx(), button.winfo_rooty() + button.winfo_height())


def pop_up_parts(menus: Menus, x: int, y: int) -> None:
    """The posts of the notebook, and what can be done with them."""
    parts = commands.by_id("post.parts")
    menus.pop_up(parts, x, y, more=[commands.by_id(name) for name in _PARTS])


class NoPost(ttk.Frame):
    """What stands in place of the fields while there is no post: `make` makes the first."""

    def __init__(self, master: tkinter.Misc, theme: Theme, make: Callable[[], None]) -> None:
        px = theme.px
        super().__init__(master, padding=(0, px(12), px(6), 0))
        words = _("This notebook has no post yet. A part takes the talks that stand in none, in their order.")
        label = ttk.Label(self, text=words, style="Muted.TLabel", justify="left")
        label.pack(fill="x")
        label.bind(
            "<Configure>", lambda event: label.configure(wraplength=max(1, event.width - px(4))), add=True
        )
        self.make = ttk.Button(self, text=_("New Part"), style="Accent.TButton", command=make)
        self.make.pack(anchor="w", pady=(px(10), 0))


class Published(ttk.Frame):
    """When and where the post came out, in a row that is there while it is asked."""

    def __init__(
        self, master: tkinter.Misc, theme: Theme, take: Callable[[str, str], bool], gone: Callable[[], None]
    ) -> None:
        super().__init__(master)
        self._take = take
        self._gone = gone
        px = theme.px
        ttk.Label(self, text=_("Published on"), style="Status.TLabel").grid(row=0, column=0, sticky="w")
        ttk.Label(self, text=_("at the address"), style="Status.TLabel").grid(row=0, column=1, sticky="w")
        self.day = ttk.Entry(self, width=12)
        self.day.grid(row=1, column=0, padx=(0, px(8)), sticky="we")
        self.url = ttk.Entry(self, width=10)
        self.url.grid(row=1, column=1, padx=(0, px(8)), sticky="we")
        self.ok = ttk.Button(self, text=_("OK"), command=self._press)
        self.ok.grid(row=1, column=2)
        hint = _("With neither it is not published.")
        ttk.Label(self, text=hint, style="Status.TLabel").grid(row=2, column=0, columnspan=3, sticky="w")
        self.columnconfigure(1, weight=1)
        for widget in (self.day, self.url, self.ok):
            widget.bind("<Escape>", lambda _: and_break(self._gone))
            for key in ("<Return>", "<KP_Enter>"):
                widget.bind(key, lambda _: and_break(self._press))

    def open(self, post: Post) -> None:
        """Fills the row: of a post that is not out yet with today."""
        out = post.published
        for entry, text in (
            (self.day, out.date if out else date.today().isoformat()),
            (self.url, out.url if out else ""),
        ):
            entry.delete(0, "end")
            entry.insert(0, text)
            entry.state(["!invalid"])
        self.day.focus_set()
        self.day.selection_range(0, "end")
        self.day.icursor("end")

    def _press(self) -> None:
        is_taken = self._take(self.day.get(), self.url.get())
        wrong = None if is_taken else self.day if date_remark(self.day.get()) else self.url
        for entry in (self.day, self.url):
            entry.state(["invalid" if entry is wrong else "!invalid"])
        if wrong is None:
            self._gone()
        else:
            wrong.focus_set()
