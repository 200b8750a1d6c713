"""What Tk is given of a text: no line too long, and each place found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.ui.shown_text import LINE_LIMIT, shown

PIECES = st.sampled_from(
    ["\n", " ", "word ", "\0", "x" * LINE_LIMIT, "y" * (2 * LINE_LIMIT + 1), "ab " * 900]
)


@given(st.lists(PIECES, max_size=6).map("".join), st.data())
def test_no_line_is_too_long_and_each_place_is_found_again(text: str, data: st.DataObject) -> None:
    here = shown(text)
    assert max(map(len, here.text.split("\n"))) <= LINE_LIMIT
    assert len(here.text) == len(text) + len(here.added)
    offset = data.draw(st.integers(0, len(text)))
    assert here.offset(here.place(offset)) == offset
    if offset < len(text):
        letter = here.text[here.place(offset)]
        assert letter == text[offset].replace("\0", "\u2400") or (text[offset], letter) == (" ", "\n")


def test_a_text_of_short_lines_is_shown_as_it_is() -> None:
    text = "words of a line\n" * 1000
    assert shown(text).text == text
    assert not shown(text).is_broken
