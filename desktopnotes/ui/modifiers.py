"""What the bits of a key press mean, and where its key lies, on each system that Tk knows; pure tables.

Tk gives X's bits everywhere but lays other keys on them: on Windows bit 3 is Num Lock and Alt a bit of its
own, on macOS bit 3 is Command and bit 4 Option (tkWinX.c, tkMacOSXKeyEvent.c of Tk 8.6).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

SHIFT, CONTROL = 0x1, 0x4


@dataclass(frozen=True, slots=True)
class System:
    """`mod` is the bit of "Mod", `alt` that of "Alt"; `control` that of Ctrl where "Mod" is another key.

    `places` are the keys of a US keyboard by what Tk calls a keycode, `shift_by` how far it is to the right.
    """

    mod: int
    alt: int
    control: int
    places: dict[int, str]
    shift_by: int = 0

    def place(self, keycode: int) -> str:
        """What the key that lies there is called on a US keyboard; "" for any other."""
        return self.places.get(keycode >> self.shift_by, "")


_ROWS = {24: "QWERTYUIOP[]", 38: "ASDFGHJKL", 52: "ZXCVBNM,.", 10: "1234567890"}
_EVDEV = {first + i: name for first, row in _ROWS.items() for i, name in enumerate(row)}

_VIRTUAL = {
    **{ord(name): name for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"},
    0xBC: ",",
    0xBE: ".",
    0xDB: "[",
    0xDD: "]",
}
"""Virtual-key codes of Windows (winuser.h)."""

_ANSI = {
    **dict(zip((12, 13, 14, 15, 17, 16, 32, 34, 31, 35, 33, 30), "QWERTYUIOP[]", strict=True)),
    **dict(zip((0, 1, 2, 3, 5, 4, 38, 40, 37), "ASDFGHJKL", strict=True)),
    **dict(zip((6, 7, 8, 9, 11, 45, 46, 43, 47), "ZXCVBNM,.", strict=True)),
    **dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), "1234567890", strict=True)),
}
"""kVK_ANSI_… of macOS (Carbon's Events.h); Tk has them in the highest byte of a keycode since 8.6.11."""

SYSTEMS = {
    "linux": System(mod=CONTROL, alt=0x8, control=0, places=_EVDEV),
    "win32": System(mod=CONTROL, alt=0x20000, control=0, places=_VIRTUAL),
    "darwin": System(mod=0x8, alt=0x10, control=CONTROL, places=_ANSI, shift_by=24),
}

HERE = SYSTEMS.get(sys.platform, SYSTEMS["linux"])

_MAC_SIGNS = {"Ctrl": "⌃", "Alt": "⌥", "Shift": "⇧", "Mod": "⌘"}
"""In the order in which a Mac writes them before the key."""


def as_on_a_mac(parts: list[str]) -> str:
    """A chord as menus of macOS write it: ⇧⌘T."""
    *held, key = parts
    return "".join(sign for name, sign in _MAC_SIGNS.items() if name in held) + key
