"""The front matter above a post, in YAML, TOML or JSON: read, never run, and bounded."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from desktopnotes.words import _

_LONGEST = 64_000
"""In letters: a hundred times what any site's posts have."""

_MOST_BRACKETS = 500
"""Deep nesting makes the reader of YAML slow; no post has so much of it."""

_FENCES = {"---": "yaml", "+++": "toml"}
_OPENING = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n")
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9_]", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a text. `kind` is "yaml", "toml", "json" or "" where there is nothing.

    `raw` are the values of one line as they are written; `body` begins in line `lines`, counted from 0.
    `error` says why it could not be read.
    """

    kind: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    lines: int = 0
    error: str = ""

    def words(self, *names: str) -> str:
        """The first of these keys that has words; lists and the like count as none."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                return " ".join(str(value).split())
        return ""

    def list_of(self, *names: str) -> tuple[str, ...]:
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str):
                return tuple(word.strip() for word in re.split(r"[,\s]+", value) if word.strip())
            if isinstance(value, list):
                return tuple(str(one).strip() for one in value[:100] if isinstance(one, (str, int, float)))
        return ()

    def day(self, *names: str) -> str:
        """The date of the first of these keys that has one, as `2018-01-12`."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, datetime | date):
                return value.strftime("%Y-%m-%d")
            if isinstance(value, str) and (found := _DAY.match(value.strip())):
                return found[0]
        return ""


def split(text: str) -> FrontMatter:
    """The text's front matter and what stands below it."""
    opening = _OPENING.match(text)
    if opening is None:
        return _json(text) if text.lstrip("\ufeff")[:1] == "{" else FrontMatter(body=text)
    fence = opening["fence"]
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*$", re.MULTILINE).search(
        text, opening.end(), opening.end() + _LONGEST
    )
    if closing is None:
        return FrontMatter(body=text)
    inside = text[opening.end() : closing.start()]
    body = text[closing.end() :].removeprefix("\n")
    lines = text.count("\n", 0, closing.end()) + 1
    values, error = _values(_FENCES[fence], inside)
    return FrontMatter(_FENCES[fence], values, _raw(_FENCES[fence], inside), body, lines, error)


def _json(text: str) -> FrontMatter:
    """As Hugo knows it: an object, then the text."""
    start = text.lstrip("\ufeff")
    try:
        values, end = json.JSONDecoder().raw_decode(start[:_LONGEST])
    except (ValueError, RecursionError):
        return FrontMatter(body=text)
    if not isinstance(values, dict):
        return FrontMatter(body=text)
    raw = {name: value for name, value in values.items() if isinstance(value, str)}
    body = start[end:].removeprefix("\n")
    return FrontMatter("json", values, raw, body, start.count("\n", 0, end) + 1)


def _values(kind: str, inside: str) -> tuple[Mapping[str, Any], str]:
    try:
        found = tomllib.loads(inside) if kind == "toml" else _yaml(inside)
    except (ValueError, RecursionError) as error:
        return {}, str(error).partition("\n")[0]
    if found is None:
        return {}, ""
    return (found, "") if isinstance(found, dict) else ({}, _("it is no list of keys"))


def _yaml(inside: str) -> Any:
    import yaml  # heavy, and only posts of some sites need it

    if inside.count("[") + inside.count("{") > _MOST_BRACKETS:
        raise ValueError(_("it is nested too deeply"))
    try:
        if _ALIAS.search(inside) and any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(inside)):
            # A few lines of aliases can stand for more than any memory holds; posts have no use for them.
            raise ValueError(_("it refers to itself by & and *"))
        return yaml.safe_load(inside)
    except yaml.YAMLError as error:
        raise ValueError(str(getattr(error, "problem", "") or error)) from error


_LINE = re.compile(
    r"^(?P<name>[A-Za-z_][\w-]*)[ \t]*(?P<sign>[:=])[ \t]*(?P<value>[^\n]*?)[ \t]*$", re.MULTILINE
)


def _raw(kind: str, inside: str) -> Mapping[str, str]:
    sign = "=" if kind == "toml" else ":"
    found = {match["name"]: match["value"] for match in _LINE.finditer(inside) if match["sign"] == sign}
    return {name: value.strip("\"'") for name, value in found.items()}
