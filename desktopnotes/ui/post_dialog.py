"""Title, date, introduction and closing of a post, in a window of their own."""

from __future__ import annotations

import tkinter
from dataclasses import replace
from datetime import date
from tkinter import ttk

from desktopnotes.model import talk_edits
from desktopnotes.model.notebook import Post
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import READ_ONLY, Dialog
from desktopnotes.ui.theme import Theme


def open_post_dialog(master: tkinter.Misc, theme: Theme, session: Session, post: Post) -> None:
    """Opens the fields of `post`; what they hold is taken over when the window is closed, as one step."""
    PostDialog(master, theme, session, post)


class PostDialog(Dialog):
    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session, post: Post) -> None:
        super().__init__(master, theme, "Title and Introduction")
        self._session = session
        self._post = post
        self._theme = theme
        self.heading = self._entry("Title", post.title)
        self.date = self._entry("Date, as 2018-01-12", post.date)
        self.intro = self._text("Introduction", post.intro, 7)
        self.closing = self._text("Closing", post.closing, 3)
        self._said = ttk.Label(self.body, style="Error.TLabel")
        self._said.pack(anchor="w")
        self.done = ttk.Button(self.body, text="Done", style="Accent.TButton", command=self.take)
        self.done.pack(anchor="e")
        if session.read_only:
            self.only_read()
            self._said.configure(text=READ_ONLY, style="Muted.TLabel")
            self.done.configure(text="Close", state="normal")
        self.protocol("WM_DELETE_WINDOW", self.take)
        self.bind("<Escape>", lambda _: self.take())
        self.show(self.heading)

    def _entry(self, label: str, text: str) -> ttk.Entry:
        ttk.Label(self.body, text=label, style="Muted.TLabel").pack(anchor="w")
        entry = ttk.Entry(self.body, width=70)
        entry.insert(0, text)
        entry.pack(fill="x", pady=(0, self._theme.px(8)))
        return entry

    def _text(self, label: str, text: str, height: int) -> tkinter.Text:
        ttk.Label(self.body, text=label, style="Muted.TLabel").pack(anchor="w")
        field = tkinter.Text(self.body, width=70, height=height, wrap="word", undo=True)
        field.insert("1.0", text)
        field.edit_reset()
        field.bind("<Tab>", lambda _: self._go_on(field))
        field.pack(fill="both", expand=True, pady=(0, self._theme.px(8)))
        return field

    @staticmethod
    def _go_on(field: tkinter.Text) -> str:
        field.tk_focusNext().focus_set()  # type: ignore[union-attr]
        return "break"

    def take(self) -> None:
        """Takes the fields over; a date that is none is told, and the window stays."""
        if self._session.read_only:
            self.destroy()
            return
        typed = self.date.get().strip()
        try:
            if typed:
                date.fromisoformat(typed)
        except ValueError:
            self._said.configure(text=f"“{typed}” is not a date: write it as 2018-01-12.")
            self.date.focus_set()
            return
        changed = replace(
            self._post,
            title=self.heading.get().strip(),
            date=typed,
            intro=self.intro.get("1.0", "end-1c").strip("\n"),
            closing=self.closing.get("1.0", "end-1c").strip("\n"),
        )
        self.destroy()  # first: whatever cannot be done must not keep the window, which holds the keyboard
        self._session.do("Title and Introduction", talk_edits.set_post(self._session.notebook, changed))
