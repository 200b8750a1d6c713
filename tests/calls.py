"""Calls of the program as a user makes them, and what its windows are seen to do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from tests.bench.running import PROGRAM, REPO, end
from tests.waiting import wait_until

LIMIT_S = 30.0


class Program:
    """The program as one user calls it on one screen."""

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
        command, quiet = (*PROGRAM, *words), subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=self.home, env=self.environment, stdout=quiet, stderr=quiet)
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
        """The windows of the program that are seen, by their ids."""
        return self.xdotool("search", "--onlyvisible", "--name", "Desktop Notes$").split()

    def in_front(self) -> str:
        """The window that has the keyboard."""
        return self.xdotool("getactivewindow")

    def is_in_front(self, title: str) -> bool:
        return self.name_in_front() == f"{title} – Desktop Notes"

    def name_in_front(self) -> str:
        return self.xdotool("getactivewindow", "getwindowname")

    def close(self) -> None:
        self._started.close()
