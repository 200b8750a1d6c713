"""The shipped JSON Schema says of a file what the program says of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import encode, problems
from desktopnotes.storage.paths import sample_notebook
from desktopnotes.storage.schema import SCHEMA_PATH, schema_text
from tests.storage.notebooks import notebooks, small_notebook
from tests.storage.test_codec import EXAMPLE

SHIPPED: dict[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
validator = Draft202012Validator(SHIPPED)


def test_the_shipped_schema_is_that_of_the_tables() -> None:
    again = "python -m desktopnotes.storage.schema writes it anew"
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema_text(), again


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SHIPPED)


@given(notebooks)
def test_what_is_written_is_valid(notebook: Notebook) -> None:
    assert list(validator.iter_errors(json.loads(encode(notebook)))) == []


def test_the_sample_is_valid() -> None:
    sample = sample_notebook()
    assert sample is not None
    content = sample.read_bytes()
    assert list(validator.iter_errors(json.loads(content))) == []
    assert problems(content) == ()


WRONG = {
    "format": '"format": "else", "version": 1, "id": "x"',
    "version": '"format": "desktopnotes", "version": 2, "id": "x"',
    "talks": '"talks": 5',
    "a talk": '"talks": [5]',
    "speakers": '"talks": [{"id": "t", "speakers": "A"}]',
    "a time": '"talks": [{"id": "t", "notes": [{"id": "n", "at_ms": -1}]}]',
    "a flag": '"talks": [{"id": "t", "notes": [{"id": "n", "used": 1}]}]',
    "a chapter": '"talks": [{"id": "t", "chapters": [{"title": "x"}]}]',
    "an id": '"talks": [{"id": ""}]',
    "published": '"posts": [{"id": "p", "published": 1}]',
}


@pytest.mark.parametrize("entries", WRONG.values(), ids=WRONG)
def test_what_the_program_refuses_is_not_valid(entries: str) -> None:
    head = "" if "format" in entries else '"format": "desktopnotes", "version": 1, "id": "x", '
    content = f"{{{head}{entries}}}"
    assert list(validator.iter_errors(json.loads(content)))
    assert problems(content.encode())


def test_every_key_of_the_example_is_described() -> None:
    def undescribed(value: Any, schema: dict[str, Any]) -> list[str]:
        if isinstance(value, list):
            return [key for item in value for key in undescribed(item, schema["items"])]
        if not isinstance(value, dict):
            return []
        known = schema["properties"]
        inner = [
            found for key in value.keys() & known.keys() for found in undescribed(value[key], known[key])
        ]
        return [key for key in value if key not in known] + inner

    assert sorted(undescribed(json.loads(EXAMPLE), SHIPPED)) == ["later", "mood"]
    assert undescribed(json.loads(encode(small_notebook("x"))), SHIPPED) == []
