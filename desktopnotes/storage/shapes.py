"""What may stand in a JSON file of ours, said once per field: reading, writing and the schema follow from it.

A value that does not fit becomes a `Problem`; reading goes on, so that all of them are found.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from desktopnotes.model.notebook import NOTHING_UNKNOWN
from desktopnotes.storage.problems import At, Problems, shown
from desktopnotes.words import _

DEEPEST = 64
"""How deep unknown values may nest, so that whatever was read can be written again."""

TWICE = _("stands twice in the same object")


class Doubled(dict[str, Any]):
    """An object of the file in which a key stands twice; json alone would silently keep the last."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _value in pairs]
        self.key = next(key for i, key in enumerate(keys) if key in keys[:i])


class Shape(Protocol):
    """What one value may be."""

    def read(self, value: Any, at: At, found: Problems) -> Any:
        """The value as the model has it; what is returned along with a fatal problem is of no use."""

    def written(self, value: Any) -> Any:
        """The value as JSON has it."""

    def schema(self) -> dict[str, Any]: ...


class _AsItIs:
    """For values that JSON and the model write alike."""

    __slots__ = ()

    def written(self, value: Any) -> Any:
        return value


@dataclass(frozen=True, slots=True)
class Text(_AsItIs):
    """Any text. Of `words`, where there are some, others are kept but told; `lengths` count characters."""

    about: str = ""
    words: tuple[str, ...] = ()
    lengths: tuple[int, int] | None = None

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if not isinstance(value, str):
            found.add(at, _("must be text"))
        elif not is_unicode(value):
            found.add(at, _("holds half a character (a lone surrogate)"))
        elif self.lengths is not None and not self.lengths[0] <= len(value) <= self.lengths[1]:
            found.add(
                at,
                _("must be {low} to {high} characters long").format(
                    low=self.lengths[0], high=self.lengths[1]
                ),
            )
        elif self.words and value not in self.words:
            found.add(
                at,
                _("“{value}” is none of {words}").format(value=shown(value), words=", ".join(self.words)),
                fatal=False,
            )
        return value

    def schema(self) -> dict[str, Any]:
        described: dict[str, Any] = {"type": "string"}
        if self.lengths is not None:
            described |= {"minLength": self.lengths[0], "maxLength": self.lengths[1]}
        if self.words:
            described = {"anyOf": [{"enum": list(self.words)}, described]}
        return _about(self.about, described)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number; `5.0` counts as one, as it does for JSON Schema.

    One out of bounds is written as the nearest that can be read again: a slip must not cost the file.
    """

    low: int
    high: int
    about: str = ""
    or_null: bool = False

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if value is None and self.or_null:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            found.add(
                at, _("must be a whole number or null") if self.or_null else _("must be a whole number")
            )
        elif not self.low <= value <= self.high:
            found.add(at, _("must be from {low} to {high}").format(low=self.low, high=self.high))
        return value

    def written(self, value: Any) -> Any:
        return None if value is None else min(max(self.low, int(value)), self.high)

    def schema(self) -> dict[str, Any]:
        kind = ["integer", "null"] if self.or_null else "integer"
        return _about(self.about, {"type": kind, "minimum": self.low, "maximum": self.high})


@dataclass(frozen=True, slots=True)
class Number:
    """A number with a fraction; one out of bounds is written as the nearest that can be read again."""

    low: float
    high: float
    about: str = ""

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if not isinstance(value, int | float) or isinstance(value, bool):
            found.add(at, _("must be a number"))
        elif not self.low <= value <= self.high:  # so NaN and the infinite do not fit either
            found.add(
                at, _("must be from {low} to {high}").format(low=f"{self.low:g}", high=f"{self.high:g}")
            )
        else:
            return float(value)
        return value

    def written(self, value: Any) -> Any:
        return min(max(self.low, float(value)), self.high)

    def schema(self) -> dict[str, Any]:
        return _about(self.about, {"type": "number", "minimum": self.low, "maximum": self.high})


@dataclass(frozen=True, slots=True)
class Flag(_AsItIs):
    about: str = ""

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if not isinstance(value, bool):
            found.add(at, _("must be true or false"))
        return value

    def schema(self) -> dict[str, Any]:
        return _about(self.about, {"type": "boolean"})


@dataclass(frozen=True, slots=True)
class Many:
    """A list in the file, a tuple in the model."""

    item: Shape
    about: str = ""

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if not isinstance(value, list):
            found.add(at, _("must be a list"))
            return ()
        read = self.item.read
        return tuple([read(item, (at, i), found) for i, item in enumerate(value)])

    def written(self, value: Any) -> Any:
        return [self.item.written(item) for item in value]

    def schema(self) -> dict[str, Any]:
        return _about(self.about, {"type": "array", "items": self.item.schema()})


@dataclass(frozen=True, slots=True)
class OrNull:
    """A shape, or null in the file and None in the model."""

    shape: Shape

    def read(self, value: Any, at: At, found: Problems) -> Any:
        return None if value is None else self.shape.read(value, at, found)

    def written(self, value: Any) -> Any:
        return None if value is None else self.shape.written(value)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.shape.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Table:
    """An object in the file, a mapping in the model: its keys are data."""

    item: Shape

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if not isinstance(value, dict):
            found.add(at, _("must be an object"))
            return {}
        return {key: self.item.read(item, (at, key), found) for key, item in value.items()}

    def written(self, value: Any) -> Any:
        return {key: self.item.written(item) for key, item in value.items()}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.item.schema()}


class Record:
    """An object in the file, a frozen dataclass in the model: one row a field, in the order of the file.

    A field without a default in the dataclass must be there, but for an `id`: one that is missing is read as
    "", and `mending` gives one that follows from the rest.
    Keys without a row are kept in the dataclass's `unknown`, and dropped where it has none.
    """

    def __init__(self, of: type[Any], rows: Mapping[str, Shape], about: str = "") -> None:
        self.of = of
        self.rows = rows
        self.about = about
        fields = {each.name: each for each in dataclasses.fields(of)}
        self._defaults = {name: _default(fields[name]) for name in rows}
        self._values = attrgetter(*rows)
        self._keeps_unknown = "unknown" in fields
        self._writers = [(name, shape.written, self._defaults[name]) for name, shape in rows.items()]

    def read(self, value: Any, at: At, found: Problems) -> Any:
        if not isinstance(value, dict):
            found.add(at, _("must be an object"))
            return None
        if isinstance(value, Doubled):
            found.add((at, value.key), TWICE)
        known: dict[str, Any] = {}
        unknown: dict[str, Any] = {}
        for key, item in value.items():
            shape = self.rows.get(key)
            if shape is None:
                unknown[key] = _kept(key, item, at, found)
            else:
                known[key] = shape.read(item, (at, key), found)
        self._complete(known, at, found)
        if self._keeps_unknown:
            known["unknown"] = unknown or NOTHING_UNKNOWN
        return self.of(**known)

    def _complete(self, known: dict[str, Any], at: At, found: Problems) -> None:
        for name, default in self._defaults.items():
            if default is not dataclasses.MISSING or name in known:
                continue
            if name == "id":
                found.add(at, _("has no id; it gets one"), fatal=False)
                known[name] = ""
            else:
                found.add((at, name), _("is missing"))
                known[name] = None

    def written(self, value: Any) -> dict[str, Any]:
        known = self.known(value)
        return {**known, **value.unknown} if self._keeps_unknown else known

    def known(self, value: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """What differs from the defaults, in the order of the rows, without the unknown keys."""
        return {
            name: written(item)
            for (name, written, default), item in zip(self._writers, self._values(value), strict=True)
            if item != default and name not in without
        }

    def schema(self) -> dict[str, Any]:
        properties = {name: shape.schema() for name, shape in self.rows.items()}
        for name, default in self._defaults.items():
            if isinstance(default, str | bool | int | float):
                properties[name]["default"] = default
        required = [name for name, default in self._defaults.items() if default is dataclasses.MISSING]
        described = {"type": "object", "properties": properties}
        return _about(self.about, described | ({"required": required} if required else {}))


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _about(text: str, described: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, **described} if text else described


def _kept(key: str, value: Any, at: At, found: Problems) -> Any:
    """A value that this version does not know, if it can be written again as it was."""
    if not is_unicode(key):
        found.add(at, _("holds a name with half a character (a lone surrogate)"))
    elif why := why_not_writable(value):
        found.add((at, key), why)
    return value


def why_not_writable(value: Any, depth: int = 0) -> str:
    """What keeps a value that json has read from being written again; empty where nothing does."""
    if depth > DEEPEST:
        return _("is nested too deep")
    if isinstance(value, Doubled):
        return f"“{shown(value.key)}” {TWICE}"
    if isinstance(value, str) and not is_unicode(value):
        return _("holds half a character (a lone surrogate)")
    if isinstance(value, float) and not math.isfinite(value):
        return _("holds a number that is none, or too large")
    inner: list[Any] = [*value, *value.values()] if isinstance(value, dict) else []
    inner = value if isinstance(value, list) else inner
    return next((why for item in inner if (why := why_not_writable(item, depth + 1))), "")


def is_unicode(text: str) -> bool:
    """Whether UTF-8 can write it: JSON's escapes can make half a character, which nothing can save."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
