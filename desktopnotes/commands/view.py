"""The rows of the menu View, in the order in which it shows them."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import post_view, view
from desktopnotes.commands.command import Command
from desktopnotes.words import _


def _theme(name: str, label: str, help_text: str) -> Command:
    return Command(
        f"view.{name}",
        label,
        help_text,
        partial(view.set_theme, name=name),
        opens_group=name == "light",
        checked=partial(view.is_theme, name=name),
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "view.palette",
        _("Find a Command…"),
        _("Run any command by typing a part of its name."),
        view.palette,
        ("Mod+Shift+P",),
    ),
    Command(
        "view.to_notes",
        _("Notes"),
        _("Show the video and the notes."),
        post_view.show_notes,
        ("Mod+1",),
        opens_group=True,
        checked=post_view.notes_are_shown,
    ),
    Command(
        "view.to_post",
        _("Post"),
        _("Show the post that the notes become, and what it says so far."),
        post_view.show,
        ("Mod+2",),
        checked=post_view.is_shown,
    ),
    Command(
        "view.other_text",
        _("Notes or Write-up"),
        _("Go between the notes and the write-up of the talk; from the post, to the notes."),
        view.other_text,
        ("F4",),
        opens_group=True,
    ),
    Command(
        "view.next_pane", _("Next Pane"), _("Go to the next pane of the window."), view.next_pane, ("Tab",)
    ),
    Command(
        "view.previous_pane",
        _("Previous Pane"),
        _("Go to the previous pane of the window."),
        view.previous_pane,
        ("Shift+Tab",),
    ),
    Command(
        "view.talks", _("Talks Pane"), _("Show or hide the list of talks."), view.talks_pane, opens_group=True
    ),
    Command("view.write_up", _("Write-up Pane"), _("Show or hide the write-up."), view.write_up_pane),
    Command("view.notes", _("Notes Pane"), _("Show or hide the page of notes."), view.notes_pane),
    Command(
        "view.transcript",
        _("Transcript"),
        _("Show or hide what was said, from the captions of the recording."),
        view.transcript,
        ("Mod+R",),
    ),
    Command(
        "view.transcript_place",
        _("Transcript Beneath the Notes"),
        _("Show the transcript beneath the notes, or in their place."),
        view.transcript_place,
        ("Mod+Shift+R",),
    ),
    Command("view.focus", _("Focus Mode"), _("Leave only the video and the page."), view.focus_mode, ("F9",)),
    Command(
        "view.full_screen",
        _("Full Screen"),
        _("Let the video fill the screen, and back."),
        view.full_screen,
        ("F11",),
        ("F",),
    ),
    Command(
        "view.follow",
        _("Follow the Talk"),
        _("Let the page scroll with the talk while you do not write."),
        view.follow,
        opens_group=True,
        checked=view.follows,
    ),
    Command(
        "view.larger", _("Larger Text"), _("Make all text larger."), view.larger_text, ("Mod+Plus", "Mod+=")
    ),
    Command("view.smaller", _("Smaller Text"), _("Make all text smaller."), view.smaller_text, ("Mod+-",)),
    Command(
        "view.usual_text",
        _("Usual Text"),
        _("Make all text as large as at first."),
        view.usual_text,
        ("Mod+0",),
    ),
    _theme("light", _("Light"), _("Dark text on a light window.")),
    _theme("dark", _("Dark"), _("Light text on a dark window.")),
    _theme("system", _("Like the System"), _("Light or dark as the desktop is.")),
)
