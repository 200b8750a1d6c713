"""A text of the notebook written by hand: a write-up, an introduction; where it is empty, a suggestion."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktopnotes.actions import formatting
from desktopnotes.model.history import TYPING
from desktopnotes.model.light_markdown import address_at
from desktopnotes.ui import markdown_tags, rows
from desktopnotes.ui.guarded_text import GuardedText, characters, columns
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.shown_text import Shown, shown, taken_in
from desktopnotes.ui.text_keys import TextKeys

if TYPE_CHECKING:
    from desktopnotes.model.notebook import Post, Talk
    from desktopnotes.screen import Stretch
    from desktopnotes.session import Session
    from desktopnotes.ui.theme import Theme

_SUGGEST_MS = 500
"""How long after the last change a suggestion is composed: it costs more than a key may."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What the text is of: `of` is the talk or post that holds it now, None where there is none.

    `read` answers the text of that, `write` takes a new one, `suggest` says what an empty one might be;
    `label` is what a step of undo is called.
    """

    of: Callable[[], Talk | Post | None]
    read: Callable[[Talk | Post], str]
    write: Callable[[str], None]
    suggest: Callable[[Talk | Post], str] | None = None
    label: str = TYPING


class WrittenText:
    """A text whose every change is reported; a suggestion is shown, but never is the text.

    `offset_before` is where the caret was while a change is reported. `then` is called after each redraw.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        session: Callable[[], Session],
        owner: Owner,
        *,
        height: int,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        self._session = session
        self._theme = theme
        self._owner = owner
        self._then = then
        self._shown = ""
        self._as = Shown("")
        self._suggested = False
        self._suggested_for: Talk | Post | None = None
        self._suggest_job = ""
        self.offset_before: int | None = None
        self.text = GuardedText(master, self, wrap="word", height=height, width=20)
        Scrollbar(self.text)
        TextKeys(self.text, self._open_link)
        theme.follow(self.text, self._dress)

    def _dress(self) -> None:
        markdown_tags.dress(self.text, self._theme)
        self.text.tag_configure("suggestion", foreground=self._theme.palette.muted)
        self.text.configure(spacing2=self._theme.px(2))

    def draw(self) -> None:
        """Shows the owner's text, changing only what differs, so that the caret keeps its place."""
        owner = self._owner.of()
        text = self._owner.read(owner) if owner else ""
        if not text and owner is not None and self._owner.suggest is not None:
            if self._suggested_for is None or self._suggested_for.id != owner.id:
                self._show("", is_suggestion=True)
            if self._suggested_for is not owner:
                if self._suggest_job:
                    self.text.after_cancel(self._suggest_job)
                self._suggest_job = self.text.after(_SUGGEST_MS, self._suggest)
        else:
            self._suggested_for = None
            self._as = shown(text)
            self._show(self._as.text, is_suggestion=False)

    def _suggest(self) -> None:
        self._suggest_job = ""
        owner = self._owner.of()
        if owner is not None and self._owner.suggest is not None and not self._owner.read(owner):
            self._suggested_for = owner
            self._show(shown(self._owner.suggest(owner)).text, is_suggestion=True)

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
        self._then()

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

    # --- the caret -----------------------------------------------------------------------------------

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
        from desktopnotes.screen import Stretch

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

    def put_caret(self, offset: int) -> None:
        self.text.focus_set()
        self.text.tag_remove("sel", "1.0", "end")
        self.text.raw("mark", "set", "insert", self._index(self._shown, self._as.place(offset)))
        self.text.see("insert")

    def _open_link(self, place: str) -> bool:
        address = "" if self._suggested else address_at(self._shown, self._as.place(self._offset_of(place)))
        if address:
            formatting.open_link(self._session(), address)
        return bool(address)

    # --- the guard of the text -----------------------------------------------------------------------

    def insert(self, index: str, chars: str) -> None:
        self._session().refuse_if_read_only()
        if self._owner.of() is None:
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
        return self._session().history.one_step(self._owner.label, goes_on=True)

    def moved(self) -> None:
        """The caret may go anywhere."""

    def _report(self) -> None:
        before = "" if self._suggested else self._shown
        self._suggested = False
        self._shown = str(self.text.raw("get", "1.0", "end-1c"))
        self._as = Shown(self._shown)
        markdown_tags.tag(self.text, 1, before, self._shown)
        owner = self._owner.of()
        before_it = self._owner.read(owner) if owner else ""
        self._owner.write(rows.typed(self._shown, before_it))
        self._then()


def _same_start(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    differing = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))
