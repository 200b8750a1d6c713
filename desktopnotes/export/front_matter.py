"""The lines above a post that tell its site what it is: YAML, or TOML where the site's own posts have that.

Each value is written as JSON, which is YAML too, and of which no character can end it early.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desktopnotes.export import languages, markdown
from desktopnotes.export.conventions import Conventions

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YAML_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_TIME_OF_DAY = re.compile(r"[\sT,]*%-?[HIklMSfpPzZTRrXcs].*|[\sT,]*%:z.*", re.DOTALL)
_MARKS = {"yaml": "---", "toml": "+++"}
ABOVE = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n)*?\1[ \t]*(?=\n|\Z)")
"""The front matter that a text begins with, from fence to fence."""


def written(values: Mapping[str, Any], conventions: Conventions) -> str:
    """The front matter with an empty line below. `values` are ours; a date is told by its type.

    `conventions.keys` gives our keys other names (none at all where that is empty); what all posts of the
    site have alike stands last.
    """
    named = {conventions.keys.get(key, key): value for key, value in values.items()}
    named.pop("", None)
    named |= {key: value for key, value in conventions.always.items() if key not in named}
    form = "toml" if conventions.front == "toml" else "yaml"
    line = _toml_line if form == "toml" else _yaml_line
    lines = [line(key, value, conventions.date_form) for key, value in named.items() if value is not None]
    return "\n".join((_MARKS[form], *lines, _MARKS[form], "", ""))


def below(text: str) -> str:
    """The text without the front matter that it begins with, if it does."""
    if found := ABOVE.match(text):
        return text[found.end() :].removeprefix("\n").removeprefix("\n")
    return text


def _yaml_line(key: str, value: Any, date_form: str) -> str:
    is_word = _PLAIN_KEY.fullmatch(key) and key.lower() not in _YAML_WORDS
    return f"{key if is_word else _json(key)}: {_yaml(value, date_form)}"


def _yaml(value: Any, date_form: str) -> str:
    if isinstance(value, date):
        day = _day(value, date_form)
        return day if _ISO_DATE.fullmatch(day) else _json(day)
    return _json(value)


def _toml_line(key: str, value: Any, date_form: str) -> str:
    return f"{key if _PLAIN_KEY.fullmatch(key) else _json(key)} = {_toml(value, date_form)}"


def _toml(value: Any, date_form: str = "") -> str:
    if isinstance(value, date):
        day = _day(value, date_form)
        return day if _ISO_DATE.fullmatch(day) else _json(day)
    if isinstance(value, Mapping):
        pairs = (f"{_json(str(key))} = {_toml(item)}" for key, item in value.items() if item is not None)
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_toml(item) for item in value if item is not None)}]"
    return _json(value)


def _day(day: date, form: str) -> str:
    """A date without time stays one: midnight is another day elsewhere, and noon is the future till then."""
    day = day.date() if isinstance(day, datetime) else day
    return languages.written_date(day, _TIME_OF_DAY.sub("", form), languages.ENGLISH) or day.isoformat()


def _json(value: Any) -> str:
    """With the letters as they are: spelled as `\\ud83c\\udf89` an emoji is two halves to some readers."""
    return json.dumps(_clean(value), ensure_ascii=False)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(markdown.normalised(value).replace("\ufeff", "").split())
    if isinstance(value, Mapping):
        return {_clean(str(key)): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return value.isoformat() if isinstance(value, date) else _clean(str(value))
