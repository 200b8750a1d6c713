"""Remembers what was made of talks and notes, so that a post is soon made anew when one of them changed.

Things are told apart by what they are (`is`), not by what is in them: to compare two talks costs as much as
to compose one. They are frozen, and an edit shares all that it does not touch.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_remembers = True


@contextmanager
def nothing_kept() -> Iterator[None]:
    """For a post that is made once: to remember its 100,000 notes would take a second and serve nobody."""
    global _remembers
    before, _remembers = _remembers, False
    try:
        yield
    finally:
        _remembers = before


def kept(largest: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Lets a function of frozen things remember so many answers; the oldest go first.

    May be asked from several threads.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        answers: OrderedDict[tuple[Any, ...], tuple[tuple[Any, ...], T]] = OrderedDict()

        @wraps(function)
        def ask(*things: P.args, **named: P.kwargs) -> T:
            if not _remembers:
                return function(*things, **named)
            key = (*map(id, things), *named, *map(id, named.values()))
            known = answers.get(key)
            if known is not None:
                return known[1]
            answer = function(*things, **named)
            # The things are held too: as long as they are, nothing else can have their `id`.
            answers[key] = ((*things, *named.values()), answer)
            while len(answers) > largest:
                try:
                    answers.popitem(last=False)
                except KeyError:  # another thread was quicker
                    break
            return answer

        return ask

    return decorate
