"""What is kept of errors nobody expected: each counted, told once in a burst, and reported without notes."""

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktopnotes.crashes import BURST_S, Crashes
from desktopnotes.log import Log

CANARY = "kanarienvogel"


def error(value: str = CANARY) -> Exception:
    try:
        raise ValueError(f"strange: {value}")
    except ValueError as met:
        return met


def test_a_burst_is_told_once() -> None:
    now_s = 0.0
    crashes = Crashes(now_s=lambda: now_s)
    told = []
    for _ in range(500):  # a redraw that fails 25 times a second
        told.append(crashes.met(error()))
        now_s += 0.04
    assert [often for often in told if often] == [1]
    now_s += BURST_S
    assert crashes.met(error()) == 501
    assert "(501 times by now)" in crashes.report()


def test_another_error_is_told_in_the_midst_of_a_burst() -> None:
    crashes = Crashes()
    assert [crashes.met(error()), crashes.met(KeyError("x")), crashes.met(error())] == [1, 1, 0]


def test_a_report_holds_what_helps_and_no_notes(tmp_path: Path) -> None:
    crashes = Crashes(Log(tmp_path))
    crashes.doing = "notes.jump"
    assert "After" not in crashes.report()
    assert not crashes.any
    crashes.met(error())
    crashes.before = "the run before: Segmentation fault"
    report = crashes.report()
    for part in ("Desktop Notes 0", "Python 3", "After “notes.jump”", "in error\n", "Segmentation fault"):
        assert part in report
    assert CANARY not in report


def test_a_hard_end_is_in_the_report_also_where_nothing_else_is_known(tmp_path: Path) -> None:
    crashes = Crashes(Log(tmp_path))
    crashes.log_hard_end("2026-11-26 23:48", "")
    assert crashes.any
    assert "The run that began at 2026-11-26 23:48 ended hard." in crashes.report()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[BaseException, int]]:
    for module, name in ((threading, "excepthook"), (sys, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    came: list[tuple[BaseException, int]] = []
    Crashes().watch(lambda error, often: came.append((error, often)))
    return came


def test_an_error_in_any_thread_comes_in(told: list[tuple[BaseException, int]]) -> None:
    def work() -> None:
        raise ValueError(CANARY)

    for _ in range(2):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert [(type(each), often) for each, often in told] == [(ValueError, 1)]


def test_the_end_of_a_thread_is_no_error(told: list[tuple[BaseException, int]]) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert told == []


def test_an_error_in_a_function_that_c_calls_comes_in(told: list[tuple[BaseException, int]]) -> None:
    """As libVLC's threads do."""

    @ctypes.CFUNCTYPE(None)
    def called() -> None:
        raise ValueError(CANARY)

    called()
    assert [type(each) for each, _ in told] == [ValueError]


def test_an_error_that_ends_the_program_is_said_in_a_sentence(tmp_path: Path) -> None:
    deed = (
        "import logging, pathlib, sys\nfrom desktopnotes import log\n"
        "from desktopnotes.crashes import Crashes\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "Crashes(log.begin(lambda: folder)).watch(print)\n"
        "raise ValueError(sys.argv[2])\n"
    )
    done = subprocess.run([sys.executable, "-c", deed, str(tmp_path), CANARY], capture_output=True, text=True)
    log = (tmp_path / "desktopnotes.log").read_text()
    assert done.returncode == 1
    assert "Something went wrong in the program, so it ended. The details are in" in done.stderr
    assert "Traceback" not in done.stderr
    assert "ValueError" in log
    assert CANARY not in done.stderr + log + done.stdout
