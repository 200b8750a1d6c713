"""The one table of commands: menus, keys, palette, tooltips and the keys page are all drawn from it."""

from __future__ import annotations

from collections.abc import Mapping

from desktopnotes.commands import edit, file, help, notes, playback, post, talk, view
from desktopnotes.commands.command import Command, choosing

__all__ = ["COMMANDS", "MENUS", "Command", "by_id", "choosing", "keys_of"]

MENUS = {
    "file": "File",
    "edit": "Edit",
    "view": "View",
    "playback": "Playback",
    "notes": "Notes",
    "talk": "Talk",
    "post": "Post",
    "help": "Help",
}
"""The menus in their order: what stands before the dot of a command's id, and the word shown."""

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
