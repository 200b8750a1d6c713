"""What the list of talks lets the window do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktopnotes.actions import talk, talks_list
from desktopnotes.commands import Command

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window


@dataclass(frozen=True, slots=True)
class Deeds:
    """`pop_up` shows the menu of the open talk, or of the list (False), at a place of the screen."""

    open_talk: Callable[[str], None]
    drop: Callable[[str, str, str, str], None]
    remove: Callable[[str], None]
    pop_up: Callable[[bool, int, int], object]
    run: Callable[[Command], None]


def deeds_of(window: Window) -> Deeds:
    """Those of the window: what an action raises is told by its gate."""

    def gated(job: Callable[..., None]) -> Callable[..., None]:
        return lambda *words: window.gate.run(job, window.session, *words)

    return Deeds(
        gated(talk.go_to_notes),
        gated(talks_list.drop),
        gated(talk.remove_one),
        window.menus.pop_up_for_talks,
        window.run,
    )
