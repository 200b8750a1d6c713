"""`downloads.json` in the state folder: the queue of downloads, shared by all windows of the program."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from desktopnotes import claims
from desktopnotes.claims import Claim
from desktopnotes.files import Identity, identity, read_regular, replace_file
from desktopnotes.model.downloads import Download, Downloads, Phase
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.storage.loading import load
from desktopnotes.storage.paths import state_folder
from desktopnotes.storage.problems import Problems
from desktopnotes.storage.shapes import Flag, Many, Record, Text, Whole
from desktopnotes.words import _

_LIMIT_BYTES = 10_000_000
_WAIT_S = 5.0
_VERSION = 1
_ID = re.compile(r"[a-z0-9]{6,40}")
"""An id names folders that are removed with all in them, so nothing else may be one."""

_DOWNLOAD = Record(
    Download,
    {
        "id": Text(),
        "address": Text(),
        "title": Text(),
        "notebook": Text(),
        "talk_id": Text(),
        "folder": Text(),
        "quality": Whole(0, 100_000),
        "phase": Text(),
        "message": Text(),
        "hint": Text(),
        "file": Text(),
        "is_applied": Flag(),
    },
)


@dataclass(frozen=True, slots=True)
class _Queue:
    version: int = 0
    downloads: Downloads = ()


_QUEUE = Record(_Queue, {"version": Whole(0, 1000), "downloads": Many(_DOWNLOAD)})


@dataclass(frozen=True, slots=True)
class Read:
    """The queue, what to tell the user of its file (mostly nothing), and which state of it was read."""

    downloads: Downloads = ()
    message: str = ""
    state: Identity | None = None


def path() -> Path:
    return state_folder() / "downloads.json"


def state() -> Identity | None:
    """What tells one state of the file from another; None where there is none. Raises `ReadError`."""
    return identity(path())


def claim(download_id: str) -> Claim | None:
    """Claims the loading of one download; None where another window is at it. Raises `WriteError`."""
    return claims.take(_claim_path(download_id))


def forget_claim(download_id: str) -> None:
    """Removes what claiming left on the disk, when the download is at its end."""
    _claim_path(download_id).unlink(missing_ok=True)


def _claim_path(download_id: str) -> Path:
    return state_folder() / "downloads" / f"{download_id}.lock"


def change(how: Callable[[Downloads], Downloads]) -> Read:
    """Reads the queue, changes it and writes it durably, alone among all windows. Raises `UserError`."""
    with claims.alone(state_folder() / "downloads.lock", _WAIT_S):
        before = read()
        after = how(before.downloads)
        if after == before.downloads:
            return before
        text = json.dumps(_QUEUE.written(_Queue(_VERSION, after)), ensure_ascii=False, indent=1)
        written = replace_file(path(), f"{text}\n".encode(), make_folder=True)
    return Read(after, before.message, written)


def read() -> Read:
    """The queue; of a broken file an empty one, with what to tell: the file is set aside.

    Raises `UserError` where it can neither be read nor set aside.
    """
    now = state()
    if now is None:
        return Read()
    found = Problems()
    try:
        value = load(read_regular(path(), _LIMIT_BYTES), found)
    except UserError as error:
        return _set_aside(error.message)
    queue = None if found.fatal else _QUEUE.read(value, None, found)
    if found.fatal or not isinstance(queue, _Queue):
        return _set_aside(str(found.all[0]) if found.all else _("it is no list of downloads"))
    strange = next((why for one in queue.downloads if (why := _strange(one))), "")
    ids = [one.id for one in queue.downloads]
    if strange or len(set(ids)) < len(ids):
        return _set_aside(strange or _("two downloads have the same id"))
    return Read(queue.downloads, "", now)


def _strange(one: Download) -> str:
    """Why it cannot be one that the program has written; empty where it can."""
    if not _ID.fullmatch(one.id):
        return _("an id is none")
    if not one.address.lower().startswith(("http://", "https://")):
        return _("an address is not one of the web")
    if not os.path.isabs(one.folder) or "\0" in one.folder + one.file + one.notebook:
        return _("a folder is none")
    if one.phase not in tuple(Phase):
        return _("nothing can be “{phase}”").format(phase=one.phase[:20])
    return ""


def _set_aside(why: str) -> Read:
    broken = path()
    names = (broken.with_name(f"{broken.stem}.broken-{number}.json") for number in count(1))
    aside: Any = next(name for name in names if not os.path.lexists(name))
    try:
        os.rename(broken, aside)
    except OSError as error:
        raise WriteError(
            _("The list of downloads is broken and could not be set aside ({reason}).").format(
                reason=error.strerror
            ),
            _("Move {path} away.").format(path=broken),
        ) from error
    return Read(
        (),
        _(
            "The list of downloads cannot be read ({why}). It was set aside as “{name}”, and the list "
            "is empty now. Files that were loaded are safe."
        ).format(why=why, name=aside.name),
    )
