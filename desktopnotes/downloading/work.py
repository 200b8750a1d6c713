"""The work on one download: it is loaded, looked through, put in place and written down, or cleared away."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes import files
from desktopnotes.claims import Claim
from desktopnotes.media.background import CancelledError, Progress
from desktopnotes.model import downloads, naming
from desktopnotes.model.downloads import Download, Phase
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.storage import downloads_file, recordings
from desktopnotes.storage.downloads_file import Read
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.downloads import Figures, Loaded, Loader

_TELL_S = 0.2


@dataclass
class Run:
    """A download that this window is loading."""

    loader: Loader | None = None
    figures: Figures | None = None
    is_stopped: bool = False
    is_removed: bool = False

    def stop(self) -> None:
        """What is loaded stays."""
        self.is_stopped = True
        if self.loader is not None:
            self.loader.stop()


class Work:
    """Loads one download, on a thread; answers the list as it is then, None where another window loads it."""

    def __init__(self, one: Download, run: Run, tell: Callable[[Figures], None]) -> None:
        self._one = one
        self._run = run
        self._tell = tell
        self._told_s = 0.0

    def __call__(self, _: Progress) -> Read | None:
        claim = downloads_file.claim(self._one.id)
        if claim is None:
            return None
        try:
            return self._claimed(claim)
        finally:
            claim.release()

    def _claimed(self, claim: Claim) -> Read:
        one = self._one
        read = downloads_file.read()
        now = downloads.find(read.downloads, one.id)
        if now is not None and now.phase != Phase.WAITING:
            return read
        if now is None:
            return self._given_up()
        try:
            loaded = self._load(claim)
            title = self._title(loaded)
            file = self._put_in_place(loaded, title)
        except CancelledError:
            return self._given_up()
        except UserError as error:
            message, hint = error.message, error.hint
            downloads_file.change(lambda all_: downloads.failed(all_, one.id, message, hint))
            return self._given_up()
        read = downloads_file.change(lambda all_: downloads.done(all_, one.id, str(file), title=title))
        if downloads.find(read.downloads, one.id) is None or self._run.is_removed:
            file.unlink(missing_ok=True)  # cancelled in the last moment
        _clear(one)
        return read

    def _given_up(self) -> Read:
        """It goes on another time, unless it was cancelled: then nothing of it stays."""
        read = downloads_file.read()
        if self._run.is_removed or downloads.find(read.downloads, self._one.id) is None:
            _clear(self._one)
        return read

    def _load(self, claim: Claim) -> Loaded:
        from desktopnotes.media.downloads import Loader  # a start without downloads does without it

        one = self._one
        loader = Loader(one.address, staging(one), height=one.quality, held=claim.descriptor)
        self._run.loader = loader
        if self._run.is_stopped:
            raise CancelledError
        return loader.run(self._say)

    def _say(self, figures: Figures) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_S or figures.is_ending:
            self._told_s = now_s
            self._tell(figures)

    def _title(self, loaded: Loaded) -> str:
        """The talk's, or the page's where the talk had only its address so far."""
        one = self._one
        if loaded.title and one.title in ("", naming.title_of_address(one.address)):
            return naming.title_and_speakers(loaded.title).title
        return one.title

    def _put_in_place(self, loaded: Loaded, title: str) -> Path:
        one, suffix = self._one, loaded.path.suffix.lower()
        if suffix not in recordings.MEDIA_SUFFIXES:
            raise ReadError(
                _("What the page sent is no recording but a “{suffix}” file. It was not kept.").format(
                    suffix=suffix
                )
            )
        name = downloads.file_name(title, _mark(one.address), suffix)
        return files.move_new(loaded.path, Path(one.folder) / name)


def _mark(address: str) -> str:
    """The id that tells the recording's page again from its file's name, where there is such a habit."""
    from desktopnotes.export import links  # a start does without it

    kind, _colon, its_id = links.identity(address).partition(":")
    return its_id if kind == "youtube" else ""


def staging(one: Download) -> Path:
    """The hidden folder that holds what is loaded of it until it is whole."""
    return Path(one.folder) / f".{one.id}.loading"


def _clear(one: Download) -> None:
    """Removes what was loaded of it (the file in place is another name), and its claim."""
    shutil.rmtree(staging(one), ignore_errors=True)
    with contextlib.suppress(OSError):
        downloads_file.forget_claim(one.id)


def clear_unless_loading(one: Download) -> None:
    """Where another window loads it, that one finds it cancelled and clears up."""
    if (claim := downloads_file.claim(one.id)) is not None:
        _clear(one)
        claim.release()
