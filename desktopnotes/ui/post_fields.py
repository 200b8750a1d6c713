"""The fields of a post: title, date, details that unfold, introduction and closing; undone step by step."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions import post_view, talk_data
from desktopnotes.actions.post import date_remark
from desktopnotes.model.notebook import Post, Talk
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.post_entry import PostEntry, Value
from desktopnotes.ui.variables import end_with
from desktopnotes.ui.written_text import Owner, WrittenText
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.session import Session
    from desktopnotes.ui.theme import Theme

_DETAILS = {"slug": _("Slug"), "tags": _("Tags"), "description": _("Description"), "lang": _("Language")}
_HINTS = {
    "slug": _("Its name in addresses; made of the title where none is given."),
    "tags": _("With commas between them."),
    "description": _("A sentence for lists of posts and search engines."),
    "lang": _("As en, de or pt-BR: it decides quotation marks and how dates look."),
}
_OF_DRAFT = _("While it is one, the site does not show the post.")
_MOST_LINES = {"intro": 8, "closing": 5}


class PostFields:
    """`entries` and `texts` are the widgets by the names of the fields.

    The parts are built one by one, since other things stand between them.
    """

    def __init__(self, theme: Theme, session: Callable[[], Session], post: Callable[[], Post | None]) -> None:
        self._theme = theme
        self._session = session
        self._post = post
        self.entries: dict[str, PostEntry] = {}
        self.texts: dict[str, WrittenText] = {}
        self._only_read = False

    # --- building ------------------------------------------------------------------------------------

    def build_head(self, master: tkinter.Misc) -> None:
        """Title, date and details."""
        px = self._theme.px
        self._label(master, _("Title")).pack(anchor="w")
        self._entry(master, "title").pack(fill="x")
        self._label(master, _("Date")).pack(anchor="w", pady=(px(8), 0))
        row = ttk.Frame(master)
        row.pack(fill="x")
        self._entry(row, "date", width=13).pack(side="left")
        self._row = row
        self.unfold = ttk.Button(row, style="Quiet.TButton", command=self.toggle_details)
        self.unfold.pack(side="left", padx=(px(6), 0))
        row.bind("<Configure>", lambda _: self._say_details(), add=True)
        self._remark = ttk.Label(master, style="Error.TLabel", justify="left")
        self._details = ttk.Frame(master)
        self._details.columnconfigure(1, weight=1)
        for number, (name, label) in enumerate(_DETAILS.items()):
            self._label(self._details, label).grid(row=2 * number, column=0, sticky="w", padx=(0, px(10)))
            self._entry(self._details, name).grid(row=2 * number, column=1, sticky="we")
            self._hint(2 * number + 1, _HINTS[name])
        self._draft = tkinter.BooleanVar(self._details)
        end_with(self._details, self._draft)
        self.draft = ttk.Checkbutton(
            self._details, text=_("Draft"), variable=self._draft, command=self._take_draft
        )
        self.draft.grid(row=2 * len(_DETAILS), column=1, sticky="w")
        self._hint(2 * len(_DETAILS) + 1, _OF_DRAFT)
        self._say_details()

    def _hint(self, row: int, text: str) -> None:
        """What a detail is for, below it, in as many lines as it takes."""
        hint = ttk.Label(self._details, text=text, style="Status.TLabel", justify="left")
        hint.grid(row=row, column=1, sticky="we", pady=(0, self._theme.px(4)))
        hint.bind("<Configure>", lambda event: hint.configure(wraplength=max(1, event.width)), add=True)

    def build_text(self, master: tkinter.Misc, name: str, label: str, height: int) -> None:
        """The introduction or the closing."""
        self._label(master, label).pack(anchor="w", pady=(self._theme.px(8), 0))
        frame = ttk.Frame(master)
        frame.pack(fill="x")
        owner = Owner(
            self._post,
            partial(_text_of, name),
            partial(self._type, name),
            label=post_view.LABELS[name],
        )
        written = WrittenText(
            frame, self._theme, self._session, owner, height=height, then=lambda: self._fit_soon(name, height)
        )
        written.text.pack(side="left", fill="both", expand=True)
        written.text.bind("<Configure>", lambda _: self._fit_soon(name, height), add=True)
        self.texts[name] = written

    def _label(self, master: tkinter.Misc, text: str) -> ttk.Label:
        return ttk.Label(master, text=text, style="Status.TLabel")

    def _entry(self, master: tkinter.Misc, name: str, **options: int) -> PostEntry:
        value = Value(partial(self._read, name), partial(self._type, name))
        if name == "tags":
            value = Value(value.read, value.write, ", ".join, talk_data.read_tags)
        self.entries[name] = PostEntry(master, name, value, **options)
        return self.entries[name]

    def _fit_soon(self, name: str, least: int) -> None:
        """A text is as high as what is written in it, within limits."""
        text = self.texts[name].text if name in self.texts else None
        if text is not None:
            text.after_idle(lambda: fit_height(text, least, _MOST_LINES[name]))

    # --- what is typed -------------------------------------------------------------------------------

    def _read(self, name: str) -> object:
        post = self._post()
        return getattr(post, name) if post else None

    def _type(self, name: str, value: object) -> None:
        post = self._post()
        if post is not None:
            post_view.type_field(self._session(), post.id, name, value)

    def _take_draft(self) -> None:
        try:
            self._type("draft", self._draft.get())
            self._session().history.end_step()
        finally:
            self.draw()

    # --- drawing -------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Shows what the post says now."""
        post, session = self._post(), self._session()
        if session.read_only != self._only_read:
            self._only_read = session.read_only
            for entry in self.entries.values():
                entry.only_read = session.read_only
            self.draft.state(["disabled" if session.read_only else "!disabled"])
        for entry in self.entries.values():
            entry.draw()
        for written in self.texts.values():
            written.draw()
        self._draft.set(bool(post and post.draft))
        self._say_date(date_remark(post.date) if post else "")

    def _say_date(self, remark: str) -> None:
        self.entries["date"].state(["invalid" if remark else "!invalid"])
        if remark == str(self._remark.cget("text")) and bool(remark) == bool(self._remark.winfo_manager()):
            return
        self._remark.configure(text=remark)
        if remark:
            self._remark.pack(anchor="w", after=self._row)
        else:
            self._remark.pack_forget()

    # --- the details ---------------------------------------------------------------------------------

    @property
    def are_unfolded(self) -> bool:
        return bool(self._details.winfo_manager())

    def toggle_details(self) -> None:
        if self.are_unfolded:
            self._details.pack_forget()
        else:
            last = self._remark if self._remark.winfo_manager() else self._row
            self._details.pack(fill="x", pady=(self._theme.px(6), 0), after=last)
        self._say_details()
        self._details.update_idletasks()  # Tab goes by where things stand

    def _say_details(self) -> None:
        sign = "▾" if self.are_unfolded else "▸"
        words = f"{sign} " + _("Details: slug, tags, description, language, draft")
        room = self._row.winfo_width() - self.entries["date"].winfo_reqwidth() - self._theme.px(30)
        fits = room < 0 or self._theme.fonts.text.measure(words) <= room
        self.unfold.configure(text=words if fits else f"{sign} " + _("Details"))

    def go_to(self, name: str) -> None:
        """Gives the keyboard to a field, unfolding it where need be."""
        if name in _DETAILS and not self.are_unfolded:
            self.toggle_details()
        if name in self.entries:
            self.entries[name].select_all()
        elif name in self.texts:
            self.texts[name].text.focus_set()


def _text_of(name: str, owner: Talk | Post) -> str:
    return str(getattr(owner, name)) if isinstance(owner, Post) else ""


def fit_height(text: GuardedText, least: int, most: int) -> None:
    """Makes a text as many lines high as it needs, within these limits."""
    if text.winfo_exists() and text.winfo_width() > 1:
        line_px = int(text.tk.call("font", "metrics", text.cget("font"), "-linespace"))
        above_px = int(text.raw("count", "-update", "-ypixels", "1.0", "end-1c") or 0)
        wanted = min(max(least, -(-above_px // line_px) + 1), most)
        if int(str(text.cget("height"))) != wanted:
            text.configure(height=wanted)
