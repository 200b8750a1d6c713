"""What is said in any talk of a notebook, by the files of captions on this computer; for a worker, or a call.

Captions inside a recording are not looked for: that can mean to read all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktopnotes import captions
from desktopnotes.files import Identity, identity
from desktopnotes.model import cues
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from desktopnotes.model.transcript import Transcript


class SaidInTalks:
    """Gives a talk's transcript, read once for each state of its file.

    `absolute` tells where a file lies that the notebook names; captions in `pages_folder` have the times of
    the talk's page; `language` is the one wished for.
    """

    def __init__(
        self, absolute: Callable[[str], Path], pages_folder: Path | None = None, language: str = ""
    ) -> None:
        self._absolute = absolute
        self._pages_folder = pages_folder
        self._language = language
        self._known: dict[tuple[Path, int], tuple[Identity | None, Transcript | None]] = {}

    def __call__(self, talk: Talk) -> Transcript | None:
        """None where there are no captions, or none that can be read; nothing is ever raised for a file."""
        for path, shift_ms in self._files(talk):
            if found := self._read(path, shift_ms):
                return found
        return None

    def _files(self, talk: Talk) -> list[tuple[Path, int]]:
        """Where its captions may be, the one that is named for it first, and what is added to their times."""
        recording = self._absolute(talk.file) if talk.file else None
        files: list[tuple[Path, int]] = []
        if talk.captions:
            named = self._absolute(talk.captions)
            of_page = recording is not None and named.parent == self._pages_folder
            files.append((named, -talk.offset_ms if of_page else 0))
        if recording and (found := captions.beside(recording, captions.languages(self._language))):
            files.append((found, 0))
        return files

    def _read(self, path: Path, shift_ms: int) -> Transcript | None:
        try:
            now = identity(path)
            known = self._known.get((path, shift_ms))
            if known is None or known[0] != now:
                known = self._known[path, shift_ms] = (now, _transcript(path, shift_ms) if now else None)
            return known[1]
        except UserError:
            return None


def _transcript(path: Path, shift_ms: int) -> Transcript | None:
    read = captions.read(path).cues
    found = Transcript.of(cues.shifted(read, shift_ms) if shift_ms else read)
    return found if found.sentences else None
