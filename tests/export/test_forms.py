"""What each site wants: names of files, front matter, pictures; and that no path leaves the root."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktopnotes.export import front_matter, sites
from desktopnotes.export import post as exporter
from desktopnotes.export.conventions import Conventions
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.export.sites import Head
from desktopnotes.export.writing import write
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Exported, Note, Notebook, Post, Published, Talk

URL = "https://youtu.be/dQw4w9WgXcQ"
HEAD = Head(
    'A: "B" 🎉',
    "2018-01-12",
    "Jan 12, 2018",
    "a-b",
    day=date(2018, 1, 12),
    tags=("go", "a: b"),
    summary="Said.",
)
TALK = Talk("t", "Weaving | the Mesh", url=URL, notes=(Note("1", 65_000, text="A {{ x }}", picture="a.png"),))
POST = Post("p", title="Notes", date="2018-01-12", intro="Hello there.", talks=("t",), tags=("go",))


def export(site: str, *talks: Talk, post: Post = POST, **options: Any) -> Export:
    talks = talks or (TALK,)
    post = replace(post, talks=tuple(talk.id for talk in talks))
    made = Notebook("n", created="2017-12-20T19:03:11Z", talks=talks, posts=(post,))
    return exporter.exported(made, post, Options(site=site, style="timeline", **options))


def front(text: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
    return values


# --- files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "file", "pictures"),
    [
        ("plain", "a-b.md", "a-b-pictures"),
        ("hugo", "a-b/index.md", "a-b"),
        ("jekyll", "_posts/2018-01-12-a-b.md", "assets/a-b"),
        ("astro", "a-b.md", "a-b"),
        ("obsidian", "A B 🎉.md", "a-b-pictures"),
        ("page", "a-b.html", "a-b-pictures"),
    ],
)
def test_each_site_has_its_own_names(site: str, file: str, pictures: str) -> None:
    form = sites.site(site)
    assert form.file_name(HEAD) == file
    assert form.pictures_folder(HEAD) == pictures
    root = Path("/somewhere/site")
    assert form.root_of(root / file) == root


@pytest.mark.parametrize("site", sites.site_names())
@pytest.mark.parametrize("file", ["other.md", "other/index.md", "2018/other.md", "A B.md"])
def test_within_the_learned_folder_the_root_is_the_site(site: str, file: str) -> None:
    form, learned = sites.site(site), Conventions(folder="content/posts", file_form="{slug}.md")
    root = Path("/somewhere/content/posts/of/site")
    assert form.root_of(root / "content" / "posts" / file, learned) == root
    assert form.root_of(root / file, Conventions(folder="nowhere")) == form.root_of(root / file)
    assert form.root_of(Path("/content/posts") / file, learned) == Path("/")
    assert form.root_of(Path("posts") / file, learned) == form.root_of(Path("posts") / file)


def test_the_conventions_of_the_site_name_folder_and_file() -> None:
    learned = Conventions(folder="content/blog", file_form="{year}/{date}-{slug}.md")
    assert sites.HUGO.file_name(HEAD, learned) == "content/blog/2018/2018-01-12-a-b.md"
    assert sites.HUGO.pictures_folder(HEAD, learned) == "static/pictures/a-b"
    bundle = Conventions(folder="content/blog", file_form="{slug}/index.md")
    assert sites.HUGO.pictures_folder(HEAD, bundle) == "content/blog/a-b"
    assert sites.JEKYLL.file_name(HEAD, Conventions(folder="_posts", file_form="{date}-{slug}.markdown")) == (
        "_posts/2018-01-12-a-b.markdown"
    )
    assert sites.ASTRO.file_name(HEAD, Conventions(file_form="{slug}.mdx")) == "a-b.md"


@settings(deadline=None)
@given(
    st.text(max_size=30),
    st.text("./\\{slugdatei}~:C-_ \0", max_size=30),
    st.text("./\\{slug}~ ", max_size=20),
)
def test_no_path_leaves_the_root_whatever_a_title_or_the_conventions_are(
    title: str, file_form: str, folder: str
) -> None:
    for form in sites.SITES:
        for conventions in (Conventions(), Conventions(folder=folder, file_form=file_form)):
            head = replace(HEAD, title=title, slug=sites.slug(title))
            for path in (form.file_name(head, conventions), form.pictures_folder(head, conventions)):
                parts = PurePosixPath(path).parts
                assert path
                assert not path.startswith("/")
                assert not any(part.startswith("..") or set(part) & set('\\:\0<>"|?*') for part in parts)
                assert all(len(part.encode()) <= 255 for part in parts)


@pytest.mark.parametrize("site", sites.site_names())
@pytest.mark.parametrize("slug", ["../../up", "CON", "index", "_index", "x" * 300, "/etc/passwd", "."])
def test_a_slug_typed_in_malice_stays_in_the_folder(tmp_path: Path, site: str, slug: str) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    written = write(export(site, post=replace(POST, slug=slug, title=slug)), folder)
    assert all(path.resolve().is_relative_to(folder.resolve()) for path in written.paths)
    assert [path for path in tmp_path.iterdir() if path != folder] == []


# --- front matter ------------------------------------------------------------------------------------


def test_what_each_site_is_told() -> None:
    post = replace(POST, title='A: "B" 🎉\n# x', description="", draft=True, lang="pt-BR")
    title = 'A: "B" 🎉 # x'
    day = date(2018, 1, 12)
    assert front(export("hugo", post=post).text) == {
        "title": title, "date": day, "draft": True, "tags": ["go"], "slug": "a-b-x"
    }  # fmt: skip
    assert front(export("jekyll", post=post).text) == {
        "layout": "post", "title": title, "date": day, "tags": ["go"], "lang": "pt-BR", "published": False
    }  # fmt: skip
    assert front(export("astro", post=post).text) == {
        "title": title, "description": "Hello there.", "pubDate": day, "tags": ["go"], "draft": True
    }  # fmt: skip
    assert front(export("obsidian", post=post).text) == {
        "aliases": [title], "tags": ["go"], "date": day, "draft": True
    }  # fmt: skip
    assert export("plain", post=post).text.startswith("# A")
    assert front(export("hugo").text)["draft"] is False


@settings(deadline=None)
@given(st.text(), st.lists(st.text(max_size=5), max_size=3), st.sampled_from(["yaml", "toml"]))
def test_any_words_come_back_from_the_front_matter(title: str, tags: list[str], form: str) -> None:
    values = {"title": title, "tags": tags, "date": date(2018, 1, 12), "draft": False}
    text = front_matter.written(values, Conventions(front=form, always={"nested": {"a": [1, title]}}))
    body = text.split("\n", 1)[1].rsplit("\n", 3)[0]
    read = yaml.safe_load(body) if form == "yaml" else tomllib.loads(body)
    assert read["title"] == front_matter._clean(title)
    assert read["date"] == date(2018, 1, 12)
    assert read["nested"]["a"][0] == 1
    assert front_matter.below(text + "# the text\n") == "# the text\n"
    assert len(text.split("\n")) == len(text.splitlines()) + 1


def test_emoji_and_umlauts_stay_letters() -> None:
    assert 'title: "Über 🎉"\n' in front_matter.written({"title": "Über 🎉"}, Conventions())


def test_the_conventions_name_keys_add_those_of_all_and_have_their_own_dates() -> None:
    learned = Conventions(
        keys={"date": "pubDate", "tags": "categories", "slug": ""},
        always={"author": "Ann", "title": "never", "on": True},
        date_form="%d %b %Y",
    )
    text = sites.HUGO.above(HEAD, learned)
    assert front(text) == {
        "title": 'A: "B" 🎉', "pubDate": "12 Jan 2018", "draft": False, "categories": ["go", "a: b"],
        "author": "Ann", "on": True,
    }  # fmt: skip
    assert json.dumps("on") in text


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("", "date: 2018-01-12"),
        ("%Y-%m-%d", "date: 2018-01-12"),
        ("%Y-%m-%dT%H:%M:%S%z", "date: 2018-01-12"),
        ("%Y-%m-%d %H:%M", "date: 2018-01-12"),
        ("%b %-d, %Y", 'date: "Jan 12, 2018"'),
    ],
)
def test_a_date_without_time_is_written_without_time(form: str, line: str) -> None:
    assert line in sites.HUGO.above(HEAD, Conventions(date_form=form)).split("\n")


def test_a_site_that_needs_a_date_gets_one_that_stays_the_same() -> None:
    undated = replace(POST, date="")
    made = export("jekyll", post=undated)
    assert made.file_name == "_posts/2017-12-20-notes.md"
    assert made.dated == "The post has no date, which Jekyll needs: 2017-12-20 was taken."
    assert "date:" not in export("hugo", post=replace(POST, date="soon")).text.split("---")[1]


def test_the_day_of_a_file_that_was_exported_stays_its_day() -> None:
    places = (Exported("2016-01-01.md"), Exported("site/_posts/2016-05-04-old.md", "jekyll"))
    post = replace(POST, date="soon", exported=places, published=Published("2018-02-02"))
    made = export("jekyll", post=post)
    assert made.file_name == "_posts/2016-05-04-notes.md"
    assert made.dated == "“soon” is not a date like 2018-01-12, which Jekyll needs: 2016-05-04 was taken."
    assert export("jekyll", post=replace(post, exported=())).file_name == "_posts/2018-02-02-notes.md"


@pytest.mark.parametrize("date", ["", "soon"])
def test_where_nothing_tells_a_day_it_is_asked_for(date: str) -> None:
    post = replace(POST, date=date)
    with pytest.raises(UserError, match=r"which Jekyll needs\. Give the post its date"):
        exporter.exported(Notebook("n", talks=(TALK,), posts=(post,)), post, Options(site="jekyll"))
    assert exporter.exported(Notebook("n", talks=(TALK,), posts=(post,)), post, Options(site="hugo")).text


@pytest.mark.parametrize("title", ["{{ t }}", "a  {b}   c", "{}", "x\u202ey"])
def test_index_and_folder_of_a_vault_have_one_name(title: str) -> None:
    made = export("obsidian", post=replace(POST, title=title), per_talk=True)
    index, talk = (PurePosixPath(file.path) for file in made.files)
    assert talk.parent.name == index.stem


# --- texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", [name for name in sites.site_names() if name != "page"])
def test_what_is_shown_is_what_was_composed(site: str) -> None:
    made = export(site)
    assert sites.site(site).shown(made.text) == made.markdown
    assert "A {{ x }}" in made.markdown


def test_each_place_is_the_line_in_the_file() -> None:
    for site in ("plain", "hugo", "jekyll", "astro", "obsidian"):
        made = export(site)
        lines = made.text.split("\n")
        places = {place.part: lines[place.line] for place in made.places}
        assert places["intro"] == "Hello there."
        assert places["t"].startswith("## [Weaving")


# --- pictures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("plain", "(notes-pictures/weaving-the-mesh-01m05s.webp)"),
        ("hugo", "(weaving-the-mesh-01m05s.webp)"),
        ("jekyll", '({{ "/assets/notes/weaving-the-mesh-01m05s.webp" | relative_url }})'),
        ("astro", "(./notes/weaving-the-mesh-01m05s.webp)"),
        ("obsidian", "(notes-pictures/weaving-the-mesh-01m05s.webp)"),
    ],
)
def test_the_text_links_its_pictures_where_they_are_written(tmp_path: Path, site: str, address: str) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    Image.new("RGB", (20, 10)).save(pictures / "a.png")
    made = export(site, pictures_folder=pictures)
    assert address in made.text
    (picture,) = made.pictures
    assert f"({picture.address})" in made.markdown
    root = tmp_path / "site"
    root.mkdir()
    write(made, root)
    assert Image.open(root / picture.path).format == "WEBP"


# --- a file for each talk ----------------------------------------------------------------------------

TWINS = (
    TALK,
    Talk("u", "weaving | the mesh", url=URL, notes=(Note("1", text="Second"),)),
    Talk("v", "Index", write_up="Written."),
    Talk("e", "Nothing said"),
)


@pytest.mark.parametrize(
    ("site", "files"),
    [
        (
            "plain",
            ["notes.md", "notes/weaving-the-mesh.md", "notes/weaving-the-mesh-2.md", "notes/index-notes.md"],
        ),
        (
            "hugo",
            [
                "notes/_index.md",
                "notes/weaving-the-mesh/index.md",
                "notes/weaving-the-mesh-2/index.md",
                "notes/index-notes/index.md",
            ],
        ),
        (
            "jekyll",
            [
                "_posts/2018-01-12-notes.md",
                "_posts/2018-01-12-weaving-the-mesh.md",
                "_posts/2018-01-12-weaving-the-mesh-2.md",
                "_posts/2018-01-12-index-notes.md",
            ],
        ),
        (
            "obsidian",
            ["Notes.md", "Notes/Weaving the Mesh.md", "Notes/weaving the mesh 2.md", "Notes/Index.md"],
        ),
    ],
)
def test_a_file_for_each_talk_and_an_index_that_links_them(site: str, files: list[str]) -> None:
    made = export(site, *TWINS, per_talk=True)
    assert [file.path for file in made.files] == files
    index = made.text
    assert "Hello there." in index
    assert index.count("\n- [") == 3
    assert sites.site(site).shown(index) == made.markdown
    assert [place.part for place in made.places] == ["title", "intro", "t", "u", "v"]
    first = sites.site(site).shown(made.files[1].text)
    assert "## " not in first
    assert f"[Weaving | the Mesh]({URL})" in first
    assert "Hello there." not in first


def test_the_index_leads_to_the_files() -> None:
    for site in ("plain", "obsidian", "page"):
        made = export(site, *TWINS, per_talk=True)
        for file in made.files[1:]:
            assert f"]({file.path.replace(' ', '%20')})" in made.markdown
    assert "]({% post_url 2018-01-12-weaving-the-mesh %})" in export("jekyll", *TWINS, per_talk=True).text
    assert "](weaving-the-mesh/)" in export("hugo", *TWINS, per_talk=True).text


def test_a_talk_alone_in_a_list_is_no_list() -> None:
    made = exporter.exported(
        Notebook("n", talks=(TWINS[1],), posts=()), replace(POST, talks=("u",)), Options(per_talk=True)
    )
    assert (
        made.files[1].text
        == f"# weaving | the mesh\n\nJan 12, 2018\n\n[weaving | the mesh]({URL}) - Second.\n"
    )


# --- the other parts ---------------------------------------------------------------------------------


def test_parts_that_are_published_are_linked_if_asked() -> None:
    parts = (
        POST,
        Post("q", title="Part [2]", published=Published("2018-02-01", "https://example.org/2/")),
        Post("r", title="Part 3", published=Published("2018-03-01", "")),
        Post("s", title="Part 4"),
        Post("u", title="Part 5", published=Published("", "javascript:alert(1)")),
        Post("v", title="Part 6", published=Published("", "https://example.org/6/")),
    )
    made = Notebook("n", talks=(TALK,), posts=parts)
    linked = exporter.exported(made, POST, Options(part_links=True)).text
    assert linked.endswith("\n\n[Part \\[2\\]](https://example.org/2/) · [Part 6](https://example.org/6/)\n")
    assert linked.startswith(exporter.exported(made, POST, Options()).text)
    assert "Part 6" not in exporter.exported(made, POST, Options()).text
