"""The rows of the menu Help, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import help
from desktopnotes.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "help.update_yt_dlp",
        "Update yt-dlp…",
        "Show how to install or update what reads web pages.",
        help.update_yt_dlp,
    ),
    Command("help.keys", "Keys", "Show what each key does.", help.keys, ("F1",)),
    Command(
        "help.about", "About Desktop Notes", "Show the versions of the program and its parts.", help.about
    ),
)
