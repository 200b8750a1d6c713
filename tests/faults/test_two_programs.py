"""Two windows of one notebook and a program that writes beneath them: all that the three write is there."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec
from tests.faults import promises

PROMISE = "Two windows of one notebook and a program writing beneath"


def start(path: Path, name: str, edits: int, seed: int) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", "tests.faults.typist", str(path), name, str(edits), str(seed))
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)


class Beneath:
    """A program that knows nothing of ours: it reads the file, adds a note, and writes it some time later.

    By turns as editors and sync programs do, by renaming, and as simple programs do, in place.
    """

    def __init__(self, path: Path, seed: int) -> None:
        self._path = path
        self._chance = random.Random(seed)
        self.written: list[str] = []

    def edit(self) -> None:
        try:
            notebook = codec.decode(self._path.read_bytes())
        except (ReadError, FileNotFoundError):
            return
        text = f"beneath {len(self.written)}"
        talk = notebook.talks[0]
        more = Note(f"beneath{len(self.written)}", at_ms=len(self.written), text=text)
        content = codec.encode(replace(notebook, talks=(replace(talk, notes=(*talk.notes, more)),)))
        time.sleep(self._chance.random() * 0.02)
        if self._chance.random() < 0.5:
            other = self._path.with_name(".other.tmp")
            other.write_bytes(content)
            other.replace(self._path)
        else:
            self._path.write_bytes(content)
        self.written.append(text)


def write_at_once(path: Path, edits: int, beneath_edits: int, seed: int) -> list[str]:
    """Lets all three write, then looks; answers the texts that are lost."""
    path.write_bytes(codec.encode(Notebook("book", "An Event", talks=(Talk("talk", title="A Talk"),))))
    windows = [start(path, name, edits, seed) for name in ("first", "second")]
    beneath = Beneath(path, seed)
    try:
        for window in windows:
            assert window.stdout is not None
            assert window.stdout.readline() == b"open\n"
        while len(beneath.written) < beneath_edits:
            beneath.edit()
            time.sleep(0.02)
        told = [window.communicate(b"close\n", timeout=120) for window in windows]
    finally:
        for window in windows:
            window.kill()
    written = list(beneath.written)
    for out, err in told:
        assert out, err.decode()
        said = json.loads(out.splitlines()[-1])
        assert said["saved"]
        assert said["errors"] == []
        written += said["written"]
    return lost(path, written)


def lost(path: Path, written: Sequence[str]) -> list[str]:
    there = {note.text for talk in codec.decode(path.read_bytes()).talks for note in talk.notes}
    return [text for text in written if text not in there]


def test_nothing_is_lost(tmp_path: Path) -> None:
    assert write_at_once(tmp_path / "event.talknotes.json", edits=25, beneath_edits=10, seed=1) == []


@pytest.mark.faults
def test_of_a_thousand_edits_none_is_lost(tmp_path: Path) -> None:
    seeds = (1, 2, 3)
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        assert write_at_once(folder / "event.talknotes.json", edits=400, beneath_edits=200, seed=seed) == []
    promises.record(PROMISE, "0 of 1,000 notes lost", f"0 of 1,000 edits lost, {len(seeds)} times")
