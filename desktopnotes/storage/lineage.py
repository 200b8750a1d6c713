"""Which earlier state of the file somebody has changed: what both versions go back to when they are merged.

It is not always the last one. An editor or a sync program may write what it read before our last save; its
version lacks what that save brought, which then looks as if it had been deleted.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from desktopnotes.model.notebook import Notebook

_FOR_S = 60.0
"""So long after it was replaced, a state may still come back with changes: sync programs take some 10 s."""

_MOST = 40

_Pieces = dict[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class _Version:
    notebook: Notebook
    replaced_s: float = float("inf")


class Lineage:
    """The states of the file that were seen or written, the last ones."""

    def __init__(self, notebook: Notebook, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._versions = deque([_Version(notebook)], _MOST)

    def put(self, notebook: Notebook) -> None:
        """This is what lies there from now on."""
        now_s = self._now()
        self._versions[-1] = replace(self._versions[-1], replaced_s=now_s)
        while self._versions and self._versions[0].replaced_s < now_s - _FOR_S:
            self._versions.popleft()
        self._versions.append(_Version(notebook))

    def base_of(self, theirs: Notebook, *, is_ours: bool = False) -> Notebook:
        """The state that explains `theirs` by the fewest changes; of equal ones the last.

        What another window of ours has written (`is_ours`) always goes back to the last state.
        """
        last = self._versions[-1].notebook
        if is_ours or len(self._versions) == 1:
            return last
        found, known = _pieces(theirs), _pieces(last)
        differing = [key for key in found.keys() | known.keys() if found.get(key) != known.get(key)]
        since_s = self._now() - _FOR_S
        best, fewest = last, len(differing)
        for version in reversed(self._versions):
            if version.replaced_s >= since_s and fewest:
                differs = _differing(version.notebook, found, differing)
                if differs < fewest:
                    best, fewest = version.notebook, differs
        return best


def _differing(notebook: Notebook, found: _Pieces, keys: Iterable[tuple[str, str]]) -> int:
    pieces = _pieces(notebook)
    return sum(found.get(key) != pieces.get(key) for key in keys)


def _pieces(notebook: Notebook) -> _Pieces:
    """What a person writes, by what it is of; how far a talk was watched does not count."""
    pieces: _Pieces = {("post", post.id): post for post in notebook.posts}
    for talk in notebook.talks:
        pieces["talk", talk.id] = (talk.title, talk.url, talk.file, talk.write_up, talk.tags)
        pieces.update((("note", note.id), note) for note in talk.notes)
    return pieces
