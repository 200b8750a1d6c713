"""What the reader of a post is shown: exactly what the site's own reader of Markdown makes of it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from desktopnotes.export import reader
from desktopnotes.export.blocks import CODE, EMPHASIS, ITEM, QUOTE, STRONG, STRUCK, TABLE, Block, Run
from desktopnotes.export.inline import MATH, may_leave
from desktopnotes.model.notebook import Site
from tests.export import awkward
from tests.goldens import Golden, all_of

PLAIN = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])
PLAIN.validateLink = may_leave  # type: ignore[method-assign, assignment]

ALT = re.compile(r'<img [^>]*alt="([^"]*)"[^>]*>')


def browser_text(markdown: str) -> str:
    """The words on the page that markdown-it makes of it, one space between any two."""
    page = PLAIN.render(markdown)
    page = ALT.sub(lambda found: found[1], page)
    page = re.sub(r"</?(?:p|h\d|li|ul|ol|pre|blockquote|hr|br|t[rdh]|table|thead|tbody)\b[^>]*>", " ", page)
    return " ".join(html.unescape(re.sub("<[^>]*>", "", page)).split())


def shown(markdown: str) -> str:
    return " ".join(" ".join(block.text for block in reader.read(markdown).blocks).split())


@given(awkward.texts)
def test_every_word_that_the_site_shows_is_shown_and_no_other(text: str) -> None:
    assert shown(text.replace("$", "")) == browser_text(text.replace("$", ""))


@pytest.mark.parametrize("golden", tuple(all_of(Site.PLAIN)), ids=lambda golden: golden.key)
def test_the_golden_posts_are_shown_as_their_sites_show_them(golden: Golden) -> None:
    text = golden.export().markdown
    assert len(text) > 200
    without = MATH.sub("formula", text)  # sites typeset them, so they stay as typed here
    assert shown(without) == browser_text(without)


@given(awkward.texts, awkward.texts, awkward.texts, awkward.texts)
def test_read_on_from_another_text_it_is_as_if_read_for_the_first_time(
    start: str, before: str, now: str, end: str
) -> None:
    old = reader.read(f"{start}\n\n{before}\n\n{end}")
    for text in (f"{start}\n\n{now}\n\n{end}", f"{start}{now}{end}", f"{now}\n{end}", f"{start}\n{now}"):
        on, fresh = reader.read(text, old), reader.read(text)
        assert on.blocks == fresh.blocks
        assert on.lines == fresh.lines


@settings(max_examples=40)
@given(st.lists(awkward.texts, min_size=12, max_size=24), st.integers(0, 11), awkward.texts)
def test_so_it_is_in_a_long_text_too(parts: list[str], changed: int, now: str) -> None:
    old = reader.read("\n\n".join(parts))
    parts[changed] = now
    on, fresh = reader.read("\n\n".join(parts), old), reader.read("\n\n".join(parts))
    assert (on.blocks, on.lines) == (fresh.blocks, fresh.lines)


@given(awkward.texts, awkward.texts)
def test_read_block_by_block_it_is_as_markdown_it_reads_it_in_one_go(one: str, other: str) -> None:
    text = f"{one}\n\n{other}"
    assert shown(text.replace("$", "")) == browser_text(text.replace("$", ""))


def test_what_did_not_change_is_not_read_again() -> None:
    text = "\n\n".join(f"## Talk {number}\n\nWords of it." for number in range(100))
    old = reader.read(text)
    on = reader.read(text.replace("Talk 50", "Talk Fifty"), old)
    same = [new is known for new, known in zip(on.blocks, old.blocks, strict=True)]
    assert same.count(False) <= 3


def only(markdown: str) -> Block:
    (block,) = reader.read(markdown).blocks
    return block


def test_words_carry_how_they_look_and_where_they_lead() -> None:
    runs = only("*a **b*** `c` ~~d~~ [e *f*](https://x.y)").runs
    assert runs == (
        Run("a ", (EMPHASIS,)),
        Run("b", (EMPHASIS, STRONG)),
        Run(" "),
        Run("c", (CODE,)),
        Run(" "),
        Run("d", (STRUCK,)),
        Run(" "),
        Run("e ", (), "https://x.y"),
        Run("f", (EMPHASIS,), "https://x.y"),
    )


def test_lists_and_quotes_have_their_depth_and_their_signs() -> None:
    found = reader.read("7. a\n   - b\n\n     c\n8. d\n\n> e\n>\n> - f\n").blocks
    assert [(block.text, block.within, block.marker) for block in found] == [
        ("a", (ITEM,), "7."),
        ("b", (ITEM, ITEM), "◦"),
        ("c", (ITEM, ITEM), ""),
        ("d", (ITEM,), "8."),
        ("e", (QUOTE,), ""),
        ("f", (QUOTE, ITEM), "•"),
    ]


def test_a_table_has_rows_of_cells() -> None:
    table = only("| a | b |\n|:-:|--:|\n| *c* | d |\n")
    assert table.kind == TABLE
    assert table.text == "a\tb\nc\td"
    assert table.aligned == ("center", "right")


def test_a_picture_stands_among_the_words_by_its_alternative_text() -> None:
    assert only("see ![a *graph*](post-pictures/x.png) here").runs == (
        Run("see "),
        Run("a graph", picture="post-pictures/x.png"),
        Run(" here"),
    )


@pytest.mark.parametrize("text", ["$a_i^*$ and $b_i^*$", "$$\\sum_i *x* _y_$$"])
def test_a_formula_stays_as_typed(text: str) -> None:
    assert only(text).text == text


def test_line_breaks_that_are_meant_are_kept_and_all_other_white_space_is_one_space() -> None:
    assert only("a\nb  \nc   d\\\ne").text == "a b\nc d\ne"


def test_html_is_shown_as_typed_unless_it_is_let_through() -> None:
    assert shown("a <b>c</b>") == "a <b>c</b>"
    let_through = reader.read("a <b>c</b>\n\n<div>d</div><script>e</script>\n", raw_html=True)
    assert [block.text for block in let_through.blocks] == ["a c", "d"]


def test_nul_and_half_characters_do_no_harm() -> None:
    assert only("a\0b\ud800c").text == "a\ufffdb\ufffdc"


def test_a_definition_far_away_makes_a_link_and_without_it_there_is_none() -> None:
    text = "see [x]\n\n" + "words\n\n" * 30
    with_it = reader.read(text + "[x]: https://a.b\n", reader.read(text))
    assert with_it.blocks[0].runs[-1] == Run("x", (), "https://a.b")
    assert reader.read(text, with_it).blocks[0].runs == (Run("see [x]"),)
