"""The rows of the menu Edit that find."""

from __future__ import annotations

from desktopnotes.actions import find
from desktopnotes.actions.notes import a_talk_is_open
from desktopnotes.commands.command import Command
from desktopnotes.words import _

COMMANDS: tuple[Command, ...] = (
    Command(
        "edit.find",
        _("Find…"),
        _("Mark words in the notes and the write-up of this talk as you type them."),
        find.here,
        ("Mod+F",),
        enabled=a_talk_is_open,
        opens_group=True,
    ),
    Command(
        "edit.find_next",
        _("Next Hit"),
        _("Go to the next place with the words that were looked for."),
        find.next_hit,
        ("F3",),
        enabled=a_talk_is_open,
    ),
    Command(
        "edit.find_previous",
        _("Previous Hit"),
        _("Go to the last place before with the words that were looked for."),
        find.previous_hit,
        ("Shift+F3",),
        enabled=a_talk_is_open,
    ),
    Command(
        "edit.find_everywhere",
        _("Find Everywhere…"),
        _("List what has the words in this notebook, in all your notebooks and in captions."),
        find.everywhere,
        ("Mod+Shift+F",),
    ),
    Command(
        "edit.replace",
        _("Replace…"),
        _("Put other words in place of some; each place is shown before anything is changed."),
        find.replace,
        ("Mod+H",),
        enabled=a_talk_is_open,
    ),
    Command(
        "edit.questions",
        _("Open Questions"),
        _("List the questions of this notebook."),
        find.questions,
        ("Mod+Shift+Q",),
    ),
)
