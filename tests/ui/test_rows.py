"""The page as rows: what a change redraws, and where each row begins after it."""

from __future__ import annotations

from dataclasses import replace

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
    made = list(old)
    for change in rows.changes(old, new):
        made[change.first : change.last] = change.rows
    assert len(made) == len(new)
    assert all(map(rows.looks_like, made, new))


@given(st.permutations(range(6)), st.integers(0, 5), st.integers(0, 5))
def test_of_a_note_that_moved_only_that_note_is_drawn_again(order: list[int], start: int, end: int) -> None:
    old: list[Row] = [*(Note(f"n{number}") for number in order), None]
    new = list(old)
    new.insert(end, new.pop(start))
    found = rows.changes(old, new)
    assert sum(len(change.rows) for change in found) <= (2 if abs(start - end) == 1 else 1)


@given(pages(), pages())
def test_lines_are_counted_on_after_a_change(old: list[Row], new: list[Row]) -> None:
    after = Lines(old)
    for change in rows.changes(old, new):
        after = after.changed(change)
    counted = Lines(new)
    assert [after.start(row) for row in range(len(new) + 1)] == [
        counted.start(row) for row in range(len(new) + 1)
    ]
    assert [after.row_at(line) for line in range(1, 20)] == [counted.row_at(line) for line in range(1, 20)]


def _letters(pieces: list[object]) -> list[tuple[str, object]]:
    """Each letter with its tags."""
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return [(letter, tags) for text, tags in pairs for letter in str(text)]


@given(pages(), st.sets(st.integers(0, 5)))
def test_rows_of_the_same_look_are_one_piece_and_each_letter_keeps_its_tags(
    page: list[Row], quotes: set[int]
) -> None:
    page = [
        replace(row, kind="quote", text="a **b** c") if row and index in quotes else row
        for index, row in enumerate(page)
    ]
    one_by_one = [piece for row in page for piece in rows.pieces(row)]
    assert _letters(rows.all_pieces(page)) == _letters(one_by_one)
    plain = [Note(f"n{number}", text="words") for number in range(100)]
    assert len(rows.all_pieces(plain)) == 2
