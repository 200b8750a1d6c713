"""What is loaded from the web to this computer: the queue of downloads as a tuple of values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from unicodedata import category

from desktopnotes.model.notebook import Unknown, nothing_unknown


class Phase(StrEnum):
    """Where a download stands in the queue. While it is being loaded it is still one that waits."""

    WAITING = "waiting"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Download:
    """A recording to be loaded for a talk.

    `address` is the talk's page, `folder` the absolute folder it is loaded to; `notebook` and `talk_id` say
    which talk gets the file. `quality` is the tallest picture in pixels, 0 for sound alone. `message` and
    `hint` say why it failed. `file` is the loaded file's path. `is_applied`: the talk has been told of it.
    """

    id: str
    address: str
    title: str
    notebook: str
    talk_id: str
    folder: str
    quality: int = 1080
    phase: str = Phase.WAITING
    message: str = ""
    hint: str = ""
    file: str = ""
    is_applied: bool = False
    unknown: Unknown = field(default_factory=nothing_unknown)


Downloads = tuple[Download, ...]
"""In the order in which they are loaded."""

DONE_MOST = 50
"""So many that are done stay in the list; older ones are forgotten (their files stay)."""


def find(downloads: Downloads, download_id: str) -> Download | None:
    return next((one for one in downloads if one.id == download_id), None)


def of_talk(downloads: Downloads, notebook: str, talk_id: str) -> Download | None:
    """The download of a talk that is not done yet."""
    wanted = (one for one in downloads if (one.notebook, one.talk_id) == (notebook, talk_id))
    return next((one for one in wanted if one.phase != Phase.DONE), None)


def talks(downloads: Downloads) -> set[tuple[str, str]]:
    """The notebook and id of each talk with a download that is not done yet."""
    return {(one.notebook, one.talk_id) for one in downloads if one.phase != Phase.DONE}


def added(downloads: Downloads, *new: Download) -> Downloads:
    """With others at the end, less those whose talk is in the queue already."""
    there, after = talks(downloads), list(downloads)
    for one in new:
        talk = (one.notebook, one.talk_id)
        if talk not in there:
            after.append(one)
            there.add(talk)
    return tuple(after)


def removed(downloads: Downloads, download_id: str) -> Downloads:
    return tuple(one for one in downloads if one.id != download_id)


def with_phase(downloads: Downloads, phase: Phase, *download_ids: str) -> Downloads:
    """Paused, or waiting once more; what is done stays done."""
    wanted = set(download_ids)

    def change(one: Download) -> Download:
        return one if one.phase == Phase.DONE else replace(one, phase=phase, message="", hint="")

    return tuple(change(one) if one.id in wanted else one for one in downloads)


def failed(downloads: Downloads, download_id: str, message: str, hint: str) -> Downloads:
    """One that the user has paused meanwhile stays paused."""

    def change(one: Download) -> Download:
        waits = one.phase == Phase.WAITING
        return replace(one, phase=Phase.FAILED, message=message, hint=hint) if waits else one

    return _changed(downloads, download_id, change)


def done(downloads: Downloads, download_id: str, file: str, *, title: str = "") -> Downloads:
    """It lies at `file`, and is called `title` if that is known now; of all that are done the oldest go."""

    def change(one: Download) -> Download:
        return replace(one, phase=Phase.DONE, file=file, title=title or one.title)

    after = _changed(downloads, download_id, change)
    told = [one.id for one in after if one.phase == Phase.DONE and one.is_applied]
    spare = set(told[:-DONE_MOST])
    return tuple(one for one in after if one.id not in spare)


def applied(downloads: Downloads, download_id: str) -> Downloads:
    """Its talk knows the file now."""
    return _changed(downloads, download_id, lambda one: replace(one, is_applied=True))


def _changed(downloads: Downloads, download_id: str, change: Callable[[Download], Download]) -> Downloads:
    return tuple(change(one) if one.id == download_id else one for one in downloads)


_LONGEST_BYTES = 120
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\s\u2028\u2029]+')
_UNSEEN = ("Cf", "Cs", "Co", "Cn")
"""Characters that turn text round or show nothing: behind one of them “4pm.exe” is seen as “exe.mp4”."""
_JOINERS = "\u200c\u200d"
"""Some scripts and pictures are written with them."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=[ .]|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever its suffix."""


def file_name(title: str, mark: str, suffix: str) -> str:
    """A name for the recording of a talk that every system takes: “Title [mark].suffix”.

    At most 120 bytes, never hidden, never a path. `suffix` begins with a point; `mark` may be empty.
    """
    end = f"{f' [{mark}]' if mark else ''}{suffix}"
    shown = "".join(char for char in title if category(char) not in _UNSEEN or char in _JOINERS)
    name = _FORBIDDEN.sub(" ", shown).strip(f" .-{_JOINERS}")
    room = _LONGEST_BYTES - len(end.encode())
    name = name.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore").strip(f" .{_JOINERS}") or "Talk"
    return f"{'Talk ' if _RESERVED.match(name) else ''}{name}{end}"
