"""What is wrong with a file of ours, each with its path in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


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
