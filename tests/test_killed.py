"""The whole program ended hard: what "Saved" said is on the disk, and a polite end loses nothing at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import codec, opening
from tests.bench.running import PROGRAM, REPO, Run, running, screen, window_manager
from tests.killing import loss, notebook_in, open_on, typing, wait_for_letters
from tests.virtual_screen import x_server
from tests.waiting import wait_until

TEXT = "Every word of this"


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One screen for all programs here, which come one after the other."""
    with screen(tmp_path_factory.mktemp("screen")) as name:
        yield name


@pytest.fixture
def writing(tmp_path: Path, display: str) -> Iterator[Run]:
    """The program on an empty notebook, with the keyboard, after a first letter was typed."""
    notebook = tmp_path / "event.talknotes.json"
    talk = Talk("talk", title="A Talk", state="watching")
    notebook.write_bytes(codec.encode(Notebook("book", title="An Event", talks=(talk,))))
    trace = tmp_path / "trace.jsonl"
    command = (*PROGRAM, "--trace", str(trace), str(notebook))
    with running(command, tmp_path, display, trace) as run:
        run.await_event("started")
        run.xdotool("search", "--sync", "--onlyvisible", "--name", "An Event", "windowactivate", "--sync")
        run.xdotool("type", "--delay", "15", TEXT)
        yield run


def texts(tmp_path: Path) -> list[str]:
    (talk,) = opening.open_notebook(tmp_path / "event.talknotes.json").notebook.talks
    return [note.text for note in talk.notes]


def test_killed_right_after_saved_everything_is_there(writing: Run, tmp_path: Path) -> None:
    writing.xdotool("key", "Return")
    wait_until(lambda: len(writing.events("typed")) >= len(TEXT), "all letters are on screen")
    wait_until(lambda: _all_is_saved(writing), "it is saved")
    writing.process.send_signal(signal.SIGKILL)
    writing.process.wait()
    assert texts(tmp_path) == [TEXT]


def _all_is_saved(run: Run) -> bool:
    """Whether a save that began after the last letter is said to be done."""
    last_letter_s = run.events("typed")[-1]["t"]
    begun = [event["revision"] for event in run.events("saving") if event["t"] > last_letter_s]
    return any(event["revision"] in begun for event in run.events("saved"))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_ended_by_the_desktop_or_the_terminal_nothing_is_lost(
    writing: Run, tmp_path: Path, end: signal.Signals
) -> None:
    wait_until(lambda: len(writing.events("typed")) >= len(TEXT), "all letters are on screen")
    writing.process.send_signal(end)
    writing.process.send_signal(end)  # who is in a hurry asks twice
    assert writing.process.wait(10) == 0, output(tmp_path)
    assert output(tmp_path) == ""
    assert texts(tmp_path) == [TEXT]
    assert list(marks(tmp_path).iterdir()) == []


def test_a_fault_in_native_code_costs_two_seconds_at_most_and_is_known(tmp_path: Path, display: str) -> None:
    path = notebook_in(tmp_path)
    with open_on(path, display) as run, typing(display):
        wait_for_letters(run, 12)
        run.process.send_signal(signal.SIGSEGV)
        ended_s = time.monotonic()
        assert run.process.wait(10) == -signal.SIGSEGV
    cost = loss(run, path, ended_s)
    assert cost.on_screen >= 12
    assert cost.confirmed == 0
    assert cost.seconds <= 2.0
    (fault,) = marks(tmp_path).glob("*.fault")
    assert fault.read_text().startswith("Fatal Python error: Segmentation fault")


def test_without_its_screen_nothing_is_lost(tmp_path: Path) -> None:
    path = notebook_in(tmp_path)
    with (
        x_server() as (display, server),
        window_manager(tmp_path, display),
        open_on(path, display) as run,
        typing(display),
    ):
        wait_for_letters(run, 5)
        server.kill()
        assert run.process.wait(10) == 1
    (gone,) = run.events("window_gone")
    cost = loss(run, path, gone["t"])
    assert cost.on_screen >= 5
    assert cost.letters == 0
    assert list(marks(tmp_path).iterdir()) == []


def test_ended_in_the_middle_of_drawing_it_ends_well(tmp_path: Path, display: str) -> None:
    """A signal may come at any line of the program: here while the window is drawn, again and again."""
    notebook = tmp_path / "event.talknotes.json"
    talk = Talk("talk", title="A Talk", state="watching")
    trace = tmp_path / "trace.jsonl"
    for number in range(5):
        notebook.write_bytes(codec.encode(Notebook("book", title="An Event", talks=(talk,))))
        command = (*PROGRAM, "--trace", str(trace), str(notebook))
        with running(command, tmp_path, display, trace) as run:
            run.await_event("started")
            run.xdotool("search", "--sync", "--onlyvisible", "--name", "An Event", "windowactivate")
            run.xdotool("type", "--delay", "0", "many words to draw")
            run.process.send_signal(signal.SIGTERM)
            assert run.process.wait(10) == 0, output(tmp_path)
            assert output(tmp_path) == "", number


def test_ended_while_a_question_stands_open_nothing_is_lost(writing: Run, tmp_path: Path) -> None:
    wait_until(lambda: len(writing.events("typed")) >= len(TEXT), "all letters are on screen")
    writing.xdotool("key", "ctrl+e")
    writing.xdotool("search", "--sync", "--onlyvisible", "--name", "Export")
    writing.process.send_signal(signal.SIGTERM)
    assert writing.process.wait(10) == 0, output(tmp_path)
    assert output(tmp_path) == ""
    assert texts(tmp_path) == [TEXT]


def marks(home: Path) -> Path:
    return home / ".local/state/desktopnotes/runs"


def output(home: Path) -> str:
    return (home / "output.log").read_text(encoding="utf-8")


HUNG = """
import signal, time
from desktopnotes.ui import signals
signals.PATIENCE_S = 0.2
signals.Signals(lambda: None, lambda: print("saved", flush=True) is None).begin()
signal.raise_signal(signal.SIGTERM)
print("hangs", flush=True)
time.sleep(60)
"""


def test_a_window_that_hangs_is_saved_and_left_behind() -> None:
    done = subprocess.run([sys.executable, "-c", HUNG], cwd=REPO, capture_output=True, timeout=20)
    assert done.returncode == 0
    assert done.stdout.count(b"saved") == 2, "at once, and when it is left behind"


def test_what_nohup_keeps_away_stays_away() -> None:
    deed = (
        "import signal, os\nfrom desktopnotes.ui.signals import Signals\n"
        "one = Signals(lambda: print('asked'), lambda: True)\none.begin()\n"
        "os.kill(os.getpid(), signal.SIGHUP)\none.end()\n"
    )
    done = subprocess.run(["nohup", sys.executable, "-c", deed], cwd=REPO, capture_output=True, timeout=20)
    assert (done.returncode, done.stdout) == (0, b"")
