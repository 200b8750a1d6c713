"""Talks for hypothesis to make: notes of every kind with any text, at times in no order."""

from __future__ import annotations

from hypothesis import strategies as st

from desktopnotes.model.notebook import Chapter, Kind, Note, Notebook, Talk
from tests.export.awkward import texts

HOSTILE = [
    "-->",
    "WEBVTT",
    "\x00",
    "\u202e",
    "\u2028",
    "\r\n",
    "=1+1",
    "\t@x",
    '"',
    ",",
    "\ufeff",
    "00:01 --> 9",
]
any_text = st.one_of(st.text(max_size=40), texts, st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))

_moments = st.none() | st.integers(0, 8_000_000) | st.sampled_from([0, 999, 9_999, 10_000, 3_599_999])
_notes = st.builds(
    Note,
    id=st.uuids().map(str),
    at_ms=_moments,
    end_ms=st.none() | st.integers(0, 9_000_000),
    kind=st.sampled_from([*Kind, Kind.CHAPTER, Kind.CHAPTER]),
    text=any_text,
)
talks = st.builds(
    Talk,
    id=st.just("talk1"),
    title=any_text,
    speakers=st.lists(any_text, max_size=2).map(tuple),
    url=st.sampled_from(["", "https://youtu.be/dQw4w9WgXcQ", "https://example.org/a.mp4", "talk.mp4"]),
    offset_ms=st.sampled_from([0, 5_000, -12_345, -5_000_000]),
    duration_ms=st.sampled_from([0, 600_000, 5_000_000]),
    chapters=st.lists(st.builds(Chapter, st.integers(0, 900_000), any_text), max_size=3).map(tuple),
    notes=st.lists(_notes, max_size=6).map(tuple),
)


def notebook_of(talk: Talk) -> Notebook:
    return Notebook("book1", title="An Event", talks=(talk,))
