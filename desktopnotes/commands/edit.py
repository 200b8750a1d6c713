"""The rows of the menu Edit, in the order in which it shows them."""

from __future__ import annotations

from desktopnotes.actions import clipboard, edit, formatting, notes
from desktopnotes.commands import find
from desktopnotes.commands.command import Command
from desktopnotes.words import _

COMMANDS: tuple[Command, ...] = (
    Command(
        "edit.undo",
        _("Undo"),
        _("Take back the last thing you did."),
        edit.undo,
        ("Mod+Z",),
        enabled=edit.can_undo,
        says=edit.says_undo,
        field_keys_win=True,
    ),
    Command(
        "edit.redo",
        _("Redo"),
        _("Do again what was taken back."),
        edit.redo,
        ("Mod+Shift+Z", "Mod+Y"),
        enabled=edit.can_redo,
        says=edit.says_redo,
        field_keys_win=True,
    ),
    Command(
        "edit.cut",
        _("Cut"),
        _("Move what is selected to the clipboard."),
        clipboard.cut,
        ("Mod+X", "Shift+Delete"),
        field_keys_win=True,
        opens_group=True,
    ),
    Command(
        "edit.copy",
        _("Copy"),
        _("Copy what is selected; several whole notes are copied with their stamps."),
        clipboard.copy,
        ("Mod+C", "Mod+Insert"),
        field_keys_win=True,
    ),
    Command(
        "edit.copy_words",
        _("Copy Without Stamps"),
        _("Copy what is selected, or the note under the caret, as words alone."),
        clipboard.copy_words,
        ("Mod+Shift+C",),
        enabled=formatting.in_a_text,
        field_keys_win=True,
    ),
    Command(
        "edit.copy_stamped",
        _("Copy Notes with Stamps"),
        _(
            "Copy the notes that the selection touches, or the one under the caret, as lines with "
            "their times."
        ),
        clipboard.copy_with_stamps,
        enabled=notes.some_are_chosen,
    ),
    Command(
        "edit.paste",
        _("Paste"),
        _("Put in what is on the clipboard; on the video or the talks, add the talk whose address is there."),
        clipboard.paste,
        ("Mod+V", "Shift+Insert"),
        field_keys_win=True,
    ),
    Command(
        "edit.select",
        _("Select Note, Then All"),
        _("Choose the note under the caret, and pressed again all of them."),
        edit.select,
        ("Mod+A",),
        field_keys_win=True,
    ),
    *find.COMMANDS,
    Command(
        "edit.bold",
        _("Bold"),
        _("Make what is selected, or the word under the caret, bold; again, and it is not."),
        formatting.bold,
        ("Mod+B",),
        enabled=formatting.in_a_text,
        field_keys_win=True,
        opens_group=True,
    ),
    Command(
        "edit.italic",
        _("Italic"),
        _("Make what is selected, or the word under the caret, italic; again, and it is not."),
        formatting.italic,
        ("Mod+I",),
        enabled=formatting.in_a_text,
        field_keys_win=True,
    ),
    Command(
        "edit.code",
        _("Code"),
        _("Make what is selected, or the word under the caret, code; again, and it is not."),
        formatting.code,
        ("Mod+Shift+M",),
        enabled=formatting.in_a_text,
        field_keys_win=True,
    ),
    Command(
        "edit.link",
        _("Link"),
        _("Make what is selected a link, to the address on the clipboard if one is there; or take it off."),
        formatting.link,
        ("Mod+K",),
        enabled=formatting.in_a_text,
        field_keys_win=True,
    ),
    Command(
        "edit.preferences",
        _("Preferences…"),
        _("Set how notes are stamped, what is shown and where things go, and change keys."),
        edit.preferences,
        opens_group=True,
    ),
)
