"""Pictures that a notebook names and that are not in its folder: told when a backup comes back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from desktopnotes.model.naming import is_plain_name


def missing(names: Iterable[str], folder: Path, pictures: str) -> tuple[str, ...]:
    """Those of `names` that are no files in the folder `pictures` of the notebook's `folder`, each once."""
    here = folder / pictures if is_plain_name(pictures) else None
    return tuple(
        name
        for name in dict.fromkeys(names)
        if here is None or not is_plain_name(name) or not os.path.isfile(here / name)
    )
