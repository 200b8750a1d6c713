"""From a key press to a command: one KeyPress binding for all keys, on every widget of the main window.

Tk's own patterns fail with Caps Lock, on Russian layouts and where Ctrl+Alt types a letter (look.md), so a
press is read into a chord such as "Mod+Shift+T" here and looked up in the table of commands.
"""

from __future__ import annotations

import sys
import time
import tkinter
from collections.abc import Callable, Iterable, Mapping
from tkinter import ttk

from desktopnotes.commands import COMMANDS, Command, keys_of
from desktopnotes.commands.chosen_keys import Where, held
from desktopnotes.session import Session
from desktopnotes.ui.modifiers import HERE, SHIFT, System, as_on_a_mac
from desktopnotes.words import _

TAG = "DesktopNotesKeys"
"""The bind tag that stands first on every widget of the main window, before Tk's class bindings."""

_NAMES = {
    "Return": "Enter",
    "KP_Enter": "Enter",
    "space": "Space",
    "KP_Space": "Space",
    "Escape": "Esc",
    "BackSpace": "Backspace",
    "Prior": "PgUp",
    "Next": "PgDn",
    "KP_Prior": "PgUp",
    "KP_Next": "PgDn",
    "KP_Left": "Left",
    "KP_Right": "Right",
    "KP_Up": "Up",
    "KP_Down": "Down",
    "KP_Add": "Plus",
    "KP_Subtract": "-",
    "ISO_Left_Tab": "Tab",
    "comma": ",",
    "period": ".",
    "bracketleft": "[",
    "bracketright": "]",
    "backslash": "\\",
    "plus": "Plus",
    "minus": "-",
    "equal": "=",
    "slash": "/",
    "semicolon": ";",
    "colon": ":",
    "apostrophe": "'",
    "quotedbl": '"',
    "grave": "`",
    "less": "<",
    "greater": ">",
    "underscore": "_",
    "asterisk": "*",
    "question": "?",
    "exclam": "!",
    "at": "@",
    "numbersign": "#",
    "dollar": "$",
    "percent": "%",
    "ampersand": "&",
    "parenleft": "(",
    "parenright": ")",
    "braceleft": "{",
    "braceright": "}",
    "bar": "|",
    "asciitilde": "~",
    "asciicircum": "^",
    "section": "§",
}

_TYPED_WITH_SHIFT = ("Plus", "XF86AudioPause")
"""X has Pause on a key of its own, as headsets send it, and on Shift of the key Play, too."""

_EVENT_TIME_LIMIT_MS = 60_000


def chord(keysym: str, keycode: int, state: int, system: System = HERE) -> str:
    """The name of a press, such as "Mod+Shift+T", "Alt+Left", "F4" or "A"; "" for a modifier alone.

    Caps Lock and Num Lock do not count. On a layout without Latin letters the place of the key decides.
    """
    key = _key(keysym, keycode, system)
    if not key:
        return ""
    if _is_digit_of_azerty(key, keycode, state):
        key = system.place(keycode)
    parts = []
    if state & system.mod:
        parts.append("Mod")
    if state & system.control:
        parts.append("Ctrl")
    if state & system.alt:
        parts.append("Alt")
    if state & SHIFT and _has_shifted_form(key):
        parts.append("Shift")
    return "+".join([*parts, key])


def _is_digit_of_azerty(key: str, keycode: int, state: int) -> bool:
    """Whether it is a key of the row of digits that gives its digit with Shift only, as in France.

    Nobody thinks of Shift where a digit is pressed with Ctrl. Ctrl+- (smaller text) stays what it is.
    """
    if sys.platform != "linux" or state & SHIFT or not state & (HERE.mod | HERE.alt) or key.isdecimal():
        return False
    digit = HERE.place(keycode)
    return digit.isdecimal() and (key != "-" or bool(state & HERE.alt))


def _has_shifted_form(key: str) -> bool:
    """Whether Shift makes another chord of a key: of a sign such as "+" it is only how it is typed."""
    return key.isalpha() if len(key) == 1 else key not in _TYPED_WITH_SHIFT


def _key(keysym: str, keycode: int, system: System) -> str:
    if keysym in _NAMES:
        return _NAMES[keysym]
    if len(keysym) == 1 and keysym.isascii():
        return keysym.upper()
    if keysym.endswith(("_L", "_R", "_Lock", "_Shift")) or keysym in ("Mode_switch", "Multi_key", "??"):
        return ""
    if keysym.startswith(
        ("Cyrillic_", "Ukrainian_", "Greek_", "hebrew_", "Arabic_", "Serbian_", "Macedonia_")
    ):
        return system.place(keycode) or keysym
    return keysym


