"""An object of a damaged file made to fit the format: what cannot be had is left out, and told."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from desktopnotes.storage.problems import Problems, shown
from desktopnotes.storage.shapes import (
    Flag,
    Many,
    OrNull,
    Record,
    Shape,
    Text,
    Whole,
    is_unicode,
    why_not_writable,
)
from desktopnotes.words import _

_NOT_THERE = object()


def fitted(record: Record, entries: dict[str, Any], tell: Callable[[str], None]) -> Any:
    """The record's own thing of what is in `entries`; `tell` gets a sentence for each field that is lost."""
    found = Problems()
    made = record.read(entries, None, found)
    if not found.fatal:
        return made
    fit = {
        key: value for key, raw in entries.items() if (value := _field(record, key, raw)) is not _NOT_THERE
    }
    for key, raw in entries.items():
        if key not in fit:
            tell(
                _("“{key}” was left out: {value} is no value for it").format(
                    key=shown(key), value=shown(_said(raw))
                )
            )
        elif fit[key] is not raw and fit[key] != raw:
            tell(_("“{key}” was mended").format(key=shown(key)))
    return record.read(fit, None, Problems())


def _said(raw: Any) -> str:
    return repr(raw) if isinstance(raw, str | int | float | None) else _("what stands there")


def _field(record: Record, key: str, raw: Any) -> Any:
    shape = record.rows.get(key)
    if shape is None:
        return _NOT_THERE if not is_unicode(key) or why_not_writable(raw) else raw
    return _fit(shape, raw)


def _fit(shape: Shape, raw: Any) -> Any:
    """A value of that shape, as near as can be to what stands in the file; else `_NOT_THERE`."""
    value = _near(shape, raw)
    found = Problems()
    if value is not _NOT_THERE:
        shape.read(value, None, found)
    return _NOT_THERE if found.fatal else value


def _near(shape: Shape, raw: Any) -> Any:
    if isinstance(shape, Text):
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return str(raw) if _is_short(raw) else _NOT_THERE
        return whole_characters(raw) if isinstance(raw, str) else raw
    if isinstance(shape, Whole) and isinstance(raw, float) and math.isfinite(raw):
        return round(raw)
    if (
        isinstance(shape, Whole)
        and isinstance(raw, str)
        and raw.isascii()
        and raw.isdigit()
        and len(raw) < 20
    ):
        return int(raw)
    if isinstance(shape, Flag) and raw in (0, 1):
        return bool(raw)
    if isinstance(shape, Many) and isinstance(raw, list):
        return [value for item in raw if (value := _fit(shape.item, item)) is not _NOT_THERE]
    if isinstance(shape, OrNull) and raw is not None:
        return _fit(shape.shape, raw)
    if isinstance(shape, Record) and isinstance(raw, dict):
        return {
            key: value for key, item in raw.items() if (value := _field(shape, key, item)) is not _NOT_THERE
        }
    return raw


def _is_short(number: float) -> bool:
    return -(10**18) < number < 10**18


def whole_characters(text: str) -> str:
    """The text with the sign for an unknown character in place of each half of one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
