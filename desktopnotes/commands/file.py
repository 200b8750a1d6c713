"""The rows of the menu File, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import backups, conflict_copies, file, importing
from desktopnotes.commands.command import Command
from desktopnotes.words import _

COMMANDS: tuple[Command, ...] = (
    Command(
        "file.new", _("New Notebook…"), _("Make an empty notebook for another event."), file.new, ("Mod+N",)
    ),
    Command(
        "file.open",
        _("Open Notebook…"),
        _("Open a notebook that lies on this computer."),
        file.open_one,
        ("Mod+O",),
    ),
    Command(
        "file.recent",
        _("Open Recent"),
        _("Open a notebook that was open before, where you were in it."),
        file.open_last,
        enabled=file.has_recent,
        choices=file.recent_choices,
    ),
    Command(
        "file.switch",
        _("Switch Notebook…"),
        _("Go to another notebook by typing a part of its name."),
        file.switch,
        ("Mod+Shift+N",),
    ),
    Command(
        "file.rename",
        _("Rename Notebook…"),
        _("Give the notebook another title; its file keeps its name."),
        file.rename,
        opens_group=True,
    ),
    Command(
        "file.duplicate",
        _("Duplicate Notebook…"),
        _("Copy the notebook with its pictures, and open the copy."),
        file.duplicate,
    ),
    Command(
        "file.import",
        _("Import…"),
        _("Take in notes from a post, a list of times, chapters or captions."),
        importing.choose,
        enabled=importing.can_import,
    ),
    Command(
        "file.merge_copy",
        _("Merge Conflict Copy"),
        _("Bring in what a sync program left beside the notebook as another version of it."),
        conflict_copies.merge_all,
    ),
    Command(
        "file.backups",
        _("Backups…"),
        _("See what the notebook was earlier, and restore it or single talks."),
        backups.show,
    ),
    Command(
        "file.show_folder",
        _("Show in Folder"),
        _("Open the folder that the notebook lies in."),
        file.show_folder,
    ),
    Command(
        "file.save",
        _("Save Now"),
        _("Save at once; everything is saved by itself a second after the last key."),
        file.save,
        ("Mod+S",),
    ),
    Command(
        "file.quit",
        _("Quit"),
        _("Save everything and close the window."),
        file.quit_program,
        ("Mod+Q",),
        opens_group=True,
    ),
)
