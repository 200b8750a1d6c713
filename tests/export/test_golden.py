"""What the notebooks in tests/golden export to; `UPDATE_GOLDEN=1` rewrites it (and shows in `git diff`)."""

from __future__ import annotations

import json
import os
import re
from html import unescape

import pytest

from desktopnotes.export import sites, templates
from desktopnotes.model.notebook import Note, Site
from tests import goldens
from tests.export import reading
from tests.goldens import FOLDER, GOLDENS, NOTEBOOKS, Golden

MARKDOWN = [golden for golden in GOLDENS if golden.site == Site.PLAIN]


def text_of(notebook: str, style: str) -> str:
    return Golden(notebook, Site.PLAIN, style).export().text


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.key)
def test_the_export_is_as_it_was(golden: Golden) -> None:
    expected = golden.expected_files()
    for file in golden.export().files:
        path = expected[file.path]
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.text.encode())
        assert file.text == path.read_bytes().decode(), f"{path} is not what is exported now."


def test_every_export_is_one_that_the_real_sites_have_taken() -> None:
    proved = json.loads(goldens.BUILT.read_text(encoding="utf-8"))
    stale = [golden.key for golden in GOLDENS if proved.get(golden.key) != golden.digest()]
    assert stale == [], (
        "These exports have changed since Hugo, Jekyll, Astro, Chromium and pandoc have really taken them; "
        "./test --sites does it again, and writes it down."
    )
    assert set(proved) == {golden.key for golden in GOLDENS}


def test_there_is_no_golden_file_that_nothing_makes() -> None:
    made = {path for golden in GOLDENS for path in golden.expected_files().values()}
    of_sites = {path for site in sites.site_names() for path in (FOLDER / site).rglob("*")}
    there = {path for path in {*FOLDER.iterdir(), *of_sites} if path.is_file()}
    assert there - made - {goldens.BUILT} == {FOLDER / f"{name}.talknotes.json" for name in NOTEBOOKS}


@pytest.mark.parametrize("golden", MARKDOWN, ids=lambda golden: golden.key)
def test_nothing_in_an_export_does_harm(golden: Golden) -> None:
    assert reading.harm(golden.export().text) == []


@pytest.mark.parametrize("style", templates.style_names())
def test_every_hostile_text_shows_as_it_was_typed(style: str) -> None:
    seen = _words(reading.seen(text_of("hostile", style)).text)
    texts = list(goldens.typed_and_shown("hostile"))
    assert len(texts) > 150
    wrong = [(place, shown) for place, shown, leaves in texts if leaves and _words(shown) not in seen]
    assert wrong == []
    assert "never leaves" not in seen


_FORMULA = re.compile(r"\$\$[^$]+\$\$|\$(?!\s)[^$\n]+(?<!\s)\$(?!\d)")


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.key)
def test_formulas_stay_as_they_were_typed(golden: Golden) -> None:
    notebook, post = goldens.notebook_of(golden.notebook), goldens.post_of(golden.notebook)
    if golden.notebook not in ("calculo", "optimisation"):
        return
    talks = [talk for talk in notebook.talks if talk.id in post.talks]
    texts = [
        text for talk in talks for text in ([talk.write_up] if talk.write_up else map(_text, talk.notes))
    ]
    formulas = [formula for text in texts for formula in _FORMULA.findall(text)]
    assert len(formulas) > 3
    text = golden.export().text
    shown = unescape(text) if golden.site == Site.PAGE else sites.site(golden.site).shown(text)
    written = _unindented(shown)
    assert [formula for formula in formulas if _unindented(formula) not in written] == []


def _text(note: Note) -> str:
    return note.text


def _unindented(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _words(text: str) -> str:
    """Without characters that nobody can see, with one space between words."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", "", text).split())


def test_every_word_of_a_post_stands_in_the_list_once_and_in_order_and_nothing_is_added() -> None:
    file = json.loads((FOLDER / "kubecon-2017.talknotes.json").read_text(encoding="utf-8"))
    post = file["posts"][0]
    talks = {talk["id"]: talk for talk in file["talks"]}
    in_order = [talks[talk_id] for talk_id in post["talks"]]
    assert len(in_order) == 7
    assert all(1 <= len(re.split(r"\n\n(?=[A-Z“])", talk["write_up"])) <= 3 for talk in in_order)
    written = [post["title"], "Jan 12, 2018", post["intro"]]
    for talk in in_order:
        written += [talk["title"], talk["url"], talk["write_up"]]
    written.append(post["closing"])
    text = text_of("kubecon-2017", "list")
    # To the letter, but for white space and the five signs that make a heading, an item and its link.
    lines = [f"# {written[0]}", *written[1:3]]
    lines += [f"- [{talk['title']}]({talk['url']}) - {talk['write_up']}" for talk in in_order]
    assert text.split() == " ".join((*lines, post["closing"])).split()
    assert re.findall(r"\w+", text) == re.findall(r"\w+", " ".join(written))


def test_the_list_has_the_shape_of_the_post() -> None:
    text = text_of("kubecon-2017", "list")
    assert reading.kinds(text) == ["heading", *["paragraph"] * 3, "bullet_list", "paragraph"]
    items = [token for token in reading.tokens(text) if token.type == "list_item_open"]
    assert len(items) == 7
    assert text.count("\n- [") == text.count("\n\n- [") == 7
