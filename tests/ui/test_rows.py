"""The page as rows: what a change redraws, and where each row begins after it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.notebook import Note
from desktopnotes.ui import rows
from desktopnotes.ui.rows import Lines, Row

TEXTS = st.sampled_from(["", "one", "one\ntwo", "\n\n"])


@st.composite
def pages(draw: st.DrawFn) -> list[Row]:
    """Some notes and empty rows of a small set, so that two pages have much in common."""
    found: list[Row] = []
    for number in draw(st.lists(st.integers(0, 5), unique=True, max_size=6)):
        found.append(Note(f"n{number}", text=draw(TEXTS)) if number else None)
    return [*found, None]


@given(pages(), pages())
def test_a_change_makes_the_one_page_of_the_other(old: list[Row], new: list[Row]) -> None:
    change = rows.change(old, new)
    if change is None:
        assert all(map(rows.looks_like, old, new))
        assert len(old) == len(new)
        return
    made = [*old[: change.first], *change.rows, *old[change.last :]]
    assert len(made) == len(new)
    assert all(map(rows.looks_like, made, new))


@given(pages(), pages())
def test_lines_are_counted_on_after_a_change(old: list[Row], new: list[Row]) -> None:
    change = rows.change(old, new)
    after = Lines(old) if change is None else Lines(old).changed(change)
    counted = Lines(new)
    assert [after.start(row) for row in range(len(new) + 1)] == [
        counted.start(row) for row in range(len(new) + 1)
    ]
    assert [after.row_at(line) for line in range(1, 20)] == [counted.row_at(line) for line in range(1, 20)]
