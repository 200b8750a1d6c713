"""Real drops: files are dragged by the mouse out of real file managers onto the real window.

`python -m tests.real_drops [pcmanfm | thunar]` runs it on a screen of its own, prints a line for each drop,
and leaves pictures in `build/drops`. It ends with 0 only if each was seen to arrive. It needs both file
managers, which `./test` does without: `apt-get install --no-install-recommends pcmanfm thunar`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageGrab

from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from tests.conftest import THE_USERS_OWN, _live_in
from tests.session_bus import session_bus
from tests.ui.conftest import Desk, talk_with, window_manager
from tests.virtual_screen import virtual_screen

RESULTS = Path(__file__).resolve().parent.parent / "build" / "drops"
MANAGERS = {"pcmanfm": ("pcmanfm", "--new-win"), "thunar": ("thunar",)}
LEFT, WIDTH, HEIGHT = 0, 620, 560

SRT = "1\n00:00:01,000 --> 00:00:02,000\nhello\n"


class Stage:
    """A folder that a file manager shows at the left, the window of the program at the right."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebook = folder / "notes" / "event.talknotes.json"
        self.notebook.parent.mkdir()
        self.notebook.write_bytes(codec.encode(Notebook("book", title="An Event", talks=(talk_with("ten"),))))
        self.desk = Desk(str(self.notebook))
        self.desk.root.geometry("860x900+630+0")
        self.desk.until(lambda: self.desk.root.tk.call("bind", ".", "<<Drop>>"), "drops are taken")

    def dropped(
        self, manager: str, files: dict[str, bytes], target: Any, arrived: Callable[[], object], picture: str
    ) -> float:
        """Drags all the files at once to the middle of a widget; the seconds until they had arrived."""
        shown = Path(tempfile.mkdtemp(dir=self.folder, prefix="some files "))
        for name, content in files.items():
            path = shown / name
            if name.endswith("/"):
                path.mkdir()
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
        with file_manager(manager, shown, self.desk) as window:
            start = self._icon(window)
            x = target.winfo_rootx() + target.winfo_width() // 2
            y = target.winfo_rooty() + target.winfo_height() // 2
            self._mouse("mousemove", *start, "mousedown", 1, "sleep", 0.3)
            for step in range(1, 26):
                self._mouse(
                    *("mousemove", start[0] + (x - start[0]) * step // 25),
                    *(start[1] + (y - start[1]) * step // 25, "sleep", 0.03),
                )
            self._mouse("mousemove", x + 1, y, "sleep", 0.4)
            ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(RESULTS / f"{picture}.png")
            let_go_s = time.monotonic()
            self._mouse("mouseup", 1)
            self.desk.until(arrived, f"{picture}: the drop", 15)
            return time.monotonic() - let_go_s

    def _icon(self, window: str) -> tuple[int, int]:
        """The middle of the first icon: what changes when all is selected is an icon."""
        self._wait(1.0)
        run(self.desk, "xdotool", "windowfocus", "--sync", window, "key", "Escape")
        self._wait(0.5)
        before = self._left_half()
        run(self.desk, "xdotool", "key", "--window", window, "ctrl+a")
        run(self.desk, "xdotool", "key", "ctrl+a")
        self._wait(0.7)
        # Below the bars, and above the line at the foot, which counts what is selected.
        area = (150, 90, WIDTH, HEIGHT - 40)
        changed = ImageChops.difference(before.crop(area), self._left_half().crop(area)).convert("L")
        box = changed.point(lambda value: 255 if value > 24 else 0).getbbox()
        if box is None:
            self._left_half().save(RESULTS / "no-icon.png")
            raise AssertionError("nothing could be selected in the file manager")
        return area[0] + box[0] + min(40, (box[2] - box[0]) // 2), area[1] + box[1] + 30

    @staticmethod
    def _left_half() -> Image.Image:
        return ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).crop((LEFT, 0, WIDTH, HEIGHT)).convert("RGB")

    def _wait(self, for_s: float) -> None:
        deadline_s = time.monotonic() + for_s
        self.desk.until(lambda: time.monotonic() > deadline_s, "some time")

    def _mouse(self, *words: object) -> None:
        run(self.desk, "xdotool", *map(str, words))


def run(desk: Desk, *command: str) -> str:
    caller = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    desk.until(lambda: caller.poll() is not None, f"the end of {command}")
    assert caller.stdout is not None
    with caller.stdout as output:
        return output.read().strip()


@contextmanager
def file_manager(name: str, folder: Path, desk: Desk) -> Iterator[str]:
    """The X window of a file manager that shows the folder at the left of the screen."""
    quiet = subprocess.DEVNULL
    manager = subprocess.Popen([*MANAGERS[name], str(folder)], stdout=quiet, stderr=quiet)
    try:
        found: list[str] = []

        def seen() -> bool:
            found[:] = run(desk, "xdotool", "search", "--onlyvisible", "--name", folder.name).split()
            return bool(found)

        desk.until(seen, f"the window of {name}", 20)
        run(
            desk,
            "xdotool",
            "windowmove",
            found[-1],
            "0",
            "0",
            "windowsize",
            found[-1],
            str(WIDTH),
            str(HEIGHT),
        )
        yield found[-1]
    finally:
        manager.terminate()
        manager.wait()


def drops(stage: Stage, manager: str) -> Iterator[tuple[str, float]]:
    """Each drop with what it was, and how long it took."""
    desk = stage.desk
    session = desk.session

    def titles() -> list[str]:
        return [talk.title for talk in session.notebook.talks]

    def drop(
        what: str, files: dict[str, bytes], target: Any, arrived: Callable[[], object]
    ) -> tuple[str, float]:
        return what, stage.dropped(manager, files, target, arrived, f"{manager}-{what.replace(' ', '-')}")

    name = "50% of ünïcode & “quotes”.mp4"
    yield drop("a video", {name: b"video"}, desk.window.page.text, lambda: len(titles()) == 2)
    assert session.talk is not None
    assert session.store.absolute(session.talk.file).name == name
    several = {f"{number} talk.webm": b"video" for number in (9, 10)}
    yield drop("several videos", several, desk.window.talks, lambda: len(titles()) == 4)
    captions = {"words.srt": SRT.encode()}
    yield drop(
        "captions on the video", captions, desk.window.video, lambda: session.talk and session.talk.captions
    )
    yield drop(
        "a folder",
        {"event/": b"", "event/inside.mp4": b"v"},
        desk.window.page.text,
        lambda: len(titles()) == 5,
    )
    yield drop(
        *("a strange thing", {"letter.pdf": b"%PDF-1.7"}, desk.window.page.text),
        lambda: "“letter.pdf” is neither" in desk.window.status.message,
    )
    picture = stage.folder / "slide.png"
    Image.new("RGB", (64, 36), "#336699").save(picture)
    yield drop(
        *("a picture", {"slide.png": picture.read_bytes()}, desk.window.page.text),
        lambda: any(note.picture for note in desk.notes),
    )
    other = codec.encode(Notebook("book2", title="Another Event"))
    yield drop(
        *("a notebook", {"other.talknotes.json": other}, desk.window.video),
        lambda: session.path.name == "other.talknotes.json",
    )


def main(names: Sequence[str]) -> int:
    RESULTS.mkdir(parents=True, exist_ok=True)
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        virtual_screen("1500x1000x24") as display,
        session_bus() as (address, _),
    ):
        for variable in THE_USERS_OWN:
            patch.delenv(variable, raising=False)
        patch.setenv("LANG", "C.UTF-8")
        (Path(folder) / "home").mkdir()
        _live_in(Path(folder) / "home", patch)
        patch.setenv("DISPLAY", display)
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with window_manager():
            for name in names or MANAGERS:
                own = Path(folder) / name
                own.mkdir()
                stage = Stage(own)
                for what, took_s in drops(stage, name):
                    print(f"{name}: {what} arrived {took_s:.2f} s after it was let go", flush=True)
                stage.desk.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
