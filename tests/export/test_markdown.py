"""Words and notes in Markdown: what stays, what is undone, and that nothing reaches out of its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import inline, line_starts, markdown
from tests.export import reading
from tests.export.awkward import texts


def made(text: str, *, escape_dollars: bool = False) -> str:
    return "\n\n".join(block.text for block in markdown.blocks(text, escape_dollars=escape_dollars))


@pytest.mark.parametrize(
    "meant",
    [
        "plain words, and: more; words!",
        "“typed” ‘quotes’ -- and --- and … 'stay' \"as\" they are",
        "*one*, **two**, _three_, ~~gone~~ and `code with * and _ and <b>`",
        '[a link](https://example.org/a_b_(c) "title") and <https://example.org/*x*>',
        "snake_case, a * b, 2 < 3, a & b, [1], f(x)[i], C#, #42",
        "$a_i^*$ and $$\\sum_{i<n} x_i$$ and $x<y$",
        "an \\*escaped\\* sign and &amp; an entity",
        "a line  \nand\\\nanother",
    ],
)
def test_what_is_meant_stays_letter_by_letter(meant: str) -> None:
    assert made(meant) == meant


@pytest.mark.parametrize(
    ("typed", "undone"),
    [
        ("a *star", "a \\*star"),
        ("_under", "\\_under"),
        ("**two *one*", "\\*\\*two *one*"),
        ("open ~~struck", "open \\~\\~struck"),
        ("`tick", "\\`tick"),
        ("``two` one", "\\`\\`two\\` one"),
        ("``` fence", "\\`\\`\\` fence"),
        ("```\nunclosed", "\\`\\`\\`\nunclosed"),
        ("half a [link", "half a \\[link"),
        ("<b>bold</b>", "&lt;b>bold&lt;/b>"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("[x](JAVA&#115;CRIPT:alert(1))", "\\[x\\](JAVA&#115;CRIPT:alert(1))"),
        ("<javascript:alert(1)>", "&lt;javascript:alert(1)>"),
        ("![x](data:text/html,x)", "!\\[x\\](data:text/html,x)"),
        ("http://x.org/a*b_(c)", "<http://x.org/a*b_(c)>"),
        ("$<img src=x onerror=alert(1)>$", "$< img src=x onerror=alert(1)>$"),
        ("$[x](javascript:alert(1))$", "$\\[x\\](javascript:alert(1))$"),
        ("the #mesh is #adopted/widely", "the mesh is adopted/widely"),
        ("[x](steam://run/1) <ftp://y>", "\\[x\\](steam://run/1) &lt;ftp://y>"),
        ("![a <b> *c](http://x/y.png)", "![a &lt;b> \\*c](http://x/y.png)"),
        ("[a <b> *c](http://x)", "[a &lt;b> \\*c](http://x)"),
        ("[http://x/_a](http://x/_a)", "[http://x/\\_a](http://x/_a)"),
        ("`code\n- goes on`", "`code - goes on`"),
        ("$$a\n- b\n\\le c$$", "$$a - b\n\\le c$$"),
        ("```\n> ```", "\\`\\`\\`\n> \\`\\`\\`"),
        ("*\n    ```<div>\n```", "*\n\\`\\`\\`&lt;div>\n\\`\\`\\`"),
        ("**http://x.y/a**<b", "**http://x.y/a**&lt;b"),
        ("\\http://x.y/_a", "\\http://x.y/\\_a"),
        # Once the last two are signs no more, one of the others is not either.
        ("(*(\n*ab****.", "(\\*(\n*ab*\\*\\*\\*."),
    ],
)
def test_what_is_not_meant_is_undone(typed: str, undone: str) -> None:
    assert made(typed) == undone


def test_a_dollar_that_opens_nothing_is_escaped_where_another_note_could_close_it() -> None:
    assert made("it costs $5") == "it costs $5"
    assert made("$5 or $10 or 15 $ more", escape_dollars=True) == "\\$5 or \\$10 or 15 $ more"
    assert made("$x$ costs $5", escape_dollars=True) == "$x$ costs \\$5"


def test_code_of_a_note_is_a_block_that_is_left_alone() -> None:
    blocks = markdown.blocks("run *it*:\n```sh\n# <b> *not*\n\n\tls\n```\n\nthen *rest")
    assert [block.is_code for block in blocks] == [False, True, False]
    assert [block.text for block in blocks] == [
        "run *it*:",
        "```sh\n# <b> *not*\n\n\tls\n```",
        "then \\*rest",
    ]


def test_a_longer_fence_holds_a_shorter_one() -> None:
    text = "````\n```\ninner\n```\n````"
    assert markdown.blocks(text) == (markdown.Block(text, is_code=True),)
    assert markdown.ends_in_code(text)
    assert not markdown.ends_in_code("```\nunclosed")


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("# heading", "\\# heading"),
        ("#no heading", "#no heading"),
        ("- item", "\\- item"),
        ("-5 degrees", "-5 degrees"),
        ("+ item", "\\+ item"),
        ("* item", "\\* item"),
        ("*emphasis* here", "*emphasis* here"),
        ("1. item", "1\\. item"),
        ("12) item", "12\\) item"),
        ("1.5 times", "1.5 times"),
        ("a) item", "a\\) item"),
        ("a. item", "a\\. item"),
        ("A. Speaker says", "A. Speaker says"),
        ("> quoted", "\\> quoted"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("* * *", "\\* * *"),
        ("```", "\\```"),
        ("```code``` in a line", "```code``` in a line"),
        ("~~~", "\\~~~"),
        ("~~struck~~ out", "~~struck~~ out"),
        ("| a | b |", "\\| a | b |"),
        ("--|--", "\\--|--"),
        (":--", "\\:--"),
        (": definition", "\\: definition"),
        (":-) smiling", ":-) smiling"),
        ("[x]: http://y", "\\[x]: http://y"),
        ("[x](http://y): fine", "[x](http://y): fine"),
        ("*[HTML]: abbreviated", "*\\[HTML]: abbreviated"),
        ("<div>", "&lt;div>"),
        ("<https://example.org>", "<https://example.org>"),
        ("    four spaces", "four spaces"),
        ("words", "words"),
    ],
)
def test_signs_at_the_start_of_a_line(line: str, escaped: str) -> None:
    assert line_starts.escaped(line) == escaped
    assert line_starts.escaped(f"before\n{line}").split("\n")[-1] == escaped
    assert reading.kinds(line_starts.escaped(f"before\n{line}\nafter")) == ["paragraph"]


def test_lines_that_were_escaped_stay_lines_of_their_own() -> None:
    assert line_starts.escaped("Three:\n- one\n- two\nand more") == "Three:  \n\\- one  \n\\- two\nand more"


def test_a_definition_whose_name_goes_on_in_the_next_line() -> None:
    assert line_starts.escaped("[a\nb]: http://c") == "\\[a\nb]: http://c"
    assert line_starts.escaped("[a\n[b]: http://c\n]") == "\\[a  \n\\[b]: http://c\n]"


@settings(deadline=None)
@given(texts)
def test_a_note_is_paragraphs_and_code_without_harm(text: str) -> None:
    blocks = markdown.blocks(markdown.normalised(text))
    for block in blocks:
        whole = block.text if block.is_code else line_starts.escaped(block.text)
        assert reading.harm(whole) == []
        assert set(reading.kinds(whole)) <= ({"fence"} if block.is_code else {"paragraph"})


@settings(deadline=None)
@given(texts)
def test_what_was_made_to_stay_in_its_place_is_not_touched_again(text: str) -> None:
    once = inline.contained(text, escape_dollars=True)
    assert inline.contained(once, escape_dollars=True) == once


@settings(deadline=None)
@given(st.text(), st.booleans())
def test_a_title_is_shown_as_it_was_typed(title: str, begins_line: bool) -> None:
    words = (markdown.plain_line if begins_line else markdown.plain)(title)
    seen = reading.seen(words if begins_line else f"x {words}")
    visible = " ".join(markdown.normalised(title).split())
    assert seen.text == visible if begins_line else f"x {visible}".strip()
    assert seen.links == ()


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Anchors {#x}", "Anchors \\{#x}"),
        ("{a} and {b}", "{a} and \\{b}"),
        ("typed &lt; and AT&T", "typed &amp;lt; and AT&T"),
    ],
)
def test_what_some_programs_alone_find_in_a_title(title: str, written: str) -> None:
    assert markdown.plain(title) == written


def test_a_link_to_the_talk_x_is_no_box_that_is_ticked() -> None:
    assert markdown.link("x", "https://a.b") == "[&#120;](https://a.b)"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a_b?c=d&e#f", "https://example.org/a_b?c=d&e#f"),
        (" https://example.org/a (b).png ", "https://example.org/a%20%28b%29.png"),
        ("https://example.org/“é”", "https://example.org/“é”"),
        ('x" onerror="alert(1)', "x%22%20onerror=%22alert%281%29"),
        ("a\\b<c>`d`{e}|f\ng\x00", "a%5Cb%3Cc%3E%60d%60%7Be%7D%7Cf%0Ag"),
        ("https://a.b/{% x %}?c=100%&d=%20", "https://a.b/%7B%25%20x%20%25%7D?c=100%25&d=%20"),
    ],
)
def test_an_address_in_a_link(address: str, written: str) -> None:
    assert markdown.destination(address) == written
    assert len(reading.seen(f"[x]({written})").links) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        (
            "NUL \x00, bell \x07, escape \x1b[0m, half \ud800 an emoji",
            "NUL , bell , escape [0m, half  an emoji",
        ),
        ("\ttab, emoji 👩‍🔬, עברית\u200f, \ufeffmark", "\ttab, emoji 👩‍🔬, עברית\u200f, \ufeffmark"),
    ],
)
def test_only_what_cannot_be_seen_or_written_is_dropped(typed: str, kept: str) -> None:
    assert markdown.normalised(typed) == kept


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("plain", ""),
        ("עברית\u200f!", ""),
        ("a \u202ecba", "\u202c"),
        ("a \u202ecba\u202c d", ""),
        ("\u2066a \u202eb", "\u202c\u2069"),
        ("\u2067a \u202eb\u2069 c", ""),
        ("\u202aa \u2066b\u202c", "\u2069\u202c"),
        ("\u202c\u2069", ""),
    ],
)
def test_what_turns_letters_round_ends_with_its_text(text: str, ends: str) -> None:
    assert markdown.turned_back(text) == text + ends
    assert markdown.turned_back(text + ends) == text + ends
    assert markdown.plain(text) == text + ends
    assert [block.text for block in markdown.blocks(text)] == [text + ends]


def test_nothing_hides_in_an_address_that_is_put_in_a_link() -> None:
    assert markdown.destination("https://ex.org/\u202egnp.exe") == "https://ex.org/%E2%80%AEgnp.exe"
