"""What an organiser’s notebook becomes in each output; `UPDATE_GOLDEN=1` rewrites it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktopnotes.export.interchange.outputs import OUTPUTS, Output
from desktopnotes.export.options import Options
from desktopnotes.storage import codec
from tests.export.interchange import youtube_rules

GOLDEN = Path(__file__).parent / "golden"


def made(one: Output) -> dict[str, str]:
    """The files by their names, and what is told in one of its own."""
    notebook = codec.decode((GOLDEN / "organiser.talknotes.json").read_bytes())
    export = one.make(notebook, notebook.posts[0], Options())
    told = {f"{one.name}.notices": "\n".join(export.notices) + "\n"}
    return {file.path: file.text for file in export.files} | told


@pytest.mark.parametrize("one", OUTPUTS, ids=lambda one: one.name)
def test_the_output_is_as_it_was(one: Output) -> None:
    for name, text in made(one).items():
        if os.environ.get("UPDATE_GOLDEN"):
            (GOLDEN / name).write_bytes(text.encode())
        assert text.encode() == (GOLDEN / name).read_bytes()


def test_there_is_no_golden_file_that_nothing_makes() -> None:
    names = {name for one in OUTPUTS for name in made(one)}
    assert {path.name for path in GOLDEN.iterdir()} == names | {"organiser.talknotes.json"}


def test_what_makes_youtube_ignore_the_organisers_list_is_the_one_line_that_is_told() -> None:
    told = (GOLDEN / "chapters-youtube.notices").read_text(encoding="utf-8")
    [line] = [line for line in told.splitlines() if "ignore the whole list" in line]
    assert "line 5, “0:33:00 Questions”" in line
    text = (GOLDEN / "opening-what-ten-years-1-language-taught-us-chapters.txt").read_text(encoding="utf-8")
    assert not youtube_rules.shows_chapters(text)
    assert youtube_rules.shows_chapters(text.replace("0:33:00 Questions\n", ""))
