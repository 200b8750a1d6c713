"""What is wrong with a file of ours, each with its path in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktopnotes.words import _

_LINE = "line "

At = tuple[Any, str | int] | None
"""Where a value stands: (where its owner stands, its key). A path is spelled out only where it is needed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path` (`talks[3].notes[17].at_ms`; empty for the file as a whole).

    One that is not `fatal` is mended, or lived with, when the file is opened.
    """

    path: str
    message: str
    fatal: bool = True

    @property
    def is_of_a_line(self) -> bool:
        """Whether `path` is that of a line, as a file that is no JSON has them (`line_path`)."""
        return self.path.startswith(_LINE)

    def __str__(self) -> str:
        if self.is_of_a_line:
            return _("line {line}: {what}").format(line=self.path.removeprefix(_LINE), what=self.message)
        return f"{self.path}: {self.message}" if self.path else self.message


def line_path(line: int) -> At:
    """The place of a problem that only a line can be named for, from 1."""
    return None, f"{_LINE}{line}"


class Problems:
    """The problems found so far."""

    def __init__(self) -> None:
        self.all: list[Problem] = []

    def add(self, at: At, message: str, *, fatal: bool = True) -> None:
        self.all.append(Problem(spelled(at), message, fatal))

    @property
    def fatal(self) -> list[Problem]:
        return [problem for problem in self.all if problem.fatal]


def spelled(at: At) -> str:
    """`talks[3].notes[17].at_ms`"""
    keys: list[str] = []
    while at is not None:
        at, key = at
        keys.append(f"[{key}]" if isinstance(key, int) else f".{shown(key)}")
    return "".join(reversed(keys)).removeprefix(".")


def shown(text: str) -> str:
    """Text of the file as it may stand in a message of one line."""
    return (text if text.isprintable() else ascii(text)[1:-1])[:40]
