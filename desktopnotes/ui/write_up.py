"""The write-up under the video: the talk's paragraphs in the post; where it is empty, a grey suggestion."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.actions import talk
from desktopnotes.model.notebook import Post, Talk
from desktopnotes.session import Session
from desktopnotes.ui.key_words import Own, with_keys
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.written_text import Owner, WrittenText
from desktopnotes.words import _


class WriteUp(ttk.Frame):
    """Its heading, and the text of the open talk."""

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session]) -> None:
        super().__init__(master)
        head = ttk.Frame(self)
        ttk.Label(head, text=_("Write-up"), style="Heading.TLabel").pack(side="left")
        self._hint = ttk.Label(head, style="Status.TLabel")
        self._hint.pack(side="right")
        head.pack(fill="x", pady=(theme.px(6), theme.px(4)))
        owner = Owner(
            lambda: session().talk, text_of, lambda text: talk.type_write_up(session(), text), suggested_of
        )
        self.written = WrittenText(self, theme, session, owner, height=4)
        self.text = self.written.text
        self.text.pack(side="left", fill="both", expand=True)
        self.draw = self.written.draw

    def say_keys(self, own: Own) -> None:
        self._hint.configure(
            text=with_keys(_("the paragraph in the post · {notes.write_up} adds a note"), own)
        )


def text_of(owner: Talk | Post) -> str:
    """A talk's write-up."""
    return owner.write_up if isinstance(owner, Talk) else ""


def suggested_of(owner: Talk | Post) -> str:
    return talk.suggestion(owner) if isinstance(owner, Talk) else ""
