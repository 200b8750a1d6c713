"""The program called twice, as real processes on a real screen: the first window takes the second call."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import codec
from tests.bench.running import PROGRAM, end, screen
from tests.calls import LIMIT_S, Program
from tests.waiting import wait_until


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
    assert "notes are safe" not in said  # no notes are in question
    assert program.call((home / "one.talknotes.json").as_uri()) == (0, "")
    wait_until(lambda: program.is_in_front("One"), "a URI of a file is one")
    assert len(program.windows()) == 1


def test_a_call_leaves_the_keyboard_to_a_dialog_and_opens_when_it_is_closed(
    program: Program, home: Path
) -> None:
    one = a_notebook(home / "one.talknotes.json", "One")
    a_notebook(home / "two.talknotes.json", "Two")
    program.start("one.talknotes.json")
    assert program.call() == (0, "")
    wait_until(lambda: program.is_in_front("One"), "it is in front")
    program.xdotool("key", "alt+Return")
    wait_until(lambda: program.name_in_front() == "Talk", "the dialog has the keyboard")
    before_s = time.monotonic()
    code, said = program.call("two.talknotes.json")
    assert (code, said) == (
        0,
        "desktopnotes: A question stands open in the window; what you named opens when it is answered.\n",
    )
    assert time.monotonic() - before_s < 8, "the call is not kept waiting for the answer"
    program.xdotool("key", "ctrl+a")
    program.xdotool("type", "--delay", "5", "Typed in the dialog")
    assert program.name_in_front() == "Talk"
    program.xdotool("key", "Return")
    wait_until(lambda: program.is_in_front("Two"), "what was named is open")
    assert [talk.title for talk in codec.decode(one.read_bytes()).talks] == ["Typed in the dialog"]


def test_what_the_menu_asks_for_goes_to_the_open_window_or_begins_one(program: Program, home: Path) -> None:
    one = a_notebook(home / "one.talknotes.json", "One")
    process = program.start(str(one))
    assert program.call("--last") == (0, "")
    wait_until(lambda: program.is_in_front("One"), "the last one is the one that is open")
    program.xdotool("key", "alt+Return")
    wait_until(lambda: program.name_in_front() == "Talk", "a dialog is open")
    assert "A question stands open" in program.call("--new")[1]
    program.xdotool("key", "Escape")
    wait_until(lambda: program.is_in_front("My Talks"), "a new one, once the dialog is closed")
    process.terminate()
    assert process.wait(LIMIT_S) == 0
    (home / "Talk Notes" / "My Talks.talknotes.json").unlink()
    program.start("--last")
    assert program.call() == (0, "")
    wait_until(lambda: program.is_in_front("Back Row Conference 2025"), "the last one is gone, so the sample")


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
