"""The user's own keys: which hold now, which other command has a key already, and which can be none.

They stand in the setting `keys` by a command's id, those on the video by the id and `VIDEO`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktopnotes.commands import COMMANDS, LETTERS, MENUS, Command, keys_of
from desktopnotes.words import _

VIDEO = ".video"
"""What follows a command's id in the setting where its keys on the video are meant."""

Own = Mapping[str, tuple[str, ...]]

_IN_TEXT = frozenset({"Enter", "Backspace", "Delete", "Insert", "Home", "End", "Left", "Right", "Up", "Down"})
_CARET = frozenset({"Home", "End", "Left", "Right", "PgUp", "PgDn"})
_FREE = frozenset({"Pause", "Print", "Menu", "Scroll_Lock"})


class Where(StrEnum):
    """Where a key of a command works: in the whole window, or on the video alone."""

    TEXT = "text"
    VIDEO = "video"


def held(command: Command, where: Where, own: Own) -> tuple[str, ...]:
    """The command's keys there now."""
    if where == Where.VIDEO:
        return tuple(own.get(f"{command.id}{VIDEO}", command.video_keys))
    return keys_of(command, own)


def with_keys(own: Own, command: Command, where: Where, keys: tuple[str, ...] | None) -> Own:
    """The setting after the command got these keys there; None gives its first ones back."""
    first = command.video_keys if where == Where.VIDEO else command.keys
    name = f"{command.id}{VIDEO}" if where == Where.VIDEO else command.id
    others = {each: chosen for each, chosen in own.items() if each != name}
    return others if keys is None or keys == first else {**others, name: keys}


def as_at_first(own: Own, command: Command) -> Own:
    """The setting after the command got all its first keys back."""
    return with_keys(with_keys(own, command, Where.TEXT, None), command, Where.VIDEO, None)


def clash(command: Command, where: Where, key: str, own: Own) -> tuple[Command, Where] | None:
    """The other command (or this one elsewhere) that has this key already; None where it is free."""
    for other in COMMANDS:
        for place in Where:
            is_this = other.id == command.id and place == where
            if not is_this and key in held(other, place, own):
                return other, place
    return None


def given(own: Own, command: Command, where: Where, key: str, *, beside: bool) -> Own:
    """The setting after the command got the key, `beside` those that it has or in their place.

    Whoever had it before has it no longer.
    """
    while taken := clash(command, where, key, own):
        other, place = taken
        own = with_keys(own, other, place, tuple(each for each in held(other, place, own) if each != key))
    kept = tuple(each for each in held(command, where, own) if each != key) if beside else ()
    return with_keys(own, command, where, (*kept, key))


def refusal(key: str, where: Where) -> str:
    """Why a key cannot be a command's there, as a sentence; empty where it can."""
    *held_down, last = key.split("+")
    if last == "Tab":
        return _("Tab goes from pane to pane everywhere.")
    if last == "Esc":
        return _("Esc closes what is open everywhere.")
    if last.startswith("dead_"):
        return _("That key waits for a second one on your keyboard: take another.")
    if where == Where.VIDEO:
        return ""
    if set(held_down) <= {"Shift"}:
        return _bare(last)
    if set(held_down) <= {"Mod", "Shift"} and last in _CARET and last not in ("PgUp", "PgDn"):
        return _("That key moves the caret in the text.")
    if held_down == ["Alt"] and any(MENUS[name][at].upper() == last for name, at in LETTERS.items()):
        return _("Alt+{last} opens a menu.").format(last=last)
    return ""


def _bare(last: str) -> str:
    """Without Ctrl or Alt only the keys that neither type nor move the caret are free."""
    is_function_key = last[:1] == "F" and last[1:].isdecimal()
    if is_function_key or last in _FREE or last.startswith("XF86"):
        return ""
    if last in _IN_TEXT or last in _CARET:
        return _("That key works in the text: press it with Ctrl or Alt.")
    return _("A letter alone would type: press it with Ctrl or Alt.")
