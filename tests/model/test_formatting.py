"""What the keys for bold, italic, code and links make of a text and what is selected in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.formatting import Selected, has, linked, toggled
from desktopnotes.model.light_markdown import CODE, EMPHASIS, STRONG, spans


def of(shown: str) -> Selected:
    """`a ‹word› b` with the selection's ends shown; `a wo‸rd` with the caret."""
    if "‸" in shown:
        place = shown.index("‸")
        return Selected(shown.replace("‸", ""), place, place)
    return Selected(shown.replace("‹", "").replace("›", ""), shown.index("‹"), shown.index("›") - 1)


def show(selected: Selected) -> str:
    text, start, end = selected.text, selected.start, selected.end
    if start == end:
        return f"{text[:start]}‸{text[start:]}"
    return f"{text[:start]}‹{text[start:end]}›{text[end:]}"


@pytest.mark.parametrize(
    ("style", "before", "after"),
    [
        (STRONG, "a ‹word› b", "a **‹word›** b"),
        (STRONG, "a **‹word›** b", "a ‹word› b"),
        (STRONG, "a ‹**word**› b", "a ‹word› b"),
        (STRONG, "a **one ‹two› three** b", "a one ‹two› three b"),
        (STRONG, "a wo‸rd b", "a **wo‸rd** b"),
        (STRONG, "a **wo‸rd** b", "a wo‸rd b"),
        (STRONG, "a ‸ b", "a **‸** b"),
        (STRONG, "a **‸** b", "a ‸ b"),
        (STRONG, "a‹ word ›b", "a **‹word›** b"),
        (STRONG, "‹one **two** three›", "**‹one two three›**"),
        (STRONG, "*‹word›*", "***‹word›***"),
        (STRONG, "***‹word›***", "*‹word›*"),
        (STRONG, "don‸'t", "**don‸'t**"),
        (STRONG, "- ‹one\n- two›\n\nthree", "- **‹one**\n- **two›**\n\nthree"),
        (STRONG, "‹- one›", "- **‹one›**"),
        (STRONG, "a ‹ › b", "a **‸**  b"),
        (EMPHASIS, "‹word›", "*‹word›*"),
        (EMPHASIS, "**‹word›**", "***‹word›***"),
        (EMPHASIS, "***‹word›***", "**‹word›**"),
        (EMPHASIS, "_‹word›_", "‹word›"),
        (EMPHASIS, "*‸*", "‸"),
        (CODE, "‹x = 1›", "`‹x = 1›`"),
        (CODE, "`‹x = 1›`", "‹x = 1›"),
        (CODE, "‹a`b›", "``‹a`b›``"),
        (CODE, "``‹a`b›``", "‹a`b›"),
        (CODE, "‹`›", "`` ‹`› ``"),
        (STRONG, "", ""),
    ],
)
def test_a_key_puts_marks_round_or_takes_them_off(style: str, before: str, after: str) -> None:
    if not before:
        assert show(toggled(Selected("", 0, 0), style)) == "**‸**"
    else:
        assert show(toggled(of(before), style)) == after


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("see ‹the docs› now", "https://a.b", "see [the docs](https://a.b)‸ now"),
        ("see ‹the docs› now", "", "see [the docs](‸) now"),
        ("see do‸cs now", "", "see [docs](‸) now"),
        ("see ‸", "https://a.b", "see [‸](https://a.b)"),
        ("see ‹https://a.b/c›", "", "see [‸](https://a.b/c)"),
        ("see [‹the docs›](https://a.b) now", "https://c.d", "see ‹the docs› now"),
        ("see [the d‸ocs](https://a.b) now", "", "see ‹the docs› now"),
        ("‹a [b] c›", "https://a.b", r"[a \[b\] c](https://a.b)‸"),
        (r"[a \[b\] ‸c](https://a.b)", "", "‹a [b] c›"),
        ("‹a›", "https://a.b/c_(d)", "[a](https://a.b/c_(d))‸"),
        ("‹a›", "https://a.b/c)", "[a](https://a.b/c%29)‸"),
        ("‹ a ›b", "https://a.b", " [a](https://a.b)‸ b"),
    ],
)
def test_a_link_is_made_of_words_or_taken_off_them(before: str, address: str, after: str) -> None:
    assert show(linked(of(before), address)) == after


SOME = st.text(st.sampled_from("ab*`_[] \n-é😀漢.\"'"), max_size=24)


@st.composite
def selections(draw: st.DrawFn) -> Selected:
    text = draw(SOME)
    ends = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return Selected(text, *ends)


@given(selections(), st.sampled_from([STRONG, EMPHASIS, CODE]))
def test_no_word_is_ever_lost_and_the_selection_lies_in_the_text(selected: Selected, style: str) -> None:
    after = toggled(selected, style)
    assert _words(after.text) == _words(selected.text)
    assert 0 <= after.start <= after.end <= len(after.text)
    chosen = _words(selected.text[selected.start : selected.end]).strip("-\n")
    assert _words(after.text[after.start : after.end]).strip("-\n") == chosen


def _words(text: str) -> str:
    return "".join(char for char in text if char not in "*_` ")


PLAIN = st.text(st.sampled_from("ab é😀漢.\"'\n"), max_size=24)


@given(PLAIN, st.integers(0, 24), st.integers(0, 24), st.sampled_from([STRONG, EMPHASIS, CODE]))
def test_the_same_key_again_gives_the_text_back(text: str, one: int, other: int, style: str) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    selected = Selected(text, start, end if text[start:end].strip() else start)
    after = toggled(selected, style)
    assert has(after, style)
    assert toggled(after, style).text == text


@given(st.text(st.sampled_from("ab é"), min_size=1).filter(str.strip))
def test_what_a_key_makes_is_shown_so(text: str) -> None:
    after = toggled(Selected(text, 0, len(text)), STRONG)
    bold = "".join(after.text[s.start : s.end] for s in spans(after.text) if s.styles == ("strong",))
    assert bold == text.strip()


@given(selections(), st.sampled_from(["", "https://a.b", "https://a.b/(c"]))
def test_linking_never_raises_and_the_caret_lies_in_the_text(selected: Selected, address: str) -> None:
    after = linked(selected, address)
    assert 0 <= after.start <= after.end <= len(after.text)
