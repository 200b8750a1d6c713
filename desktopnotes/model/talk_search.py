"""Which talks of a notebook have what is asked for, by the rules of all finding, in small pieces."""

from __future__ import annotations

from collections.abc import Iterator

from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.model.search import Finder, Query, matching


class TalkFinder:
    """Remembers of each talk what was answered, until that talk is another value or is asked more widely."""

    def __init__(self) -> None:
        self._finder = Finder()
        self._known: dict[str, tuple[Talk, Query, bool]] = {}

    def look(self, query: Query, notebook: Notebook) -> Iterator[None]:
        """Looks through the talks, some 500 texts at a time; at its end `found` tells."""
        for talk in notebook.talks:
            known = self._known.get(talk.id)
            if known is None or not _answers(known, query, talk):
                has = False
                for piece in self._finder.pieces(talk):  # to its end: what is folded by then is kept
                    has = has or bool(matching(query, piece))
                    yield
                known = (talk, query, has)
            self._known[talk.id] = (talk, query, known[2])
        for gone in self._known.keys() - {talk.id for talk in notebook.talks}:
            del self._known[gone]
            self._finder.forget(gone)

    @property
    def found(self) -> frozenset[str]:
        """The ids of the talks that have it."""
        return frozenset(talk_id for talk_id, (_, _, has) in self._known.items() if has)


def _answers(known: tuple[Talk, Query, bool], query: Query, talk: Talk) -> bool:
    """Whether what is known of a talk answers the query: the same one, or less was looked for in vain."""
    was, asked, has = known
    return was is talk and (asked == query or (not has and query.narrows(asked)))
