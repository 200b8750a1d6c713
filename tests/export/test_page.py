"""The one-file web page: it shows what was typed, and a browser is told to run nothing."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import page
from tests.examples import few
from tests.export import awkward

_NAMES = (
    "html head meta title style body main header h1 h2 h3 h4 h5 h6 p time article ul ol li a em strong s "
    "code pre blockquote hr br img table thead tbody tr th td span"
)
ALLOWED = frozenset(_NAMES.split())


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_a_page_tells_its_title_date_and_language() -> None:
    made = page.html(
        title="A & <B>",
        date="Jan 12, 2018",
        day="2018-01-12",
        lang="en",
        description='Say "x"',
        text="x",
    )
    assert made.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>A &amp; &lt;B&gt;</title>" in made
    assert '<h1>A &amp; &lt;B&gt;</h1>\n<p><time datetime="2018-01-12">Jan 12, 2018</time></p>' in made
    assert 'content="Say &quot;x&quot;"' in made


def test_the_browser_is_told_to_run_nothing_and_to_know_the_style_by_its_hash() -> None:
    made = page.html(title="x")
    policy = next(a["content"] or "" for a in Reader(made).all("meta") if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    style = re.search(r"<style>(.*?)</style>", made, re.DOTALL)
    assert style is not None
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert not re.search(r"</|url\(|@import", style[1])


@settings(deadline=None, max_examples=few(30))
@given(awkward.texts | st.text(), awkward.texts | st.text())
def test_no_text_makes_another_element_or_does_anything(title: str, text: str) -> None:
    made = page.html(title=title, date=title, day="", lang="", description=title, text=text)
    found = Reader(made)
    assert {tag for tag, _ in found.tags} <= ALLOWED
    for tag, attributes in found.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert "style" not in attributes or tag in ("th", "td")
        for name in ("href", "src"):
            scheme, colon, _ = (attributes.get(name) or "").partition(":")
            assert not colon or set(scheme) & set("/?#") or scheme.lower() in ("http", "https", "mailto")
    assert len(found.all("title")) == len(found.all("article")) == 1


@pytest.mark.parametrize(
    "formula", ["$a_i^*$", r"$\{x_i\}$ and $\{y_i\}$", r"$$\sum_{i<n} |x_i|\;$$", r"$a*b$ and $c*d$"]
)
def test_formulas_show_as_they_were_typed(formula: str) -> None:
    assert formula in "".join(Reader(page.html(title="x", text=f"Set {formula} here")).text)


def test_what_runs_to_the_left_finds_its_direction() -> None:
    made = page.html(title="עברית", text="- שלום\n\nplain")
    assert '<h1 dir="auto">עברית</h1>' in made
    assert '<li dir="auto">שלום</li>' in made
    assert "<p>plain</p>" in made


def test_pictures_wait_until_they_come_into_view() -> None:
    made = Reader(page.html(title="x", text='![A "slide"](x-pictures/a.webp)')).all("img")
    assert made == [{"src": "x-pictures/a.webp", "alt": 'A "slide"', "loading": "lazy"}]
