"""Bytes to JSON values, strictly: what json lets pass or answers with strange errors becomes a `Problem`.

Refused besides bad syntax: bad UTF-8, nesting and numbers without end. A key that stands twice is marked
(`Doubled`), and NaN and the infinite stay to be found by the shapes, so that both are told with their path.
"""

from __future__ import annotations

import json
import re
from typing import Any

from desktopnotes.storage.problems import At, Problems, line_path
from desktopnotes.storage.shapes import Doubled
from desktopnotes.words import _

_BOM = b"\xef\xbb\xbf"
_CONFLICT = re.compile(rb"^(<<<<<<< |>>>>>>> |=======\r?$)", re.MULTILINE)


def load(content: bytes, found: Problems) -> Any:
    """The JSON value in `content`; None, and a fatal problem found, where there is none."""
    if not content.strip(b" \t\r\n"):
        found.add(None, _("is empty"))
    elif not content.strip(b"\0"):
        found.add(None, _("holds nothing but zeros, as after a crash or on a failing disk"))
    else:
        return _loaded(content.removeprefix(_BOM), found)
    return None


def has_conflict_marks(content: bytes) -> bool:
    """Whether Git has left the marks of a conflict in it; a text of a notebook never begins a line."""
    return _CONFLICT.search(content) is not None


_WHY = {
    "Expecting value": _("Expecting value"),
    "Expecting ',' delimiter": _("Expecting ',' delimiter"),
    "Expecting ':' delimiter": _("Expecting ':' delimiter"),
    "Expecting property name enclosed in double quotes": _(
        "Expecting property name enclosed in double quotes"
    ),
    "Illegal trailing comma before end of array": _("Illegal trailing comma before end of array"),
    "Illegal trailing comma before end of object": _("Illegal trailing comma before end of object"),
    "Invalid control character at": _("Invalid control character at"),
    "Invalid \\escape": _("Invalid \\escape"),
    "Invalid \\uXXXX escape": _("Invalid \\uXXXX escape"),
}
"""What Python says of text that is no JSON, which is in English."""


def _loaded(content: bytes, found: Problems) -> Any:
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found.add(line_path(line), _("holds bytes that are no text in UTF-8"))
    except json.JSONDecodeError as error:
        found.add(*_syntax(content, error))
    except RecursionError:
        found.add(None, _("is nested too deep"))
    except ValueError:
        found.add(None, _("holds a number of thousands of digits"))
    return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Doubled(pairs)


def _syntax(content: bytes, error: json.JSONDecodeError) -> tuple[At, str]:
    if conflict := _CONFLICT.search(content):
        line = content.count(b"\n", 0, conflict.start()) + 1
        return line_path(line), _("holds the marks of a Git conflict")
    if not content.lstrip().startswith(b"{"):
        return None, _("is something else (it does not begin with “{brace}”)").format(brace="{")
    at = line_path(error.lineno)
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return at, _("ends in the middle, as if it had been cut off")
    if error.msg == "Extra data":
        return at, _("something stands after the end")
    why = _WHY.get(error.msg, error.msg)
    return at, _("is not valid JSON at character {column} ({why})").format(column=error.colno, why=why)
