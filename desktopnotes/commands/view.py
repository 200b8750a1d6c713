"""The rows of the menu View, in the order in which it shows them."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import post_view, view
from desktopnotes.commands.command import Command


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
        "Find a Command…",
        "Run any command by typing a part of its name.",
        view.palette,
        ("Mod+Shift+P",),
    ),
    Command(
        "view.to_notes",
        "Notes",
        "Show the video and the notes.",
        post_view.show_notes,
        ("Mod+1",),
        opens_group=True,
        checked=post_view.notes_are_shown,
    ),
    Command(
        "view.to_post",
        "Post",
        "Show the post that the notes become, and what it says so far.",
        post_view.show,
        ("Mod+2",),
        checked=post_view.is_shown,
    ),
    Command(
        "view.other_text",
        "Notes or Write-up",
        "Go between the notes and the write-up of the talk; from the post, to the notes.",
        view.other_text,
        ("F4",),
        opens_group=True,
    ),
    Command("view.next_pane", "Next Pane", "Go to the next pane of the window.", view.next_pane, ("Tab",)),
    Command(
        "view.previous_pane",
        "Previous Pane",
        "Go to the previous pane of the window.",
        view.previous_pane,
        ("Shift+Tab",),
    ),
    Command("view.talks", "Talks Pane", "Show or hide the list of talks.", view.talks_pane, opens_group=True),
    Command("view.write_up", "Write-up Pane", "Show or hide the write-up.", view.write_up_pane),
    Command("view.notes", "Notes Pane", "Show or hide the page of notes.", view.notes_pane),
    Command(
        "view.transcript",
        "Transcript",
        "Show or hide what was said, from the captions of the recording.",
        view.transcript,
        ("Mod+R",),
    ),
    Command(
        "view.transcript_place",
        "Transcript Beneath the Notes",
        "Show the transcript beneath the notes, or in their place.",
        view.transcript_place,
        ("Mod+Shift+R",),
    ),
    Command("view.focus", "Focus Mode", "Leave only the video and the page.", view.focus_mode, ("F9",)),
    Command(
        "view.full_screen",
        "Full Screen",
        "Let the video fill the screen, and back.",
        view.full_screen,
        ("F11",),
        ("F",),
    ),
    Command(
        "view.follow",
        "Follow the Talk",
        "Let the page scroll with the talk while you do not write.",
        view.follow,
        opens_group=True,
        checked=view.follows,
    ),
    Command("view.larger", "Larger Text", "Make all text larger.", view.larger_text, ("Mod+Plus", "Mod+=")),
    Command("view.smaller", "Smaller Text", "Make all text smaller.", view.smaller_text, ("Mod+-",)),
    Command(
        "view.usual_text", "Usual Text", "Make all text as large as at first.", view.usual_text, ("Mod+0",)
    ),
    _theme("light", "Light", "Dark text on a light window."),
    _theme("dark", "Dark", "Light text on a dark window."),
    _theme("system", "Like the System", "Light or dark as the desktop is."),
)
