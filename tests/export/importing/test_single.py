"""Files of one talk each, and the index that lists them."""

from __future__ import annotations

from itertools import product
from pathlib import Path, PurePath

import pytest

from desktopnotes.export import post as exporter
from desktopnotes.export import sites, views
from desktopnotes.export.importing import posts, reading
from desktopnotes.export.importing.known import known
from desktopnotes.export.options import Options
from desktopnotes.model.errors import ReadError
from desktopnotes.model.importing import Imported, words_of
from desktopnotes.model.notebook import Note, Notebook, Post, Site, Talk
from tests.export.importing.files import EMPTY, NOTEBOOKS, STYLES, golden, notes_in, read_post, taken

SITES = [site.name for site in sites.SITES if site.name != Site.PAGE]
WATCH = "https://youtu.be/abcdefghijk"

TALKS = (
    Talk(
        "a",
        title="Alpha",
        url=WATCH,
        write_up="One paragraph.\n\n## A Section\n\nAnother.",
        notes=(Note("1", 10_000, text="one"), Note("2", text="of no time"), Note("3", 20_000, text="two")),
    ),
    Talk("b", title="Beta: a Talk", notes=(Note("4", 10_000, text="one"), Note("5", 20_000, text="two"))),
    Talk("c", title="Gamma", url="https://example.org/talk", notes=(Note("6", 10_000, text="- one"),)),
)
POST = Post("p", "The Post", intro="## Why\n\nBecause.", closing="## End\n\nBye.", talks=("a", "b", "c"))
NOTEBOOK = Notebook("n", created="2026-01-02T03:04:05Z", talks=TALKS, posts=(POST,))


def files(notebook: Notebook, style: str, site: str) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """The index and the talks' files, by path and text."""
    post = notebook.posts[0]
    export = exporter.exported(notebook, post, Options(style=style, site=site, per_talk=True))
    index, *talks = ((file.path, file.text) for file in export.files)
    return index, talks


def read(path: str, text: str, notebook: Notebook) -> Imported:
    found = posts.read(text, lambda: None, PurePath(path), known(notebook))
    assert found is not None
    return found


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("name", "site"),
    [*product(NOTEBOOKS, ["plain", "hugo"]), *product([""], SITES)],  # all sites' files have one body
)
def test_the_file_of_a_talk_comes_back(name: str, style: str, site: str) -> None:
    notebook = golden(name) if name else NOTEBOOK
    _, talks = files(notebook, style, site)
    new = EMPTY
    for path, text in talks:
        found = read(path, text, notebook)
        assert (len(found.talks), found.post, found.unread) == (1, None, ())
        what = taken(notebook, found)
        assert what.new_talks == 0
        if not is_unmistakable(notebook, found.talks[0].title):
            continue
        assert (what.new_notes, what.new_talks, what.new_write_ups, what.left) == (0, 0, 0, ())
        assert what.notebook == notebook
        new = taken(new, found).notebook
        assert taken(new, found).notebook == new


def is_unmistakable(notebook: Notebook, title: str) -> bool:
    """Whether a file by itself tells which of the notebook's talks it is of."""
    return sum(words_of(views.title(talk)) == words_of(title) for talk in notebook.talks) == 1


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("style", ["timeline", "outline"])
def test_the_talks_of_files_come_into_another_notebook(style: str, site: str) -> None:
    new = EMPTY
    for path, text in files(NOTEBOOK, style, site)[1]:
        if site != "plain" or "Beta" not in path:
            new = taken(new, posts.read(text, lambda: None, PurePath(path)) or Imported()).notebook
    wanted = [talk for talk in TALKS if site != "plain" or talk.url]
    assert [(talk.title, talk.url, words_of(talk.write_up)) for talk in new.talks] == [
        (talk.title, talk.url, words_of(talk.write_up)) for talk in wanted
    ]
    assert [[note.text for note in talk.notes] for talk in new.talks] == [
        [note.text for note in talk.notes] for talk in wanted
    ]


@pytest.mark.parametrize("site", SITES)
def test_an_index_says_that_it_is_one(tmp_path: Path, site: str) -> None:
    (path, text), _ = files(NOTEBOOK, "timeline", site)
    with pytest.raises(ReadError, match="lists files of one talk each"):
        notes_in(tmp_path, text, PurePath(path).name)


@pytest.mark.parametrize("per_talk", [True, False])
def test_a_talk_that_is_called_as_an_address_is_leads_nowhere(per_talk: bool) -> None:
    talk = Talk("a", title="http://example.org/x", write_up="Words.")
    notebook = Notebook("n", talks=(talk,), posts=(Post("p", "P", talks=("a",)),))
    file = exporter.exported(notebook, notebook.posts[0], Options(per_talk=per_talk)).files[-1]
    assert taken(notebook, read(file.path, file.text, notebook)).notebook == notebook


def test_an_index_of_titles_with_colons_is_one_too(tmp_path: Path) -> None:
    text = "# P\n\n- [A: one](p/a-one.md)\n- [B: two](p/b-two.md)\n"
    with pytest.raises(ReadError, match="lists files of one talk each"):
        notes_in(tmp_path, text, "p.md")


def test_the_notes_of_a_file_stay_out_of_the_talk_that_is_open(tmp_path: Path) -> None:
    (tmp_path / "beta.md").write_text('---\ntitle: "Beta: a Talk"\n---\n\n00:10 one\n\n00:20 more\n')
    what = taken(NOTEBOOK, reading.read(tmp_path / "beta.md", notebook=NOTEBOOK), "a")
    assert (what.new_notes, what.known_notes) == (1, 1)
    assert [note.text for note in what.notebook.talks[1].notes] == ["one", "two", "more"]
    assert what.notebook.talks[0] == TALKS[0]


@pytest.mark.parametrize("link", ["[Video]({})", "<{}>", "{}"])
def test_a_title_and_a_link_alone_are_a_talk(link: str) -> None:
    text = f"---\ntitle: My Talk\n---\n\n{link.format(WATCH)}\n\nI liked it.\n\n0:10 one\n"
    found = read_post(text)
    (talk,) = found.talks
    assert (talk.title, talk.url, talk.write_up, len(talk.notes)) == ("My Talk", WATCH, "I liked it.", 1)
    assert found.post is None


def test_a_link_above_other_talks_is_introduction() -> None:
    text = f"---\ntitle: Talks\n---\n\n[Playlist]({WATCH})\n\n- [A](https://vimeo.com/9) - a\n"
    found = read_post(text)
    assert [talk.title for talk in found.talks] == ["A"]
    assert found.post is not None
    assert found.post.intro == f"[Playlist]({WATCH})"
