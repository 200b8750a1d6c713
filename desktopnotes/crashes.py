"""Errors that nobody expected, wherever they come up: logged whole, told once, ready to be reported.

A report holds versions, the traceback and the last lines of the log; text of notes is in none of them (see
`tracebacks`).
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from desktopnotes.log import Log
from desktopnotes.words import _

_log = logging.getLogger(__name__)

BURST_S = 10.0
"""The same error within this time of the last one is part of one burst, which is told once."""


class Crashes:
    """What was met so far. `doing` is the command that was run last, for the report."""

    def __init__(self, log: Log | None = None, now_s: Callable[[], float] = time.monotonic) -> None:
        self.log = log or Log(None)
        self.doing = ""
        self.before = ""
        """What is known of a hard end of the run before."""
        self._hard_ends: list[str] = []
        self._now_s = now_s
        self._last_s: dict[tuple[object, ...], float] = {}
        self._counts: dict[tuple[object, ...], int] = {}
        self._last = ""
        self._lock = threading.RLock()

    def met(self, error: BaseException) -> int:
        """Logs an error; how often it came, or 0 where it is part of a burst and need not be told.

        May be called on any thread.
        """
        from desktopnotes import tracebacks  # a start without an error does without it

        _log.error("an error that nobody expected, after “%s”", self.doing or "the start", exc_info=error)
        same = tracebacks.fingerprint(error)
        with self._lock:
            if same not in self._counts and len(self._counts) > 1000:
                self._counts.clear()
            often = self._counts[same] = self._counts.get(same, 0) + 1
            now_s = self._now_s()
            is_burst = now_s - self._last_s.get(same, float("-inf")) < BURST_S
            self._last_s[same] = now_s
            times = "" if often == 1 else f" ({often} times by now)"
            self._last = f"After “{self.doing or 'the start'}”{times}:\n{tracebacks.told(error)}"
        return 0 if is_burst else often

    def log_hard_end(self, began: str, fault: str) -> None:
        """Notes that the run that began then ended hard, with what Python told of a fault in native code."""
        self._hard_ends.append(f"The run that began at {began} ended hard.")
        _log.error("the run that began at %s ended hard%s", began, f":\n{fault}" if fault else "")

    @property
    def any(self) -> bool:
        """Whether there is more to report than versions."""
        return bool(self._last or self.before or self._hard_ends)

    def report(self) -> str:
        """What helps to find a fault, as text."""
        text = f"{self.log.versions()}\n\n{self.known()}".rstrip() + "\n"
        return text.replace(os.path.expanduser("~"), "~")  # which often is the user's name

    def known(self) -> str:
        """What is known of the last fault and of hard ends, and the last lines of the log; "" for nothing."""
        parts = [self._last, self.before, "\n".join(self._hard_ends)]
        if self.log.last:
            parts.append("\n".join(("The last lines of the log:", *self.log.last)))
        return "\n\n".join(part for part in parts if part)

    def watch(self, tell: Callable[[BaseException, int], object]) -> None:
        """From now on errors that no one catches come here, on whichever thread.

        `tell` is called there with how often it came, where it is to be told. In the main thread such an
        error ends the program, which is said on standard error.
        """

        def hear(error: BaseException | None) -> None:
            if error is not None and not isinstance(error, SystemExit) and (often := self.met(error)):
                tell(error, often)

        def in_thread(met: Any) -> None:
            hear(met.exc_value)

        def nowhere(met: Any) -> None:
            """In a finalizer, or in a function that C code calls (libVLC's threads do)."""
            hear(met.exc_value)

        threading.excepthook = in_thread
        sys.unraisablehook = nowhere
        sys.excepthook = self._ends_all

    def _ends_all(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        self.met(error.with_traceback(trace))
        if sys.stderr is not None:
            ended = _("Something went wrong in the program, so it ended.")
            where = _("The details are in {path}.").format(path=self.log.path) if self.log.path else ""
            sys.stderr.write(f"desktopnotes: {ended} {where}\n")
