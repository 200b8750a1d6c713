"""Posts read back: our own of every style and site, and what was edited by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import post as exporter
from desktopnotes.export import sites
from desktopnotes.export.importing import posts
from desktopnotes.export.importing.known import known
from desktopnotes.export.options import Options
from desktopnotes.model.importing import words_of
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from tests.export.importing.files import NOTEBOOKS, STYLES, exported, golden, read_post, taken

TIMES = ["none", "inline", "superscript"]
FORMS = [(style, times) for style in STYLES for times in TIMES if style == "list" or times == "none"]


@pytest.mark.parametrize(("style", "times"), FORMS)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_post_imported_into_its_own_notebook_changes_nothing(name: str, style: str, times: str) -> None:
    notebook = golden(name)
    text = exported(notebook, notebook.posts[0], style=style, times=times)
    what = taken(notebook, read_post(text, notebook))
    assert (what.new_notes, what.new_talks, what.new_write_ups) == (0, 0, 0)
    assert what.notebook.talks == notebook.talks


@pytest.mark.parametrize("site", [site.name for site in sites.SITES if site.front is not None])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_post_of_any_site_comes_back(name: str, style: str, site: str) -> None:
    notebook = golden(name)
    export = exporter.exported(notebook, notebook.posts[0], Options(style=style, site=site))
    found = posts.read(export.text, lambda: None, PurePath(export.file_name), known(notebook))
    assert found is not None
    what = taken(notebook, found)
    assert (what.new_notes, what.new_talks, what.new_write_ups) == (0, 0, 0)
    assert what.notebook.talks == notebook.talks
    again = taken(Notebook("empty"), found).notebook
    post = replace(notebook.posts[0], date=again.posts[0].date, lang=again.posts[0].lang)
    wanted = exported(notebook, post, style=style, site="plain")
    assert words_of(exported(again, again.posts[0], style=style, site="plain")) == words_of(wanted)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_post_imported_into_an_empty_notebook_makes_the_same_post_again(name: str, style: str) -> None:
    notebook = golden(name)
    text = exported(notebook, notebook.posts[0], style=style)
    once = taken(Notebook("empty"), read_post(text)).notebook
    assert taken(once, read_post(text)).notebook == once
    again = exported(once, replace(once.posts[0], style=style))
    assert words_of(again) == words_of(text)


@pytest.mark.parametrize("style", ["timeline", "outline"])
def test_notes_come_back_with_their_times_and_kinds(style: str) -> None:
    if style not in STYLES:
        style = "timeline"
    notes = (
        Note("a", 61_700, text="A thought, with *emphasis* and a_name"),
        Note("b", 95_000, kind=Kind.QUOTE, text="Route by meaning"),
        Note("c", 100_000, kind=Kind.QUESTION, text="What does it cost?"),
        Note("d", 110_000, kind=Kind.LINK, text="https://example.org/a_(b)"),
        Note("e", 3_700_000, text="# not a heading\n- nor a list"),
        Note("f", 3_800_000, text="run it:\n```sh\nls -l\n\npwd\n```"),
        Note("g", 3_900_000, text="1. numbered <b> and C# & 2 * 3"),
    )
    talk = Talk("t", "A Talk", url="https://youtu.be/abcdefghijk", offset_ms=5000, notes=notes)
    post = Post("p", "P", closing="The end.", talks=("t",))
    text = exported(Notebook("n", talks=(talk,), posts=(post,)), post, style=style)
    back = taken(Notebook("empty"), read_post(text)).notebook.talks[0]
    assert [(n.kind, n.text) for n in back.notes] == [(n.kind, n.text) for n in notes]
    seconds = [(note.at_ms or 0) // 1000 for note in back.notes]
    assert seconds == [((note.at_ms or 0) + 5000) // 1000 for note in notes]


SAID = st.text(st.sampled_from("ab \\*_`#-1.>[](<)&;:“”?!|~$=é😀漢"), min_size=1, max_size=24)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9000), SAID, st.sampled_from(Kind)), max_size=5))
def test_whatever_was_typed_is_known_again(said: list[tuple[int, str, Kind]]) -> None:
    notes = tuple(
        Note(f"n{i}", second * 1000 + 300, text=text, kind=kind)
        for i, (second, text, kind) in enumerate(sorted(said))
    )
    talk = Talk("t", "A Talk", url="https://youtu.be/abcdefghijk", notes=notes)
    post = Post("p", "P", talks=("t",))
    notebook = Notebook("n", talks=(talk,), posts=(post,))
    found = posts.read(exported(notebook, post, style="timeline"), lambda: None, known=known(notebook))
    if found is not None:
        assert taken(notebook, found).notebook.talks == notebook.talks


def test_what_was_edited_by_hand_comes_in_beside_what_is_there() -> None:
    notebook = golden("kubecon-2017")
    text = exported(notebook, notebook.posts[0], style="timeline")
    edited = text.replace("Memory is the price\n", "Memory is the price, they say\n\n[14:00] my own line\n")
    edited = edited.replace(
        "## [Kata Containers]", "Setext Talk\n-----------\n\n0:10 from somewhere\n\n## [Kata Containers]"
    )
    what = taken(notebook, read_post(edited, notebook))
    assert (what.new_talks, what.new_notes) == (1, 3)
    kata = next(talk for talk in what.notebook.talks if talk.title == "Kata Containers")
    assert [note.text for note in kata.notes] == [
        "Memory is the price",
        "Memory is the price, they say",
        "my own line",
    ]


def test_the_offset_of_a_known_talk_is_taken_off() -> None:
    talk = Talk("t", "T", url="https://www.youtube.com/watch?v=abcdefghijk", offset_ms=60_000)
    text = "# P\n\n## [T](https://youtu.be/abcdefghijk)\n\n"
    text += "[02:00](https://youtu.be/abcdefghijk?t=120s) linked\n\n02:00 plain"
    after = taken(Notebook("n", talks=(talk,)), read_post(text)).notebook.talks[0]
    assert [(n.at_ms, n.text) for n in after.notes] == [(60_000, "linked"), (120_000, "plain")]


def test_the_head_of_a_post_is_read_in_every_kind_of_front_matter() -> None:
    body = "Intro.\n\n- [T](https://youtu.be/abcdefghijk) - Words.\n\nBye."
    yaml = '---\ntitle: "A: B"\ndate: 2018-01-12\ntags: [one, two]\nlang: pt\ndraft: true\n---\n'
    toml = '+++\ntitle = "A: B"\ndate = 2018-01-12T10:00:00Z\ntags = ["one", "two"]\nlang = "pt"\n'
    toml += "draft = true\n+++\n"
    astro = '---\ntitle: "A: B"\npubDate: 2018-01-12\ntags:\n  - one\n  - two\nlang: pt\ndraft: true\n---\n'
    js = '{"title": "A: B", "date": "2018-01-12", "tags": ["one", "two"], "lang": "pt", "draft": true}\n'
    for head in (yaml, toml, astro, js):
        post = read_post(head + body).post
        assert post is not None
        assert (post.title, post.date, post.tags, post.lang) == ("A: B", "2018-01-12", ("one", "two"), "pt")
        assert (post.draft, post.intro, post.closing, post.style) == (True, "Intro.", "Bye.", "list")


def test_signs_in_quoted_values_refer_to_nothing() -> None:
    post = read_post('---\ntitle: "this & *that*"\n---\n\n- [T](https://youtu.be/abcdefghijk) - Words.\n')
    assert post.post is not None
    assert (post.post.title, post.unread) == ("this & *that*", ())


@pytest.mark.parametrize(
    "head",
    [
        "---\na: &a [1]\nb: *a\n---\n",
        "---\ntitle: [unclosed\n---\n",
        "+++\ntitle = \n+++\n",
        "---\n" + "[" * 5000 + "\n---\n",
        "---\n- a list\n---\n",
        "---\n!!python/object/apply:os.system ['touch /tmp/owned']\n---\n",
    ],
)
def test_front_matter_that_cannot_be_read_is_listed(head: str) -> None:
    found = read_post(f"{head}\n- [T](https://youtu.be/abcdefghijk) - Words.\n")
    assert found.unread[0].line == 1
    assert found.talks[0].write_up == "Words."


def test_what_stands_between_talks_is_listed() -> None:
    text = "# P\n\n- [A](https://e.org/a) - a\n\n### Security\n\n- [B](https://e.org/b) - b\n"
    found = read_post(text)
    assert [talk.title for talk in found.talks] == ["A", "B"]
    assert [(one.line, one.text) for one in found.unread] == [(5, "### Security")]
