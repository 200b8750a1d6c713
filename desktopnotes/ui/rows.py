"""The page as rows of text lines, without a widget: which note a line is of, and what a change redraws.

A row is a note, or None for an empty row: it belongs to no note, and a key typed in it begins one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from desktopnotes.model import light_markdown
from desktopnotes.model.light_markdown import Span
from desktopnotes.model.notebook import Kind, Note, Talk
from desktopnotes.ui import markdown_tags
from desktopnotes.ui.shown_text import shown

Row = Note | None

_STYLED = {Kind.PRIVATE: "private", Kind.QUOTE: "quote", Kind.CHAPTER: "chapter"}


def id_of(row: Row) -> str:
    return row.id if row else ""


def text_of(row: Row) -> str:
    """The row's text as Tk can hold it, see `shown`."""
    return shown(row.text).text if row else ""


def length_of(row: Row) -> int:
    """How many letters the row's note has."""
    return len(row.text) if row else 0


def typed(text: str, before: str) -> str:
    """The note's text of what stands in the widget: pictures of NUL are NUL where the note had some."""
    return text.replace("\u2400", "\0") if "\0" in before else text


def tags_of(row: Row) -> tuple[str, ...]:
    """The Tk tags that style all of a row's text."""
    if row is None:
        return ()
    tags = []
    if style := _STYLED.get(row.kind):  # type: ignore[call-overload]
        tags.append(style)
    if row.used:
        tags.append("used")
    return tuple(tags)


def caption_beside(row: Row) -> str:
    """The caption that a note keeps, in one line; "" where its text says the same already."""
    if row is None or not row.caption:
        return ""
    caption = " ".join(row.caption.split())
    return "" if caption.casefold() == " ".join(row.text.split()).casefold() else caption


def tail_of(row: Row) -> str:
    """The tag of its last line, which leaves room below: for a caption, and much for a snapshot."""
    has_picture, has_caption = bool(row and row.picture), bool(caption_beside(row))
    if has_picture:
        return "pictured and captioned" if has_caption else "pictured"
    return "captioned" if has_caption else "tail"


def around(row: Row) -> str:
    """The tag that slants or thickens all of the row's text, "" where none does."""
    return _STYLED.get(row.kind, "") if row else ""  # type: ignore[call-overload]


def pieces(row: Row) -> list[object]:
    """Text and tags in turn, as Tk's insert takes them; the first line has room above, the last below."""
    tags, text, tail = tags_of(row), text_of(row), tail_of(row)
    spans = light_markdown.spans(text)
    first, line_break, rest = text.partition("\n")
    if not line_break:
        return _marked(f"{text}\n", 0, ("head", tail, *tags), spans, row)
    middle, line_break, last = rest.rpartition("\n")
    middle = f"{middle}{line_break}"
    return [
        *_marked(f"{first}\n", 0, ("head", *tags), spans, row),
        *_marked(middle, len(first) + 1, tags, spans, row),
        *_marked(f"{last}\n", len(first) + 1 + len(middle), (tail, *tags), spans, row),
    ]


def all_pieces(page: Iterable[Row]) -> list[object]:
    """The pieces of many rows, those with the same tags as one: Tk's time goes by their number."""
    texts: list[str] = []
    made: list[object] = []
    last: object = None
    for row in page:
        of_row = pieces(row)
        for text, tags in zip(of_row[::2], of_row[1::2], strict=True):
            if tags != last and texts:
                made += ["".join(texts), last]
                texts.clear()
            last = tags
            texts.append(str(text))
    return [*made, "".join(texts), last] if texts else made


def _marked(text: str, start: int, tags: tuple[str, ...], spans: Sequence[Span], row: Row) -> list[object]:
    """A piece of a row that begins at `start`, cut where its Markdown changes the look."""
    if not spans:
        return [text, tags]
    made: list[object] = []
    place, end = start, start + len(text)
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            if place < first:
                made += [text[place - start : first - start], tags]
            made += [text[first - start : last - start], (*tags, *markdown_tags.tags_of(span, around(row)))]
            place = last
    return [*made, text[place - start :], tags]


