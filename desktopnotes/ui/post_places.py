"""Where the user can be in the post view, by name: the caret in each place, and how it is put back there."""

from __future__ import annotations

import tkinter
from typing import TYPE_CHECKING

from desktopnotes.model.history import Caret
from desktopnotes.ui.post_entry import PostEntry
from desktopnotes.ui.written_text import WrittenText

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktopnotes.ui.post_fields import PostFields
    from desktopnotes.ui.post_talks import PostTalks
    from desktopnotes.ui.post_write_up import PostWriteUp

TALKS, WRITE_UP = "talks", "write_up"
"""The places of a caret beside the fields, which have their own names."""


class PostPlaces:
    """`focus` answers the widget with the keyboard."""

    def __init__(
        self,
        focus: Callable[[], tkinter.Misc | None],
        fields: PostFields,
        talks: PostTalks,
        write_up: PostWriteUp,
    ) -> None:
        self._focus = focus
        self._fields = fields
        self._talks = talks
        self._write_up = write_up

    def name_of(self, widget: tkinter.Misc | None) -> str:
        """The name of a place, "" where it is none that has a caret."""
        if isinstance(widget, PostEntry):
            return widget.name
        if widget is self._talks.tree:
            return TALKS
        if widget is self._write_up.written.text:
            return WRITE_UP
        named = (name for name, written in self._fields.texts.items() if written.text is widget)
        return next(named, "")

    def part_of(self, widget: tkinter.Misc) -> str:
        """Which part of the post is edited there, as the preview has it."""
        name = self.name_of(widget)
        if name in (TALKS, WRITE_UP):
            return self._write_up.talk_id
        return name if name in ("", "intro", "closing") else "title"

    def written(self) -> WrittenText | None:
        """The text that has the keyboard, None where none has."""
        name = self.name_of(self._focus())
        return self._write_up.written if name == WRITE_UP else self._fields.texts.get(name)

    def caret(self, post_id: str, *, before: bool) -> Caret:
        """Where the user is; `before`: as it was before the key that is handled now."""
        focus = self._focus()
        name = self.name_of(focus)
        talk_id = self._write_up.talk_id if name in (TALKS, WRITE_UP) else ""
        place: PostEntry | WrittenText | None = focus if isinstance(focus, PostEntry) else self.written()
        offset, scrolled = 0, ""
        if place is not None:
            was = place.offset_before if before else None
            offset = place.offset if was is None else was
        if isinstance(place, WrittenText):
            scrolled = place.text.scrolled
        return Caret(name or "post", talk_id, "", offset, None, scrolled, post_id)

    def put_caret(self, caret: Caret) -> None:
        """Gives the keyboard to the place of a caret of the post that is shown."""
        if caret.place in self._fields.entries:
            self._fields.go_to(caret.place)
            self._fields.entries[caret.place].put_caret(caret.offset)
        elif caret.place in self._fields.texts:
            _put(self._fields.texts[caret.place], caret)
        elif caret.place == WRITE_UP:
            self._talks.choose(caret.talk_id)
            self._write_up.written.text.focus_set()
            _put(self._write_up.written, caret)
        elif caret.place == TALKS:
            self._talks.choose(caret.talk_id)
            self._talks.tree.focus_set()


def _put(written: WrittenText, caret: Caret) -> None:
    written.put_caret(caret.offset)
    written.text.scroll_to(caret.scrolled)
