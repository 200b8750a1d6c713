"""The rows of the menu File, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import file
from desktopnotes.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New Notebook…", "Make an empty notebook for another event.", file.new, ("Mod+N",)),
    Command(
        "file.open",
        "Open Notebook…",
        "Open a notebook that lies on this computer.",
        file.open_one,
        ("Mod+O",),
    ),
    Command(
        "file.rename", "Rename Notebook…", "Give the notebook another title.", file.rename, opens_group=True
    ),
    Command(
        "file.show_folder", "Show in Folder", "Open the folder that the notebook lies in.", file.show_folder
    ),
    Command(
        "file.save",
        "Save Now",
        "Save at once; everything is saved by itself a second after the last key.",
        file.save,
        ("Mod+S",),
    ),
    Command(
        "file.quit",
        "Quit",
        "Save everything and close the window.",
        file.quit_program,
        ("Mod+Q",),
        opens_group=True,
    ),
)
