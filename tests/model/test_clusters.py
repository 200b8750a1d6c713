"""Signs of several characters are deleted whole, and nothing is left of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.clusters import end_behind, sign_before, start_before

FAMILY = "👩‍👩‍👧"
SIGNS = (
    FAMILY,
    "👍🏽",
    "❤️",
    "🇧🇷",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "1️⃣",
    "e\u0301",
    "\u1ea1\u0308",
    "🧑🏿‍🚀",
    "🙂‍↔️",
    "a",
    "é",
    "漢",
    " ",
    "\n",
    "₂",
)


@pytest.mark.parametrize("before", ["", "a", "👩", "🇧🇷", "\n"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_one(sign: str, before: str) -> None:
    text = f"{before}{sign}b"
    start, end = len(before), len(before) + len(sign)
    assert (start_before(text, end), end_behind(text, start)) == (start, end)


def test_marks_that_are_typed_one_by_one_go_one_by_one() -> None:
    assert start_before("नि", 2) == 1
    assert end_behind("नि", 0) == 2


@given(st.lists(st.sampled_from(SIGNS)))
def test_as_many_keys_as_there_are_signs_delete_a_text(signs: list[str]) -> None:
    text = left = "".join(signs)
    for sign in reversed(signs):
        left = left[: start_before(left, len(left))]
        assert left == text[: len(left)]
        text = text.removesuffix(sign)
        assert left == text
    assert not left


@given(st.text(st.sampled_from("a\n\u200d\u0301👩🏽🇧िन漢"), max_size=90), st.integers(0, 90))
def test_whatever_the_text_a_key_deletes_something_and_ends(text: str, place: int) -> None:
    place = min(place, len(text))
    assert 0 <= start_before(text, place) < place or place == 0
    assert place < end_behind(text, place) <= len(text) or place == len(text)


@given(st.lists(st.sampled_from([*SIGNS, "नि"])))
def test_arrows_stop_at_the_same_places_both_ways(signs: list[str]) -> None:
    text, there, back = "".join(signs), [0], []
    while there[-1] < len(text):
        there.append(end_behind(text, there[-1]))
    place = len(text)
    while place > 0:
        back.append(place)
        place = sign_before(text, place)
    assert there == [0, *reversed(back)]
