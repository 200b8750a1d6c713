"""The rows of the menu Help, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import help, hints
from desktopnotes.commands.command import Command
from desktopnotes.words import _

COMMANDS: tuple[Command, ...] = (
    Command(
        "help.guide",
        _("Guide"),
        _("Show the way from a recording to a post, on one page."),
        help.guide,
        ("Shift+F1",),
    ),
    Command("help.keys", _("Keys"), _("Show what each key does."), help.keys, ("F1",)),
    Command("help.news", _("What Is New?"), _("Show what each version brought."), help.news),
    Command(
        "help.hints",
        _("Show Hints"),
        _("Now and then say at the foot of the window what could help just now."),
        hints.switch,
        opens_group=True,
        checked=hints.are_shown,
    ),
    Command("help.messages", _("Messages…"), _("Show the last messages of the status line."), help.messages),
    Command(
        "help.report",
        _("Report a Problem…"),
        _("Show what helps to find a fault, to be copied or saved; none of your notes is in it."),
        help.report,
        opens_group=True,
    ),
    Command(
        "help.update_yt_dlp",
        _("Update yt-dlp…"),
        _("Show how to install or update what reads web pages."),
        help.update_yt_dlp,
    ),
    Command(
        "help.about",
        _("About Desktop Notes"),
        _("Show the versions of the program and its parts, and where your files lie."),
        help.about,
    ),
)
