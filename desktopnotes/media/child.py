"""A program run beside ours: its lines come as it writes them, within limits, and it can always be ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import IO

LINE_BYTES = 2_000_000
ALL_BYTES = 50_000_000
"""More than this is not kept, whether anybody takes it or not."""

MEMORY_BYTES = 1_500_000_000
"""Ends what fills the memory: yt-dlp takes 72 MB for a usual page and 445 for one of 100 MB."""

_LAST_WORDS_BYTES = 40_000
_LOOK_EVERY_S = 0.05
_END_WITHIN_S = 3.0


class TooMuchError(Exception):
    """More came than anyone should send."""


class Child:
    """One program under way; ended with all that it started when the `with` is left. OSError: not started."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path | None = None,
        memory_bytes: int = MEMORY_BYTES,
        all_bytes: int = ALL_BYTES,
        held: int = -1,
    ) -> None:
        """`held` is a file descriptor that it keeps open as long as it lives (a lock); not on Windows."""
        self._ended = threading.Lock()
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._last_words = b""
        self._all_bytes = all_bytes
        self._is_too_much = False
        self._hung_up = False
        environment = {
            **os.environ,
            "PYTHONIOENCODING": "utf-8:replace",
            "PYTHONWARNINGS": "ignore",
            "YTDLP_NO_PLUGINS": "1",
        }
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
            pass_fds=(held,) if held >= 0 and sys.platform != "win32" else (),
            creationflags=_without_a_window(),
        )
        _limit(self._process.pid, memory_bytes)
        assert self._process.stdout
        assert self._process.stderr
        self._readers = (
            threading.Thread(target=self._read_lines, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_last_words, args=(self._process.stderr,), daemon=True),
        )
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def lines(
        self, within_s: float, check: Callable[[], None] = lambda: None, *, limit_bytes: int = ALL_BYTES
    ) -> Iterator[str]:
        """The lines of its output until it ends. `check` is called 20 times a second and may raise.

        TimeoutError when no line came for `within_s`; TooMuchError past `limit_bytes` or 2 MB in a line.
        """
        taken_bytes = 0
        deadline = time.monotonic() + within_s
        while True:
            check()
            try:
                line = self._lines.get(timeout=_LOOK_EVERY_S)
            except Empty:
                if time.monotonic() > deadline:
                    raise TimeoutError from None
                continue
            if line is None:
                break
            taken_bytes += len(line)
            if taken_bytes > limit_bytes:
                raise TooMuchError
            deadline = time.monotonic() + within_s
            yield line
        if self._is_too_much:
            raise TooMuchError

    def hang_up(self, within_s: float) -> None:
        """Reads no more: what writes on ends by itself then, and not in the midst of a piece of work."""
        self._hung_up = True
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(within_s)

    def end(self) -> int:
        """Ends it at once unless it has ended, with all that it started; answers its exit code."""
        with self._ended:
            if self._process.returncode is None and not self._is_over():
                _kill(self._process.pid)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_END_WITHIN_S)
            for reader in self._readers:
                reader.join(_END_WITHIN_S)
            return self._process.returncode or 0

    def last_words(self) -> str:
        """The end of what it wrote as errors; whole once it ended."""
        return self._last_words.decode("utf-8", "replace")

    def _is_over(self) -> bool:
        """It closed its output and ends by itself."""
        if self._readers[0].is_alive():
            return False
        try:
            self._process.wait(_END_WITHIN_S)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _read_lines(self, pipe: IO[bytes]) -> None:
        came_bytes = 0
        with pipe:
            while line := pipe.readline(LINE_BYTES):
                came_bytes += len(line)
                if len(line) == LINE_BYTES or came_bytes > self._all_bytes:
                    self._is_too_much = True
                if self._is_too_much or self._hung_up:
                    break
                self._lines.put(line.decode("utf-8", "replace"))
        self._lines.put(None)

    def _read_last_words(self, pipe: IO[bytes]) -> None:
        with pipe:
            while some := pipe.readline(_LAST_WORDS_BYTES):
                self._last_words = (self._last_words + some)[-_LAST_WORDS_BYTES:]


def _without_a_window() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0


def _limit(pid: int, memory_bytes: int) -> None:
    """A page that would fill the memory ends the child instead, where the system can do that."""
    if sys.platform == "linux":
        import resource  # not on every system

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _kill(pid: int) -> None:
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(pid)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            creationflags=subprocess.CREATE_NO_WINDOW,
            check=False,
        )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
