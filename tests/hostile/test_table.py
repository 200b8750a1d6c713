"""The page of hostile input is what really happened; `UPDATE_GOLDEN=1` writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults import promises
from tests.hostile.table import markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hostile-input.md"


@pytest.mark.libvlc
def test_the_page_says_what_happens(tmp_path: Path) -> None:
    made = markdown(tmp_path)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


@pytest.mark.faults
def test_all_of_it_gets_what_the_page_says(tmp_path: Path) -> None:
    """For the table of promises: the same, counted."""
    made = markdown(tmp_path)
    assert PAGE.read_text(encoding="utf-8") == made
    count = sum(line.startswith("| ") for line in made.splitlines()) - made.count("| what came |")
    promises.record(
        "Hostile input (docs/hostile-input.md)",
        "a plain message; no crash, hang, write outside, or request to the network",
        f"{count} kinds, each got what the page says",
    )
