"""Every view and state of the window on one sheet: `python -m tests.ui.contact_sheet` draws one screen.

Each state (`sheet_states.STATES`) is shown at the usual size, light and dark, and those that tell most on
small and large screens at their densities (`SCENES`) too; each picture is looked through for what is cut off.
They are in `build/screens/states`, and all on one sheet in `build/screens/contact-sheet.png`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tkinter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageGrab

from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.shortened import Shortened
from tests.ui.conftest import Desk, window_manager
from tests.ui.sheet_notebooks import write_all
from tests.ui.sheet_states import STATES, State, open_notebook, settle
from tests.virtual_screen import virtual_screen

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen: its name, its size in pixels, its density (96 is 1x), and the themes it is shown in."""

    name: str
    size: str
    dpi: int
    themes: tuple[str, ...] = ("light", "dark")


USUAL = Scene("usual", "1440x900", 96)
LEAST = Scene("least", "800x600", 96)
SCENES = (
    USUAL,
    LEAST,
    Scene("small", "1024x640", 96, ("light",)),
    Scene("large text", "1440x900", 192, ("dark",)),
    Scene("1.5x", "1920x1200", 144, ("light",)),
    Scene("4K 2x", "3840x2160", 192, ("dark",)),
)
"""All states are shown on the first two of them, the others have those that are shown `everywhere`."""


def states_of(scene: Scene) -> list[State]:
    return [state for state in STATES if scene in (USUAL, LEAST) or state.everywhere]


@contextmanager
def screen(scene: Scene) -> Iterator[str]:
    """A screen of that size and density, with a window manager."""
    with virtual_screen(f"{scene.size}x24") as display:
        os.environ["DISPLAY"] = display
        xprop = ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER"]
        subprocess.run([*xprop, f"Xft.dpi:\t{scene.dpi}\n"], check=True)
        with window_manager():
            yield display


def draw(scene: Scene, folder: Path) -> list[str]:
    """Takes a picture of each state in each theme; answers what was cut off or did not appear."""
    home = Path.home()
    write_all(home)
    Dialog.ask = Dialog.show  # type: ignore[method-assign]  # else it returns only when the dialog is gone
    found: list[str] = []
    with screen(scene) as display:
        subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)  # nothing is under the pointer
        desk = Desk(str(home / "usual.talknotes.json"))
        for theme in scene.themes:
            desk.session.set(theme=theme, hints=False)
            for state in states_of(scene):
                where = f"{scene.name}, {theme}, {state.name}"
                found += [
                    f"{where}: {fault}" for fault in _visit(desk, state, display, folder / f"{where}.png")
                ]
            open_notebook("usual")(desk)
        desk.end()
    return found


def _visit(desk: Desk, state: State, display: str, path: Path) -> list[str]:
    state.show(desk)
    if state.title:
        desk.until(lambda: desk.dialog(state.title), state.name)
    settle(desk)
    found = faults(desk.root)
    picture = ImageGrab.grab(xdisplay=display)
    picture.save(path, compress_level=1)
    picture.thumbnail(_THUMB)
    (path.parent / "small").mkdir(exist_ok=True)
    picture.save(path.parent / "small" / path.name, compress_level=1)
    if state.title:
        desk.dialog(state.title).destroy()
        desk.until(lambda: not desk.dialog(state.title), f"{state.name} is closed")
    state.leave(desk)
    return found


# --- what is wrong with it ---------------------------------------------------------------------------


def faults(root: tkinter.Misc) -> list[str]:
    """Widgets outside of their window, windows outside of the screen, and words that are cut."""
    return [fault for widget in _viewable(root) for fault in _faults_of(widget)]


def _viewable(widget: tkinter.Misc) -> Iterator[Any]:
    if widget.winfo_viewable():
        yield widget
        for child in widget.winfo_children():
            yield from _viewable(child)


def _box(widget: tkinter.Misc) -> tuple[int, int, int, int]:
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()


def _faults_of(widget: Any) -> Iterator[str]:
    if isinstance(widget, tkinter.Menu):
        return
    window = widget.winfo_toplevel()
    is_window = widget is window
    inside, name = _box(widget), f"{widget.winfo_class()} {_words(widget)!r}"
    around = (0, 0, widget.winfo_screenwidth(), widget.winfo_screenheight()) if is_window else _box(window)
    if _scrolls(widget):  # then it may lie above or below what is seen of it
        around = (around[0], inside[1], around[2], inside[3])
    if any(i < a for i, a in zip(inside[:2], around[:2], strict=True)) or any(
        i > a for i, a in zip(inside[2:], around[2:], strict=True)
    ):
        yield f"{name} {inside} is not inside of {around}"
    labelled = isinstance(widget, (ttk.Button, ttk.Label, ttk.Menubutton, ttk.Checkbutton, tkinter.Label))
    if labelled and not isinstance(widget, Shortened) and _words(widget):
        if widget.winfo_width() < widget.winfo_reqwidth() - 1:
            yield f"{name} is cut: {widget.winfo_width()} of {widget.winfo_reqwidth()} px wide"
        if widget.winfo_height() < widget.winfo_reqheight() - 1:
            yield f"{name} is cut: {widget.winfo_height()} of {widget.winfo_reqheight()} px high"


def _scrolls(widget: tkinter.Misc) -> bool:
    """Whether it lies in a column or a text that scrolls."""
    around = widget.master
    while around is not None and not isinstance(around, (tkinter.Canvas, tkinter.Text)):
        around = around.master
    return around is not None


def _words(widget: Any) -> str:
    try:
        return str(widget.cget("text"))[:50]
    except tkinter.TclError:
        return ""


# --- the sheet ---------------------------------------------------------------------------------------

_THUMB = (480, 300)
_GAP, _CAPTION = 16, 28


def join(folder: Path, to: Path) -> None:
    """Puts all pictures on one sheet: a row for each state, its screens light and dark side by side."""
    columns = [(scene, theme) for scene in SCENES for theme in scene.themes]
    width = len(columns) * (_THUMB[0] + _GAP) + _GAP
    height = len(STATES) * (_THUMB[1] + _CAPTION + _GAP) + _GAP
    sheet = Image.new("RGB", (width, height), "#777777")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for row, state in enumerate(STATES):
        for column, (scene, theme) in enumerate(columns):
            if state not in states_of(scene):
                continue
            x, y = _GAP + column * (_THUMB[0] + _GAP), _GAP + row * (_THUMB[1] + _CAPTION + _GAP)
            pen.text((x, y), f"{state.name} ({scene.name}, {theme})", fill="white", font=font)
            name = f"{scene.name}, {theme}, {state.name}.png"
            with Image.open(folder / "small" / name) as picture:
                sheet.paste(picture, (x, y + _CAPTION))
    sheet.save(to, optimize=False, compress_level=1)


def main(name: str, folder: str) -> None:
    """Draws the scene of that name, in a process of its own: Tk keeps its connection to a screen."""
    scene = next(one for one in SCENES if one.name == name)
    print(json.dumps(draw(scene, Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
