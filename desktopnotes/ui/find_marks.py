"""The marks of what was found, in the page and in the write-up: what is on screen has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from desktopnotes.model.folding import Span, places
from desktopnotes.ui.find_stops import Stop
from desktopnotes.ui.guarded_text import GuardedText, columns
from desktopnotes.ui.shown_text import shown

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

HIT, NOW, DIMMED = "hit", "hit now", "dimmed"
_MOST_IN_WRITE_UP = 500


def index_of(text: str, offset: int, first_line: int = 1) -> str:
    """Tk's index of a place in `text`, which begins at `first_line`."""
    lines = text[:offset].split("\n")
    return f"{first_line + len(lines) - 1}.{columns(lines[-1])}"


class Marks:
    """Tags of the page's and the write-up's text; they change nothing of where anything stands."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._texts: tuple[GuardedText, ...] = (window.page.text, window.write_up.text)
        for text in self._texts:
            window.theme.follow(text, self._dress)

    def _dress(self) -> None:
        p = self._window.theme.palette
        for text in self._texts:
            text.tag_configure(DIMMED, foreground=p.muted)
            text.tag_configure(HIT, background=p.hit, foreground=p.text)
            text.tag_configure(NOW, background=p.hit_now, foreground=p.hit_now_text, underline=True)
            for tag in (DIMMED, HIT, NOW, "sel"):
                text.tag_raise(tag)

    def clear(self) -> None:
        for text in self._texts:
            for tag in (HIT, NOW, DIMMED):
                text.raw("tag", "remove", tag, "1.0", "end")

    def draw(
        self,
        wanted: Sequence[str],
        found_ids: Collection[str],
        now: Stop | None,
        *,
        dims: bool,
        write_up: str,
    ) -> None:
        """Marks `wanted` in the notes `found_ids` and in `write_up` ("" where nothing of it was found)."""
        self.clear()
        self._draw_page(wanted, found_ids, now, dims=dims)
        spans = places(write_up, wanted)[:_MOST_IN_WRITE_UP] if write_up else ()
        text = self._window.write_up.text
        self._tag(text, HIT, write_up, 1, spans)
        if now and not now.note_id and now.span:
            self._tag(text, NOW, write_up, 1, [now.span])

    def _draw_page(
        self, wanted: Sequence[str], found_ids: Collection[str], now: Stop | None, *, dims: bool
    ) -> None:
        page = self._window.page
        for row, line in page.visible_rows():
            if row is None:
                continue
            if row.id in found_ids:
                self._tag(page.text, HIT, row.text, line, places(row.text, wanted)[:_MOST_IN_WRITE_UP])
            elif dims:
                self._tag(page.text, DIMMED, row.text, line, [(0, len(row.text))])
            if now and now.note_id == row.id:
                self._tag(page.text, NOW, row.text, line, [now.span or (0, len(row.text))])

    @staticmethod
    def _tag(text: GuardedText, tag: str, words: str, line: int, spans: Iterable[Span]) -> None:
        here = shown(words)
        ends, start = [], 0
        for span in spans:
            for offset in span:  # each line break is counted once, however many hits there are
                place = here.place(offset)
                line += here.text.count("\n", start, place)
                start = here.text.rfind("\n", 0, place) + 1
                ends.append(f"{line}.{columns(here.text[start:place])}")
        if ends:
            text.raw("tag", "add", tag, *ends)

    def see(self, stop: Stop) -> None:
        """Scrolls so that a stop is on screen."""
        if not stop.note_id:
            write_up = self._window.write_up.text
            write_up.see(index_of(str(write_up.raw("get", "1.0", "end-1c")), stop.start))
            return
        page = self._window.page
        row = page.row_of(stop.note_id)
        if row is not None:
            page.text.see(page.index_of(row, stop.start))
