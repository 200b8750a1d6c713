"""The program called twice, as real processes on a real screen: the first window takes the second call."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import codec
from tests.bench.running import PROGRAM, REPO, end, screen
from tests.waiting import wait_until

LIMIT_S = 30.0


class Program:
    """Calls of the program by one user on one screen, and what its windows are seen to do."""

    def __init__(self, home: Path, display: str) -> None:
        self.home = home
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "PYTHONPATH": str(REPO),
            "DESKTOPNOTES_VLC_OPTIONS": " ".join(VIRTUAL_SCREEN_OPTIONS),
        }
        self.socket = home / ".run" / "desktopnotes" / f"window-{display}"
        self._started = ExitStack()

    def start(self, *words: str | bytes) -> subprocess.Popen[bytes]:
        """Starts one that stays; it is under way when its socket is there."""
        before = self._made_at()
        process = subprocess.Popen((*PROGRAM, *words), cwd=self.home, env=self.environment)
        self._started.callback(end, process)
        wait_until(lambda: self._made_at() not in (0, before), "it listens", LIMIT_S)
        return process

    def _made_at(self) -> int:
        return self.socket.stat().st_ctime_ns if self.socket.exists() else 0

    def call(self, *words: str | bytes) -> tuple[int, str]:
        """Runs one to its end, in the home folder; its exit code and what it says."""
        command = (*PROGRAM, *words)
        done = subprocess.run(
            command, cwd=self.home, env=self.environment, capture_output=True, text=True, timeout=LIMIT_S
        )
        assert done.stdout == ""
        return done.returncode, done.stderr

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def windows(self) -> Sequence[str]:
        found = self.xdotool("search", "--onlyvisible", "--name", "Desktop Notes$").split()
        return [self.xdotool("getwindowname", window) for window in found]

    def is_in_front(self, title: str) -> bool:
        return self.xdotool("getactivewindow", "getwindowname") == f"{title} – Desktop Notes"

    def close(self) -> None:
        self._started.close()


@pytest.fixture
def program(home: Path) -> Iterator[Program]:
    with screen(home) as display:
        one = Program(home, display)
        try:
            yield one
        finally:
            one.close()


def a_notebook(path: Path, title: str) -> Path:
    path.write_bytes(codec.encode(Notebook("book", title=title, talks=(Talk("talk", title="A Talk"),))))
    return path


def test_a_second_call_brings_the_first_to_the_front_with_what_it_names(program: Program, home: Path) -> None:
    a_notebook(home / "one.talknotes.json", "One")
    strange = os.fsdecode(b"two \xff\xfe\n.talknotes.json")  # as no UTF-8 is
    a_notebook(home / strange, "Two")
    program.start("one.talknotes.json")
    assert program.call() == (0, "")
    wait_until(lambda: program.is_in_front("One"), "it is in front")

    other = subprocess.Popen(["xmessage", "-geometry", "600x500+0+0", "in front"], env=program.environment)
    try:
        program.xdotool("search", "--sync", "--onlyvisible", "--name", "xmessage", "windowactivate", "--sync")
        assert program.call() == (0, "")
        wait_until(lambda: program.is_in_front("One"), "it comes before another program")
        program.xdotool("getactivewindow", "windowminimize", "--sync")
        wait_until(lambda: not program.is_in_front("One"), "it is an icon")
        assert program.call(os.fsencode(strange)) == (0, "")
        wait_until(lambda: program.is_in_front("Two"), "it is no icon any more and shows the other notebook")
    finally:
        end(other)

    code, said = program.call("missing.mp4")
    assert code == 1
    assert said.startswith("desktopnotes: “missing.mp4” is not there.")
    assert f"{home}/missing.mp4" in said
    assert program.call((home / "one.talknotes.json").as_uri()) == (0, "")
    wait_until(lambda: program.is_in_front("One"), "a URI of a file is one")
    assert program.windows() == ["One – Desktop Notes"]


def test_a_killed_one_is_followed_and_one_that_hangs_is_left_alone(program: Program, home: Path) -> None:
    a_notebook(home / "one.talknotes.json", "One")
    a_notebook(home / "two.talknotes.json", "Two")
    killed = program.start("one.talknotes.json")
    killed.kill()
    killed.wait()
    assert program.socket.exists()
    hangs = program.start("one.talknotes.json")
    assert program.call() == (0, "")
    hangs.send_signal(signal.SIGSTOP)
    try:
        second = subprocess.Popen((*PROGRAM, "two.talknotes.json"), cwd=home, env=program.environment)
        wait_until(lambda: program.is_in_front("Two"), "it opens a window of its own", LIMIT_S)
        end(second)
    finally:
        hangs.send_signal(signal.SIGCONT)
    assert program.call() == (0, ""), "that hung and goes on listens again"
    wait_until(lambda: program.is_in_front("One"), "what it did not answer to is not done any more")


def test_what_is_called_for_while_it_ends_opens_in_the_next(program: Program, home: Path) -> None:
    a_notebook(home / "one.talknotes.json", "One")
    a_notebook(home / "two.talknotes.json", "Two")
    first = program.start("one.talknotes.json")
    assert program.call() == (0, "")
    first.terminate()
    second = program.start("two.talknotes.json")
    assert first.wait(LIMIT_S) == 0
    assert program.call() == (0, "")
    wait_until(lambda: program.is_in_front("Two"), "what was named is open")
    assert second.poll() is None
