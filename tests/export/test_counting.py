"""Words and the time to read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.export.counting import Count, count

WORDS = st.lists(st.from_regex(r"[a-zé]+(['’-][a-z]+)?", fullmatch=True), max_size=30)
BETWEEN = st.sampled_from([" ", "\n", ", ", " – ", ". ", " — ", "…", " * ", " | "])
SIGNS = st.text("漢字かなカナ", max_size=20)


@given(WORDS, BETWEEN, SIGNS)
def test_words_are_counted_whatever_stands_between_them_and_signs_one_by_one(
    words: list[str], between: str, signs: str
) -> None:
    assert count(between.join(words) + between + signs) == Count(len(words), len(signs))


@given(st.text(), st.text())
def test_what_stands_in_two_paragraphs_is_counted_as_both(one: str, other: str) -> None:
    assert count(f"{one}\n{other}") == count(one) + count(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("- * ! – …", 0),
        ("it’s don't C++ and 3.14", 5),
        ("well-known, “quoted”.", 2),
        ("and/or yes—no", 4),
        ("한국어 단어", 2),
        ("Linux 内核 is 5", 5),
        ("🎉 party 👩‍🚀", 1),
    ],
)
def test_what_a_word_is(text: str, words: int) -> None:
    assert count(text).in_all == words


@pytest.mark.parametrize(
    ("words", "signs", "minutes"),
    [(0, 0, 0), (1, 0, 1), (238, 0, 1), (2380, 0, 10), (0, 1500, 3), (238, 500, 2)],
)
def test_minutes_to_read(words: int, signs: int, minutes: int) -> None:
    assert Count(words, signs).minutes == minutes
