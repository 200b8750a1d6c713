"""What is learned of made-up sites of each generator, in layouts that real ones have."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from desktopnotes.export import learning, site_posts
from desktopnotes.export.conventions import Conventions, conventions_of, to_keep
from desktopnotes.export.options import options_of
from desktopnotes.export.post import exported
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Notebook, Post, Site, Talk
from desktopnotes.model.settings import Settings, valid

DAY = date(2026, 2, 3)


def site(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def yaml(**values: object) -> str:
    lines = [
        f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in values.items()
    ]
    return "\n".join(("---", *lines, "---", "", "Text."))


def toml(**values: object) -> str:
    lines = [
        f"{name} = {value if isinstance(value, str) else json.dumps(value)}" for name, value in values.items()
    ]
    return "\n".join(("+++", *lines, "+++", "", "Text."))


HUGO_BUNDLES = {
    "hugo.toml": "baseURL = 'https://example.org'\n",
    "content/_index.md": yaml(title="Home"),
    "content/about.md": yaml(title="About"),
    **{
        f"content/posts/talk-{n}/index.md": yaml(
            title=f"Talk {n}", date=f"2018-01-{n:02}", draft=False, author="Me", tags=["a"]
        )
        for n in range(1, 6)
    },
}
HUGO_FLAT_TOML = {
    "config.toml": 'baseURL = "https://example.org"\ntheme = "x"\n',
    **{
        f"content/blog/2018/talk-{n}.md": toml(
            title=f'"Talk {n}"', date=f"2018-01-{n:02}T10:00:00+01:00", slug=f'"talk-{n}"', type='"blog"'
        )
        for n in range(1, 6)
    },
}
JEKYLL = {
    "_config.yml": "title: x\n",
    "about.md": yaml(layout="page", title="About"),
    "_drafts/no.md": yaml(layout="post", title="No"),
    **{
        f"_posts/2018-01-{n:02}-talk-{n}.md": yaml(
            layout="article", title=f"Talk {n}", date=f"2018-01-{n:02} 10:00:00 +0100", categories="talks"
        )
        for n in range(1, 6)
    },
}
JEKYLL_CATEGORIES = {
    "_config.yml": "title: x\n",
    **{
        f"{where}/_posts/2018-01-{n:02}-talk-{n}.markdown": yaml(layout="post", title=f"Talk {n}")
        for n, where in enumerate(("travel", "talks", "talks", "talks"), 1)
    },
}
ASTRO = {
    "astro.config.mjs": "export default {}\n",
    "node_modules/x/readme.md": yaml(date="2030-01-01"),
    "src/content/config.ts": "x",
    **{
        f"src/content/blog/talk-{n}.md": yaml(
            title=f"Talk {n}", description="d", pubDate=f"'Jan {n:02} 2018'", heroImage="/x.jpg"
        )
        for n in range(1, 6)
    },
}
OBSIDIAN = {
    ".obsidian/app.json": "{}",
    **{f"Daily/2018-01-{n:02}.md": "Woke up." for n in range(1, 4)},
    **{
        f"Talks/2018-01-{n:02} Talk {n}.md": yaml(created=f"2018-01-{n:02}", tags=["talk"], cssclass="wide")
        for n in range(4, 9)
    },
}
PLAIN = {f"notes/talk-{n}.md": f"# Talk {n}\n" for n in range(1, 4)}

SITES = {
    "hugo bundles": (HUGO_BUNDLES, "content/posts/kubecon-notes/index.md"),
    "hugo flat": (HUGO_FLAT_TOML, "content/blog/2026/kubecon-notes.md"),
    "jekyll": (JEKYLL, "_posts/2026-02-03-kubecon-notes.md"),
    "jekyll categories": (JEKYLL_CATEGORIES, "talks/_posts/2026-02-03-kubecon-notes.md"),
    "astro": (ASTRO, "src/content/blog/kubecon-notes.md"),
    "obsidian": (OBSIDIAN, "Talks/2026-02-03 KubeCon Notes.md"),
    "plain": (PLAIN, "notes/kubecon-notes.md"),
}


@pytest.mark.parametrize("name", SITES)
def test_a_new_post_goes_where_the_others_are(tmp_path: Path, name: str) -> None:
    files, wanted = SITES[name]
    found = learning.learn(site(tmp_path, files))
    assert found.site == name.split()[0]
    assert found.folder == tmp_path
    assert learning.example(found.conventions, found.site, "KubeCon Notes", DAY)[0] == wanted


def learned(tmp_path: Path, files: Mapping[str, str]) -> Conventions:
    return learning.learn(site(tmp_path, files)).conventions


def test_hugo_bundles(tmp_path: Path) -> None:
    found = learned(tmp_path, HUGO_BUNDLES)
    assert (found.front, found.date_form) == ("yaml", "%Y-%m-%d")
    assert (found.keys, found.always) == ({"slug": ""}, {"author": "Me"})


def test_hugo_flat_in_toml(tmp_path: Path) -> None:
    found = learned(tmp_path, HUGO_FLAT_TOML)
    assert (found.front, found.date_form) == ("toml", "%Y-%m-%dT%H:%M:%S%z")
    assert (found.keys, found.always) == ({}, {"type": "blog"})
    head = learning.example(found, Site.HUGO, "KubeCon", DAY)[1]
    assert head.startswith("+++\n")
    assert "date = 2026-02-03\n" in head


def test_jekyll(tmp_path: Path) -> None:
    found = learned(tmp_path, JEKYLL)
    assert found.date_form == "%Y-%m-%d %H:%M:%S %z"
    assert (found.keys, found.always) == ({"tags": "categories", "layout": ""}, {"layout": "article"})
    head = learning.example(found, Site.JEKYLL, "KubeCon", DAY)[1]
    assert 'layout: "article"' in head
    assert head.count("layout") == 1


def test_astro(tmp_path: Path) -> None:
    found = learned(tmp_path, ASTRO)
    assert (found.date_form, found.keys, found.always) == ("%b %d %Y", {}, {})
    assert 'pubDate: "Feb 03 2026"' in learning.example(found, Site.ASTRO, "KubeCon", DAY)[1]


def test_astro_with_another_key_for_the_date(tmp_path: Path) -> None:
    files = {name: text.replace("pubDate", "pubDatetime") for name, text in ASTRO.items()}
    assert learned(tmp_path, files).keys == {"pubDate": "pubDatetime"}


def test_obsidian(tmp_path: Path) -> None:
    found = learned(tmp_path, OBSIDIAN)
    assert (found.keys, found.always) == ({"date": "created"}, {"cssclass": "wide"})


def test_json_is_read(tmp_path: Path) -> None:
    post = json.dumps({"title": "T", "date": "2018-01-12", "author": "Me"}) + "\n\nText."
    files = {"hugo.json": "{}", **{f"content/posts/t{n}.md": post for n in range(3)}}
    found = learned(tmp_path, files)
    assert (found.front, found.always) == ("yaml", {"author": "Me"})


def test_the_newest_posts_count(tmp_path: Path) -> None:
    old = {f"content/old/{n}.md": yaml(title="x", date="2001-01-01") for n in range(100)}
    new = {f"content/new/{n}.md": yaml(title="x", date="2020-01-01") for n in range(20)}
    assert learned(tmp_path, {"hugo.toml": "", **old, **new}).folder == "content/new"


def test_what_few_posts_say_is_not_usual(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "",
        "content/posts/a.md": yaml(title="x", date="2020-01-01", mood="good", author="Me"),
        "content/posts/b.md": yaml(title="x", date="2020-01-02", author="Me"),
    }
    assert learned(tmp_path, files).always == {"author": "Me"}


def test_a_site_is_found_from_within(tmp_path: Path) -> None:
    root = site(tmp_path, HUGO_BUNDLES)
    assert site_posts.site_above(root / "content" / "posts") == (root, "hugo")
    assert learning.learn(root / "content" / "posts").folder == root


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"config.toml": "base_url = 'x'\ncompile_sass = true\n"}, ""),  # Zola
        ({"config.toml": "[server]\nport = 1\n"}, ""),
        ({"config.yaml": "baseURL: x\n"}, "hugo"),
        ({"config/_default/hugo.toml": ""}, "hugo"),
        ({"hugo.yml": ""}, "hugo"),
        ({"_config.toml": ""}, "jekyll"),
        ({"astro.config.ts": ""}, "astro"),
        ({".obsidian/app.json": ""}, "obsidian"),
        ({"a.md": ""}, ""),
    ],
)
def test_the_generator_is_told_by_its_files(tmp_path: Path, files: Mapping[str, str], wanted: str) -> None:
    assert site_posts.generator(site(tmp_path, files)) == wanted


def test_a_site_without_posts_has_only_a_generator(tmp_path: Path) -> None:
    found = learning.learn(site(tmp_path, {"hugo.toml": ""}))
    assert (found.site, found.posts, found.conventions) == ("hugo", 0, Conventions(site="hugo"))
    with pytest.raises(ReadError, match="neither posts nor"):
        learning.learn(site(tmp_path / "other" / "2" / "3" / "4" / "5" / "6" / "7" / "8" / "9", {}) / "none")


# --- hostile folders -----------------------------------------------------------------------------------


def test_links_and_strange_files_are_not_followed(tmp_path: Path) -> None:
    outside = site(tmp_path / "outside", {f"{n}.md": yaml(title="x", date="2030-01-01") for n in range(9)})
    root = site(tmp_path / "site", HUGO_BUNDLES)
    (root / "content" / "posts" / "link").symlink_to(outside)
    (root / "content" / "posts" / "loop").symlink_to(root)
    (root / "content" / "posts" / "one.md").symlink_to(outside / "1.md")
    os.mkfifo(root / "content" / "posts" / "pipe.md")
    with (root / "content" / "posts" / "huge.md").open("wb") as file:
        file.truncate(100_000_000)
    found = learning.learn(root)
    assert found.posts == 5
    assert found.conventions.folder == "content/posts"


def test_broken_posts_are_passed_over(tmp_path: Path) -> None:
    files = {
        "content/posts/bad1.md": "---\ntitle: [\ndate: 2020-01-01\n---\n",
        "content/posts/bad2.md": "+++\n\0\ndate = 2020-01-01\n+++\n",
        "content/posts/bad3.md": "---\na: &a [*a]\ndate: 2020-01-01\nb: *a\n---\n",
        "content/posts/bad4.md": "---\n" + "[" * 10_000,
        "content/posts/bad5.md": "---\n!!python/object/apply:os.system ['x']\ndate: 2020-01-01\n---\n",
    }
    found = learning.learn(site(tmp_path, {**HUGO_BUNDLES, **files}))
    assert found.conventions.always == {"author": "Me"}


def test_nothing_that_a_site_says_leads_out_of_it(tmp_path: Path) -> None:
    config = {"hugo.toml": 'contentDir = "../../etc"\n'}
    found = learning.learn(site(tmp_path, {**HUGO_BUNDLES, **config}))
    assert found.conventions.folder == "content/posts"
    evil = Conventions(folder="../../x", file_form="../{slug}.md", site="hugo")
    assert ".." not in learning.example(evil, "hugo", "../../T", DAY)[0]


def test_a_large_folder_is_quick(tmp_path: Path) -> None:
    files = {f"content/{n % 50}/{n}.md": yaml(title="x", date="2020-01-01") for n in range(3000)}
    root = site(tmp_path, {"hugo.toml": "", **files})
    start = time.monotonic()
    learning.learn(root)
    assert time.monotonic() - start < 5


# --- kept in the settings ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_what_is_learned_is_kept_and_used(tmp_path: Path, name: str) -> None:
    files, wanted = SITES[name]
    found = learning.learn(site(tmp_path, files))
    kept = json.loads(json.dumps(to_keep(found.conventions)))
    assert valid("conventions", kept)
    assert conventions_of(kept) == found.conventions
    settings = Settings(conventions=kept)
    post = Post("p", title="KubeCon Notes", date=DAY.isoformat(), site=found.site, talks=("t",))
    notebook = Notebook("n", talks=(Talk("t", title="T", write_up="x"),), posts=(post,))
    export = exported(notebook, post, options_of(settings))
    assert export.file_name == wanted
    other = "hugo" if found.site != "hugo" else "jekyll"
    elsewhere = exported(notebook, post, options_of(settings, site=other))
    assert elsewhere.text == exported(notebook, post, options_of(Settings(), site=other)).text


def test_strange_settings_are_left_out() -> None:
    assert conventions_of({"folder": 3, "keys": [], "site": "hugo", "new": 1}) == Conventions(site="hugo")


def test_a_part_is_left_out() -> None:
    found = Conventions("a", "b", "yaml", "%Y", {"date": "x"}, {"author": "Me", "type": "y"}, "hugo")
    less = learning.without(found, ["folder", "always.author", "keys.date"])
    assert less == Conventions("", "b", "yaml", "%Y", {}, {"type": "y"}, "hugo")
