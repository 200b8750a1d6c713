"""The list of keys in docs is that of the table; `UPDATE_GOLDEN=1` writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from tests.key_list import markdown

LIST = Path(__file__).resolve().parents[1] / "docs" / "keys.md"


def test_the_list_is_that_of_the_table() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        LIST.write_text(markdown(), encoding="utf-8")
    assert LIST.read_text(encoding="utf-8") == markdown()
