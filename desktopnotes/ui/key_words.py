"""Keys in sentences: every key can be changed, so what names one asks which it is now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktopnotes.commands import by_id, keys_of
from desktopnotes.ui import keys

Own = Mapping[str, tuple[str, ...]]
"""The keys that the user has changed, by the command's id."""


def key_of(command_id: str, own: Own) -> str:
    """A command's first key as it is shown, "" without one."""
    return keys.shown(next(iter(keys_of(by_id(command_id), own)), ""))


def way_to(command_id: str, own: Own) -> str:
    """A command's first key as it is shown; what its menu calls it where it has none."""
    return key_of(command_id, own) or f"“{by_id(command_id).label}”"


def with_keys(words: str, own: Own) -> str:
    """Puts the keys of commands in: `{view.write_up}` in `words` becomes what it is pressed by."""
    return re.sub(r"{([\w.]+)}", lambda found: way_to(found[1], own), words)
