"""Key press to letter on screen while a 720p video plays, and how long the window ever stands still.

python -m tests.bench.typing [NOTES [KEYS]]: types into a talk of NOTES notes (2,000), and into a notebook
of five such talks, in the real program, with real keys and real libVLC, beside a bare Tk Text with the same
words and no video. A letter is on screen when X has drawn it: the time from the press (X's own clock in whole
ms, on a local server the monotonic one) until Tk has redrawn. Enter begins a note after each `SENTENCE`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import state_file
from desktopnotes.storage.codec import encode
from desktopnotes.storage.state_file import Place, State
from tests.bench.running import CLIP, PROGRAM, Run, percentile, running, screen
from tests.storage.notebooks import large_notebook

NOTES = 2000
TALKS = 5
KEYS = 300
DELAY_MS = 200
"""What xdotool has to be told for ten keys a second: it waits for half of it after a press."""
SENTENCE = "what matters is that the notes survive the talk\n"
CLIP_MS = 98_183

HEAD = """\
                      usable, ms            letter, ms         bare Text, ms    p99    pause, ms
caret at               ours  bare  keys    p50   p99   max   p50   p99   max  ratio  most  >30 saves played"""


@dataclass(frozen=True)
class Found:
    """One run: ms until usable, ms of each letter, ms of each pause over 30, saves meanwhile, ms played."""

    usable_ms: float
    letters_ms: Sequence[float]
    pauses_ms: Sequence[float]
    saves: int
    played_ms: int = 0


def notebook_of(talks: int, notes: int) -> Notebook:
    """Talks of so many notes each, spread over the clip, which is the recording of each."""
    made = large_notebook(talks * notes, talks)

    def at(talk_notes: int, index: int) -> int:
        return index * CLIP_MS // talk_notes

    return replace(
        made,
        talks=tuple(
            replace(
                talk,
                file=str(CLIP),
                duration_ms=CLIP_MS,
                notes=tuple(replace(note, at_ms=at(notes, i)) for i, note in enumerate(talk.notes)),
            )
            for talk in made.talks
        ),
    )


def write_home(home: Path, notebook: Notebook, note: int) -> Path:
    """The notebook, and the state of a user who left the caret at the end of that note of the first talk."""
    path = home / "large.talknotes.json"
    path.write_bytes(encode(notebook))
    talk = notebook.talks[0]
    caret = Caret("notes", talk.id, talk.notes[note].id, len(talk.notes[note].text))
    state = State(recent=(Place(str(path), talk.id, caret),), sample_shown=True)
    state_file.write(state, home / ".local/state/desktopnotes/state.json")
    return path


def type_keys(run: Run, keys: int) -> None:
    text = (SENTENCE * (keys // len(SENTENCE) + 1))[:keys]
    run.xdotool("type", "--delay", str(DELAY_MS), text)
    run.await_event("typed", number=keys - text.count("\n"))


def typed_into(run: Run, keys: int, usable_s: float) -> Found:
    paused, saved = len(run.events("stalled")), len(run.events("saved"))
    type_keys(run, keys)
    return Found(
        (usable_s - run.began_s) * 1000,
        [event["ms"] for event in run.events("typed")],
        [event["ms"] for event in run.events("stalled")[paused:]],
        len(run.events("saved")) - saved,
    )


def ours(home: Path, display: str, notebook: Notebook, note: int, keys: int) -> Found:
    path, trace = write_home(home, notebook, note), home / "trace.jsonl"
    with running([*PROGRAM, "--trace", str(trace)], home, display, trace) as run:
        usable_s = run.await_event("started")
        run.await_event("first_frame")
        run.xdotool("key", "ctrl+space")
        found = typed_into(run, keys, usable_s)
    played_ms = json.loads(path.read_text(encoding="utf-8"))["talks"][0]["position_ms"]
    return replace(found, played_ms=played_ms)


def bare(home: Path, display: str, notebook: Notebook, note: int, keys: int) -> Found:
    path, trace = write_home(home, notebook, note), home / "trace.jsonl"
    command = [sys.executable, "-m", "tests.bench.bare_page", str(path), str(trace), str(note)]
    with running(command, home, display, trace) as run:
        return typed_into(run, keys, run.await_event("started"))


def row(name: str, found: Found, beside: Found) -> str:
    p50, p99 = (percentile(found.letters_ms, part) for part in (0.5, 0.99))
    p50_bare, p99_bare = (percentile(beside.letters_ms, part) for part in (0.5, 0.99))
    return (
        f"{name:<22} {found.usable_ms:4.0f} {beside.usable_ms:5.0f} {len(found.letters_ms):5} "
        f"{p50:6.1f} {p99:5.1f} {max(found.letters_ms):5.1f} {p50_bare:5.1f} {p99_bare:5.1f} "
        f"{max(beside.letters_ms):5.1f} {p99 / p99_bare:5.1f}x {max(found.pauses_ms, default=0):5.0f} "
        f"{len(found.pauses_ms):4} {found.saves:5} {found.played_ms / 1000:8.1f}"
    )


def main() -> None:
    notes = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    keys = int(sys.argv[2]) if len(sys.argv) > 2 else KEYS
    places = {"top": 0, "middle": notes // 2, "end": notes - 1}
    print(HEAD)
    for talks in (1, TALKS):
        notebook = notebook_of(talks, notes)
        for place, note in places.items():
            with tempfile.TemporaryDirectory(prefix="typing-") as name, screen(Path(name)) as display:
                beside = bare(Path(name), display, notebook, note, keys)
                found = ours(Path(name), display, notebook, note, keys)
            print(row(f"{place} of {talks * notes:,} notes", found, beside), flush=True)


if __name__ == "__main__":
    main()