def looks_like(row: Row, other: Row) -> bool:
    """Whether text and style are the same; the stamp and the sign are drawn apart."""
    if row is other:
        return True
    if row is None or other is None or row.id != other.id:
        return False
    return row.text == other.text and (*tags_of(row), tail_of(row)) == (*tags_of(other), tail_of(other))


def of_talk(talk: Talk | None, blank_after: str | None) -> list[Row]:
    """A row for each note, an empty one behind the note `blank_after` ("" is the top), and one at the end.

    Where `blank_after` is None, or the last note, the one at the end is the only one.
    """
    notes = talk.notes if talk else ()
    page: list[Row] = [*notes, None]
    if notes and talk and blank_after is not None and blank_after != notes[-1].id:
        above = talk.index_of(blank_after) if blank_after else -1
        if above is not None:
            page.insert(above + 1, None)
    return page


@dataclass(frozen=True, slots=True)
class Change:
    """Rows `first` up to but not including `last` of the old page give way to `rows`."""

    first: int
    last: int
    rows: tuple[Row, ...]


def changes(old: Sequence[Row], new: Sequence[Row]) -> tuple[Change, ...]:
    """What to redraw, one after the other, so that the one page looks like the other; the last row stays.

    It is the smallest run of rows; but of a note that took its place elsewhere only that note, not the
    thousands that it went past.
    """
    run = _change(old, new)
    if run is None:
        return ()
    first, last, made = run.first, run.last, run.rows
    if last - first == len(made) > 2:
        if _alike(old[first : last - 1], made[1:], len(made)) == len(made) - 1:
            return Change(last - 1, last, ()), Change(first, first, made[:1])
        if _alike(old[first + 1 : last], made, len(made)) == len(made) - 1:
            return Change(first, first + 1, ()), Change(last - 1, last - 1, made[-1:])
    return (run,)


def _change(old: Sequence[Row], new: Sequence[Row]) -> Change | None:
    """The smallest run of rows to redraw, None where all look the same."""
    shorter = min(len(old), len(new)) - 1
    first = _alike(old, new, shorter)
    same_end = 1 + _alike(islice(reversed(old), 1, None), islice(reversed(new), 1, None), shorter - first)
    last = len(old) - same_end
    rows = tuple(new[first : len(new) - same_end])
    return Change(first, last, rows) if rows or first < last else None


def _alike(old: Iterable[Row], new: Iterable[Row], most: int) -> int:
    """How many rows from the first on look the same, `most` at most; of thousands nearly all do."""
    place = 0
    for one, other in islice(zip(old, new, strict=False), most):
        if one is not other and not looks_like(other, one):
            break
        place += 1
    return place


class Lines:
    """Where each row begins, counted in Tk's lines from 1."""

    def __init__(self, page: Sequence[Row]) -> None:
        self._count([height(row) for row in page])

    def _count(self, heights: list[int]) -> None:
        self._heights = heights
        self._starts = list(accumulate(heights, initial=1))

    def changed(self, change: Change) -> Lines:
        """Where they begin after a change, of which only the new rows are looked at."""
        after = Lines(())
        heights = self._heights
        after._count([*heights[: change.first], *map(height, change.rows), *heights[change.last :]])
        return after

    def start(self, row: int) -> int:
        """The first line of a row; of one past the last, the line behind the page."""
        return self._starts[row]

    def row_at(self, line: int) -> int:
        """The row that a line belongs to; lines behind the page belong to the last."""
        return min(bisect_right(self._starts, line) - 1, len(self._starts) - 2)


def height(row: Row) -> int:
    """How many lines a row has."""
    return 1 + text_of(row).count("\n") if row else 1
