"""What is said in the open recording: its captions, read on a worker and kept until another is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.media.background import Background, Progress, Task
from desktopnotes.media.source import check_source
from desktopnotes.model import cues
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes import captions
    from desktopnotes.model.transcript import Transcript

Job = Callable[["Transcript | None"], None]
"""What somebody does with a transcript; None is a recording without captions."""

_SOUNDS = _("The captions tell of sounds alone, as [Music] does: there is nothing to read or to quote.")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quote taken last: of which sentences, and at which moment of the desktop and of the recording."""

    note_id: str
    first: int
    last: int
    moment_s: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class _Found:
    transcript: Transcript | None
    remarks: tuple[str, ...]
    """What the user should know, each a sentence."""


class Spoken:
    """The captions of one recording at a time. All methods run on the window's thread.

    A file beside the recording is read when that is asked for; the recording itself only when somebody waits
    for its captions, since that can mean to read all of it.
    """

    def __init__(self, background: Background, tell: Callable[[str], None]) -> None:
        self._background = background
        self._tell = tell
        self._told: set[str] = set()
        self._task: Task | None = None
        self.open(None, None, "")

    def open(
        self, recording: Path | None, named: Path | None, wished_language: str, *, named_shift_ms: int = 0
    ) -> None:
        """Another recording, and the file of captions that is named for it; nothing is read yet.

        `named_shift_ms` is added to the times of that file, where they are not the recording's. Whoever still
        waits waits in vain.
        """
        if self._task:
            self._task.cancel()
        self._task = None
        self._recording = recording
        self._named = named
        self._named_shift_ms = named_shift_ms
        self._wished_language = wished_language
        self._files_are_read = self._all_is_read = False
        self._transcript: Transcript | None = None
        self._waiting: list[Job] = []
        self.quoted: Quoted | None = None

    def read(self) -> None:
        """Begins to read the file of captions, if there is one and it is not read yet."""
        if self._task is None and not self._files_are_read:
            named, shift_ms = self._named, self._named_shift_ms
            work = partial(_read_files, named, shift_ms, self._recording, self._wished_language)
            self._run(work, self._files_came)

    @property
    def transcript(self) -> Transcript | None:
        """What is read by now; None while nothing is, and where there are no captions."""
        return self._transcript

    @property
    def is_without(self) -> bool:
        """Whether it was looked everywhere and no captions were found."""
        return self._all_is_read and self._transcript is None

    def want(self) -> None:
        """Looks for captions everywhere, since they are to be shown; may be asked at any time."""
        if not (self._transcript or self._all_is_read or self._waiting):
            self.when_read(lambda _: None)

    def when_read(self, job: Job) -> bool:
        """Does `job` with the transcript as soon as it is read; True where that was at once."""
        if self._transcript or self._all_is_read:
            job(self._transcript)
            return True
        self._waiting.append(job)
        if self._files_are_read:
            self._look_inside()
        else:
            self.read()
        return False

    def _run(self, work: Callable[[Progress], _Found], then: Callable[[_Found], None]) -> None:
        self._task = self._background.run(work, then)

    def _files_came(self, found: _Found) -> None:
        self._files_are_read = True
        self._take(found)
        if self._waiting:
            self._look_inside()

    def _look_inside(self) -> None:
        if self._task is None:
            self._run(partial(_read_inside, self._recording, self._wished_language), self._all_came)

    def _all_came(self, found: _Found) -> None:
        self._all_is_read = True
        self._take(found)
        self._answer()

    def _take(self, found: _Found) -> None:
        self._task = None
        self._transcript = found.transcript
        for remark in found.remarks:
            if remark not in self._told:
                self._told.add(remark)
                self._tell(remark)
        if found.transcript:
            self._answer()

    def _answer(self) -> None:
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            job(self._transcript)


def _read_files(
    named: Path | None, shift_ms: int, recording: Path | None, wished: str, progress: Progress
) -> _Found:
    """The file that is named, its times shifted; where it cannot be read the one beside the recording."""
    from desktopnotes import captions  # a start does without it

    remarks: list[str] = []
    found = captions.beside(recording, captions.languages(wished)) if recording else None
    for path in dict.fromkeys(filter(None, (named, found))):
        try:
            read = captions.read(path, progress.check)
        except ReadError as error:
            remarks.append(_("{error} Notes can be taken without captions.").format(error=error))
        else:
            return _found(read, remarks, shift_ms if path == named else 0)
    return _Found(None, tuple(remarks))


def _read_inside(recording: Path | None, wished: str, progress: Progress) -> _Found:
    from desktopnotes import captions  # a start does without it

    if recording is None:
        return _Found(None, ())
    try:
        check_source(recording)
    except ReadError:  # as the player says it
        return _Found(None, ())
    try:
        read = captions.inside(recording, captions.languages(wished), progress.check)
    except ReadError as error:
        return _Found(None, (str(error),))
    return _found(read, []) if read else _Found(None, ())


def _found(read: captions.Read, remarks: Sequence[str], shift_ms: int = 0) -> _Found:
    from desktopnotes.model.transcript import Transcript  # a start does without it

    transcript = Transcript.of(cues.shifted(read.cues, shift_ms) if shift_ms else read.cues)
    said = (*remarks, read.remark) if read.remark else tuple(remarks)
    if transcript.cues and not transcript.sentences:
        said = (*said, _SOUNDS)
    return _Found(transcript if transcript.sentences else None, said)
