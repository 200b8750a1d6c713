"""One recording loaded from the web to the disk, by yt-dlp in a process that can be killed at any time.

All of it lies in a folder of its own until it is known to be whole; who asked for it puts it in place then.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktopnotes.media.background import CancelledError
from desktopnotes.media.child import Child, TooMuchError
from desktopnotes.media.frames import read_length
from desktopnotes.media.web_errors import WebError, Why, because, judged
from desktopnotes.media.yt_dlp_program import Program, common_options, newest
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.words import _

_PIECE_WITHIN_S = 1.5
"""A recording that comes in pieces would be broken where it was killed in the midst of adding one.

Measured: yt-dlp, to which nobody listens any more, ends within some 0.2 s while something comes.
"""
_SILENT_MOST_S = 3600.0
"""Sound and picture are put together without a word, which takes minutes where a recording is long."""
_SAID_MOST_BYTES = 1_000_000_000

_PAUSE = "exp=0.2:5:5"
"""How long it waits where the connection broke off, in seconds: 0.2, 1, 5 and 5."""

_LIVE_EXIT = 101
"""What yt-dlp ends with when `--break-match-filters` took hold."""

_SHORT_MS, _SHORT_PART = 2000, 0.02
"""So much may be missing of what a recording says its length is; its page rounds and may count more."""
_PAGE_SHORT_MS, _PAGE_SHORT_PART = 5000, 0.03

_ON_THE_DISK = {
    28: (_("The disk is full"), _("Free some space, then try again: it goes on from where it was.")),
    122: (_("Your share of the disk is used up"), _("Free some space, then try again: it goes on.")),
    27: (
        _("The file would be larger than the system allows"),
        _("Choose a smaller picture or another disk."),
    ),
    13: (_("The folder may not be written to"), _("Change its permissions, or choose another folder.")),
    30: (_("The disk is read-only"), _("Choose another folder.")),
    5: (_("The disk reports an error"), _("Choose a folder on another disk, and have this one checked.")),
}
_ERRNO = re.compile(r"\[Errno (\d+)\]")
_WRITING = re.compile(r"unable to (?:write|open|create|rename)|Postprocessing", re.IGNORECASE)
_BROKEN_OFF = re.compile(
    r"data blocks|content too short|bytes, expected|bytes read|more expected", re.IGNORECASE
)
_ALSO_OF_THE_NETWORK = (5, 13)


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a download is. `total_bytes`, `rate` (bytes a second) and `left_s` are 0 where not known.

    `is_ending`: all is there, and sound and picture are put together or looked through.
    """

    done_bytes: int = 0
    total_bytes: int = 0
    rate: float = 0.0
    left_s: int = 0
    is_ending: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A whole recording, still where it was loaded to; `title` is the page's."""

    path: Path
    title: str = ""


@dataclass
class _Page:
    """What yt-dlp has said so far."""

    title: str = ""
    duration_ms: int = 0
    expected_bytes: int = 0
    sure_bytes: int = 0
    is_joined: bool = False
    is_in_a_list: bool = False
    file: str = ""
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """(loaded, size) in bytes, by the name of the file that is written."""


