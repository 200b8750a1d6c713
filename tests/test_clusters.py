"""Which characters an arrow goes past at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.ui import clusters


def signs(line: str) -> list[str]:
    place, found = 0, []
    while place < len(line):
        end = clusters.end(line, place)
        found.append(line[place:end])
        place = end
    return found


@pytest.mark.parametrize(
    "wanted",
    [
        ["a", "b"],
        ["👩🏽‍🔬", "b", "👨‍👩‍👧"],
        ["🇩🇪", "🇫🇷", "🇧"],
        ["e\u0301", "a\u0308\u0323", "x"],
        ["1\ufe0f\u20e3", "❤\ufe0f‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
        ["नि", "क"],
        ["漢", "字", "😀"],
        [" ", "\u0301", "a"],
    ],
)
def test_a_sign_is_passed_at_once(wanted: list[str]) -> None:
    assert signs("".join(wanted)) == wanted


@given(st.text(alphabet="ae\u0301 🏽👩\u200d🔬🇩🇪ि\ufe0fש\u05b8"), st.integers(0, 20))
def test_both_ways_stop_at_the_same_places(line: str, offset: int) -> None:
    offset = min(offset, len(line))
    ends = {0, *(sum(map(len, signs(line)[: i + 1])) for i in range(len(signs(line))))}
    assert clusters.start(line, offset) == max((at for at in ends if at < offset), default=0)
    assert clusters.end(line, offset) == min((at for at in ends if at > offset), default=len(line))
    assert clusters.start(line, offset) <= clusters.erased(line, offset) <= offset


def test_backspace_takes_a_letter_with_its_accents_and_a_vowel_sign_alone() -> None:
    assert clusters.erased("e\u0301\u0323", 3) == 0
    assert clusters.erased("नि", 2) == 1
    assert clusters.erased("ש\u05b8", 2) == 1
    assert clusters.erased("👍🏽", 2) == 0
