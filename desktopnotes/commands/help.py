"""The rows of the menu Help, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import help, hints
from desktopnotes.commands.command import Command
from desktopnotes.words import _

COMMANDS: tuple[Command, ...] = (
    Command(
        "help.update_yt_dlp",
        _("Update yt-dlp…"),
        _("Show how to install or update what reads web pages."),
        help.update_yt_dlp,
    ),
    Command(
        "help.hints",
        _("Show Hints"),
        _("Now and then say at the foot of the window what could help just now."),
        hints.switch,
        checked=hints.are_shown,
    ),
    Command("help.messages", _("Messages…"), _("Show the last messages of the status line."), help.messages),
    Command(
        "help.copy_details",
        _("Copy Details for a Report"),
        _("Copy the versions of the program and its parts and what is known of the last fault; no notes."),
        help.copy_details,
    ),
    Command("help.keys", _("Keys"), _("Show what each key does."), help.keys, ("F1",)),
    Command(
        "help.about",
        _("About Desktop Notes"),
        _("Show the versions of the program and its parts."),
        help.about,
    ),
)
