"""The rows that show what is in a backup beside now: a talk each, with its notes that differ under it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktopnotes.model import timecode
from desktopnotes.model.comparing import Comparison, NoteDifference, TalkDifference, What
from desktopnotes.model.notebook import Note
from desktopnotes.model.shortening import to_letters
from desktopnotes.ui.backup_words import notes_of
from desktopnotes.ui.hit_list import Piece, one_line
from desktopnotes.words import _, number

_LETTERS = 240
_INDENT = "          "
_SIGNS = {What.BACK: "+", What.GONE: "−", What.MOVED: "→"}
_TAGS = {What.BACK: "back", What.GONE: "went", What.MOVED: "quiet"}
_FIELDS = {
    "write_up": _("write-up"),
    "url": _("address"),
    "offset_ms": _("offset"),
    "original_title": _("first title"),
    "order": _("order of the notes"),
    "unknown": _("other data"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a talk; where `what` is given that of a note (or its write-up) which goes or comes back."""

    talk: TalkDifference
    what: What | None = None
    stamp: str = ""
    text: str = ""

    @property
    def is_talk(self) -> bool:
        return self.what is None

    def is_of(self, talk: TalkDifference) -> bool:
        """Whether it is the row of that talk."""
        return self.is_talk and self.talk is talk

    def pieces(self, *, is_unfolded: bool) -> Sequence[Piece]:
        if self.what is not None:
            tag = _TAGS.get(self.what, "quiet")
            stamp = f"{self.stamp}  " if self.stamp else ""
            return (
                (f"{_INDENT}{_SIGNS.get(self.what, '~')} ", tag),
                (stamp, "stamp"),
                (one_line(to_letters(self.text, _LETTERS)), tag),
            )
        return _of_talk(self.talk, is_unfolded=is_unfolded)


def rows_of(comparison: Comparison, unfolded: Collection[str]) -> Iterator[Row]:
    """A row for each talk, those that differ first; under the unfolded ones what differs in them."""
    for talk in sorted(comparison.talks, key=lambda each: each.what is What.SAME):
        yield Row(talk)
        if talk.talk.id in unfolded:
            yield from _inside(talk)


def _inside(talk: TalkDifference) -> Iterator[Row]:
    if talk.then and talk.now:
        for name in talk.fields:
            if name == "write_up":
                yield from _texts(talk, talk.now.write_up, talk.then.write_up, _("Write-up"))
            elif name == "title":
                yield from _texts(talk, talk.now.title, talk.then.title, _("Title"))
        others = [_FIELDS.get(name, name) for name in talk.fields if name not in ("write_up", "title")]
        if others:
            yield Row(talk, What.CHANGED, text=_("otherwise then: {fields}").format(fields=", ".join(others)))
    for note in talk.notes:
        yield from _of_note(talk, note)


def _texts(talk: TalkDifference, now: str, then: str, name: str) -> Iterator[Row]:
    if now.strip():
        yield Row(talk, What.GONE, text=f"{name}: {now}")
    if then.strip():
        yield Row(talk, What.BACK, text=f"{name}: {then}")


def _of_note(talk: TalkDifference, note: NoteDifference) -> Iterator[Row]:
    if note.what is What.MOVED:
        one = note.then or note.now
        assert one
        words = _("{text} (is in another talk now)") if note.then else _("{text} (was in another talk)")
        yield Row(talk, What.MOVED, _stamp(one), words.format(text=_text(one)))
        return
    if note.now:
        yield Row(talk, What.GONE, _stamp(note.now), _text(note.now))
    if note.then:
        yield Row(talk, What.BACK, _stamp(note.then), _text(note.then))


def _stamp(note: Note) -> str:
    return "" if note.at_ms is None else timecode.clock(note.at_ms)


def _text(note: Note) -> str:
    return note.text or (_("a snapshot") if note.picture else _("an empty note"))


def _of_talk(talk: TalkDifference, *, is_unfolded: bool) -> Sequence[Piece]:
    title = one_line(to_letters(talk.talk.title or _("Untitled"), 60))
    notes = notes_of(len(talk.talk.notes))
    if talk.what is What.SAME:
        return (("  ", ""), (title, ""), ("   " + _("{notes}, as now").format(notes=notes), "quiet"))
    sign = "▾ " if is_unfolded else "▸ "
    name = ((sign, "quiet"), (title, "talk"))
    if talk.what is What.BACK:
        return (*name, ("   " + _("comes back with {notes}").format(notes=notes), "back"))
    if talk.what is What.GONE:
        return (*name, ("   " + _("goes with {notes}").format(notes=notes), "went"))
    changed = talk.count(What.CHANGED) + talk.count(What.MOVED) + bool(talk.fields)
    figures = (
        ("+", talk.count(What.BACK), "back"),
        ("−", talk.count(What.GONE), "went"),
        ("~", changed, "quiet"),
    )
    return (*name, ("  ", ""), *((f" {each}{number(count)}", tag) for each, count, tag in figures if count))
