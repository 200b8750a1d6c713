from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import file_names, sites
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Note, Talk


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("KubeCon North America 2017 Notes - Part 1", "kubecon-north-america-2017-notes-part-1"),
        ("C++ & Rust: What’s New?", "c-rust-whats-new"),
        ("Straße, Œuvre, Łódź, São Paulo", "strasse-oeuvre-lodz-sao-paulo"),
        ("Протокол и йод", "протокол-и-йод"),
        ("ギター (がぎぐ)", "ギター-がぎぐ"),
        ("हिन्दी नोट्स", "हिन्दी-नोट्स"),
        ("❤️ 🎉", "notes"),
        ("", "notes"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "notes"),
        ("CON", "con-notes"),
        ("Nul", "nul-notes"),
        ("com1", "com1-notes"),
        ("index", "index-notes"),
        ("_index", "index-notes"),
        ('a/b\\c:d*e?f"g<h>i|j\x00k\nl', "a-b-c-d-e-f-g-h-i-j-k-l"),
    ],
)
def test_a_title_as_a_file_name(title: str, slug: str) -> None:
    assert file_names.slug(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = file_names.slug("word " * 60)
    assert len(slug) <= 80
    assert set(slug.split("-")) == {"word"}
    assert len(file_names.slug("ギ" * 300).encode()) <= 160


@settings(deadline=None)
@given(st.text())
def test_a_slug_is_a_file_name_everywhere(title: str) -> None:
    slug = file_names.slug(title)
    assert 0 < len(slug.encode()) < 200
    assert slug.strip("-.") == slug
    assert not set(slug) & set("/\\:*?\"<>|.% \t\n\0'()[]#")
    assert file_names.slug(slug) == slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("in\u202evoice\u202c\u200b", "invoice"),
        ("\u200dmy\u200d \u200cnote\ufeff", "my note"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🔬 at work", "👩\u200d🔬 at work"),
        ("{{ t }}  and\t{x}", "{{ t }} and {x}"),
    ],
)
def test_no_sign_that_nobody_sees_is_in_a_name(title: str, name: str) -> None:
    assert file_names.note_name(title) == name
    assert not set(file_names.path("a\u202eb", title, ".md", otherwise="x")) & set("\u202e\u202c\u200b\ufeff")


def test_pictures_are_named_by_talk_and_moment() -> None:
    talk = Talk("t", "Istio: Weaving (the “Mesh”)")
    note = Note("n", 571_040, picture="9f2c.png")
    first = file_names.picture_name(talk, note, ())
    assert first == "istio-weaving-the-mesh-09m31s.webp"
    assert file_names.picture_name(talk, note, {first}) == "istio-weaving-the-mesh-09m31s-2.webp"
    assert file_names.picture_name(talk, Note("n", 3_725_000), (), "png").endswith("-1h02m05s.png")
    assert file_names.picture_name(Talk("t"), Note("n", picture="a.png"), (), "jpeg") == "talk.jpg"


def test_a_site_that_is_none_is_told_in_plain_words() -> None:
    with pytest.raises(UserError, match="“geocities” is no site"):
        sites.site("geocities")


def test_every_site_is_found_by_its_name() -> None:
    assert [sites.site(name).name for name in sites.site_names()] == list(sites.site_names())


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Notes", "# Notes"),
        ("C #", "# C \\#"),
        ("# of *all* [things]", "# # of \\*all\\* \\[things\\]"),
        ("two\nlines\t<b>", "# two lines &lt;b>"),
    ],
)
def test_a_plain_post_opens_with_its_title(title: str, heading: str) -> None:
    assert sites.PLAIN.opening(sites.Head(title, "", "", "slug")) == heading


def test_the_date_stands_below_the_title() -> None:
    head = sites.Head("Notes", "2018-01-12", "Jan 12, 2018", "notes")
    assert sites.PLAIN.opening(head) == "# Notes\n\nJan 12, 2018"
