"""The text of a menu entry for a program at one place, as the Desktop Entry Specification wants it."""

from __future__ import annotations

from collections.abc import Sequence

MARK = "X-DesktopNotes-Installed"
"""A key that tells an entry of ours from one that a package or the user put there."""

_RESERVED = frozenset(" \t\n\r\"'\\><~|&;$*?#()`=")
"""What an argument has to be quoted for; "=" too, for some read a first word with it as a variable."""

_BY_A_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')

_ESCAPED = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def for_program(entry: str, command: Sequence[str], folder: str = "") -> str:
    """The shipped entry, or one of ours, with `command`; it runs in `folder`, where that is named.

    An entry whose program is gone shows itself in no menu (`TryExec`). What is handed to the command is one
    word: %U, or an option.
    """
    lines = []
    for line in entry.splitlines():
        key, _, value = line.partition("=")
        if key in ("TryExec", "Path", MARK):
            continue
        lines.append(f"Exec={_exec(command)} {value.rpartition(' ')[2]}" if key == "Exec" else line)
        if line == "[Desktop Entry]":
            lines.append(f"TryExec={_string(command[0])}")
            if folder:
                lines.append(f"Path={_string(folder)}")
            lines.append(f"{MARK}=true")
    return "".join(f"{line}\n" for line in lines)


def is_ours(entry: str) -> bool:
    return f"{MARK}=true" in entry.splitlines()


def is_as_shipped(entry: str) -> bool:
    """Whether it starts the program by its bare name, as no entry of ours does and no one's own needs to."""
    calls = [line.split() for line in entry.splitlines() if line.startswith("Exec=")]
    return bool(calls) and all(words[0] == "Exec=desktopnotes" and len(words) == 2 for words in calls)


def _exec(command: Sequence[str]) -> str:
    """The words, quoted as arguments, their percent signs doubled, and then escaped as any string is.

    GLib looks for the first word's file before it reads "%%" as "%", so such a word must not be the first.
    A shell hands on to it then; env would take a name with "=" for a variable.
    """
    words = [*_BY_A_SHELL, *command] if "%" in command[0] else [*command]
    return _string(" ".join(_argument(word) for word in words).replace("%", "%%"))


def _argument(word: str) -> str:
    if word and not _RESERVED & set(word):
        return word
    return '"' + "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word) + '"'


def _string(value: str) -> str:
    escaped = "".join(_ESCAPED.get(sign, sign) for sign in value)
    return f"\\s{escaped[1:]}" if escaped.startswith(" ") else escaped
