"""The one gate for errors: what the user can act on is told as written, all else is logged whole as a bug."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any

from desktopnotes.model.errors import UserError

_log = logging.getLogger("desktopnotes")


class Gate:
    """`tell` shows one sentence. `bugs` keeps what was no `UserError`: tests fail when there is any."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self.bugs: list[BaseException] = []

    def __call__(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._tell(str(error))
            return
        self.bugs.append(error)
        _log.error("an error that nobody expected", exc_info=error)
        self._tell("Something went wrong in the program. Your notes are safe; the details are in the log.")

    def tk(self, _: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What Tk calls when a callback raised."""
        self(error.with_traceback(trace))

    def run(self, job: Callable[..., Any], *arguments: Any) -> None:
        self.did(job, *arguments)

    def did(self, job: Callable[..., Any], *arguments: Any) -> bool:
        """Runs a job; whether nothing refused it."""
        try:
            job(*arguments)
        except Exception as error:
            self(error)
            return False
        return True
