"""The last text that was exported to each place, so that what was edited there by hand can be told from it.

Of this machine alone. One that cannot be read is as none: exporting again asks then instead of merging.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktopnotes.files import read_regular, replace_file
from desktopnotes.model.errors import UserError
from desktopnotes.storage.paths import state_folder

_log = logging.getLogger(__name__)

_MOST = 500
_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Made:
    """A picture that was exported: what it was made of, in a word of the exporter's, and its SHA-256."""

    of: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Last:
    """What was last exported to one place; `pictures` by their absolute paths.

    `whose` names what it was made of: another post's is as none.
    """

    text: str
    whose: str
    pictures: Mapping[str, Made] = field(default_factory=dict)


def folder() -> Path:
    return state_folder() / "exported"


def whose(notebook_id: str, thing_id: str, kind: str = "post") -> str:
    """A name for what is made of a post or a talk; two of one name would be the same file's."""
    return json.dumps((notebook_id, kind, thing_id))


def last(path: Path, whose: str) -> Last | None:
    """What was last exported to that file; None where that is not known, or where it is not of `whose`."""
    try:
        content = json.loads(read_regular(_kept_at(path), _MOST_BYTES))
        if content["path"] != _name(path) or not isinstance(content["text"], str):
            return None
        pictures = {name: Made(str(of), str(sha256)) for name, (of, sha256) in content["pictures"].items()}
        return Last(content["text"], whose, pictures) if content["whose"] == whose else None
    except UserError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        _log.warning("what was exported last is not known: its copy is broken")
        return None


def keep(path: Path, made: Last) -> None:
    """Keeps what was exported to that file, durably, in place of what was before. Raises `WriteError`.

    Of all there are at most 500, of 50 MB in all: the oldest go.
    """
    content = {
        "path": _name(path),
        "whose": made.whose,
        "text": made.text,
        "pictures": {name: (each.of, each.sha256) for name, each in made.pictures.items()},
    }
    kept = _kept_at(path)
    replace_file(kept, json.dumps(content, ensure_ascii=False).encode(), make_folder=True)
    _thin_out(kept)


def _name(path: Path) -> str:
    """One name for one file, by whatever links it is reached."""
    return os.path.realpath(path)


def _kept_at(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(_name(path))).hexdigest()[:40]
    return folder() / f"{name}.json"


def _thin_out(newest: Path) -> None:
    """Lets the oldest go; where that cannot be done, nobody is harmed."""
    with contextlib.suppress(OSError), os.scandir(newest.parent) as entries:
        files = [(entry.stat(), entry.path) for entry in entries if entry.name.endswith(".json")]
        files.sort(key=lambda file: (file[1] == str(newest), file[0].st_mtime_ns), reverse=True)
        total = 0
        for number, (status, path) in enumerate(files):
            total += status.st_size
            if number and (number >= _MOST or total > _MOST_BYTES):
                os.unlink(path)
