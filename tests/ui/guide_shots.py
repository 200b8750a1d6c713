"""The pictures of the guide, taken in tests that have the window before them, with UPDATE_PICTURES=1.

Those of another language lie beside the English ones, where they differ.
"""

from __future__ import annotations

import os
import tkinter
from typing import Any

from PIL import Image, ImageGrab

from desktopnotes.ui import guide_text
from desktopnotes.ui.guide_pictures import own_file
from desktopnotes.words import LANGUAGE, _
from tests.ui.conftest import Desk
from tests.ui.sheet_states import settle

SMALL = "1080x680"
"""Of the window, so that its words can still be read in a picture of it."""

WIDEST = 660


def keep(picture: Image.Image, name: str, theme: str) -> None:
    """Writes a picture of the guide, no wider than its page is at first."""
    if picture.width > WIDEST:
        size = WIDEST, round(picture.height * WIDEST / picture.width)
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    file = own_file(guide_text.folder(), name, theme, LANGUAGE)
    picture.quantize(96).save(file, optimize=True)
    english = own_file(guide_text.folder(), name, theme, "en")
    if file != english and file.read_bytes() == english.read_bytes():  # no word of the window is in it
        file.unlink()


def grabbed(widget: Any, screen: str, *, above: int = 0, wide: int = 0, high: int = 0) -> Image.Image:
    """A widget as it stands on the screen; `above` is what is taken of what lies over it."""
    x, y = widget.winfo_rootx(), widget.winfo_rooty() - above
    size = wide or widget.winfo_width(), high or widget.winfo_height() + above
    return ImageGrab.grab((x, y, x + size[0], y + size[1]), xdisplay=screen)


def of_the_notes(desk: Desk, screen: str, theme: str) -> None:
    """The window, its notes, and the palette."""
    if not os.environ.get("UPDATE_PICTURES"):
        return
    before = desk.root.geometry()
    desk.session.set(hints=False)
    desk.window.hints._show(None)
    desk.window.status.tell("")
    _resize(desk, SMALL)
    desk.until(lambda: desk.window.page.shown_pictures, "the picture of a note")
    settle(desk)
    keep(grabbed(desk.root, screen), "window", theme)
    _resize(desk, before)
    desk.window.page.text.yview_moveto(0)
    settle(desk)
    keep(grabbed(desk.window.page, screen, high=400), "notes", theme)
    desk.press("ctrl+shift+p")
    desk.until(lambda: desk.dialog("Find a Command"), "the palette")
    desk.type(_("a stamp").split()[-1])
    settle(desk)
    keep(grabbed(desk.dialog("Find a Command"), screen), "palette", theme)
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Find a Command"), "it is closed")


def of_the_post(desk: Desk, screen: str, theme: str) -> None:
    if os.environ.get("UPDATE_PICTURES"):
        before = desk.root.geometry()
        _resize(desk, SMALL)
        keep(grabbed(desk.root, screen), "post", theme)
        _resize(desk, before)


def _resize(desk: Desk, geometry: str) -> None:
    root: tkinter.Tk = desk.root
    root.attributes("-zoomed", False)
    root.geometry(geometry)
    width = int(geometry.split("x")[0])
    desk.until(lambda: root.winfo_width() == width, "the other size")
    settle(desk)
    settle(desk)
