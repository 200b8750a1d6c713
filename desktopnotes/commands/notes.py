"""The rows of the menu Notes, in the order in which it shows them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desktopnotes.actions import (
    arranging,
    captions,
    notes,
    pausing,
    playback,
    reaction,
    stamping,
    talk,
    versions,
)
from desktopnotes.actions.choice import no_choices
from desktopnotes.commands.command import Command
from desktopnotes.model.notebook import Kind
from desktopnotes.words import _


def _kind(number: int, kind: Kind, label: str, help_text: str) -> Command:
    return Command(
        f"notes.kind_{kind}",
        label,
        help_text,
        partial(arranging.set_kind, kind=kind),
        (f"Mod+Alt+{number}",),
        enabled=notes.some_are_chosen,
        checked=partial(arranging.is_kind, kind=kind),
        within="notes.kind",
    )


def _nudge(command_id: str, label: str, help_text: str, by_ms: int, key: str) -> Command:
    return Command(
        command_id,
        label,
        help_text,
        partial(stamping.nudge, by_ms=by_ms),
        (key,),
        enabled=notes.some_are_chosen,
        within="notes.time",
    )


_ROWS: tuple[Command, ...] = (
    Command(
        "notes.stamp",
        _("New Note Here"),
        _("Start a note stamped with the moment on screen."),
        notes.stamp,
        ("Mod+T",),
        ("T",),
        enabled=notes.a_talk_is_open,
    ),
    Command(
        "notes.time",
        _("Its Time"),
        _("Say the exact time of the note under the caret."),
        stamping.say,
        enabled=notes.there_are_some,
        choices=no_choices,
    ),
    Command(
        "notes.restamp",
        _("Restamp"),
        _("Give the note under the caret the moment on screen."),
        stamping.restamp,
        ("Mod+Shift+T",),
        enabled=notes.one_is_under_the_caret,
        within="notes.time",
    ),
    Command(
        "notes.edit_stamp",
        _("Change Stamp…"),
        _("Type another time for the note under the caret."),
        stamping.edit_stamp,
        ("F2",),
        enabled=notes.one_is_under_the_caret,
        within="notes.time",
    ),
    Command(
        "notes.end_here",
        _("End of Note Here"),
        _("Let the note under the caret last to the moment on screen; again, take its end off."),
        stamping.end_here,
        ("Mod+Shift+E",),
        enabled=notes.one_is_under_the_caret,
        within="notes.time",
    ),
    Command(
        "notes.unstamp",
        _("Take Off Stamp"),
        _("Make the note under the caret one about the talk, without a time."),
        stamping.unstamp,
        enabled=stamping.has_stamp,
        within="notes.time",
    ),
    Command(
        "notes.shift",
        _("Shift Stamps…"),
        _("Move the times of all notes, of those from here on, or of the chosen ones."),
        stamping.open_shift,
        enabled=stamping.stamps_are_there,
        within="notes.time",
    ),
    _nudge(
        "notes.earlier",
        _("Earlier by 0.1 s"),
        _("Nudge the stamp a tenth of a second back."),
        -100,
        "Alt+Left",
    ),
    _nudge(
        "notes.later",
        _("Later by 0.1 s"),
        _("Nudge the stamp a tenth of a second forward."),
        100,
        "Alt+Right",
    ),
    _nudge("notes.much_earlier", _("Earlier by 1 s"), _("Nudge the stamp a second back."), -1000, "Alt+PgUp"),
    _nudge("notes.much_later", _("Later by 1 s"), _("Nudge the stamp a second forward."), 1000, "Alt+PgDn"),
    Command(
        "notes.jump",
        _("Show Its Moment"),
        _("Show the moment that the note under the caret is about; in the transcript, that of its caret."),
        captions.show_moment,
        ("Mod+Enter",),
        ("Enter",),
        enabled=captions.can_show_moment,
    ),
    Command(
        "notes.previous",
        _("Previous Note"),
        _("Go to the note above; from the video, show its moment."),
        notes.previous,
        ("Mod+Up",),
        ("Up",),
        enabled=notes.there_are_some,
        opens_group=True,
    ),
    Command(
        "notes.next",
        _("Next Note"),
        _("Go to the note below; from the video, show its moment."),
        notes.next_one,
        ("Mod+Down",),
        ("Down",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.snapshot",
        _("Snapshot"),
        _("Keep the picture on screen in the note under the caret."),
        notes.snapshot,
        ("Mod+D",),
        ("S",),
        enabled=playback.one_is_loaded,
        field_keys_win=True,
        opens_group=True,
    ),
    Command(
        "notes.caption_quote",
        _("Quote What Was Said"),
        _("Take the sentence just finished as a quote, or the words chosen in the transcript."),
        captions.quote,
        ("Mod+U",),
        ("Q",),
        enabled=notes.a_talk_is_open,
        field_keys_win=True,
    ),
    Command(
        "notes.keep_caption",
        _("Caption in the Note"),
        _("Keep in the note what was said at its moment; where it keeps that, drop it."),
        captions.keep,
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.in_transcript",
        _("Show in Transcript"),
        _("Show what was said at the note's moment, and whether a quote says the same."),
        captions.show_note,
        enabled=notes.one_is_under_the_caret,
    ),
    Command(
        "notes.write_up",
        _("Add to Write-up"),
        _("Add the note under the caret, or the chosen ones, to the write-up as prose."),
        talk.add_to_write_up,
        ("Mod+Shift+Enter",),
        enabled=notes.there_are_some,
    ),
    Command(
        "notes.split",
        _("Split Note"),
        _("Make two notes of one, at the caret."),
        arranging.split,
        ("Mod+Shift+S",),
        enabled=notes.one_is_under_the_caret,
        opens_group=True,
    ),
    Command(
        "notes.join",
        _("Join Notes"),
        _("Join the chosen notes, or the one under the caret with the note above."),
        arranging.join,
        ("Mod+Shift+K",),
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.duplicate",
        _("Duplicate Note"),
        _("Put a copy below the note under the caret, or below each chosen one."),
        arranging.duplicate,
        ("Mod+Alt+D",),
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.move_up",
        _("Move Note Up"),
        _("Move a note without a time above the one before it."),
        arranging.move_up,
        ("Alt+Up",),
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.move_down",
        _("Move Note Down"),
        _("Move a note without a time below the one behind it."),
        arranging.move_down,
        ("Alt+Down",),
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.delete",
        _("Delete Note"),
        _("Delete the note under the caret, or the chosen ones."),
        arranging.delete,
        ("Mod+Shift+Backspace",),
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.keep_this",
        _("Keep This Version"),
        _("Keep this version of a note that was changed in two places, and delete the others."),
        versions.keep_this,
        enabled=versions.is_marked,
        opens_group=True,
    ),
    Command(
        "notes.keep_all",
        _("Keep All Versions"),
        _("Keep all versions of a note that was changed in two places, as notes of their own."),
        versions.keep_all,
        enabled=versions.is_marked,
    ),
    Command(
        "notes.kind",
        _("Kind"),
        _("Make the note under the caret, or the chosen ones, of the next kind."),
        arranging.next_kind,
        enabled=notes.some_are_chosen,
        choices=no_choices,
        opens_group=True,
    ),
    _kind(1, Kind.THOUGHT, _("Thought"), _("Make the note a thought of your own.")),
    _kind(2, Kind.QUOTE, _("Quote"), _("Make the note something the speaker said, word for word.")),
    _kind(3, Kind.QUESTION, _("Question"), _("Make the note an open question.")),
    _kind(4, Kind.LINK, _("Link"), _("Make the note an address to keep.")),
    _kind(5, Kind.CHAPTER, _("Chapter"), _("Make the note the heading of a part of the talk.")),
    _kind(6, Kind.PRIVATE, _("Private"), _("Keep the note to yourself: it never leaves the notebook.")),
    Command(
        "notes.add_tag",
        _("Add a Tag…"),
        _("Put a tag on the note under the caret, or on the chosen ones."),
        arranging.add_tag,
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.remove_tag",
        _("Take Off a Tag…"),
        _("Take a tag off the note under the caret, or off the chosen ones."),
        arranging.remove_tag,
        enabled=notes.some_are_chosen,
    ),
    Command(
        "notes.react",
        _("Reaction Time"),
        _("How long before its first key a note is stamped, since you heard it before you typed."),
        reaction.choose_next,
        opens_group=True,
        choices=reaction.choices,
    ),
    Command(
        "notes.react_less",
        _("Shorter Reaction Time"),
        _("Stamp notes half a second nearer to the key."),
        reaction.less,
        ("Shift+F6",),
        within="notes.react",
    ),
    Command(
        "notes.react_more",
        _("Longer Reaction Time"),
        _("Stamp notes half a second further before the key."),
        reaction.more,
        ("Shift+F7",),
        within="notes.react",
    ),
    Command(
        "notes.react_off",
        _("Stamp at the Key"),
        _("Stamp notes with the moment of their first key itself."),
        reaction.off,
        ("Shift+F8",),
        within="notes.react",
        checked=reaction.is_off,
    ),
    Command(
        "notes.pause_while_writing",
        _("Pause While Writing"),
        _("Pause the talk while you write a note, and play on when you end it."),
        pausing.switch,
        checked=pausing.is_on,
    ),
)

_EVERYWHERE = frozenset(
    ("stamp", "write_up", "react", "react_less", "react_more", "react_off", "pause_while_writing")
)
"""What can be done in the post view as well, where the notes are not seen; the first leads to them."""


def _where_notes_are_seen(command: Command) -> Command:
    if command.id.removeprefix("notes.") in _EVERYWHERE:
        return command
    enabled = command.enabled
    return replace(command, enabled=lambda session: session.shown_post is None and enabled(session))


COMMANDS: tuple[Command, ...] = tuple(map(_where_notes_are_seen, _ROWS))
