"""What the notebooks in tests/golden export to; `UPDATE_GOLDEN=1` rewrites it (and shows in `git diff`)."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from desktopnotes.export import post as exporter
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.storage import codec
from tests.export import reading

GOLDEN = Path(__file__).parents[1] / "golden"
NOTEBOOKS = sorted(path.name.removesuffix(".talknotes.json") for path in GOLDEN.glob("*.talknotes.json"))
FORMS = [
    *(("list", times) for times in ("none", "inline", "superscript")),
    *((style, "none") for style in ("timeline", "outline")),
]


def exported(name: str, style: str, times: str = "none") -> Export:
    notebook = codec.decode((GOLDEN / f"{name}.talknotes.json").read_bytes())
    return exporter.exported(
        notebook,
        notebook.posts[0],
        Options(
            style=style,
            times=times,
            pictures_folder=GOLDEN / notebook.pictures if notebook.pictures else None,
        ),
    )


@pytest.mark.parametrize(("style", "times"), FORMS, ids="-".join)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_export_is_as_it_was(name: str, style: str, times: str) -> None:
    export = exported(name, style, times)
    golden = GOLDEN / (f"{name}.{style}.md" if times == "none" else f"{name}.{style}-{times}.md")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(export.text.encode())
    assert export.text == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_file_that_nothing_makes() -> None:
    made = {f"{name}.{'-'.join(form).removesuffix('-none')}.md" for name in NOTEBOOKS for form in FORMS}
    assert {path.name for path in GOLDEN.glob("*.md")} == made


@pytest.mark.parametrize("style", ["list", "timeline", "outline"])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_in_an_export_does_harm(name: str, style: str) -> None:
    assert reading.harm(exported(name, style).text) == []


def test_every_word_of_a_post_stands_in_the_list_once_and_in_order_and_nothing_is_added() -> None:
    file = json.loads((GOLDEN / "kubecon-2017.talknotes.json").read_text(encoding="utf-8"))
    post = file["posts"][0]
    talks = {talk["id"]: talk for talk in file["talks"]}
    in_order = [talks[talk_id] for talk_id in post["talks"]]
    assert len(in_order) == 7
    assert all(1 <= len(re.split(r"\n\n(?=[A-Z“])", talk["write_up"])) <= 3 for talk in in_order)
    written = [post["title"], "Jan 12, 2018", post["intro"]]
    for talk in in_order:
        written += [talk["title"], talk["url"], talk["write_up"]]
    written.append(post["closing"])
    text = exported("kubecon-2017", "list").text
    # To the letter, but for white space and the five signs that make a heading, an item and its link.
    lines = [f"# {written[0]}", *written[1:3]]
    lines += [f"- [{talk['title']}]({talk['url']}) - {talk['write_up']}" for talk in in_order]
    assert text.split() == " ".join((*lines, post["closing"])).split()
    assert re.findall(r"\w+", text) == re.findall(r"\w+", " ".join(written))


def test_the_list_has_the_shape_of_the_post() -> None:
    text = exported("kubecon-2017", "list").text
    assert reading.kinds(text) == ["heading", *["paragraph"] * 3, "bullet_list", "paragraph"]
    items = [token for token in reading.tokens(text) if token.type == "list_item_open"]
    assert len(items) == 7
    assert text.count("\n- [") == text.count("\n\n- [") == 7
