"""The write-up of the talk that is chosen in the post view, right below the list of its talks."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions import talk
from desktopnotes.ui.post_fields import fit_height
from desktopnotes.ui.shortened import Shortened
from desktopnotes.ui.write_up import suggested_of, text_of
from desktopnotes.ui.written_text import Owner, WrittenText
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.model.notebook import Talk
    from desktopnotes.session import Session
    from desktopnotes.ui.theme import Theme

_LEAST, _MOST = 3, 10


class PostWriteUp(ttk.Frame):
    """`talk_id` is the talk it is of, "" while none is chosen; `open_in_notes` leaves for its notes."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        session: Callable[[], Session],
        open_in_notes: Callable[[], None],
    ) -> None:
        super().__init__(master)
        self._session = session
        self.talk_id = ""
        head = ttk.Frame(self)
        head.pack(fill="x", pady=(theme.px(6), 0))
        self.to_notes = ttk.Button(
            head, text=_("Open in Notes"), style="Quiet.TButton", command=open_in_notes
        )
        self.to_notes.pack(side="right")
        self._title = Shortened(head, theme, style="Status.TLabel")
        self._title.pack(side="left", fill="x", expand=True)
        frame = ttk.Frame(self)
        frame.pack(fill="x")
        owner = Owner(lambda: self.talk, text_of, self._write, suggested_of)
        self.written = WrittenText(frame, theme, session, owner, height=_LEAST, then=self._fit_soon)
        self.written.text.pack(side="left", fill="both", expand=True)
        self.written.text.bind("<Configure>", lambda _: self._fit_soon(), add=True)

    @property
    def talk(self) -> Talk | None:
        return self._session().notebook.talk(self.talk_id)

    def _write(self, text: str) -> None:
        talk.type_write_up(self._session(), text, self.talk_id)

    def _fit_soon(self) -> None:
        if hasattr(self, "written"):
            self.after_idle(lambda: fit_height(self.written.text, _LEAST, _MOST))

    def show(self, talk_id: str) -> None:
        self.talk_id = talk_id
        self.draw()

    def draw(self) -> None:
        now = self.talk
        if now is not None:
            self._title.show(
                _("Write-up of {talk}").format(talk=title)
                if (title := " ".join(now.title.split()))
                else _("Write-up of the talk without a title")
            )
        self.written.draw()
