"""Pasted text is taken apart by the times that lines start with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.actions import pasting
from desktopnotes.model.notebook import Kind, Note


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
        ("- 12:41 words", 761_000, "words"),
        ("* [12:41] words", 761_000, "words"),
        ("(1:02:03) words", 3_723_000, "words"),
        ("[12:41](https://example.org/?t=761) words", 761_000, "words"),
        ("00:00 - Intro", 0, "Intro"),
        ("12:41 | words", 761_000, "words"),
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


@pytest.mark.parametrize(
    ("line", "end_ms", "words"),
    [
        ("12:41 - 13:05 words", 785_000, "words"),
        ("[12:41–13:05] words", 785_000, "words"),
        ("00:12:41,000 --> 00:13:05,250\nwords", 785_250, "words"),
        ("12:41 - 12:41 words", None, "words"),
    ],
)
def test_a_second_time_is_the_end(line: str, end_ms: int | None, words: str) -> None:
    ((note,),) = pasting.timed_notes(line)[1:]
    assert (note.at_ms, note.end_ms, note.text) == (761_000, end_ms, words)


@given(
    st.lists(
        st.tuples(st.integers(0, 9_000), st.sampled_from(list(Kind)[:3]), st.sampled_from(["a", "a\nb"]))
    )
)
def test_what_is_written_with_stamps_comes_back_as_notes(made: list[tuple[int, Kind, str]]) -> None:
    notes = [Note(f"n{i}", at_s * 1000, kind=kind, text=text) for i, (at_s, kind, text) in enumerate(made)]
    head, back = pasting.timed_notes(pasting.written(notes))
    assert head == ""
    assert [(n.at_ms, n.kind, n.text) for n in back] == [(n.at_ms, n.kind, n.text) for n in notes]


@given(st.text("0123456789:.,[]()- \n\r\tab"), st.sampled_from([0, 1_000, 90_000]))
def test_whatever_is_pasted_no_word_is_lost(text: str, length_ms: int) -> None:
    before, timed = pasting.timed_notes(text, length_ms)
    left = before + "".join(note.text for note in timed)
    assert all(0 <= (note.end_ms or note.at_ms or 0) <= length_ms for note in timed if length_ms)
    assert left.count("a") + left.count("b") == text.count("a") + text.count("b")
