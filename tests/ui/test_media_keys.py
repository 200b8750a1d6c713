"""Media keys as a desktop presses them: the real playerctl on a real bus of the test's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktopnotes.media.player import PlayerState
from tests.ui.conftest import RECORDING_MS, Desk, talk_with

OpenDesk = Callable[..., Desk]


@contextmanager
def session_bus() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a bus that nobody else is on, and the daemon, which a test may stop or end."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip(), daemon
    finally:
        daemon.kill()
        daemon.wait()
        daemon.stdout.close()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    with session_bus() as (address, daemon):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield daemon


def on_the_bus(desk: Desk) -> Desk:
    desk.until(lambda: desk.app.media_keys and desk.app.media_keys.name, "the window is on the bus")
    return desk


class Said(str):
    """What a program said, and how it ended."""

    code = 0
    error = ""


def call(desk: Desk, *command: str) -> Said:
    """Runs a program to its end while the window works."""
    caller = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    desk.until(lambda: caller.poll() is not None, f"the end of {command}")
    output, error = caller.communicate()
    said = Said(output.strip())
    said.code, said.error = caller.returncode, error.strip()
    return said


def press(desk: Desk, *words: str) -> Said:
    return call(desk, "playerctl", *words)


def dbus(desk: Desk, method: str, *arguments: str) -> Said:
    where = ["--dest", "org.mpris.MediaPlayer2.desktopnotes", "--object-path", "/org/mpris/MediaPlayer2"]
    return call(desk, "gdbus", "call", "--session", *where, "--timeout", "5", "--method", method, *arguments)


def test_the_desktop_plays_pauses_and_goes_from_note_to_note(
    open_desk: OpenDesk, bus: subprocess.Popen[str]
) -> None:
    desk = on_the_bus(open_desk(talk_with("ten", "twenty", speakers=("Ada", "Grace"), rate=1.5)))
    assert press(desk, "-l") == "desktopnotes"
    assert press(desk, "status") == "Paused"
