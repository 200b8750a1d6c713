"""The one table of commands: menus, keys, palette, tooltips and the keys page are all drawn from it."""

from __future__ import annotations

from collections.abc import Mapping

from desktopnotes.commands import edit, file, help, notes, playback, post, talk, view
from desktopnotes.commands.command import Command, choosing
from desktopnotes.words import _

__all__ = ["COMMANDS", "LETTERS", "MENUS", "Command", "by_id", "choosing", "keys_of"]

MENUS = {
    "file": _("File"),
    "edit": _("Edit"),
    "view": _("View"),
    "playback": _("Playback"),
    "notes": _("Notes"),
    "talk": _("Talk"),
    "post": _("Post"),
    "help": _("Help"),
}
"""The menus in their order: what stands before the dot of a command's id, and the word shown."""


def _letters() -> dict[str, int]:
    taken: set[str] = set()
    places = {}
    for name, title in MENUS.items():
        free = (i for i, char in enumerate(title) if "a" <= char.lower() <= "z" and char.upper() not in taken)
        places[name] = next(free, 0)
        taken.add(title[places[name] : places[name] + 1].upper())
    return places


LETTERS = _letters()
"""Where in a menu's word the letter stands that opens it with Alt: the first that no menu before it has."""

COMMANDS: tuple[Command, ...] = (
    *file.COMMANDS,
    *edit.COMMANDS,
    *view.COMMANDS,
    *playback.COMMANDS,
    *notes.COMMANDS,
    *talk.COMMANDS,
    *post.COMMANDS,
    *help.COMMANDS,
)


def keys_of(command: Command, changed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The command's keys in the whole window: the user's own where the settings have some."""
    return tuple(changed.get(command.id, command.keys))


def by_id(command_id: str) -> Command:
    return next(command for command in COMMANDS if command.id == command_id)
