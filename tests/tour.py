"""The tour: the program on a screen that nobody sees, used with real keys, and told in words and pictures.

`./run` makes it where there is no display. It ends with 0 only if each of its steps was seen to happen.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageGrab, ImageStat

from desktopnotes.model.timecode import clock
from tests.virtual_screen import virtual_screen

REPO = Path(__file__).resolve().parent.parent
RESULTS = REPO / "build" / "tour"
POST = RESULTS / "post.md"
NOTES = (
    "A note is for the person who was not there",
    "Is that still so a year later?",
    "Write the thought down, the slide is there anyway",
)
LISTEN_S = 4.0
"""How long the talk plays before the first note: a stamp is two seconds back, and should not be 0."""

DRAWN_S = 0.5
"""How long a window that has begun to change colour may still be drawing."""

JUMP_MS = 1500
"""How far off the talk may be in the end; the jump goes back by over two seconds."""

STEP_S = 20.0
"""How long a step may take before it has failed; on an idle machine the longest takes some 3 s."""

Event = dict[str, Any]


class TourError(Exception):
    """A step that did not happen, in a sentence."""


class Program:
    """Desktop Notes under way: keys go in by its window, and what happened is read from its trace."""

    def __init__(self, process: subprocess.Popen[bytes], display: str, trace: Path) -> None:
        self.process = process
        self._display = display
        self._trace = trace

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "45", text)

    def shoot(self, path: Path) -> Image.Image:
        """What is on the screen now, saved under that name."""
        screen = ImageGrab.grab(xdisplay=self._display)
        screen.save(path)
        return screen

    def take_focus(self, title: str) -> None:
        """Waits until a window of that title has the keyboard."""

        def has_focus() -> bool:
            found = self._xdotool("search", "--onlyvisible", "--name", title).split()
            if found:
                self._xdotool("windowactivate", found[-1])
            return self._xdotool("getwindowfocus").strip() in found

        self.wait(has_focus, f"No window “{title}” took the keyboard")

    def expect(self, event: str, keys: Sequence[str], what: str, **fields: object) -> Event:
        """Presses keys and returns the event of that kind, with those fields, that came of it."""
        before = len(self._events())
        self.press(*keys)
        return self.await_event(event, what, before, **fields)

    def await_event(self, event: str, what: str, before: int = 0, **fields: object) -> Event:
        """The first such event after the first `before` ones; `what` names the deed if none comes."""
        wanted = {"event": event, **fields}
        found: list[Event] = []

        def happened() -> bool:
            found.extend(one for one in self._events()[before:] if wanted.items() <= one.items())
            return bool(found)

        self.wait(happened, f"{what} did not happen: the trace has no {wanted}")
        return found[0]

    def wait(self, happened: Callable[[], bool], otherwise: str) -> None:
        """Raises `TourError` with that sentence when it has not happened in time, or the program ended."""
        deadline = time.monotonic() + STEP_S
        while not happened():
            if self.process.poll() is not None and not happened():
                raise TourError(f"{otherwise}, and the program ended with code {self.process.returncode}.")
            if time.monotonic() > deadline:
                raise TourError(f"{otherwise} within {STEP_S:.0f} s.")
            time.sleep(0.05)

    def _events(self) -> list[Event]:
        whole_lines, _, _ = self._trace.read_text(encoding="utf-8").rpartition("\n")
        return [json.loads(line) for line in whole_lines.splitlines()]

    def _xdotool(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self._display}
        answer = subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True)
        return answer.stdout


def main() -> int:
    print("Here is no display, so this is a tour on a virtual screen; it takes some 15 s.", flush=True)
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory(prefix="notes-tour-", ignore_cleanup_errors=True) as home:
            with running_program(Path(home)) as program:
                stamps, left_at_ms = make_tour(program)
            check_and_tell(stamps, left_at_ms, the_notebook(Path(home)))
    except (TourError, RuntimeError) as error:
        print(f"The tour stopped: {error} See {RESULTS}", file=sys.stderr)
        return 1
    return 0


def make_tour(program: Program) -> tuple[list[Event], float]:
    """All that a user does; returns the stamp of each note, and where the talk was when the window closed."""
    time.sleep(LISTEN_S)
    stamps = [write(program, text, *keys) for text, keys in zip(NOTES, (["ctrl+t"], [], []), strict=True)]
    last = stamps[-1]
    back = ("ctrl+Up", "ctrl+Return")
    jumped = program.expect("jumped", back, "Jumping back to the note", at_ms=last["at_ms"])
    program.expect("snapshot", ("ctrl+d",), "The snapshot", note=last["note"])
    program.expect("saved", ("ctrl+shift+Return",), "Adding the note to the write-up")
    program.shoot(RESULTS / "light.png")
    program.press("ctrl+shift+p")
    program.take_focus("Find a Command")
    program.type("Dark")
    program.press("Return")
    program.wait(lambda: is_dark(program.shoot(RESULTS / "dark.png")), "The window did not turn dark")
    time.sleep(DRAWN_S)
    program.shoot(RESULTS / "dark.png")
    program.take_focus("Desktop Notes")
    program.press("ctrl+e")
    program.take_focus("Export")
    program.press("Home", "shift+End")
    program.type(str(POST))
    program.expect("exported", ("Return",), "The export", path=str(POST))
    closed = program.expect("closed", ("ctrl+q",), "Closing the window")
    program.wait(lambda: program.process.poll() is not None, "The program did not end")
    if code := program.process.returncode:
        raise TourError(f"The program ended with code {code}.")
    return stamps, last["at_ms"] + 1000 * (closed["t"] - jumped["t"])


def write(program: Program, text: str, *first: str) -> Event:
    """Types a note while the talk plays, after the keys in `first`; returns its stamp, when that is final."""
    begun = program.expect("stamped", (*first, text[0]), f"Typing “{text}”")
    program.type(text[1:])
    program.expect("saved", ("Return",), f"Ending “{text}”")
    return program.await_event("stamped", f"The final stamp of “{text}”", note=begun["note"], resolved=True)


def is_dark(screen: Image.Image) -> bool:
    """Judged by the left sixth, the list of talks: a video can be dark in a light window."""
    return ImageStat.Stat(screen.convert("L").crop((0, 0, screen.width // 6, screen.height))).median[0] < 100


def the_notebook(home: Path) -> Path:
    found = sorted((home / ".local/share").rglob("*.talknotes.json"))
    if not found:
        raise TourError("The program left no notebook.")
    return found[0]


def check_and_tell(stamps: list[Event], left_at_ms: float, notebook: Path) -> None:
    """Looks at what is on the disk now that the program is gone, and tells it."""
    talk = json.loads(notebook.read_text(encoding="utf-8"))["talks"][0]
    notes = {note["id"]: note for note in talk["notes"]}
    print(f"\nWritten while “{talk['title']}” played:")
    for stamp, text in zip(stamps, NOTES, strict=True):
        note = notes.get(stamp["note"], {})
        if note.get("text") != text or note.get("at_ms") is None:
            raise TourError(f"“{text}” is not in the notebook with its stamp, but: {note}.")
        print(f"  {clock(note['at_ms'], digits=2):>8}  {note['text']}")
    if not all(early["at_ms"] < late["at_ms"] for early, late in pairwise(stamps)):
        raise TourError("The stamps do not follow the talk.")
    if not list(notebook.parent.glob(f"*.pictures/{notes[stamps[-1]['note']].get('picture')}")):
        raise TourError("The snapshot is not on the disk.")
    if abs(talk.get("position_ms", 0) - left_at_ms) > JUMP_MS:
        raise TourError(f"The jump led elsewhere: the talk was left at {talk.get('position_ms')} ms.")
    post = POST.read_text(encoding="utf-8")
    if NOTES[-1] not in post:
        raise TourError("The post does not hold the note that was added to it.")
    print(f"\nThe post, as it was exported:\n\n{textwrap.indent(post, '  ')}")
    print(f"The post and the screenshots, light and dark, lie in {RESULTS}:")
    print("  " + "  ".join(sorted(file.name for file in RESULTS.iterdir())))


@contextmanager
def running_program(home: Path) -> Iterator[Program]:
    """Desktop Notes as a new user sees it: an empty home, so that the sample talk opens and plays."""
    trace = home / "trace.jsonl"
    trace.touch()
    with virtual_screen() as display, (RESULTS / "program.log").open("wb") as log:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("XDG_") and name not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
        }
        environment |= {"DISPLAY": display, "HOME": str(home)}
        command = [sys.executable, "-m", "desktopnotes", "--trace", str(trace)]
        with _running(["openbox"], environment, log), _running(command, environment, log) as process:
            program = Program(process, display, trace)
            try:
                program.await_event("first_frame", "The first picture of the sample")
                program.take_focus("Desktop Notes")
                yield program
            except TourError:
                program.shoot(RESULTS / "where-it-stopped.png")
                for details in home.glob(".local/state/desktopnotes/log/*"):
                    shutil.copy(details, RESULTS)
                raise


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], log: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
