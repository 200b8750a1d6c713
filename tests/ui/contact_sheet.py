"""Every view and state of the window on one sheet: `python -m tests.ui.contact_sheet` draws one screen.

A state is a line in `STATES`: its name, what brings the window into it and what leaves it again. Each is
shown on small and large screens at their densities (`SCENES`), light and dark, and looked through for what is
cut off. The sheet with all of them is `build/screens/contact-sheet.png`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tkinter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tkinter import ttk
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageGrab

from desktopnotes.actions import file
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.screen import Offer
from desktopnotes.storage import codec
from desktopnotes.ui.shortened import Shortened
from tests.ui.conftest import RECORDING_MS, Desk, window_manager
from tests.virtual_screen import virtual_screen

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen: its name, its size in pixels, its density (96 is 1x), and the themes it is shown in."""

    name: str
    size: str
    dpi: int
    themes: tuple[str, ...] = ("light", "dark")


SCENES = (
    Scene("small", "1024x640", 96, ("light",)),
    Scene("usual", "1440x900", 96),
    Scene("1.5x", "1920x1200", 144, ("dark",)),
    Scene("4K 2x", "3840x2160", 192),
)


@dataclass(frozen=True, slots=True)
class State:
    """`show` brings the window into it; `title` is that of the dialog it opens, which is closed after it."""

    name: str
    show: Callable[[Desk], object]
    title: str = ""
    leave: Callable[[Desk], object] = lambda desk: None


def part(name: str) -> Callable[[Desk], object]:
    """Opens a part of the window by its name (see `ui/parts.py`)."""
    return lambda desk: desk.window.show(part=name)


def _write(desk: Desk) -> None:
    desk.session.open_talk("talk1")
    desk.window.page.text.focus_force()
    desk.window.page.put_blank(desk.window.page.last_id)
    desk.window.page.text.insert("insert", "Written just now")


def _go_to(talk_id: str) -> Callable[[Desk], None]:
    return lambda desk: desk.session.open_talk(talk_id)


def _preferences(group: int) -> Callable[[Desk], None]:
    def show(desk: Desk) -> None:
        desk.window.show("preferences")
        dialog = desk.dialog("Preferences")
        dialog.book.select(group)

    return show


def _waits_for_key(desk: Desk) -> None:
    from desktopnotes.commands.chosen_keys import Where

    desk.window.show("keys")
    page = desk.dialog("Keys").list
    page.tree.selection_set("notes.restamp")
    page.wait(Where.TEXT)
    page.waiting._try("Mod+T")


def _palette(desk: Desk) -> None:
    desk.window.show("palette")
    desk.dialog("Find a Command").words.set("note")


def _hint(desk: Desk) -> None:
    from desktopnotes.actions import hints

    desk.window.hints.look = lambda: None  # type: ignore[method-assign]
    desk.window.hints._show(hints.HINTS[4])


def _long_message(desk: Desk) -> None:
    words = (
        "“A Talk with Quite a Long Title” does not play: its page asks you to sign in. Your notes are safe. "
    )
    desk.window.tell(words + "Download it with your own browser.", Offer("Open Its Page", lambda: None))


def _leave_full_screen(desk: Desk) -> None:
    """The window has its menu and its size again some moments later."""
    desk.window.show("full screen")
    desk.until(lambda: desk.root.cget("menu"), "the menu is back")
    _settle(desk)


def _full_screen(desk: Desk) -> None:
    desk.window.show("full screen")
    desk.until(lambda: desk.root.winfo_height() == desk.root.winfo_screenheight(), "it fills the screen")


def _open(name: str) -> Callable[[Desk], None]:
    return lambda desk: file.open_path(desk.session, Path.home() / f"{name}.talknotes.json")


STATES: tuple[State, ...] = (
    State("notes", _write),
    State("write-up", lambda desk: desk.window.write_up.text.focus_force()),
    State("hint", _hint, leave=lambda desk: desk.window.hints._show(None)),
    State("message", _long_message, leave=lambda desk: desk.window.status._clear()),
    State("palette", _palette, "Find a Command"),
    State("keys", part("keys"), "Keys"),
    State("clash of keys", _waits_for_key, "Keys"),
    State("preferences: writing", _preferences(0), "Preferences"),
    State("preferences: looks", _preferences(2), "Preferences"),
    State("preferences: posts", _preferences(3), "Preferences"),
    State("preferences: web", _preferences(4), "Preferences"),
    State("preferences: keys", _preferences(5), "Preferences"),
    State("messages", part("messages"), "Messages"),
    State("post", part("post"), "Title and Introduction"),
    State("about", part("about"), "Desktop Notes"),
    State("focus mode", part("focus mode"), leave=part("focus mode")),
    State("full screen", _full_screen, leave=_leave_full_screen),
    State("no notes yet", _go_to("talk2")),
    State("300 talks, long titles", _open("many")),
    State("no talk", _open("none")),
)


