"""The column left of the transcript: when each visible paragraph begins, and the page's top line."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from desktopnotes.model import timecode
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.wheel import bind_wheel

_HOUR_MS = 3_600_000


class TranscriptGutter(tkinter.Canvas):
    """A click on a time calls `jump` with it, in ms. The paragraphs are the text's lines.

    `moment_ms` says when the letter at an index of the text is said.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        text: GuardedText,
        theme: Theme,
        jump: Callable[[int], None],
        moment_ms: Callable[[str], int],
    ) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=0, takefocus=False)
        self._text = text
        self._theme = theme
        self._jump = jump
        self._moment_ms = moment_ms
        self._moments: tuple[int, ...] = ()
        self._places: dict[int, int] = {}
        self._job = ""
        self.tag_bind("stamp", "<Button-1>", self._on_click)
        self.tag_bind("stamp", "<Enter>", lambda _: self.configure(cursor="hand2"))
        self.tag_bind("stamp", "<Leave>", lambda _: self.configure(cursor=""))
        bind_wheel(self, lambda steps: self._text.event_generate("<Button-4>" if steps > 0 else "<Button-5>"))
        theme.follow(self, self._dress)

    def show(self, moments: tuple[int, ...]) -> None:
        """Other paragraphs, by the moments at which they begin."""
        self._moments = moments
        self._dress()

    def _dress(self) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        is_long = bool(self._moments) and self._moments[-1] >= _HOUR_MS
        self._right = px(6) + fonts.mono.measure("0:00:00" if is_long else "~00:00")
        self.configure(background=self._theme.palette.page, width=self._right + px(28))
        self.draw_soon()

    def draw_soon(self) -> None:
        if not self._job:
            self._job = self.after_idle(self._draw)

    def _draw(self) -> None:
        self._job = ""
        self.delete("all")
        self._places.clear()
        if not self._moments:
            return
        first, _ = self._text.column_and_line("@0,0")
        last, _ = self._text.column_and_line(f"@0,{self._text.winfo_height()}")
        self._draw_top()
        for line in range(first, min(last, len(self._moments)) + 1):
            box = self._text.dlineinfo(f"{line}.0")
            if box is not None and box[1] >= 0:  # of a line that is cut the one below has the time
                self._draw_stamp(box, self._moments[line - 1])

    def _draw_top(self) -> None:
        """The time of the topmost whole line, where that is in the midst of a paragraph."""
        top = self._text.dlineinfo("@0,0")
        if top is None:
            return
        index = "@0,0" if top[1] >= 0 else f"@0,{top[1] + top[3] + 1}"
        box, line = self._text.dlineinfo(index), self._text.column_and_line(index)[0]
        if box is not None and self._text.dlineinfo(f"{line}.0") != box:
            self._draw_stamp(box, self._moment_ms(str(self._text.raw("index", index))))

    def _draw_stamp(self, box: tuple[int, int, int, int, int], at_ms: int) -> None:
        p, mono = self._theme.palette, self._theme.fonts.mono
        y = box[1] + box[4] - mono.metrics("ascent")
        item = self.create_text(
            self._right, y, text=timecode.clock(at_ms), anchor="ne", fill=p.muted, font=mono, tags="stamp"
        )
        self._places[item] = at_ms

    def _on_click(self, _: object) -> None:
        items = self.find_withtag("current")
        if items and items[0] in self._places:
            self._jump(self._places[items[0]])
