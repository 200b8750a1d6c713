"""The program itself in its window, driven by real keys while it is broken at a call (`test_program.py`)."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec, opening
from tests.bench.running import CLIP, PROGRAM, Run, running, screen
from tests.faults import lives, shim
from tests.faults.life import THEIRS, write_as_another
from tests.faults.lives import Left, State

TYPED = ("First", "Second")
_STEP_S = 25.0


class _Dead(Exception):  # noqa: N818 - no error: it was to be killed
    """The program is gone."""


@dataclass
class Evening:
    """A notebook in a folder, and what the keys have brought about so far."""

    home: Path
    place: Callable[[Path], Path] | None = None
    trouble: Path | None = None
    """A switch with which every fsync fails from the second note on, until that is told."""

    confirmed: list[str] = field(default_factory=list)
    has_picture: bool = False
    theirs: bool = False
    failures: int = 0
    failing: int = 0
    """The error that a call is made to fail with."""

    status: int | None = None

    def __post_init__(self) -> None:
        folder = self.home / "notes"
        folder.mkdir(parents=True)
        self.path = self.place(folder) if self.place else folder / "event.talknotes.json"
        notes = (Note("old1", at_ms=1000, text="Old one"), Note("old2", at_ms=2000, text="Old two"))
        talk = Talk("talk", title="A Talk", file=str(CLIP), state="watching", notes=notes)
        notebook = Notebook(lives.id_of(self.home), title="An Event", talks=(talk,))
        self.path.write_bytes(codec.encode(notebook))

    @property
    def calls(self) -> list[shim.Call]:
        return shim.calls(self.home / "log")

    @property
    def output(self) -> str:
        return (self.home / "output.log").read_text(encoding="utf-8")

    def spend(self, display: str, **faults: Any) -> None:
        """Types a note, takes a snapshot, types another after another program wrote, and quits."""
        self.failing = faults.get("errno", 0)
        trace = self.home / "trace.jsonl"
        environment = shim.environment(self.home / "notes", log=self.home / "log", **faults)
        told = (f"{name}={value}" for name, value in environment.items())
        command = ("env", *told, *PROGRAM, "--trace", str(trace), str(self.path))
        with running(command, self.home, display, trace) as run:
            with suppress(_Dead):
                self._go_through(run, display, trace)
            self.failures = len(run.events("failed"))
            self.status = run.process.wait(20)

    def _go_through(self, run: Run, display: str, trace: Path) -> None:
        def until(seen: Callable[[], object], what: str, limit_s: float = _STEP_S) -> None:
            stop_s = time.monotonic() + limit_s
            while not seen():
                if run.process.poll() is not None:
                    raise _Dead
                if time.monotonic() > stop_s:
                    told = trace.read_text(encoding="utf-8")[-600:]
                    raise AssertionError(f"not seen: {what}\n{told}\n{self.output[-2000:]}")
                time.sleep(0.01)

        def press(*words: str) -> None:
            if run.process.poll() is not None:
                raise _Dead
            subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": display}, timeout=_STEP_S)

        def write(text: str) -> None:
            letters = len(run.events("typed")) + len(text)
            press("type", "--delay", "8", text)
            until(lambda: len(run.events("typed")) >= letters, f"“{text}” on screen")
            press("key", "Return")
            if self.trouble and self.trouble.exists():
                until(lambda: run.events("failed"), "the failure is told")
                assert text not in self.path.read_text(encoding="utf-8")
                self.trouble.unlink()
            typed_s = run.events("typed")[-1]["t"]
            until(lambda: is_saved_since(run, typed_s), f"“{text}” saved")
            self.confirmed.append(text)

        until(lambda: run.events("started"), "the window")
        until(lambda: _window(display), "the window's name")
        press("windowactivate", "--sync", _window(display))
        until(lambda: run.events("first_frame"), "the picture")
        write("First")
        press("key", "ctrl+d")
        try:
            until(lambda: run.events("snapshot"), "the snapshot", _STEP_S / 2)
        except AssertionError:
            if not any(call.error == self.failing for call in self.calls if call.error):
                raise
            press("key", "ctrl+d")  # the fault was in storing it: that is told, and the user takes it again
            until(lambda: run.events("snapshot"), "the snapshot")
        taken_s = run.events("snapshot")[-1]["t"]
        press("key", "Return")
        until(lambda: is_saved_since(run, taken_s - 1e-3), "the snapshot saved")
        self.has_picture = True
        write_as_another(self.path)
        self.theirs = True
        if self.trouble:
            shim.fail(self.trouble, ("fsync", "fdatasync"), errno.EIO)
        write("Second")
        press("key", "ctrl+q")
        try:
            until(lambda: run.events("closed"), "the end", _STEP_S / 4)
        except AssertionError:
            if not self.failing or not run.events("failed"):
                raise
            press("key", "Escape")  # asked whether to quit without saving, the user stays until it is saved
            until(lambda: is_saved_since(run, run.events("failed")[-1]["t"]), "saved after all")
            press("key", "ctrl+q")
            until(lambda: run.events("closed"), "the end")


def is_saved_since(run: Run, moment_s: float) -> bool:
    """Whether a save is said to be done that began after a moment, or one that had it already."""
    begun = [event["revision"] for event in run.events("saving") if event["t"] > moment_s]
    return any(event["revision"] in begun for event in run.events("saved"))


def _window(display: str) -> str:
    command = ["xdotool", "search", "--onlyvisible", "--name", "An Event"]
    found = subprocess.run(command, env={**os.environ, "DISPLAY": display}, capture_output=True, text=True)
    return found.stdout.partition("\n")[0]


# --- what must hold ----------------------------------------------------------------------------------


def wrong_with(evening: Evening) -> str:
    """What is wrong with what it left; "" for nothing."""
    try:
        found = lives.state_of(opening.open_notebook(evening.path).notebook)
    except Exception as error:
        return f"the notebook cannot be read: {error!r}"
    texts = [text for text, _ in found]
    strange = [text for text in texts if not _is_known(text)]
    if strange or {"Old one", "Old two"} - set(texts):
        return f"neither old nor new: {found}"
    if lost := [text for text in evening.confirmed if text not in texts]:
        return f"confirmed, but lost: {lost}"
    if evening.has_picture and not any(picture for _, picture in found):
        return "confirmed, but lost: the snapshot"
    if evening.theirs and THEIRS not in texts and not lives.is_kept(_left(evening), THEIRS):
        return "what another program wrote is lost"
    return lives.wrong_pictures(evening.path.parent, found) or _wrong_end(evening, found)


def _is_known(text: str) -> bool:
    return text in ("Old one", "Old two", THEIRS) or any(each.startswith(text) for each in TYPED)


def _wrong_end(evening: Evening, found: State) -> str:
    if evening.status == -signal.SIGKILL:
        return ""
    if evening.status != 0 or "Traceback" in evening.output:
        return f"ended with {evening.status}: {evening.output[-1500:]}"
    if [text for text, _ in found].count("Second") != 1:
        return f"not all is saved at the end: {found}"
    return lives.leftovers_of(_left(evening))


def _left(evening: Evening) -> Left:
    return Left(evening.path, evening.home, evening.status or 0, (), "", ())


@contextmanager
def screens(folder: Path, count: int) -> Iterator[SimpleQueue[str]]:
    """Virtual screens to be taken and given back."""
    with ExitStack() as stack:
        free: SimpleQueue[str] = SimpleQueue()
        for number in range(count):
            (folder / f"screen{number}").mkdir()
            free.put(stack.enter_context(screen(folder / f"screen{number}")))
        yield free
