"""Write-ups, introductions and closings: verbatim, but nothing in them runs or swallows what comes after."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from desktopnotes.export.inline import may_leave
from desktopnotes.export.markdown import normalised
from desktopnotes.export.passages import passage
from tests.export import reading
from tests.export.awkward import texts


@pytest.mark.parametrize(
    "verbatim",
    [
        "One paragraph with *emphasis*, a stray * and _ and ` and [bracket.",
        "Two.\n\nParagraphs -- “typed” 'quotes'…",
        "# Heading\n\n- list\n  - nested\n\n1. numbered\n\n> quoted\n\n---",
        "| a | b |\n|---|---|\n| `<x>` | c |",
        "```html\n<script>alert(1)</script>\n```\n\n    <b>indented</b>",
        "a < b, a & b, `<b>`, <https://example.org>, &lt;b&gt;",
        "[other post](/2017/part-0), [below](#below), [x][ref] and [ref]\n\n[ref]: https://example.org",
        "$a<b$ and\n\n$$\n\\begin{aligned}\na &< b \\\\\n\\end{aligned}\n$$",
        "A footnote[^1].\n\n[^1]: It says: javascript is fine.",
    ],
)
def test_what_is_safe_stays_letter_by_letter(verbatim: str) -> None:
    assert passage(verbatim).text == verbatim


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("<b>bold</b>", "&lt;b>bold&lt;/b>"),
        ("<div onclick=x>\n\n*a* <!-- b -->", "&lt;div onclick=x>\n\n*a* &lt;!-- b -->"),
        ("[x](steam://run/1) <ftp://y>", "\\[x\\](steam://run/1) &lt;ftp://y>"),
        ("![a <b>](http://x/y.png) [a <b>](http://x)", "![a &lt;b>](http://x/y.png) [a &lt;b>](http://x)"),
        ("- <b>\n\n> <i>", "- &lt;b>\n\n> &lt;i>"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("[x]: javascript:alert(1)\n\n[x]", "\\[x\\]: javascript:alert(1)\n\n[x]"),
        ("[x]: http://y\n\n[x](javascript:a)", "[x]: http://y\n\n[x]\\(javascript:a)"),
        ("![x](file:///etc/passwd)", "!\\[x\\](file:///etc/passwd)"),
        ("| <b> | `<b>` | <b> |\n|-|-|-|", "| &lt;b> | `<b>` | &lt;b> |\n|-|-|-|"),
        ("`code\n<div>` goes on", "`code\n    <div>` goes on"),
        ("$a <b x$", "$a < b x$"),
        ("```\nunclosed", "```\nunclosed\n```"),
        ("~~~~ md\n```\nunclosed", "~~~~ md\n```\nunclosed\n~~~~"),
        ("\n\n  spaces around \n\n", "spaces around"),
        ("- by\n\t- tab\n\n```\n\tcode\n```", "- by\n    - tab\n\n```\n\tcode\n```"),
        ("1. ```\n\tcode\n   ```", "1. ```\n    code\n   ```"),
        ("a\r\nb\x00", "a\nb"),
    ],
)
def test_what_is_not_safe_is_undone(typed: str, safe: str) -> None:
    assert passage(typed).text == safe


@pytest.mark.parametrize(
    ("text", "flows", "first_bullet", "last_bullet"),
    [
        ("words", True, "", ""),
        ("words\n\n- list", True, "", "-"),
        ("* list\n\nwords", False, "*", ""),
        ("- list", False, "-", "-"),
        ("1. list", False, "", ""),
        ("# heading", False, "", ""),
        ("setext\n---", False, "", ""),
        ("> quoted", False, "", ""),
        ("```\ncode\n```", False, "", ""),
        ("    code", False, "", ""),
        ("[x]: http://y\n\nwords", False, "", ""),
        ("[x]: http://y", False, "", ""),
    ],
)
def test_what_a_passage_begins_and_ends_with(
    text: str, flows: bool, first_bullet: str, last_bullet: str
) -> None:
    found = passage(text)
    assert (found.flows, found.first_bullet, found.last_bullet) == (flows, first_bullet, last_bullet)


@settings(deadline=None)
@given(texts)
def test_nothing_in_a_passage_does_harm(text: str) -> None:
    assert reading.harm(passage(text).text) == []


@settings(deadline=None)
@given(texts)
def test_a_passage_looks_the_same_within_a_list_item(text: str) -> None:
    assume(text.strip())
    # Behind a `>` a tab has a width that readers do not agree on.
    assume(not (">" in text and "\t" in text))
    found = passage(text)
    between = " - " if found.flows else "\n\n  "
    post = f"before\n\n+ [T](u){between}" + found.text.replace("\n", "\n  ") + "\n\n+ next\n"
    assert reading.kinds(post) == ["paragraph", "bullet_list"]
    alone, within = (
        reading.html(markdown).replace("<p>", "").replace("</p>", "") for markdown in (found.text, post)
    )
    assert alone in within
    assert within.endswith("</li><li>next</li></ul>")


@pytest.mark.parametrize(
    ("address", "leaves"),
    [
        ("https://example.org", True),
        ("HTTP://example.org", True),
        ("mailto:someone@example.org", True),
        ("/2017/part-0", True),
        ("part-0.md#below", True),
        ("#a:b", True),
        ("?a:b", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" vbscript:x", False),
        ("data:image/png;base64,x", False),
        ("file:///etc/passwd", False),
        ("%01javascript:alert(1)", False),
    ],
)
def test_which_links_may_leave(address: str, leaves: bool) -> None:
    assert may_leave(address) is leaves


def test_a_passage_is_normalised_before_it_is_read() -> None:
    assert passage("```\r\n<b>\r\n```").text == normalised("```\n<b>\n```")


def test_html_is_left_where_a_setting_says_so() -> None:
    typed = '<details>\n<summary>More</summary>\n\nsome <b title="](x)">words</b>\n\n</details>'
    assert passage(typed, raw_html=True).text == typed
    assert passage("a <b>c</b> [x](javascript:alert(1))", raw_html=True).text == (
        "a <b>c</b> \\[x\\](javascript:alert(1))"
    )
    assert passage("a <b>c</b>").text == "a &lt;b>c&lt;/b>"
