"""The rows of the menu Post, in the order in which it shows them."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import post
from desktopnotes.commands.command import Command
from desktopnotes.model.notebook import Style, Times

COMMANDS: tuple[Command, ...] = (
    Command(
        "post.export",
        "Export to Markdown…",
        "Write the post of the talk to a file, with its pictures.",
        post.export,
        ("Mod+E",),
        enabled=post.there_is_something,
    ),
    Command(
        "post.copy",
        "Copy as Markdown",
        "Put the post of the talk on the clipboard.",
        post.copy,
        enabled=post.there_is_something,
    ),
    Command(
        "post.details",
        "Title and Introduction…",
        "Write the title, date, introduction and closing of the post.",
        post.details,
        enabled=post.there_is_something,
        opens_group=True,
    ),
    Command(
        "post.list",
        "Style: List",
        "One list item for each talk, written as prose.",
        post.set_list,
        enabled=post.there_is_something,
        checked=partial(post.has_style, style=Style.LIST),
        opens_group=True,
    ),
    Command(
        "post.timeline",
        "Style: Timeline",
        "A heading for each talk, and a line with its time for each note.",
        post.set_timeline,
        enabled=post.there_is_something,
        checked=partial(post.has_style, style=Style.TIMELINE),
    ),
    Command(
        "post.times_none",
        "No Times",
        "Leave the times of notes out of the prose.",
        post.times_none,
        enabled=post.there_is_something,
        checked=partial(post.has_times, times=Times.NONE),
        opens_group=True,
    ),
    Command(
        "post.times_inline",
        "Times in the Text",
        "Put each note's time into the prose as a link.",
        post.times_inline,
        enabled=post.there_is_something,
        checked=partial(post.has_times, times=Times.INLINE),
    ),
    Command(
        "post.times_superscript",
        "Times as Superscript",
        "Put each note's time above the line as a small link.",
        post.times_superscript,
        enabled=post.there_is_something,
        checked=partial(post.has_times, times=Times.SUPERSCRIPT),
    ),
)
