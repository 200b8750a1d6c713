"""Where the templates of styles run: they see what `views.SEEN` names, reach no file, and come to an end.

A template may come from somebody else. Loops and calls are counted rather than timed, so that a slow
computer refuses nothing that a quick one takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from desktopnotes.words import _

LARGEST_TEXT = 50_000_000
"""Characters that a single value may have: five times the text of 100,000 notes."""

_FREE_STEPS = 2_000_000
_STEPS_FOR_EACH_NOTE = 200
STEPS_OF_A_CALL = 20

_LARGEST_SUM = 10 * LARGEST_TEXT
"""Characters and items of all that one run puts together, since it may keep them all."""


class TooMuchError(Exception):
    """A template that would not come to an end, or fill the memory."""


@dataclass(slots=True)
class Run:
    """One run of a template: how much it may still do, and where in its text parts were asked for.

    `parts` are the parts that things stand for, by `id`. `asked` are (part, name of what was asked, line).
    """

    steps_left: int
    parts: Mapping[int, str] = field(default_factory=dict)
    line: int = 0
    size: int = 0
    made: int = 0
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    @classmethod
    def of(cls, notes: int, parts: Mapping[int, str]) -> Run:
        return cls(_FREE_STEPS + notes * _STEPS_FOR_EACH_NOTE, parts)

    def step(self, count: int = 1) -> None:
        self.steps_left -= count
        if self.steps_left < 0:
            raise TooMuchError(_("it does not come to an end: its loops go round too often"))

    def hold(self, count: int) -> None:
        """Some value of that many characters, or items, was made."""
        self.made += count
        if self.made > _LARGEST_SUM:
            raise TooMuchError(_("it puts together far more text than a post has"))

    def take(self, piece: str) -> None:
        self.line += piece.count("\n")
        self.size += len(piece)


NOW: ContextVar[Run] = ContextVar("run of a style's template")


def run(source: Any, values: Mapping[str, Any], now: Run) -> str:
    """What the compiled template makes of the values; `now` knows afterwards where parts were asked for."""
    token = NOW.set(now)
    try:
        pieces: list[str] = []
        making = source.generate(**values)
        for piece in making:
            now.take(piece)
            if now.size > LARGEST_TEXT:
                # Raised within the template, so that its line is known.
                making.throw(TooMuchError(_("what it makes is far too long for a post")))
            pieces.append(piece)
        return "".join(pieces)
    finally:
        NOW.reset(token)
