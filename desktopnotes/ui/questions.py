"""The part of the window that asks what only the user can say, and that reaches out of the program."""

from __future__ import annotations

import contextlib
import os
import tkinter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.model.notebook import Note
from desktopnotes.screen import Goal
from desktopnotes.session import Session
from desktopnotes.sources import file_of
from desktopnotes.ui import dialogs
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.export.learning import Learned
    from desktopnotes.export.looking import Answer, Looked
    from desktopnotes.media.web_page import Listing
    from desktopnotes.model.importing import FileRead
    from desktopnotes.ui.parts import Parts


class Questions:
    """What `Screen` says of questions, the clipboard and other programs; the window is one."""

    root: tkinter.Tk
    theme: Theme
    session: Session
    gate: Gate
    parts: Parts
    _copied: tuple[str, tuple[Note, ...]] = ("", ())

    def listing_found(self, listing: Listing) -> None:
        self.parts.listings.found(listing)

    def ask_files(self, title: str, kind: str) -> tuple[Path, ...]:
        return dialogs.ask_files(self.root, title, kind, self._usual_folder())

    def ask_folder(self, title: str) -> Path | None:
        return dialogs.ask_folder(self.root, title, self._usual_folder())

    def _usual_folder(self) -> Path:
        source = file_of(self.session.talk, self.session.store) if self.session.talk else None
        in_talk = source is not None and not self.session.is_sample and os.path.isdir(source.parent)
        return source.parent if source is not None and in_talk else Path.home()

    def ask_target(self, title: str, folder: Path, name: str, label: str = _("Export")) -> Path | None:
        start = folder if os.path.isdir(folder) else Path.home()
        return dialogs.ask_target(self.root, self.theme, title, start, name, label)

    def ask_choice(self, question: str, detail: str, answers: Sequence[str]) -> int | None:
        return dialogs.ask_choice(self.root, self.theme, question, detail, answers)

    def ask_difference(self, looked: Looked, take: Callable[[Answer | None], None]) -> None:
        from desktopnotes.ui.difference_window import ask_difference  # a start does without it

        ask_difference(self.root, self.theme, looked, lambda answer: self.gate.run(take, answer))

    def show_difference(self, looked: Looked) -> None:
        from desktopnotes.ui.difference_window import show_difference  # a start does without it

        show_difference(self.root, self.theme, looked)

    def ask_text(self, title: str, label: str, text: str) -> str | None:
        return dialogs.ask_text(self.root, self.theme, title, label, text)

    def ask_import(self, files: Sequence[FileRead], goal: Goal) -> None:
        from desktopnotes.ui.import_window import open_import_window  # seldom needed

        open_import_window(self.root, self.theme, self.session, self.gate, files, goal)

    def ask_conventions(self, learned: Learned) -> None:
        from desktopnotes.ui.learn_window import open_learn_window  # seldom needed

        open_learn_window(self.root, self.theme, self.session, self.gate, learned)

    def open_outside(self, address: str) -> None:
        from desktopnotes.ui.outside import open_outside  # a start does without it

        open_outside(address)

    def copied(self) -> str:
        with contextlib.suppress(tkinter.TclError):  # nothing there, or no text
            return str(self.root.clipboard_get(type="UTF8_STRING"))
        with contextlib.suppress(tkinter.TclError):
            return str(self.root.clipboard_get())
        return ""

    def copy(self, text: str, notes: Sequence[Note] = ()) -> None:
        text = text.replace("\0", "\u2400")  # X ends a text there
        self.root.clipboard_clear()
        self.root.clipboard_append(text)
        self._copied = (text, tuple(notes))

    def copy_rich(self, html: str, text: str) -> bool:
        from desktopnotes.ui import rich_clipboard  # a start does without it

        self._copied = ("", ())
        return rich_clipboard.put(self.root, html, text.replace("\0", "\u2400"))

    def copied_notes(self) -> tuple[Note, ...]:
        text, notes = self._copied
        return notes if notes and self.copied() == text else ()
