"""The values in a damaged notebook's text, read to where they break; in linear time.

JSON has no line break inside a text, and no unescaped quote: so at the beginning of every line, at every
`{"key":` and at every `"key":` it is certain that no text goes on there. Those are the places at which
reading begins anew behind what cannot be read (`RESUME`), in whatever way the file is laid out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from desktopnotes.storage.format import NOTE, NOTEBOOK, POST, TALK
from desktopnotes.storage.shapes import DEEPEST
from desktopnotes.words import _

PROSE = frozenset({"text", "write_up", "intro", "closing", "title", "description", "caption", "alt"})
"""Of these the beginning is worth keeping where the end is lost, and both where there are two."""

KNOWN = frozenset({"format", "version", *NOTE.rows, *TALK.rows, *POST.rows, *NOTEBOOK.rows})
_MOST_JOINED = 1000
"""So many keys that stand twice are joined, else a text could grow with each of millions."""
_MOST_TEARS = 2000

BETWEEN = re.compile(r"[\s,]*+")
_STRING = re.compile(r'"((?:[^"\\\n\0]++|\\[^\n\0])*+)("?)')
_COLON = re.compile(r"[ \t\r\n]*+:[ \t\r\n]*+")
_AFTER_VALUE = re.compile(r"\s*+(?:[,\]}]|$)")
_SCALAR = re.compile(r"[-+.\w]++")
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')
RESUME = re.compile(r'\n|\{\s*+"[^"\\\n\0]{0,64}"\s*+:|(?<!\\)"(?:' + "|".join(sorted(KNOWN)) + r')"\s*+:')
_BRACKET = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|[\[{]|[\]}]')


@dataclass(slots=True)
class Tear:
    """Where something could not be read, and `why` where that is known."""

    start: int
    end: int
    why: str = ""


@dataclass(slots=True)
class Torn:
    """A value that could not be read to its end: what there is of it, and where it broke."""

    value: Any
    at: int
    resume: int


def joined(first: Any, second: Any, key: str) -> Any:
    """What stays where a key stands twice: both, of what people write; else the last."""
    if key not in PROSE or first == second or not isinstance(first, str) or not isinstance(second, str):
        return second
    if second in first:
        return first
    return second if first in second else f"{first}\n\n{second}"


class Values:
    """Reads values at places of a text; keeps what it had to leave out (`tears`)."""

    def __init__(self, text: str, *, line_each: bool) -> None:
        """With `line_each` every object has a line, so what is open at its end has lost its own."""
        self.tears: list[Tear] = []
        self._text = text
        self._line_each = line_each
        self._line = 0, -1
        self._unclosed = False
        self._doubled = False
        self._joins = 0

    def _skip(self, place: int) -> int:
        between = BETWEEN.match(self._text, place)
        return between.end() if between else place

    def _put(self, entries: dict[str, Any], key: str, value: Any) -> None:
        if key in entries:
            self._doubled = True
            self._joins += 1
            value = joined(entries[key], value, key) if self._joins <= _MOST_JOINED else value
        entries[key] = value

    def _key(self, place: int) -> tuple[str, int]:
        """The key that stands there, and where its value begins; -1 where it is none."""
        found = _STRING.match(self._text, place)
        colon = _COLON.match(self._text, found.end()) if found and found[2] else None
        if found is None or colon is None:
            return "", -1
        return _unescaped(found[1]), colon.end()

    def _value(self, place: int, depth: int) -> tuple[Any, int] | Torn:
        """A value and where it ends, whatever follows."""
        sign = self._text[place : place + 1]
        if sign == '"':
            return self._string(place)
        if sign in ("[", "{"):
            if depth > DEEPEST:
                return self._too_deep(place)
            return self._list(place, depth) if sign == "[" else self._table(place, depth)
        scalar = _SCALAR.match(self._text, place)
        if scalar is None or not _AFTER_VALUE.match(self._text, scalar.end()):
            return Torn(None, place, place)
        try:
            return json.loads(scalar[0]), scalar.end()
        except ValueError:
            self._told(Tear(place, scalar.end(), _("“{value}” is no value").format(value=scalar[0][:20])))
            return None, scalar.end()

    def _string(self, place: int) -> tuple[Any, int] | Torn:
        found = _STRING.match(self._text, place)
        assert found is not None
        if found[2] and _AFTER_VALUE.match(self._text, found.end()):
            return _unescaped(found[1]), found.end()
        # Its end is lost, so what was taken for it may belong to what comes next.
        begins = RESUME.search(self._text, place + 1, found.end() + 80)
        end = min(found.end(1), begins.start() if begins else found.end(1))
        return Torn(_unescaped(self._text[place + 1 : end]), end, end)

    def _list(self, place: int, depth: int) -> tuple[Any, int] | Torn:
        items: list[Any] = []
        place += 1
        end = self._end_of_value(place)
        while (place := self._skip(place)) < end:
            if self._text[place] == "]":
                return items, place + 1
            value = self._value(place, depth + 1)
            if isinstance(value, Torn):
                return Torn([*items, value.value] if value.value else items, value.at, value.resume)
            items.append(value[0])
            place = value[1]
        return Torn(items, min(place, end), min(place, end))

    def _table(self, place: int, depth: int) -> tuple[Any, int] | Torn:
        entries: dict[str, Any] = {}
        place += 1
        end = self._end_of_value(place)
        while (place := self._skip(place)) < end:
            if self._text[place] == "}":
                return entries, place + 1
            key, colon = self._key(place) if self._text[place] == '"' else ("", -1)
            if colon < 0:
                return Torn(entries, place, place)
            value = self._value(colon, depth + 1)
            if isinstance(value, Torn):
                return Torn(entries, value.at, value.resume)
            self._put(entries, key, value[0])
            place = value[1]
        return Torn(entries, min(place, end), min(place, end))

    def _end_of_value(self, place: int) -> int:
        """How far a value can reach at most that begins there."""
        if not self._line_each:
            return len(self._text)
        if not self._line[0] <= place <= self._line[1]:  # a line may hold very many values
            end = self._text.find("\n", place)
            self._line = place, len(self._text) if end < 0 else end
        return self._line[1]

    def _too_deep(self, place: int) -> tuple[Any, int] | Torn:
        """Goes on behind a value that is nested too deep; a file may hold many that never end."""
        depth = 0
        for bracket in () if self._unclosed else _BRACKET.finditer(self._text, place):
            depth += 1 if bracket[0] in ("[", "{") else -1 if bracket[0] in ("]", "}") else 0
            if depth == 0:
                self._told(Tear(place, bracket.end(), _("is nested too deep")))
                return None, bracket.end()
        self._unclosed = True
        line_end = self._text.find("\n", place)
        end = len(self._text) if line_end < 0 else line_end
        return Torn(None, place, end)

    def _told(self, tear: Tear) -> None:
        if len(self.tears) < _MOST_TEARS:
            self.tears.append(tear)


def _unescaped(inner: str) -> str:
    """What stands between the quotes of a text; an escape that is none is kept as it stands."""
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        mended = _BAD_ESCAPE.sub(lambda found: found[0] if found[1] else r"\\", inner)
        return str(json.loads(f'"{mended}"', strict=False))
