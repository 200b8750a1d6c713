"""The JSON Schema of the notebook file, made from the tables of `format`.

`python -m desktopnotes.storage.schema` writes it anew; a test says when that is due.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktopnotes.storage.format import FORMAT, NOTEBOOK, VERSION

SCHEMA_PATH = Path(__file__).with_name("notebook.schema.json")


def schema() -> dict[str, Any]:
    """Draft 2020-12. Keys that it does not name are allowed, and kept by the program."""
    described = NOTEBOOK.schema()
    ours = {"format": {"const": FORMAT}, "version": {"const": VERSION}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}:notebook:{VERSION}",
        "title": "Notebook of Desktop Notes",
        **described,
        "properties": ours | described["properties"],
        "required": [*ours, *described["required"]],
    }


def schema_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_text(), encoding="utf-8")
