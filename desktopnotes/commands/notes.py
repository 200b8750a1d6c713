"""The rows of the menu Notes, in the order in which it shows them."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import captions, notes, pausing, playback, reaction, talk
from desktopnotes.commands.command import Command
from desktopnotes.model.notebook import Kind


def _kind(number: int, kind: Kind, label: str, help_text: str) -> Command:
    return Command(
        f"notes.kind_{kind}",
        label,
        help_text,
        partial(notes.set_kind, kind=kind),
        (f"Mod+Alt+{number}",),
        enabled=notes.one_is_under_the_caret,
        opens_group=number == 1,
        checked=partial(notes.is_kind, kind=kind),
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "notes.stamp",
        "New Note Here",
        "Start a note stamped with the moment on screen.",
        notes.stamp,
        ("Mod+T",),
        ("T",),
        enabled=notes.a_talk_is_open,
    ),
    Command(
        "notes.restamp",
        "Restamp",
        "Give the note under the caret the moment on screen.",
        notes.restamp,
        ("Mod+Shift+T",),
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.edit_stamp",
        "Change Stamp…",
        "Type another time for the note under the caret.",
        notes.edit_stamp,
        ("F2",),
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.jump",
        "Show Its Moment",
        "Show the moment that the note under the caret is about; in the transcript, that of its caret.",
        captions.show_moment,
        ("Mod+Enter",),
        ("Enter",),
        enabled=captions.can_show_moment,
    ),
    Command(
        "notes.previous",
        "Previous Note",
        "Go to the note above; from the video, show its moment.",
        notes.previous,
        ("Mod+Up",),
        ("Up",),
        enabled=notes.there_are_some,
        opens_group=True,
    ),
    Command(
        "notes.next",
        "Next Note",
        "Go to the note below; from the video, show its moment.",
        notes.next_one,
        ("Mod+Down",),
        ("Down",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.snapshot",
        "Snapshot",
        "Keep the picture on screen in the note under the caret.",
        notes.snapshot,
        ("Mod+D",),
        ("S",),
        enabled=playback.one_is_loaded,
        field_keys_win=True,
        opens_group=True,
    ),
    Command(
        "notes.caption_quote",
        "Quote What Was Said",
        "Take the sentence just finished as a quote, or the words chosen in the transcript.",
        captions.quote,
        ("Mod+U",),
        ("Q",),
        enabled=notes.a_talk_is_open,
        field_keys_win=True,
    ),
    Command(
        "notes.keep_caption",
        "Caption in the Note",
        "Keep in the note what was said at its moment; where it keeps that, drop it.",
        captions.keep,
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.write_up",
        "Add to Write-up",
        "Add the note under the caret, or the chosen ones, to the write-up as prose.",
        talk.add_to_write_up,
        ("Mod+Shift+Enter",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.split",
        "Split Note",
        "Make two notes of one, at the caret.",
        notes.split,
        ("Mod+Shift+S",),
        enabled=notes.one_is_under_the_caret,
        opens_group=True,
    ),
    Command(
        "notes.delete",
        "Delete Note",
        "Delete the note under the caret, or the chosen ones.",
        notes.delete,
        ("Mod+Shift+Backspace",),
        enabled=notes.one_is_under_the_caret,
    ),
    _kind(1, Kind.THOUGHT, "Thought", "Make the note a thought of your own."),
    _kind(2, Kind.QUOTE, "Quote", "Make the note something the speaker said, word for word."),
    _kind(3, Kind.QUESTION, "Question", "Make the note an open question."),
    _kind(4, Kind.LINK, "Link", "Make the note an address to keep."),
    _kind(5, Kind.CHAPTER, "Chapter", "Make the note the heading of a part of the talk."),
    _kind(6, Kind.PRIVATE, "Private", "Keep the note to yourself: it never leaves the notebook."),
    Command(
        "notes.react",
        "Reaction Time",
        "How long before its first key a note is stamped, since you heard it before you typed.",
        reaction.choose_next,
        opens_group=True,
        choices=reaction.choices,
    ),
    Command(
        "notes.react_less",
        "Shorter Reaction Time",
        "Stamp notes half a second nearer to the key.",
        reaction.less,
        ("Shift+F6",),
        within="notes.react",
    ),
    Command(
        "notes.react_more",
        "Longer Reaction Time",
        "Stamp notes half a second further before the key.",
        reaction.more,
        ("Shift+F7",),
        within="notes.react",
    ),
    Command(
        "notes.react_off",
        "Stamp at the Key",
        "Stamp notes with the moment of their first key itself.",
        reaction.off,
        ("Shift+F8",),
        within="notes.react",
        checked=reaction.is_off,
    ),
    Command(
        "notes.pause_while_writing",
        "Pause While Writing",
        "Pause the talk while you write a note, and play on when you end it.",
        pausing.switch,
        checked=pausing.is_on,
    ),
)
