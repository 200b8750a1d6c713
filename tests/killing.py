"""The real program on a screen of its own while real keys come in, ended in every way; and what was lost."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import codec, opening
from tests.bench.running import PROGRAM, Run, end, running

KEYS_A_SECOND = 10

LETTERS = "".join(f"{first}{second}" for first in "abcdefghijklmnopqrstuvwxyz" for second in "qwertz")
"""What is typed: each piece of it stands in one place only, so that what is on the disk can be counted."""

_MARGIN_S = 0.3
"""The trace tells of a save up to a round of the window's pump after it began; more on a busy machine."""


def notebook_in(folder: Path) -> Path:
    path = folder / "event.talknotes.json"
    talk = Talk("talk", title="A Talk", state="watching")
    path.write_bytes(codec.encode(Notebook("book", title="An Event", talks=(talk,))))
    return path


def text_in(path: Path) -> str:
    """What is on the disk of what was typed."""
    (talk,) = opening.open_notebook(path).notebook.talks
    return "".join(note.text for note in talk.notes)


@contextmanager
def open_on(path: Path, display: str, program: Sequence[str] = PROGRAM) -> Iterator[Run]:
    """The program on a notebook, with the keyboard; its home is the notebook's folder."""
    trace = path.parent / "trace.jsonl"
    with running((*program, "--trace", str(trace), str(path)), path.parent, display, trace) as run:
        run.await_event("started")
        run.xdotool("search", "--sync", "--onlyvisible", "--name", "An Event", "windowactivate", "--sync")
        yield run


def window_of(display: str) -> str:
    """The X name of the program's window."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "An Event"]
    found = subprocess.run(search, env={**os.environ, "DISPLAY": display}, capture_output=True, check=True)
    return found.stdout.split()[0].decode()


@contextmanager
def typing(display: str, words: str = LETTERS) -> Iterator[subprocess.Popen[bytes]]:
    """Keys come in at `KEYS_A_SECOND` until the block is left."""
    delay_ms = str(1000 // KEYS_A_SECOND)
    keys = ["xdotool", "type", "--delay", delay_ms, "--", words]
    there, quiet = {**os.environ, "DISPLAY": display}, subprocess.DEVNULL
    process = subprocess.Popen(keys, env=there, stderr=quiet)
    try:
        yield process
    finally:
        end(process)
        # The key that it held when it was ended would repeat by itself. The screen may be gone by now.
        subprocess.run(["xdotool", "keyup", *sorted(set(words))], env=there, stderr=quiet, stdout=quiet)


@dataclass(frozen=True)
class Loss:
    """What a hard end cost: letters that were on screen, s that the first of them was old; `confirmed` are
    those of them of which a save had been said to be done."""

    letters: int
    seconds: float
    confirmed: int
    on_screen: int


def loss(run: Run, path: Path, ended_s: float) -> Loss:
    """Compares what the program said to have shown and saved before `ended_s` with what is on the disk."""
    shown = [event["t"] for event in run.events("typed") if event["t"] <= ended_s]
    text = text_in(path)
    assert LETTERS.startswith(text), f"the disk has another text than was typed: {text!r}"
    lost = shown[len(text) :]
    sure_s = _confirmed_s(run.events("saving"), run.events("saved"))
    confirmed = sum(at_s < sure_s for at_s in lost)
    return Loss(len(lost), ended_s - lost[0] if lost else 0.0, confirmed, len(shown))


def _confirmed_s(saving: list[dict[str, Any]], saved: list[dict[str, Any]]) -> float:
    """All that was shown before that moment was said to be on the disk."""
    revisions = {event["revision"] for event in saved}
    begun = [event["t"] for event in saving if event["revision"] in revisions]
    return max(begun, default=0.0) - _MARGIN_S


def wait_for_letters(run: Run, count: int, within_s: float = 30.0) -> None:
    """Until so many letters were on screen."""
    stop_s = time.monotonic() + within_s
    while len(run.events("typed")) < count:
        assert time.monotonic() < stop_s, f"{len(run.events('typed'))} letters of {count} came"
        assert run.process.poll() is None, "the program ended before"
        time.sleep(0.01)
