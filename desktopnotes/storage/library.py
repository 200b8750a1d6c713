"""The notebooks that are known on this computer, and their captions: read to be searched, never written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.files import Identity, identity, read_identified
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.model.search import Finder, Query, Text, matching, said
from desktopnotes.model.transcript import Transcript
from desktopnotes.storage import codec, names, paths, state_file


def known() -> tuple[Path, ...]:
    """The notebooks opened lately, the last one first, then the others in the user's folder of notebooks.

    Only those that are there now; each once, its links followed.
    """
    recent = [Path(place.notebook) for place in state_file.read().recent]
    try:
        folder = sorted(paths.notebooks_folder().iterdir())
    except OSError:
        folder = []
    others = (path for path in folder if path.name.endswith(paths.NOTEBOOK_SUFFIX))
    real = dict.fromkeys(Path(os.path.realpath(path)) for path in (*recent, *others))
    return tuple(path for path in real if os.path.isfile(path))  # Path raises where it may not look


def shown_name(path: Path) -> str:
    """How a notebook without a title is called."""
    return path.name.removesuffix(paths.NOTEBOOK_SUFFIX)


@dataclass(frozen=True, slots=True)
class Found:
    """Some texts that a query found in one notebook; `notebook` is what it was when it was read."""

    path: Path
    notebook: Notebook
    texts: tuple[Text, ...]


class Shelf:
    """Notebooks as they were read last, with what was folded of them; for one thread at a time."""

    def __init__(self, language: str = "") -> None:
        """`language` is the one of the settings, in which captions are wanted first."""
        self._language = language
        self._books: dict[Path, tuple[Identity, Notebook, Finder]] = {}
        self._said: dict[tuple[Path, Path], tuple[Identity | None, list[Text]]] = {}

    def search(self, query: Query, path: Path, check: Callable[[], None]) -> Iterator[Found]:
        """The hits in a notebook, some at a time. Raises `ReadError`; what `check` raises ends it."""
        content_identity = identity(path)
        known = self._books.get(path)
        if known is None or known[0] != content_identity:
            content, read = read_identified(path, codec.LIMIT_BYTES)
            known = (read, codec.decode_any(content, path.name).notebook, Finder())
            self._books[path] = known
        _, notebook, finder = known
        for texts in finder.find(query, notebook):
            check()
            if texts:
                yield Found(path, notebook, tuple(texts))

    def notebook(self, path: Path) -> Notebook:
        """The notebook as it was searched last, an empty one where it was not."""
        return self._books[path][1] if path in self._books else Notebook("")

    def search_captions(
        self, query: Query, path: Path, notebook: Notebook, check: Callable[[], None]
    ) -> Iterator[Found]:
        """The hits in the captions that lie beside a notebook's recordings; what cannot be read has none."""
        if not query.words:
            return
        for talk in notebook.talks:
            check()
            texts = matching(query, self._captions(talk, path, notebook, check))
            if texts:
                yield Found(path, notebook, tuple(texts))

    def _captions(
        self, talk: Talk, path: Path, notebook: Notebook, check: Callable[[], None]
    ) -> Sequence[Text]:
        """As the transcript of the talk has them: the file named for it, else one beside the recording."""
        from desktopnotes import captions  # whoever does not ask for captions does without it

        recording = names.absolute(talk.file, path) if talk.file else None
        named = names.absolute(talk.captions, path) if talk.captions else None
        beside = captions.beside(recording, captions.languages(self._language)) if recording else None
        for file in filter(None, (named, beside)):
            state = _identity(file)
            key = (path, file)
            if state is None:
                continue
            known = self._said.get(key)
            if known is None or known[0] != state:
                # Those that came with pages have the page's times.
                came = names.captions_folder(path, notebook.pictures)
                is_of_page = file == named and file.parent == came
                shift_ms = -talk.offset_ms if is_of_page and recording else 0
                known = (state, _said_in(file, talk.id, shift_ms, check))
                self._said[key] = known
            if known[1]:
                return known[1]
        return ()


def _identity(file: Path) -> Identity | None:
    try:
        return identity(file)
    except UserError:
        return None


def _said_in(file: Path, talk_id: str, shift_ms: int, check: Callable[[], None]) -> list[Text]:
    from desktopnotes import captions  # whoever does not ask for captions does without it
    from desktopnotes.model import cues

    try:
        read = captions.read(file, check)
    except ReadError:
        return []
    moved = cues.shifted(read.cues, shift_ms) if shift_ms else read.cues
    return list(said(talk_id, Transcript.of(moved).sentences))
