"""What is done again and again with the program at a desktop: start it, watch, write, export, leave."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat

from proof import recording as recordings
from proof.desk import Desk, FailedError
from proof.program import has_loaded, holds, notes_of, processes

NAME, CATEGORY = "Desktop Notes", "Multimedia"
LISTEN_S = 4.5
"""So long the talk plays before a note: its stamp is two seconds back, and shall not be 0."""

Place = tuple[int, int, int, int]


def saw(sentence: str) -> None:
    print(f"✓ {sentence}", flush=True)


def sample() -> Path:
    """The user's copy of the sample, which the first start makes."""
    found = Path.home().glob(".local/share/desktopnotes/sample/*.talknotes.json")
    return next(iter(found), Path("no copy of the sample"))


def start_from_menu(desk: Desk, picture: str = "") -> int:
    """The process of the program."""
    desk.choose_in_menu(CATEGORY, NAME, picture)
    begun = time.monotonic()
    desk.wait(lambda: desk.titled(NAME), "the program's window")
    took_s = time.monotonic() - begun
    process = desk.wait(processes, "a process of the program")[0]
    saw(f"right click, {CATEGORY}, {NAME}: the window came {took_s:.1f} s after the last click")
    return process


def watch(desk: Desk, process: int, recording: str) -> None:
    """Sees a recording play, and says so."""
    _, _, width, height = follow(desk, process, recording)
    saw(f"{recording} plays: on {width} × {height} pixels one of its own pictures follows another")


def follow(desk: Desk, process: int, recording: str) -> Place:
    """Where a recording plays: one of its pictures follows another."""
    path, place = see_picture(desk, process, recording)
    first = crop(desk, place)

    def goes_on() -> bool:
        now = crop(desk, place)
        return changed(first, now) and recordings.is_of(path, now)

    desk.wait(goes_on, "another picture of the recording after the first")
    return place


def see_picture(desk: Desk, process: int, recording: str) -> tuple[str, Place]:
    """The recording's file, which is open, and where libVLC shows a picture of it."""
    path = desk.wait(lambda: holds(process, recording), f"{recording} held open by the program")
    if not has_loaded(process, "libvlc.so"):
        raise FailedError("expected libVLC in the program")
    return path, desk.wait(lambda: picture_place(desk, path), f"a picture of {recording}")


def picture_place(desk: Desk, path: str) -> Place | None:
    """Where a picture of that recording is: the largest X window of its form in the program's that shows one.

    Tk gives its X windows no names, and libVLC may draw right into one of them, so the picture itself tells.
    The largest may be a frame round another, which is taken then.
    """
    window = desk.titled(NAME)
    parts = desk.parts(window) if window else []
    fitting = [part for part in parts if part[2] > 200 and abs(part[2] / part[3] - 16 / 9) < 0.03]
    showing = [part for part in fitting if recordings.is_of(path, crop(desk, part))]
    widest = max((part[2] for part in showing), default=0)
    return min((part for part in showing if part[2] > 0.95 * widest), key=lambda part: part[2], default=None)


def crop(desk: Desk, place: Place) -> Image.Image:
    left, top, width, height = place
    return desk.see().crop((left, top, left + width, top + height)).convert("L")


def changed(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).point(lambda value: 255 * (value > 40)).getbbox() is not None


def write(desk: Desk, notebook: Path, text: str, *first: str) -> int:
    """Types a note while the talk plays; returns its stamp in ms, as it stands in the file."""
    desk.take_focus(NAME)
    time.sleep(LISTEN_S)  # the talk plays meanwhile; nothing is waited for
    return int(write_note(desk, notebook, text, *first)["at_ms"])


def write_note(desk: Desk, notebook: Path, text: str, *first: str) -> dict[str, Any]:
    """Types a note; returns it, as it stands in the file."""
    desk.take_focus(NAME)
    if first:
        desk.press(*first)
    desk.type(text)
    desk.press("Return")

    def written() -> dict[str, Any] | None:
        return next((note for note in notes_of(notebook) if note["text"] == text), None)

    return desk.wait(written, f"“{text}” in {notebook.name}")


def export(desk: Desk, post: Path) -> str:
    """Exports by Ctrl+E to a path that is typed into the dialog; returns the Markdown."""
    desk.press("ctrl+e")
    desk.take_focus("Export")
    desk.shoot("3-export")
    desk.press("Home", "shift+End")
    desk.type(str(post))
    desk.press("Return")
    desk.wait(post.is_file, f"the post in {post}")
    desk.take_focus(NAME)
    return post.read_text(encoding="utf-8")


def run_command(desk: Desk, words: str) -> None:
    """Runs a command of the program by a part of its name."""
    desk.take_focus(NAME)
    desk.press("ctrl+shift+p")
    desk.take_focus("Find a Command")
    desk.type(words)
    desk.press("Return")


def messages(desk: Desk) -> str:
    """What the status line has said, copied from its window by keys."""
    run_command(desk, "Messages")
    desk.take_focus("Messages")
    desk.press("ctrl+a", "ctrl+c")
    said = desk.wait(lambda: clipboard(desk), "the messages on the clipboard")
    desk.press("Escape")
    desk.take_focus(NAME)
    return said


def clipboard(desk: Desk) -> str:
    paste = "import tkinter; print(tkinter.Tk(className='Proof').clipboard_get())"
    return desk.run("/usr/bin/python3", "-c", paste, may_fail=True).strip()


def is_dark(desk: Desk) -> bool:
    """Judged by the left sixth, the list of talks: a video can be dark in a light window."""
    screen = desk.see().convert("L")
    return ImageStat.Stat(screen.crop((0, 60, screen.width // 6, screen.height))).median[0] < 100


def leave(desk: Desk, told: str = "Ctrl+Q: the program ended") -> None:
    desk.take_focus(NAME)
    desk.press("ctrl+q")
    desk.wait(lambda: not processes(), "no process of the program after Ctrl+Q")
    if told:
        saw(told)
