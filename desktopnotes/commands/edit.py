"""The rows of the menu Edit, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import edit
from desktopnotes.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "edit.undo",
        "Undo",
        "Take back the last thing you did.",
        edit.undo,
        ("Mod+Z",),
        enabled=edit.can_undo,
        field_keys_win=True,
    ),
    Command(
        "edit.redo",
        "Redo",
        "Do again what was taken back.",
        edit.redo,
        ("Mod+Shift+Z", "Mod+Y"),
        enabled=edit.can_redo,
        field_keys_win=True,
    ),
    Command("edit.cut", "Cut", "Move what is selected to the clipboard.", edit.cut, opens_group=True),
    Command("edit.copy", "Copy", "Copy what is selected to the clipboard.", edit.copy),
    Command(
        "edit.paste",
        "Paste",
        "Put in what is on the clipboard; on the video or the talks, add the talk whose address is there.",
        edit.paste,
        video_keys=("Mod+V",),
    ),
    Command(
        "edit.select",
        "Select Note, Then All",
        "Choose the note under the caret, and pressed again all of them.",
        edit.select,
        ("Mod+A",),
        field_keys_win=True,
    ),
    Command(
        "edit.preferences",
        "Preferences…",
        "Set how notes are stamped, what is shown and where things go, and change keys.",
        edit.preferences,
        opens_group=True,
    ),
)
