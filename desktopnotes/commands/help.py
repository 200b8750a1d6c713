"""The rows of the menu Help, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import help, hints
from desktopnotes.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "help.update_yt_dlp",
        "Update yt-dlp…",
        "Show how to install or update what reads web pages.",
        help.update_yt_dlp,
    ),
    Command(
        "help.hints",
        "Show Hints",
        "Now and then say at the foot of the window what could help just now.",
        hints.switch,
        checked=hints.are_shown,
    ),
    Command("help.messages", "Messages…", "Show the last messages of the status line.", help.messages),
    Command(
        "help.copy_details",
        "Copy Details for a Report",
        "Copy the versions of the program and its parts and what is known of the last fault; no notes.",
        help.copy_details,
    ),
    Command("help.keys", "Keys", "Show what each key does.", help.keys, ("F1",)),
    Command(
        "help.about", "About Desktop Notes", "Show the versions of the program and its parts.", help.about
    ),
)
