"""Signals that ask the program to end: all is saved at once, whatever the window is doing just then."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

_log = logging.getLogger(__name__)

PATIENCE_S = 12.0
"""How long the window may take to end: longer than all it waits for itself."""

ASKING = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)
)  # fmt: skip


class Signals:
    """From `begin` on a signal calls `end` on the window's thread and, at once, `rescue` on one of its own.

    For the window's thread may hang in a library, where Python's handlers wait. Where it does not end in
    time, the process ends without it, with code 0 if `rescue` answers that all is saved.
    """

    def __init__(self, end: Callable[[], object], rescue: Callable[[], bool]) -> None:
        self._end = end
        self._rescue = rescue
        self._before: dict[signal.Signals, Any] = {}
        self._over = threading.Event()
        self._pipe: tuple[int, int] | None = None

    def begin(self) -> None:
        """To be called on the main thread. A signal that is ignored (`nohup`) stays so."""
        for number in ASKING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, lambda *_: self._end())
        if sys.platform != "win32":
            self._pipe = os.pipe()
            os.set_blocking(self._pipe[1], False)
            signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
            threading.Thread(target=self._watch, args=(self._pipe[0],), name="signals", daemon=True).start()

    def end(self) -> None:
        """The program has ended by itself; signals are what they were before."""
        self._over.set()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._pipe is not None:
            signal.set_wakeup_fd(-1)
            os.close(self._pipe[1])  # which ends the thread
            self._pipe = None

    def _watch(self, wakened: int) -> None:
        try:
            while number := os.read(wakened, 1):
                if number[0] in self._before:
                    self._save_and_wait()
        finally:
            with contextlib.suppress(OSError):
                os.close(wakened)

    def _save_and_wait(self) -> None:
        self._rescue()
        if not self._over.wait(PATIENCE_S):
            _log.error("the window did not end when it was asked to: it is left behind")
            os._exit(0 if self._rescue() else 1)
