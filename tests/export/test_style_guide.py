"""What is told of styles is true: each name exists, and each that exists is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktopnotes.export import style_guide, templates, views
from tests.export.test_styles import NOTED, WRITTEN, exported, notebook

PAGE = Path(__file__).parents[2] / "docs" / "styles.md"


def test_every_name_that_a_template_sees_is_told_and_no_other() -> None:
    assert {kind: set(names) for kind, names in style_guide.WORDS.items()} == {
        kind: set(names) for kind, names in views.SEEN.items()
    }
    assert set(style_guide.TITLES) == set(views.SEEN)


@pytest.mark.parametrize("style", templates.built_in())
def test_a_copy_makes_the_very_same_post(tmp_path: Path, style: str) -> None:
    (tmp_path / "mine.md.j2").write_text(style_guide.head(style) + templates.source(style), encoding="utf-8")
    made = notebook(NOTED, WRITTEN)
    assert exported(made, "mine", tmp_path) == exported(made, style)


def test_the_page_has_the_tables() -> None:
    above, mark, _ = PAGE.read_text(encoding="utf-8").partition(" -->\n\n")
    page = f"{above}{mark}{style_guide.page()}"
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def test_the_short_example_of_the_page_works(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").partition("```jinja\n")[2].partition("```")[0]
    (tmp_path / "short.md.j2").write_text(example, encoding="utf-8")
    text = exported(notebook(NOTED, WRITTEN), "short", tmp_path).text
    assert "### [Noted](https://youtu.be/dQw4w9WgXcQ)\n\nFirst. second.\n\n### Written Up\n\nOne." in text
