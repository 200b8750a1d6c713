"""The write-up under the video: the talk's paragraphs in the post; where it is empty, a grey suggestion."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from tkinter import ttk

from desktopnotes.actions import formatting, talk
from desktopnotes.model.history import TYPING
from desktopnotes.model.light_markdown import address_at
from desktopnotes.model.notebook import Talk
from desktopnotes.screen import Stretch
from desktopnotes.session import Session
from desktopnotes.ui import markdown_tags, rows
from desktopnotes.ui.guarded_text import GuardedText, characters, columns
from desktopnotes.ui.key_words import Own, with_keys
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.shown_text import Shown, shown, taken_in
from desktopnotes.ui.text_keys import TextKeys
from desktopnotes.ui.theme import Theme

_SUGGEST_MS = 500
"""How long after the last change a suggestion is composed: it costs more than a key may."""


class WriteUp(ttk.Frame):
    """A text whose every change is reported; a suggestion is shown, but never is the text.

    `offset_before` is where the caret was while a change is reported.
    """

    def __init__(self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session]) -> None:
        super().__init__(master)
        self._session = session
        self._theme = theme
        self._shown = ""
        self._as = Shown("")
        self._suggested = False
        self._suggested_for: Talk | None = None
        self._suggest_job = ""
        self.offset_before: int | None = None
        head = ttk.Frame(self)
        ttk.Label(head, text="Write-up", style="Heading.TLabel").pack(side="left")
        self._hint = ttk.Label(head, style="Status.TLabel")
        self._hint.pack(side="right")
        head.pack(fill="x", pady=(theme.px(6), theme.px(4)))
        self.text = GuardedText(self, self, wrap="word", height=4, width=20)
        self.text.pack(side="left", fill="both", expand=True)
        Scrollbar(self.text)
        TextKeys(self.text, self._open_link)
        theme.follow(self.text, self._dress)

    def _dress(self) -> None:
        markdown_tags.dress(self.text, self._theme)
        self.text.tag_configure("suggestion", foreground=self._theme.palette.muted)
        self.text.configure(spacing2=self._theme.px(2))

    def say_keys(self, own: Own) -> None:
        self._hint.configure(text=with_keys("the paragraph in the post · {notes.write_up} adds a note", own))

    def draw(self) -> None:
        """Shows the open talk's write-up, changing only what differs, so that the caret keeps its place."""
        open_talk = self._session().talk
        text = open_talk.write_up if open_talk else ""
        if not text and open_talk is not None:
            if self._suggested_for is None or self._suggested_for.id != open_talk.id:
                self._show("", is_suggestion=True)
            if self._suggested_for is not open_talk:
                if self._suggest_job:
                    self.after_cancel(self._suggest_job)
                self._suggest_job = self.after(_SUGGEST_MS, self._suggest)
        else:
            self._suggested_for = None
            self._as = shown(text)
            self._show(self._as.text, is_suggestion=False)

    def _suggest(self) -> None:
        self._suggest_job = ""
        open_talk = self._session().talk
        if open_talk is not None and not open_talk.write_up:
            self._suggested_for = open_talk
            self._show(shown(talk.suggestion(open_talk)).text, is_suggestion=True)

    def _show(self, wanted: str, *, is_suggestion: bool) -> None:
        if (wanted, is_suggestion) == (self._shown, self._suggested):
            return
        before = "" if self._suggested else self._shown
        self._replace(wanted)
        self._shown, self._suggested = wanted, is_suggestion
        markdown_tags.tag(self.text, 1, before, "" if is_suggestion else wanted)
        if is_suggestion:
            self.text.raw("tag", "add", "suggestion", "1.0", "end")
            self.text.raw("mark", "set", "insert", "1.0")
        else:
            self.text.raw("tag", "remove", "suggestion", "1.0", "end")

    def _replace(self, wanted: str) -> None:
        same = _same_start(self._shown, wanted)
        old, new = self._shown[same:], wanted[same:]
        same_end = _same_start(old[::-1], new[::-1])
        old, new = old[: len(old) - same_end], new[: len(new) - same_end]
        first = self._index(self._shown, same)
        self.text.raw("delete", first, self._index(self._shown, same + len(old)))
        self.text.raw("insert", first, new)

    @staticmethod
    def _index(text: str, offset: int) -> str:
        lines = text[:offset].split("\n")
        return f"{len(lines)}.{columns(lines[-1])}"

    @property
    def offset(self) -> int:
        """Where the caret is, in characters."""
        return 0 if self._suggested else self._offset_of("insert")

    def _offset_of(self, place: str) -> int:
        line, column = self.text.column_and_line(place)
        lines = self._shown.split("\n")
        here = lines[line - 1] if line <= len(lines) else ""
        return self._as.offset(sum(len(part) + 1 for part in lines[: line - 1]) + characters(here, column))

    def selected(self) -> tuple[Stretch, ...]:
        """See `Screen.selected`."""
        if self._suggested:
            return ()
        ranges = self.text.tag_ranges("sel") or ("insert", "insert")
        length = self._as.offset(len(self._shown))
        start, end = (min(self._offset_of(str(place)), length) for place in (ranges[0], ranges[-1]))
        return (Stretch("", start, end),)

    def select(self, stretch: Stretch) -> None:
        text = self.text
        start, end = (self._index(self._shown, self._as.place(at)) for at in (stretch.start, stretch.end))
        text.tag_remove("sel", "1.0", "end")
        text.raw("mark", "set", "insert", end)
        if start != end:
            text.tag_add("sel", start, end)
        text.see("insert")

    def _open_link(self, place: str) -> bool:
        address = "" if self._suggested else address_at(self._shown, self._as.place(self._offset_of(place)))
        if address:
            formatting.open_link(self._session(), address)
        return bool(address)

    def put_caret(self, offset: int) -> None:
        self.text.focus_set()
        self.text.tag_remove("sel", "1.0", "end")
        self.text.raw("mark", "set", "insert", self._index(self._shown, self._as.place(offset)))
        self.text.see("insert")

    # --- the guard of the text -----------------------------------------------------------------------

    def insert(self, index: str, chars: str) -> None:
        session = self._session()
        session.refuse_if_read_only()
        if session.talk is None:
            return
        with self._remembering():
            if self._suggested:
                self.text.raw("delete", "1.0", "end")
                index = "1.0"
            self.text.raw("insert", index, shown(taken_in(chars)).text)  # Tk bears no long lines
            self._report()

    def delete(self, first: str, last: str) -> None:
        self._session().refuse_if_read_only()
        if not self._suggested:
            with self._remembering():
                self.text.raw("delete", first, last)
                self._report()

    @contextmanager
    def _remembering(self) -> Iterator[None]:
        """Undo puts the caret where it was before Tk edited the text."""
        self.offset_before = self.offset
        try:
            yield
        finally:
            self.offset_before = None

    def replacing(self) -> AbstractContextManager[None]:
        return self._session().history.one_step(TYPING, goes_on=True)

    def moved(self) -> None:
        """The caret may go anywhere."""

    def _report(self) -> None:
        before = "" if self._suggested else self._shown
        self._suggested = False
        self._shown = str(self.text.raw("get", "1.0", "end-1c"))
        self._as = Shown(self._shown)
        markdown_tags.tag(self.text, 1, before, self._shown)
        open_talk = self._session().talk
        before_it = open_talk.write_up if open_talk else ""
        talk.type_write_up(self._session(), rows.typed(self._shown, before_it))


def _same_start(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    differing = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))
