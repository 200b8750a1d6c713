"""The id of a notebook's file, found without reading all of it, and where the rest is damaged."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

_HEAD_BYTES = 4096
_ID = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:.{0,80}?"id"\s*:\s*"([^"\\]{1,64})"', re.DOTALL)


def id_at(path: Path) -> str:
    """The id of the notebook at `path`, found even where the rest of the file is damaged; "" for none."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return ""
        with path.open("rb") as file:
            return id_of(file.read(_HEAD_BYTES))
    except (OSError, ValueError):
        return ""


def id_of(content: bytes) -> str:
    """As `id_at`, of bytes that may be a notebook's."""
    found = _ID.match(content[:_HEAD_BYTES])
    return found[1].decode("utf-8", "replace") if found else ""