class Loader:
    """Loads one recording into `staging`, a folder that is made for it and holds nothing else.

    `height` is the tallest picture in pixels, 0 for sound alone. `held` is a file descriptor that yt-dlp is
    to hold open: a claim that must last as long as it writes.
    """

    def __init__(self, address: str, staging: Path, *, height: int, held: int = -1) -> None:
        self._address = address
        self._staging = staging
        self._height = height
        self._held = held
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ends it, from any thread; what is loaded stays, and another run goes on from there."""
        self._stopped.set()

    def run(self, tell: Callable[[Figures], None]) -> Loaded:
        """Loads it, and answers when it is there and whole; `tell` is called on this thread.

        Raises `WebError`, `WriteError` where it cannot be written, `CancelledError` once it was stopped.
        """
        program = newest()
        if program is None:
            raise because(Why.NO_YT_DLP, self._address)
        self._make_folder()
        page = _Page()
        code, words = self._ask(program, page, tell)
        if code != 0 or not page.file:
            raise self._failure(code, words, page)
        tell(_figures(page, is_ending=True))
        path = self._staging / Path(page.file).name
        _check_whole(path, page.duration_ms, self._address)
        self._check()
        return Loaded(path, page.title)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise CancelledError

    def _make_folder(self) -> None:
        try:
            self._staging.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._staging.is_symlink():
                raise NotADirectoryError(20, _("a link stands in its place"))
        except OSError as error:
            raise WriteError(
                _("The folder “{folder}” cannot be written to: {reason}.").format(
                    folder=self._staging.parent, reason=error.strerror
                ),
                _("Choose another folder for downloads, or connect its disk."),
            ) from error

    def _ask(self, program: Program, page: _Page, tell: Callable[[Figures], None]) -> tuple[int, str]:
        """Runs yt-dlp to its end; its exit code and its last words."""
        command = [*program.command, *common_options(program), *self._options(), "--", self._address]
        try:
            child = Child(command, folder=self._staging, all_bytes=_SAID_MOST_BYTES, held=self._held)
        except OSError as error:
            raise UserError(
                _("yt-dlp could not be started: {reason}.").format(reason=error.strerror),
                _("Install it again, or quit some programs."),
            ) from error
        with child:
            try:
                for line in child.lines(_SILENT_MOST_S, self._check, limit_bytes=_SAID_MOST_BYTES):
                    said = _object(line)
                    _take(page, said)
                    if page.is_in_a_list:
                        raise because(Why.A_LIST, self._address)
                    figures = _figures(page, said.get("progress"))
                    if why := self._no_room(page):
                        raise why
                    tell(figures)
            except (TimeoutError, TooMuchError):
                raise because(Why.NETWORK, self._address) from None
            except CancelledError:
                if any(self._staging.glob("*.ytdl")):
                    child.hang_up(_PIECE_WITHIN_S)
                raise
            code = child.end()
        self._check()
        return code, child.last_words()

    def _options(self) -> list[str]:
        joins = shutil.which("ffmpeg") is not None
        formats = "ba/b" if self._height == 0 else "bv*+ba/b" if joins else "b"
        wished = [] if self._height == 0 else ["--format-sort", f"res:{self._height}"]
        return [
            *("--quiet", "--newline", "--progress", "--progress-delta", "0.2", "--no-simulate"),
            *("--no-playlist", "--playlist-items", "1"),
            *("--format", formats, *wished, "--continue", "--part", "--no-mtime"),
            *("--abort-on-unavailable-fragments", "--break-match-filters", "!is_live"),
            *("--retries", "4", "--fragment-retries", "4", "--retry-sleep", _PAUSE),
            *("--output", _NAME, "--print", f"pre_process:{_PLACE}"),
            *("--progress-template", f"download:{_PROGRESS}"),
            *("--print", f"before_dl:{_PAGE}", "--print", 'after_move:{"file":%(filepath)j}'),
        ]

    def _no_room(self, page: _Page) -> WriteError | None:
        """Why it does not fit on the disk, as far as sizes are known."""
        needed = max(page.expected_bytes, page.sure_bytes)
        twice = needed if page.is_joined else 0
        missing = needed + twice - sum(done for done, _whole in page.parts.values())
        try:
            free = shutil.disk_usage(self._staging).free
        except OSError:
            return None
        if missing <= free:
            return None
        return WriteError(
            _("The disk has too little room: {missing} more are needed, {free} are free.").format(
                missing=_megabytes(missing), free=_megabytes(free)
            ),
            _("Free some space, then try again; or choose a smaller picture or another folder."),
        )

    def _failure(self, code: int, words: str, page: _Page) -> UserError:
        number = next((int(found) for found in _ERRNO.findall(words)), 0)
        if number in _ON_THE_DISK and (_WRITING.search(words) or number not in _ALSO_OF_THE_NETWORK):
            why, hint = _ON_THE_DISK[number]
            return WriteError(_("{why}: the recording was not loaded whole.").format(why=why), hint)
        if code == _LIVE_EXIT:
            return WebError(
                Why.LIVE, self._address, _("It is live just now."), _("It can be downloaded once it is over.")
            )
        error = judged(words, self._address)
        if page.parts and (error.why is Why.NETWORK or _BROKEN_OFF.search(words)):
            return WebError(
                Why.NETWORK,
                self._address,
                _("The connection broke off in the middle."),
                _("Try again: where the site allows that, it goes on from where it was."),
            )
        return error


_NAME = "recording.%(format_id).40B.%(ext)s"
"""With the format: another one, chosen the next time, must not be written behind the part of the first."""

_PROGRESS = (
    '{"progress":%(progress.{status,downloaded_bytes,total_bytes,total_bytes_estimate,speed,eta,filename})j}'
)
_PLACE = '{"place":%(.{playlist_index,playlist_count})j}'
"""Said before anything is loaded: of a list nobody knows which one is meant."""
_PAGE = '{"page":%(.{title,duration,filesize,filesize_approx,format_id})j}'


def _object(line: str) -> dict[str, Any]:
    """The JSON object in a line; empty where there is none."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _take(page: _Page, said: dict[str, Any]) -> None:
    told, progress, file = said.get("page"), said.get("progress"), said.get("file")
    if isinstance(place := said.get("place"), dict):
        page.is_in_a_list = place.get("playlist_index") is not None and place.get("playlist_count") != 1
    if isinstance(told, dict):
        title = told.get("title")
        page.title = " ".join(title.split())[:1000] if isinstance(title, str) else ""
        page.duration_ms = round(1000 * _number(told.get("duration")))
        page.expected_bytes = int(_number(told.get("filesize")) or _number(told.get("filesize_approx")))
        page.is_joined = "+" in str(told.get("format_id"))
    if isinstance(progress, dict):
        done = int(_number(progress.get("downloaded_bytes")))
        exact = int(_number(progress.get("total_bytes")))
        size = exact or int(_number(progress.get("total_bytes_estimate")))
        page.sure_bytes = max(page.sure_bytes, exact)
        page.parts[str(progress.get("filename"))] = (done, size)
    if isinstance(file, str):
        page.file = file