# --- what is shown -----------------------------------------------------------------------------------


def notebooks() -> dict[str, Notebook]:
    """What the states are shown on, by the names of their files."""
    long = (
        "On the Long and Winding Road from One Monolith to Four Hundred Services and Back Again, with Figures"
    )
    speakers = tuple(f"Speaker With a Name {number}" for number in range(1, 9))
    texts = ("A sidecar at both ends: traffic in and out is under the same rules.", "Route by meaning #mesh")
    notes = tuple(
        Note(f"note{i}", at_ms=i * 25_000, text=texts[i % 2], kind="quote" if i % 5 == 2 else "thought")
        for i in range(1, 25)
    )
    first = Talk(
        "talk1",
        title="Istio: Weaving the Service Mesh",
        speakers=("A. Speaker", "B. Speaker"),
        url="https://example.org/watch",
        file="talk.mp4",
        duration_ms=RECORDING_MS,
        state="watching",
        notes=notes,
        write_up="The mesh works a layer up: it knows the request, not just the packet.",
    )
    second = Talk("talk2", title="Cloud Native at Work", file="talk.mp4", duration_ms=RECORDING_MS)
    many = tuple(
        replace(first, id=f"talk{i}", title=f"{i}. {long}", speakers=speakers, notes=notes[: i % 25])
        for i in range(1, 301)
    )
    post = Post("post1", title="Part 1", talks=("talk1",))
    return {
        "usual": Notebook("book1", title="KubeCon 2017", talks=(first, second), posts=(post,)),
        "many": Notebook("book2", title=f"A Conference {long}", talks=many, posts=(post,)),
        "none": Notebook("book3", title="My Talks"),
    }


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
    (home / "talk.mp4").write_bytes(b"the fake player does not mind")
    for name, notebook in notebooks().items():
        (home / f"{name}.talknotes.json").write_bytes(codec.encode(notebook))
    found: list[str] = []
    with screen(scene) as display:
        desk = Desk(str(home / "usual.talknotes.json"))
        for theme in scene.themes:
            desk.session.set(theme=theme, hints=False)
            for state in STATES:
                where = f"{scene.name}, {theme}, {state.name}"
                found += [
                    f"{where}: {fault}" for fault in _visit(desk, state, display, folder / f"{where}.png")
                ]
            _open("usual")(desk)
        desk.end()
    return found


def _visit(desk: Desk, state: State, display: str, path: Path) -> list[str]:
    state.show(desk)
    if state.title:
        desk.until(lambda: desk.dialog(state.title), state.name)
    _settle(desk)
    found = faults(desk.root)
    picture = ImageGrab.grab(xdisplay=display)
    picture.save(path, compress_level=1)
    if state.title:
        desk.dialog(state.title).destroy()
        desk.until(lambda: not desk.dialog(state.title), f"{state.name} is closed")
    state.leave(desk)
    return found


def _settle(desk: Desk) -> None:
    """Until nothing is waiting to be drawn for three rounds of the window."""
    for _ in range(3):
        done: list[bool] = []
        desk.root.after(25, lambda done=done: done.append(True))  # type: ignore[misc]
        desk.until(lambda done=done: done, "a round")  # type: ignore[misc]


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


def _words(widget: Any) -> str:
    try:
        return str(widget.cget("text"))[:50]
    except tkinter.TclError:
        return ""


# --- the sheet ---------------------------------------------------------------------------------------

_THUMB = (640, 400)
_GAP, _CAPTION = 16, 28


def join(folder: Path, to: Path) -> None:
    """Puts all pictures on one sheet: a row for each state, its screens light and dark side by side."""
    columns = [f"{scene.name}, {theme}" for scene in SCENES for theme in scene.themes]
    width = len(columns) * (_THUMB[0] + _GAP) + _GAP
    height = len(STATES) * (_THUMB[1] + _CAPTION + _GAP) + _GAP
    sheet = Image.new("RGB", (width, height), "#777777")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for row, state in enumerate(STATES):
        for column, screen_name in enumerate(columns):
            x, y = _GAP + column * (_THUMB[0] + _GAP), _GAP + row * (_THUMB[1] + _CAPTION + _GAP)
            pen.text((x, y), f"{state.name} ({screen_name})", fill="white", font=font)
            with Image.open(folder / f"{screen_name}, {state.name}.png") as picture:
                picture.thumbnail(_THUMB)
                sheet.paste(picture, (x, y + _CAPTION))
    sheet.save(to, optimize=False, compress_level=6)


def main(name: str, folder: str) -> None:
    """Draws the scene of that name, in a process of its own: Tk keeps its connection to a screen."""
    scene = next(one for one in SCENES if one.name == name)
    print(json.dumps(draw(scene, Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
