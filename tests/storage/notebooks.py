"""Notebooks for tests: any that the program can hold, as hypothesis makes them, and one as people have."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from desktopnotes.model.notebook import (
    Chapter,
    Exported,
    Kind,
    Note,
    Notebook,
    Post,
    Published,
    Site,
    State,
    Style,
    Talk,
    Times,
)
from desktopnotes.storage import format as file_format

HOUR_MS = 3600 * 1000

texts = st.text(max_size=20)
"""Every character but surrogates, which UTF-8 cannot write."""

ids = st.text(min_size=1, max_size=64)
times = st.integers(0, 1000 * HOUR_MS)
words = st.lists(texts, max_size=3).map(tuple)
plain_names = st.from_regex(r"[a-z0-9]{1,8}(\.png)?", fullmatch=True) | st.just("")

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def _unknown(*known: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(texts.filter(lambda key: key not in known), _json, max_size=2)


notes = st.builds(
    Note,
    id=ids,
    at_ms=st.none() | times,
    end_ms=st.none() | times,
    kind=st.sampled_from(Kind) | texts,
    text=texts,
    picture=plain_names,
    alt=texts,
    caption=texts,
    used=st.booleans(),
    approximate=st.booleans(),
    conflict=st.booleans(),
    created=texts,
    edited=texts,
    unknown=_unknown(*file_format.NOTE.rows),
)

chapters = st.builds(Chapter, times, texts, _unknown("at_ms", "title"))

talks = st.builds(
    Talk,
    id=ids,
    title=texts,
    original_title=texts,
    speakers=words,
    url=texts,
    file=texts,
    duration_ms=times,
    state=st.sampled_from(State) | texts,
    position_ms=times,
    rate=st.floats(0.05, 20),
    offset_ms=st.integers(-HOUR_MS, HOUR_MS),
    tags=words,
    captions=texts,
    chapters=st.lists(chapters, max_size=3).map(tuple),
    write_up=texts,
    notes=st.lists(notes, max_size=4).map(tuple),
    unknown=_unknown(*file_format.TALK.rows),
)

posts = st.builds(
    Post,
    id=ids,
    title=texts,
    date=texts,
    slug=texts,
    lang=texts,
    tags=words,
    description=texts,
    draft=st.booleans(),
    intro=texts,
    closing=texts,
    talks=words,
    style=st.sampled_from(Style) | texts,
    site=st.sampled_from(Site) | texts,
    times=st.sampled_from(Times) | texts,
    published=st.none() | st.builds(Published, texts, texts, _unknown("date", "url")),
    exported=st.lists(st.builds(Exported, texts, texts, _unknown("path", "site")), max_size=2).map(tuple),
    unknown=_unknown(*file_format.POST.rows),
)


def _with_unique_ids(notebook: Notebook) -> bool:
    note_ids = [note.id for talk in notebook.talks for note in talk.notes]
    return all(
        len(set(group)) == len(group)
        for group in (note_ids, [talk.id for talk in notebook.talks], [post.id for post in notebook.posts])
    )


notebooks = st.builds(
    Notebook,
    id=ids,
    title=texts,
    created=texts,
    pictures=plain_names,
    talks=st.lists(talks, max_size=3).map(tuple),
    posts=st.lists(posts, max_size=2).map(tuple),
    unknown=_unknown("format", "version", *file_format.NOTEBOOK.rows),
).filter(_with_unique_ids)


def small_notebook(*texts: str) -> Notebook:
    """One talk with a note for each text."""
    made = tuple(Note(f"note{i:08}", at_ms=i * 1000, text=text) for i, text in enumerate(texts))
    return Notebook("notebook0001", "Back Row", talks=(Talk("talk00000001", "A Talk", notes=made),))


def large_notebook(count: int, talk_count: int = 20) -> Notebook:
    """`count` notes of the usual length, spread over `talk_count` talks."""
    sentence = (
        "What matters here is that the notes survive: “a letter to someone who was not there”, she said."
    )
    made = [
        Note(f"n{i:011}", at_ms=i * 1000, text=f"{i} {sentence}", created="2026-01-01T00:00:00Z")
        for i in range(count)
    ]
    size = -(-count // talk_count)
    return Notebook(
        "notebook0001",
        "Large",
        talks=tuple(
            Talk(f"talk{i:08}", f"Talk {i}", notes=tuple(made[i * size : (i + 1) * size]))
            for i in range(talk_count)
        ),
    )
