"""The rows of the menu File, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import backups, conflict_copies, file, importing
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
        "file.recent",
        "Open Recent",
        "Open a notebook that was open before, where you were in it.",
        file.open_last,
        enabled=file.has_recent,
        choices=file.recent_choices,
    ),
    Command(
        "file.switch",
        "Switch Notebook…",
        "Go to another notebook by typing a part of its name.",
        file.switch,
        ("Mod+Shift+N",),
    ),
    Command(
        "file.rename",
        "Rename Notebook…",
        "Give the notebook another title; its file keeps its name.",
        file.rename,
        opens_group=True,
    ),
    Command(
        "file.duplicate",
        "Duplicate Notebook…",
        "Copy the notebook with its pictures, and open the copy.",
        file.duplicate,
    ),
    Command(
        "file.import",
        "Import…",
        "Take in notes from a post, a list of times, chapters or captions.",
        importing.choose,
        enabled=importing.can_import,
    ),
    Command(
        "file.merge_copy",
        "Merge Conflict Copy",
        "Bring in what a sync program left beside the notebook as another version of it.",
        conflict_copies.merge_all,
    ),
    Command(
        "file.backups",
        "Backups…",
        "See what the notebook was earlier, and restore it or single talks.",
        backups.show,
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
