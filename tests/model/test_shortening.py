"""What is cut fits, and is as long as it can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.shortening import in_a_line, to_letters, to_width, to_width_of_letters

TEXTS = st.text(max_size=30)


@given(TEXTS)
def test_in_a_line_nothing_turns_or_ends_it_and_all_letters_stay(text: str) -> None:
    line = in_a_line(f"“{text}\u202e\0\n” is not there.")
    assert not set(line) & set("\0\n\r\x1b\x85\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
    assert [char for char in text if char.isalnum()] == [char for char in line[1:-17] if char.isalnum()]


@given(TEXTS, st.integers(1, 40))
def test_what_is_cut_to_a_width_fits_and_is_as_long_as_it_can_be(text: str, room: int) -> None:
    short = to_width(text, room, len)
    line = text.replace("\n", " ")
    assert len(short) <= room
    if len(text) <= room:
        assert short == line
    else:
        assert short.endswith("…")
        assert line.startswith(short[:-1])
        assert not line[len(short) - 1 : room - 1].strip()


@given(TEXTS, st.integers(1, 40))
def test_letter_by_letter_it_is_cut_alike(text: str, room: int) -> None:
    short = to_width_of_letters(text, 3 * room, lambda letter: 3 * len(letter))
    assert short == to_width(text, room, len)


@given(TEXTS, st.integers(2, 40), st.booleans())
def test_what_is_cut_to_letters_has_no_more_of_them(text: str, most: int, at_a_word: bool) -> None:
    short, line = to_letters(text, most, at_a_word=at_a_word), " ".join(text.split())
    if len(line) <= most:
        assert short == line
    else:
        assert short.endswith("…")
        assert len(short) <= most + at_a_word
        assert line.startswith(short[:-1].rstrip())


@pytest.mark.parametrize(
    ("at_a_word", "short"), [(False, "One two th…"), (True, "One two …")], ids=["in a word", "at a word"]
)
def test_where_a_text_is_cut(at_a_word: bool, short: str) -> None:
    assert to_letters("One  two\nthree four", 11, at_a_word=at_a_word) == short


def test_where_there_is_no_room_nothing_but_the_sign_is_left() -> None:
    assert (to_width("words", 0, len), to_width("words", -9, len), to_width("", 0, len)) == ("…", "…", "")


def test_of_a_very_long_text_only_the_beginning_is_measured() -> None:
    measured: list[int] = []

    def width(text: str) -> int:
        measured.append(len(text))
        return len(text)

    assert to_width("word " * 200_000, 12, width) == "word word w…"
    assert sum(measured) < 200
