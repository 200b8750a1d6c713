"""Many pasted notes come where each alone would have come, at a cost that goes by their number."""

from __future__ import annotations

import sys
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.actions import pasting
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook, Talk, new_ids
from desktopnotes.model.pasted import add_pasted

MOMENTS = st.integers(0, 6)


@given(st.lists(st.one_of(st.none(), MOMENTS), max_size=8), st.lists(MOMENTS, min_size=1, max_size=8))
def test_all_at_once_is_the_same_as_one_after_the_other(there: list[int | None], pasted: list[int]) -> None:
    stamps = iter(sorted(at_ms for at_ms in there if at_ms is not None))
    notes = tuple(
        Note(f"old{i}", at_ms=None if at_ms is None else next(stamps)) for i, at_ms in enumerate(there)
    )
    before = Notebook("book", talks=(Talk("talk", notes=notes),))
    new = [Note(f"new{i}", at_ms=at_ms) for i, at_ms in enumerate(pasted)]
    slowly = before
    for note in new:
        slowly = edits.add_settled(slowly, "talk", note)
    assert add_pasted(before, "talk", new) == slowly


def calls_in(job: Callable[[], object]) -> int:
    """How many functions a job calls: the same on any machine, however busy that is."""
    count = 0

    def called(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        job()
    finally:
        sys.setprofile(None)
    return count


def test_twice_the_lines_are_twice_the_work() -> None:
    def paste(lines: int) -> None:
        _, notes = pasting.timed_notes("0:02 two\n0:01 one\n" * (lines // 2))
        there = tuple(Note(f"n{i}", at_ms=i) for i in range(lines))
        book = Notebook("book", talks=(Talk("talk", notes=there),))
        assert len(add_pasted(book, "talk", notes).talks[0].notes) == 2 * lines

    once, twice = calls_in(lambda: paste(500)), calls_in(lambda: paste(1000))
    assert twice < 2.1 * once
    assert once < 500 * 60


def test_ids_are_of_the_form_of_the_file_and_all_differ() -> None:
    ids = new_ids(5000)
    assert len(set(ids)) == 5000
    assert {len(each) for each in ids} == {12}
    assert set("".join(ids)) == set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert new_ids(0) == []
