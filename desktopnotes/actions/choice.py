"""One of several things that a command can choose between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktopnotes.words import ngettext, number


@dataclass(frozen=True, slots=True)
class Choice:
    """`run` chooses it; `chosen` says that it is so now."""

    label: str
    run: Callable[[], None]
    chosen: bool


def no_choices(_: object) -> tuple[Choice, ...]:
    """What a command chooses from that only holds others in its menu."""
    return ()


def take_next(choices: Sequence[Choice]) -> Choice | None:
    """Chooses the one behind the chosen one, after the last the first; None where there are none."""
    if not choices:
        return None
    now = next((i for i, choice in enumerate(choices) if choice.chosen), -1)
    following = choices[(now + 1) % len(choices)]
    following.run()
    return following


def seconds(ms: int) -> str:
    """ "1 Second", "2.5 Seconds": a length as menus say it."""
    return ngettext("{n} Second", "{n} Seconds", 1 if ms == 1000 else 2).format(n=number(ms / 1000))
