"""The small mark beside a quote whose words differ from the captions around it, and what those say."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import dataclass

from desktopnotes.model.notebook import Kind, Note
from desktopnotes.model.quoting import said_instead
from desktopnotes.model.transcript import Transcript
from desktopnotes.session import Session
from desktopnotes.ui.gutter import MARK, Gutter
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import Tip
from desktopnotes.words import _

_CHECK_MS = 400
"""Quotes are compared once the keys rest: none is while it is being typed."""


@dataclass(frozen=True, slots=True)
class _Known:
    note: Note
    said: str


class QuoteMarks:
    """Knows of the quotes that were drawn whether they differ; `go_to` shows a moment in the transcript."""

    def __init__(
        self, gutter: Gutter, theme: Theme, session: Callable[[], Session], go_to: Callable[[int], None]
    ) -> None:
        self._gutter = gutter
        self._theme = theme
        self._session = session
        self._go_to = go_to
        self._transcript: Transcript | None = None
        self._known: dict[str, _Known] = {}
        self._waiting: dict[str, Note] = {}
        self._job = ""
        self._tip = Tip(gutter, theme)
        gutter.differs = lambda note: bool(self.said_instead(note))
        gutter.tag_bind(MARK, "<Enter>", self._show_tip)
        gutter.tag_bind(MARK, "<Leave>", lambda _: self._tip.hide())
        gutter.tag_bind(MARK, "<Button-1>", self._on_click)

    def look(self) -> None:
        """Compares anew when other captions have come; called often."""
        now = self._session().spoken.transcript
        if now is not self._transcript:
            self._transcript = now
            self._known.clear()
            self._gutter.draw_soon()

    def said_instead(self, note: Note) -> str:
        """What the captions say at a quote of other words, as far as it was compared; "" where it may stand.

        Costs nothing: what is not known yet is compared a little later, and drawn then.
        """
        if self._transcript is None or note.kind != Kind.QUOTE:
            return ""
        known = self._known.get(note.id)
        if known is None or known.note is not note:
            self._waiting[note.id] = note
            if self._job:
                self._gutter.after_cancel(self._job)
            self._job = self._gutter.after(_CHECK_MS, self._compare)
        return known.said if known else ""

    def _compare(self) -> None:
        self._job = ""
        waiting, self._waiting = self._waiting, {}
        for note in waiting.values() if self._transcript else ():
            assert self._transcript is not None
            before, said = self._known.get(note.id), said_instead(note, self._transcript)
            self._known[note.id] = _Known(note, said)
            if said != (before.said if before else ""):
                self._gutter.draw_soon()

    def _show_tip(self, event: tkinter.Event[tkinter.Misc]) -> None:
        note = self._gutter.marked_at_pointer()
        if note is not None and (said := self.said_instead(note)):
            self._tip.show(
                _("The captions say: “{said}”").format(said=said),
                event.x_root,
                event.y_root + self._theme.px(14),
            )

    def _on_click(self, _: object) -> None:
        self._tip.hide()
        note = self._gutter.marked_at_pointer()
        if note is not None and note.at_ms is not None:
            self._go_to(note.at_ms)
