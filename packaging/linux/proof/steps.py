"""What is done again and again with the program at a desktop: start it, watch, write, export, leave."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat

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
    """Sees a recording play: the file is open, libVLC loaded, and its picture changes."""
    desk.wait(lambda: holds(process, recording), f"{recording} held open by the program")
    if not has_loaded(process, "libvlc.so"):
        raise FailedError("expected libVLC in the program")
    place = desk.wait(lambda: picture_place(desk), "a picture of the recording")
    first = crop(desk, place)
    desk.wait(lambda: changed(first, crop(desk, place)), "another picture after the first")
    saw(f"{recording} plays: a picture of {place[2]} × {place[3]} that changes")


def picture_place(desk: Desk) -> Place | None:
    """Where libVLC draws: the smallest X window of the recording's form in the program's, if not empty."""
    window = desk.titled(NAME)
    parts = desk.parts(window) if window else []
    fitting = [part for part in parts if part[2] > 200 and abs(part[2] / part[3] - 16 / 9) < 0.03]
    place = min(fitting, key=lambda part: part[2], default=None)
    return None if place is None or is_empty(crop(desk, place)) else place


def crop(desk: Desk, place: Place) -> Image.Image:
    left, top, width, height = place
    return desk.see().crop((left, top, left + width, top + height)).convert("L")


def is_empty(picture: Image.Image) -> bool:
    return ImageStat.Stat(picture).stddev[0] < 5


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