def _number(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 1e16 else 0.0


def _figures(page: _Page, progress: Any = None, *, is_ending: bool = False) -> Figures:
    done = sum(part for part, _whole in page.parts.values())
    total = max(page.expected_bytes, sum(max(part, size) for part, size in page.parts.values()))
    sizes_known = page.expected_bytes > 0 or (page.parts and all(size for _part, size in page.parts.values()))
    now = progress if isinstance(progress, dict) else {}
    rate = _number(now.get("speed"))
    left_s = round((total - done) / rate) if rate and sizes_known else 0
    return Figures(done, total if sizes_known else 0, rate, left_s, is_ending)


def _check_whole(path: Path, page_ms: int, address: str) -> None:
    """Raises `WebError` where it is no recording, or its end is missing; such a file is removed."""
    length = read_length(path) if path.is_file() and not path.is_symlink() else None
    if length is None or max(length.told_ms, length.reached_ms) == 0:
        said = _("What the page sent is no recording that can be played. It was not kept.")
    else:
        told_ms = length.told_ms - max(_SHORT_MS, length.told_ms * _SHORT_PART)
        of_page_ms = page_ms - max(_PAGE_SHORT_MS, page_ms * _PAGE_SHORT_PART)
        if length.reached_ms >= max(told_ms, of_page_ms):
            return
        said = _("The recording came without its end. It was not kept.")
    path.unlink(missing_ok=True)
    raise WebError(Why.OTHER, address, said, _("Try again."))


def _megabytes(count: int) -> str:
    if count < 1e9:
        return _("{size} MB").format(size=max(1, round(count / 1e6)))
    whole, _point, tenth = f"{count / 1e9:.1f}".partition(".")
    return _("{whole}.{tenth} GB").format(whole=whole, tenth=tenth)
