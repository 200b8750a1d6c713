"""What of Markdown is shown while it is typed."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.light_markdown import LIMIT, STYLES, address_at, read, spans


def shown(text: str) -> str:
    """Each styled piece as `styles:piece`."""
    return " | ".join(f"{' '.join(span.styles)}:{text[span.start : span.end]}" for span in spans(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain words, 2 < 3", ""),
        ("a **bold** word", "marker:** | strong:bold | marker:**"),
        ("an *italic* one", "marker:* | emphasis:italic | marker:*"),
        ("an _italic_ one", "marker:_ | emphasis:italic | marker:_"),
        ("***x***", "marker:* | emphasis marker:** | strong emphasis:x | emphasis marker:** | marker:*"),
        ("**a *b* c**", "marker:** | strong:a  | strong marker:* | strong emphasis:b | strong marker:* | "
         "strong: c | marker:**"),
        ("snake_case_name and 2 * 3 * 4", ""),
        ("**not closed", ""),
        ("** not tight **", ""),
        ("`x * y * z`", "marker:` | code:x * y * z | marker:`"),
        ("``a ` b``", "marker:`` | code:a ` b | marker:``"),
        ("`open *it*", "marker:* | emphasis:it | marker:*"),
        (r"\*not\*", "marker:\\ | marker:\\"),
        ("see [the page](https://a.b/c_(d)) now", "marker:[ | link:the page | marker:](https://a.b/c_(d))"),
        ("![alt](x.png)", "marker:![ | link:alt | marker:](x.png)"),
        ("[words] alone", ""),
        ("(https://a.b/c), and", "link:https://a.b/c"),
        ("<https://a.b>", "marker:< | link:https://a.b | marker:>"),
        ("**https://a.b/x_y_z**", "marker:** | strong link:https://a.b/x_y_z | marker:**"),
        ("idea #adoption #2 a#b", "hashtag:#adoption"),
        ("- one\n- *two*", "bullet:- | bullet:- | marker:* | emphasis:two | marker:*"),
        ("1. one", "bullet:1."),
        ("-not", ""),
        ("a\n```\n*x*\n```\n*y*", "marker:``` | code:*x* | marker:``` | marker:* | emphasis:y | marker:*"),
        ("*over\nlines*", "marker:* | emphasis:over\nlines | marker:*"),
        ("*not over\n\na gap*", ""),
        ("**漢字**です", "marker:** | strong:漢字 | marker:**"),
        ("😀 **😀**", "marker:** | strong:😀 | marker:**"),
    ],
)  # fmt: skip
def test_it_is_shown_as(text: str, wanted: str) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "at", "address"),
    [
        ("see [the page](https://a.b/c) now", "page", "https://a.b/c"),
        ("see [the page](<https://a.b/c d>) now", "](", "https://a.b/c d"),
        ("see https://a.b/c.", "a.b", "https://a.b/c"),
        ("see https://a.b/c.", "see", ""),
        ("`https://a.b`", "a.b", ""),
    ],
)
def test_a_link_leads_somewhere(text: str, at: str, address: str) -> None:
    assert address_at(text, text.index(at)) == address


PIECES = [*"ab*_`[]()<>!\\#-1. \n😀漢~/:h", "https://a.b", "](", "**", "```"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    place = 0
    for span in spans(text):
        assert place <= span.start < span.end <= len(text)
        assert span.styles
        assert list(span.styles) == sorted(span.styles, key=STYLES.index)
        place = span.end


@given(st.text(st.sampled_from("ab*_`[]() \n"), max_size=40))
def test_pairs_stand_at_their_markers(text: str) -> None:
    for pair in read(text).pairs:
        assert 0 <= pair.start <= pair.inner <= pair.outer <= pair.end <= len(text)
        if pair.style in ("strong", "emphasis", "code"):
            assert text[pair.start : pair.inner] == text[pair.outer : pair.end]


@given(st.text(st.characters(exclude_characters="*_`[]\\#", exclude_categories=["Cs"])))
def test_without_signs_only_lists_and_addresses_are_shown(text: str) -> None:
    styles = {style for span in spans(text) for style in span.styles}
    assert styles <= {"bullet", "link", "marker", "code"}


HOSTILE = [
    "*", "**a ", "_a ", "*a_b ", "`", "`a``b", "[", "](", "[a](", "[](()", "](a)(", "<http://", "http://x)",
    "#", "\\", "- ", "~~~\n", "***a** *", "_*", "*_a", "![", "](<", "1. *", "((", "a*", "*a",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    """Eight times the text takes some eight times as long; where it were quadratic, 64 times."""

    def took_s(length: int) -> float:  # without the collector, which looks at all that was made
        text = (piece * (length // len(piece) + 1))[:length]
        times = []
        for _ in range(3):
            began = time.process_time()
            read(text)
            times.append(time.process_time() - began)
        return min(times)

    gc.disable()
    try:
        assert took_s(40_000) < 32 * took_s(5_000) + 0.02
    finally:
        gc.enable()


def test_what_was_pasted_by_the_megabyte_is_plain() -> None:
    assert spans("**a** " * LIMIT) == []
