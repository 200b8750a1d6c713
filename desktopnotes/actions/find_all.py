"""Looking through all notebooks: the open one at once, the others and all captions on a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktopnotes.actions.pieces import goes_on
from desktopnotes.media.background import Progress, Task
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Notebook
from desktopnotes.model.search import Finder, Query, Text
from desktopnotes.session import Session
from desktopnotes.storage import library
from desktopnotes.storage.library import Found

_LANE = "find"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: in one talk of the open notebook, in all of it, or in every notebook that is known."""

    talk_id: str = ""
    all_notebooks: bool = False
    captions: bool = False


class Everywhere:
    """One search at a time; another one ends it. All methods run on the window's thread.

    `found` gets what is found, as it is found: first in the open notebook. `done` gets the names of the
    notebooks that could not be read, once all is looked through.
    """

    def __init__(
        self, session: Session, found: Callable[[Found], None], done: Callable[[tuple[str, ...]], None]
    ) -> None:
        self._session = session
        self._found = found
        self._done = done
        self._finder = Finder()
        self._shelf = library.Shelf(session.settings.language)
        self._task: Task | None = None
        self._number = 0

    def cancel(self) -> None:
        """Nothing of the search under way is told any more."""
        self._number += 1
        if self._task:
            self._task.cancel()
            self._task = None

    def begin(self, query: Query, scope: Scope) -> None:
        """Begins to look, in place of what was looked for before."""
        self.cancel()
        if query.is_empty:
            self._done(())
            return
        session = self._session
        pieces = self._finder.find(query, session.notebook, scope.talk_id)
        self._go_on(self._number, pieces, query, scope, session.notebook, session.path)

    def _go_on(
        self,
        number: int,
        pieces: Iterator[list[Text]],
        query: Query,
        scope: Scope,
        notebook: Notebook,
        path: Path,
    ) -> None:
        if number != self._number:
            return

        def take(texts: list[Text]) -> None:
            if texts:
                self._found(Found(path, notebook, tuple(texts)))

        if goes_on(map(take, pieces)):
            go_on = partial(self._go_on, number, pieces, query, scope, notebook, path)
            self._session.screen.later(1, go_on)
            return
        if scope.all_notebooks or scope.captions:
            self._read_others(number, query, scope, notebook, path)
        else:
            self._done(())

    def _read_others(self, number: int, query: Query, scope: Scope, notebook: Notebook, path: Path) -> None:
        shelf, mailbox = self._shelf, self._session.mailbox

        def tell(found: Found) -> None:
            mailbox.post(lambda: self._take(number, found))

        def work(progress: Progress) -> tuple[str, ...]:
            if scope.captions:
                for found in shelf.search_captions(query, path, _only(notebook, scope), progress.check):
                    tell(found)
            return _search_others(shelf, query, scope, path, progress, tell) if scope.all_notebooks else ()

        self._task = self._session.background.run(work, self._done, self._fail, lane=_LANE)

    def _fail(self, error: Exception) -> None:
        """What nobody expected ends the search as well, and comes to the gate."""
        self._done(())
        raise error

    def _take(self, number: int, found: Found) -> None:
        if number == self._number:
            self._found(found)


def _only(notebook: Notebook, scope: Scope) -> Notebook:
    """The notebook with the talks that are looked through."""
    if not scope.talk_id:
        return notebook
    talk = notebook.talk(scope.talk_id)
    return Notebook(notebook.id, notebook.title, pictures=notebook.pictures, talks=(talk,) if talk else ())


def _search_others(
    shelf: library.Shelf,
    query: Query,
    scope: Scope,
    open_path: Path,
    progress: Progress,
    tell: Callable[[Found], None],
) -> tuple[str, ...]:
    """Runs on the worker; answers which notebooks could not be read."""
    unread: list[str] = []
    for path in library.known():
        if path == open_path:
            continue
        try:
            for found in shelf.search(query, path, progress.check):
                tell(found)
            if scope.captions:
                for found in shelf.search_captions(query, path, shelf.notebook(path), progress.check):
                    tell(found)
        except ReadError:
            unread.append(library.shown_name(path))
    return tuple(unread)
