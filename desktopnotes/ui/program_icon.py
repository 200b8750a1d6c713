"""The program's icon in title bars and lists of windows."""

from __future__ import annotations

import contextlib
import tkinter

from desktopnotes.storage.paths import assets

_SIZES = (16, 24, 32, 48, 256)
"""A window manager takes what fits: made small by itself, a large one blurs."""


def show_program_icon(root: tkinter.Tk) -> list[tkinter.PhotoImage]:
    """Gives all windows the icon; answers its pictures, which Tk shows only while somebody keeps them."""
    pictures: list[tkinter.PhotoImage] = []
    with contextlib.suppress(tkinter.TclError):  # one that cannot be read is none
        files = [assets() / f"desktopnotes-{size}.png" for size in _SIZES]
        pictures = [tkinter.PhotoImage(master=root, file=file) for file in files]
        root.iconphoto(True, *pictures)
    return pictures
