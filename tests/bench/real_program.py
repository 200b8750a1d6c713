"""The real program as a contestant: real keys, on a notebook whose talk is the clip; told by its trace."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktopnotes.commands import COMMANDS
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, Notebook, State, Talk
from desktopnotes.storage import state_file
from desktopnotes.storage.codec import encode
from tests.bench.contestants import LIMIT_S, Start, await_picture, until
from tests.bench.frames_on_screen import FramesOnScreen, XScreen
from tests.bench.running import PROGRAM, Run, running

_TALK = "talk00000000"
_RATE_STEP = 0.5
_RESOLVED_WITHIN_S = 3.0
_SETTINGS = {"stamp_back_ms": 0, "rate_step": _RATE_STEP, "volume": 60}


class RealProgram:
    """A `Contestant`. What it is asked is a note begun by a letter; Enter ends the note."""

    name = "ours"

    def __init__(self, start: Start, run: Run, screen: XScreen, picture: FramesOnScreen) -> None:
        self.clip = start.clip
        self.picture = picture
        self._run = run
        self._screen = screen
        self._rate = start.rate
        self._plays = False
        self._aimed = 0
        self._notes: list[str] = []

    def play(self) -> None:
        if not self._plays:
            self._plays = True
            self._screen.press("Control_L", "space")

    def pause(self) -> None:
        if self._plays:
            self._plays = False
            self._screen.press("Control_L", "space")

    def set_rate(self, rate: float) -> None:
        steps = round((rate - self._rate) / _RATE_STEP)
        for _ in range(abs(steps)):
            self._screen.press("F7" if steps > 0 else "F6")
        self._rate = rate

    def skip(self, *, forward: bool) -> None:
        self._screen.press("Control_L", "l" if forward else "j")

    def step(self, *, forward: bool) -> bool:
        chord = "Mod+." if forward else "Mod+,"
        if not any(chord in command.keys for command in COMMANDS):
            return False
        self._screen.press("Control_L", "period" if forward else "comma")
        self._plays = False
        return True

    def aim(self, target: int) -> None:
        steps = target - self._aimed
        for _ in range(abs(steps)):
            self._screen.press("Control_L", "Down" if steps > 0 else "Up")
        self._aimed = target
        self._screen.hold("Control_L")

    def jump(self) -> None:
        self._screen.press("Return")
        self._screen.let_go("Control_L")

    def ask(self) -> None:
        self._screen.hold("a")

    def answer(self) -> int:
        self._screen.let_go("a")
        count = len(self._notes)
        if not until(lambda: len(self._begun()) > count, LIMIT_S):
            raise RuntimeError("The press of a letter began no note.")
        self._notes = self._begun()
        self._screen.press("Return")
        return len(self._notes) - 1

    def answers(self) -> list[tuple[float | None, float | None]]:
        until(lambda: set(self._begun()) <= set(self._resolved()), _RESOLVED_WITHIN_S)
        resolved = self._resolved()
        first: dict[str, float | None] = {}
        for event in self._run.events("stamped"):
            first.setdefault(event["note"], event["at_ms"])
        return [(first[note], resolved.get(note, first[note])) for note in self._begun()]

    def _begun(self) -> list[str]:
        return list(dict.fromkeys(event["note"] for event in self._run.events("stamped")))

    def _resolved(self) -> dict[str, float | None]:
        return {event["note"]: event["at_ms"] for event in self._run.events("stamped") if event["resolved"]}


@contextmanager
def real_program(start: Start, folder: Path, display: str) -> Iterator[RealProgram]:
    """Starts it, paused on its first picture. RuntimeError where that does not come."""
    home = folder / f"home-{time.monotonic_ns()}"
    home.mkdir()
    notebook = _write_home(home, start)
    trace = home / "trace.jsonl"
    command = [*PROGRAM, "--trace", str(trace), str(notebook)]
    with XScreen(display) as screen, running(command, home, display, trace) as run:
        run.await_event("first_frame")
        yield RealProgram(start, run, screen, await_picture(screen))


def _write_home(home: Path, start: Start) -> Path:
    """A notebook with a note at each target, the caret in the first; settings as the measuring needs them."""
    notes = tuple(
        Note(f"note{number:08}", at_ms=at_ms, text=f"target {number}")
        for number, at_ms in enumerate(start.targets_ms)
    )
    talk = Talk(
        _TALK,
        title="A Numbered Clip",
        file=str(start.clip.path),
        state=State.WATCHING,
        position_ms=start.at_ms,
        rate=start.rate,
        notes=notes,
    )
    path = home / "true-time.talknotes.json"
    path.write_bytes(encode(Notebook("true00000000", title="True Time", talks=(talk,))))
    caret = Caret("notes", _TALK, notes[0].id, len(notes[0].text)) if notes else Caret("notes", _TALK)
    place = state_file.Place(str(path), _TALK, caret)
    state_file.write(
        state_file.State(recent=(place,), sample_shown=True), home / ".local/state/desktopnotes/state.json"
    )
    settings = home / ".config" / "desktopnotes" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(_SETTINGS | {"skip_ms": start.skip_ms}), encoding="utf-8")
    return path
