"""Texts that count how often they are compared, which tells one look through a list from many."""

from __future__ import annotations


class Counted(str):
    """A text; `compared` says how often one of them was compared with another text, in any thread."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__
