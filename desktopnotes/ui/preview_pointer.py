"""The pointer in the preview: a click opens a link, a double click leads to where the words are from."""

from __future__ import annotations

import re
import tkinter
from collections.abc import Callable
from pathlib import Path

from desktopnotes.actions import formatting
from desktopnotes.export.blocks import Run
from desktopnotes.session import Session
from desktopnotes.ui.outside import PICTURES
from desktopnotes.ui.preview_text import PreviewText
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import Tip

_DELAY_MS = 500

_DRAG_PX = 4
"""A pointer that moved less while it was down has clicked."""

_LONGEST = 200
"""So much is shown of an address."""

_SIGN = re.compile(r"^([•◦▪ ]+|\d+\.)\t", re.MULTILINE)


class PreviewPointer:
    """`lead` is called with the number of the block that was double-clicked, or clicked with Ctrl."""

    def __init__(
        self, text: PreviewText, theme: Theme, session: Callable[[], Session], lead: Callable[[int], None]
    ) -> None:
        self._text = text
        self._theme = theme
        self._session = session
        self._lead = lead
        self._pressed: tuple[int, int] | None = None
        self._job = ""
        self._over = ""
        self.tip = Tip(text, theme)
        text.bind("<ButtonPress-1>", self._on_press, add=True)
        text.bind("<ButtonRelease-1>", self._on_release, add=True)
        for press in ("<Double-Button-1>", "<Control-Button-1>"):
            text.bind(press, self._on_lead)
        text.bind("<Motion>", self._on_motion, add=True)
        for event in ("<Leave>", "<ButtonPress>", "<MouseWheel>", "<KeyPress>", "<Destroy>"):
            text.bind(event, lambda _: self._leave(), add=True)
        text.bind("<<Copy>>", lambda _: self._copy())

    def _on_press(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self._pressed = (event.x, event.y)

    def _on_release(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A drag has selected."""
        pressed, self._pressed = self._pressed, None
        far = self._theme.px(_DRAG_PX)
        if pressed is None or abs(event.x - pressed[0]) > far or abs(event.y - pressed[1]) > far:
            return
        run = self._run_under(event)
        if run is not None and (address := run.link or (run.picture if "://" in run.picture else "")):
            formatting.open_link(self._session(), address)
        elif run is not None and run.picture and (file := self._text.pictures.file_of(run.picture)):
            self._open(file)

    def _open(self, file: Path) -> None:
        if file.suffix.lower() in PICTURES:  # else a desktop might take it for a page or a program
            self._session().screen.open_outside(str(file.absolute()))

    def _on_lead(self, event: tkinter.Event[tkinter.Misc]) -> str:
        self._pressed = None
        if (number := self._text.block_under(event.x, event.y)) >= 0:
            self._lead(number)
        return "break"

    def _run_under(self, event: tkinter.Event[tkinter.Misc]) -> Run | None:
        number = self._text.block_under(event.x, event.y)
        return self._text.run_at(f"@{event.x},{event.y}") if number >= 0 else None

    # --- where a link leads --------------------------------------------------------------------------

    def _on_motion(self, event: tkinter.Event[tkinter.Misc]) -> None:
        run = self._run_under(event)
        address = (run.link or run.picture) if run is not None else ""
        if address == self._over:
            return
        self._leave()
        self._over = address
        self._text.configure(cursor="hand2" if address else "xterm")
        if address:
            self._job = self._text.after(_DELAY_MS, self._tell, event.x_root, event.y_root)

    def _tell(self, x: int, y: int) -> None:
        self._job = ""
        gap = self._theme.px(14)
        self.tip.show(self._over[:_LONGEST], x, y + gap, else_above=y - gap)

    def _leave(self) -> None:
        if self._job:
            self._text.after_cancel(self._job)
            self._job = ""
        self._over = ""
        self.tip.hide()

    # --- the clipboard -------------------------------------------------------------------------------

    def _copy(self) -> str:
        """What is selected, with a space behind the signs of lists, which only the page has a tab for."""
        if ranges := self._text.tag_ranges("sel"):
            words = self._text.get(str(ranges[0]), str(ranges[-1]))
            self._session().screen.copy(_SIGN.sub(r"\1 ", words))
        return "break"
