"""What keeps a site's own language off is taken back to the letter, whatever the text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktopnotes.export import site_text
from desktopnotes.export.escapes import Escapes
from desktopnotes.export.site_text import SiteText
from tests.examples import few
from tests.export import awkward

FORMS = {
    "hugo": site_text.HUGO_TEXT,
    "jekyll": site_text.JEKYLL_TEXT,
    "obsidian": site_text.OBSIDIAN_TEXT,
}
PIECES = [
    "{{<", ">}}", "{{%", "%}}", "{{", "}}", "{%", "%}", "{%-", "-%}", "/*", "*/", " raw ", " endraw ",
    "{% raw %}", "{% endraw %}", '{{ "{%" }}', '{{ "/a/b" | relative_url }}', "{{</*", "*/>}}",
    '\n[end]: # "*/>}}"\n', '\n[end]: # "*/%}}"\n', '"', "\n", "\n\n", " ", "x", "\\", "`", "```", "\n```\n",
    "~~~", "$", "$$", "[", "[[", "\\[", "&#91;", "&#091;", "]", "](", ")", "%", "%%", "&#37;",
    "=", "==", "\n==\n",
    "#", "#tag", "&#35;", "^", "^id", "&#94;", "|", "\\|", "&#124;", "\n|-|-|\n", "{:", "{#", "&#123;", ":",
    "\\vert", "\\vert{}", "$$|x|$$", "\\|", "\\]", "{}",
    "\n## a ", "{#id}", "{.x}", "{", "}", "\n# ", "\n---\n", "*[HTML]", "*[", "]:", "- ", "1. ", "> ",
    "http://x.y/", "<http://a.b#c>", "<", ">", "(", "é", "🎉", "\u0301", "٣",
]  # fmt: skip
made = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(deadline=None, max_examples=few(60))
@given(made | awkward.texts | st.text())
@example('{{< x\n\n[end]: # "*/>}}"\n')
@example("{{{%}}{% endraw %}{{{")
@pytest.mark.parametrize("name", FORMS)
def test_the_way_back_leads_to_the_very_text(name: str, text: str) -> None:
    form: SiteText = FORMS[name]
    assert form.restored(form.neutralised(text)) == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("*[HTML]: x\n\n  *[a b]: *[c]: y", "*[HTML]\\: x\n\n  *[a b]\\: *[c]\\: y"),
        ("- *[HTML]: x\n> 1. *[x]: y", "- *[HTML]\\: x\n> 1. *[x]\\: y"),
        ("so *[HTML]: x\n\n\\*[HTML]: x\n\n*x* [y]: z", "so *[HTML]: x\n\n\\*[HTML]: x\n\n*x* [y]: z"),
    ],
)
def test_what_jekyll_takes_for_the_words_of_an_abbreviation_shows(text: str, made: str) -> None:
    assert site_text.JEKYLL_TEXT.neutralised(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("## A {#id}\n\n# B {.c} ##", "## A \\{#id}\n\n# B \\{.c} ##"),
        ("> ## A {#id}\n\n- # B {a=b}", "> ## A \\{#id}\n\n- # B \\{a=b}"),
        ("A {#id}\n===\n\nB {#id}\n---", "A \\{#id}\n===\n\nB \\{#id}\n---"),
        ("## A \\{#id}", "## A &#123;#id}"),
        ("A {#id}\n\n## {#b} c\n\n`## {#id}`", "A {#id}\n\n## {#b} c\n\n`## {#id}`"),
        ("## A {{< b >}}", "## A {{</* b */>}}"),
    ],
)
def test_braces_that_end_a_heading_show_in_hugo(text: str, made: str) -> None:
    assert site_text.HUGO_TEXT.neutralised(text) == made


@settings(deadline=None, max_examples=few(60))
@given(made | awkward.texts)
@example("a\n#tag x ^id\n\n[[a]] `b\n#c` ==d==\n_e#f ((a)#b")
@example("*[a]: b\n\na | b\n\n^\nx {:y} {::z} [\\[a\\]: b](c) $$a|b$$ \\{")
@pytest.mark.parametrize("form", ["_KRAMDOWN", "_OBSIDIAN", "_GOLDMARK"])
def test_what_is_passed_over_would_not_have_been_changed(form: str, text: str) -> None:
    quick: Escapes = getattr(site_text, form)
    assert quick.escaped(text) == replace(quick, perhaps=re.compile("")).escaped(text)


def test_a_long_text_without_a_sign_is_not_read_sign_by_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    turned = Escapes._text_turned

    def counted(self: Escapes, text: str, by: int) -> str:
        read.append(text)
        return turned(self, text, by)

    monkeypatch.setattr(Escapes, "_text_turned", counted)
    lines = "* [Talk](https://x.y/?a=b#c) - 1 [a] = {b}: 50% c^d C# d\n" * 1000
    for form in (site_text.JEKYLL_TEXT, site_text.OBSIDIAN_TEXT):
        form.neutralised(f"{lines}* [[note]] {{:x}} a|b\n{lines}")
    assert sum(map(len, read)) < len(lines) / 10
