"""What the stamps and signs beside the page mean, in words, when the pointer rests on one."""

from __future__ import annotations

import tkinter

from desktopnotes.model import timecode
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import Tip
from desktopnotes.words import _

_DELAY_MS = 600

_KINDS = {
    Kind.QUOTE: _("Quote"),
    Kind.QUESTION: _("Question"),
    Kind.LINK: _("Link"),
    Kind.CHAPTER: _("Chapter"),
    Kind.PRIVATE: _("Private: never leaves the notebook"),
}


def words_for(note: Note) -> str:
    """All that signs, colours and the stamp say of a note, a line for each."""
    said = [_KINDS[Kind(note.kind)]] if note.kind in list(_KINDS) else []
    if note.at_ms is not None:
        at, end = (timecode.clock(each or 0, digits=3) for each in (note.at_ms, note.end_ms))
        said.append(at if note.end_ms is None else _("{start} to {end}").format(start=at, end=end))
    if note.approximate:
        said.append(_("~ The time is not known to the frame."))
    if note.conflict:
        said.append(_("⇄ Changed in two places: both versions were kept. Right click: Keep This Version."))
    if note.used:
        said.append(_("Grey: it is in the write-up."))
    return "\n".join(said)


class GutterTips:
    """Shown below the pointer; gone as soon as it moves on."""

    def __init__(self, canvas: tkinter.Canvas, theme: Theme) -> None:
        self._canvas = canvas
        self.tip = Tip(canvas, theme)
        self._theme = theme
        self._job = ""
        self._note: Note | None = None
        for event in ("<Leave>", "<ButtonPress>", "<MouseWheel>", "<Destroy>"):
            canvas.bind(event, lambda _: self.over(None, 0, 0), add=True)

    def over(self, note: Note | None, x: int, y: int) -> None:
        """The pointer is over what belongs to this note, at a place of the screen; None for none."""
        if note is self._note:
            return
        self._note = note
        self.tip.hide()
        if self._job:
            self._canvas.after_cancel(self._job)
            self._job = ""
        if note is not None:
            self._job = self._canvas.after(_DELAY_MS, self._show, note, x, y)

    def _show(self, note: Note, x: int, y: int) -> None:
        self._job = ""
        gap = self._theme.px(14)
        if words := words_for(note):
            self.tip.show(words, x, y + gap, else_above=y - gap)