_SHOWN = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Plus": "+", "Space": _("Space")}

_MEDIA = {
    "XF86AudioForward": _("Media Forward"),
    "XF86AudioNext": _("Media Next"),
    "XF86AudioPause": _("Media Pause"),
    "XF86AudioPlay": _("Media Play"),
    "XF86AudioPrev": _("Media Previous"),
    "XF86AudioRewind": _("Media Rewind"),
    "XF86AudioStop": _("Media Stop"),
}


def shown(keys: str, *, on_a_mac: bool = sys.platform == "darwin") -> str:
    """How a chord is written for the user: Ctrl+Shift+T, ⇧⌘T on macOS; arrows as arrows."""
    if keys.startswith("XF86"):
        return _MEDIA.get(keys, keys.removeprefix("XF86"))
    parts = [_SHOWN.get(word, word) for word in keys.split("+")]
    if on_a_mac:
        return as_on_a_mac(parts)
    return "+".join("Ctrl" if part == "Mod" else part for part in parts)


def moment_s(event_time_ms: int, now_s: float) -> float:
    """When a key was pressed, from X's own time: on a local server the monotonic clock in ms, 32 bits wide.

    X rounds down, so it was pressed within the ms that follows, and before now: the middle is taken. Off by
    more than a minute (another machine's server, no time given) it is not believed: then it is now.
    """
    now_ms = int(now_s * 1000)
    age_ms = (now_ms - event_time_ms) % (1 << 32)
    if event_time_ms <= 0 or age_ms >= _EVENT_TIME_LIMIT_MS:
        return now_s
    told_s = (now_ms - age_ms) / 1000
    return (told_s + min(told_s + 0.001, now_s)) / 2


class Keys:
    """Looks presses up and runs their commands; knows when the key being handled was pressed."""

    def __init__(
        self,
        root: tkinter.Tk,
        session: Callable[[], Session],
        run: Callable[[Command], None],
        on_video: Callable[[tkinter.Misc, str], bool],
        in_field: Callable[[tkinter.Misc], bool],
        before_key: Callable[[], None],
        close: Callable[[], bool],
    ) -> None:
        """`on_video`: a press belongs to the video or the time line; `in_field`: a field of no notebook.

        `close` closes what is open, and says whether anything was: Esc does that first.
        """
        self._root = root
        self._session = session
        self._run = run
        self._on_video = on_video
        self._in_field = in_field
        self._before_key = before_key
        self._close = close
        self._pressed_s: float | None = None
        self._commands: dict[str, Command] = {}
        self._video_commands: dict[str, Command] = {}
        self.reload({})
        root.bind_class(TAG, "<KeyPress>", self._on_press)

    def reload(self, changed: Mapping[str, tuple[str, ...]]) -> None:
        """Takes the user's own keys; where two commands want one key, the first in the table has it."""
        self._commands, self._video_commands = {}, {}
        for command in COMMANDS:
            for keys in keys_of(command, changed):
                self._commands.setdefault(keys, command)
            for keys in held(command, Where.VIDEO, changed):
                self._video_commands.setdefault(keys, command)

    def watch(self, widgets: Iterable[tkinter.Misc]) -> None:
        """Puts the tag first on these widgets and on all below them."""
        for widget in widgets:
            tags = widget.bindtags()
            if TAG not in tags:
                widget.bindtags((TAG, *tags))
            self.watch(widget.winfo_children())

    def moment_s(self) -> float:
        """When the key being handled was pressed; outside of a press, now."""
        return time.monotonic() if self._pressed_s is None else self._pressed_s

    def _on_press(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        self._before_key()
        self._pressed_s = moment_s(event.time, time.monotonic())
        self._root.after_idle(self._forget)
        keys = chord(event.keysym, event.keycode, state_of(event))
        if keys == "Esc" and not self._in_field(event.widget) and self._close():
            return "break"
        if keys in getattr(event.widget, "own_keys", ()):
            return None
        command = self._commands.get(keys)
        if keys in self._video_commands and self._on_video(event.widget, keys):
            command = self._video_commands[keys]
        if command is None:
            return None
        if self._in_field(event.widget) and (command.field_keys_win or keys in ("Esc", "Enter")):
            return None
        if command.enabled(self._session()):
            self._run(command)
        return "break"

    def _forget(self) -> None:
        self._pressed_s = None


def is_other_field(widget: tkinter.Misc) -> bool:
    """Whether it is a field that is no part of the notebook, such as those of finding."""
    return isinstance(widget, ttk.Entry) and not getattr(widget, "is_in_notebook", False)


def state_of(event: tkinter.Event[tkinter.Misc]) -> int:
    """The modifiers of a press as X's bits."""
    return event.state if isinstance(event.state, int) else 0
