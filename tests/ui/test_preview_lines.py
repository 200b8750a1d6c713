"""The lines of the preview: what differs between two blocks, and columns of tables."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import reader
from desktopnotes.export.blocks import EMPHASIS, PARAGRAPH, STRONG, Block, Run
from desktopnotes.ui.preview_lines import GAP, LONGEST, MOST, Piece, difference, pieces_of

RUNS = st.builds(
    Run,
    st.text("ab \n🎉", max_size=6),
    st.sampled_from([(), (STRONG,), (EMPHASIS,)]),
    st.sampled_from(["", "https://x.y"]),
)
BLOCKS = st.builds(
    Block, st.just(PARAGRAPH), st.lists(RUNS, max_size=5).map(tuple), marker=st.sampled_from(["", "•"])
)


def letters(pieces: list[Piece]) -> list[tuple[str, object, object]]:
    return [(letter, piece.line, piece.look) for piece in pieces for letter in piece.text]


@given(BLOCKS, BLOCKS)
def test_a_difference_makes_the_one_block_of_the_other(one: Block, other: Block) -> None:
    old, new = pieces_of(one), pieces_of(other)
    change = difference(old, new)
    made = letters(old)
    made[change.start : change.start + change.gone] = letters(list(change.come))
    assert made == letters(new)


@given(st.text("ab ", max_size=9), st.text("ab ", max_size=9), st.text("ab ", max_size=3))
def test_of_a_letter_put_in_nothing_else_changes(before: str, after: str, put: str) -> None:
    old = pieces_of(Block(PARAGRAPH, (Run(f"x{before}{after}x"),)))
    new = pieces_of(Block(PARAGRAPH, (Run(f"x{before}{put}{after}x"),)))
    change = difference(old, new)
    assert change.gone == 0
    assert sum(len(piece.text) for piece in change.come) == len(put)
    made = letters(old)
    made[change.start : change.start] = letters(list(change.come))
    assert made == letters(new)


def rows(markdown: str) -> list[str]:
    (table,) = reader.read(markdown).blocks
    text = "".join(piece.text for piece in pieces_of(table) if piece.line.kind != GAP)
    return text.removesuffix("\n").split("\n")


def test_the_columns_of_a_table_stand_in_line() -> None:
    assert rows("| Name | n | mid |\n|:--|--:|:-:|\n| a | 1 | b |\n| 漢字x | 22.5 | *em* |\n") == [
        "Name      n  mid",
        "a         1   b",
        "漢字x  22.5  em",
    ]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["word ", "x", "\n", "🎉 "]), st.integers(1, 9000)), max_size=4))
def test_a_line_longer_than_tk_bears_is_broken_and_loses_nothing(parts: list[tuple[str, int]]) -> None:
    runs = tuple(Run(text * count, (STRONG,) * (index % 2)) for index, (text, count) in enumerate(parts))
    text = "".join(piece.text for piece in pieces_of(Block(PARAGRAPH, runs)) if piece.line.kind != GAP)
    assert max(map(len, text.split("\n"))) <= LONGEST
    assert "".join(text.split()) == "".join("".join(run.text for run in runs).split())


def test_of_many_short_words_that_look_different_no_long_line_is_made() -> None:
    runs = tuple(Run("ab ", (STRONG,) * (number % 2)) for number in range(20_000))
    text = "".join(piece.text for piece in pieces_of(Block(PARAGRAPH, runs)))
    assert max(map(len, text.split("\n"))) <= LONGEST


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["word ", "ab", "\n", "🎉 "]), min_size=1, max_size=4))
def test_no_line_has_more_pieces_than_tk_bears_and_it_is_broken_at_a_space(texts: list[str]) -> None:
    runs = tuple(
        Run(text, (STRONG,) * (number % 2))
        for number, text in enumerate(text for _ in range(300) for text in texts)
    )
    pieces = pieces_of(Block(PARAGRAPH, runs))
    lines = "".join("\n" if piece.text == "\n" else "." for piece in pieces).split("\n")
    has_spaces = any(" " in text for text in texts)
    assert max(map(len, lines)) <= MOST + len(texts) if has_spaces else 2 * MOST
    shown = "".join(piece.text for piece in pieces if piece.line.kind != GAP)
    assert "".join(shown.split()) == "".join("".join(texts * 300).split())


def test_words_that_look_alike_are_not_drawn_anew_wherever_they_come_from() -> None:
    one, other = (pieces_of(Block(PARAGRAPH, (Run("a", link=f"https://{name}.y"),))) for name in "xz")
    assert difference(one, other).come == []
