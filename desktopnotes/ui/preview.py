"""The right half of the post view: the exact post, as its reader sees it, rendered while it is written."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions.previewing import Previewed, Previewing
from desktopnotes.session import Session
from desktopnotes.ui.focus import focused
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.preview_pointer import PreviewPointer
from desktopnotes.ui.preview_text import PreviewText
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme

if TYPE_CHECKING:
    from desktopnotes.export.checks import Check

_LOOK_MS = 4
"""How often it is looked whether the worker has answered, while it works."""

_CHECK_MS = 250
"""How long after the last change it is looked what is to be said of the post, which files may be read for."""

_WATCH_MS = 700
"""How often it is looked whether the file of the user's own style has changed: one question to the system."""

_HIGH = 1 / 3
"""How far from the top the part is put that is edited."""


class Preview(ttk.Frame):
    """`on_drawn` is told what came of each rendering; `on_part` of a part that the user wants to edit.

    A part is "title", "intro", "closing" or a talk's id. Nothing runs while it is not on screen.
    """

    def __init__(
        self, master: tkinter.Misc, theme: Theme, session: Callable[[], Session], gate: Gate
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._session = session
        self._gate = gate
        self._is_wanted = True
        self._part = self._follows = ""
        self._look_job = self._watch_job = self._check_job = ""
        self.previewed = Previewed()
        """What is shown: the last that was rendered without an error."""
        self.on_drawn: Callable[[Previewed], None] = lambda _: None
        self.on_part: Callable[[str], None] = lambda _: None
        self.error = ttk.Label(self, style="Error.TLabel", justify="left")
        self._page = tkinter.Frame(self, highlightthickness=1)
        self._page.pack(fill="both", expand=True)
        self.text = PreviewText(self._page, theme, session, self._all_is_drawn)
        self.text.pack(side="left", fill="both", expand=True)
        Scrollbar(self.text, also=self.text.pictures.draw_soon)
        self.pointer = PreviewPointer(self.text, theme, session, self._lead)
        self._previewing = Previewing(session, self._came, self.text.prepare)
        for change in ("<FocusIn>", "<FocusOut>"):
            self.text.bind(change, self._ring, add=True)
        theme.follow(self, self._dress)
        self.bind("<Map>", lambda _: self._on_map(), add=True)
        self.bind("<Destroy>", lambda _: self._end(), add=True)
        self.bind("<Configure>", lambda _: self._fit(), add=True)

    def _dress(self) -> None:
        p, px = self._theme.palette, self._theme.px
        self._ring()
        self.text.configure(
            background=p.page,
            foreground=p.text,
            highlightthickness=0,
            borderwidth=0,
            padx=px(26),
            pady=px(20),
            font=self._theme.fonts.page,
            cursor="xterm",
        )

    def _ring(self, _: object = None) -> None:
        """The line round the page, which shows that it has the focus."""
        p = self._theme.palette
        line = p.accent if focused(self) is self.text else p.border
        self._page.configure(background=p.page, highlightbackground=line, highlightcolor=line)

    def _fit(self) -> None:
        self.error.configure(wraplength=max(100, self.winfo_width() - self._theme.px(16)))

    def _on_map(self) -> None:
        self._draw_if_wanted()
        self._watch()

    def _watch(self) -> None:
        """Looks now and then whether the user's own style was changed, as long as the preview is shown."""
        if self._watch_job:
            self.after_cancel(self._watch_job)
            self._watch_job = ""
        if self.winfo_ismapped():
            if self._previewing.style_has_changed():
                self.draw_soon()
            self._watch_job = self.after(_WATCH_MS, self._watch)

    def _end(self) -> None:
        for job in filter(None, (self._look_job, self._watch_job, self._check_job)):
            self.after_cancel(job)
        self._look_job = self._watch_job = self._check_job = ""

    @property
    def is_at_work(self) -> bool:
        return self._previewing.is_under_way

    # --- rendering -----------------------------------------------------------------------------------

    def draw_soon(self) -> None:
        """Something changed: renders anew, now if it is on screen, else as soon as it is."""
        self._is_wanted = True
        self._draw_if_wanted()

    def _draw_if_wanted(self) -> None:
        if self._is_wanted and self.winfo_ismapped():
            self._is_wanted = False
            self._gate.run(self._previewing.render)
            self._look()

    def _look(self) -> None:
        """The window empties the mailbox every 40 ms, which is long for a letter to wait."""
        if not self._look_job and self._previewing.is_under_way:
            self._look_job = self.after(_LOOK_MS, self._look_again)

    def _look_again(self) -> None:
        self._look_job = ""
        self._session().mailbox.empty()
        self._look()

    def _came(self, found: Previewed) -> None:
        is_same_post = found.is_of_the_post_of(self.previewed)
        if not is_same_post:
            self._previewing.stop_checking()
        if is_same_post and not found.error:
            found = replace(found, checks=self.previewed.checks)  # until it was looked anew
        if found.error:
            if not is_same_post:  # the last good one is another's
                self._show(Previewed(of=found.of))
            self.error.configure(text=found.error)
            self.error.pack(fill="x", before=self._page, pady=(0, self._theme.px(6)))
        else:
            self.error.pack_forget()
            self._show(found)
            self._check_soon()
        self._tell(found)

    def _tell(self, found: Previewed) -> None:
        """Not of a post that was left while it was rendered."""
        shown = self._session().shown_post
        if not shown or found.of is None or found.of.post.id == shown:
            self.on_drawn(found)

    def _show(self, found: Previewed) -> None:
        self.previewed = found
        self.text.pictures.files = found.pictures
        self.text.show(found.blocks)

    def _check_soon(self) -> None:
        if self._check_job:
            self.after_cancel(self._check_job)
        self._check_job = self.after(_CHECK_MS, self._check)

    def _check(self) -> None:
        self._check_job = ""
        found = self.previewed
        if self.winfo_ismapped():
            self._gate.run(self._previewing.check, found, partial(self._checked, found))

    def _checked(self, found: Previewed, checks: tuple[Check, ...]) -> None:
        if found.of is not self.previewed.of:
            return  # they are of what was shown before
        self.previewed = replace(self.previewed, checks=checks)
        if not self.error.winfo_manager():
            self._tell(self.previewed)

    def _all_is_drawn(self) -> None:
        part, self._follows = self._follows, ""
        changed = self.text.changed_at
        if not part and changed and self._part_of(self.text.block_at(changed)) == self._part:
            part = self._part  # it is being edited
        if part:
            self._scroll_to(part)
        self.text.pictures.draw_soon()

    # --- scrolling -----------------------------------------------------------------------------------

    def follow(self, part: str) -> None:
        """Brings the part that is edited to where it is seen, now or when it is next drawn.

        From now on every change in that part is brought in sight, until another is followed.
        """
        self._part = self._follows = part
        self.after_idle(self._follow_now)

    def _follow_now(self) -> None:
        if self._follows and self.winfo_ismapped() and not (self.is_at_work or self.text.is_drawing):
            self._all_is_drawn()

    def _scroll_to(self, part: str) -> None:
        """To what has just changed in that part, else to its start; what is seen already stays there."""
        text, parts = self.text, self.previewed.parts
        if part not in parts:
            return
        changed = text.changed_at
        is_within = changed and self._part_of(text.block_at(changed)) == part
        index = changed if is_within else text.start_of(parts.index(part))
        box = text.dlineinfo(index)
        if box is None or box[1] < 0 or box[1] + box[3] > text.winfo_height():
            text.put_high(index, _HIGH)

    def _part_of(self, number: int) -> str:
        parts = self.previewed.parts
        return parts[number] if 0 <= number < len(parts) else ""

    def _lead(self, number: int) -> None:
        if part := self._part_of(number):
            self._gate.run(self.on_part, part)
