"""The rows of the menu Post, in the order in which it shows them."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import exporting, learning, outputs, parts, post, post_site, post_style
from desktopnotes.actions.choice import no_choices
from desktopnotes.commands.command import Command
from desktopnotes.words import _


def _output(name: str, label: str, help: str, *, opens_group: bool = False) -> Command:
    """A row for each of `export.interchange.outputs.OUTPUTS`, which a start does without."""
    return Command(
        f"post.output_{name.replace('-', '_')}",
        label,
        help,
        partial(outputs.export, name=name),
        enabled=outputs.there_is_a_talk,
        opens_group=opens_group,
        within="post.outputs",
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "post.export",
        _("Export…"),
        _("Write the post of the talk to where it went last, with its pictures."),
        exporting.export,
        ("Mod+E",),
        enabled=post.there_is_something,
    ),
    Command(
        "post.export_elsewhere",
        _("Export to Another Place…"),
        _("Write the post of the talk to a place that you choose."),
        exporting.export_to,
        enabled=post.there_is_something,
    ),
    Command(
        "post.outputs",
        _("Export Talk to"),
        _("Write the chapters or the notes of the talk to a file for other programs."),
        outputs.choose,
        enabled=outputs.there_is_a_talk,
        choices=no_choices,
    ),
    _output(
        "chapters-youtube",
        _("YouTube Chapters…"),
        _("Write the talk’s chapters as YouTube reads them in a description."),
    ),
    _output(
        "chapters-vtt",
        _("WebVTT Chapters…"),
        _("Write the talk’s chapters as browsers read them."),
    ),
    _output(
        "chapters-json", _("Podcast Chapters…"), _("Write the talk’s chapters as podcast players read them.")
    ),
    _output("vtt", _("Notes as Subtitles…"), _("Write the notes as subtitles of the recording (WebVTT).")),
    _output("csv", _("Notes as Table…"), _("Write the notes as a table for spreadsheets (CSV).")),
    _output("text", _("Notes as Plain Text…"), _("Write the notes with their times as plain text.")),
    Command(
        "post.copy",
        _("Copy as Markdown"),
        _("Put the post of the talk on the clipboard."),
        outputs.copy_markdown,
        enabled=post.there_is_something,
    ),
    Command(
        "post.copy_rich",
        _("Copy as Rich Text"),
        _(
            "Put the post of the talk on the clipboard with its links and emphasis, for letters and "
            "documents."
        ),
        outputs.copy_rich,
        enabled=post.there_is_something,
    ),
    Command(
        "post.copy_chapters",
        _("Copy YouTube Chapters"),
        _("Put the talk’s chapters on the clipboard, for its description on YouTube."),
        outputs.copy_youtube_chapters,
        enabled=outputs.there_is_a_talk,
    ),
    Command(
        "post.details",
        _("Title and Introduction…"),
        _("Go to the title of the post, in the post view."),
        post.details,
        enabled=post.there_is_something,
        opens_group=True,
    ),
    Command(
        "post.new_part",
        _("New Part from Talks Not Yet Posted"),
        _("Make the next post of the talks that stand in none yet."),
        parts.new,
    ),
    Command(
        "post.parts",
        _("Parts"),
        _("Show another post of the notebook."),
        parts.next_one,
        enabled=parts.there_are_some,
        choices=parts.choices,
    ),
    Command(
        "post.published",
        _("Published…"),
        _("Say when and where the post came out."),
        parts.published,
        enabled=parts.there_are_some,
    ),
    Command(
        "post.remove_part",
        _("Remove Part"),
        _("Take the post out of the notebook; its talks stay."),
        parts.remove,
        enabled=parts.there_are_some,
        within="post.parts",
    ),
    Command(
        "post.style",
        _("Style"),
        _("Set the post out in another way."),
        post_style.next_style,
        enabled=post.there_is_something,
        choices=post_style.styles,
        lists_choices=True,
        opens_group=True,
    ),
    Command(
        "post.copy_style",
        _("Copy a Style to Change It…"),
        _("Make a style of your own from one of the built-in ones."),
        post_style.copy_style,
        within="post.style",
    ),
    Command(
        "post.site",
        _("Site"),
        _("Say what the post is published by."),
        post_site.next_site,
        enabled=post.there_is_something,
        choices=post_site.sites,
        lists_choices=True,
    ),
    Command(
        "post.times",
        _("Times in the Text"),
        _("Show the notes’ times in the prose of the post, or leave them out."),
        post_style.next_times,
        enabled=post.there_is_something,
        choices=post_style.times,
        lists_choices=True,
    ),
    Command(
        "post.per_talk",
        _("One File per Talk"),
        _("Write a file for each talk and an index that links them, such as for lecture notes."),
        post_site.switch_per_talk,
        checked=post_site.is_per_talk,
    ),
    Command(
        "post.learn",
        _("Learn from My Site…"),
        _("See what the posts of your site have in common, and make new ones like them."),
        learning.choose,
        opens_group=True,
    ),
)
