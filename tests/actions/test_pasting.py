"""Pasted text is taken apart by the times that lines start with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.actions import pasting


def timed_notes(text: str) -> tuple[str, tuple[tuple[int | None, str], ...]]:
    before, notes = pasting.timed_notes(text)
    return before, tuple((note.at_ms, note.text) for note in notes)


@pytest.mark.parametrize(
    ("line", "at_ms", "words"),
    [
        ("12:46 words", 766_000, "words"),
        ("1:02:03 words", 3_723_000, "words"),
        ("62:03 words", 3_723_000, "words"),
        ("0:05.25 words", 5_250, "words"),
        ("[00:05] words", 5_000, "words"),
        ("(0:05) - words", 5_000, "words"),
        ("0:05 – words", 5_000, "words"),
        ("0:05: words", 5_000, "words"),
        ("\t0:05\twords", 5_000, "words"),
        ("0:05", 5_000, ""),
    ],
)
def test_a_line_starts_with_a_time(line: str, at_ms: int, words: str) -> None:
    assert timed_notes(line) == ("", ((at_ms, words),))


@pytest.mark.parametrize(
    "line",
    ["at 0:05 words", "16:9 pictures", "16:90 pictures", "1:2345", "1:75:00", "1:02:03:04", "words", ""],
)
def test_a_line_does_not(line: str) -> None:
    assert timed_notes(line) == (line, ())


def test_what_stands_before_the_first_time_is_kept_apart() -> None:
    text = "Contents\n\nof the talk\n\n0:05 five\nmore\n0:06 six\n"
    assert timed_notes(text) == ("Contents\n\nof the talk", ((5_000, "five\nmore"), (6_000, "six")))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_may_end_as_on_any_system(end: str) -> None:
    assert timed_notes(f"A{end}B{end}0:05 five{end}more{end}") == ("A\nB", ((5_000, "five\nmore"),))


@given(st.text("0123456789:.,[]()- \n\r\tab"))
def test_whatever_is_pasted_no_word_is_lost(text: str) -> None:
    before, timed = timed_notes(text)
    left = before + "".join(words for _, words in timed)
    assert left.count("a") + left.count("b") == text.count("a") + text.count("b")
