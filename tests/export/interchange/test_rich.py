"""A post as rich text: what a browser would make of it, and the plain text beside it."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from PIL import Image

from desktopnotes.export.interchange import rich
from desktopnotes.export.options import Options
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Style, Talk
from tests.export.awkward import texts

TAGS = {
    *(
        "meta",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "a",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "img",
        "br",
        "hr",
    ),
    *("ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"href", "src", "alt", "class", "start", "style", "http-equiv", "content"}


class Page(HTMLParser):
    """What stands in the HTML: its tags, its words, and where links and pictures lead."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.pictures += [value or "" for name, value in attrs if name == "src"]

    def handle_data(self, data: str) -> None:
        self.words += data


def of(*notes: Note, write_up: str = "", folder: Path | None = None, **post: str) -> rich.Rich:
    talk = Talk("talk1", title="A Talk", url="https://youtu.be/dQw4w9WgXcQ", write_up=write_up, notes=notes)
    book = Notebook("book1", title="An Event", talks=(talk,))
    which = replace(Post("post1", title="Part 1", talks=("talk1",)), **post)  # type: ignore[arg-type]
    return rich.rich(book, which, Options(pictures_folder=folder))


def test_links_emphasis_and_lists_are_there_and_the_plain_text_beside_it() -> None:
    made = of(
        write_up="It is **good**: [slides](https://ex.org/s).\n\n- one\n- two", site="hugo", intro="Hello."
    )
    assert made.html == (
        '<meta http-equiv="content-type" content="text/html; charset=utf-8">\n'
        "<h1>Part 1</h1>\n<p>Hello.</p>\n<ul>\n<li>\n"
        '<p><a href="https://youtu.be/dQw4w9WgXcQ">A Talk</a> - It is <strong>good</strong>: '
        '<a href="https://ex.org/s">slides</a>.</p>\n'
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n</li>\n</ul>\n"
    )
    assert made.text == (
        "Part 1\n\nHello.\n\n"
        "- A Talk (https://youtu.be/dQw4w9WgXcQ) - It is good: slides (https://ex.org/s).\n\n"
        "  - one\n  - two\n"
    )


def test_private_notes_do_not_leave() -> None:
    made = of(Note("a", text="said"), Note("b", kind=Kind.PRIVATE, text="zq-secret"))
    assert "zq-secret" not in made.html + made.text
    assert "said." in made.html


def test_pictures_are_inside_in_a_form_that_every_program_pastes(tmp_path: Path) -> None:
    Image.new("RGB", (1920, 1080), "teal").save(tmp_path / "one.webp")
    shots = (Note("a", at_ms=1, picture="one.webp", alt="A slide"), Note("b", at_ms=2, picture="gone.webp"))
    made = of(*shots, folder=tmp_path, style=Style.TIMELINE)
    [address] = Page(made.html).pictures
    head, _, data = address.partition(",")
    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        assert picture.size == (1200, 675)
    assert 'alt="A slide"' in made.html


def test_film_is_sent_as_jpeg_and_too_much_by_description_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.effect_noise((700, 500), 90).convert("RGB").save(tmp_path / "one.png")
    made = of(Note("a", at_ms=1, picture="one.png", alt="Noise"), folder=tmp_path, style=Style.TIMELINE)
    assert "data:image/jpeg;base64," in made.html
    monkeypatch.setattr(rich, "_ALL_PICTURES_BYTES", 1000)
    made = of(Note("a", at_ms=1, picture="one.png", alt="Noise"), folder=tmp_path, style=Style.TIMELINE)
    assert Page(made.html).pictures == []
    assert "Noise" in Page(made.html).words
    assert made.notices == ("1 picture is there by description alone.",)


def test_what_would_be_fetched_or_means_nothing_elsewhere_is_no_picture_and_no_link() -> None:
    html, text = rich.of_markdown(
        "![far](https://ex.org/a.png) [there](/2017/part-0) [down](#x) ![here](a.png) [m](mailto:a@b.org)\n"
        "[![p](https://ex.org/p.png)](https://ex.org/) <https://me:pw@ex.org/\u202egnp.exe>"
    )
    page = Page(html)
    assert page.pictures == []
    assert page.links == [
        *("https://ex.org/a.png", "mailto:a@b.org", "https://ex.org/"),
        "https://ex.org/%E2%80%AEgnp.exe",
    ]
    assert "there down here" in " ".join(page.words.split())
    assert "me:pw" not in html + text


def test_formulas_stay_as_they_are() -> None:
    html, text = rich.of_markdown("$a_i^*$ and *it* and $$b^*_j$$")
    assert "<p>$a_i^*$ and <em>it</em> and $$b^*_j$$</p>" in html
    assert text == "$a_i^*$ and it and $$b^*_j$$\n"


def test_raw_html_is_words_even_where_a_setting_lets_it_through() -> None:
    book = Notebook(
        "book1", talks=(Talk("talk1", title="T", write_up="a <b onclick='x()'>b</b>\n\n<script>x</script>"),)
    )
    post = Post("post1", title="P", talks=("talk1",))
    html = rich.rich(book, post, Options(raw_html=True)).html
    assert set(Page(html).tags) <= TAGS - {"img"}
    assert "<script>x</script>" in Page(html).words


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("# A\n\nb\nc", "A\n\nb\nc"),
        ("1. a\n2. b\n\n3) c", "1. a\n2. b\n\n3. c"),
        ("- a\n\n  b\n- c\n  1. d\n     - e\n\nf", "- a\n\n  b\n\n- c\n\n  1. d\n     - e\n\nf"),
        ("> a\n>\n> b\n\nc", "> a\n\n> b\n\nc"),
        ("|a|b|\n|-|-|\n|1|2|", "a | b\n1 | 2"),
        ("a\n\n```py\nx = 1\n\ny\n```\n\n---\n\nb", "a\n\nx = 1\n\ny\n\n* * *\n\nb"),
        ("a  \nb\\\nc", "a\nb\nc"),
    ],
)
def test_the_plain_text_keeps_the_shape(markdown: str, plain: str) -> None:
    assert rich.of_markdown(markdown)[1] == plain + "\n"


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_nothing_runs_and_nothing_is_fetched_whatever_was_typed(note: str, write_up: str) -> None:
    notes = (Note("a", text=note), Note("b", kind=Kind.LINK, text=note))
    for made in (of(*notes, style=Style.TIMELINE), of(*notes, write_up=write_up, intro=write_up)):
        page = Page(made.html)
        assert set(page.tags) <= TAGS
        assert page.names <= ATTRIBUTES
        assert page.pictures == []
        assert all(link.lower().startswith(("http://", "https://", "mailto:")) for link in page.links)


@settings(deadline=None)
@given(texts)
def test_the_plain_text_says_every_letter_of_the_formatted_one_in_its_order(text: str) -> None:
    html, plain = rich.of_markdown(text)
    remaining = iter(plain)
    assert all(letter in remaining for letter in Page(html).words if letter.isalnum())
