"""The list of keys for the user, `docs/keys.md`, written from the table of commands."""

from __future__ import annotations

from desktopnotes.commands import COMMANDS, MENUS
from desktopnotes.commands.chosen_keys import Where, held
from desktopnotes.ui import keys

HEAD = """# Keys

What each command does, and its first keys: in the text they work from anywhere in the window, on the video
while the picture or the time line has the focus. Nothing typed as text drives the player. F1 shows this list
with your own keys, and changes them.
"""


def markdown() -> str:
    """The whole page: a table for each menu; commands without a key are in the menu and the palette."""
    lines = [HEAD]
    for menu, title in MENUS.items():
        lines += [
            f"## {title}",
            "",
            "| command | in the text | on the video | what it does |",
            "|---|---|---|---|",
        ]
        for command in COMMANDS:
            if command.menu == menu:
                text, video = (
                    ", ".join(_code(keys.shown(key)) for key in held(command, where, {})) for where in Where
                )
                lines.append(f"| {command.label} | {text} | {video} | {command.help} |")
        lines.append("")
    return "\n".join(lines)


def _code(key: str) -> str:
    return f"`{key}`"
