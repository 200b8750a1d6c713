"""Formatted text on the clipboard, with plain text beside it: who pastes takes the better.

Under X11 alone: there a selection has a form for each name that it is asked for, and Tk can serve any. On
Windows and macOS Tk knows plain text only, which then is all there is.
"""

from __future__ import annotations

import tkinter


def put(root: tkinter.Misc, html: str, text: str) -> bool:
    """Puts both on the clipboard; whether the formatted one is there too."""
    root.clipboard_clear()
    root.clipboard_append(text)
    if root.tk.call("tk", "windowingsystem") != "x11":
        return False
    # Written in ASCII: Tk hands over something large in pieces and spoils an emoji that would be cut in two
    # (seen with Tk 8.6.13, by xclip and Tk alike); and nobody need guess what letters the bytes mean.
    ascii_html = html.encode("ascii", "xmlcharrefreplace").decode("ascii")
    root.clipboard_append(ascii_html, type="text/html", format="UTF8_STRING")
    return True
