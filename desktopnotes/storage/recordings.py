"""Recordings on the disk: which files of a folder are some, and what lies beside one that tells about it."""

from __future__ import annotations

import logging
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktopnotes.files import read_regular
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.naming import natural_key, title_and_speakers, youtube_id_in
from desktopnotes.model.notebook import Chapter
from desktopnotes.storage.loading import load
from desktopnotes.storage.problems import Problems
from desktopnotes.words import _

_log = logging.getLogger(__name__)

_VIDEO = ".3gp .avi .flv .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .ogv .ts .webm .wmv"
_AUDIO = ".aac .flac .m4a .mka .mp3 .oga .ogg .opus .wav .wma"
MEDIA_SUFFIXES = frozenset(f"{_VIDEO} {_AUDIO}".split())

_INFO_LIMIT_BYTES = 50_000_000
_LONGEST_MS = 1000 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a recording from what lies beside it; empty where nothing is.

    `title` is as its maker wrote it, speakers and all; `url` is the page that readers open.
    """

    title: str = ""
    url: str = ""
    captions: Path | None = None
    chapters: tuple[Chapter, ...] = ()
    duration_ms: int = 0

    @property
    def speakers(self) -> tuple[str, ...]:
        """Those whom the title names."""
        return title_and_speakers(self.title).speakers


def is_media(path: Path) -> bool:
    """Whether the name is that of a recording: not hidden, not a part of one that is still being loaded."""
    stem, suffix = os.path.splitext(path.name.lower())
    if suffix not in MEDIA_SUFFIXES or stem.startswith("."):
        return False
    # yt-dlp's, before sound and picture are put together: “Talk [ID].f137.mp4”, “Talk [ID].temp.mp4”.
    inner = os.path.splitext(stem)[1]
    return inner not in (".part", ".temp") and not (inner[:2] == ".f" and inner[2:3].isdigit())


def media_files(folder: Path) -> list[Path]:
    """The recordings right in `folder`, in natural order: 9 before 10. Raises `ReadError`."""
    try:
        found = [path for path in folder.iterdir() if is_media(path) and path.is_file()]
    except OSError as error:
        raise ReadError(
            _("The folder “{name}” cannot be read: {reason}.").format(
                name=folder.name, reason=error.strerror
            ),
            _("Choose another folder."),
        ) from error
    return sorted(found, key=lambda path: natural_key(path.name))


def beside(path: Path, wished_language: str = "") -> Found:
    """What yt-dlp's `.info.json`, captions and the name itself tell about a recording; never fails.

    Captions in the wished language are taken, else in the recording's own, the desktop's, or English.
    """
    from desktopnotes import captions  # a start does without it

    info = _info(path.with_suffix(".info.json"))
    languages = (wished_language, _text(info.get("language")), *captions.languages(""), "en")
    youtube_id = youtube_id_in(path.name)
    url = _url(info.get("webpage_url"))
    if not url and youtube_id:
        url = f"https://www.youtube.com/watch?v={youtube_id}"
    return Found(
        title=_text(info.get("title")),
        url=url,
        captions=captions.beside(path, languages),
        chapters=_chapters(info.get("chapters")),
        duration_ms=_ms(info.get("duration")) or 0,
    )


def _info(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    found = Problems()
    try:
        info = load(read_regular(path, _INFO_LIMIT_BYTES), found)
    except UserError as error:
        _log.warning("no use is made of %s: %s", path.name, error)
        return {}
    if not isinstance(info, dict):
        _log.warning("no use is made of %s: %s", path.name, found.all[0] if found.all else "not an object")
        return {}
    return info


def _text(value: Any) -> str:
    """One line of text that can be saved, whatever stood in the file."""
    return " ".join(value.encode("utf-8", "ignore").decode().split()) if isinstance(value, str) else ""


def _url(value: Any) -> str:
    text = _text(value)
    return text if text.startswith(("https://", "http://")) and " " not in text else ""


def _ms(seconds: Any) -> int | None:
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not math.isfinite(seconds):
        return None
    ms = round(seconds * 1000)
    return ms if 0 <= ms <= _LONGEST_MS else None


def _chapters(value: Any) -> tuple[Chapter, ...]:
    listed = value if isinstance(value, list) else []
    starts = [
        (_ms(each.get("start_time")), _text(each.get("title"))) for each in listed if isinstance(each, dict)
    ]
    return tuple(Chapter(at_ms, title) for at_ms, title in starts if at_ms is not None and title)
